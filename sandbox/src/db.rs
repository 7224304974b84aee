//! One SQLite file; each half of the sandbox holds its own connection and its own tables.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};

/// How long a write waits for the other half's write.
const BUSY: Duration = Duration::from_secs(10);

/// A connection, shared by the handlers of one half.
#[derive(Clone, Debug)]
pub struct Db {
    connection: Arc<Mutex<Connection>>,
}

impl Db {
    /// Opens or creates the file and brings the tables of `half` up to date.
    ///
    /// A commit is on the disk before it is acknowledged: `synchronous=FULL`.
    pub fn open(path: &Path, half: &str, migrations: &[&str]) -> Result<Db, Fault> {
        let mut connection = Connection::open(path)?;
        connection.busy_timeout(BUSY)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", "ON")?;
        migrate(&mut connection, half, migrations)?;
        Ok(Db { connection: Arc::new(Mutex::new(connection)) })
    }

    /// Runs `work` in a transaction that may write; it is undone where `work` fails.
    pub async fn write<T, E>(
        &self,
        work: impl FnOnce(&Transaction) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        self.run(TransactionBehavior::Immediate, work).await
    }

    /// Runs `work` on one consistent state of the tables.
    pub async fn read<T, E>(
        &self,
        work: impl FnOnce(&Transaction) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        self.run(TransactionBehavior::Deferred, work).await
    }

    async fn run<T, E>(
        &self,
        behavior: TransactionBehavior,
        work: impl FnOnce(&Transaction) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        let connection = self.connection.clone();
        let done = tokio::task::spawn_blocking(move || {
            // A panic rolled its transaction back, so the connection is as good as before.
            let mut connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
            let transaction = connection.transaction_with_behavior(behavior).map_err(Fault::from)?;
            let value = work(&transaction)?;
            transaction.commit().map_err(Fault::from)?;
            Ok(value)
        });
        match done.await {
            Ok(result) => result,
            Err(error) => Err(Fault::new(error).into()),
        }
    }
}

fn migrate(connection: &mut Connection, half: &str, migrations: &[&str]) -> Result<(), Fault> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(
        "CREATE TABLE IF NOT EXISTS migrations (half TEXT PRIMARY KEY, applied INTEGER NOT NULL) STRICT;",
    )?;
    transaction.execute("INSERT OR IGNORE INTO migrations (half, applied) VALUES (?1, 0)", [half])?;
    let applied: u32 =
        transaction.query_row("SELECT applied FROM migrations WHERE half = ?1", [half], |row| row.get(0))?;
    for migration in migrations.iter().skip(applied as usize) {
        transaction.execute_batch(migration)?;
    }
    let newest = applied.max(u32::try_from(migrations.len()).map_err(Fault::new)?);
    transaction.execute("UPDATE migrations SET applied = ?2 WHERE half = ?1", (half, newest))?;
    Ok(transaction.commit()?)
}

/// Something that nobody outside can mend: it is logged, and answered with 500 and a trace id.
pub struct Fault(String);

impl Fault {
    /// Keeps what went wrong, for the log.
    pub fn new(cause: impl fmt::Display) -> Fault {
        Fault(cause.to_string())
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Fault {
        Fault(format!("database: {error}"))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Fault {}
