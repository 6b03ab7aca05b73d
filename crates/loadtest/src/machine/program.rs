//! The `onsale` program that is measured.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use crate::error::Error;

/// The `onsale` program beside this one. It is built first if cargo runs this program.
///
/// # Errors
/// [`Error::Failed`] if the build fails, [`Error::Io`].
pub fn onsale() -> Result<PathBuf, Error> {
    if let Some(cargo) = env::var_os("CARGO") {
        let profile: &[&str] = if cfg!(debug_assertions) { &[] } else { &["--release"] };
        let built = Command::new(cargo).args(["build", "-q", "-p", "onsale-server"]).args(profile).status();
        if !built.is_ok_and(|status| status.success()) {
            return Err(Error::Failed("cargo could not build the server".to_owned()));
        }
    }
    let this = env::current_exe().map_err(Error::io("find this program's folder"))?;
    Ok(this.with_file_name("onsale"))
}
