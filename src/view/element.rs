//! The screen as a plain tree: what the document should look like, without a document.

use std::borrow::Cow;

/// A text that is fixed or made up.
pub type Text = Cow<'static, str>;

/// A node of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// A text.
    Text(Text),
}

/// An element of the screen.
///
/// Three attributes are for the one who draws, not for the document: `key` tells apart siblings
/// that must not be taken for each other, `value` and `checked` are the properties of a form
/// control. `data-press` names the button that a click presses and `data-field` the field that a
/// control edits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// The tag: `p`; `svg` and `path` are of the SVG namespace.
    pub tag: &'static str,
    /// Attributes, each name once.
    pub attributes: Vec<(&'static str, Text)>,
    /// What is inside.
    pub children: Vec<Node>,
}

/// An element without attributes or content.
pub fn element(tag: &'static str) -> Element {
    Element { tag, attributes: Vec::new(), children: Vec::new() }
}

impl Element {
    /// With an attribute.
    #[must_use]
    pub fn with(self, name: &'static str, value: impl Into<Text>) -> Element {
        self.put(name, value.into())
    }

    // Screens are drawn by hundreds of calls of these: copies of them would weigh more than all else.
    #[inline(never)]
    fn put(mut self, name: &'static str, value: Text) -> Element {
        self.attributes.push((name, value));
        self
    }

    /// With an attribute without value, where `present`.
    #[must_use]
    pub fn flag(self, name: &'static str, present: bool) -> Element {
        if present { self.with(name, "") } else { self }
    }

    /// With a class, by which the style sheet knows it.
    #[must_use]
    pub fn class(self, names: &'static str) -> Element {
        self.with("class", names)
    }

    /// With a text inside.
    #[must_use]
    pub fn text(self, text: impl Into<Text>) -> Element {
        self.push(Node::Text(text.into()))
    }

    #[inline(never)]
    fn push(mut self, node: Node) -> Element {
        self.children.push(node);
        self
    }

    /// With an element inside.
    #[must_use]
    #[inline(never)]
    pub fn child(mut self, child: Element) -> Element {
        self.children.push(Node::Element(child));
        self
    }

    /// With elements inside.
    #[must_use]
    pub fn children(mut self, children: impl IntoIterator<Item = Element>) -> Element {
        self.children.extend(children.into_iter().map(Node::Element));
        self
    }

    /// The value of the attribute `name`.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| *n == name).map(|(_, value)| value.as_ref())
    }

    /// The text of all that is inside, in document order.
    pub fn text_content(&self) -> String {
        self.children
            .iter()
            .map(|child| match child {
                Node::Element(element) => element.text_content(),
                Node::Text(text) => text.to_string(),
            })
            .collect()
    }
}
