//! The other tabs and the stream of events, as texts that the shell passes on.

use web_sys::Url;

use crate::session::{Action, Input, TabMessage};

use super::settings::Settings;
use super::shell::Shell;
use super::{fetch, take};

const PING: &str = "ping";
const LOOK: &str = "look";
const PONG: &str = "pong ";

/// Does what concerns other tabs and the stream; says what is known of it at once.
pub(super) fn act(action: Action, settings: &Settings, shell: &Shell) -> Option<Input> {
    match action {
        Action::Compete(token) => shell.compete(&name(&token, settings), false),
        Action::Seize(token) => shell.compete(&name(&token, settings), true),
        Action::Withdraw => shell.withdraw(),
        Action::Tell(message) => shell.tell(&written(&message)),
        Action::Listen(link) => match address(&link, settings) {
            Some(url) => shell.listen(&url, settings.credentials == "include"),
            None => return Some(Input::StreamFailed),
        },
        Action::StopListening => shell.mute(),
        _ => {}
    }
    None
}

/// What the shell has heard.
pub(super) fn input(what: &str, text: &str, settings: &Settings) -> Option<Input> {
    Some(match what {
        "lead" => Input::Leads(true),
        "follow" => Input::Leads(false),
        "told" => Input::Told(read(text)?),
        "closed" => Input::StreamFailed,
        "took" | "failed" => take::ended(text, what == "took")?,
        "event" => Input::Streamed(fetch::understand_voucher(text, settings)),
        _ => return None,
    })
}

/// The same for every tab of this shop that shows this voucher.
fn name(token: &str, settings: &Settings) -> String {
    ["efecty-checkout:", &settings.endpoint, ":", token].concat()
}

/// A stream comes from the endpoint's origin or not at all.
fn address(link: &str, settings: &Settings) -> Option<String> {
    let endpoint = Url::new(&settings.endpoint).ok()?;
    let url = Url::new_with_base(link, &settings.endpoint).ok()?;
    (url.origin() == endpoint.origin()).then(|| url.href())
}

fn written(message: &TabMessage) -> String {
    match message {
        TabMessage::Ping { looking } => (if *looking { LOOK } else { PING }).to_owned(),
        TabMessage::Pong { digest, age } => [PONG, &age.to_string(), " ", &digest.to_string()].concat(),
    }
}

fn read(text: &str) -> Option<TabMessage> {
    if text == PING || text == LOOK {
        return Some(TabMessage::Ping { looking: text == LOOK });
    }
    let (age, digest) = text.strip_prefix(PONG)?.split_once(' ')?;
    Some(TabMessage::Pong { digest: digest.parse().ok()?, age: i64::from(age.parse::<u32>().ok()?) })
}
