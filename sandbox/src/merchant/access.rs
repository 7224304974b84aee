//! Who may see an order: the shop's session, or a token that the shop signed.
//!
//! An order number is guessable, so neither its existence nor its amount is told without one.

use axum::http::{HeaderMap, header};
use hmac::{Hmac, Mac};
use rusqlite::{OptionalExtension, Transaction};
use sha2::Sha256;

use super::Merchant;
use super::problem::Refusal;
use crate::db::Fault;
use crate::random;

/// The header that carries the signed permission: an address would end up in logs.
pub const ORDER_TOKEN: &str = "order-token";
const COOKIE: &str = "tienda";
/// A page may stay open for a day before it asks for the order.
const TOKEN_LIFE_MILLIS: i64 = 24 * 3_600_000;

/// Signs and checks permissions.
#[derive(Clone)]
pub struct Access {
    secret: String,
}

impl std::fmt::Debug for Access {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Access")
    }
}

impl Access {
    /// The signing secret of this database, made on its first start.
    pub fn load(tx: &Transaction) -> Result<Access, Fault> {
        let query = "SELECT value FROM settings WHERE name = 'order-token-secret'";
        let known: Option<String> = tx.query_row(query, [], |row| row.get(0)).optional()?;
        if let Some(secret) = known {
            return Ok(Access { secret });
        }
        let secret = random::hex(32);
        tx.execute("INSERT INTO settings (name, value) VALUES ('order-token-secret', ?1)", [&secret])?;
        Ok(Access { secret })
    }

    /// A token that permits `order_id` for a day.
    pub fn sign(&self, order_id: &str, now: i64) -> String {
        let until = now + TOKEN_LIFE_MILLIS;
        format!("{until}.{}", random::to_hex(&self.mac(order_id, until).finalize().into_bytes()))
    }

    /// Whether `token` permits `order_id` now; compared in constant time.
    fn permits(&self, token: &str, order_id: &str, now: i64) -> bool {
        let Some((until, signature)) = token.split_once('.') else { return false };
        let Ok(until) = until.parse::<i64>() else { return false };
        let Some(signature) = from_hex(signature) else { return false };
        self.mac(order_id, until).verify_slice(&signature).is_ok() && now < until
    }

    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    fn mac(&self, order_id: &str, until: i64) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.secret.as_bytes()).expect("a key of any length");
        mac.update(format!("order-token\n{until}\n{order_id}").as_bytes());
        mac
    }
}

impl Merchant {
    /// Refuses whoever has neither the session that placed the order nor a token for it.
    pub async fn require_permission(&self, headers: &HeaderMap, order_id: &str) -> Result<(), Refusal> {
        let token = headers.get(ORDER_TOKEN).and_then(|value| value.to_str().ok());
        if token.is_some_and(|token| self.access.permits(token, order_id, self.clock.now())) {
            return Ok(());
        }
        let (Some(session), order_id) = (session(headers), order_id.to_owned()) else {
            return Err(Refusal::not_permitted());
        };
        self.db
            .read(move |tx| {
                let query = "SELECT 1 FROM visits WHERE session = ?1 AND order_id = ?2";
                let known = tx.query_row(query, [session, order_id], |_| Ok(())).optional()?;
                known.ok_or_else(Refusal::not_permitted)
            })
            .await
    }

    /// Lets this visitor see the order; answers the cookie to set, where there was none.
    pub async fn permit(&self, headers: &HeaderMap, order_id: &str) -> Result<Option<String>, Fault> {
        let known = session(headers);
        let new = known.is_none().then(|| random::hex(16));
        let session = known.or_else(|| new.clone()).unwrap_or_default();
        let order_id = order_id.to_owned();
        self.db
            .write(move |tx| {
                tx.execute(
                    "INSERT OR IGNORE INTO visits (session, order_id) VALUES (?1, ?2)",
                    [session, order_id],
                )?;
                Ok::<_, Fault>(())
            })
            .await?;
        Ok(new.map(|session| format!("{COOKIE}={session}; Path=/; HttpOnly; SameSite=Lax")))
    }
}

fn session(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, value)| value.to_owned())
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}
