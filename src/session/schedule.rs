//! When to ask again: a pure function of what is watched and who looks.

use crate::voucher::Watch;

use super::random::Random;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
/// However often requests fail, another is sent after so long.
const MOST: i64 = 5 * MINUTE;

/// What the next delay depends on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Situation {
    /// How long the status is worth asking about.
    pub watch: Watch,
    /// Whether the page is visible.
    pub visible: bool,
    /// Whether somebody is looking, or has said "ya pagué" lately.
    pub looking: bool,
    /// Whether the last moment to pay is over.
    pub overdue: bool,
    /// Whether grace is over.
    pub grace_over: bool,
    /// How many requests failed since the last good answer.
    pub failures: u32,
    /// Whether another tab asks for this one.
    pub following: bool,
    /// Whether news come by themselves: asking is then only to be sure.
    pub streaming: bool,
}

/// How many milliseconds to wait from the last answer; nothing where nobody should ask.
///
/// Every delay is spread by chance, so that vouchers which expire together do not ask together.
pub(super) fn delay(situation: Situation, random: &mut Random) -> Option<i64> {
    if !situation.visible || situation.following {
        return None;
    }
    let base = match situation.watch {
        Watch::Never | Watch::OnReturn => return None,
        Watch::UntilGrace if situation.grace_over => return None,
        Watch::Schedule if situation.overdue && situation.grace_over => return None,
        // A stream can be dead without saying so: whoever looks is not left to it.
        _ if situation.streaming && situation.looking => 25 * SECOND,
        _ if situation.streaming => 5 * MINUTE,
        Watch::Fast => 3 * SECOND,
        Watch::Schedule if situation.looking => 11 * SECOND,
        Watch::Slow | Watch::UntilGrace if situation.looking => 25 * SECOND,
        Watch::Schedule if situation.overdue => 2 * MINUTE,
        Watch::Schedule => MINUTE,
        Watch::Slow | Watch::UntilGrace => 5 * MINUTE,
    };
    if situation.failures > 0 {
        let most = if situation.looking { 20 * SECOND } else { MOST };
        return Some(base.min(2 * SECOND) + spread(situation.failures, most, random));
    }
    // Between 75 % and 100 % of the base.
    Some(base - random.below(base / 4))
}

/// Full jitter below a doubling bound, capped at five minutes.
pub(super) fn backoff(failures: u32, random: &mut Random) -> i64 {
    spread(failures, MOST, random)
}

fn spread(failures: u32, most: i64, random: &mut Random) -> i64 {
    let bound = (2 * SECOND) << failures.min(8);
    random.below(bound.min(most))
}

/// How long to wait before loading again what could not be loaded: somebody is looking at nothing.
pub(super) fn reload_delay(failures: u32, random: &mut Random) -> i64 {
    let bound = (2 * SECOND) << failures.min(4);
    bound / 2 + random.below(bound / 2).min(20 * SECOND)
}
