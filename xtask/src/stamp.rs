//! Stamps: a step is skipped while everything it reads is as it was when it last succeeded.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// A hash of a step's inputs, and the file that keeps the one of its last success.
pub struct Stamp {
    path: PathBuf,
    hasher: DefaultHasher,
}

impl Stamp {
    /// Hashes `inputs`: files, and directories with all that is in them.
    pub fn new(path: PathBuf, inputs: &[PathBuf]) -> Result<Stamp> {
        let mut hasher = DefaultHasher::new();
        for input in inputs {
            hash_tree(input, &mut hasher)?;
        }
        Ok(Stamp { path, hasher })
    }

    /// Counts `text` among the inputs.
    pub fn and(mut self, text: &str) -> Stamp {
        text.hash(&mut self.hasher);
        self
    }

    /// Whether the step last succeeded on these inputs.
    pub fn is_current(&self) -> bool {
        fs::read_to_string(&self.path).is_ok_and(|hash| hash == self.hash())
    }

    /// Records that the step succeeded.
    pub fn write(&self) -> Result<()> {
        fs::write(&self.path, self.hash()).with_context(|| format!("cannot write {}", self.path.display()))
    }

    fn hash(&self) -> String {
        format!("{:016x}", self.hasher.finish())
    }
}

fn hash_tree(path: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    let context = || format!("cannot read {}", path.display());
    path.file_name().hash(hasher);
    if !path.is_dir() {
        fs::read(path).with_context(context)?.hash(hasher);
        return Ok(());
    }
    let mut children = Vec::new();
    for entry in fs::read_dir(path).with_context(context)? {
        children.push(entry.with_context(context)?.path());
    }
    children.sort();
    children.iter().try_for_each(|child| hash_tree(child, hasher))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_contents_names_and_text() -> Result<()> {
        let directory = std::env::temp_dir().join(format!("xtask-stamp-{}", std::process::id()));
        fs::create_dir_all(directory.join("inputs"))?;
        let (a, b) = (directory.join("inputs/a"), directory.join("inputs/b"));
        let stamp = || Stamp::new(directory.join("stamp"), &[directory.join("inputs")]);

        fs::write(&a, "1")?;
        assert!(!stamp()?.is_current(), "never written");
        stamp()?.write()?;
        assert!(stamp()?.is_current(), "nothing changed");
        assert!(!stamp()?.and("text").is_current(), "a text more");
        fs::write(&a, "2")?;
        assert!(!stamp()?.is_current(), "other contents");
        fs::write(&a, "1")?;
        assert!(stamp()?.is_current(), "the same contents again");
        fs::rename(&a, &b)?;
        assert!(!stamp()?.is_current(), "another name");

        fs::remove_dir_all(directory)?;
        Ok(())
    }
}
