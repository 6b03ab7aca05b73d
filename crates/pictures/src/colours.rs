//! The colours of pixels: in sRGB, on white.

use image::{DynamicImage, RgbImage, RgbaImage};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// The pixels in sRGB, which browsers take a picture without a profile for. A profile that cannot be used is passed
/// over.
pub(crate) fn to_srgb(picture: DynamicImage, profile: Option<&[u8]>) -> RgbaImage {
    let is_grey = !picture.color().has_color();
    let pixels = picture.into_rgba8();
    // The pixels of a grey picture are grey in sRGB as well, near enough. Its profile has one channel.
    match profile.filter(|_| !is_grey).and_then(|profile| converted(&pixels, profile)) {
        Some(converted) => converted,
        None => pixels,
    }
}

fn converted(pixels: &RgbaImage, profile: &[u8]) -> Option<RgbaImage> {
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    // The decoder makes red, green and blue of other channels without their profile.
    if profile.color_space != DataColorSpace::Rgb {
        return None;
    }
    let transform = profile
        .create_transform_8bit(Layout::Rgba, &ColorProfile::new_srgb(), Layout::Rgba, TransformOptions::default())
        .ok()?;
    let mut converted = RgbaImage::new(pixels.width(), pixels.height());
    transform.transform(pixels, &mut converted).ok()?;
    Some(converted)
}

/// The pixels as they look on white paper. JPEG knows no transparency.
pub(crate) fn on_white(pixels: RgbaImage) -> RgbImage {
    let (width, height) = pixels.dimensions();
    RgbImage::from_fn(width, height, |x, y| {
        let image::Rgba([red, green, blue, alpha]) = *pixels.get_pixel(x, y);
        image::Rgb([red, green, blue].map(|channel| over_white(channel, alpha)))
    })
}

fn over_white(channel: u8, alpha: u8) -> u8 {
    const FULL: u16 = 255;
    let (channel, alpha) = (u16::from(channel), u16::from(alpha));
    u8::try_from((channel * alpha + FULL * (FULL - alpha) + FULL / 2) / FULL).unwrap_or(u8::MAX)
}
