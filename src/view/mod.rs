//! What is on screen: first as plain data, then as a plain tree of elements.

mod draw;
mod element;
mod press;
mod state;
pub mod take;
mod texts;
mod time;

pub use draw::{draw, page};
pub use element::{Element, Node, Text, element};
pub use press::{press_name, pressed_button};
pub use state::{FailureView, FormView, Phase, Screen, Sending, View, VoucherView};
pub use texts::{Say, Strings};
pub use time::day_and_hour;
