//! A document of `static/`, with what differs between its pages filled in.

const STYLES: &str = "<link rel=\"stylesheet\" href=\"/styles/";

/// The parts that pages fill in, in the order in which they stand.
const SLOTS: [(Slot, &str, &str); 4] = [
    (Slot::Title, "<title>", "</title>"),
    (Slot::Description, "<meta name=\"description\" content=\"", "\">"),
    (Slot::Head, "", "</head>"),
    (Slot::WithoutScripts, "<noscript>", "</noscript>"),
];

#[derive(Debug, Clone, Copy)]
enum Slot {
    Title,
    Description,
    Head,
    WithoutScripts,
}

/// Where a document's files are, once they are packed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Packed<'a> {
    /// The address of their folder.
    pub(crate) assets: &'a str,
    /// The path of its module, below `static/`.
    pub(crate) entry: &'a str,
    /// The name of its script.
    pub(crate) script: &'a str,
    /// The name of its style sheet.
    pub(crate) sheet: &'a str,
}

/// The document of many pages, or of one. A document that lacks a part that pages fill in goes without it.
#[derive(Debug, Clone)]
pub struct Document {
    /// The text before each part, the part, and its own words.
    slots: Vec<(String, Slot, String)>,
    rest: String,
}

/// The words of one page, in place of the document's own.
#[derive(Debug, Clone, Default)]
pub struct Filling {
    /// The title, as text.
    pub title: Option<String>,
    /// The description, as text.
    pub description: Option<String>,
    /// More of the head, as HTML.
    pub head: Option<String>,
    /// The text for readers without scripts, as HTML.
    pub without_scripts: Option<String>,
}

impl Document {
    /// Finds the parts in the text of a document. With packed files, the addresses of scripts lead to them, and so does
    /// the one style sheet in place of all.
    pub(crate) fn parse(text: &str, files: Option<Packed<'_>>) -> Self {
        let text = match files {
            Some(files) => packed(text, files),
            None => text.to_owned(),
        };
        let mut rest = text.as_str();
        let mut slots = Vec::new();
        for (slot, begin, end) in SLOTS {
            let Some(((before, own), after)) = parted(rest, slot, begin, end) else { continue };
            slots.push((before.to_owned(), slot, own.to_owned()));
            rest = after;
        }
        Self { slots, rest: rest.to_owned() }
    }

    /// The document of one page.
    pub fn filled(&self, filling: &Filling) -> String {
        let mut html = String::new();
        for (before, slot, own) in &self.slots {
            html.push_str(before);
            let filled = match slot {
                Slot::Title => filling.title.as_deref().map(escaped),
                Slot::Description => filling.description.as_deref().map(escaped),
                Slot::Head => filling.head.clone(),
                Slot::WithoutScripts => filling.without_scripts.clone(),
            };
            html.push_str(filled.as_ref().unwrap_or(own));
        }
        html.push_str(&self.rest);
        html
    }
}

/// The text up to a part, the part, and the text from its end on.
fn parted<'a>(text: &'a str, slot: Slot, begin: &str, end: &str) -> Option<((&'a str, &'a str), &'a str)> {
    let from = match slot {
        Slot::Head => text.find(end)?,
        _ => text.find(begin)? + begin.len(),
    };
    let (before, rest) = text.split_at(from);
    Some(((before, rest.get(..rest.find(end)?)?), rest.get(rest.find(end)?..)?))
}

fn packed(text: &str, files: Packed<'_>) -> String {
    let Packed { assets, entry, script, sheet } = files;
    let mut lines = Vec::new();
    let mut is_styled = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with("<!--") && line.ends_with("-->") {
            continue;
        }
        if line.starts_with(STYLES) {
            if !is_styled {
                lines.push(format!("<link rel=\"stylesheet\" href=\"{assets}/{sheet}\">"));
            }
            is_styled = true;
        } else {
            let line = line.replace(&format!("\"/{entry}\""), &format!("\"{assets}/{script}\""));
            lines.push(line.replace("\"/scripts/app/theme-first.js\"", &format!("\"{assets}/theme-first.js\"")));
        }
    }
    lines.join("\n")
}

/// The paths of the style sheets that a document names, in order, below `static/`.
pub(crate) fn styles(text: &str) -> Vec<String> {
    let lines = text.lines().filter_map(|line| line.trim().strip_prefix(STYLES));
    lines.filter_map(|rest| rest.split_once('"').map(|(name, _)| format!("styles/{name}"))).collect()
}

/// The text as HTML shows it, in an element or in an attribute between quotes.
pub fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
    html
}

#[cfg(test)]
#[path = "document/tests.rs"]
mod tests;
