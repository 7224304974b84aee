//! Values that several documents have.

use std::rc::Rc;

use crate::calendar::{BogotaDate, CalendarError, Deadline, Hours, Opening, ServerInstant, clock, minutes};
use crate::language::Localized;
use crate::money::Pesos;

use super::Expected;
use super::codec::{Codec, Describe, Document};
use super::sink::Scalar;

impl Describe for ServerInstant {
    fn describe(&mut self, codec: &mut Codec) {
        instant(self, Expected::Text, codec);
    }
}

impl Document for ServerInstant {
    fn blank() -> ServerInstant {
        ServerInstant::EPOCH
    }
}

/// An instant; where no text stands, what was expected there is for the caller to say.
fn instant(instant: &mut ServerInstant, expected: Expected, codec: &mut Codec) {
    if !codec.reads() {
        return codec.put(Scalar::Text(&instant.to_text()));
    }
    let Some(text) = codec.take_text(expected) else { return };
    match ServerInstant::parse(&text) {
        Ok(read) => *instant = read,
        Err(CalendarError::NaiveDateTime) => codec.fail(Expected::Offset),
        Err(_) => codec.fail(Expected::DateTime),
    }
}

impl Describe for Deadline {
    fn describe(&mut self, codec: &mut Codec) {
        let mut day = match self {
            Deadline::EndOf(date) => date.to_text(),
            Deadline::At(_) if codec.is_object() => String::new(),
            Deadline::At(at) => return instant(at, Expected::Deadline, codec),
        };
        codec.object(|codec| codec.text("date", Expected::Date, &mut day));
        if let Ok(date) = BogotaDate::parse(&day) {
            *self = Deadline::EndOf(date);
        }
    }
}

impl Document for Deadline {
    fn blank() -> Deadline {
        Deadline::At(ServerInstant::EPOCH)
    }
}

impl Describe for Opening {
    fn describe(&mut self, codec: &mut Codec) {
        let mut clocks = vec![Clock(Some(self.opens.into())), Clock(Some(self.closes.into()))];
        codec.list(&mut clocks);
        match clocks.as_slice() {
            [Clock(Some(opens)), Clock(Some(closes))] if opens < closes => {
                *self = Opening { opens: *opens as u16, closes: *closes as u16 };
            }
            _ => codec.fail(Expected::Opening),
        }
    }
}

impl Document for Opening {
    fn blank() -> Opening {
        Opening { opens: 0, closes: 0 }
    }
}

/// Minutes after midnight; none for a text that says something else.
struct Clock(Option<u32>);

impl Describe for Clock {
    fn describe(&mut self, codec: &mut Codec) {
        if let Some(minutes) = self.0 {
            codec.put(Scalar::Text(&clock(minutes)));
        }
        if let Some(text) = codec.take_text(Expected::Text) {
            self.0 = minutes(text.as_bytes());
        }
    }
}

impl Document for Clock {
    fn blank() -> Clock {
        Clock(None)
    }
}

impl Describe for Hours {
    fn describe(&mut self, codec: &mut Codec) {
        codec.object(|codec| {
            codec.optional("weekdays", &mut self.weekdays);
            codec.optional("saturday", &mut self.saturday);
            codec.optional("sunday", &mut self.sunday);
        });
    }
}

impl Document for Hours {
    fn blank() -> Hours {
        Hours::default()
    }
}

/// A text in a list: a name or a label.
impl Describe for String {
    fn describe(&mut self, codec: &mut Codec) {
        codec.text_here(Expected::Words, self);
    }
}

impl Document for String {
    fn blank() -> String {
        String::new()
    }
}

impl Describe for Localized {
    fn describe(&mut self, codec: &mut Codec) {
        codec.object(|codec| {
            codec.text("es", Expected::Paragraph, &mut self.es);
            codec.optional_text("en", Expected::Paragraph, &mut self.en);
        });
    }
}

impl Document for Localized {
    fn blank() -> Localized {
        Localized { es: String::new(), en: None }
    }
}

impl Describe for Pesos {
    fn describe(&mut self, codec: &mut Codec) {
        codec.put(Scalar::Number(self.get()));
        let Some(number) = codec.take_number() else { return };
        match Pesos::from_number(number) {
            Ok(pesos) => *self = pesos,
            Err(_) => codec.fail(Expected::Pesos),
        }
    }
}

impl Document for Pesos {
    fn blank() -> Pesos {
        Pesos::default()
    }
}

impl<T: Document + Clone> Describe for Rc<T> {
    fn describe(&mut self, codec: &mut Codec) {
        Rc::make_mut(self).describe(codec);
    }
}

impl<T: Document + Clone> Document for Rc<T> {
    fn blank() -> Rc<T> {
        Rc::new(T::blank())
    }
}
