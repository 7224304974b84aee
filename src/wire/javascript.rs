//! Documents as JavaScript's own values.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use super::codec::{self, Describe};
use super::sink::{Scalar, Sink};
use super::source::Json;

#[wasm_bindgen]
extern "C" {
    /// Any value but null and undefined.
    type Members;

    #[wasm_bindgen(method, structural, indexing_getter)]
    fn member(this: &Members, name: &str) -> JsValue;
}

/// The document of `value`, made of plain objects and arrays.
pub(crate) fn to_js(value: &(impl Describe + Clone)) -> JsValue {
    let mut written = Written::default();
    codec::write(&mut value.clone(), &mut written);
    written.document
}

impl Json for JsValue {
    fn member(&self, name: &str) -> Option<Self> {
        if self.is_null() || self.is_undefined() {
            return None;
        }
        let value = self.unchecked_ref::<Members>().member(name);
        (!value.is_null() && !value.is_undefined()).then_some(value)
    }

    fn is_object(&self) -> bool {
        JsValue::is_object(self) && !Array::is_array(self)
    }

    fn length(&self) -> Option<usize> {
        Array::is_array(self).then(|| self.unchecked_ref::<Array>().length() as usize)
    }

    fn item(&self, index: usize) -> Option<Self> {
        Some(self.unchecked_ref::<Array>().get(index as u32))
    }

    fn text(&self) -> Option<String> {
        self.as_string()
    }

    fn number(&self) -> Option<f64> {
        self.as_f64()
    }

    fn boolean(&self) -> Option<bool> {
        self.as_bool()
    }
}

#[derive(Default)]
struct Written {
    document: JsValue,
    /// Objects and arrays that are not complete yet, the innermost last.
    open: Vec<JsValue>,
}

impl Written {
    fn add(&mut self, place: Option<&'static str>, value: JsValue) {
        match (self.open.last(), place) {
            (Some(object), Some(name)) => {
                // It fails on frozen objects only.
                let _ = Reflect::set(object, &name.into(), &value);
            }
            (Some(array), None) => {
                array.unchecked_ref::<Array>().push(&value);
            }
            (None, _) => self.document = value,
        }
    }

    fn begin(&mut self, place: Option<&'static str>, value: JsValue) {
        self.add(place, value.clone());
        self.open.push(value);
    }
}

impl Sink for Written {
    fn put(&mut self, place: Option<&'static str>, scalar: Scalar<'_>) {
        let value = match scalar {
            Scalar::Text(text) => text.into(),
            Scalar::Number(number) => (number as f64).into(),
            Scalar::Flag(flag) => flag.into(),
        };
        self.add(place, value);
    }

    fn begin_object(&mut self, place: Option<&'static str>) {
        self.begin(place, Object::new().into());
    }

    fn begin_list(&mut self, place: Option<&'static str>) {
        self.begin(place, Array::new().into());
    }

    fn end(&mut self) {
        self.open.pop();
    }
}
