//! A file in the encodings that browsers accept.

use std::io::{self, Read as _, Write as _};

use brotli::CompressorReader;
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;

/// The largest that brotli has. Files are compressed once a start, and read by everybody.
const BROTLI_QUALITY: u32 = 11;
/// Of the window, in bits: 4 MB, more than any file has.
const BROTLI_WINDOW: u32 = 22;
const BUFFER_BYTES: usize = 1 << 16;

/// The bytes of a file, as they are and compressed.
#[derive(Debug, Clone)]
pub struct Compressed {
    /// As they are.
    pub plain: Bytes,
    /// In the format of RFC 7932.
    pub brotli: Bytes,
    /// In the format of RFC 1952.
    pub gzip: Bytes,
}

impl Compressed {
    /// Compresses `plain` as far as it goes.
    pub(crate) fn of(plain: Vec<u8>) -> io::Result<Self> {
        let mut brotli = Vec::new();
        CompressorReader::new(plain.as_slice(), BUFFER_BYTES, BROTLI_QUALITY, BROTLI_WINDOW)
            .read_to_end(&mut brotli)?;
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&plain)?;
        Ok(Self { gzip: encoder.finish()?.into(), plain: plain.into(), brotli: brotli.into() })
    }
}
