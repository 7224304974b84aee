//! Writes a tree from the outside in.
//!
//! Every method is a plain call with plain arguments: a screen is then a list of calls, which is
//! what keeps the drawing small in wasm.

use crate::language::Language;

use super::super::{Element, Node, Say, Text};

pub struct Pen {
    pub language: Language,
    open: Vec<Element>,
}

impl Pen {
    /// What `inside` writes into one element.
    pub fn draw(
        language: Language,
        tag: &'static str,
        class: &'static str,
        inside: impl FnOnce(&mut Pen),
    ) -> Element {
        let mut pen = Pen { language, open: Vec::new() };
        pen.begin(tag, class);
        inside(&mut pen);
        pen.open.pop().unwrap_or_else(|| super::super::element(tag))
    }

    /// Writes an element; `inside` writes its attributes and what is in it.
    #[inline(always)]
    pub fn within(&mut self, tag: &'static str, class: &'static str, inside: impl FnOnce(&mut Pen)) {
        self.begin(tag, class);
        inside(self);
        self.end();
    }

    #[inline(never)]
    fn begin(&mut self, tag: &'static str, class: &'static str) {
        self.open.push(super::super::element(tag));
        if !class.is_empty() {
            self.set("class", class);
        }
    }

    #[inline(never)]
    fn end(&mut self) {
        if let Some(element) = self.open.pop() {
            self.add(Node::Element(element));
        }
    }

    /// Sets an attribute of the element that is being written.
    #[inline(never)]
    pub fn set(&mut self, name: &'static str, value: &'static str) {
        self.set_text(name, Text::Borrowed(value));
    }

    /// Sets an attribute to a text that was made up.
    #[inline(never)]
    pub fn set_text(&mut self, name: &'static str, value: Text) {
        if let Some(element) = self.open.last_mut() {
            element.attributes.push((name, value));
        }
    }

    /// Sets an attribute without value, where `present`.
    #[inline(never)]
    pub fn flag(&mut self, name: &'static str, present: bool) {
        if present {
            self.set(name, "");
        }
    }

    /// Writes a text.
    #[inline(never)]
    pub fn words(&mut self, text: &str) {
        self.add(Node::Text(Text::Owned(text.to_owned())));
    }

    /// Writes a sentence.
    #[inline(never)]
    pub fn say(&mut self, say: Say) {
        self.add(Node::Text(Text::Borrowed(say.text(self.language))));
    }

    /// Writes a sentence with its gaps filled in.
    #[inline(never)]
    pub fn fill(&mut self, say: Say, values: &[&str]) {
        self.add(Node::Text(Text::Owned(say.fill(self.language, values))));
    }

    /// Writes an element with nothing but a sentence in it.
    #[inline(never)]
    pub fn line(&mut self, tag: &'static str, class: &'static str, say: Say) {
        self.begin(tag, class);
        self.say(say);
        self.end();
    }

    /// Writes an element with nothing but a sentence in it, its gaps filled in.
    #[inline(never)]
    pub fn filled(&mut self, tag: &'static str, class: &'static str, say: Say, values: &[&str]) {
        self.begin(tag, class);
        self.fill(say, values);
        self.end();
    }

    /// Writes an element with nothing but a text in it.
    #[inline(never)]
    pub fn note(&mut self, tag: &'static str, class: &'static str, text: &str) {
        self.begin(tag, class);
        self.words(text);
        self.end();
    }

    #[inline(never)]
    fn add(&mut self, node: Node) {
        if let Some(element) = self.open.last_mut() {
            element.children.push(node);
        }
    }
}
