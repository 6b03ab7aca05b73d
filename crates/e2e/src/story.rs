//! A story's stage, and the checks at its end.

use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::{Mutex, MutexGuard};

use futures_util::FutureExt;
use testdb::Database;

use crate::api::{Account, Api};
use crate::browser::Browser;
use crate::console::{self, Expected};
use crate::driver;
use crate::mailbox::Mailbox;
use crate::program::{self, Program};
use crate::wire::Wire;

/// A database with the demo's data, a server on it, and a wire to it through which all browsers go.
#[derive(Debug)]
pub struct Stage {
    /// The wire between the browsers and the server.
    pub wire: Wire,
    program: tokio::sync::Mutex<Option<Program>>,
    database: Database,
    mailbox: Option<Mailbox>,
    browsers: Mutex<Vec<Browser>>,
    expected: Mutex<Vec<Expected>>,
}

/// Plays a story and checks its end: the consoles hold what [`Stage::expect`] was told, and nothing else, and every
/// promise is kept.
///
/// # Panics
/// If anything of it fails, after printing what each browser shows and what the server has logged.
pub async fn story(play: impl AsyncFnOnce(&Stage)) {
    play_on(Stage::set(None).await, play).await;
}

/// A [`story`] whose server sends mail, which everybody reads in one mailbox.
///
/// # Panics
/// As a story does.
pub async fn story_with_mail(play: impl AsyncFnOnce(&Stage, &Mailbox)) {
    let mailbox = Mailbox::open().await;
    play_on(Stage::set(Some(mailbox.clone())).await, async |stage: &Stage| play(stage, &mailbox).await).await;
}

async fn play_on(stage: Stage, play: impl AsyncFnOnce(&Stage)) {
    let played = AssertUnwindSafe(async {
        play(&stage).await;
        stage.check().await;
    });
    let outcome = played.catch_unwind().await;
    if outcome.is_err() {
        stage.describe().await;
    }
    let browsers = std::mem::take(&mut *stage.browsers());
    for browser in browsers {
        browser.quit().await;
    }
    stage.stop_server().await;
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}

impl Stage {
    async fn set(mailbox: Option<Mailbox>) -> Self {
        let database = Database::new().await;
        let program = Program::start(&database, mailbox.as_ref()).await;
        Self {
            wire: Wire::to(&program.address).await,
            program: tokio::sync::Mutex::new(Some(program)),
            database,
            mailbox,
            browsers: Mutex::default(),
            expected: Mutex::default(),
        }
    }

    /// Somebody's browser, with nothing open yet.
    pub async fn browser(&self) -> Browser {
        self.browser_before(None).await
    }

    /// A browser in which somebody has signed in.
    pub async fn browser_of(&self, account: Account) -> Browser {
        let browser = self.browser().await;
        browser.sign_in(account).await;
        browser
    }

    /// As [`Self::browser_of`], with a camera that sees the QR code of this text.
    pub async fn camera_of(&self, account: Account, text: &str) -> Browser {
        let browser = self.browser_before(Some(text)).await;
        browser.sign_in(account).await;
        browser
    }

    async fn browser_before(&self, text: Option<&str>) -> Browser {
        let browser = Browser::new(driver::browser(text).await, self.wire.base());
        self.browsers().push(browser.clone());
        browser
    }

    /// Somebody who acts without a browser.
    pub async fn api(&self, account: Account) -> Api {
        let address = self.program.lock().await.as_ref().map(|program| program.address.clone());
        Api::sign_in(&address.unwrap_or_else(|| panic!("the server is stopped")), account).await
    }

    /// The address of the server's database.
    pub fn database_url(&self) -> String {
        self.database.url()
    }

    /// Says that a console shows this by the end.
    pub fn expect(&self, address: &'static str, fault: &'static str) {
        self.expected.lock().unwrap().push(Expected { address, fault });
    }

    /// Stops the server in good order.
    pub async fn stop_server(&self) {
        if let Some(program) = self.program.lock().await.take() {
            tokio::task::spawn_blocking(|| drop(program)).await.unwrap();
        }
    }

    /// Starts it again, at another address, to which the wire then leads.
    pub async fn start_server(&self) {
        let program = Program::start(&self.database, self.mailbox.as_ref()).await;
        self.wire.lead_to(&program.address);
        *self.program.lock().await = Some(program);
    }

    fn browsers(&self) -> MutexGuard<'_, Vec<Browser>> {
        self.browsers.lock().unwrap()
    }

    async fn check(&self) {
        let mut lines = Vec::new();
        let browsers = self.browsers().clone();
        for browser in &browsers {
            lines.extend(browser.console().await);
        }
        let expected = self.expected.lock().unwrap().clone();
        console::compare(&lines, &expected).unwrap_or_else(|wrong| panic!("{wrong}"));
        program::verify(&self.database).await;
    }

    async fn describe(&self) {
        let browsers = self.browsers().clone();
        for (index, browser) in browsers.iter().enumerate() {
            eprintln!("browser {}:\n{}\n", index + 1, browser.description().await);
        }
        if let Some(program) = &*self.program.lock().await {
            eprintln!("the server's log ends with:\n{}\n", program.log());
        }
    }
}
