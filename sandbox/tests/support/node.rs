//! The example in Node, running.

use std::path::Path;
use std::process::Stdio;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::Mutex;

/// The name of its database's file.
pub const DATABASE: &str = "node.db";

/// A running process; dropping it ends it.
pub struct Node {
    pub url: String,
    clock: Mutex<(ChildStdin, Lines<BufReader<ChildStdout>>)>,
    _process: Child,
}

impl Node {
    /// Starts with an empty database beside the sandbox's, and an account at its gateway.
    pub async fn start(sandbox_database: &Path, gateway: &str) -> Node {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut process = Command::new("node")
            .arg("--import")
            .arg(here.join("tests/support/clock.mjs"))
            .arg(here.join("../examples/node/server.mjs"))
            .args(["--port", "0", "--gateway", gateway, "--db"])
            .arg(sandbox_database.with_file_name(DATABASE))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("Node starts");
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let first = lines.next_line().await.unwrap().expect("the package is built: cargo xtask build");
        let url = first.strip_prefix("ready ").unwrap().trim_end_matches('/').to_owned();
        Node { url, clock: Mutex::new((process.stdin.take().unwrap(), lines)), _process: process }
    }

    /// Moves its clock; returns when it has moved.
    pub async fn set_clock(&self, offset_seconds: i64) {
        let mut clock = self.clock.lock().await;
        clock.0.write_all(format!("{offset_seconds}\n").as_bytes()).await.unwrap();
        let moved = format!("clock {offset_seconds}");
        while clock.1.next_line().await.unwrap().expect("the shop runs") != moved {}
    }
}
