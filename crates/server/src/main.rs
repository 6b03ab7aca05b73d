//! The `onsale` program.

use std::process::ExitCode;

/// Requests allocate and free much, on many threads at once; and of what a connection may need, this one leaves untouched
/// what it does not.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

#[tokio::main]
async fn main() -> ExitCode {
    server::commands::run().await
}
