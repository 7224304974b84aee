//! Where a payment stands, and what may come after.

/// Where a payment stands, by the server's word alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// The codes are not issued yet.
    Preparing,
    /// Waiting for the cash.
    Pending,
    /// Confirmed.
    Paid,
    /// Paid after the deadline, and accepted.
    PaidLate,
    /// Another amount than asked was paid.
    Mismatch,
    /// Paid after the deadline; the shop decides.
    LateReview,
    /// Nobody paid in time.
    Expired,
    /// The shop called it off: do not pay.
    Cancelled,
    /// A newer voucher replaces it.
    Superseded,
    /// The money goes back.
    Refunded,
    /// A word that this version does not know; never taken for paid.
    Unknown(String),
}

/// Every status that has a word of its own.
const KNOWN: [Status; 10] = [
    Status::Preparing,
    Status::Pending,
    Status::Paid,
    Status::PaidLate,
    Status::Mismatch,
    Status::LateReview,
    Status::Expired,
    Status::Cancelled,
    Status::Superseded,
    Status::Refunded,
];

/// How long a status is worth asking about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watch {
    /// The codes are due any moment.
    Fast,
    /// By the poll schedule.
    Schedule,
    /// Slowly, while the shop or the network may still change it.
    Slow,
    /// Slowly, until the end of grace.
    UntilGrace,
    /// Only when somebody looks again.
    OnReturn,
    /// No more.
    Never,
}

impl Status {
    /// Reads the wire's word.
    pub fn from_name(name: &str) -> Status {
        let known = KNOWN.iter().find(|status| status.name() == name);
        known.cloned().unwrap_or_else(|| Status::Unknown(name.to_owned()))
    }

    /// The wire's word.
    pub fn name(&self) -> &str {
        match self {
            Status::Preparing => "preparing",
            Status::Pending => "pending",
            Status::Paid => "paid",
            Status::PaidLate => "paid_late",
            Status::Mismatch => "mismatch",
            Status::LateReview => "late_review",
            Status::Expired => "expired",
            Status::Cancelled => "cancelled",
            Status::Superseded => "superseded",
            Status::Refunded => "refunded",
            Status::Unknown(name) => name,
        }
    }

    /// Whether an answer may move from this status to `next`; any other answer is stale.
    ///
    /// An unknown status may come from and go to anywhere: the server knows more than this version.
    pub fn may_become(&self, next: &Status) -> bool {
        use Status::*;
        match self {
            Preparing | Pending | Unknown(_) => true,
            Paid => matches!(next, Refunded | Unknown(_)),
            PaidLate | Mismatch => matches!(next, Paid | Refunded | Unknown(_)),
            LateReview => matches!(next, PaidLate | Refunded | Unknown(_)),
            Expired => matches!(next, Paid | PaidLate | LateReview | Superseded | Unknown(_)),
            Cancelled => matches!(next, LateReview | PaidLate | Refunded | Unknown(_)),
            Superseded => matches!(next, LateReview | Unknown(_)),
            Refunded => false,
        }
    }

    /// How long this status is worth asking about.
    pub fn watch(&self) -> Watch {
        match self {
            Status::Preparing => Watch::Fast,
            Status::Pending => Watch::Schedule,
            Status::Paid | Status::PaidLate | Status::Mismatch => Watch::OnReturn,
            Status::LateReview | Status::Unknown(_) => Watch::Slow,
            Status::Expired | Status::Cancelled => Watch::UntilGrace,
            Status::Superseded | Status::Refunded => Watch::Never,
        }
    }

    /// Whether the shopper should still pay.
    pub fn is_payable(&self) -> bool {
        matches!(self, Status::Pending)
    }

    /// Whether the shop has its money.
    pub fn is_paid(&self) -> bool {
        matches!(self, Status::Paid | Status::PaidLate)
    }
}
