//! The `onsale` program.

use std::process::ExitCode;

/// Requests allocate and free much, on many threads at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    server::commands::run().await
}
