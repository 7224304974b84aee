//! The browser: draws the view, listens, fetches, remembers. The only input and output there is.

mod clipboard;
mod contact;
mod control;
mod draw;
mod driver;
mod errands;
mod fetch;
mod listen;
mod notice;
mod platform;
mod settings;
mod shell;
mod storage;
mod take;
mod typing;

pub use driver::{Driver, News};
pub use shell::Shell;
