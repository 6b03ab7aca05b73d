use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageEncoder, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use moxcms::{ColorProfile, DataColorSpace};
use proptest::prelude::*;

use super::*;

/// Left half red, right half blue.
fn flag(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) })
}

fn file(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.into().write_to(&mut file, format).unwrap();
    file.into_inner()
}

fn read(rendition: &Rendition) -> RgbImage {
    assert_eq!(image::guess_format(&rendition.jpeg).unwrap(), ImageFormat::Jpeg);
    let read = image::load_from_memory(&rendition.jpeg).unwrap().into_rgb8();
    assert_eq!(read.dimensions(), (rendition.width, rendition.height));
    read
}

/// Near enough after JPEG.
fn is_like(found: Rgb<u8>, expected: [u8; 3]) -> bool {
    found.0.into_iter().zip(expected).all(|(found, expected)| found.abs_diff(expected) <= 12)
}

fn holds(file: &[u8], text: &[u8]) -> bool {
    file.windows(text.len()).any(|window| window == text)
}

/// The JPEG file with metadata (EXIF): this orientation, and a comment.
fn with_metadata(jpeg: &[u8], orientation: u8, comment: &[u8]) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08".to_vec();
    // One entry of the directory: orientation, one short number.
    exif.extend([0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]);
    exif.extend(comment);
    let length = u16::try_from(exif.len() + 2).unwrap();
    let (start, rest) = jpeg.split_at(2);
    [start, &[0xff, 0xe1], &length.to_be_bytes(), &exif, rest].concat()
}

#[test]
fn each_format_becomes_jpeg_in_two_sizes_and_is_never_enlarged() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png] {
        let Renditions { large, small } = render(&file(flag(2_000, 1_000), format)).unwrap();
        assert_eq!((large.width, large.height), (1_280, 640), "{format:?}");
        assert_eq!((small.width, small.height), (800, 400), "{format:?}");
        for rendition in [&large, &small] {
            let read = read(rendition);
            assert!(is_like(*read.get_pixel(5, 5), [220, 20, 20]), "{format:?}");
            assert!(is_like(*read.get_pixel(rendition.width - 5, 5), [20, 20, 220]), "{format:?}");
        }
    }
    let Renditions { large, small } = render(&file(flag(100, 40), ImageFormat::Png)).unwrap();
    assert_eq!((large.width, large.height, small.width, small.height), (100, 40, 100, 40));
}

#[test]
fn a_photo_is_turned_upright_and_its_metadata_is_gone() {
    let photo = with_metadata(&file(flag(200, 100), ImageFormat::Jpeg), 6, b"GPS of somebody's home");
    assert!(holds(&photo, b"Exif") && holds(&photo, b"somebody's home"));
    let Renditions { large, small } = render(&photo).unwrap();
    for rendition in [&large, &small] {
        // A quarter turn clockwise: left is up.
        let read = read(rendition);
        assert_eq!(read.dimensions(), (100, 200));
        assert!(is_like(*read.get_pixel(50, 10), [220, 20, 20]) && is_like(*read.get_pixel(50, 190), [20, 20, 220]));
        assert!(!holds(&rendition.jpeg, b"Exif") && !holds(&rendition.jpeg, b"somebody's home"));
    }
}

#[test]
fn transparent_pixels_are_white() {
    let picture = RgbaImage::from_fn(64, 64, |x, _| Rgba([200, 0, 0, if x < 32 { 255 } else { 0 }]));
    let read = read(&render(&file(picture, ImageFormat::Png)).unwrap().large);
    assert!(is_like(*read.get_pixel(8, 8), [200, 0, 0]) && is_like(*read.get_pixel(56, 8), [255, 255, 255]));
}

#[test]
fn colours_of_a_wider_space_are_converted_and_the_profile_is_gone() {
    let picture = RgbImage::from_pixel(64, 64, Rgb([200, 100, 50]));
    let encoded = |profile: Option<Vec<u8>>| {
        let mut jpeg = Vec::new();
        let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, 95);
        if let Some(profile) = profile {
            encoder.set_icc_profile(profile).unwrap();
        }
        encoder.encode_image(&picture).unwrap();
        jpeg
    };
    let shown = |jpeg: &[u8]| {
        let rendition = render(jpeg).unwrap().large;
        assert!(!holds(&rendition.jpeg, b"ICC_PROFILE"));
        *read(&rendition).get_pixel(32, 32)
    };
    assert!(is_like(shown(&encoded(None)), [200, 100, 50]));
    let wide = encoded(Some(ColorProfile::new_display_p3().encode().unwrap()));
    assert!(holds(&wide, b"ICC_PROFILE"));
    let Rgb([red, _, blue]) = shown(&wide);
    assert!(red > 206 && blue < 44, "the same colour has other numbers in sRGB: {red}, {blue}");
    let mut of_a_press = ColorProfile::new_display_p3();
    of_a_press.color_space = DataColorSpace::Cmyk;
    for unusable in [b"no profile".to_vec(), of_a_press.encode().unwrap(), vec![0; 5_000_000]] {
        assert!(is_like(shown(&encoded(Some(unusable))), [200, 100, 50]));
    }
}

#[test]
fn even_noise_becomes_a_file_that_a_crowd_can_load() {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    let noise = RgbImage::from_fn(1_280, 1_280, |_, _| Rgb([next(), next(), next()]));
    let Renditions { large, small } = render(&file(noise, ImageFormat::Png)).unwrap();
    assert!(large.jpeg.len() < 1_000_000, "{}", large.jpeg.len());
    assert!(small.jpeg.len() <= encoding::SMALL_BYTES_WANTED, "{}", small.jpeg.len());
}

#[test]
fn a_line_of_pixels_is_a_picture_too() {
    let Renditions { large, small } = render(&file(flag(20_000, 1), ImageFormat::Png)).unwrap();
    assert_eq!((large.width, large.height, small.width, small.height), (1_280, 1, 800, 1));
}

#[test]
fn the_size_is_known_before_anything_is_decoded() {
    let mut jpeg = file(flag(64, 64), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|two| matches!(two, [0xff, 0xc0..=0xc2])).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
    assert!(matches!(render(&jpeg), Err(Unusable::TooManyPixels)), "{:?}", render(&jpeg));
}

/// The beginning of a PNG file: what it says of itself, and a chunk.
fn png_head(side: u32, bits: u8, kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let chunk = |kind: &[u8], data: &[u8]| {
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        let checked = [kind, data].concat();
        [&length[..], &checked, &crc32fast::hash(&checked).to_be_bytes()].concat()
    };
    let side = side.to_be_bytes();
    let head = [&side[..], &side, &[bits, 6, 0, 0, 0]].concat();
    [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &head), &chunk(kind, data), &chunk(b"IDAT", &[])].concat()
}

#[test]
fn a_small_file_that_says_that_it_is_huge_is_refused_by_its_head() {
    for (side, bits) in [(5_001, 8), (60_000, 8), (4_000, 16)] {
        let refused = render(&png_head(side, bits, b"tEXt", b"a\0b"));
        assert!(matches!(refused, Err(Unusable::TooManyPixels)), "{side} {bits}: {refused:?}");
    }
}

#[test]
fn other_files_and_damaged_ones_are_refused() {
    let png = file(flag(64, 64), ImageFormat::Png);
    let (half, _) = png.split_at(png.len() / 2);
    assert!(matches!(render(half), Err(Unusable::Unreadable(_))));
    let (head, _) = png.split_at(12);
    assert!(matches!(render(head), Err(Unusable::Unreadable(_))));
    for other in
        [&b""[..], b"GIF89a\x01\x00\x01\x00", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"RIFF\x1a\0\0\0WEBPVP8L"]
    {
        assert!(matches!(render(other), Err(Unusable::UnknownFormat)), "{other:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_file_with_anything_changed_is_refused_or_made_anew_within_the_bounds(
        is_png: bool, changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        end in any::<prop::sample::Index>(), is_cut: bool,
    ) {
        let format = if is_png { ImageFormat::Png } else { ImageFormat::Jpeg };
        let mut file = file(flag(24, 16), format);
        for (at, to) in changes {
            let at = at.index(file.len());
            file[at] = to;
        }
        if is_cut {
            file.truncate(end.index(file.len()));
        }
        file.extend(b"<script>alert(1)</script>");
        if let Ok(Renditions { large, small }) = render(&file) {
            for (rendition, side) in [(large, LARGE_SIDE_MAX), (small, SMALL_SIDE_MAX)] {
                let made = read(&rendition);
                prop_assert!(made.width() <= side && made.height() <= side);
                prop_assert!(!holds(&rendition.jpeg, b"<script>"));
            }
        }
    }

    #[test]
    fn what_is_no_picture_is_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(render(&bytes).is_err());
    }
}
