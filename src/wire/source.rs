//! Where a document is read from.

/// A parsed JSON value, whoever parsed it.
///
/// Each method answers `None` where the value is of another kind.
pub trait Json: Sized {
    /// The member `name` of an object; absent and null are the same.
    fn member(&self, name: &str) -> Option<Self>;
    /// Whether this is an object.
    fn is_object(&self) -> bool;
    /// How many items an array has.
    fn length(&self) -> Option<usize>;
    /// An item of an array, null included.
    fn item(&self, index: usize) -> Option<Self>;
    /// A text.
    fn text(&self) -> Option<String>;
    /// A number, as JavaScript holds it.
    fn number(&self) -> Option<f64>;
    /// A boolean.
    fn boolean(&self) -> Option<bool>;
}

/// A place in a parsed document: what [`Json`] says of the value there, and ways onwards and back.
pub(super) trait Source {
    fn enter(&mut self, name: &str) -> bool;
    fn enter_item(&mut self, index: usize) -> bool;
    fn leave(&mut self);
    fn is_object(&self) -> bool;
    fn length(&self) -> Option<usize>;
    fn text(&self) -> Option<String>;
    fn number(&self) -> Option<f64>;
    fn boolean(&self) -> Option<bool>;
}

/// A value, and what it is part of.
pub(super) struct Cursor<J> {
    here: J,
    above: Vec<J>,
}

impl<J: Json> Cursor<J> {
    pub fn new(document: J) -> Cursor<J> {
        Cursor { here: document, above: Vec::new() }
    }

    fn step(&mut self, onto: Option<J>) -> bool {
        let Some(onto) = onto else { return false };
        self.above.push(core::mem::replace(&mut self.here, onto));
        true
    }
}

impl<J: Json> Source for Cursor<J> {
    fn enter(&mut self, name: &str) -> bool {
        let member = self.here.member(name);
        self.step(member)
    }

    fn enter_item(&mut self, index: usize) -> bool {
        let item = self.here.item(index);
        self.step(item)
    }

    fn leave(&mut self) {
        if let Some(above) = self.above.pop() {
            self.here = above;
        }
    }

    fn is_object(&self) -> bool {
        self.here.is_object()
    }

    fn length(&self) -> Option<usize> {
        self.here.length()
    }

    fn text(&self) -> Option<String> {
        self.here.text()
    }

    fn number(&self) -> Option<f64> {
        self.here.number()
    }

    fn boolean(&self) -> Option<bool> {
        self.here.boolean()
    }
}

impl Json for &serde_json::Value {
    fn member(&self, name: &str) -> Option<Self> {
        self.as_object()?.get(name).filter(|value| !value.is_null())
    }

    fn is_object(&self) -> bool {
        serde_json::Value::is_object(self)
    }

    fn length(&self) -> Option<usize> {
        self.as_array().map(Vec::len)
    }

    fn item(&self, index: usize) -> Option<Self> {
        self.as_array()?.get(index)
    }

    fn text(&self) -> Option<String> {
        self.as_str().map(str::to_owned)
    }

    fn number(&self) -> Option<f64> {
        self.as_f64()
    }

    fn boolean(&self) -> Option<bool> {
        self.as_bool()
    }
}
