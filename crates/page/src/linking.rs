//! The text of a chunk: each module in a function of its own, which returns its exports.
//!
//! A module is called by its place among all modules, as `$0`. No script has such a name.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions, CommentOptions};
use oxc_minifier::{MangleOptions, Minifier, MinifierOptions};
use oxc_parser::Parser;
use oxc_span::SourceType;

use crate::error::PageError;
use crate::graph::{Chunk, Graph};
use crate::modules::Module;

/// Every chunk imports this name from the first one, which exports it, with the version in place of the last word.
/// Chunks of two versions therefore never run together: the import fails, and the page loads itself anew.
pub(crate) const VERSION_MARK: &str = "$version";

/// The files of a graph: their names and texts. The first one is called `first`.
pub(crate) fn link(graph: &Graph, first: &str) -> Result<Vec<(String, String)>, PageError> {
    let numbers: BTreeMap<&str, usize> = graph.modules.keys().map(String::as_str).zip(0..).collect();
    let linked = graph.chunks.iter().enumerate().map(|(index, chunk)| {
        let text = text_of(graph, first, &numbers, index, chunk);
        Ok((file_name(graph, first, index), smaller(&chunk.entry, &text)?))
    });
    linked.collect()
}

fn file_name(graph: &Graph, first: &str, chunk: usize) -> String {
    match graph.chunks.get(chunk) {
        Some(chunk) if graph.chunks.first().is_none_or(|one| one.entry != chunk.entry) => {
            let path = chunk.entry.strip_prefix("scripts/").unwrap_or(&chunk.entry);
            path.replace('/', "-")
        }
        _ => first.to_owned(),
    }
}

fn text_of(graph: &Graph, first: &str, numbers: &BTreeMap<&str, usize>, index: usize, chunk: &Chunk) -> String {
    let mut text = String::new();
    let number = |path: &str| numbers.get(path).copied().unwrap_or_default();
    let modules = || chunk.modules.iter().filter_map(|path| graph.modules.get(path));

    let mut foreign: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for import in modules().flat_map(|module| &module.imports) {
        if let Some(of) = graph.chunk_of(&import.from).filter(|of| *of != index) {
            foreign.entry(of).or_default().push(number(&import.from));
        }
    }
    if index > 0 {
        foreign.entry(0).or_default();
    }
    for (of, mut names) in foreign {
        names.sort_unstable();
        names.dedup();
        let mut names: Vec<String> = names.into_iter().map(|name| format!("${name}")).collect();
        if of == 0 {
            names.push(VERSION_MARK.to_owned());
        }
        let _ = writeln!(text, "import {{ {} }} from \"./{}\";", names.join(", "), file_name(graph, first, of));
    }
    for module in modules() {
        let _ = writeln!(text, "const ${} = (() => {{", number(&module.path));
        for import in &module.imports {
            let of = number(&import.from);
            if !import.names.is_empty() {
                let names = import.names.iter().map(|(name, local)| format!("{name}: {local}"));
                let _ = writeln!(text, "const {{ {} }} = ${of};", names.collect::<Vec<_>>().join(", "));
            }
            for whole in &import.wholes {
                let _ = writeln!(text, "const {whole} = ${of};");
            }
        }
        let address = |path: &str| format!("./{}", file_name(graph, first, graph.chunk_of(path).unwrap_or_default()));
        let _ = writeln!(text, "{}\nreturn {{ {} }};\n}})();", module.body(address), module.exports.join(", "));
    }
    let entry = graph.modules.get(&chunk.entry);
    let exports = entry.map(|module| module.exports.join(", ")).unwrap_or_default();
    let _ = writeln!(text, "export const {{ {exports} }} = ${};", number(&chunk.entry));
    let needed = needed_elsewhere(graph, index).map(|path| format!("${}", number(path)));
    let _ = writeln!(text, "export {{ {} }};", needed.collect::<Vec<_>>().join(", "));
    if index == 0 {
        let _ = writeln!(text, "export const {VERSION_MARK} = 1;");
    }
    text
}

/// The modules of a chunk that modules of others import.
fn needed_elsewhere(graph: &Graph, index: usize) -> impl Iterator<Item = &str> {
    let of_chunk = graph.chunks.get(index).into_iter().flat_map(|chunk| &chunk.modules);
    of_chunk.map(String::as_str).filter(move |path| {
        let imports_it = |module: &Module| module.imports.iter().any(|import| import.from == *path);
        let others = graph.chunks.iter().enumerate().filter(|(other, _)| *other != index);
        let modules = others.flat_map(|(_, chunk)| &chunk.modules).filter_map(|path| graph.modules.get(path));
        modules.into_iter().any(imports_it)
    })
}

/// The same script with short local names, and without comments and spaces.
fn smaller(script: &str, text: &str) -> Result<String, PageError> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, text, SourceType::mjs()).parse();
    if let Some(fault) = parsed.diagnostics.iter().next() {
        return Err(PageError::Script { script: script.to_owned(), fault: format!("its bundle: {fault}") });
    }
    let mut program = parsed.program;
    // Renaming alone. What else a minifier does saves little once the text is compressed.
    let options = MinifierOptions { mangle: Some(MangleOptions::default()), mangle_properties: None, compress: None };
    let renamed = Minifier::new(options).minify(&allocator, &mut program);
    let options = CodegenOptions { minify: true, comments: CommentOptions::disabled(), ..CodegenOptions::default() };
    let printed = Codegen::new()
        .with_options(options)
        .with_scoping(renamed.scoping)
        .with_private_member_mappings(renamed.class_private_mappings)
        .build(&program);
    Ok(printed.code)
}
