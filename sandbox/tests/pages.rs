//! The shop's pages: their security headers, their files, and paying without the widget.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails panics")]

mod support;

use reqwest::Method;
use support::{Answer, Shop, send, wish};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                   connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; \
                   frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// An address exactly as written: no client in between that tidies it.
async fn raw(shop: &Shop, path: &str) -> (u16, String) {
    let mut stream = tokio::net::TcpStream::connect(shop.url.trim_start_matches("http://")).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8_lossy(&answer).into_owned();
    (answer.split(' ').nth(1).unwrap().parse().unwrap(), answer)
}

async fn submit(shop: &Shop, path: &str, cookie: &str, form: &[(&str, &str)]) -> Answer {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let request = shop.request(Method::POST, path).header("cookie", cookie);
    send(request.header("content-type", "application/x-www-form-urlencoded").body(body)).await
}

#[tokio::test]
async fn every_page_is_served_under_the_policy_and_obeys_it() {
    let shop = Shop::start().await;
    let voucher = shop.voucher_for("A-1042").await;
    let token = &voucher.token;
    let pages = [
        "/",
        "/pedido/A-1042",
        "/pedido/A-1043",
        "/pago/A-1044",
        "/outlet/",
        "/console/",
        "/v/",
        "/datos/",
        "/gallery/",
    ];
    let mut pages: Vec<String> = pages.map(str::to_owned).to_vec();
    pages.extend([format!("/comprobante/{token}"), format!("/console/correo/{token}")]);
    pages.extend(["/nothing-here".to_owned(), "/js/nothing.js".to_owned()]);
    for path in pages {
        let page = shop.get(&path).await;
        assert_eq!(page.header("content-security-policy"), CSP, "{path}");
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(page.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8", "{path}");
        let expected = if path.contains("nothing") { 404 } else { 200 };
        assert_eq!(page.status, expected, "{path}");
        let html = page.text;
        assert!(!html.contains("<style") && !html.contains(" style="), "inline style in {path}");
        assert!(html.split("<script").skip(1).all(|tag| tag.contains("src=\"/")), "inline script in {path}");
        let has_listener = html.split('<').any(|tag| {
            tag.split('>').next().unwrap_or_default().split(' ').any(|attribute| attribute.starts_with("on"))
        });
        assert!(!has_listener, "inline listener in {path}");
        assert!(!html.contains("//cdn") && !html.contains("https://"), "another origin in {path}");
    }
}

#[tokio::test]
async fn files_have_their_types_and_are_asked_for_again() {
    let package = tempfile::tempdir().unwrap();
    for name in ["index.js", "checkout.wasm"] {
        std::fs::write(package.path().join(name), "x").unwrap();
    }
    let shop = Shop::start_with(|config| config.pkg = package.path().to_owned()).await;
    for (path, media_type) in [
        ("/pkg/index.js", "text/javascript"),
        ("/pkg/checkout.wasm", "application/wasm"),
        ("/js/site.js", "text/javascript"),
        ("/css/site.css", "text/css"),
        ("/img/icon.svg", "image/svg+xml"),
    ] {
        let file = shop.get(path).await;
        assert_eq!((file.status, file.header("content-type")), (200, media_type), "{path}");
        assert_eq!(file.header("cache-control"), "no-cache", "{path}");
        let modified = file.header("last-modified");
        let again = send(shop.request(Method::GET, path).header("if-modified-since", modified)).await;
        assert_eq!(again.status, 304, "{path}");
    }
    assert_eq!(shop.get("/pkg/nothing.js").await.status, 404);
    let redirect = shop.get("/outlet").await;
    assert_eq!((redirect.status, redirect.header("location")), (308, "/outlet/"));
}

#[tokio::test]
async fn no_path_leads_out_of_the_pages() {
    let shop = Shop::start().await;
    for path in [
        "/../Cargo.toml",
        "/../sandbox/Cargo.toml",
        "/css/../../Cargo.toml",
        "/..%2fCargo.toml",
        "/%2e%2e/Cargo.toml",
        "/%2e%2e%2fCargo.toml",
        "/css/..%2f..%2fCargo.toml",
        "/..%5cCargo.toml",
        "/pkg/../Cargo.toml",
        "/pkg/..%2fCargo.toml",
        "/pkg/%2e%2e/Cargo.toml",
        "//etc/passwd",
        "/etc/passwd",
        "/%00",
        "/_layout.html",
        "/_order.html",
        "/css/",
        "/css",
        "/.git/config",
        "/index.html%00.js",
        "/pedido/..%2f..%2fCargo.toml",
        "/comprobante/..%2f..%2fCargo.toml",
    ] {
        let (status, answer) = raw(&shop, path).await;
        assert!(matches!(status, 308 | 400 | 404), "{path}: {status}");
        assert!(
            !answer.contains("[package]") && !answer.contains("root:") && !answer.contains("{%"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn preferences_are_kept_and_lead_back_to_a_page_of_ours() {
    let shop = Shop::start().await;
    let kept = submit(&shop, "/preferencias", "", &[("lang", "en"), ("back", "/pedido/A-1042")]).await;
    assert_eq!((kept.status, kept.header("location")), (303, "/pedido/A-1042"));
    let cookie = kept.header("set-cookie").split(';').next().unwrap();
    assert_eq!(cookie, "lang=en");
    let page = send(shop.request(Method::GET, "/").header("cookie", cookie)).await;
    assert!(page.text.contains("<html lang=\"en\""));
    assert!(shop.get("/").await.text.contains("<html lang=\"es-CO\" data-theme=\"auto\""));
    assert!(shop.get("/?lang=en").await.text.contains("<html lang=\"en\""));

    for back in [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/a\r\nset-cookie: x=1",
        "javascript:1",
    ] {
        let answer = submit(&shop, "/preferencias", "", &[("theme", "dark"), ("back", back)]).await;
        assert_eq!(answer.header("location"), "/", "{back:?}");
        assert_eq!(answer.headers.get_all("set-cookie").iter().count(), 1);
    }
}

#[tokio::test]
async fn an_order_is_paid_without_the_widget() {
    let shop = Shop::start().await;
    let form = shop.get("/pago/A-1043").await;
    let cookie = form.header("set-cookie").split(';').next().unwrap().to_owned();
    assert!(form.text.contains("1.234.567"));

    let typed = [
        ("document.type", "NIT"),
        ("document.number", "900.123.456-3"),
        ("name", "\"><script>alert(1)</script>"),
        ("email", "maria@example.com"),
        ("phone", "300 123 4567"),
        ("key", "a-key-of-the-form"),
    ];
    let refused = submit(&shop, "/pago/A-1043", &cookie, &typed).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains("id=\"error-document.number\""), "{}", refused.text);
    assert!(refused.text.contains("id=\"error-consent\""));
    assert!(refused.text.contains("value=\"900.123.456-3\""), "what was typed is kept");
    assert!(!refused.text.contains("<script>alert"), "and escaped");

    let right = [
        ("document.type", "NIT"),
        ("document.number", "900.123.456-8"),
        ("name", "Comercializadora Ñáñez SAS"),
        ("email", "maria@example.com"),
        ("phone", "300 123 4567"),
        ("consent", "on"),
        ("key", "a-key-of-the-form"),
    ];
    let created = submit(&shop, "/pago/A-1043", &cookie, &right).await;
    assert_eq!(created.status, 303, "{}", created.text);
    let page = created.header("location").to_owned();
    let token = page.rsplit('/').next().unwrap();
    let voucher = shop.look(token).await;
    let html = shop.get(&page).await.text;
    for group in voucher.networks[0].reference.groups() {
        assert!(html.contains(&format!("<span>{group}</span>")), "{group}");
    }
    let again = submit(&shop, "/pago/A-1043", &cookie, &right).await;
    assert_eq!(again.header("location"), page, "a second press is no second voucher");

    shop.pay(&voucher).await;
    shop.until_status(token, "paid").await;
    assert!(shop.get(&page).await.text.contains("Recibimos tu pago"));
    assert!(shop.get("/").await.text.contains("pill paid"));
}

#[tokio::test]
async fn the_e_mail_leads_to_the_voucher_and_its_link_tells_nothing_of_the_payer() {
    let shop = Shop::start().await;
    let voucher = shop.voucher_for("A-1042").await;
    let mail = shop.get(&format!("/console/correo/{}", voucher.token)).await;
    let text = mail.text.replace("&#x2f;", "/");
    let link = text.split("href=\"").find_map(|rest| rest.split('"').next().filter(|to| to.contains("/v/")));
    assert_eq!(link, Some(format!("{}/v/#{}", shop.url, voucher.token).as_str()));
    let payer = &wish("A-1042")["payer"];
    assert!(mail.text.contains(payer["email"].as_str().unwrap()));
    for personal in [&payer["name"], &payer["phone"], &payer["document"]["number"]] {
        assert!(!mail.text.contains(personal.as_str().unwrap()), "{personal}");
    }
    assert_eq!(shop.get("/console/correo/nobody-s-token-0000").await.status, 404);
}

#[tokio::test]
async fn a_form_from_another_site_pays_nothing() {
    let shop = Shop::start().await;
    let answer = submit(&shop, "/pago/A-1042", "", &[("consent", "on")]).await;
    assert_eq!((answer.status, answer.header("location")), (303, "/pago/A-1042"));
    assert!(shop.state().await["merchant"]["vouchers"].as_array().unwrap().is_empty());
    for path in [
        "/console/api/payments/1/expire",
        "/console/api/vouchers/x/cancel",
        "/console/api/callbacks/1/replay",
    ] {
        assert_eq!(submit(&shop, path, "", &[]).await.status, 415, "{path}");
    }
    assert_eq!(submit(&shop, "/console/api/clock", "", &[("offsetSeconds", "1")]).await.status, 415);
}

#[tokio::test]
async fn a_product_can_be_ordered_again() {
    let shop = Shop::start().await;
    let first = send(shop.request(Method::POST, "/pedido/A-1044/repetir")).await;
    assert_eq!((first.status, first.header("location")), (303, "/pedido/A-1045"));
    let second = send(shop.request(Method::POST, "/pedido/A-1042/repetir")).await;
    assert_eq!(second.header("location"), "/pedido/A-1046");
    assert_eq!(shop.voucher_for("A-1045").await.amount.pesos.get(), 89_900);
    assert_eq!(send(shop.request(Method::POST, "/pedido/A-9/repetir")).await.status, 404);
}
