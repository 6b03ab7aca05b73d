//! axe-core's findings on a page.

use std::path::Path;
use std::sync::OnceLock;

use serde_json::Value;

use crate::browser::Browser;

/// Where npm puts it, as `package.json` here says.
const AXE: &str = "node_modules/axe-core/axe.min.js";

/// Runs every rule, and the one on the size of targets, which axe leaves out unless it is asked for.
const RUN: &str = "
    const done = arguments[arguments.length - 1];
    axe.run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }).then(
        ({ violations }) => done(violations.map(({ id, help, nodes }) => ({
            rule: `${id}: ${help}`,
            nodes: nodes.map(({ html, failureSummary }) => `${html} -- ${failureSummary}`),
        }))),
        (error) => done([{ rule: 'axe failed', nodes: [String(error)] }]),
    );";

impl Browser {
    /// Checks that axe finds nothing wrong on the page as it is shown now.
    ///
    /// # Panics
    /// With everything that it finds.
    pub async fn assert_accessible(&self, page: &str) {
        self.run(axe(), &[]).await.unwrap();
        let found = self.run_later(RUN).await;
        let found: Vec<String> = found.as_array().unwrap().iter().map(finding).collect();
        assert!(found.is_empty(), "axe on {page}:\n{}", found.join("\n"));
    }
}

fn finding(found: &Value) -> String {
    let nodes = found["nodes"].as_array().unwrap().iter().filter_map(Value::as_str).collect::<Vec<_>>();
    format!("{}\n    {}", found["rule"].as_str().unwrap_or_default(), nodes.join("\n    "))
}

fn axe() -> &'static str {
    static SCRIPT: OnceLock<String> = OnceLock::new();
    SCRIPT.get_or_init(|| {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(AXE);
        std::fs::read_to_string(file).unwrap_or_else(|error| {
            panic!("axe-core is missing ({error}): run npm ci in {}", env!("CARGO_MANIFEST_DIR"))
        })
    })
}
