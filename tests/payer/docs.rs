//! What `docs/validators.md` says is what the code does.

use efecty_checkout::payer::{
    DocumentRule, DocumentType, ErrorCode, GATEWAYS, NUMBERING_SOURCE, Requirements, gateway_requirements,
    validate_document,
};

const DOCUMENT: &str = include_str!("../../docs/validators.md");

/// The cells of the rows of the table that begins with `heading`.
fn table(heading: &str) -> Vec<Vec<&str>> {
    let (_, rest) = DOCUMENT.split_once(&format!("\n| {heading} |")).expect("the table");
    let rows = rest.lines().skip(2).take_while(|line| line.starts_with('|'));
    rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

#[test]
fn lists_every_error_code() {
    let codes: Vec<&str> = table("code").iter().map(|row| row[0].trim_matches('`')).collect();
    assert_eq!(codes, ErrorCode::ALL.map(ErrorCode::as_str));
}

#[test]
fn gives_the_bounds_of_every_document() {
    let rows = table("type");
    let types = DocumentType::COLOMBIAN.into_iter().chain([DocumentType::Other]);
    assert_eq!(rows.len(), types.clone().count());
    for (row, document_type) in rows.iter().zip(types) {
        let rule = DocumentRule::new(document_type);
        let bounds = [rule.min_length.to_string(), rule.max_length.to_string()];
        assert_eq!((row[0], row[2], row[3]), (document_type.as_str(), &*bounds[0], &*bounds[1]));
    }
}

#[test]
fn lists_every_gateway_with_its_documents() {
    let rows = table("gateway");
    assert_eq!(rows.iter().map(|row| row[0].trim_matches('`')).collect::<Vec<_>>(), GATEWAYS);
    for (row, gateway) in rows.iter().zip(GATEWAYS) {
        let documents = gateway_requirements(gateway).unwrap().documents;
        let told: Vec<&str> =
            row[1].split([',', ' ']).filter(|word| DocumentType::from_code(word).is_some()).collect();
        let listed: Vec<&str> = documents.iter().map(|rule| rule.document_type.as_str()).collect();
        assert_eq!(told, listed, "{gateway}");
    }
}

#[test]
fn names_the_source_of_the_numbers_in_use() {
    for part in ["9.0.43", "2026-11-23"] {
        assert!(NUMBERING_SOURCE.contains(part) && DOCUMENT.contains(part), "{part}");
    }
}

#[test]
fn reads_the_ambiguous_nit_as_it_says() {
    let rows = table("typed");
    let ambiguous = rows.iter().find(|row| row[1].contains("`alternative: ")).unwrap();
    let typed = ambiguous[0].trim_matches('`');
    let document = validate_document("NIT", typed, &Requirements::default()).unwrap();
    let alternative = document.nit.and_then(|nit| nit.alternative).unwrap();
    assert!(ambiguous[1].contains(&format!("`alternative: \"{alternative}\"`")), "{alternative}");
}
