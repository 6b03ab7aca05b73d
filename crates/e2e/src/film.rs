//! A film of a code, which Chromium shows as the picture of its camera.

use std::io::Write;
use std::path::{Path, PathBuf};

use fast_qr::QRBuilder;

const WIDTH: usize = 640;
const HEIGHT: usize = 480;

/// The pixels of a code's module, each way.
const SCALE: usize = 8;

/// The light modules around a code, as its standard wants them.
const MARGIN: usize = 4;

const WALL: u8 = 200;
const PAPER: u8 = 235;
const INK: u8 = 30;

/// Any colour difference of a picture without colours.
const GREY: u8 = 128;

/// Films the QR code of a text, as YUV4MPEG2 in `folder`, and gives the file. Chromium plays it again and again.
pub(crate) fn film(folder: &Path, text: &str) -> PathBuf {
    let code = QRBuilder::new(text).build().unwrap();
    let mut light = vec![WALL; WIDTH * HEIGHT];
    let side = code.size + 2 * MARGIN;
    let (left, top) = ((WIDTH - side * SCALE) / 2, (HEIGHT - side * SCALE) / 2);
    for y in 0..side * SCALE {
        for x in 0..side * SCALE {
            let module = |at: usize| (at / SCALE).checked_sub(MARGIN).filter(|at| *at < code.size);
            let is_dark = module(y).zip(module(x)).is_some_and(|(row, column)| code[row][column].value());
            light[(top + y) * WIDTH + left + x] = if is_dark { INK } else { PAPER };
        }
    }
    let path = folder.join(format!("{text}.y4m"));
    let mut file = std::fs::File::create(&path).unwrap();
    writeln!(file, "YUV4MPEG2 W{WIDTH} H{HEIGHT} F15:1 Ip A1:1 C420jpeg").unwrap();
    for _ in 0..2 {
        writeln!(file, "FRAME").unwrap();
        file.write_all(&light).unwrap();
        file.write_all(&[GREY; WIDTH * HEIGHT / 2]).unwrap();
    }
    path
}
