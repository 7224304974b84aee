//! E-mail addresses.

use efecty_checkout::payer::{EmailRule, suggest_email, validate_email};

fn read(text: &str) -> String {
    match validate_email(text, &EmailRule::default()) {
        Ok(email) => match email.suggestion {
            Some(suggestion) => format!("{} ({suggestion}?)", email.address),
            None => email.address,
        },
        Err(error) => error.to_string(),
    }
}

#[test]
fn accepts_addresses_as_browsers_do() {
    for address in [
        "maria@correo.com.co",
        "maria.nanez+efecty@correo.co",
        "m@x.co",
        "a!#$%&'*+/=?^_`{|}~-b@example.com",
        "1234@123.com",
        "maria@a-b.example",
        "maria@xn--pea-8la.com.co",
        "-@example.com",
    ] {
        assert_eq!(read(address), address);
    }
    assert_eq!(read(" \u{a0}maria@correo.com\r\n"), "maria@correo.com");
    assert_eq!(read("Maria@CORREO.Com"), "Maria@correo.com");
}

#[test]
fn refuses_what_gateways_refuse() {
    for (typed, told) in [
        ("", "email: required"),
        ("maria", "email: missing_at, expected @"),
        ("@correo.com", "email: invalid_email"),
        ("maria@@correo.com", "email: invalid_email"),
        ("ma@ria@correo.com", "email: invalid_email"),
        ("maria@", "email: invalid_domain"),
        ("maria@localhost", "email: invalid_domain"),
        ("maria@correo.", "email: invalid_domain"),
        ("maria@.correo.com", "email: invalid_domain"),
        ("maria@-correo.com", "email: invalid_domain"),
        ("maria@correo-.com", "email: invalid_domain"),
        ("maria@cor_reo.com", "email: invalid_domain"),
        ("maria@127.0.0.1", "email: invalid_domain"),
        ("maria@correo.123", "email: invalid_domain"),
        ("maria@gmailcom", "email: invalid_domain, expected maria@gmail.com"),
        ("maria@gmail", "email: invalid_domain, expected maria@gmail.com"),
        (".maria@correo.com", "email: misplaced_dot"),
        ("maria.@correo.com", "email: misplaced_dot"),
        ("ma..ria@correo.com", "email: misplaced_dot"),
        ("maria@correo..com", "email: misplaced_dot"),
        ("ma ria@correo.com", "email: invalid_character"),
        ("maría@correo.com", "email: invalid_character"),
        ("maria@peña.com.co", "email: invalid_character"),
        ("\"maria\"@correo.com", "email: invalid_character"),
        ("maria@[127.0.0.1]", "email: invalid_character"),
        ("maria,ana@correo.com", "email: invalid_character"),
        ("maria@еxample.com", "email: invalid_character"),
        ("maria@correo.com\u{200b}", "email: invisible_character"),
        ("\u{202e}maria@correo.com", "email: invisible_character"),
        ("maria\u{fffd}@correo.com", "email: ill_formed_text"),
    ] {
        assert_eq!(read(typed), told, "{typed:?}");
    }
}

#[test]
fn lengths_have_limits() {
    let local = |n| format!("{}@correo.com", "m".repeat(n));
    assert_eq!(read(&local(64)), local(64));
    assert_eq!(read(&local(65)), "email: local_part_too_long, expected 64");

    let long = format!("{}@{}.com", "m".repeat(40), "c".repeat(36));
    assert_eq!(read(&long), "email: too_long, expected 80");
    let rule = EmailRule { max_length: 81, ..EmailRule::default() };
    assert_eq!(validate_email(&long, &rule).map(|email| email.address).unwrap(), long);

    let label = format!("m@{}.com", "c".repeat(64));
    assert_eq!(read(&label), "email: invalid_domain");

    let rule = EmailRule { max_length: 999, ..EmailRule::default() };
    let address = |n: usize| format!("m@{}com", "c.".repeat((n - 5) / 2));
    assert!(validate_email(&address(253), &rule).is_ok());
    let error = validate_email(&address(255), &rule).unwrap_err();
    assert_eq!(error.to_string(), "email: too_long, expected 254");
}

#[test]
fn a_slip_in_the_domain_gets_a_suggestion_and_no_refusal() {
    for (typed, meant) in [
        ("maria@gmial.com", "maria@gmail.com"),
        ("maria@gmal.com", "maria@gmail.com"),
        ("maria@gmaill.com", "maria@gmail.com"),
        ("maria@gnail.com", "maria@gmail.com"),
        ("maria@gmail.con", "maria@gmail.com"),
        ("maria@gmail.co", "maria@gmail.com"),
        ("maria@gmail.cm", "maria@gmail.com"),
        ("maria@GMAIL.COM.CO", "maria@gmail.com"),
        ("maria@hotmail.con", "maria@hotmail.com"),
        ("maria@hotmial.com", "maria@hotmail.com"),
        ("maria@hotmai.com", "maria@hotmail.com"),
        ("maria@hormail.com", "maria@hotmail.com"),
        ("maria@outlok.com", "maria@outlook.com"),
        ("maria@outlook.cmo", "maria@outlook.com"),
        ("maria@yaho.com", "maria@yahoo.com"),
        ("maria@yahoo.con", "maria@yahoo.com"),
        ("maria@iclod.com", "maria@icloud.com"),
        ("maria@miempresa.con", "maria@miempresa.com"),
        ("maria@unal.edu.c", "maria@unal.edu.co"),
        ("maria@correo.com.vo", "maria@correo.com.co"),
        ("maria@yaho.com.co", "maria@yahoo.com.co"),
        ("maria@iclouc.com.cp", "maria@icloud.com"),
        ("maria@correo.info.con", "maria@correo.info.com"),
    ] {
        assert_eq!(suggest_email(typed).as_deref(), Some(meant), "{typed}");
    }
    assert_eq!(read("maria@gmial.com"), "maria@gmial.com (maria@gmail.com?)");
}

#[test]
fn a_real_domain_gets_no_suggestion() {
    for domain in [
        "gmail.com",
        "hotmail.com",
        "outlook.com",
        "yahoo.com",
        "icloud.com",
        "live.com",
        "msn.com",
        "me.com",
        "hotmail.es",
        "outlook.es",
        "yahoo.es",
        "yahoo.com.co",
        "yahoo.com.mx",
        "hotmail.fr",
        "hotmail.it",
        "yahoo.co.uk",
        "live.com.mx",
        "outlook.com.br",
        "googlemail.com",
        "mail.com",
        "email.com",
        "ymail.com",
        "gmx.com",
        "gmx.es",
        "mail.ru",
        "mail.co",
        "une.net.co",
        "etb.net.co",
        "misena.edu.co",
        "unal.edu.co",
        "uniandes.edu.co",
        "correo.policia.gov.co",
        "buzonejercito.mil.co",
        "aol.com",
        "proton.me",
        "protonmail.com",
        "zoho.com",
        "tutanota.com",
        "cloud.com",
        "example.co",
        "rappi.com",
        "x.co",
        "t.co",
        "fastmail.com",
        "rocketmail.com",
        "mailinator.com",
        "live.co",
        "one.com",
        "line.com",
    ] {
        let address = format!("maria@{domain}");
        assert_eq!(suggest_email(&address), None, "{domain}");
    }
}
