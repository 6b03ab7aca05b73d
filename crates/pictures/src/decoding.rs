//! From a file to upright pixels in sRGB, within bounds.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage};

use crate::encoding::LARGE_SIDE_MAX;
use crate::{Unusable, colours};

/// The most pixels of a file: those of a phone's camera, 24.5 million, fit. They are known before any is decoded.
pub const PIXELS_MAX: u64 = 25_000_000;

/// The most bytes of all pixels: with four channels of 8 bits each.
const PIXEL_BYTES_MAX: u64 = PIXELS_MAX * 4;

/// The most bytes that a decoder may allocate for what is not pixels, such as compressed texts.
const DECODER_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// The largest profile of colours that is looked at. Those of printing presses have two megabytes.
const PROFILE_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Colours are converted, and picture elements shown through, at this many times the largest side that is needed. It is
/// enough to scale down well, and far less work than all pixels of a photo.
const WORKING_SCALE: u32 = 2;

/// An upright picture, no larger than needed.
pub(crate) fn decode(file: &[u8]) -> Result<RgbImage, Unusable> {
    let format = image::guess_format(file).map_err(|_| Unusable::UnknownFormat)?;
    if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png) {
        return Err(Unusable::UnknownFormat);
    }
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODER_BYTES_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(Unusable::Unreadable)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX || decoder.total_bytes() > PIXEL_BYTES_MAX {
        return Err(Unusable::TooManyPixels);
    }
    // Metadata that is damaged does not make the picture unusable.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().unwrap_or_default().filter(|profile| profile.len() <= PROFILE_BYTES_MAX);
    let decoded = DynamicImage::from_decoder(decoder).map_err(Unusable::Unreadable)?;
    let side_max = LARGE_SIDE_MAX * WORKING_SCALE;
    let fits = decoded.width() <= side_max && decoded.height() <= side_max;
    let mut working = if fits {
        decoded
    } else {
        let smaller = decoded.thumbnail(side_max, side_max);
        drop(decoded);
        smaller
    };
    working.apply_orientation(orientation);
    Ok(colours::on_white(colours::to_srgb(working, profile.as_deref())))
}
