//! The tree as HTML text, for a server: a page that shows a voucher where wasm is blocked.

use super::{Element, Node};

/// Elements that have no end tag.
const VOID: [&str; 2] = ["input", "wbr"];

impl Element {
    /// The element as HTML, every text and attribute escaped.
    ///
    /// What only a script can use (`key`, `data-press`, `data-field`) is left out.
    pub fn to_html(&self) -> String {
        let mut html = String::new();
        write(self, &mut html);
        html
    }
}

fn write(element: &Element, html: &mut String) {
    html.push('<');
    html.push_str(element.tag);
    for (name, value) in &element.attributes {
        if matches!(*name, "key" | "data-press" | "data-field") {
            continue;
        }
        html.push(' ');
        html.push_str(name);
        html.push_str("=\"");
        escape(value, html);
        html.push('"');
    }
    html.push('>');
    if VOID.contains(&element.tag) {
        return;
    }
    for child in &element.children {
        match child {
            Node::Element(child) => write(child, html),
            Node::Text(text) => escape(text, html),
        }
    }
    html.push_str("</");
    html.push_str(element.tag);
    html.push('>');
}

fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}
