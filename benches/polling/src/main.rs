//! `cargo xtask bench polling`: what policies of asking cost and how late they tell; see README.md.

mod life;
mod model;
mod ours;
mod page;
mod peers;
mod random;
mod tally;

use std::process::ExitCode;
use std::thread;

use life::live;
use model::{DAY, HOUR, Life, Model};
use ours::OurPage;
use page::Page;
use peers::{PEERS, PeerPage, Plan};
use random::Random;
use tally::{Tally, percentile};

const SEED: u64 = 20_261_123;
const N_VOUCHERS: u32 = 100_000;

/// A policy under the models.
#[derive(Clone, Copy, Debug)]
struct Policy {
    name: &'static str,
    /// The policy of somebody else's; ours where there is none.
    plan: Option<Plan>,
}

/// What the command line asks for.
#[derive(Clone, Copy, Debug)]
struct Wish {
    n_vouchers: u32,
    /// Only our own policy.
    only_ours: bool,
}

fn main() -> ExitCode {
    let Some(Wish { n_vouchers, only_ours }) = wish() else {
        eprintln!("usage: polling [--vouchers N] [--ours]");
        return ExitCode::FAILURE;
    };
    let ours = Policy { name: "efecty-checkout", plan: None };
    let peers = PEERS.iter().filter(|_| !only_ours);
    let peers = peers.map(|peer| Policy { name: peer.name, plan: Some(peer.plan) });
    let policies: Vec<Policy> = std::iter::once(ours).chain(peers).collect();
    println!("{n_vouchers} vouchers, seed {SEED}; models: benches/polling/README.md\n");
    let mut goals = Vec::new();
    for model in [Model::Realistic, Model::AlwaysVisible] {
        report(model, &policies, n_vouchers, &mut goals);
    }
    println!("goals");
    for (text, is_met) in &goals {
        println!("  {} {text}", if *is_met { "met   " } else { "MISSED" });
    }
    if goals.iter().all(|(_, is_met)| *is_met) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn wish() -> Option<Wish> {
    let mut wish = Wish { n_vouchers: N_VOUCHERS, only_ours: false };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--ours" => wish.only_ours = true,
            "--vouchers" => wish.n_vouchers = arguments.next()?.parse().ok().filter(|n| *n > 0)?,
            _ => return None,
        }
    }
    Some(wish)
}

fn report(model: Model, policies: &[Policy], n_vouchers: u32, goals: &mut Vec<(String, bool)>) {
    let (title, before) = match model {
        Model::Realistic => ("Realistic visits", DAY),
        Model::AlwaysVisible => ("Always visible for 24 h", HOUR),
    };
    println!("{title}");
    println!(
        "{:<30}{:>28}{:>10}{:>19}{:>25}{:>25}{:>25}{:>25}{:>9}",
        "",
        "requests in 24 h",
        "in life",
        "1M live: /s",
        "shared expiry: /s",
        "looking: s",
        "unattended: s",
        "on return: s",
        "missed"
    );
    println!(
        "{:<30}{:>7}{:>7}{:>7}{:>7}{:>10}{:>9}{:>10}{:>8}{:>9}{:>8}{}",
        "",
        "mean",
        "p50",
        "p95",
        "max",
        "mean",
        "mean",
        "peak",
        "mean",
        "peak",
        "ratio",
        format!("{:>9}{:>8}{:>8}", "p50", "p95", "worst").repeat(3)
    );
    for policy in policies {
        let mut tally = run(n_vouchers, |tally, random| {
            let life = Life::new(model, random);
            tally.add(&life, &live(&life, page(*policy, &life, random).as_mut()));
        });
        let shared = run(n_vouchers, |tally, random| {
            let life = Life::with_shared_expiry(model, random);
            tally.add_shared(&live(&life, page(*policy, &life, random).as_mut()), before);
        });
        let herd = shared.shared_load(n_vouchers, before);
        println!("{}", row(policy.name, &mut tally, herd));
        if policy.plan.is_none() {
            goals.extend(judge(model, &tally, herd));
        }
    }
    println!();
}

fn page(policy: Policy, life: &Life, random: &mut Random) -> Box<dyn Page> {
    match policy.plan {
        Some(plan) => Box::new(PeerPage::new(plan)),
        None => Box::new(OurPage::new(life.expires, Random::new(random.next(), 0))),
    }
}

/// Shares the vouchers among the processor's cores; which of them takes a voucher changes nothing.
fn run(n_vouchers: u32, one: impl Fn(&mut Tally, &mut Random) + Sync) -> Tally {
    let n_threads = thread::available_parallelism().map_or(1, |n| n.get() as u32);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..n_threads)
            .map(|first| {
                let one = &one;
                scope.spawn(move || {
                    let mut tally = Tally::default();
                    for i in (first..n_vouchers).step_by(n_threads as usize) {
                        one(&mut tally, &mut Random::new(SEED, u64::from(i)));
                    }
                    tally
                })
            })
            .collect();
        let mut sum = Tally::default();
        for worker in workers {
            match worker.join() {
                Ok(tally) => sum.merge(tally),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        sum
    })
}

fn row(name: &str, tally: &mut Tally, (herd_mean, herd_peak): (f64, f64)) -> String {
    tally.first_day.sort_unstable();
    tally.first_day_tended.sort_unstable();
    for latencies in [&mut tally.looking, &mut tally.unattended, &mut tally.on_return] {
        latencies.sort_unstable();
    }
    let (mean, peak) = tally.load();
    let ratio = if herd_mean > 0.0 { format!("{:.1}x", herd_peak / herd_mean) } else { "-".to_owned() };
    let latencies: String =
        [&tally.looking, &tally.unattended, &tally.on_return].map(|sorted| seconds(sorted)).concat();
    format!(
        "{name:<30}{:>7.0}{:>7}{:>7}{:>7}{:>10.0}{mean:>9.0}{peak:>10.0}{herd_mean:>8.0}{herd_peak:>9.0}{ratio:>8}{latencies}{:>8.1}%",
        mean_of(&tally.first_day),
        at(&tally.first_day, 50),
        at(&tally.first_day, 95),
        tally.first_day.last().copied().unwrap_or_default(),
        tally.n_requests as f64 / tally.first_day.len() as f64,
        f64::from(tally.n_missed) * 100.0 / f64::from(tally.n_confirmed.max(1)),
    )
}

fn seconds(sorted: &[i64]) -> String {
    let cell = |millis: Option<i64>, width: usize| match millis {
        None => format!("{:>width$}", "-"),
        Some(millis) if millis < 1_000_000 => format!("{:>width$.1}", millis as f64 / 1e3),
        Some(millis) => format!("{:>width$}", format!("{:.0}h", millis as f64 / 3.6e6)),
    };
    [cell(percentile(sorted, 50), 9), cell(percentile(sorted, 95), 8), cell(sorted.last().copied(), 8)]
        .concat()
}

fn mean_of(values: &[u32]) -> f64 {
    values.iter().map(|value| f64::from(*value)).sum::<f64>() / values.len().max(1) as f64
}

fn at(sorted: &[u32], percent: usize) -> u32 {
    let last = sorted.len().saturating_sub(1);
    sorted.get((sorted.len() * percent / 100).min(last)).copied().unwrap_or_default()
}

/// The goals that this project has set itself, and whether its own machine meets them.
fn judge(model: Model, tally: &Tally, (herd_mean, herd_peak): (f64, f64)) -> Vec<(String, bool)> {
    let seconds = |millis: i64| millis as f64 / 1e3;
    let mut goals = vec![
        (format!("{model:?}: no payment missed within grace: {}", tally.n_missed), tally.n_missed == 0),
        (
            format!(
                "{model:?}: peak at a shared expiry below 3 times the mean: {:.2}",
                herd_peak / herd_mean
            ),
            herd_peak < 3.0 * herd_mean,
        ),
    ];
    match model {
        Model::Realistic => {
            let (mean, tended) = (mean_of(&tally.first_day), &tally.first_day_tended);
            let looking = percentile(&tally.looking, 95).unwrap_or_default();
            let back = percentile(&tally.on_return, 95).unwrap_or_default();
            goals.extend([
                (format!("at most 150 requests in 24 h, mean of all vouchers: {mean:.0}"), mean <= 150.0),
                (
                    format!(
                        "at most 150 requests in 24 h, p99 of those without a forgotten tab: {}",
                        at(tended, 99)
                    ),
                    at(tended, 99) <= 150,
                ),
                (format!("p95 while looking at most 10 s: {:.1}", seconds(looking)), looking <= 10_000),
                (format!("p95 on return one round trip: {:.1}", seconds(back)), back <= model::ROUND_TRIP),
            ]);
        }
        Model::AlwaysVisible => {
            let unattended = percentile(&tally.unattended, 95).unwrap_or_default();
            let text = format!("p95 unattended at most 60 s: {:.1}", seconds(unattended));
            goals.push((text, unattended <= 60_000));
        }
    }
    goals
}
