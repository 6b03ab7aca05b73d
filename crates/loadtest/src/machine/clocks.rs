//! Clocks that are wrong: a library that a program loads before the system's own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::Error;
use crate::machine::commands::run;

/// Makes the C library's clock of a program wrong by `SHIFT_SECONDS`.
const SHIFT: &str = r#"
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

int clock_gettime(clockid_t clock, struct timespec *time) {
    int (*real)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
    int result = real(clock, time);
    const char *seconds = getenv("SHIFT_SECONDS");
    if (clock == CLOCK_REALTIME && seconds)
        time->tv_sec += atol(seconds);
    return result;
}
"#;

/// The library, built.
#[derive(Debug)]
pub struct ShiftedClock {
    library: PathBuf,
}

impl ShiftedClock {
    /// Builds it in this folder, with the compiler that the build needs anyway.
    ///
    /// # Errors
    /// [`Error::Failed`] with the compiler's words, [`Error::Io`].
    pub fn build(folder: &Path) -> Result<Self, Error> {
        let (source, library) = (folder.join("shift.c"), folder.join("shift.so"));
        fs::write(&source, SHIFT).map_err(Error::io(format!("write {}", source.display())))?;
        let mut compiler = Command::new("cc");
        compiler.args(["-shared", "-fPIC", "-o"]).args([&library, &source]).arg("-ldl");
        run(compiler)?;
        Ok(Self { library })
    }

    /// The environment variables of a program whose clock is wrong by so many seconds.
    pub fn wrong_by(&self, seconds: i64) -> [(&'static str, String); 2] {
        [("LD_PRELOAD", self.library.display().to_string()), ("SHIFT_SECONDS", seconds.to_string())]
    }
}
