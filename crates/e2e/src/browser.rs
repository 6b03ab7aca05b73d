//! Somebody at a browser: what they do, and what they see.

use std::ops::Deref;
use std::path::Path;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
pub use thirtyfour::Key;
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::{By, ElementId, RequestData, SessionId, WebDriver, WebElement, WindowHandle};

use crate::api::Account;
use crate::wait::until;

const BUTTONS: &str = "button, summary, [role=button]";
const LINKS: &str = "a[href]";
const FIELDS: &str = "input, textarea, select";

/// More Tabs than any page has targets.
const TABS_MAX: usize = 120;

/// A phone's screen in CSS pixels.
const PHONE: (u32, u32) = (390, 844);

/// The height of [`Browser::high_screen`] in CSS pixels.
const HIGH: u32 = 1900;

/// A browser. Its actions are those of the [`Part`] that is the whole page.
#[derive(Debug, Clone)]
pub struct Browser {
    page: Part,
    base: String,
    console: Arc<Mutex<Vec<String>>>,
}

/// A page, or a part of it: the innermost one, such as a card, a row or a form, that has a text. While a dialog is
/// open, only what is in it can be acted on.
#[derive(Debug, Clone)]
pub struct Part {
    driver: WebDriver,
    text: Option<String>,
}

impl Deref for Browser {
    type Target = Part;

    fn deref(&self) -> &Part {
        &self.page
    }
}

impl Browser {
    pub(crate) fn new(driver: WebDriver, base: String) -> Self {
        Self { page: Part { driver, text: None }, base, console: Arc::default() }
    }

    /// Opens a page by its path: `/events`.
    pub async fn open(&self, path: &str) {
        self.driver.goto(format!("{}{path}", self.base)).await.unwrap();
        self.loaded().await;
    }

    /// Loads the page again.
    pub async fn reload(&self) {
        self.driver.refresh().await.unwrap();
        self.loaded().await;
    }

    /// Goes back to the page before.
    pub async fn back(&self) {
        self.driver.back().await.unwrap();
        self.loaded().await;
    }

    /// Signs in by the form, on any page but the sign-in page itself.
    pub async fn sign_in(&self, account: Account) {
        self.open("/sign-in").await;
        self.fill("E-mail", account.email).await;
        self.fill("Password", account.password).await;
        self.press("Sign in").await;
        self.see(account.name).await;
    }

    /// Waits until the page's heading is this one and all of it is there.
    pub async fn arrive(&self, heading: &str) {
        until(&format!("arriving at “{heading}”"), async || {
            let script = "return document.querySelector('main:not([aria-busy]) h1')?.innerText ?? '(none)'";
            match self.run(script, &[]).await?.as_str() {
                Some(found) if found == heading => Ok(()),
                found => Err(format!("the heading is {found:?}")),
            }
        })
        .await;
    }

    /// The part of the page that has this text.
    pub fn part(&self, text: &str) -> Part {
        Part { driver: self.driver.clone(), text: Some(text.to_owned()) }
    }

    /// Presses a key where the focus is.
    pub async fn key(&self, key: Key) {
        self.driver.action_chain().send_keys(key).perform().await.unwrap();
    }

    /// Types a text where the focus is.
    pub async fn type_text(&self, text: &str) {
        self.driver.action_chain().send_keys(text).perform().await.unwrap();
    }

    /// Presses Tab until what has this accessible name is focused, which must then show it.
    pub async fn tab_to(&self, name: &str) {
        let mut passed = Vec::new();
        for _ in 0..TABS_MAX {
            self.key(Key::Tab).await;
            let focused = self.focused().await;
            if focused == name {
                assert_eq!(self.run(FOCUS_SHOWS, &[]).await, Ok(json!(true)), "the focus on “{name}” does not show");
                return;
            }
            passed.push(focused);
        }
        panic!("Tab does not lead to “{name}”, but to {passed:?}");
    }

    /// The accessible name of what is focused.
    pub async fn focused(&self) -> String {
        let active = async || self.label(&self.driver.active_element().await.unwrap()).await;
        match active().await {
            Ok(name) => name,
            // The page was drawn anew between the two questions.
            Err(_) => active().await.unwrap(),
        }
    }

    /// Makes the window as narrow as a phone's.
    pub async fn phone(&self) {
        let (width, height) = PHONE;
        self.set_screen(json!({ "width": width, "height": height, "deviceScaleFactor": 2, "mobile": true })).await;
    }

    /// Gives it a screen of this width in CSS pixels, higher than any page: all that moves on the page is seen.
    pub async fn high_screen(&self, width: u32) {
        let metrics = json!({ "width": width, "height": HIGH, "deviceScaleFactor": 1, "mobile": false });
        self.set_screen(metrics).await;
    }

    async fn set_screen(&self, metrics: Value) {
        self.driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", metrics).await.unwrap();
    }

    /// Takes the network from this browser, and tells the page so, as a phone in a tunnel does.
    pub async fn lose_network(&self) {
        self.set_network(true).await;
    }

    /// Gives the network back.
    pub async fn regain_network(&self) {
        self.set_network(false).await;
    }

    /// Sends a command of the DevTools protocol.
    pub(crate) async fn command(&self, name: &str, arguments: Value) {
        self.driver.cdp().send_raw(name, arguments).await.unwrap();
    }

    async fn set_network(&self, offline: bool) {
        let conditions = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.driver.cdp().send_raw("Network.enable", json!({})).await.unwrap();
        self.driver.cdp().send_raw("Network.emulateNetworkConditions", conditions).await.unwrap();
    }

    /// Opens another window, in which this browser acts from then on.
    pub async fn new_window(&self) -> WindowHandle {
        let window = self.driver.new_window().await.unwrap();
        self.enter(&window).await;
        window
    }

    /// Goes to a window that is open.
    pub async fn enter(&self, window: &WindowHandle) {
        self.driver.switch_to_window(window.clone()).await.unwrap();
    }

    /// The window in which this browser acts.
    pub async fn window(&self) -> WindowHandle {
        self.driver.window().await.unwrap()
    }

    /// Closes the window in which this browser acts. Another one is to be entered then.
    pub async fn close_window(&self) {
        self.driver.close_window().await.unwrap();
    }

    /// How many answers to requests for this path the page has taken in whole.
    pub async fn answers(&self, path: &str) -> u64 {
        let script = "return performance.getEntriesByType('resource').filter(({ name, responseEnd }) => \
                      responseEnd > 0 && new URL(name).pathname === arguments[0]).length";
        self.run(script, &[json!(path)]).await.unwrap().as_u64().unwrap()
    }

    /// Must show no element of the class `struck`, and no script may have set the variable `struck`: both are only in
    /// texts that people typed.
    pub async fn assert_unharmed(&self) {
        let script = "return document.querySelector('.struck') === null && !('struck' in window)";
        assert_eq!(
            self.run(script, &[]).await,
            Ok(json!(true)),
            "a text was taken for markup: {:?}",
            self.address().await
        );
    }

    /// The address of the page that is open, without the server.
    pub async fn address(&self) -> String {
        self.driver.current_url().await.unwrap().as_str().trim_start_matches(self.base.as_str()).to_owned()
    }

    /// The errors and warnings in the console so far, of all windows.
    pub(crate) async fn console(&self) -> Vec<String> {
        let new = self.driver.browser_log().await.unwrap();
        let mut console = self.console.lock().unwrap();
        let faults = new.into_iter().filter(|entry| ["SEVERE", "WARNING"].contains(&entry.level.as_str()));
        console.extend(faults.map(|entry| format!("{} {}", entry.level, entry.message)));
        console.clone()
    }

    /// What it shows, for a person who looks for the cause of a failure.
    pub(crate) async fn description(&self) -> String {
        let address = self.driver.current_url().await.map(|url| url.to_string());
        let text = self.text().await;
        format!("{address:?}\n{}\n{:?}", text.unwrap_or_else(|error| error), self.console().await)
    }

    pub(crate) async fn quit(self) {
        // One that has crashed cannot be quit; its processes end with ChromeDriver's.
        let _ = self.page.driver.quit().await;
    }

    async fn loaded(&self) {
        until("loading the page", async || {
            let script = "return document.querySelector('main:not([aria-busy]) h1') !== null";
            if self.run(script, &[]).await? == json!(true) { Ok(()) } else { Err("there is no heading".to_owned()) }
        })
        .await;
    }
}

impl Part {
    /// Presses the button with this name.
    pub async fn press(&self, name: &str) {
        self.act(BUTTONS, name, async |button| button.click().await).await;
    }

    /// Follows the link with this name.
    pub async fn follow(&self, name: &str) {
        self.act(LINKS, name, async |link| link.click().await).await;
    }

    /// Types a text into the field with this label, instead of what is in it.
    pub async fn fill(&self, label: &str, text: &str) {
        self.act(FIELDS, label, async |field| {
            field.clear().await?;
            field.send_keys(text).await
        })
        .await;
    }

    /// The text in the field with this label.
    pub async fn text_in(&self, label: &str) -> String {
        until(&format!("reading “{label}”"), async || {
            let found = self.named(FIELDS, label).await?;
            let [field] = found.as_slice() else { return Err(format!("{} fields have that name", found.len())) };
            field.value().await.map_err(words)?.ok_or_else(|| "it has no text".to_owned())
        })
        .await
    }

    /// Gives the page's field for files this one, as if it had been chosen in the system's dialog.
    pub async fn attach(&self, file: &Path) {
        let path = file.canonicalize().unwrap();
        let field = self.driver.find(By::Css("input[type=file]")).await.unwrap();
        field.send_keys(path.to_str().unwrap()).await.unwrap();
    }

    /// Waits until the event's picture is shown, and tells its address.
    pub async fn see_picture(&self) -> String {
        until("seeing the event's picture", async || {
            let script = "const picture = document.querySelector('main .event-picture:not([hidden])');
                return picture?.complete && picture.naturalWidth > 0 ? picture.currentSrc : null";
            let shown = self.run(script, &[]).await?;
            shown.as_str().map(str::to_owned).ok_or_else(|| "it is not shown".to_owned())
        })
        .await
    }

    /// Sets a field for a date and a time, given as `2090-03-01T19:00`. How it is typed differs between languages.
    pub async fn fill_time(&self, label: &str, time: &str) {
        self.act(FIELDS, label, async |field| {
            let script = "arguments[0].value = arguments[1];
                arguments[0].dispatchEvent(new InputEvent('input', { bubbles: true }))";
            self.driver.execute(script, vec![field.to_json()?, json!(time)]).await.map(drop)
        })
        .await;
    }

    /// Chooses an option of the list with this label.
    pub async fn choose(&self, label: &str, option: &str) {
        self.act("select", label, async |list| {
            thirtyfour::components::SelectElement::new(list).await?.select_by_visible_text(option).await
        })
        .await;
    }

    /// Chooses one of several by its label.
    pub async fn tick(&self, label: &str) {
        self.act("input[type=radio], input[type=checkbox]", label, async |input| input.click().await).await;
    }

    /// Waits until this text is shown. Line breaks and other white space count as one space.
    pub async fn see(&self, text: &str) {
        until(&format!("seeing “{text}”"), async || {
            if self.text().await?.contains(text) { Ok(()) } else { Err("it is not shown".to_owned()) }
        })
        .await;
    }

    /// Waits until this text is not shown any more.
    pub async fn see_no(&self, text: &str) {
        until(&format!("seeing “{text}” no more"), async || {
            if self.text().await?.contains(text) { Err("it is shown".to_owned()) } else { Ok(()) }
        })
        .await;
    }

    /// Whether this text is shown now.
    pub async fn shows(&self, text: &str) -> bool {
        self.text().await.unwrap().contains(text)
    }

    /// Waits until there is no button with this name.
    pub async fn see_no_button(&self, name: &str) {
        until(&format!("seeing no button “{name}”"), async || match self.named(BUTTONS, name).await?.as_slice() {
            [] => Ok(()),
            _ => Err("there is one".to_owned()),
        })
        .await;
    }

    /// Waits for the one element with this name that can be used, and acts on it.
    async fn act(
        &self,
        selector: &str,
        name: &str,
        act: impl AsyncFn(&WebElement) -> thirtyfour::error::WebDriverResult<()>,
    ) {
        let place = self.text.as_ref().map(|text| format!(" in “{text}”")).unwrap_or_default();
        until(&format!("using “{name}”{place}"), async || {
            let found = self.named(selector, name).await?;
            let [element] = found.as_slice() else {
                return Err(format!("{} of {selector} have that name", found.len()));
            };
            // The page ignores a button that it has set so.
            if element.attr("aria-disabled").await.map_err(words)?.is_some() {
                return Err("it is disabled".to_owned());
            }
            // The bar at the top covers what is only just in view.
            let script = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
            self.driver.execute(script, vec![element.to_json().map_err(words)?]).await.map_err(words)?;
            act(element).await.map_err(words)
        })
        .await;
    }

    /// The visible elements that have this accessible name.
    async fn named(&self, selector: &str, name: &str) -> Result<Vec<WebElement>, String> {
        let script = format!(
            "{ROOT}
            return [...root.querySelectorAll(arguments[1])].filter((one) => one.checkVisibility({{ visibilityProperty: true }}))"
        );
        let found = self.driver.execute(script, vec![json!(self.text), json!(selector)]).await.map_err(words)?;
        let mut named = Vec::new();
        for element in found.elements().map_err(words)? {
            let label = self.label(&element).await?;
            if label == name || label == format!("{name} (optional)") {
                named.push(element);
            }
        }
        Ok(named)
    }

    /// The accessible name, as the browser tells it to assistive technology.
    async fn label(&self, element: &WebElement) -> Result<String, String> {
        let answer = self.driver.cmd(ComputedLabel(element.element_id())).await.map_err(words)?;
        Ok(spaced(&answer.value::<String>().map_err(words)?))
    }

    /// The text that is shown, without what is only read out.
    async fn text(&self) -> Result<String, String> {
        let script = format!(
            "if (arguments[0] === null)
                return [...document.body.children].filter(({{ id }}) => id !== 'polite').map((one) => one.innerText).join('\\n');
            {ROOT}
            return root.innerText"
        );
        let text = self.run(&script, &[json!(self.text)]).await?;
        Ok(spaced(text.as_str().unwrap_or_default()))
    }

    /// Runs a script that calls its last argument with its result.
    pub(crate) async fn run_later(&self, script: &str) -> Value {
        self.driver.execute_async(script, Vec::new()).await.unwrap().json().clone()
    }

    /// Runs a script in the page.
    pub(crate) async fn run(&self, script: &str, arguments: &[Value]) -> Result<Value, String> {
        let result = self.driver.execute(script, arguments).await.map_err(words)?;
        Ok(result.json().clone())
    }
}

/// The start of a script whose first argument is a part's text, or null: `root` is the element to look into.
const ROOT: &str = "
    const spaced = (text) => text.replace(/\\s+/g, ' ');
    const page = [...document.querySelectorAll('dialog[open]')].pop() ?? document.body;
    let root = page;
    if (arguments[0] !== null) {
        const parts = [page, ...page.querySelectorAll('li, tr, form, section, fieldset, nav, header')].filter(
            (one) => one.checkVisibility() && spaced(one.innerText).includes(arguments[0]),
        );
        const innermost = parts.filter((one) => !parts.some((other) => other !== one && one.contains(other)));
        if (innermost.length !== 1) throw new Error(`${innermost.length} parts have the text`);
        [root] = innermost;
    }";

/// Whether what is focused has an outline: its own, or the one of the area that it covers as a card's link does.
const FOCUS_SHOWS: &str = "
    const focused = document.activeElement;
    const outlined = (style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    return [null, '::before', '::after'].some((pseudo) => outlined(getComputedStyle(focused, pseudo)))
        || (focused.matches('.card-link') && outlined(getComputedStyle(focused.closest('.card'))));";

/// WebDriver's command for an element's accessible name.
#[derive(Debug)]
struct ComputedLabel(ElementId);

impl FormatRequestData for ComputedLabel {
    fn format_request(&self, session: &SessionId) -> RequestData {
        RequestData::new(reqwest::Method::GET, format!("session/{session}/element/{}/computedlabel", self.0))
    }
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An error without ChromeDriver's stack trace, which says nothing.
fn words(error: thirtyfour::error::WebDriverError) -> String {
    let text = error.to_string();
    text.split_once("Stacktrace:").map_or(text.as_str(), |(text, _)| text).to_owned()
}
