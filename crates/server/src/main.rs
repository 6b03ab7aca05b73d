//! The `onsale` program.

use std::process::ExitCode;

/// Requests allocate and free much, on many threads at once. And ten thousand connections that wait take a quarter less
/// memory here than elsewhere: this one writes nothing into blocks that nobody has written to yet.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

#[tokio::main]
async fn main() -> ExitCode {
    server::process::commands::run().await
}
