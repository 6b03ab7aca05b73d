//! PostgreSQL's settings of each kind of cluster.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::Path;

use crate::layout::PORT;

/// Whether committed transactions survive a crash of the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// fsync, full_page_writes and synchronous_commit on: PostgreSQL's defaults.
    Durable,
    /// All three off: faster, but a crash of the machine may destroy the cluster. For throwaway test clusters only.
    None,
}

/// The settings of one kind of cluster.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) durability: Durability,
    /// Whether the cluster outlives this process. If so, a new one is flushed to disk before it is used.
    pub(crate) kept: bool,
    max_connections: u32,
    shared_buffers: &'static str,
    max_wal_size: &'static str,
}

impl Settings {
    /// For `cargo run`.
    pub(crate) fn kept() -> Self {
        Self {
            durability: Durability::Durable,
            kept: true,
            max_connections: 100,
            // 200,000 bookings with their accounts take 154 MB, more than the default of 128MB.
            shared_buffers: "256MB",
            // 100,000 bookings with their accounts write 130 to 155 MB of log. The default of 1GB begins a checkpoint
            // after 540 MB, in the middle of a sale of 400,000, and then every page is logged in full again.
            max_wal_size: "2GB",
        }
    }

    /// For tests: many processes, each with pools of its own. Disk use is small, since the disk may be memory.
    pub(crate) fn throwaway(durability: Durability) -> Self {
        Self { durability, kept: false, max_connections: 300, shared_buffers: "128MB", max_wal_size: "512MB" }
    }

    /// The settings that ALTER SYSTEM must not change: the addresses and the durability. They are given on the command
    /// line, which overrides every file.
    pub(crate) fn fixed(&self, socket_dir: &Path) -> Vec<(&'static str, OsString)> {
        let durable = match self.durability {
            Durability::Durable => "on",
            Durability::None => "off",
        };
        vec![
            ("listen_addresses", "".into()),
            ("port", PORT.into()),
            ("unix_socket_directories", socket_dir.into()),
            ("fsync", durable.into()),
            ("full_page_writes", durable.into()),
            ("synchronous_commit", durable.into()),
        ]
    }

    fn adjustable(&self) -> Vec<(&'static str, String)> {
        let mut settings = vec![
            ("max_connections", self.max_connections.to_string()),
            ("shared_buffers", self.shared_buffers.to_owned()),
            ("max_wal_size", self.max_wal_size.to_owned()),
            ("timezone", "UTC".to_owned()),
            ("log_timezone", "UTC".to_owned()),
            ("log_line_prefix", "%m [%p] %q%d ".to_owned()),
        ];
        if self.durability == Durability::None {
            settings.extend([
                ("wal_level", "minimal".to_owned()),
                ("max_wal_senders", "0".to_owned()),
                // Plans must not depend on when autovacuum ran, and there are hundreds of databases to visit.
                ("autovacuum", "off".to_owned()),
                ("log_checkpoints", "off".to_owned()),
            ]);
        }
        settings
    }

    /// The settings file that postgresql.conf includes. It holds the fixed settings, too, so that a cluster that
    /// somebody starts by hand does not open a TCP port.
    pub(crate) fn file(&self, socket_dir: &Path) -> String {
        let mut text = String::from(
            "# Overwritten at each start. To change a setting, use ALTER SYSTEM, or add it below the include in postgresql.conf.\n",
        );
        for (name, value) in self.fixed(socket_dir) {
            let _ = writeln!(text, "{name} = '{}'", quoted(&value.to_string_lossy()));
        }
        for (name, value) in self.adjustable() {
            let _ = writeln!(text, "{name} = '{}'", quoted(&value));
        }
        text
    }
}

fn quoted(value: &str) -> String {
    value.replace('\\', "\\\\").replace('\'', "''")
}
