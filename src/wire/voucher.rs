//! Reading a voucher.

use crate::voucher::{
    Agreement, Amount, Barcode, Beneficiary, Hours, Kind, Links, Network, Opening, Pickup, Reference, Status,
    Symbology, Version1, Voucher,
};

use super::reader::Reader;
use super::{Expected, Json, WireError};

/// The longest code that a cashier is asked to type.
const MAX_CODE: usize = 48;
/// The longest content of a barcode, in characters.
const MAX_CONTENT: usize = 256;

impl Voucher {
    /// Reads a voucher from parsed JSON.
    pub fn read(json: impl Json) -> Result<Voucher, WireError> {
        voucher(&Reader::root(json))
    }

    /// Reads a voucher from JSON text.
    pub fn from_json(text: &str) -> Result<Voucher, WireError> {
        Voucher::read(super::parse(text)?)
    }
}

fn voucher<J: Json>(at: &Reader<J>) -> Result<Voucher, WireError> {
    at.version_1()?;
    let voucher = Voucher {
        version: Version1,
        token: at.required("token")?.token()?,
        kind: at.map("kind", kind)?.unwrap_or_default(),
        status: Status::from_name(&at.required("status")?.words()?),
        server_time: at.required("serverTime")?.instant()?,
        order_id: at.map("orderId", |m| m.words())?,
        beneficiary: beneficiary(&at.required("beneficiary")?)?,
        networks: at.required("networks")?.items()?.iter().map(network).collect::<Result<_, _>>()?,
        amount: amount(&at.required("amount")?)?,
        amount_paid: at.map("amountPaid", |m| m.pesos())?,
        paid_at: at.map("paidAt", |m| m.instant())?,
        barcode: at.map("barcode", barcode)?,
        links: at.map("links", links)?.unwrap_or_default(),
        issued_at: at.map("issuedAt", |m| m.instant())?,
        active_from: at.map("activeFrom", |m| m.instant())?,
        expires_at: at.map("expiresAt", |m| m.deadline())?,
        order_expires_at: at.map("orderExpiresAt", |m| m.deadline())?,
        grace_until: at.map("graceUntil", |m| m.instant())?,
        latency: at.map("latency", |m| m.localized())?,
        hours: at.map("hours", hours)?,
        superseded_by: at.map("supersededBy", |m| m.token())?,
        pickup: at.map("pickup", pickup)?,
        poll_after_seconds: at.map("pollAfterSeconds", |m| m.whole_number(1, 86_400))?,
        trace_id: at.map("traceId", |m| m.words())?,
    };
    check_payable(at, &voucher)?;
    Ok(voucher)
}

/// A voucher that waits for cash must say with which codes, or where they are shown.
fn check_payable<J: Json>(at: &Reader<J>, voucher: &Voucher) -> Result<(), WireError> {
    let has_codes = !voucher.networks.is_empty() || voucher.links.voucher.is_some();
    if voucher.status == Status::Pending && voucher.kind == Kind::Payment && !has_codes {
        return Err(at.required("networks")?.error(Expected::Network));
    }
    if voucher.kind == Kind::Pickup && voucher.pickup.is_none() {
        return Err(at.error_at("pickup", Expected::Member));
    }
    Ok(())
}

fn kind<J: Json>(at: &Reader<J>) -> Result<Kind, WireError> {
    match at.text()?.as_str() {
        "payment" => Ok(Kind::Payment),
        "pickup" => Ok(Kind::Pickup),
        _ => Err(at.error(Expected::Word)),
    }
}

pub(super) fn beneficiary<J: Json>(at: &Reader<J>) -> Result<Beneficiary, WireError> {
    Ok(Beneficiary { name: at.required("name")?.words()?, tax_id: at.map("taxId", |m| m.words())? })
}

pub(super) fn amount<J: Json>(at: &Reader<J>) -> Result<Amount, WireError> {
    let pesos = at.required("pesos")?;
    let amount = Amount { pesos: pesos.pesos()?, exact: at.map("exact", |m| m.boolean())?.unwrap_or(true) };
    if amount.pesos.get() == 0 { Err(pesos.error(Expected::Pesos)) } else { Ok(amount) }
}

fn network<J: Json>(at: &Reader<J>) -> Result<Network, WireError> {
    Ok(Network {
        id: at.required("id")?.code(32)?,
        name: at.required("name")?.words()?,
        brands: at.map("brands", all_words)?.unwrap_or_default(),
        agreement: at.map("agreement", agreement)?,
        reference: reference(&at.required("reference")?)?,
    })
}

fn agreement<J: Json>(at: &Reader<J>) -> Result<Agreement, WireError> {
    Ok(Agreement { label: at.map("label", |m| m.words())?, code: at.required("code")?.code(MAX_CODE)? })
}

fn reference<J: Json>(at: &Reader<J>) -> Result<Reference, WireError> {
    Ok(Reference {
        label: at.map("label", |m| m.words())?,
        value: at.required("value")?.code(MAX_CODE)?,
        grouping: at.map("grouping", grouping)?.unwrap_or_default(),
    })
}

fn grouping<J: Json>(at: &Reader<J>) -> Result<Vec<u8>, WireError> {
    at.items()?.iter().map(|size| size.whole_number(1, MAX_CODE as u32).map(|n| n as u8)).collect()
}

fn barcode<J: Json>(at: &Reader<J>) -> Result<Barcode, WireError> {
    Ok(Barcode {
        symbology: Symbology::from_name(&at.required("symbology")?.words()?),
        // What the symbology can carry is the encoder's to say.
        content: at.required("content")?.content(MAX_CONTENT)?,
    })
}

fn links<J: Json>(at: &Reader<J>) -> Result<Links, WireError> {
    Ok(Links {
        voucher: at.map("voucher", |m| m.link())?,
        pdf: at.map("pdf", |m| m.link())?,
        handover: at.map("handover", |m| m.link())?,
        events: at.map("events", |m| m.link_or_path())?,
        renew: at.map("renew", |m| m.link_or_path())?,
    })
}

fn hours<J: Json>(at: &Reader<J>) -> Result<Hours, WireError> {
    Ok(Hours {
        weekdays: at.map("weekdays", opening)?,
        saturday: at.map("saturday", opening)?,
        sunday: at.map("sunday", opening)?,
    })
}

fn opening<J: Json>(at: &Reader<J>) -> Result<Opening, WireError> {
    let times = at.items()?.iter().map(|time| time.text()).collect::<Result<Vec<_>, _>>()?;
    let [opens, closes] = times.as_slice() else { return Err(at.error(Expected::Opening)) };
    match (minutes(opens), minutes(closes)) {
        (Some(opens), Some(closes)) if opens < closes => Ok(Opening { opens, closes }),
        _ => Err(at.error(Expected::Opening)),
    }
}

/// Minutes after midnight of `HH:MM`, up to 24:00.
fn minutes(clock: &str) -> Option<u16> {
    let [h1, h2, b':', m1, m2] = *clock.as_bytes() else { return None };
    let digit = |b: u8| b.is_ascii_digit().then(|| u16::from(b - b'0'));
    let (hours, minutes) = (digit(h1)? * 10 + digit(h2)?, digit(m1)? * 10 + digit(m2)?);
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= 1440).then_some(total)
}

fn pickup<J: Json>(at: &Reader<J>) -> Result<Pickup, WireError> {
    Ok(Pickup { pin: at.required("pin")?.code(MAX_CODE)?, documents: all_words(&at.required("documents")?)? })
}

fn all_words<J: Json>(at: &Reader<J>) -> Result<Vec<String>, WireError> {
    at.items()?.iter().map(|item| item.words()).collect()
}
