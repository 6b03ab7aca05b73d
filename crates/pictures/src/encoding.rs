//! From pixels to JPEG files of two sizes.

use image::codecs::jpeg::JpegEncoder;
use image::imageops::{self, FilterType};
use image::{ImageError, RgbImage};

use crate::{Rendition, Unusable};

/// The longest side of the large size, in pixels: the width of the page, on a dense screen.
pub const LARGE_SIDE_MAX: u32 = 1_280;

/// The longest side of the small size, in pixels: a phone's width, on its dense screen.
pub const SMALL_SIDE_MAX: u32 = 800;

/// A crowd loads it, so a picture that needs more bytes gets less quality.
pub(crate) const LARGE_BYTES_WANTED: usize = 220_000;

/// The same of the small size.
pub(crate) const SMALL_BYTES_WANTED: usize = 100_000;

/// From good to poor. Pure noise fits at the last.
const QUALITIES: [u8; 6] = [82, 70, 58, 46, 34, 15];

/// The picture with sides of at most `side_max` pixels, in about as many bytes as wanted. It is never enlarged.
pub(crate) fn rendition(picture: &RgbImage, side_max: u32, bytes_wanted: usize) -> Result<Rendition, Unusable> {
    let (width, height) = fitting(picture.dimensions(), side_max);
    let scaled = imageops::resize(picture, width, height, FilterType::Lanczos3);
    let mut jpeg = Vec::new();
    for quality in QUALITIES {
        jpeg = encode(&scaled, quality).map_err(Unusable::Unreadable)?;
        if jpeg.len() <= bytes_wanted {
            break;
        }
    }
    Ok(Rendition { width, height, jpeg })
}

/// The size that fits into a square of `side_max`, in proportion.
fn fitting((width, height): (u32, u32), side_max: u32) -> (u32, u32) {
    let longest = width.max(height);
    if longest <= side_max {
        return (width, height);
    }
    let scaled = |side: u32| {
        let (side, longest) = (u64::from(side), u64::from(longest));
        let scaled = (side * u64::from(side_max) + longest / 2) / longest;
        u32::try_from(scaled).unwrap_or(side_max).max(1)
    };
    (scaled(width), scaled(height))
}

fn encode(picture: &RgbImage, quality: u8) -> Result<Vec<u8>, ImageError> {
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, quality).encode_image(picture)?;
    Ok(jpeg)
}
