//! A shop, its payment gateway and a cash outlet to develop against, on this machine only.
//!
//! Three parts that in production belong to three companies: the merchant's backend (`merchant`,
//! under `/api/efecty`), the gateway it buys vouchers from (`gateway`, under `/gateway`), and the
//! counter where cash is taken (`outlet`). The first two talk over HTTP in both directions, each
//! with its own tables. Beside them stand the shop's pages (`pages`) and a console to make things
//! happen (`console`).

mod args;
mod clock;
mod console;
mod db;
mod forgery;
mod gateway;
mod guard;
mod merchant;
mod outlet;
mod pages;
mod random;
mod server;

pub use args::{ArgsError, Config, USAGE};
pub use server::{Sandbox, StartError};
