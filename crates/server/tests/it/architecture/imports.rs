//! What the files of a folder import from each other, read from their text.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Each file, by its path below the folder, with the files that it imports.
pub(crate) type Imports = BTreeMap<String, BTreeSet<String>>;

/// The text of each file, by its path below the folder.
pub(crate) type Sources = BTreeMap<String, String>;

/// All files below `folder` whose names end in `extension`.
pub(crate) fn sources(folder: &Path, extension: &str) -> Sources {
    let mut sources = Sources::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                sources.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    sources
}

/// The imports of ES modules: every relative address of a script in quotation marks, in code and in JSDoc's `@import`.
pub(crate) fn of_scripts(sources: &Sources) -> Imports {
    let mut imports = Imports::new();
    for (name, text) in sources {
        let found = imports.entry(name.clone()).or_default();
        let addresses = ['\'', '"'].into_iter().flat_map(|mark| text.split(mark));
        for address in addresses.filter(|address| address.starts_with('.') && address.ends_with(".js")) {
            let target = beside(name, address);
            // Libraries of others stand beside the scripts, in no room.
            if target.starts_with("vendor/") {
                continue;
            }
            assert!(sources.contains_key(&target), "{name} imports {address}, which does not exist");
            found.insert(target);
        }
    }
    imports
}

/// `relative`, as seen from the folder of `file`.
fn beside(file: &str, relative: &str) -> String {
    let mut segments: Vec<&str> = file.split('/').collect();
    segments.pop();
    for segment in relative.split('/') {
        match segment {
            "." => {}
            ".." => {
                segments.pop();
            }
            name => segments.push(name),
        }
    }
    segments.join("/")
}

/// The imports of a crate's modules: every path into the crate, in `use` and elsewhere. Tests do not count.
pub(crate) fn of_modules(sources: &Sources) -> Imports {
    let files: BTreeMap<Vec<String>, &String> = sources.keys().map(|name| (module(name), name)).collect();
    let parsed: BTreeMap<&String, File> = sources.iter().map(|(name, text)| (name, File::parse(name, text))).collect();
    let tests: Vec<&Vec<String>> = parsed.values().flat_map(|file| &file.tests).collect();
    let is_test = |module: &[String]| tests.iter().any(|test| module.starts_with(test));
    let mut imports = Imports::new();
    for (name, file) in parsed.iter().filter(|(_, file)| !is_test(&file.module)) {
        let found = imports.entry((*name).clone()).or_default();
        for path in &file.paths {
            let target = (0..=path.len()).rev().find_map(|length| files.get(&path[..length]));
            found.extend(
                target.filter(|target| *target != name && !is_test(&module(target))).map(|target| (*target).clone()),
            );
        }
    }
    imports
}

/// `http/problems.rs` and `http/problems/mod.rs` are the module `http::problems`; `lib.rs` is the root.
fn module(file: &str) -> Vec<String> {
    let mut segments: Vec<String> = file.strip_suffix(".rs").unwrap().split('/').map(str::to_owned).collect();
    if segments.last().is_some_and(|last| last == "mod") || segments == ["lib"] {
        segments.pop();
    }
    segments
}

/// What one file says.
#[derive(Default)]
struct File {
    module: Vec<String>,
    /// The modules that it declares.
    children: BTreeSet<String>,
    /// The modules of tests that it declares, as seen from the root.
    tests: Vec<Vec<String>>,
    /// The paths that lead into this crate, as seen from the root.
    paths: BTreeSet<Vec<String>>,
}

impl File {
    fn parse(name: &str, text: &str) -> Self {
        let tokens = trees(text.parse().unwrap());
        let declared = tokens.windows(3).filter_map(|three| match three {
            [TokenTree::Ident(keyword), TokenTree::Ident(name), TokenTree::Punct(end)]
                if keyword == "mod" && end.as_char() == ';' =>
            {
                Some(name.to_string())
            }
            _ => None,
        });
        let mut file = Self { module: module(name), children: declared.collect(), ..Self::default() };
        let here = file.module.clone();
        file.read(&tokens, &here);
        file
    }

    /// Reads the tokens of the module `here`: the file's own, or one inside it.
    fn read(&mut self, tokens: &[TokenTree], here: &[String]) {
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let rest = &tokens[at..];
            at += match token {
                TokenTree::Punct(_) if is_for_tests(rest) => {
                    let item = &rest[2..];
                    self.tests.extend(declared_module(item).map(|name| [here, &[name]].concat()));
                    2 + end_of_item(item)
                }
                TokenTree::Ident(keyword) if keyword == "mod" => {
                    if let [_, TokenTree::Ident(name), TokenTree::Group(body), ..] = rest {
                        self.read(&trees(body.stream()), &[here, &[name.to_string()]].concat());
                    }
                    3
                }
                // `pub(crate)` says who may see an item, and imports nothing.
                TokenTree::Ident(_) if is_restricted_visibility(rest) => 2,
                TokenTree::Ident(_) => self.read_path(rest, Vec::new(), here),
                TokenTree::Group(group) => {
                    self.read(&trees(group.stream()), here);
                    1
                }
                _ => 1,
            };
        }
    }

    /// Reads a path, with the group that may end it, and says how many tokens it has.
    fn read_path(&mut self, tokens: &[TokenTree], mut path: Vec<String>, here: &[String]) -> usize {
        let mut at = 0;
        while let Some(TokenTree::Ident(ident)) = tokens.get(at) {
            path.push(ident.to_string());
            at += 1;
            if !is_double_colon(&tokens[at..]) {
                break;
            }
            at += 2;
            if let Some(TokenTree::Group(group)) = tokens.get(at) {
                let branches = trees(group.stream());
                let mut next = 0;
                while let Some(branch) = branches.get(next) {
                    next += match branch {
                        TokenTree::Ident(word) if word == "as" => 2,
                        TokenTree::Ident(_) => self.read_path(&branches[next..], path.clone(), here),
                        _ => 1,
                    };
                }
                return at + 1;
            }
        }
        self.add(&path, here);
        at
    }

    /// Adds a path of the module `here`, as seen from the root, if it leads into this crate.
    fn add(&mut self, path: &[String], here: &[String]) {
        let (mut from, mut rest) = match path.first().map(String::as_str) {
            Some("crate") => (Vec::new(), &path[1..]),
            Some("self" | "super") => (here.to_vec(), path),
            Some(first) if path.len() > 1 && self.children.contains(first) => (self.module.clone(), path),
            _ => return,
        };
        while let Some(first) = rest.first().filter(|first| *first == "self" || *first == "super") {
            if first == "super" {
                from.pop();
            }
            rest = &rest[1..];
        }
        self.paths.insert([from.as_slice(), rest].concat());
    }
}

fn trees(stream: TokenStream) -> Vec<TokenTree> {
    stream.into_iter().collect()
}

/// Whether the tokens begin with `#[cfg(test)]`.
fn is_for_tests(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [TokenTree::Punct(hash), TokenTree::Group(attribute), ..]
        if hash.as_char() == '#' && attribute.to_string() == "[cfg (test)]")
}

/// Whether the tokens begin with `pub(crate)`, `pub(super)` or `pub(in path)`.
fn is_restricted_visibility(tokens: &[TokenTree]) -> bool {
    let [TokenTree::Ident(keyword), TokenTree::Group(scope), ..] = tokens else { return false };
    let first = scope.stream().into_iter().next().map(|token| token.to_string());
    keyword == "pub" && first.is_some_and(|first| matches!(first.as_str(), "crate" | "self" | "super" | "in"))
}

/// The module that the item is, if it is one.
fn declared_module(item: &[TokenTree]) -> Option<String> {
    let keyword = item.iter().take(3).position(|token| token.to_string() == "mod")?;
    item.get(keyword + 1).map(ToString::to_string)
}

/// How many tokens the item has: up to its semicolon or its braces.
fn end_of_item(tokens: &[TokenTree]) -> usize {
    let ends = |token: &TokenTree| match token {
        TokenTree::Punct(punct) => punct.as_char() == ';',
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        _ => false,
    };
    tokens.iter().position(ends).map_or(tokens.len(), |end| end + 1)
}

fn is_double_colon(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [TokenTree::Punct(first), TokenTree::Punct(second), ..]
        if first.as_char() == ':' && second.as_char() == ':')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources_of(files: &[(&str, &str)]) -> Sources {
        files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    fn targets(imports: &Imports, file: &str) -> Vec<String> {
        imports[file].iter().cloned().collect()
    }

    #[test]
    fn every_way_to_name_a_module_is_an_import() {
        let sources = sources_of(&[
            ("lib.rs", "mod a; mod b; mod c; pub use a::Thing;"),
            ("a.rs", "use crate::{b::{self, Other}, c as d}; mod inner { use super::super::b::x::Deep; }"),
            ("b.rs", "pub mod x; pub(crate) fn f() { x::g::<u8>(); let v: Vec<crate::c::C>; }"),
            ("b/x.rs", "use super::Other; /// [`crate::c`] is only told of\nconst S: &str = \"crate::a\";"),
            ("c.rs", "pub(crate) struct C { pub(in crate::b) x: u8 } macro_rules! m { () => { $crate::a::f() } }"),
        ]);
        let imports = of_modules(&sources);
        assert_eq!(targets(&imports, "lib.rs"), ["a.rs"]);
        assert_eq!(targets(&imports, "a.rs"), ["b.rs", "b/x.rs", "c.rs"]);
        assert_eq!(targets(&imports, "b.rs"), ["b/x.rs", "c.rs"]);
        assert_eq!(targets(&imports, "b/x.rs"), ["b.rs"]);
        assert_eq!(targets(&imports, "c.rs"), ["a.rs"]);
    }

    #[test]
    fn tests_import_what_they_like() {
        let sources = sources_of(&[
            ("lib.rs", "mod a; mod b;"),
            (
                "a.rs",
                "#[cfg(test)] mod tests; #[cfg(test)] use crate::b::Fake; #[cfg(test)] mod more { use crate::b::C; }",
            ),
            ("a/tests.rs", "use crate::b::Fake;"),
            ("b.rs", ""),
        ]);
        let imports = of_modules(&sources);
        assert_eq!(targets(&imports, "a.rs"), [""; 0]);
        assert!(!imports.contains_key("a/tests.rs"));
    }

    #[test]
    fn scripts_import_by_relative_paths() {
        let sources = sources_of(&[
            (
                "app/main.js",
                "import { a } from '../ui/a.js';\nconst b = () => import(\"./b.js\");\n// it isn't './c.js'",
            ),
            ("app/b.js", "import '../ui/a.js';"),
            ("app/c.js", "/** @import { A } from '../ui/a.js' */"),
            ("ui/a.js", ""),
        ]);
        let imports = of_scripts(&sources);
        assert_eq!(targets(&imports, "app/main.js"), ["app/b.js", "app/c.js", "ui/a.js"]);
        assert_eq!(targets(&imports, "app/b.js"), ["ui/a.js"]);
        assert_eq!(targets(&imports, "app/c.js"), ["ui/a.js"]);
    }
}
