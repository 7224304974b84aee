//! What is taken along: a message, an image, a reminder. (The printed page is drawn like a screen.)
//!
//! All of them say the same essentials, and nothing about the payer or a pickup's secret.

pub mod essentials;
mod message;
mod poster;
mod reminder;

pub use message::{message, whatsapp_link};
pub use poster::{Mark, Shape, poster};
pub use reminder::{reminded_visit, reminder};

use super::VoucherView;

/// The name of a file without its ending: `efecty-48772157429542`.
pub fn file_name(view: &VoucherView) -> String {
    match view.voucher.networks.first() {
        Some(network) => [&network.id, "-", &network.reference.value].concat(),
        None => "efecty".to_owned(),
    }
}
