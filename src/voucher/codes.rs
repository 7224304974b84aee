//! What is dictated or scanned at the counter.

/// A cash network, with the codes it wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    /// A stable name: `efecty`.
    pub id: String,
    /// The name that people know: `Efecty`.
    pub name: String,
    /// Names on shopfronts that take it.
    pub brands: Vec<String>,
    /// Whom to pay; some gateways give none.
    pub agreement: Option<Agreement>,
    /// What to pay.
    pub reference: Reference,
}

/// The number that tells the cashier whom to pay: the convenio.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// What the network calls it, where it is not `Convenio`.
    pub label: Option<String>,
    /// Letters, digits and hyphens, exactly as the cashier types them.
    pub code: String,
}

/// The number that tells the cashier what to pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// What the network calls it, where it is not `Referencia`.
    pub label: Option<String>,
    /// Letters, digits and hyphens, exactly as the cashier types them.
    pub value: String,
    /// How many characters stand together, where the backend says so; for the eye alone.
    pub grouping: Vec<u8>,
}

impl Reference {
    /// The value in groups for the eye; joined they are the value again.
    ///
    /// A grouping that does not add up to the value's length is not used.
    pub fn groups(&self) -> Vec<&str> {
        let total: usize = self.grouping.iter().map(|n| usize::from(*n)).sum();
        if total == self.value.len() && !self.grouping.contains(&0) {
            return split(&self.value, self.grouping.iter().map(|n| usize::from(*n)));
        }
        groups(&self.value)
    }
}

impl Agreement {
    /// The code in groups for the eye; joined they are the code again.
    pub fn groups(&self) -> Vec<&str> {
        groups(&self.code)
    }
}

/// Groups of three up to seven characters, of four above: short enough to hold in one's head.
pub fn groups(code: &str) -> Vec<&str> {
    let size = if code.len() <= 7 { 3 } else { 4 };
    let n_groups = code.len().div_ceil(size).max(1);
    let mut sizes = vec![size; n_groups];
    // A lone last character would be dropped when dictating: it joins the group before it.
    if code.len() % size == 1 && n_groups > 1 {
        sizes.truncate(n_groups - 1);
        if let Some(last) = sizes.last_mut() {
            *last += 1;
        }
    }
    split(code, sizes.into_iter())
}

fn split(code: &str, sizes: impl Iterator<Item = usize>) -> Vec<&str> {
    let mut rest = code;
    let mut groups = Vec::new();
    for size in sizes {
        // Codes are ASCII (`wire` refuses others), so every length is a boundary.
        let (group, tail) = rest.split_at_checked(size).unwrap_or((rest, ""));
        groups.push(group);
        rest = tail;
    }
    groups
}

/// What a scanner at the counter reads; drawn exactly as given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Barcode {
    /// How it is drawn.
    pub symbology: Symbology,
    /// What it says, opaque.
    pub content: String,
}

/// How a barcode is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Symbology {
    /// Code 128.
    Code128,
    /// GS1-128: Code 128 that starts with FNC1; the content holds its separators as U+001D.
    Gs1128,
    /// Interleaved two of five.
    Itf,
    /// One that this version does not draw; the voucher still shows.
    Other(String),
}

impl Symbology {
    /// Reads the wire's name.
    pub fn from_name(name: &str) -> Symbology {
        match name {
            "code128" => Symbology::Code128,
            "gs1-128" => Symbology::Gs1128,
            "itf" => Symbology::Itf,
            other => Symbology::Other(other.to_owned()),
        }
    }

    /// The wire's name.
    pub fn name(&self) -> &str {
        match self {
            Symbology::Code128 => "code128",
            Symbology::Gs1128 => "gs1-128",
            Symbology::Itf => "itf",
            Symbology::Other(name) => name,
        }
    }
}
