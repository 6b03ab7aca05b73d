//! Documents, read back by a reader of its own kind: lopdf knows nothing of krilla.

use std::path::PathBuf;
use std::{env, fs, process};

use lopdf::content::{Content, Operation};
use lopdf::{Document, Object, ObjectId};
use proptest::prelude::*;
use rqrr::PreparedImage;

use crate::texts::MISSING;
use crate::{Printer, Ticket, Unprintable};

const TICKET: Ticket<'static> = Ticket {
    title: "Midnight Jazz at the Harbour",
    organizer: "Harbour Concerts e. V.",
    time: "Friday, 27 November 2026, 19:30 to 22:00 (Europe/Berlin)",
    location: "Great Hall, Landungsbrücken 3, 20359 Hamburg",
    ticket_type: "General admission",
    holder: "Zoë Hartmann",
    booked_by: "",
    number: 2,
    of: 3,
    code: "7K2M-QX0A-94TD-HB5C",
    scanned: "7K2MQX0A94TDHB5C.V3K",
};

/// The page's size and the square of the code with its border, in points from the upper left corner.
const PAGE: [f32; 2] = [419.53, 595.28];
const QR: [f32; 4] = [6.4, 310.0, 206.4, 510.0];

fn read(tickets: &[Ticket<'_>]) -> Document {
    Document::load_mem(&Printer::new().pdf(tickets).unwrap()).unwrap()
}

fn page(document: &Document, number: u32) -> ObjectId {
    document.get_pages()[&number]
}

fn operations(document: &Document, number: u32) -> Vec<Operation> {
    Content::decode(&document.get_page_content(page(document, number))).unwrap().operations
}

fn numbers(operation: &Operation) -> Vec<f32> {
    operation.operands.iter().map(|operand| operand.as_float().unwrap()).collect()
}

/// The texts of a page, as they are drawn from the left to the right, with one space for each space or line break.
fn text(document: &Document, number: u32) -> String {
    let text = document.extract_text(&[number]).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn text_of(ticket: Ticket<'_>) -> String {
    text(&read(&[ticket]), 1)
}

fn without_spaces(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The rectangles that limit the drawing of texts, from the upper left corner.
fn clips(operations: &[Operation]) -> Vec<[f32; 4]> {
    let mut corners: Vec<[f32; 2]> = Vec::new();
    let mut clips = Vec::new();
    for operation in operations {
        match operation.operator.as_str() {
            "m" => corners = vec![numbers(operation).try_into().unwrap()],
            "l" => corners.push(numbers(operation).try_into().unwrap()),
            "W" => {
                let (left, right) = (corners[0][0], corners[1][0]);
                clips.push([left, PAGE[1] - corners[0][1], right, PAGE[1] - corners[2][1]]);
            }
            _ => {}
        }
    }
    clips
}

/// Asserts that every text is clipped, and that no clip reaches the code or leaves the page.
fn assert_texts_keep_to_their_places(operations: &[Operation]) {
    let mut clipped = Vec::new();
    for operation in operations {
        match operation.operator.as_str() {
            "q" => clipped.push(false),
            "Q" => assert!(clipped.pop().is_some()),
            "W" => *clipped.last_mut().unwrap() = true,
            "BT" => assert!(clipped.contains(&true), "a text without a limit"),
            _ => {}
        }
    }
    for [left, top, right, bottom] in clips(operations) {
        assert!(0.0 <= left && left < right && right <= PAGE[0], "{left} to {right}");
        assert!(0.0 <= top && top < bottom && bottom <= PAGE[1], "{top} to {bottom}");
        let beside = right <= QR[0] || QR[2] - 27.0 <= left || bottom <= QR[1] || QR[3] - 27.0 <= top;
        assert!(beside, "a text at {left} {top} {right} {bottom} touches the code");
    }
}

/// The text of the QR code that a page draws: the one shape of more than one rectangle.
fn scanned(operations: &[Operation]) -> String {
    let mut shape: Vec<Vec<[f32; 2]>> = Vec::new();
    let mut shapes = Vec::new();
    for operation in operations {
        match operation.operator.as_str() {
            "m" => shape.push(vec![numbers(operation).try_into().unwrap()]),
            "l" => shape.last_mut().unwrap().push(numbers(operation).try_into().unwrap()),
            "f" => shapes.push(std::mem::take(&mut shape)),
            "n" => shape.clear(),
            _ => {}
        }
    }
    let [line, code] = &shapes[..] else { panic!("{} shapes", shapes.len()) };
    assert_eq!(line.len(), 1);
    let is_dark = |x: f32, y: f32| {
        let mut rectangles = code.iter().map(|corners| (corners[0], corners[2]));
        rectangles.any(|([left, top], [right, bottom])| (left..right).contains(&x) && (top..bottom).contains(&y))
    };
    // 29 modules of 3 pixels.
    let side = 29 * 3;
    let point = |pixel: usize| (f32::from(u16::try_from(pixel).unwrap()) + 0.5) * (QR[2] - QR[0]) / 87.0;
    let shade = |x: usize, y: usize| if is_dark(QR[0] + point(x), QR[1] + point(y)) { 0 } else { 255 };
    let mut picture = PreparedImage::prepare_from_greyscale(side, side, shade);
    let grids = picture.detect_grids();
    assert_eq!(grids.len(), 1, "codes on the page");
    grids[0].decode().unwrap().1
}

/// The shapes of letters that are drawn, as the numbers that the document gives them within a font.
fn glyphs<'a>(operations: impl IntoIterator<Item = &'a Operation>) -> Vec<u16> {
    let shown = operations.into_iter().filter(|operation| matches!(operation.operator.as_str(), "Tj" | "TJ"));
    let parts = shown.flat_map(|operation| match &operation.operands[0] {
        Object::Array(parts) => parts.clone(),
        other => vec![other.clone()],
    });
    let bytes: Vec<u8> = parts.filter_map(|part| Some(part.as_str().ok()?.to_vec())).flatten().collect();
    bytes.chunks(2).map(|pair| u16::from_be_bytes(pair.try_into().unwrap())).collect()
}

/// Whether a page draws the shape that a font has for letters that it does not know.
fn has_unknown_letters(operations: &[Operation]) -> bool {
    glyphs(operations).contains(&0)
}

#[test]
fn each_ticket_has_a_page_of_a5_with_its_own_code() {
    let other = Ticket { number: 3, scanned: "0123456789ABCDEF.XYZ", ..TICKET };
    let document = read(&[TICKET, other]);
    assert_eq!(document.get_pages().len(), 2);
    for (number, ticket) in [(1, TICKET), (2, other)] {
        let size = document.get_object(page(&document, number)).unwrap().as_dict().unwrap().get(b"MediaBox").unwrap();
        let size: Vec<f32> = size.as_array().unwrap().iter().map(|side| side.as_float().unwrap()).collect();
        assert_eq!(size, [0.0, 0.0, PAGE[0], PAGE[1]]);
        let operations = operations(&document, number);
        assert_eq!(scanned(&operations), ticket.scanned);
        assert_texts_keep_to_their_places(&operations);
        assert!(text(&document, number).contains(&format!("Ticket {} of 3", ticket.number)));
    }
}

#[test]
fn every_text_of_a_ticket_is_found_by_another_reader() {
    let found = text_of(TICKET);
    let texts = [
        TICKET.title,
        TICKET.organizer,
        TICKET.time,
        TICKET.location,
        TICKET.ticket_type,
        TICKET.holder,
        "Ticket 2 of 3",
        TICKET.code,
    ];
    for text in texts {
        assert!(found.contains(text), "{text} is not in {found}");
    }
    assert!(!found.contains(MISSING), "{found}");
}

#[test]
fn a_ticket_of_somebody_else_names_its_buyer_as_well() {
    let found = text_of(Ticket { holder: "Ada Lovelace", booked_by: "Zoë Hartmann", ..TICKET });
    assert!(found.contains("Ada Lovelace") && found.contains("Booked by Zoë Hartmann"), "{found}");
    assert!(!text_of(TICKET).contains("Booked by"));
}

#[test]
fn the_same_tickets_make_the_same_bytes() {
    let tickets = [TICKET, Ticket { title: "Ωδή in ירושלים 🎉 東京", number: 3, ..TICKET }];
    let printer = Printer::new();
    let first = printer.pdf(&tickets).unwrap();
    assert!(first == printer.pdf(&tickets).unwrap() && first == Printer::new().pdf(&tickets).unwrap());
    assert!(first != printer.pdf(&tickets[..1]).unwrap());
}

#[test]
fn letters_of_many_scripts_are_drawn() {
    let texts = [
        "Đặng Thị Ngọc Ánh, Łódź, Şişli, Reykjavík, Ōtautahi",
        "Βραδιά μουσικής",
        "Вечер музыки, Ґанок",
        "Երևան",
        "თბილისი",
        "🎉 🎶 ❤",
    ];
    for title in texts {
        let document = read(&[Ticket { title, ..TICKET }]);
        assert!(text(&document, 1).contains(title), "{title}: {}", text(&document, 1));
        assert!(!has_unknown_letters(&operations(&document, 1)), "{title}");
    }
}

#[test]
fn right_to_left_letters_are_drawn_from_the_right() {
    let reversed = |text: &str| text.chars().rev().collect::<String>();
    let (hebrew, english) = ("נעמה כהן", "with Nora 2026");
    // From the left to the right, as they are drawn.
    for (title, drawn) in [
        (hebrew.to_owned(), reversed(hebrew)),
        (format!("{english} {hebrew} {english}"), format!("{english} {} {english}", reversed(hebrew))),
        (format!("{hebrew} {english}"), format!("{english} {}", reversed(hebrew))),
        ("שלום 123 (א)".to_owned(), "(א) 123 םולש".to_owned()),
    ] {
        // Small, so that it is in one line.
        let found = without_spaces(&text_of(Ticket { ticket_type: "", title: "", location: &title, ..TICKET }));
        assert!(found.contains(&without_spaces(&drawn)), "{title}: {drawn} is not in {found}");
    }
}

#[test]
fn arabic_letters_are_joined() {
    // The same letter at the start, within and at the end of a word has three shapes.
    let title = |title: &str| {
        let operations = operations(&read(&[Ticket { title, organizer: "", ..TICKET }]), 1);
        let limits = operations.iter().enumerate().filter(|(_, operation)| operation.operator == "W");
        let places: Vec<usize> = limits.map(|(place, _)| place).collect();
        glyphs(&operations[places[0]..places[1]])
    };
    let [a, space, b, other, c] = title("ب ب ب")[..] else { panic!("{:?}", title("ب ب ب")) };
    assert!(a == b && b == c && space == other && space != a);
    let [a, b, c] = title("ببب")[..] else { panic!("{:?}", title("ببب")) };
    assert!(a != b && b != c && c != a);
}

#[test]
fn the_longest_texts_are_complete_and_leave_the_code_alone() {
    let long = "An evening of readings and music about the sea, the city and its boats, in five parts, ".repeat(4);
    let (word, wide) = ("Donaudampfschifffahrtsgesellschaft".repeat(10), "W".repeat(300));
    for text in [&long, &word, &wide, &"Ж".repeat(300), &"שלום ".repeat(60)] {
        let start = |characters: usize| text.chars().take(characters).collect::<String>();
        let (title, location, name) = (start(200), start(if *text == wide { 200 } else { 300 }), start(80));
        let ticket = Ticket { title: &title, location: &location, ticket_type: &name, holder: &name, ..TICKET };
        let document = read(&[ticket]);
        let operations = operations(&document, 1);
        assert_texts_keep_to_their_places(&operations);
        assert_eq!(scanned(&operations), TICKET.scanned);
        let found = text_of(ticket);
        assert!(!found.contains('…'), "cut: {found}");
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
        let expected: usize = [
            ticket.title,
            ticket.organizer,
            ticket.time,
            ticket.location,
            ticket.ticket_type,
            ticket.holder,
            ticket.code,
            "Ticket 2 of 3",
        ]
        .iter()
        .map(|text| letters(text))
        .sum();
        assert_eq!(letters(&found), expected, "{found}");
    }
}

#[test]
fn a_word_that_is_wider_than_its_place_is_broken() {
    let (word, name) = ("W".repeat(200), "W".repeat(80));
    let ticket = Ticket { title: &word, location: &word, holder: &name, ..TICKET };
    let operations = operations(&read(&[ticket]), 1);
    let lines = operations.split(|operation| operation.operator == "BT").map(glyphs);
    // A capital W is nearly as wide as the font is large: 8 points at least, of 352.
    let longest = lines.map(|line| line.len()).max();
    assert!(longest < Some(60), "{longest:?} letters in a line");
}

#[test]
fn a_text_that_no_place_can_hold_is_cut_off_with_a_sign() {
    let title = "one two three ".repeat(1_000);
    let document = read(&[Ticket { title: &title, ..TICKET }]);
    assert_texts_keep_to_their_places(&operations(&document, 1));
    let found = text(&document, 1);
    let (shown, rest) = found.split_once('…').unwrap();
    let (organizer, shown) = shown.split_once(" one ").unwrap();
    assert_eq!(organizer, TICKET.organizer);
    assert!(shown.len() > 200 && title.contains(shown), "{shown}");
    assert!(rest.trim().starts_with(TICKET.time), "{rest}");
}

#[test]
fn letters_that_no_font_has_are_named_as_missing_on_their_page_only() {
    let document = read(&[Ticket { title: "Jazz 東京 大阪 (王) 2026", ..TICKET }, TICKET]);
    let found = text(&document, 1);
    // Once for neighbours, so that nobody counts letters.
    assert!(found.contains("Jazz […] ([…]) 2026"), "{found}");
    assert!(found.contains("[…] stands for letters that could not be printed."), "{found}");
    assert!(!has_unknown_letters(&operations(&document, 1)));
    assert!(!text(&document, 2).contains(MISSING));
}

#[test]
fn marks_that_pile_up_stay_in_their_line() {
    let piled = format!("a{}b", "\u{301}".repeat(150));
    let ticket = Ticket { title: &piled, location: &piled, holder: &piled, code: &piled, ..TICKET };
    let document = read(&[ticket]);
    assert_texts_keep_to_their_places(&operations(&document, 1));
    assert_eq!(scanned(&operations(&document, 1)), TICKET.scanned);
}

#[test]
fn nothing_that_is_typed_becomes_a_part_of_the_document() {
    let typed = r"(BT) Tj ET \) >> << /JS (app.alert(1)) /AA /OpenAction %%EOF endobj <b>&amp;</b> ]]>";
    let ticket = Ticket { title: typed, location: typed, holder: typed, ..TICKET };
    let document = read(&[ticket]);
    let found = without_spaces(&text(&document, 1));
    assert_eq!(found.matches(&without_spaces(typed)).count(), 3, "{found}");
    let keys = |document: &Document| {
        let mut keys: Vec<Vec<u8>> = Vec::new();
        for object in document.objects.values() {
            let dictionary = match object {
                Object::Dictionary(dictionary) => dictionary,
                Object::Stream(stream) => &stream.dict,
                _ => continue,
            };
            keys.extend(dictionary.iter().map(|(key, _)| key.clone()));
        }
        keys.sort();
        keys.dedup();
        keys
    };
    assert_eq!(keys(&document), keys(&read(&[TICKET])));
    assert_eq!(document.objects.len(), read(&[TICKET]).objects.len());

    let title = "Tom & <Jerry> \u{0}\u{7}\r\n(live)";
    let document = read(&[Ticket { title, ..TICKET }]);
    let metadata = document.objects.values().find_map(|object| {
        let stream = object.as_stream().ok()?;
        (stream.dict.get(b"Type").ok()?.as_name().ok()? == b"Metadata").then(|| stream.get_plain_content().unwrap())
    });
    let metadata = String::from_utf8(metadata.unwrap()).unwrap();
    assert!(metadata.contains("Tom &amp; &lt;Jerry"), "{metadata}");
    assert!(!metadata.contains(['\u{0}', '\u{7}']) && text(&document, 1).contains("Tom & <Jerry> (live)"));
}

#[test]
fn empty_texts_take_no_room() {
    let empty =
        Ticket { organizer: "", title: " ", time: "", location: "\u{200b}", ticket_type: "", holder: "", ..TICKET };
    let document = read(&[empty]);
    let tops: Vec<f32> = clips(&operations(&document, 1)).iter().map(|clip| clip[1].round()).collect();
    // The number beside the code, and the code below it.
    assert_eq!(tops.len(), 2, "{tops:?}");
    assert_eq!(text(&document, 1), format!("Ticket 2 of 3 {}", TICKET.code));
}

#[test]
fn no_document_is_made_of_nothing_or_of_a_code_that_is_too_long() {
    assert!(matches!(Printer::new().pdf(&[]), Err(Unprintable::NoTickets)));
    let refused = Printer::new().pdf(&[TICKET, Ticket { scanned: &"a".repeat(2_332), ..TICKET }]);
    assert!(matches!(refused, Err(Unprintable::TooLong)));
}

#[test]
fn one_printer_serves_many_threads() {
    let printer = Printer::new();
    let expected = printer.pdf(&[TICKET]).unwrap();
    std::thread::scope(|scope| {
        let made: Vec<_> = (0..4).map(|_| scope.spawn(|| printer.pdf(&[TICKET]).unwrap())).collect();
        assert!(made.into_iter().all(|thread| thread.join().unwrap() == expected));
    });
}

/// A folder that is removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = env::temp_dir().join(format!("onsale-printing-{}-{name}", process::id()));
        fs::create_dir_all(folder.join("truetype/nested")).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn letters_that_only_a_font_of_a_folder_has_are_drawn_with_it() {
    let folder = Folder::new("good");
    fs::write(folder.0.join("truetype/nested/Icons.TTF"), epaint_default_fonts::EMOJI_ICON).unwrap();
    fs::write(folder.0.join("broken.ttf"), b"\0\x01\0\0\0\xff no font").unwrap();
    fs::write(folder.0.join("empty.otf"), b"").unwrap();
    let ticket = Ticket { title: "Tickets 🎟 here", ..TICKET };
    assert!(text_of(ticket).contains("Tickets […] here"));
    let printer = Printer::with_folders(&[folder.0.join("absent"), folder.0.clone()]);
    let document = Document::load_mem(&printer.pdf(&[ticket]).unwrap()).unwrap();
    assert!(text(&document, 1).contains("Tickets 🎟 here"), "{}", text(&document, 1));
    assert!(!has_unknown_letters(&operations(&document, 1)));
    // The letters of the built-in fonts stay as they are.
    assert!(printer.pdf(&[TICKET]).unwrap() == Printer::new().pdf(&[TICKET]).unwrap());
}

#[test]
fn a_font_without_shapes_is_not_used() {
    let folder = Folder::new("shapeless");
    let mut font = epaint_default_fonts::EMOJI_ICON.to_vec();
    let table = font.windows(4).position(|tag| tag == b"glyf").unwrap();
    font[table..table + 4].copy_from_slice(b"xxxx");
    fs::write(folder.0.join("icons.ttf"), font).unwrap();
    let printer = Printer::with_folders(&[&folder.0]);
    let document = Document::load_mem(&printer.pdf(&[Ticket { title: "🎟", ..TICKET }]).unwrap()).unwrap();
    assert!(text(&document, 1).contains(MISSING));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Also texts that no form lets pass: the printer does not rely on forms.
    #[test]
    fn any_texts_make_a_page_with_a_readable_code(
        title in any::<String>(), location in "\\PC{0,300}", holder in ".{0,100}", booked_by in ".{0,130}",
        ticket_type in "[\u{5d0}-\u{5ea}\u{600}-\u{6ff}a-z \u{200e}\u{202e}\u{300}-\u{36f}]{0,80}",
    ) {
        let ticket =
            Ticket { title: &title, location: &location, holder: &holder, ticket_type: &ticket_type, ..TICKET };
        let ticket = Ticket { booked_by: &booked_by, ..ticket };
        let document = read(&[ticket]);
        prop_assert_eq!(document.get_pages().len(), 1);
        let operations = operations(&document, 1);
        assert_texts_keep_to_their_places(&operations);
        prop_assert!(!has_unknown_letters(&operations));
        prop_assert_eq!(scanned(&operations), TICKET.scanned);
    }
}
