//! QR codes (ISO/IEC 18004), as shapes that SVG and PDF can draw at any size.

use std::fmt::Write as _;

use fast_qr::qr::QRCodeError;
use fast_qr::{ECL, QRBuilder};

use crate::errors::Unprintable;

/// The empty border that a reader needs around a code, in modules.
pub const QUIET_MODULES: u16 = 4;

/// The most modules on a side of a code, with its border: version 40 has 177.
pub const MODULES_MAX: u16 = 177 + 2 * QUIET_MODULES;

/// A QR code: a square of light and dark modules, in a border of light ones. A module is the unit of all lengths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrCode {
    size: u16,
    runs: Vec<Run>,
}

/// Dark modules beside each other, between light ones, in one row of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    /// The first module, from the left edge of the border.
    pub(crate) left: u16,
    /// The row, from the upper edge of the border.
    pub(crate) top: u16,
    /// In modules.
    pub(crate) width: u16,
}

impl QrCode {
    /// The smallest code that holds the text, at level M: readable while at most 15 % of it are covered or dirty. The
    /// same text always gives the same code.
    ///
    /// Digits, capital letters of ASCII, spaces and `$%*+-./:` take five and a half bits each if the text has no
    /// others. Up to 20 such symbols are version 1, with 29 modules on a side. Other texts take eight bits for each
    /// byte of UTF-8.
    ///
    /// # Errors
    ///
    /// [`Unprintable::TooLong`] if no code holds the text.
    pub fn of(text: &str) -> Result<Self, Unprintable> {
        let code = QRBuilder::new(text).ecl(ECL::M).build().map_err(|error| match error {
            // The second one is about a version that somebody chose, and here nobody does.
            QRCodeError::EncodedData | QRCodeError::SpecifiedVersion => Unprintable::TooLong,
        })?;
        let mut runs: Vec<Run> = Vec::new();
        let mut size = 2 * QUIET_MODULES;
        for (top, row) in (QUIET_MODULES..).zip(code.data.chunks(code.size).take(code.size)) {
            size += 1;
            for (left, _) in (QUIET_MODULES..).zip(row).filter(|(_, module)| module.value()) {
                match runs.last_mut() {
                    Some(last) if last.top == top && last.left + last.width == left => last.width += 1,
                    _ => runs.push(Run { left, top, width: 1 }),
                }
            }
        }
        Ok(Self { size, runs })
    }

    /// Modules on a side, with the border: at least 29, and at most [`MODULES_MAX`].
    pub const fn size(&self) -> u16 {
        self.size
    }

    /// The dark modules as the path of an SVG whose `viewBox` is `0 0 size size`: one rectangle for each run of modules
    /// in a row, such as `M4 4h7v1h-7z`. Rectangles only touch, so draw it with `shape-rendering="crispEdges"`:
    /// browsers that smooth edges could let the background shine through between them.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for Run { left, top, width } in &self.runs {
            // Writing into memory does not fail.
            let _ = write!(path, "M{left} {top}h{width}v1h-{width}z");
        }
        path
    }

    /// The dark modules.
    pub(crate) fn runs(&self) -> &[Run] {
        &self.runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use fast_qr::{Mode, Version};
    use proptest::prelude::*;
    use rqrr::{Grid, MetaData, PreparedImage, SimpleGrid};

    const CODE: &str = "7K2MQX0A94TDHB5C.V3K";

    /// The modules that a path of rectangles covers, row by row; each must be covered once at most.
    fn drawn(size: u16, path: &str) -> Vec<Vec<bool>> {
        let size = usize::from(size);
        let mut rows = vec![vec![false; size]; size];
        for subpath in path.split_terminator('z') {
            let numbers: Vec<usize> = subpath
                .split(['M', ' ', 'h', 'v', '-'])
                .filter(|part| !part.is_empty())
                .map(|n| n.parse().unwrap())
                .collect();
            let [left, top, width, 1, back] = numbers[..] else { panic!("{subpath}") };
            assert_eq!((width, format!("M{left} {top}h{width}v1h-{back}")), (back, subpath.to_owned()));
            for module in &mut rows[top][left..left + width] {
                assert!(!std::mem::replace(module, true), "{subpath} overlaps another rectangle");
            }
        }
        rows
    }

    /// Finds and reads the one code of a picture in which a module has 4 pixels on a side.
    fn found(rows: &[Vec<bool>]) -> (MetaData, String) {
        let side = rows.len() * 4;
        let shade = |x: usize, y: usize| if rows[y / 4][x / 4] { 20 } else { 250 };
        let mut picture = PreparedImage::prepare_from_greyscale(side, side, shade);
        let grids = picture.detect_grids();
        assert_eq!(grids.len(), 1, "codes in the picture");
        grids[0].decode().unwrap()
    }

    /// Reads a code of which the place is known, so that nothing but its modules is tested.
    fn read(rows: &[Vec<bool>]) -> String {
        let quiet = usize::from(QUIET_MODULES);
        let grid = SimpleGrid::from_func(rows.len() - 2 * quiet, |x, y| rows[y + quiet][x + quiet]);
        Grid::new(grid).decode().unwrap().1
    }

    #[test]
    fn a_tickets_code_has_21_modules_in_a_border_of_4_and_level_m() {
        let code = QrCode::of(CODE).unwrap();
        assert_eq!(code.size(), 29);
        // The upper edges of the two upper finder patterns.
        let path = code.path();
        assert!(path.starts_with("M4 4h7v1h-7z") && path.contains("M18 4h7v1h-7z"), "{path}");
        let (meta, text) = found(&drawn(code.size(), &path));
        assert_eq!((meta.version.0, meta.ecc_level, text.as_str()), (1, 0, CODE));
    }

    #[test]
    fn the_path_draws_the_modules_of_the_library() {
        for text in [CODE, "", "0", "Ω ≈ 1", &"long ".repeat(200)] {
            let library = QRBuilder::new(text).ecl(ECL::M).build().unwrap();
            let code = QrCode::of(text).unwrap();
            let rows = drawn(code.size(), &code.path());
            let quiet = usize::from(QUIET_MODULES);
            assert_eq!(rows.len(), library.size + 2 * quiet);
            for (y, row) in rows.iter().enumerate() {
                for (x, dark) in row.iter().enumerate() {
                    let inside =
                        (quiet..quiet + library.size).contains(&x) && (quiet..quiet + library.size).contains(&y);
                    assert_eq!(*dark, inside && library[y - quiet][x - quiet].value(), "{text}: {x} {y}");
                }
            }
        }
    }

    #[test]
    fn runs_are_as_long_as_they_can_be() {
        let code = QrCode::of(CODE).unwrap();
        for pair in code.runs.windows(2) {
            assert!(pair[0].top < pair[1].top || pair[0].left + pair[0].width < pair[1].left, "{pair:?}");
        }
    }

    #[test]
    fn a_code_at_a_limit_holds_the_text_and_one_symbol_more_is_refused() {
        for (symbol, limit) in [("é", 2_331 / 2), ("A", 3_391), ("7", 5_596)] {
            let text = symbol.repeat(limit);
            let code = QrCode::of(&text).unwrap();
            assert_eq!(code.size(), MODULES_MAX, "{symbol}");
            assert_eq!(read(&drawn(code.size(), &code.path())), text);
            let refused = QrCode::of(&symbol.repeat(limit + 1));
            assert!(matches!(refused, Err(Unprintable::TooLong)), "{symbol}");
        }
    }

    #[test]
    fn symbols_of_the_dense_mode_do_not_depend_on_the_librarys_guess() {
        let forced = QRBuilder::new(CODE).ecl(ECL::M).mode(Mode::Alphanumeric).version(Version::V01).build().unwrap();
        let dark = forced.data.iter().take(forced.size * forced.size).filter(|module| module.value()).count();
        let code = QrCode::of(CODE).unwrap();
        assert_eq!(code.runs.iter().map(|run| usize::from(run.width)).sum::<usize>(), dark);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn every_tickets_code_reads_back(text in "[0-9A-HJKMNP-TV-Z]{16}\\.[0-9A-HJKMNP-TV-Z]{3}") {
            let code = QrCode::of(&text).unwrap();
            prop_assert_eq!(code.size(), 29);
            prop_assert_eq!(read(&drawn(code.size(), &code.path())), text);
        }

        #[test]
        fn every_text_reads_back(text in "\\PC{1,120}") {
            let code = QrCode::of(&text).unwrap();
            prop_assert_eq!(read(&drawn(code.size(), &code.path())), text);
        }
    }
}
