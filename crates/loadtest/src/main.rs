//! The `onsale-loadtest` program.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    loadtest::cli::run().await
}
