//! One script: its imports, its exports, and its text without both.

use std::collections::BTreeSet;
use std::ops::Range;

use oxc_allocator::Allocator;
use oxc_parser::Parser;
use oxc_span::{SourceType, Span};
use oxc_syntax::module_record::{ExportExportName, ExportImportName, ImportImportName};

use crate::error::PageError;

/// A script as it was read.
#[derive(Debug)]
pub(crate) struct Module {
    /// Its path below `static/`, with `/` between the parts.
    pub(crate) path: String,
    /// The modules that it imports, in order, each once.
    pub(crate) imports: Vec<Import>,
    /// The names that it exports.
    pub(crate) exports: Vec<String>,
    /// Its text, with the imports and the word `export` left out.
    body: String,
    /// Where the body names modules that it imports when they are needed, with their paths.
    on_demand: Vec<(Range<usize>, String)>,
}

/// An import of names from another module.
#[derive(Debug)]
pub(crate) struct Import {
    /// The path of the module.
    pub(crate) from: String,
    /// The imported names with the local ones.
    pub(crate) names: Vec<(String, String)>,
    /// The local names of the module as a whole.
    pub(crate) wholes: Vec<String>,
}

impl Module {
    /// Reads a script's text. Exports must be declarations of functions, classes and constants: others could change
    /// after they were imported, which a bundle would not see.
    pub(crate) fn parse(path: &str, text: &str) -> Result<Self, PageError> {
        let fail = |fault: &str| PageError::Script { script: path.to_owned(), fault: fault.to_owned() };
        let allocator = Allocator::default();
        let parsed = Parser::new(&allocator, text, SourceType::mjs()).parse();
        if let Some(fault) = parsed.diagnostics.iter().next() {
            return Err(fail(&fault.to_string()));
        }
        let record = &parsed.module_record;
        if !record.import_metas.is_empty() {
            return Err(fail("a bundle has no import.meta"));
        }

        let mut removed: BTreeSet<(usize, usize)> = BTreeSet::new();
        let mut imports: Vec<Import> = Vec::new();
        let mut requested: Vec<(u32, String)> = Vec::new();
        for (name, requests) in &record.requested_modules {
            for request in requests {
                removed.insert(bounds(request.statement_span));
                requested.push((
                    request.statement_span.start,
                    resolved(path, name.as_str()).ok_or_else(|| fail(name.as_str()))?,
                ));
            }
        }
        requested.sort();
        for (_, from) in requested {
            if !imports.iter().any(|import| import.from == from) {
                imports.push(Import { from, names: Vec::new(), wholes: Vec::new() });
            }
        }
        for entry in &record.import_entries {
            let from = resolved(path, entry.module_request.name.as_str());
            let import = imports.iter_mut().find(|import| Some(&import.from) == from.as_ref());
            let import = import.ok_or_else(|| fail("an import without its statement"))?;
            let local = entry.local_name.name.to_string();
            match &entry.import_name {
                ImportImportName::Name(name) => import.names.push((name.name.to_string(), local)),
                ImportImportName::NamespaceObject => import.wholes.push(local),
                ImportImportName::Default(_) => return Err(fail("default imports are not supported")),
            }
        }

        let mut exports = Vec::new();
        // `export * as name from` is the import of a module as a whole, under the exported name.
        for entry in record.indirect_export_entries.iter().chain(&record.star_export_entries) {
            let (ExportExportName::Name(name), ExportImportName::All) = (&entry.export_name, &entry.import_name) else {
                return Err(fail("exports of other modules' names are not supported"));
            };
            let from = entry.module_request.as_ref().and_then(|request| resolved(path, request.name.as_str()));
            let import = imports.iter_mut().find(|import| Some(&import.from) == from.as_ref());
            let import = import.ok_or_else(|| fail("an export without its module"))?;
            import.wholes.push(name.name.to_string());
            exports.push(name.name.to_string());
        }
        for entry in &record.local_export_entries {
            let ExportExportName::Name(name) = &entry.export_name else {
                return Err(fail("default exports are not supported"));
            };
            let (start, end) = bounds(entry.statement_span);
            let statement = text.get(start..end).unwrap_or_default();
            let declaration = statement.strip_prefix("export ").unwrap_or_default();
            if !["function ", "async function ", "class ", "const "].iter().any(|word| declaration.starts_with(word)) {
                return Err(fail(&format!("the export {} is no declaration of a constant", name.name)));
            }
            removed.insert((start, start + "export ".len()));
            exports.push(name.name.to_string());
        }

        let mut kept = Vec::new();
        let mut position = 0;
        for (start, end) in removed {
            kept.push(position..start);
            position = end;
        }
        kept.push(position..text.len());
        let mut body = String::with_capacity(text.len());
        let mut on_demand = Vec::new();
        for part in kept {
            for import in &record.dynamic_imports {
                let (start, end) = bounds(import.module_request);
                if part.contains(&start) {
                    let literal = text.get(start..end).unwrap_or_default().trim_matches(['\'', '"']);
                    let at = body.len() + start - part.start;
                    on_demand.push((at..at + end - start, resolved(path, literal).ok_or_else(|| fail(literal))?));
                }
            }
            body.push_str(text.get(part).unwrap_or_default());
        }
        Ok(Self { path: path.to_owned(), imports, exports, body, on_demand })
    }

    /// The paths of the modules that it imports when they are needed.
    pub(crate) fn on_demand(&self) -> impl Iterator<Item = &str> {
        self.on_demand.iter().map(|(_, path)| path.as_str())
    }

    /// Its text, in which modules that are imported when they are needed have the addresses that `address` tells.
    pub(crate) fn body(&self, address: impl Fn(&str) -> String) -> String {
        let mut body = self.body.clone();
        for (place, path) in self.on_demand.iter().rev() {
            body.replace_range(place.clone(), &format!("\"{}\"", address(path)));
        }
        body
    }
}

fn bounds(span: Span) -> (usize, usize) {
    let place = |offset: u32| usize::try_from(offset).unwrap_or(usize::MAX);
    (place(span.start), place(span.end))
}

/// The path of a module that `from` names relative to itself; `None` for any other name.
fn resolved(from: &str, name: &str) -> Option<String> {
    if !name.starts_with('.') {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in name.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
#[path = "modules/tests.rs"]
mod tests;
