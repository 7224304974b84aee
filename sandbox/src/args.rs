//! The command line.

use std::fmt;
use std::path::PathBuf;

/// What can be said on the command line.
pub const USAGE: &str = "\
usage: efecty-sandbox [options]
  --port N             listen on 127.0.0.1:N (8787; 0 takes a free one)
  --db PATH            the database, created where it is not there (sandbox.db)
  --www DIR            the pages
  --pkg DIR            the npm package
  --fixtures DIR       the documents that the gallery shows
  --allow-origin URL   let pages of another origin call the API; may be repeated
  --clock-offset SECS  start with a clock that is ahead by so many seconds";

/// How to start the sandbox.
#[derive(Clone, Debug)]
pub struct Config {
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// The database file, created where it is not there.
    pub db: PathBuf,
    /// Where the pages are.
    pub www: PathBuf,
    /// Where the npm package is.
    pub pkg: PathBuf,
    /// Where the documents are that the gallery shows.
    pub fixtures: PathBuf,
    /// Origins whose pages may call the API.
    pub allowed_origins: Vec<String>,
    /// How far the clock is ahead of the machine's, in seconds.
    pub clock_offset_seconds: i64,
}

impl Default for Config {
    fn default() -> Config {
        // The directories of the checkout that this binary was built in.
        let repository = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
        Config {
            port: 8787,
            db: PathBuf::from("sandbox.db"),
            www: repository.join("www"),
            pkg: repository.join("pkg"),
            fixtures: repository.join("tests/fixtures"),
            allowed_origins: Vec::new(),
            clock_offset_seconds: 0,
        }
    }
}

impl Config {
    /// Reads the command line, without the program's name.
    pub fn from_args(args: impl IntoIterator<Item = String>) -> Result<Config, ArgsError> {
        let mut config = Config::default();
        let mut args = args.into_iter();
        while let Some(option) = args.next() {
            let value = args.next().ok_or_else(|| ArgsError::new(&option, "a value after it"))?;
            let number = || ArgsError::new(&option, "a whole number");
            match option.as_str() {
                "--port" => config.port = value.parse().map_err(|_| number())?,
                "--db" => config.db = value.into(),
                "--www" => config.www = value.into(),
                "--pkg" => config.pkg = value.into(),
                "--fixtures" => config.fixtures = value.into(),
                "--allow-origin" => config.allowed_origins.push(value),
                "--clock-offset" => config.clock_offset_seconds = value.parse().map_err(|_| number())?,
                _ => return Err(ArgsError::new(&option, "an option of this list")),
            }
        }
        Ok(config)
    }
}

/// What is wrong with the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArgsError {
    option: String,
    expected: &'static str,
}

impl ArgsError {
    fn new(option: &str, expected: &'static str) -> ArgsError {
        ArgsError { option: option.to_owned(), expected }
    }
}

impl fmt::Display for ArgsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: expected {}", self.option, self.expected)
    }
}

impl std::error::Error for ArgsError {}
