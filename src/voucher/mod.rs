//! The voucher: what the shopper shows at the counter, and where its payment stands.

mod codes;
mod status;

pub use crate::calendar::{Hours, Opening};
pub use crate::language::Localized;
pub(crate) use codes::groups;
pub use codes::{Agreement, Barcode, Network, Reference, Symbology};
pub use status::{Status, Watch};

use crate::calendar::{Deadline, ServerInstant};
use crate::money::Pesos;

/// A payment (or a pickup) at an outlet, as the merchant's backend tells it.
///
/// The JSON form is version 1 of the wire contract; see `wire`.
#[derive(Clone, Debug, PartialEq)]
pub struct Voucher {
    /// The contract's version.
    pub version: Version1,
    /// Unguessable name of this voucher: whoever has it may see the voucher.
    pub token: String,
    /// Whether cash is paid in or collected.
    pub kind: Kind,
    /// Where it stands, by the server's word alone.
    pub status: Status,
    /// The server's clock when it said this.
    pub server_time: ServerInstant,
    /// The order this pays for, as the shop names it to the shopper.
    pub order_id: Option<String>,
    /// Who receives the money.
    pub beneficiary: Beneficiary,
    /// Where and with which codes it can be paid. Empty while `preparing`, or where only
    /// `links.voucher` shows the codes.
    pub networks: Vec<Network>,
    /// What is paid.
    pub amount: Amount,
    /// What really was paid, where it differs or is known.
    pub amount_paid: Option<Pesos>,
    /// When it was paid.
    pub paid_at: Option<ServerInstant>,
    /// What a scanner at the counter reads, where the gateway gave one.
    pub barcode: Option<Barcode>,
    /// Further addresses.
    pub links: Links,
    /// When it was issued.
    pub issued_at: Option<ServerInstant>,
    /// Before this instant no outlet accepts it.
    pub active_from: Option<ServerInstant>,
    /// When the network stops accepting it.
    pub expires_at: Option<Deadline>,
    /// When the shop stops holding the order.
    pub order_expires_at: Option<Deadline>,
    /// Until when a payment made in time may still be confirmed.
    pub grace_until: Option<ServerInstant>,
    /// How long a confirmation takes, in the shop's words.
    pub latency: Option<Localized>,
    /// When most outlets are open.
    pub hours: Option<Hours>,
    /// The token of the voucher that replaces this one.
    pub superseded_by: Option<String>,
    /// What collecting cash needs.
    pub pickup: Option<Pickup>,
    /// How many seconds to wait before asking again, at least.
    pub poll_after_seconds: Option<u32>,
    /// What support asks for.
    pub trace_id: Option<String>,
}

impl Voucher {
    /// The earlier of voucher expiry and order hold: the last moment to pay.
    pub fn pay_before(&self) -> Option<Deadline> {
        match (self.expires_at, self.order_expires_at) {
            (Some(a), Some(b)) => Some(if b.instant() < a.instant() { b } else { a }),
            (a, b) => a.or(b),
        }
    }

    /// What is drawn for the scanner. Not a barcode that says a pickup's secret: it would stand open.
    pub fn scanned(&self) -> Option<&Barcode> {
        let barcode = self.barcode.as_ref()?;
        let content = bare(&barcode.content);
        let tells = |pickup: &Pickup| {
            let pin = bare(&pickup.pin);
            content.as_bytes().windows(pin.len().max(1)).any(|part| part.starts_with(pin.as_bytes()))
        };
        (!self.pickup.as_ref().is_some_and(tells)).then_some(barcode)
    }

    /// A number for what is told at the counter and until when: two vouchers with different ones differ.
    pub fn digest(&self) -> u32 {
        let mut digest = Digest::default();
        digest.add(self.status.name().as_bytes());
        digest.add(&self.amount.pesos.get().to_le_bytes());
        for network in &self.networks {
            digest.add(network.agreement.as_ref().map_or(&[], |agreement| agreement.code.as_bytes()));
            digest.add(network.reference.value.as_bytes());
        }
        for instant in [self.pay_before().map(|deadline| deadline.instant()), self.active_from] {
            digest.add(&instant.map_or(0, |instant| instant.millis()).to_le_bytes());
        }
        digest.0
    }

    /// Until when to keep asking: `graceUntil`, else 72 hours after the last moment to pay; not before that
    /// moment itself.
    pub fn watch_until(&self) -> Option<ServerInstant> {
        /// Cash networks confirm up to two business days late; a long weekend fits in.
        const DEFAULT_GRACE_MILLIS: i64 = 72 * 3_600_000;
        let expiry = self.expires_at.or(self.order_expires_at);
        let last = self.pay_before().map(|deadline| deadline.instant());
        let stated = self.grace_until.map(|until| last.map_or(until, |last| until.max(last)));
        stated.or_else(|| expiry.map(|d| d.instant().plus_millis(DEFAULT_GRACE_MILLIS)))
    }
}

/// FNV-1a over parts, each with an end of its own.
struct Digest(u32);

impl Default for Digest {
    fn default() -> Digest {
        Digest(0x811c_9dc5)
    }
}

impl Digest {
    fn add(&mut self, part: &[u8]) {
        for byte in part.iter().chain(&[0xff]) {
            self.0 = (self.0 ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
        }
    }
}

/// Version 1 of the wire contract; it only grows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Version1;

/// Which way the cash goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// The shopper pays at an outlet.
    #[default]
    Payment,
    /// The shopper collects cash at an outlet; `paid` then means collected.
    Pickup,
}

/// Who receives the money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beneficiary {
    /// The name that the cashier's receipt shows.
    pub name: String,
    /// The NIT, as the shop writes it.
    pub tax_id: Option<String>,
}

/// What is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// Whole pesos, more than 0.
    pub pesos: Pesos,
    /// Whether the outlet takes this amount only.
    pub exact: bool,
}

/// Addresses: absolute and `https` (or `http` on this machine); `events` and `renew` may be paths
/// on the endpoint's origin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// The gateway's own page of the voucher.
    pub voucher: Option<String>,
    /// A printable voucher.
    pub pdf: Option<String>,
    /// The same voucher on another device; the QR leads there.
    pub handover: Option<String>,
    /// Server-sent events of this voucher.
    pub events: Option<String>,
    /// Where to ask for a new voucher once this one has expired.
    pub renew: Option<String>,
}

/// What collecting cash needs.
#[derive(Clone, PartialEq, Eq)]
pub struct Pickup {
    /// The secret that the cashier asks for: masked until asked for, never stored.
    pub pin: String,
    /// The kinds of document that the collector may show.
    pub documents: Vec<String>,
}

/// A code without what only parts it for the eye.
fn bare(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).collect()
}

impl core::fmt::Debug for Pickup {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Pickup").field("documents", &self.documents).finish_non_exhaustive()
    }
}
