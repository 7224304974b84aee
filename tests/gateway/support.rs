//! What the gateways' tests share.

use efecty_checkout::calendar::ServerInstant;
use efecty_checkout::gateway::{
    Address, Callback, Context, Credentials, Gateway, Options, PaymentRequest, StatusRequest, Verification,
    VerifyOptions, verify_callback,
};
use efecty_checkout::money::Pesos;
use efecty_checkout::payer::{Payer, PayerInput, Requirements, validate_payer};
use efecty_checkout::voucher::{Beneficiary, Kind};

pub fn pesos(amount: u64) -> Pesos {
    Pesos::new(amount).unwrap()
}

pub fn instant(text: &str) -> ServerInstant {
    ServerInstant::parse(text).unwrap()
}

pub fn now() -> ServerInstant {
    instant("2026-07-03T00:50:08.000Z")
}

pub fn context(amount: u64) -> Context {
    Context {
        token: "an-unguessable-token".to_owned(),
        order_id: "A-1042".to_owned(),
        amount: pesos(amount),
        beneficiary: Beneficiary { name: "Tienda Ejemplo SAS".to_owned(), tax_id: None },
        agreement: None,
        zone: None,
        pickup_documents: None,
        now: now(),
    }
}

pub fn payer(document_type: &str, number: &str, name: &str) -> Payer {
    let input = PayerInput {
        document_type: document_type.to_owned(),
        document_number: number.to_owned(),
        name: name.to_owned(),
        email: "ana.gomez@example.com".to_owned(),
        phone: "301 555 0142".to_owned(),
    };
    validate_payer(&input, &Requirements::default()).unwrap()
}

pub fn address() -> Address {
    Address {
        street: "Cra 7 # 12-34".to_owned(),
        city: "Bogotá".to_owned(),
        state: "Bogotá D.C.".to_owned(),
        postal_code: "110111".to_owned(),
    }
}

pub fn request<'a>(
    payer: &'a Payer,
    options: &'a Options,
    credentials: &'a Credentials,
) -> PaymentRequest<'a> {
    PaymentRequest {
        kind: Kind::Payment,
        invoice: "A-1042-1",
        description: "Pedido A-1042",
        amount: pesos(20_000),
        payer,
        options,
        credentials,
        now: now(),
        nonce: "5f3c9a1b2d4e6f70",
    }
}

pub fn status_of<'a>(payment_id: &'a str, options: &'a Options) -> StatusRequest<'a> {
    static NONE: std::sync::LazyLock<Credentials> = std::sync::LazyLock::new(Credentials::default);
    StatusRequest { payment_id, options, credentials: &NONE, now: now(), nonce: "5f3c9a1b2d4e6f70" }
}

pub fn callback<'a>(
    headers: &'a [(String, String)],
    raw_body: &'a [u8],
    url: Option<&'a str>,
) -> Callback<'a> {
    Callback { headers, raw_body, url }
}

pub fn verify_options() -> VerifyOptions {
    VerifyOptions::new(now())
}

/// A callback that can be altered.
#[derive(Clone)]
pub struct Sent {
    pub gateway: Gateway,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub url: Option<String>,
    pub credentials: Vec<(String, String)>,
}

impl Sent {
    pub fn new(gateway: Gateway, headers: &[(&str, &str)], body: &str, credentials: &[(&str, &str)]) -> Sent {
        let owned = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        Sent {
            gateway,
            headers: owned(headers),
            body: body.as_bytes().to_vec(),
            url: None,
            credentials: owned(credentials),
        }
    }

    pub fn at(self, url: &str) -> Sent {
        Sent { url: Some(url.to_owned()), ..self }
    }

    pub fn credential(&self, name: &str) -> Option<&str> {
        self.credentials.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    pub fn verify(&self) -> Verification {
        self.verify_by(&verify_options())
    }

    pub fn verify_by(&self, options: &VerifyOptions) -> Verification {
        let credentials = Credentials::from_iter(self.credentials.clone());
        let callback = callback(&self.headers, &self.body, self.url.as_deref());
        verify_callback(self.gateway, &callback, &credentials, options).unwrap()
    }

    fn is_authentic(&self) -> bool {
        self.verify().authentic.is_ok()
    }

    /// Every header that is signed: without it, twice, cut, in other case; then every byte of it.
    pub fn assert_headers_hold(&self, signed: &[&str]) {
        for (i, (name, value)) in self.headers.iter().enumerate() {
            let mut renamed = self.clone();
            renamed.headers[i].0 = name.to_uppercase();
            assert!(renamed.is_authentic(), "{name} in upper case");
            if !signed.contains(&name.as_str()) {
                continue;
            }
            let mut without = self.clone();
            without.headers.remove(i);
            assert!(!without.is_authentic(), "without {name}");
            let mut twice = self.clone();
            twice.headers.push((name.to_uppercase(), value.clone()));
            assert!(!twice.is_authentic(), "{name} twice");
            for altered in altered_texts(value) {
                let mut forged = self.clone();
                forged.headers[i].1.clone_from(&altered);
                assert!(!forged.is_authentic(), "{name}: {altered:?}");
            }
        }
    }

    /// Every byte of the body, changed in one bit (5 is the letter's case) or missing.
    pub fn assert_body_holds(&self) {
        for i in 0..self.body.len() {
            for bit in [0, 5] {
                let mut forged = self.clone();
                forged.body[i] ^= 1 << bit;
                assert!(!forged.is_authentic(), "bit {bit} of byte {i}");
            }
            let mut shorter = self.clone();
            shorter.body.remove(i);
            assert!(!shorter.is_authentic(), "without byte {i}");
        }
        let mut longer = self.clone();
        longer.body.push(b' ');
        assert!(!longer.is_authentic(), "a space at the end");
    }

    /// Every character of every secret: another secret verifies nothing, an empty one is an error.
    pub fn assert_secrets_hold(&self, secrets: &[&str]) {
        for (i, (name, value)) in self.credentials.iter().enumerate() {
            if !secrets.contains(&name.as_str()) {
                continue;
            }
            for altered in altered_texts(value) {
                let mut forged = self.clone();
                forged.credentials[i].1.clone_from(&altered);
                assert!(altered.is_empty() || !forged.is_authentic(), "{name}: {altered:?}");
            }
            let mut without = self.clone();
            without.credentials[i].1.clear();
            let credentials = Credentials::from_iter(without.credentials.clone());
            let callback = callback(&without.headers, &without.body, without.url.as_deref());
            let error =
                verify_callback(self.gateway, &callback, &credentials, &verify_options()).unwrap_err();
            assert_eq!((error.code.code(), error.path.as_str()), ("credential", name.as_str()));
        }
    }

    /// The same callback with one text of its body replaced.
    pub fn with(&self, from: &str, to: &str) -> Sent {
        let body = String::from_utf8(self.body.clone()).unwrap();
        assert!(body.contains(from), "{from} in {body}");
        Sent { body: body.replace(from, to).into_bytes(), ..self.clone() }
    }
}

/// The text with every character changed, cut short, made longer, or in look-alike letters.
pub fn altered_texts(text: &str) -> Vec<String> {
    let mut altered =
        vec![String::new(), format!("{text}0"), format!("{text}\u{200b}"), format!("{text}{text}")];
    for (i, c) in text.char_indices() {
        let after = &text[i + c.len_utf8()..];
        let other = if c == '0' { '1' } else { '0' };
        altered.push(format!("{}{other}{after}", &text[..i]));
        altered.push(format!("{}{after}", &text[..i]));
        if c.is_ascii_digit() || c.is_ascii_lowercase() {
            let wide = char::from_u32(u32::from(c) + 0xfee0).unwrap();
            altered.push(format!("{}{wide}{after}", &text[..i]));
        }
    }
    altered.retain(|other| other != text);
    altered
}
