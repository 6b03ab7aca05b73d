//! Which modules stand in which file.

use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::path::Path;

use crate::error::PageError;
use crate::modules::Module;

/// The modules that one file has.
#[derive(Debug)]
pub(crate) struct Chunk {
    /// The module that the file is loaded for. It stands last.
    pub(crate) entry: String,
    /// The paths of its modules, each behind those that it imports.
    pub(crate) modules: Vec<String>,
}

/// All modules that the entry reaches, divided into chunks.
#[derive(Debug)]
pub(crate) struct Graph {
    pub(crate) modules: BTreeMap<String, Module>,
    /// The first one is loaded with the document, the others when they are needed.
    pub(crate) chunks: Vec<Chunk>,
}

impl Graph {
    /// Reads the modules below `folder`. A module stands in the first chunk that needs it.
    pub(crate) fn read(folder: &Path, entry: &str) -> Result<Self, PageError> {
        let mut graph = Self { modules: BTreeMap::new(), chunks: Vec::new() };
        let mut entries = VecDeque::from([entry.to_owned()]);
        while let Some(entry) = entries.pop_front() {
            if graph.chunks.iter().any(|chunk| chunk.entry == entry) {
                continue;
            }
            if graph.chunk_of(&entry).is_some() {
                let fault = "is imported at once and when it is needed".to_owned();
                return Err(PageError::Script { script: entry, fault });
            }
            let mut modules = Vec::new();
            graph.visit(folder, &entry, &mut Vec::new(), &mut modules)?;
            for path in &modules {
                entries.extend(graph.modules.get(path).into_iter().flat_map(Module::on_demand).map(str::to_owned));
            }
            graph.chunks.push(Chunk { entry, modules });
        }
        Ok(graph)
    }

    /// The chunk in which a module stands.
    pub(crate) fn chunk_of(&self, path: &str) -> Option<usize> {
        self.chunks.iter().position(|chunk| chunk.modules.iter().any(|module| module == path))
    }

    fn visit(
        &mut self,
        folder: &Path,
        path: &str,
        above: &mut Vec<String>,
        found: &mut Vec<String>,
    ) -> Result<(), PageError> {
        if found.iter().any(|known| known == path) || self.chunk_of(path).is_some() {
            return Ok(());
        }
        if above.iter().any(|known| known == path) {
            return Err(PageError::Script { script: path.to_owned(), fault: "imports itself in a circle".to_owned() });
        }
        let file = folder.join(path);
        let text = fs::read_to_string(&file).map_err(|error| PageError::Unreadable { path: file, error })?;
        let module = Module::parse(path, &text)?;
        let imports: Vec<String> = module.imports.iter().map(|import| import.from.clone()).collect();
        self.modules.insert(path.to_owned(), module);
        above.push(path.to_owned());
        for import in imports {
            self.visit(folder, &import, above, found)?;
        }
        above.pop();
        found.push(path.to_owned());
        Ok(())
    }
}
