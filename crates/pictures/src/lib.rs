//! Pictures that people upload, made anew.
//!
//! Nothing of a file reaches anybody else but its pixels: they are decoded within bounds, turned upright, converted to
//! sRGB and written as JPEG in two sizes. Where a photo was taken, by what and when is gone, and so is whatever else a
//! file can carry.

mod colours;
mod decoding;
mod encoding;

use thiserror::Error;

pub use crate::decoding::PIXELS_MAX;
pub use crate::encoding::{LARGE_SIDE_MAX, SMALL_SIDE_MAX};

/// The media types of files that are taken. WebP is none of them: a small file can have its decoder allocate gigabytes.
pub const MEDIA_TYPES: [&str; 2] = ["image/jpeg", "image/png"];

/// The media type of what is made of them.
pub const MEDIA_TYPE: &str = "image/jpeg";

/// A picture in two sizes, as JPEG files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renditions {
    /// For its own page: at most [`LARGE_SIDE_MAX`] pixels on each side.
    pub large: Rendition,
    /// For mails and small screens: at most [`SMALL_SIDE_MAX`] pixels on each side.
    pub small: Rendition,
}

/// A JPEG file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// The file.
    pub jpeg: Vec<u8>,
}

/// No picture can be made of a file.
#[derive(Debug, Error)]
pub enum Unusable {
    /// It is none of [`MEDIA_TYPES`], whatever its sender says.
    #[error("it is not a JPEG or PNG file")]
    UnknownFormat,
    /// It says that it has more than [`PIXELS_MAX`] pixels, or as many bytes in fewer.
    #[error("it has more than {} million pixels", PIXELS_MAX / 1_000_000)]
    TooManyPixels,
    /// It is damaged, or needs too much memory. A JPEG that ends too early is usable: what is missing is grey.
    #[error("it cannot be read")]
    Unreadable(#[source] image::ImageError),
}

/// Makes a picture of a file. It takes up to some seconds and 300 MB, so it is nothing for a thread that serves
/// requests, and not for several at once.
pub fn render(file: &[u8]) -> Result<Renditions, Unusable> {
    let decoded = decoding::decode(file)?;
    let large = encoding::rendition(&decoded, LARGE_SIDE_MAX, encoding::LARGE_BYTES_WANTED)?;
    let small = encoding::rendition(&decoded, SMALL_SIDE_MAX, encoding::SMALL_BYTES_WANTED)?;
    Ok(Renditions { large, small })
}

#[cfg(test)]
mod tests;
