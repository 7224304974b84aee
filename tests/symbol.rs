//! Codes, seen from outside: what their standards fix, and how short they are.
#![allow(clippy::unwrap_used)]

use efecty_checkout::symbol::{Bars, Qr, Room, SymbolError, barcode};
use efecty_checkout::voucher::Symbology;
use proptest::prelude::*;
use qrcode::bits::{Bits, encode_auto};
use qrcode::{Color, EcLevel, QrCode, Version};

fn code128(content: &str) -> Bars {
    barcode(&Symbology::Code128, content).unwrap()
}

/// Start, data and code changes, check: what lies before the stop, whose 13 modules are no character.
fn n_characters(bars: &Bars) -> usize {
    (bars.widths().len() - 7) / 6
}

/// The fewest characters for `data` from `set` (0, 1, 2 for A, B, C) on, by trying everything.
fn fewest(data: &[u8], set: usize) -> usize {
    let Some(first) = data.first() else { return 0 };
    let fits = [*first < 96, *first >= 32];
    let is_pair = data.len() > 1 && data[..2].iter().all(u8::is_ascii_digit);
    let mut ways = Vec::new();
    for (other, fits) in [(0, fits[0]), (1, fits[1]), (2, is_pair)] {
        if fits {
            let taken = if other == 2 { 2 } else { 1 };
            ways.push(usize::from(other != set) + 1 + fewest(&data[taken..], other));
        }
    }
    if set < 2 && fits[1 - set] {
        ways.push(2 + fewest(&data[1..], set));
    }
    ways.into_iter().min().unwrap()
}

proptest! {
    #[test]
    fn code_128_adds_up(content in "[ -~]{1,40}|[0-9]{1,48}|[\\x00-\\x7f]{1,30}") {
        let bars = code128(&content);
        let (characters, stop) = bars.widths().split_at(bars.widths().len() - 7);
        prop_assert_eq!(stop, [2, 3, 3, 1, 1, 1, 2]);
        for character in characters.chunks(6) {
            prop_assert_eq!(character.iter().sum::<u8>(), 11);
            let in_bars = character[0] + character[2] + character[4];
            prop_assert_eq!(in_bars % 2, 0, "bars of a character cover an even number of modules");
        }
        prop_assert_eq!(bars.size(), 20 + 13 + 11 * n_characters(&bars));
    }

    #[test]
    fn code_128_is_as_short_as_can_be(content in "([0-9]{1,5}|[A-Z]|[a-z]|[\\x00-\\x1f]){1,4}") {
        prop_assume!(content.len() <= 8);
        let fewest = (0..3).map(|set| fewest(content.as_bytes(), set)).min().unwrap();
        prop_assert_eq!(n_characters(&code128(&content)), 2 + fewest);
    }

    #[test]
    fn code_128_says_different_things_differently(a in "[0-9A-Za-z]{1,8}", b in "[0-9A-Za-z]{1,8}") {
        prop_assert_eq!(a == b, code128(&a) == code128(&b));
    }

    #[test]
    fn gs1_128_is_code_128_with_a_mark(digits in "(415[0-9]{13})(8020[0-9]{10,24})") {
        let bars = barcode(&Symbology::Gs1128, &digits).unwrap();
        prop_assert_eq!(&bars.widths()[6..12], [4, 1, 1, 1, 3, 1], "FNC1 after the start");
        prop_assert!(n_characters(&bars) <= n_characters(&code128(&digits)) + 2);
    }

    #[test]
    fn itf_adds_up(content in "([0-9]{2}){1,24}") {
        let bars = barcode(&Symbology::Itf, &content).unwrap();
        prop_assert_eq!(bars.widths().len(), 4 + 5 * content.len() + 3);
        prop_assert_eq!(bars.size(), 20 + 4 + 9 * content.len() + 5);
    }

    #[test]
    fn bars_are_drawn_where_their_widths_say(content in "[ -~]{1,20}") {
        let bars = code128(&content);
        let mut x = 10;
        let mut expected = String::new();
        for (i, width) in bars.widths().iter().enumerate() {
            if i % 2 == 0 {
                expected += &format!("M{x} 0h{width}v1h-{width}z");
            }
            x += usize::from(*width);
        }
        prop_assert_eq!(bars.path(), expected);
        prop_assert_eq!(x + 10, bars.size());
    }
}

proptest! {
    #[test]
    fn a_symbol_fits_its_room_by_whole_device_pixels(
        width in 0u32..1_400,
        height in 0u32..1_400,
        ratio in prop_oneof![Just(1_000u32), Just(1_250), Just(2_000), Just(2_625), Just(3_000), 500u32..4_000],
        modules in 21usize..1_500,
    ) {
        let room = Room { width, height, ratio };
        for (scale, longest, finest) in [
            (room.level(modules), width, 1_000),
            (room.upright(modules), height, 1_000),
            (room.qr(modules), 316, 2_000),
        ] {
            let Some(scale) = scale else { continue };
            let css: f64 = scale.css(modules).parse().unwrap();
            prop_assert!(css <= f64::from(longest));
            prop_assert!(scale.is_at_least(finest));
            let device = css * f64::from(ratio) / 1_000.0 / modules as f64;
            prop_assert!((device - f64::from(scale.module)).abs() < 0.01, "{device} device pixels a module");
        }
        // Where one CSS pixel a module fits, so does the barcode.
        if ratio % 1_000 == 0 && width as usize >= modules {
            prop_assert!(room.level(modules).is_some());
        }
    }
}

proptest! {
    // Drawing a QR code takes a debug build milliseconds.
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 8, ..ProptestConfig::default() })]

    #[test]
    fn a_qr_code_is_never_larger_than_the_crate_makes_it(text in "[ -~]{1,200}|([0-9]{1,30}|[A-Z:/]{1,20}|[a-z]{1,9}){1,9}") {
        let theirs = encode_auto(text.as_bytes(), EcLevel::M).unwrap().version().width();
        prop_assert!(Qr::encode(&text).unwrap().size() <= theirs as usize + 8);
    }

    #[test]
    fn a_qr_code_is_module_for_module_the_crate_s(text in "[a-z]{1,300}|[0-9]{1,500}|[A-Z:/]{1,400}") {
        is_the_crate_s(&text);
    }

    #[test]
    fn a_qr_code_has_a_light_margin_and_three_corners(text in "\\PC{1,100}") {
        let qr = Qr::encode(&text).unwrap();
        let size = qr.size();
        prop_assert_eq!((size - 8 - 17) % 4, 0);
        for i in 0..size {
            for j in 0..4 {
                let dark = [qr.is_dark(i, j), qr.is_dark(i, size - 1 - j), qr.is_dark(j, i), qr.is_dark(size - 1 - j, i)];
                prop_assert_eq!(dark, [false; 4]);
            }
        }
        prop_assert!((4..11).all(|i| qr.is_dark(i, 4) && qr.is_dark(4, i)));
        prop_assert!((size - 11..size - 4).all(|i| qr.is_dark(i, 4) && qr.is_dark(4, i)));
    }
}

/// Every module is as the crate draws it, which uses the standard's own tables.
fn is_the_crate_s(text: &str) {
    let qr = Qr::encode(text).unwrap();
    let theirs = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
    let width = theirs.width();
    let theirs = theirs.into_colors();
    assert_eq!(qr.size(), width + 8, "{text}");
    for y in 0..width {
        for x in 0..width {
            assert_eq!(qr.is_dark(x + 4, y + 4), theirs[y * width + x] == Color::Dark, "{x}, {y} of {text}");
        }
    }
}

#[test]
fn every_version_is_as_the_crate_draws_it() {
    for version in 1..=40 {
        let n_bits = Bits::new(Version::Normal(version)).max_len(EcLevel::M).unwrap();
        // The header says in 14 bits at most how many digits follow, of which three take ten bits.
        let n_digits = (n_bits - 4 - 14) / 10 * 3;
        let text: String = (0..n_digits).map(|i| char::from(b'0' + (i * i % 11 % 10) as u8)).collect();
        is_the_crate_s(&text);
        assert_eq!(Qr::encode(&text).unwrap().size(), 17 + 4 * version as usize + 8);
    }
}

#[test]
fn qr_versions_fill_to_the_last_character() {
    // ISO/IEC 18004, table 7: what version 1 to 4 hold at level M.
    for (text, n, version) in
        [("1", 34, 1), ("1", 63, 2), ("A", 20, 1), ("A", 90, 4), ("a", 14, 1), ("a", 62, 4)]
    {
        let size = |n: usize| Qr::encode(&text.repeat(n)).unwrap().size();
        assert_eq!(size(n), 17 + 4 * version + 8, "{n} times {text}");
        assert_eq!(size(n + 1), 17 + 4 * (version + 1) + 8, "{} times {text}", n + 1);
    }
    assert!(Qr::encode(&"1".repeat(5596)).is_ok());
    assert_eq!(Qr::encode(&"1".repeat(5597)).unwrap_err(), SymbolError::TooLong);
}

#[test]
fn known_lengths() {
    // Modules without quiet zones, as bwip-js draws them.
    assert_eq!(code128("48772157429542").size() - 20, 112);
    assert_eq!(code128("P374389735").size() - 20, 112);
    let bill = "4157709998014350\
                80200000017209701643\u{1d}390001983090\u{1d}9620180630";
    assert_eq!(barcode(&Symbology::Gs1128, bill).unwrap().size() - 20, 387);
}

#[test]
fn what_cannot_be_carried_is_refused() {
    let other = Symbology::Other("pdf417".into());
    for (symbology, content, error, code) in [
        (&Symbology::Code128, "", SymbolError::Empty, "empty"),
        (&Symbology::Code128, "Ñ1", SymbolError::Character(0), "invalid_character"),
        (&Symbology::Code128, "1é", SymbolError::Character(1), "invalid_character"),
        (&Symbology::Gs1128, "", SymbolError::ElementString(0), "invalid_element_string"),
        (
            &Symbology::Gs1128,
            "\u{1d}4157709998014350",
            SymbolError::ElementString(0),
            "invalid_element_string",
        ),
        (&Symbology::Gs1128, "(415)7709998014350", SymbolError::ElementString(0), "invalid_element_string"),
        (
            &Symbology::Gs1128,
            "8020A\u{1d}\u{1d}9620180630",
            SymbolError::ElementString(6),
            "invalid_element_string",
        ),
        (&Symbology::Gs1128, "8020A B", SymbolError::Character(5), "invalid_character"),
        (&Symbology::Gs1128, "8020A\u{1d}96x#", SymbolError::Character(9), "invalid_character"),
        (&Symbology::Itf, "", SymbolError::Empty, "empty"),
        (&Symbology::Itf, "123", SymbolError::OddLength, "odd_length"),
        (&Symbology::Itf, "12a4", SymbolError::Character(2), "invalid_character"),
        (&other, "12", SymbolError::UnknownSymbology, "unknown_symbology"),
    ] {
        assert_eq!(barcode(symbology, content), Err(error), "{content:?}");
        assert_eq!(error.code(), code);
    }
    assert_eq!(Qr::encode("").unwrap_err(), SymbolError::Empty);
    assert_eq!(
        SymbolError::Character(9).to_string(),
        "expected a character of this symbology at character 9"
    );
}

#[test]
fn svg_documents_are_black_on_white_with_their_quiet_zone() {
    let svg = barcode(&Symbology::Itf, "12").unwrap().to_svg();
    assert!(svg.starts_with(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"94\" height=\"80\" viewBox=\"0 0 47 40\""
    ));
    assert!(svg.contains("<path fill=\"#fff\" d=\"M0 0h47v40H0z\"/>"));
    assert!(Qr::encode("1").unwrap().to_svg().contains("viewBox=\"0 0 29 29\""));
}
