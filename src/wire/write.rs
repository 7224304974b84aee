//! Writing JSON text in a tenth of what a general serializer weighs.

use core::fmt;

use serde::ser::{Error, Impossible, Serialize, SerializeSeq, SerializeStruct, SerializeTuple, Serializer};

/// The JSON text of a value of the contract.
///
/// The same as `serde_json` writes. Fractions, bytes, maps and variants with data have no place
/// in the contract: the text of a value with one of them is `None`.
pub fn to_json(value: &impl Serialize) -> Option<String> {
    let mut writer = Writer { text: String::new() };
    value.serialize(&mut writer).ok()?;
    Some(writer.text)
}

/// A kind of value that the contract does not have.
#[derive(Debug)]
struct Unsupported;

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a value of the contract")
    }
}

impl core::error::Error for Unsupported {}

impl Error for Unsupported {
    fn custom<T: fmt::Display>(_: T) -> Unsupported {
        Unsupported
    }
}

struct Writer {
    text: String,
}

type Written = Result<(), Unsupported>;

impl Writer {
    fn literal(&mut self, text: &str) -> Written {
        self.text.push_str(text);
        Ok(())
    }

    fn whole(&mut self, number: u64) -> Written {
        if number >= 10 {
            self.whole(number / 10)?;
        }
        self.text.push(char::from(b'0' + (number % 10) as u8));
        Ok(())
    }

    fn string(&mut self, text: &str) -> Written {
        self.text.push('"');
        if !text.bytes().any(|b| b < b' ' || b == b'"' || b == b'\\') {
            self.text.push_str(text);
            self.text.push('"');
            return Ok(());
        }
        for c in text.chars() {
            match c {
                '"' | '\\' => self.text.extend(['\\', c]),
                '\n' => self.text.push_str("\\n"),
                '\r' => self.text.push_str("\\r"),
                '\t' => self.text.push_str("\\t"),
                '\u{8}' => self.text.push_str("\\b"),
                '\u{c}' => self.text.push_str("\\f"),
                '\0'..='\u{1f}' => {
                    let code = c as u32;
                    let digit = |value| char::from_digit(value, 16).unwrap_or_default();
                    self.text.push_str("\\u00");
                    self.text.extend([digit(code >> 4), digit(code & 15)]);
                }
                c => self.text.push(c),
            }
        }
        self.text.push('"');
        Ok(())
    }

    /// A comma, unless what follows is the first of its list: only there the text ends in an opening
    /// bracket, for a string ends in its quote.
    fn separate(&mut self) {
        if !self.text.ends_with(['{', '[']) {
            self.text.push(',');
        }
    }
}

/// An array or an object whose end is not yet written.
struct Open<'a> {
    writer: &'a mut Writer,
    end: char,
}

impl<'a> Open<'a> {
    fn new(writer: &'a mut Writer, [start, end]: [char; 2]) -> Open<'a> {
        writer.text.push(start);
        Open { writer, end }
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.writer.separate();
        value.serialize(&mut *self.writer)
    }

    fn close(self) -> Written {
        self.writer.text.push(self.end);
        Ok(())
    }
}

impl<'a> Serializer for &'a mut Writer {
    type Ok = ();
    type Error = Unsupported;
    type SerializeSeq = Open<'a>;
    type SerializeTuple = Open<'a>;
    type SerializeTupleStruct = Impossible<(), Unsupported>;
    type SerializeTupleVariant = Impossible<(), Unsupported>;
    type SerializeMap = Impossible<(), Unsupported>;
    type SerializeStruct = Open<'a>;
    type SerializeStructVariant = Impossible<(), Unsupported>;

    fn serialize_bool(self, value: bool) -> Written {
        self.literal(if value { "true" } else { "false" })
    }

    fn serialize_i8(self, value: i8) -> Written {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Written {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Written {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Written {
        if value < 0 {
            self.text.push('-');
        }
        self.whole(value.unsigned_abs())
    }

    fn serialize_u8(self, value: u8) -> Written {
        self.whole(value.into())
    }

    fn serialize_u16(self, value: u16) -> Written {
        self.whole(value.into())
    }

    fn serialize_u32(self, value: u32) -> Written {
        self.whole(value.into())
    }

    fn serialize_u64(self, value: u64) -> Written {
        self.whole(value)
    }

    fn serialize_f32(self, _: f32) -> Written {
        Err(Unsupported)
    }

    fn serialize_f64(self, _: f64) -> Written {
        Err(Unsupported)
    }

    fn serialize_char(self, value: char) -> Written {
        self.string(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Written {
        self.string(value)
    }

    fn serialize_bytes(self, _: &[u8]) -> Written {
        Err(Unsupported)
    }

    fn serialize_none(self) -> Written {
        self.literal("null")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.literal("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        self.literal("null")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Written {
        self.string(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Written {
        Err(Unsupported)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'a>, Unsupported> {
        Ok(Open::new(self, ['[', ']']))
    }

    fn serialize_tuple(self, _: usize) -> Result<Open<'a>, Unsupported> {
        Ok(Open::new(self, ['[', ']']))
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Unsupported> {
        Err(Unsupported)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unsupported> {
        Err(Unsupported)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Unsupported> {
        Err(Unsupported)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Open<'a>, Unsupported> {
        Ok(Open::new(self, ['{', '}']))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unsupported> {
        Err(Unsupported)
    }
}

impl SerializeSeq for Open<'_> {
    type Ok = ();
    type Error = Unsupported;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.item(value)
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl SerializeTuple for Open<'_> {
    type Ok = ();
    type Error = Unsupported;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.item(value)
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl SerializeStruct for Open<'_> {
    type Ok = ();
    type Error = Unsupported;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Written {
        self.item(key)?;
        self.writer.text.push(':');
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Written {
        self.close()
    }
}
