//! What a gateway says about a payment, in one form for all gateways.

use serde::{Serialize, Serializer};

use crate::calendar::ServerInstant;
use crate::money::Pesos;

/// What a gateway says about a payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// The gateway's number of the payment: what to ask about.
    pub payment_id: String,
    /// The shop's number of the payment, as it was sent at creation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoice: Option<String>,
    /// Where it stands.
    pub status: PaymentStatus,
    /// How much, where the gateway says so: what was paid, else what was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Pesos>,
    /// ISO 4217: `COP`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// When it came to stand there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<ServerInstant>,
}

/// Where a payment stands at its gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaymentStatus {
    /// Waiting for the cash, or being looked at.
    Pending,
    /// The cash was taken.
    Paid,
    /// Refused or failed: nothing was taken.
    Rejected,
    /// Nobody paid in time.
    Expired,
    /// Called off.
    Cancelled,
    /// The money goes back.
    Refunded,
    /// A word that this version does not know; never taken for paid.
    Unknown(String),
}

impl PaymentStatus {
    /// Reads a stable word.
    pub fn from_name(name: &str) -> PaymentStatus {
        match name {
            "pending" => PaymentStatus::Pending,
            "paid" => PaymentStatus::Paid,
            "rejected" => PaymentStatus::Rejected,
            "expired" => PaymentStatus::Expired,
            "cancelled" => PaymentStatus::Cancelled,
            "refunded" => PaymentStatus::Refunded,
            other => PaymentStatus::Unknown(other.to_owned()),
        }
    }

    /// A stable word.
    pub fn name(&self) -> &str {
        match self {
            PaymentStatus::Pending => "pending",
            PaymentStatus::Paid => "paid",
            PaymentStatus::Rejected => "rejected",
            PaymentStatus::Expired => "expired",
            PaymentStatus::Cancelled => "cancelled",
            PaymentStatus::Refunded => "refunded",
            PaymentStatus::Unknown(_) => "unknown",
        }
    }
}

impl Serialize for PaymentStatus {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
