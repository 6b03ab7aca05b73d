//! Pages on a narrow screen.

use serde_json::Value;

use crate::browser::Browser;

/// A target is found if a tap in its middle meets it once it is scrolled to. Links within a text are as high as its
/// lines.
const FAULTS: &str = "
    const faults = [];
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (wide > 0) faults.push(`the page scrolls sideways by ${wide} px`);
    const root = [...document.querySelectorAll('dialog[open]')].pop() ?? document;
    const targets = root.querySelectorAll('a[href], button, input, select, textarea, summary');
    for (const target of targets) {
        if (!target.checkVisibility({ visibilityProperty: true }) || target.tabIndex < 0 || target.id === 'skip-link') continue;
        const name = `${target.tagName.toLowerCase()} “${target.innerText || target.name || target.getAttribute('aria-label')}”`;
        target.scrollIntoView({ block: 'center', behavior: 'instant' });
        const shown = target.getClientRects()[0];
        const [x, y] = [shown.x + shown.width / 2, shown.y + shown.height / 2];
        if (shown.left < -1 || shown.right > innerWidth + 1) faults.push(`${name} reaches out of the screen`);
        const hit = document.elementFromPoint(x, y);
        const label = target.closest('label') ?? target.labels?.[0];
        if (!hit || !(target.contains(hit) || hit.contains(target) || label?.contains(hit)))
            faults.push(`a tap on ${name} meets ${hit?.outerHTML.slice(0, 120)}`);
    }
    window.scrollTo(0, 0);
    return faults;";

impl Browser {
    /// Checks that the page does not scroll sideways, and that every target on it can be tapped.
    ///
    /// # Panics
    /// With everything that is in the way.
    pub async fn assert_fits(&self, page: &str) {
        let faults = self.run(FAULTS, &[]).await.unwrap();
        let faults: Vec<&str> = faults.as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert!(faults.is_empty(), "{page} on a phone:\n{}", faults.join("\n"));
    }
}
