#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use super::*;

#[test]
fn imports_and_exports_leave_the_text() {
    let text = "// About.\nimport { a, b as c } from './one.js';\nimport * as two from '../two.js';\nimport './three.js';\n\n\
                export * as four from './four.js';\nexport const d = a;\nexport async function e() { return import('../four/five.js'); }\nexport class F {}\n";
    let module = Module::parse("scripts/app/main.js", text).unwrap();
    let froms: Vec<&str> = module.imports.iter().map(|import| import.from.as_str()).collect();
    assert_eq!(froms, ["scripts/app/one.js", "scripts/two.js", "scripts/app/three.js", "scripts/app/four.js"]);
    assert_eq!(module.imports[0].names, [("a".into(), "a".into()), ("b".into(), "c".into())]);
    assert_eq!(module.imports[1].wholes, ["two"]);
    assert_eq!(module.imports[3].wholes, ["four"]);
    assert_eq!(module.exports, ["four", "d", "e", "F"]);
    assert_eq!(module.on_demand().collect::<Vec<_>>(), ["scripts/four/five.js"]);
    let body = module.body(|path| format!("./{}", path.rsplit('/').next().unwrap()));
    let expected = "const d = a;\nasync function e() { return import(\"./five.js\"); }\nclass F {}\n";
    assert_eq!(body.trim_start_matches(|c| c != 'c').trim_start(), expected, "{body}");
    assert!(!body.contains("./one.js") && !body.contains("export"));
}

#[test]
fn scripts_that_a_bundle_would_change_are_refused() {
    for (text, fault) in [
        ("export let a = 1;", "constant"),
        ("const a = 1;\nexport { a };", "constant"),
        ("export default 1;", "default"),
        ("import a from './a.js';", "default"),
        ("export * from './a.js';", "other modules"),
        ("export { a } from './a.js';", "other modules"),
        ("console.log(import.meta.url);", "import.meta"),
        ("import { a } from 'library';", "library"),
        ("const = 1;", ""),
    ] {
        let error = Module::parse("scripts/a.js", text).unwrap_err().to_string();
        assert!(error.starts_with("scripts/a.js: ") && error.contains(fault), "{text}: {error}");
    }
}
