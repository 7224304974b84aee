//! Slips of the finger in the domains that most people use.

/// Mail providers whose addresses end in `.com`, most used first.
static PROVIDERS: [&str; 5] = ["gmail", "hotmail", "outlook", "yahoo", "icloud"];

/// Domains that look like a slip and are not.
static REAL: [&str; 12] = [
    "mail.com",
    "email.com",
    "ymail.com",
    "gmx.com",
    "cloud.com",
    "look.com",
    "yahoo.co",
    "hotmail.co",
    "outlook.co",
    "love.com",
    "olive.com",
    "alive.com",
];

/// What is typed for `com`, none of it a top-level domain.
static COM_SLIPS: [&str; 12] =
    ["con", "cmo", "ocm", "vom", "xom", "cpm", "comm", "coom", "cim", "cpn", "conm", "ccom"];

/// The address that was perhaps meant: `maria@gmail.com` for `maria@gmial.com`.
///
/// `None` where nothing looks like a slip. A hint to offer, never a reason to refuse.
pub fn suggest_email(address: &str) -> Option<String> {
    let (local, domain) = address.split_once('@')?;
    let meant = meant_domain(&domain.to_ascii_lowercase())?;
    Some([local, "@", &meant].concat())
}

fn meant_domain(domain: &str) -> Option<String> {
    if REAL.contains(&domain) {
        return None;
    }
    let (name, ending) = domain.split_once('.').unwrap_or((domain, ""));
    let ending_meant = if COM_SLIPS.contains(&ending) { "com" } else { ending };
    let joined = if ending.is_empty() { name.strip_suffix("com").unwrap_or(name) } else { name };
    let provider = PROVIDERS.into_iter().find(|provider| is_slip(joined, provider));
    let ending_meant = match provider {
        Some(_) if ["", "c", "co", "cm", "om"].contains(&ending) => "com",
        _ => ending_meant,
    };
    let name_meant = match provider {
        Some(provider) if ending_meant == "com" => provider,
        _ => joined,
    };
    let meant = [name_meant, ".", ending_meant].concat();
    (meant != domain && !ending_meant.is_empty()).then_some(meant)
}

/// Whether `typed` is `meant`, or one slip away: a letter too many, too few, wrong or swapped.
fn is_slip(typed: &str, meant: &str) -> bool {
    let (typed, meant) = (typed.as_bytes(), meant.as_bytes());
    let same_start = typed.iter().zip(meant).take_while(|(a, b)| a == b).count();
    let (typed, meant) = (&typed[same_start..], &meant[same_start..]);
    match (typed, meant) {
        ([], []) => true,
        ([a, b, typed @ ..], [c, d, meant @ ..]) if a == d && b == c && typed == meant => true,
        _ => {
            let same = |typed: Option<&[u8]>, meant: Option<&[u8]>| typed.is_some() && typed == meant;
            same(typed.get(1..), meant.get(1..))
                || same(typed.get(1..), Some(meant))
                || same(Some(typed), meant.get(1..))
        }
    }
}
