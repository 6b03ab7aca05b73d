//! Tickets as pages of a PDF document.

use std::path::Path;

use krilla::color::luma;
use krilla::geom::{PathBuilder, Rect};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::{Document, SerializeSettings};
use parley::style::FontWeight;

use crate::codes::{QUIET_MODULES, QrCode};
use crate::errors::Unprintable;
use crate::fonts::Fonts;
use crate::texts::{MISSING, Place, Style, Texts, cleaned};

/// A ticket. All texts are shown as they are, in any script; line breaks in them become spaces. Empty ones take no
/// room.
#[derive(Debug, Clone, Copy)]
pub struct Ticket<'a> {
    /// The event's title.
    pub title: &'a str,
    /// The organizer's name.
    pub organizer: &'a str,
    /// When the event is, in words and in its time zone.
    pub time: &'a str,
    /// Where the event is.
    pub location: &'a str,
    /// The ticket type's name.
    pub ticket_type: &'a str,
    /// The name of the person who comes with it.
    pub holder: &'a str,
    /// The name of the person who booked, if that is somebody else.
    pub booked_by: &'a str,
    /// Which ticket of the booking it is, counted from 1.
    pub number: u16,
    /// How many tickets the booking has.
    pub of: u16,
    /// The code as people read it, in groups: `7K2M-QX0A-94TD-HB5C`.
    pub code: &'a str,
    /// The text of the QR code: `7K2MQX0A94TDHB5C.V3K`.
    pub scanned: &'a str,
}

/// Prints tickets. Making one takes some milliseconds, and more with many fonts, so a program keeps it.
#[derive(Clone)]
pub struct Printer {
    fonts: Fonts,
}

/// A page: A5 portrait, in points (1/72 inch).
const PAGE_WIDTH: f32 = 419.53;
const PAGE_HEIGHT: f32 = 595.28;
/// Printers leave an edge of up to 6 mm white. This is twice that.
const MARGIN: f32 = 34.0;
const INNER_WIDTH: f32 = PAGE_WIDTH - 2.0 * MARGIN;

/// The height above which the event's texts end, and below which the code begins.
const FOLD: f32 = 306.0;
/// The side of the QR code with its border, in points. A module of a ticket's code is 2.4 mm: cameras read it at arm's
/// length, from paper and from a phone that shows the page.
const QR_SIDE: f32 = 200.0;
const QR_TOP: f32 = FOLD + 4.0;

const ORGANIZER: Style = Style { sizes: &[10.0, 8.5], weight: FontWeight::NORMAL };
const TITLE: Style = Style { sizes: &[24.0, 20.0, 16.0, 13.0, 11.0], weight: FontWeight::BOLD };
const FACT: Style = Style { sizes: &[12.0, 10.5, 9.0, 8.0], weight: FontWeight::NORMAL };
const STRONG: Style = Style { sizes: &[13.0, 11.0, 9.5, 8.0], weight: FontWeight::BOLD };
const CODE: Style = Style { sizes: &[18.0, 14.0, 10.0], weight: FontWeight::BOLD };
const NOTE: Style = Style { sizes: &[7.5], weight: FontWeight::NORMAL };

const BLACK: u8 = 0;
/// Grey that is dark enough to be read on white paper: a contrast of 7 to 1.
const GREY: u8 = 89;
const PALE: u8 = 200;

impl Printer {
    /// A printer with the fonts that are part of the program. They have the Latin, Greek, Cyrillic, Armenian, Georgian,
    /// Hebrew, Arabic, Lao, Tifinagh, N'Ko and Canadian letters, mathematical and other signs, and most emoji until
    /// 2015.
    pub fn new() -> Self {
        Self { fonts: Fonts::built_in() }
    }

    /// A printer that also searches the fonts of these folders, such as `/usr/share/fonts`, for letters that the others
    /// lack: Chinese, Japanese and Korean, Indian scripts, Thai. Folders that do not exist add nothing. Every file is
    /// opened, and those that a ticket needs stay mapped into memory: nobody else may write to them.
    pub fn with_folders(folders: &[impl AsRef<Path>]) -> Self {
        let mut fonts = Fonts::built_in();
        fonts.add_folders(folders);
        Self { fonts }
    }

    /// A PDF document with one page of A5 for each ticket, in their order. The same tickets and fonts make the same
    /// bytes.
    ///
    /// Texts break into lines, and become smaller if they are long. Ends of texts that are still too long are cut off
    /// with an ellipsis; a title of 200 characters and a location of 300 are not. Letters that no font has are shown as
    /// `[…]`, and a note on the page says so.
    ///
    /// It takes a few milliseconds for each page, so it is nothing for a thread that serves requests.
    ///
    /// # Errors
    ///
    /// [`Unprintable::NoTickets`] without a ticket, [`Unprintable::TooLong`] if no QR code holds [`Ticket::scanned`],
    /// and [`Unprintable::Unwritable`] if a font of a folder cannot be embedded.
    pub fn pdf(&self, tickets: &[Ticket<'_>]) -> Result<Vec<u8>, Unprintable> {
        let first = tickets.first().ok_or(Unprintable::NoTickets)?;
        let mut document = Document::new_with(SerializeSettings { enable_tagging: false, ..Default::default() });
        document.set_metadata(Metadata::new().title(cleaned(first.title)).creator("Onsale".to_owned()));
        let settings = PageSettings::from_wh(PAGE_WIDTH, PAGE_HEIGHT).unwrap_or_default();
        let mut texts = Texts::new(&self.fonts);
        for ticket in tickets {
            let code = QrCode::of(ticket.scanned)?;
            let mut page = document.start_page_with(settings.clone());
            let mut surface = page.surface();
            texts.is_missing_letters = false;
            draw(&mut surface, &mut texts, ticket, &code);
            surface.finish();
            page.finish();
        }
        document.finish().map_err(|error| Unprintable::Unwritable(Box::new(error)))
    }
}

impl Default for Printer {
    fn default() -> Self {
        Self::new()
    }
}

fn draw(surface: &mut Surface<'_>, texts: &mut Texts<'_>, ticket: &Ticket<'_>, code: &QrCode) {
    let mut column = Column { surface, texts, left: MARGIN, top: MARGIN, width: INNER_WIDTH };
    column.text(ticket.organizer, ORGANIZER, GREY, 26.0, 4.0);
    column.text(ticket.title, TITLE, BLACK, 112.0, 10.0);
    column.text(ticket.time, FACT, BLACK, 34.0, 4.0);
    column.text(ticket.location, FACT, BLACK, 82.0, 0.0);

    let Column { surface, texts, .. } = column;
    fill(surface, PALE);
    draw_rectangle(surface, MARGIN, FOLD, INNER_WIDTH, 0.75);
    // The border of a code is as white as the page, so the code itself is in line with the texts above.
    let module = QR_SIDE / f32::from(code.size());
    let border = module * f32::from(QUIET_MODULES);
    fill(surface, BLACK);
    draw_code(surface, code, MARGIN - border, QR_TOP, module);

    let left = MARGIN - border + QR_SIDE;
    let width = PAGE_WIDTH - MARGIN - left;
    let mut column = Column { surface, texts, left, top: QR_TOP + border, width };
    column.text(ticket.ticket_type, STRONG, BLACK, 66.0, 3.0);
    column.text(&format!("Ticket {} of {}", ticket.number, ticket.of), FACT, BLACK, 16.0, 12.0);
    let booked_by = cleaned(ticket.booked_by);
    if booked_by.is_empty() {
        column.text(ticket.holder, FACT, BLACK, 66.0, 0.0);
    } else {
        column.text(ticket.holder, FACT, BLACK, 48.0, 2.0);
        column.text(&format!("Booked by {booked_by}"), NOTE, GREY, 20.0, 0.0);
    }

    let Column { surface, texts, .. } = column;
    let mut column = Column { surface, texts, left: MARGIN, top: QR_TOP + QR_SIDE, width: INNER_WIDTH };
    column.text(ticket.code, CODE, BLACK, 24.0, 4.0);
    if column.texts.is_missing_letters {
        let note = format!("{MISSING} stands for letters that could not be printed. The ticket is valid without them.");
        column.text(&note, NOTE, GREY, 20.0, 0.0);
    }
}

/// Texts below each other.
struct Column<'a, 'page, 'fonts> {
    surface: &'a mut Surface<'page>,
    texts: &'a mut Texts<'fonts>,
    left: f32,
    top: f32,
    width: f32,
}

impl Column<'_, '_, '_> {
    /// Adds a text of a height up to `height` points, and so many points of space after it.
    fn text(&mut self, text: &str, style: Style, shade: u8, height: f32, space: f32) {
        if cleaned(text).is_empty() {
            return;
        }
        fill(self.surface, shade);
        let place = Place { left: self.left, top: self.top, width: self.width, height };
        self.top += self.texts.draw(self.surface, text, style, place) + space;
    }
}

fn fill(surface: &mut Surface<'_>, shade: u8) {
    surface.set_fill(Some(Fill {
        paint: luma::Color::new(shade).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }));
}

fn draw_rectangle(surface: &mut Surface<'_>, left: f32, top: f32, width: f32, height: f32) {
    let mut path = PathBuilder::new();
    if let Some(rectangle) = Rect::from_xywh(left, top, width, height) {
        path.push_rect(rectangle);
    }
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}

/// Draws all modules as one shape, so that no viewer that smooths edges lets the page shine through between them.
fn draw_code(surface: &mut Surface<'_>, code: &QrCode, left: f32, top: f32, module: f32) {
    let mut path = PathBuilder::new();
    for run in code.runs() {
        let (x, y) = (f32::from(run.left) * module, f32::from(run.top) * module);
        if let Some(rectangle) = Rect::from_xywh(left + x, top + y, f32::from(run.width) * module, module) {
            path.push_rect(rectangle);
        }
    }
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}
