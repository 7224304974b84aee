//! Adds up what many lives came to.

use crate::life::Lived;
use crate::model::{DAY, Life, MINUTE, SECOND, shared_expiry};

const N_SECONDS: usize = (DAY / SECOND) as usize;
/// The seconds after a shared expiry among which the busiest is looked for.
const AFTER_EXPIRY: i64 = 10 * MINUTE;

/// What all lives under one policy came to.
#[derive(Clone, Debug)]
pub struct Tally {
    pub first_day: Vec<u32>,
    /// The same for those whose tab nobody left visible.
    pub first_day_tended: Vec<u32>,
    pub n_requests: u64,
    /// By the second of the day.
    by_second: Vec<u32>,
    /// How long the vouchers live, together.
    pub lived: i64,
    pub looking: Vec<i64>,
    pub unattended: Vec<i64>,
    pub on_return: Vec<i64>,
    pub n_missed: u32,
    pub n_confirmed: u32,
    before_expiry: u64,
    after_expiry: Vec<u32>,
}

impl Default for Tally {
    fn default() -> Tally {
        Tally {
            first_day: Vec::new(),
            first_day_tended: Vec::new(),
            n_requests: 0,
            by_second: vec![0; N_SECONDS],
            lived: 0,
            looking: Vec::new(),
            unattended: Vec::new(),
            on_return: Vec::new(),
            n_missed: 0,
            n_confirmed: 0,
            before_expiry: 0,
            after_expiry: vec![0; (AFTER_EXPIRY / SECOND) as usize],
        }
    }
}

impl Tally {
    pub fn add(&mut self, life: &Life, lived: &Lived) {
        let n_first_day = lived.n_first_day(life) as u32;
        self.first_day.push(n_first_day);
        if !life.is_forgotten {
            self.first_day_tended.push(n_first_day);
        }
        self.n_requests += lived.requests.len() as u64;
        self.lived += life.end - life.created;
        for at in &lived.requests {
            self.by_second[(at % DAY / SECOND) as usize] += 1;
        }
        self.add_detection(life, lived);
    }

    fn add_detection(&mut self, life: &Life, lived: &Lived) {
        let Some(confirmed) = life.confirmed.filter(|at| *at < life.grace_end()) else { return };
        self.n_confirmed += 1;
        let Some(seen) = lived.seen else {
            self.n_missed += u32::from(life.visible_after(confirmed) >= MINUTE);
            return;
        };
        match life.visit_at(confirmed) {
            Some(visit) if visit.is_looked_at(confirmed) => self.looking.push(seen - confirmed),
            Some(_) => self.unattended.push(seen - confirmed),
            None => {
                let back = life.visits.iter().map(|visit| visit.from).find(|from| *from >= confirmed);
                self.on_return.extend(back.map(|back| seen - back));
            }
        }
    }

    /// Counts what is asked before (within `before`) and after the expiry that all share.
    pub fn add_shared(&mut self, lived: &Lived, before: i64) {
        let expiry = shared_expiry();
        for at in &lived.requests {
            let after = at - expiry;
            if (-before..0).contains(&after) {
                self.before_expiry += 1;
            } else if (0..AFTER_EXPIRY).contains(&after) {
                self.after_expiry[(after / SECOND) as usize] += 1;
            }
        }
    }

    pub fn merge(&mut self, other: Tally) {
        self.first_day.extend(other.first_day);
        self.first_day_tended.extend(other.first_day_tended);
        self.n_requests += other.n_requests;
        add(&mut self.by_second, &other.by_second);
        self.lived += other.lived;
        self.looking.extend(other.looking);
        self.unattended.extend(other.unattended);
        self.on_return.extend(other.on_return);
        self.n_missed += other.n_missed;
        self.n_confirmed += other.n_confirmed;
        self.before_expiry += other.before_expiry;
        add(&mut self.after_expiry, &other.after_expiry);
    }

    /// Requests a second at a million live vouchers: mean, and in the busiest second of the day.
    pub fn load(&self) -> (f64, f64) {
        // As many vouchers begin on every day as were simulated: so many are live at any moment.
        let live = self.lived as f64 / DAY as f64;
        let scale = 1e6 / live;
        let busiest = self.by_second.iter().copied().max().unwrap_or_default();
        (self.n_requests as f64 * scale / N_SECONDS as f64, f64::from(busiest) * scale)
    }

    /// Requests a second where a million share their expiry: the mean before it, and the busiest second after.
    pub fn shared_load(&self, n_lives: u32, before: i64) -> (f64, f64) {
        let scale = 1e6 / f64::from(n_lives);
        let busiest = self.after_expiry.iter().copied().max().unwrap_or_default();
        (self.before_expiry as f64 * scale / (before / SECOND) as f64, f64::from(busiest) * scale)
    }
}

fn add(sum: &mut [u32], more: &[u32]) {
    for (a, b) in sum.iter_mut().zip(more) {
        *a += b;
    }
}

/// The value below which so many percent of the sorted values are.
pub fn percentile(sorted: &[i64], percent: usize) -> Option<i64> {
    let last = sorted.len().checked_sub(1)?;
    sorted.get((sorted.len() * percent / 100).min(last)).copied()
}
