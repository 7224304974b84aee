//! Where a document is written to.

use serde::ser::{SerializeSeq, SerializeStruct};
use serde::{Serialize, Serializer};

use crate::calendar::{Deadline, Hours, Opening, ServerInstant};
use crate::language::Localized;
use crate::money::AmountLimits;
use crate::payer::{
    DocumentCharset, DocumentRule, EmailRule, NameCharset, NameRule, PayerInput, PhoneRule, Requirements,
};
use crate::voucher::{
    Agreement, Amount, Barcode, Beneficiary, Kind, Links, Network, Pickup, Reference, Status, Symbology,
    Voucher,
};

use super::codec::{self, Describe};
use super::{Consent, ConsentTerms, CreateBody, CreateVoucher, Order, Problem, ProblemField};

/// A value without parts.
#[derive(Clone, Copy)]
pub(crate) enum Scalar<'a> {
    Text(&'a str),
    /// At most 2^53 - 1, which every reader of JSON holds exactly.
    Number(u64),
    Flag(bool),
}

/// Takes a document in order. A place is a member's name; none for items and for the document.
pub(super) trait Sink {
    fn put(&mut self, place: Option<&'static str>, scalar: Scalar<'_>);
    fn begin_object(&mut self, place: Option<&'static str>);
    fn begin_list(&mut self, place: Option<&'static str>);
    fn end(&mut self);
}

/// A document for `serde`, its members in the order of the description.
#[derive(Default)]
pub(super) struct Written {
    document: Option<Node>,
    /// What is not complete yet, the innermost last.
    open: Vec<(Option<&'static str>, Node)>,
}

enum Node {
    Text(String),
    Number(u64),
    Flag(bool),
    List(Vec<Node>),
    Object(Vec<(&'static str, Node)>),
}

impl Written {
    pub fn of(value: &(impl Describe + Clone)) -> Written {
        let mut written = Written::default();
        codec::write(&mut value.clone(), &mut written);
        written
    }

    fn add(&mut self, place: Option<&'static str>, node: Node) {
        match (self.open.last_mut(), place) {
            (Some((_, Node::Object(members))), Some(name)) => members.push((name, node)),
            (Some((_, Node::List(items))), _) => items.push(node),
            _ => self.document = Some(node),
        }
    }
}

impl Sink for Written {
    fn put(&mut self, place: Option<&'static str>, scalar: Scalar<'_>) {
        let node = match scalar {
            Scalar::Text(text) => Node::Text(text.to_owned()),
            Scalar::Number(number) => Node::Number(number),
            Scalar::Flag(flag) => Node::Flag(flag),
        };
        self.add(place, node);
    }

    fn begin_object(&mut self, place: Option<&'static str>) {
        self.open.push((place, Node::Object(Vec::new())));
    }

    fn begin_list(&mut self, place: Option<&'static str>) {
        self.open.push((place, Node::List(Vec::new())));
    }

    fn end(&mut self) {
        if let Some((place, node)) = self.open.pop() {
            self.add(place, node);
        }
    }
}

impl Serialize for Written {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.document.serialize(serializer)
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Node::Text(text) => serializer.serialize_str(text),
            Node::Number(number) => serializer.serialize_u64(*number),
            Node::Flag(flag) => serializer.serialize_bool(*flag),
            Node::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|item| list.serialize_element(item))?;
                list.end()
            }
            Node::Object(members) => {
                let mut object = serializer.serialize_struct("", members.len())?;
                members.iter().try_for_each(|(name, value)| object.serialize_field(name, value))?;
                object.end()
            }
        }
    }
}

/// What is described is serialised by its description.
macro_rules! serialize {
    ($($document:ty),* $(,)?) => {
        $(impl Serialize for $document {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Written::of(self).serialize(serializer)
            }
        })*
    };
}

serialize!(Voucher, Kind, Status, Beneficiary, Amount, Links, Pickup);
serialize!(Network, Agreement, Reference, Barcode, Symbology);
serialize!(ServerInstant, Deadline, Hours, Opening, Localized);
serialize!(Order, ConsentTerms, Problem, ProblemField);
serialize!(CreateVoucher, CreateBody<'_>, Consent, PayerInput);
serialize!(Requirements, DocumentRule, DocumentCharset, NameRule, NameCharset, EmailRule, PhoneRule);
serialize!(AmountLimits);
