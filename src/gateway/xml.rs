//! A gateway's XML answer, as the JSON that it would have been.

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Map, Value};

/// How deep an answer may go; PayU's go six deep.
const MAX_DEPTH: usize = 16;

/// An element becomes an object, or a text where it holds nothing else.
///
/// `<entry><string>NAME</string><date>VALUE</date></entry>`, as maps are written, becomes the member
/// `NAME`. `None` where it is no well-formed XML, goes too deep, or declares a document type: no
/// entity but the five of XML itself is ever replaced.
pub(super) fn parse(raw: &str) -> Option<Value> {
    let mut reader = Reader::from_str(raw);
    let mut open: Vec<Element> = Vec::new();
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => {
                if open.len() == MAX_DEPTH {
                    return None;
                }
                open.push(Element::new(tag.local_name().as_ref()));
            }
            Event::Empty(tag) => {
                let element = Element::new(tag.local_name().as_ref());
                open.last_mut()?.add(element);
            }
            Event::End(_) => {
                let closed = open.pop()?;
                let Some(parent) = open.last_mut() else { return Some(closed.value()) };
                parent.add(closed);
            }
            Event::Text(text) => {
                let text = text.xml10_content();
                match open.last_mut() {
                    Some(element) => element.text.push_str(&text),
                    None if text.trim().is_empty() => {}
                    None => return None,
                }
            }
            Event::CData(text) => open.last_mut()?.text.push_str(&text.xml10_content()),
            Event::GeneralRef(name) => {
                let c = match name.resolve_char_ref().ok()? {
                    Some(c) => c,
                    None => predefined(&name)?,
                };
                open.last_mut()?.text.push(c);
            }
            Event::DocType(_) | Event::Eof => return None,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
}

fn predefined(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

struct Element {
    name: String,
    text: String,
    children: Vec<(String, Value)>,
}

impl Element {
    fn new(name: &str) -> Element {
        Element { name: name.to_owned(), text: String::new(), children: Vec::new() }
    }

    fn add(&mut self, child: Element) {
        if child.name == "entry"
            && let [(_, Value::String(name)), (_, value)] = &child.children[..]
        {
            self.children.push((name.clone(), value.clone()));
            return;
        }
        self.children.push((child.name.clone(), child.value()));
    }

    fn value(self) -> Value {
        if self.children.is_empty() {
            let text = self.text.trim();
            return if text.is_empty() { Value::Null } else { Value::String(text.to_owned()) };
        }
        let mut members = Map::new();
        for (name, value) in self.children {
            repeat(&mut members, name, value);
        }
        Value::Object(members)
    }
}

/// Adds a member; elements of the same name become an array.
fn repeat(members: &mut Map<String, Value>, name: String, value: Value) {
    match members.get_mut(&name) {
        None => {
            members.insert(name, value);
        }
        Some(Value::Array(items)) => items.push(value),
        Some(first) => {
            let first_value = first.take();
            *first = Value::Array(vec![first_value, value]);
        }
    }
}
