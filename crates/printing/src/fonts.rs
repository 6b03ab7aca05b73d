//! Fonts: those that are part of the program, and those of folders for the scripts that they lack.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parley::FontContext;
use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, GenericFamily, SourceCache};
use parley::style::{FontFamily, FontFamilyName};
use read_fonts::{FontRef, TableProvider as _, TopLevelTable as _};

/// The names under which the built-in fonts are asked for. No font of a folder has them, so that none takes their
/// place.
const TEXT: &str = "onsale:text";
const EMOJI: &str = "onsale:emoji";

/// How deep folders are searched. Distributions nest theirs three deep.
const FOLDER_DEPTH_MAX: usize = 6;

/// The most families that are taken from folders, so that a letter that no font has is not searched for without end.
/// All of Noto has about 250.
const FAMILIES_MAX: usize = 500;

/// Fonts, in the order in which each letter is searched for.
#[derive(Clone)]
pub(crate) struct Fonts {
    pub(crate) context: FontContext,
    families: Vec<String>,
}

impl Fonts {
    /// DejaVu Sans for text, and Noto Emoji, in black and white, for pictures that it lacks.
    pub(crate) fn built_in() -> Self {
        let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
        let faces: [(&str, &'static [u8]); 3] = [
            (TEXT, dejavu::sans::regular()),
            (TEXT, dejavu::sans::bold()),
            (EMOJI, epaint_default_fonts::NOTO_EMOJI_REGULAR),
        ];
        for (family, face) in faces {
            let name = FontInfoOverride { family_name: Some(family), ..FontInfoOverride::default() };
            collection.register_fonts(Blob::new(Arc::new(face)), Some(name));
        }
        let emoji: Vec<_> = collection.family_id(EMOJI).into_iter().collect();
        collection.set_generic_families(GenericFamily::Emoji, emoji.into_iter());
        // Files that one ticket needed stay mapped for the next.
        let context = FontContext { collection, source_cache: SourceCache::new_shared() };
        Self { context, families: vec![TEXT.to_owned(), EMOJI.to_owned()] }
    }

    /// Adds the fonts of these folders in the order of their families' names: first those that look like the built-in
    /// ones. Folders that do not exist, and files that are no fonts, add nothing.
    pub(crate) fn add_folders(&mut self, folders: &[impl AsRef<Path>]) {
        let Self { context: FontContext { collection, source_cache }, families } = self;
        let mut files = BTreeSet::new();
        for folder in folders {
            font_files(folder.as_ref(), FOLDER_DEPTH_MAX, &mut files);
        }
        // One by one: the order of a folder's entries is another on each machine, and the fonts would be as well.
        for file in files {
            collection.load_fonts_from_paths([file]);
        }
        let mut names: Vec<String> =
            collection.family_names().filter(|name| ![TEXT, EMOJI].contains(name)).map(str::to_owned).collect();
        names.sort_by_cached_key(|name| (!name.contains("Sans") || name.contains("Mono"), name.clone()));
        names.dedup();
        for name in names.into_iter().take(FAMILIES_MAX) {
            let Some(family) = collection.family_by_name(&name) else { continue };
            let drawable = family.fonts().iter().all(|font| {
                font.load(Some(&mut *source_cache)).is_some_and(|file| has_outlines(file.as_ref(), font.index()))
            });
            if drawable {
                families.push(name);
            }
        }
    }

    /// The families, in the order in which a letter is searched for.
    pub(crate) fn stack(&self) -> FontFamily<'_> {
        FontFamily::List(self.families.iter().map(|name| FontFamilyName::named(name)).collect::<Vec<_>>().into())
    }
}

/// Collects the files of fonts below a folder. Links are followed, as far as the depth allows.
fn font_files(folder: &Path, depth: usize, files: &mut BTreeSet<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let extension = path.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase);
        if path.is_dir() {
            if depth > 1 {
                font_files(&path, depth - 1, files);
            }
        } else if matches!(extension.as_deref(), Some("ttf" | "otf" | "ttc" | "otc")) {
            files.insert(path);
        }
    }
}

/// Whether a font has shapes of its letters. Fonts of bitmaps, such as coloured emoji, have none: their letters would
/// be invisible.
fn has_outlines(file: &[u8], index: u32) -> bool {
    let Ok(font) = FontRef::from_index(file, index) else { return false };
    [read_fonts::tables::glyf::Glyf::TAG, read_fonts::tables::cff::Cff::TAG, read_fonts::tables::cff2::Cff2::TAG]
        .into_iter()
        .any(|table| font.data_for_tag(table).is_some())
}
