//! One description of a document, for both directions.
//!
//! What goes through a value's members in order either fills them in or writes them. The first error
//! ends the reading: every later step does nothing.

use super::sink::{Scalar, Sink};
use super::source::{Cursor, Json, Source};
use super::{Expected, WireError};

/// What the contract has a JSON form for: a document, or a part of one.
pub(crate) trait Describe {
    /// Goes through all of it, in the order in which it is read, checked and written.
    fn describe(&mut self, codec: &mut Codec);
}

/// What can be read, too.
pub(crate) trait Document: Describe {
    /// The value that reading begins with. Members that may be absent have their defaults.
    fn blank() -> Self;
}

/// Items of one kind.
pub(crate) trait List {
    fn length(&self) -> usize;
    fn clear(&mut self);
    /// Describes an item; while reading the next one, which is added.
    fn describe_item(&mut self, index: usize, codec: &mut Codec);
}

/// Reads or writes a document while it is described, and knows the place it has come to.
pub(crate) struct Codec<'a> {
    side: Side<'a>,
    path: Vec<Step>,
    error: Option<WireError>,
}

enum Side<'a> {
    Reads(&'a mut dyn Source),
    Writes(&'a mut dyn Sink),
}

#[derive(Clone, Copy)]
enum Step {
    Member(&'static str),
    Item(usize),
}

/// What `json` says, or the first place where it is not what the contract says.
pub(crate) fn read<T: Document>(json: impl Json) -> Result<T, WireError> {
    let mut value = T::blank();
    match fill(&mut value, json) {
        None => Ok(value),
        Some(error) => Err(error),
    }
}

// Not generic over the document, so that a widget has it once.
fn fill(value: &mut dyn Describe, json: impl Json) -> Option<WireError> {
    let mut codec = Codec { side: Side::Reads(&mut Cursor::new(json)), path: Vec::new(), error: None };
    value.describe(&mut codec);
    codec.error
}

/// Writes a copy of a value, because the same description would fill it in.
pub(super) fn write(copy: &mut dyn Describe, sink: &mut dyn Sink) {
    copy.describe(&mut Codec { side: Side::Writes(sink), path: Vec::new(), error: None });
}

/// Members of the object in this place.
impl Codec<'_> {
    /// An object, with the members that `describe` goes through.
    pub fn object(&mut self, describe: impl FnOnce(&mut Self)) {
        self.begin_object();
        describe(self);
        self.end();
    }

    /// A member that must be there.
    pub fn required(&mut self, name: &'static str, value: &mut dyn Describe) {
        if self.enter_required(name) {
            value.describe(self);
            self.leave();
        }
    }

    /// A member that may be absent.
    pub fn optional<T: Document>(&mut self, name: &'static str, value: &mut Option<T>) {
        if self.enter(name, value.is_some()) {
            value.get_or_insert_with(T::blank).describe(self);
            self.leave();
        }
    }

    /// A member whose absence stands for the default that `value` has; it is always written.
    pub fn defaulted(&mut self, name: &'static str, value: &mut dyn Describe) {
        if self.enter(name, true) {
            value.describe(self);
            self.leave();
        }
    }

    /// A list that must be there.
    pub fn required_list(&mut self, name: &'static str, list: &mut dyn List) {
        if self.enter_required(name) {
            self.list(list);
            self.leave();
        }
    }

    /// A list whose absence says that it is empty.
    pub fn optional_list(&mut self, name: &'static str, list: &mut dyn List) {
        if self.enter(name, list.length() > 0) {
            self.list(list);
            self.leave();
        }
    }

    /// A text that must be there and be as `expected`.
    pub fn text(&mut self, name: &'static str, expected: Expected, text: &mut String) {
        if self.enter_required(name) {
            self.text_here(expected, text);
            self.leave();
        }
    }

    /// A text that may be absent.
    pub fn optional_text(&mut self, name: &'static str, expected: Expected, text: &mut Option<String>) {
        if self.enter(name, text.is_some()) {
            self.text_here(expected, text.get_or_insert_default());
            self.leave();
        }
    }

    /// Any text; its absence says that it is empty, and it is always written.
    pub fn any_text(&mut self, name: &'static str, text: &mut String) {
        if self.enter(name, true) {
            self.text_here(Expected::Text, text);
            self.leave();
        }
    }

    /// A boolean whose absence stands for the default that `flag` has; it is always written.
    pub fn flag(&mut self, name: &'static str, flag: &mut bool) {
        if !self.enter(name, true) {
            return;
        }
        self.put(Scalar::Flag(*flag));
        if let Side::Reads(source) = &mut self.side {
            match source.boolean() {
                Some(read) => *flag = read,
                None => self.fail(Expected::Boolean),
            }
        }
        self.leave();
    }

    /// A whole number from `min` to `max`; its absence stands for `number`, and it is always written.
    pub fn number(&mut self, name: &'static str, min: u32, max: u32, mut number: u32) -> u32 {
        if self.enter(name, true) {
            number = self.number_here(min, max, number);
            self.leave();
        }
        number
    }

    /// A whole number from `min` to `max` that may be absent.
    pub fn optional_number(&mut self, name: &'static str, min: u32, max: u32, number: &mut Option<u32>) {
        if self.enter(name, number.is_some()) {
            *number = Some(self.number_here(min, max, number.unwrap_or_default()));
            self.leave();
        }
    }

    /// The contract's version.
    pub fn version_1(&mut self) {
        if self.enter_required("version") {
            self.put(Scalar::Number(1));
            if self.take_number().is_some_and(|version| version != 1.0) {
                self.fail(Expected::Version);
            }
            self.leave();
        }
    }

    /// Goes to a member and tells whether it is there; to a written one where `present`.
    pub fn enter(&mut self, name: &'static str, present: bool) -> bool {
        let there = match &mut self.side {
            _ if self.error.is_some() => false,
            Side::Reads(source) => source.enter(name),
            Side::Writes(_) => present,
        };
        if there {
            self.path.push(Step::Member(name));
        }
        there
    }

    fn enter_required(&mut self, name: &'static str) -> bool {
        let there = self.enter(name, true);
        if !there {
            self.fail_at(name, Expected::Member);
        }
        there
    }

    /// Goes back to what the last member or item is part of.
    pub fn leave(&mut self) {
        self.path.pop();
        if let Side::Reads(source) = &mut self.side {
            source.leave();
        }
    }
}

/// The value in this place.
impl Codec<'_> {
    /// Whether values are filled in.
    pub fn reads(&self) -> bool {
        matches!(self.side, Side::Reads(_))
    }

    /// Whether an object stands here to be read.
    pub fn is_object(&self) -> bool {
        matches!(&self.side, Side::Reads(source) if source.is_object())
    }

    /// Writes a scalar; nothing while reading.
    pub fn put(&mut self, scalar: Scalar<'_>) {
        let place = self.place();
        if let Side::Writes(sink) = &mut self.side {
            sink.put(place, scalar);
        }
    }

    /// The text here, while reading; one of another kind was expected to be as `expected`.
    pub fn take_text(&mut self, expected: Expected) -> Option<String> {
        let Side::Reads(source) = &mut self.side else { return None };
        let text = source.text();
        if text.is_none() {
            self.fail(expected);
        }
        text
    }

    /// A text that must be as `expected`.
    pub fn text_here(&mut self, expected: Expected, text: &mut String) {
        self.put(Scalar::Text(text));
        if let Some(read) = self.take_text(Expected::Text) {
            if !expected.accepts(&read) {
                self.fail(expected);
            }
            *text = read;
        }
    }

    /// The number here, while reading; not a number where something else stands.
    pub fn take_number(&mut self) -> Option<f64> {
        let Side::Reads(source) = &mut self.side else { return None };
        Some(source.number().unwrap_or(f64::NAN))
    }

    /// A whole number from `min` to `max`.
    pub fn number_here(&mut self, min: u32, max: u32, number: u32) -> u32 {
        self.put(Scalar::Number(number.into()));
        let Some(read) = self.take_number() else { return number };
        let whole = read as u32;
        if f64::from(whole) != read || whole < min || whole > max {
            self.fail(Expected::WholeNumber);
        }
        whole
    }

    /// One of some words, by its place among them.
    pub fn word(&mut self, words: &[&str], place: usize) -> usize {
        if let Some(word) = words.get(place) {
            self.put(Scalar::Text(word));
        }
        let Some(read) = self.take_text(Expected::Text) else { return place };
        let found = words.iter().position(|word| *word == read);
        found.unwrap_or_else(|| {
            self.fail(Expected::Word);
            place
        })
    }

    /// A list; read items take the place of those it has.
    pub fn list(&mut self, list: &mut dyn List) {
        let place = self.place();
        let length = match &mut self.side {
            Side::Writes(sink) => {
                sink.begin_list(place);
                list.length()
            }
            Side::Reads(source) => match source.length() {
                Some(length) => length,
                None => return self.fail(Expected::Array),
            },
        };
        if self.reads() {
            list.clear();
        }
        for index in 0..length {
            if !self.enter_item(index) {
                return;
            }
            list.describe_item(index, self);
            self.leave();
        }
        self.end();
    }

    /// Refuses what stands here; the first refusal counts.
    pub fn fail(&mut self, expected: Expected) {
        self.fail_at("", expected);
    }

    /// Refuses a member of what stands here.
    pub fn fail_at(&mut self, name: &str, expected: Expected) {
        if self.error.is_none() && self.reads() {
            self.error = Some(WireError { expected, path: self.path_to(name) });
        }
    }

    fn begin_object(&mut self) {
        let place = self.place();
        match &mut self.side {
            Side::Writes(sink) => sink.begin_object(place),
            Side::Reads(source) => {
                if !source.is_object() {
                    self.fail(Expected::Object);
                }
            }
        }
    }

    fn enter_item(&mut self, index: usize) -> bool {
        let there = match &mut self.side {
            _ if self.error.is_some() => false,
            Side::Reads(source) => source.enter_item(index),
            Side::Writes(_) => true,
        };
        if there {
            self.path.push(Step::Item(index));
        }
        there
    }

    fn end(&mut self) {
        if let Side::Writes(sink) = &mut self.side {
            sink.end();
        }
    }

    /// The name of the member that stands here; none for an item and for the document itself.
    fn place(&self) -> Option<&'static str> {
        match self.path.last() {
            Some(Step::Member(name)) => Some(name),
            _ => None,
        }
    }

    fn path_to(&self, name: &str) -> String {
        let mut path = String::new();
        for step in &self.path {
            match step {
                Step::Member(name) => push_member(&mut path, name),
                Step::Item(index) => {
                    path.push('[');
                    path.push_str(&index.to_string());
                    path.push(']');
                }
            }
        }
        push_member(&mut path, name);
        path
    }
}

fn push_member(path: &mut String, name: &str) {
    if !path.is_empty() && !name.is_empty() {
        path.push('.');
    }
    path.push_str(name);
}

impl<T: Document> List for Vec<T> {
    fn length(&self) -> usize {
        self.len()
    }

    fn clear(&mut self) {
        Vec::clear(self);
    }

    fn describe_item(&mut self, index: usize, codec: &mut Codec) {
        if codec.reads() {
            self.push(T::blank());
        }
        if let Some(item) = self.get_mut(index) {
            item.describe(codec);
        }
    }
}
