//! Slips of the finger in the domains that most people use.

/// Mail providers at `.com`, most used first.
static PROVIDERS: [&str; 5] = ["gmail", "hotmail", "outlook", "yahoo", "icloud"];

/// Names one letter away from a provider's that are no slip.
static NO_SLIPS: [&str; 4] = ["mail", "email", "ymail", "cloud"];

/// What is typed for `com`, none of it a top-level domain.
static COM_SLIPS: [&str; 13] =
    ["c", "con", "cmo", "ocm", "vom", "xom", "cpm", "comm", "coom", "cim", "cpn", "conm", "ccom"];

/// What stands before `co` in Colombian domains.
static KINDS: [&str; 6] = ["com", "edu", "gov", "net", "org", "mil"];

/// What is typed for `co` after one of these, none of it a top-level domain.
static CO_SLIPS: [&str; 5] = ["c", "vo", "xo", "cp", "coo"];

/// What stands for `com` after a provider's name only: top-level domains of other countries, or
/// nothing.
static PROVIDER_COM_SLIPS: [&str; 5] = ["", "co", "cm", "om", "com.co"];

/// The address that was perhaps meant: `maria@gmail.com` for `maria@gmial.com`.
///
/// `None` where nothing looks like a slip. A hint to offer, never a reason to refuse. The slips are a
/// list of ours: one letter too many, too few, wrong or swapped in the providers most used in
/// Colombia, and what is typed for `com` and for `co` after it.
pub fn suggest_email(address: &str) -> Option<String> {
    let (local, domain) = address.split_once('@')?;
    let domain = domain.to_ascii_lowercase();
    let meant = meant_domain(&domain);
    (meant != domain && meant.bytes().any(|b| b == b'.')).then(|| [local, "@", &meant].concat())
}

fn meant_domain(domain: &str) -> String {
    let (name, ending) = match domain.split_once('.') {
        Some(parts) => parts,
        None => (domain.strip_suffix("com").unwrap_or(domain), ""),
    };
    let provider = PROVIDERS.into_iter().find(|provider| is_slip(name, provider));
    let ending = meant_ending(ending);
    match provider {
        Some("yahoo") if ending == "com.co" => join("yahoo", &ending),
        Some(provider) if PROVIDER_COM_SLIPS.contains(&ending.as_str()) => join(provider, "com"),
        Some(provider) if ending == "com" || ending == "es" => join(provider, &ending),
        _ if ending.is_empty() => domain.to_owned(),
        _ => join(name, &ending),
    }
}

fn meant_ending(ending: &str) -> String {
    if COM_SLIPS.contains(&ending) {
        return "com".to_owned();
    }
    match ending.bytes().rposition(|b| b == b'.').map(|dot| (&ending[..dot], &ending[dot + 1..])) {
        Some((kind, country)) if KINDS.contains(&kind) && CO_SLIPS.contains(&country) => join(kind, "co"),
        Some((rest, last)) if COM_SLIPS.contains(&last) => join(rest, "com"),
        _ => ending.to_owned(),
    }
}

fn join(name: &str, ending: &str) -> String {
    [name, ".", ending].concat()
}

/// Whether `typed` is `meant`, or one slip away: a letter too many, too few, wrong or swapped.
fn is_slip(typed: &str, meant: &str) -> bool {
    if NO_SLIPS.contains(&typed) {
        return false;
    }
    let (typed, meant) = (typed.as_bytes(), meant.as_bytes());
    let same_start = typed.iter().zip(meant).take_while(|(a, b)| a == b).count();
    match (&typed[same_start..], &meant[same_start..]) {
        ([], []) => true,
        ([a, b, typed @ ..], [c, d, meant @ ..]) if a == d && b == c && typed == meant => true,
        ([_, typed @ ..], [_, meant @ ..]) if typed == meant => true,
        ([_, typed @ ..], meant) if typed == meant => true,
        (typed, [_, meant @ ..]) => typed == meant,
        _ => false,
    }
}
