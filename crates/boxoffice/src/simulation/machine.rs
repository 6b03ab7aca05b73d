//! The machine that a stress test ran on, and whether its commits are durable. Figures mean nothing without both.

use std::fs::File;
use std::io::Read;
use std::num::NonZeroUsize;
use std::thread;

use repository::databases::Durability;
use serde::Serialize;
use utoipa::ToSchema;

/// Linux tells of the processors here, one after the other.
const PROCESSORS: &str = "/proc/cpuinfo";

/// As much of it is read, in bytes: more than one processor has.
const PROCESSOR_BYTES: u64 = 16 * 1024;

/// The machine of a stress test. A report of numbers from elsewhere is compared by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MachineReport {
    /// The processor cores that the server which ran the test may use.
    pub cores: usize,
    /// The model of its processor, where the system tells it.
    #[schema(required)]
    pub processor: Option<String>,
    /// PostgreSQL's version.
    pub postgresql: String,
    /// Whether a commit that was answered survives a crash of PostgreSQL and of its machine.
    pub durable: bool,
    /// The settings that decide about that, as the database has them.
    pub settings: Vec<SettingReport>,
}

/// A setting of PostgreSQL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DatabaseSetting)]
pub struct SettingReport {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

impl MachineReport {
    /// This machine, with a database of this durability.
    pub(super) fn of(durability: Durability) -> Self {
        let settings = durability.settings.iter().cloned();
        Self {
            cores: thread::available_parallelism().map_or(1, NonZeroUsize::get),
            processor: processors().as_deref().and_then(model).map(str::to_owned),
            durable: durability.is_durable(),
            settings: settings.map(|(name, value)| SettingReport { name, value }).collect(),
            postgresql: durability.version,
        }
    }
}

/// The beginning of what the system says about its processors. Other systems have no such file.
fn processors() -> Option<String> {
    let mut read = Vec::new();
    File::open(PROCESSORS).ok()?.take(PROCESSOR_BYTES).read_to_end(&mut read).ok()?;
    Some(String::from_utf8_lossy(&read).into_owned())
}

/// The model of the first processor that has one.
fn model(processors: &str) -> Option<&str> {
    let pairs = processors.lines().filter_map(|line| line.split_once(':'));
    pairs.map(|(name, value)| (name.trim(), value.trim())).find_map(|(name, value)| {
        let is_told = name == "model name" && !value.is_empty();
        is_told.then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_is_that_of_the_first_processor_and_absent_where_the_system_tells_none() {
        let intel =
            "processor\t: 0\nmodel\t\t: 143\nmodel name\t: Intel(R) Xeon(R): 2.10GHz\n\nmodel name\t: another\n";
        assert_eq!(model(intel), Some("Intel(R) Xeon(R): 2.10GHz"));
        assert_eq!(model("processor\t: 0\nBogoMIPS\t: 50.00\nCPU implementer\t: 0x41\n"), None);
        assert_eq!(model("model name\t:\n"), None);
        assert_eq!(model(""), None);
    }
}
