//! Makes the document look like a tree of [`Element`]s, touching only what differs.

use std::cell::Cell;

use wasm_bindgen::JsCast;
use web_sys::Document;

use crate::view::{Element, Node, Text};

use super::control::Control;

const SVG: &str = "http://www.w3.org/2000/svg";

/// A root, and what was last drawn in it.
pub(super) struct Canvas {
    document: Document,
    root: web_sys::ShadowRoot,
    drawn: Cell<Option<Drawn>>,
}

impl Canvas {
    pub fn new(document: Document, root: web_sys::ShadowRoot) -> Canvas {
        Canvas { document, root, drawn: Cell::new(None) }
    }

    /// Shows `tree` and nothing else. The first time, what the root held before goes.
    pub fn draw(&self, tree: Element) {
        let tree = Node::Element(tree);
        let drawn = match self.drawn.take() {
            Some(mut drawn) if drawn.is_like(&tree) => {
                drawn.become_like(tree, &self.document);
                drawn
            }
            _ => {
                let drawn = Drawn::new(tree, false, &self.document);
                self.root.set_text_content(None);
                insert(&self.root, &drawn.node, None);
                drawn
            }
        };
        self.drawn.set(Some(drawn));
    }

    /// Whether nothing has been drawn yet.
    pub fn is_untouched(&self) -> bool {
        let drawn = self.drawn.take();
        let is_untouched = drawn.is_none();
        self.drawn.set(drawn);
        is_untouched
    }

    /// Shows what stands inside the element on the host page.
    pub fn clear(&self) {
        self.drawn.set(None);
        self.root.set_text_content(None);
        if let Ok(slot) = self.document.create_element("slot") {
            insert(&self.root, &slot, None);
        }
    }

    /// Moves the focus without scrolling.
    pub fn focus_in_place(&self, selector: &str) {
        let found = self.root.query_selector(selector).ok().flatten();
        if let Some(element) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = element.focus_with_options(&options);
        }
    }

    /// Moves the focus to the first element that `selector` names.
    pub fn focus(&self, selector: &str) {
        let found = self.root.query_selector(selector).ok().flatten();
        if let Some(element) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = element.focus();
        }
    }
}

/// A node of the document and what it looks like.
struct Drawn {
    node: web_sys::Node,
    looks: Looks,
}

enum Looks {
    Text(Text),
    Element { tag: &'static str, svg: bool, attributes: Vec<(&'static str, Text)>, children: Vec<Drawn> },
}

impl Drawn {
    fn new(wanted: Node, in_svg: bool, document: &Document) -> Drawn {
        match wanted {
            Node::Text(text) => {
                Drawn { node: document.create_text_node(&text).into(), looks: Looks::Text(text) }
            }
            Node::Element(wanted) => {
                let svg = in_svg || wanted.tag == "svg";
                let namespace = if svg { SVG } else { "http://www.w3.org/1999/xhtml" };
                // Tags are fixed words of the view, and valid.
                let Ok(node) = document.create_element_ns(Some(namespace), wanted.tag) else {
                    return Drawn::new(Node::Text(Text::Borrowed("")), svg, document);
                };
                let looks =
                    Looks::Element { tag: wanted.tag, svg, attributes: Vec::new(), children: Vec::new() };
                let mut drawn = Drawn { node: node.into(), looks };
                drawn.become_like(Node::Element(wanted), document);
                drawn
            }
        }
    }

    fn is_like(&self, wanted: &Node) -> bool {
        match (&self.looks, wanted) {
            (Looks::Text(_), Node::Text(_)) => true,
            (Looks::Element { tag, attributes, .. }, Node::Element(wanted)) => {
                *tag == wanted.tag && attribute(attributes, "key") == attribute(&wanted.attributes, "key")
            }
            _ => false,
        }
    }

    /// Changes what differs from `wanted`, which must be alike.
    fn become_like(&mut self, wanted: Node, document: &Document) {
        match (&mut self.looks, wanted) {
            (Looks::Text(text), Node::Text(wanted)) if *text != wanted => {
                self.node.set_node_value(Some(&wanted));
                *text = wanted;
            }
            (Looks::Element { tag, svg, attributes, children }, Node::Element(wanted)) => {
                let element: &web_sys::Element = self.node.unchecked_ref();
                set_attributes(element, attributes, &wanted.attributes);
                let old = std::mem::take(children);
                *children = draw_children(&self.node, old, wanted.children, *svg, document);
                // Last: a `select` takes a value only once its options are there.
                set_properties(element, tag, attributes, &wanted.attributes);
                *attributes = wanted.attributes;
            }
            _ => {}
        }
    }
}

/// Draws the children of `parent`. Each wanted child takes over the first one alike that is still
/// free, so that a field keeps its node, its focus and its caret when something appears above it.
fn draw_children(
    parent: &web_sys::Node,
    old: Vec<Drawn>,
    wanted: Vec<Node>,
    svg: bool,
    document: &Document,
) -> Vec<Drawn> {
    let strayed = has_strayed(parent, &old, &wanted);
    if strayed {
        parent.set_text_content(None);
    }
    let mut free: Vec<Option<Drawn>> = old.into_iter().map(Some).collect();
    let mut take_alike = |wanted: &Node| {
        let index = free.iter().position(|old| old.as_ref().is_some_and(|old| old.is_like(wanted)))?;
        Some((index, free[index].take()?))
    };
    let taken: Vec<_> = wanted.iter().map(&mut take_alike).collect();
    for gone in free.into_iter().flatten() {
        remove(&gone.node);
    }
    // From the end, because a node is inserted before its next sibling. Those whose old places
    // ascend stand in order already.
    let mut drawn: Vec<Drawn> = Vec::with_capacity(wanted.len());
    let mut next_place = if strayed { 0 } else { usize::MAX };
    for (wanted, taken) in wanted.into_iter().zip(taken).rev() {
        let (child, in_place) = match taken {
            Some((place, mut child)) => {
                child.become_like(wanted, document);
                let in_place = place < next_place;
                next_place = next_place.min(place);
                (child, in_place)
            }
            None => (Drawn::new(wanted, svg, document), false),
        };
        if !in_place {
            insert(parent, &child.node, drawn.last().map(|next| &next.node));
        }
        drawn.push(child);
    }
    drawn.reverse();
    drawn
}

/// Whether a text that is to change no longer stands where it was put: page translation replaces
/// texts by nodes of its own, and a status must not stay on screen in their words.
fn has_strayed(parent: &web_sys::Node, old: &[Drawn], wanted: &[Node]) -> bool {
    old.iter().zip(wanted).any(|(old, wanted)| match (&old.looks, wanted) {
        (Looks::Text(text), Node::Text(wanted)) => {
            text != wanted && old.node.parent_node().as_ref() != Some(parent)
        }
        _ => false,
    })
}

fn set_attributes(element: &web_sys::Element, old: &[(&'static str, Text)], wanted: &[(&'static str, Text)]) {
    for (name, value) in wanted.iter().filter(|(name, _)| !is_property(name)) {
        if !old.iter().any(|(n, v)| n == name && v == value) {
            let _ = element.set_attribute(name, value);
        }
    }
    for (name, _) in old.iter().filter(|(name, _)| !is_property(name)) {
        if !wanted.iter().any(|(n, _)| n == name) {
            let _ = element.remove_attribute(name);
        }
    }
}

/// Sets the value and the tick of a control where they are to change and the control does not hold
/// them already. What somebody is just typing or ticking, and the session has not heard of yet, is
/// left alone, and so is the caret.
fn set_properties(
    element: &web_sys::Element,
    tag: &str,
    old: &[(&'static str, Text)],
    wanted: &[(&'static str, Text)],
) {
    let control: &Control = element.unchecked_ref();
    if let Some(value) = attribute(wanted, "value")
        && attribute(old, "value") != Some(value)
        && control.value().as_deref() != Some(value)
    {
        control.set_value(value);
    }
    let checked = attribute(wanted, "checked").is_some();
    if tag == "input" && attribute(old, "checked").is_some() != checked && control.checked() != Some(checked)
    {
        control.set_checked(checked);
    }
}

fn is_property(name: &str) -> bool {
    matches!(name, "key" | "value" | "checked")
}

fn attribute<'a>(attributes: &'a [(&'static str, Text)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(n, _)| *n == name).map(|(_, value)| value.as_ref())
}

/// Inserts `node` before `next`; at the end where another script has taken `next` away.
fn insert(parent: &web_sys::Node, node: &web_sys::Node, next: Option<&web_sys::Node>) {
    if parent.insert_before(node, next).is_err() {
        let _ = parent.append_child(node);
    }
}

fn remove(node: &web_sys::Node) {
    if let Some(parent) = node.parent_node() {
        let _ = parent.remove_child(node);
    }
}
