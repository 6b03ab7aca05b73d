//! The page's files: the bundled ones under the address of their version, the rest of `static/` as it is, and the answer
//! to unknown paths.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use actix_files::Files;
use actix_web::dev::{ServiceRequest, ServiceResponse, fn_service};
use actix_web::guard::{self, GuardContext, fn_guard};
use actix_web::http::header::{
    AcceptEncoding, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ContentEncoding, ETAG, Encoding, Header as _,
    HeaderValue, VARY,
};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{Error, HttpRequest, HttpResponse};
use page::{Filling, Page, PageError};
use tokio::sync::OnceCell;
use tokio::task::spawn_blocking;

use crate::http::etags;
use crate::http::headers::OF_DOOR;
use crate::http::negotiation::prefers_page;
use crate::http::problems::Problem;

/// A version's files never change.
pub(crate) const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// The files that the documents name. A server of another version answers with its own: while servers are replaced one
/// by one, a document and these may come from different ones. What scripts load later must be of their own version.
const OF_DOCUMENT: [&str; 5] = ["page.js", "page.css", "door.js", "door.css", "theme-first.js"];

const HTML: &str = "text/html; charset=utf-8";
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

/// The source of the page's files.
#[derive(Debug)]
pub(crate) struct PageFiles {
    folder: PathBuf,
    is_packed: bool,
    packed: OnceCell<Arc<Page>>,
}

impl PageFiles {
    /// The files of `home/static`: bundled, or for developers as they are at the moment of each request.
    pub(crate) fn new(home: &Path, is_packed: bool) -> Self {
        Self { folder: home.join("static"), is_packed, packed: OnceCell::new() }
    }

    /// The page. The first call bundles it, which takes some tenths of a second.
    pub(crate) async fn page(&self) -> Result<Arc<Page>, PageError> {
        if !self.is_packed {
            return Page::unpacked(&self.folder).map(Arc::new);
        }
        let folder = self.folder.clone();
        let pack = || async {
            let packed = spawn_blocking(move || Page::packed(&folder)).await;
            packed.map_err(PageError::stopped).flatten().map(Arc::new)
        };
        self.packed.get_or_try_init(pack).await.cloned()
    }

    /// The document of one page. It depends on nothing but the version and the filling, so its tag is that of its text.
    pub(crate) async fn document(
        &self,
        request: &HttpRequest,
        status: StatusCode,
        filling: &Filling,
    ) -> Result<HttpResponse, Problem> {
        let page = self.page().await.map_err(unavailable)?;
        let text = page.document.filled(filling);
        let mut response = revalidated(request, status, HTML, text);
        response.headers_mut().insert(VARY, HeaderValue::from_static("Accept"));
        Ok(response)
    }

    /// The document of the scanner, under policies of its own.
    pub(crate) async fn door(&self, request: &HttpRequest) -> Result<HttpResponse, Problem> {
        let page = self.page().await.map_err(unavailable)?;
        let text = page.door.filled(&Filling::default());
        let mut response = revalidated(request, StatusCode::OK, HTML, text);
        // A 304 would replace the headers of the copy that the browser has.
        for (name, value) in OF_DOOR {
            response.headers_mut().insert(name, value);
        }
        Ok(response)
    }

    /// The scanner's service worker.
    pub(crate) async fn door_worker(&self, request: &HttpRequest) -> Result<HttpResponse, Problem> {
        let page = self.page().await.map_err(unavailable)?;
        Ok(revalidated(request, StatusCode::OK, JAVASCRIPT, page.door_worker().to_owned()))
    }
}

/// A text that browsers may keep but must ask for again.
fn revalidated(request: &HttpRequest, status: StatusCode, media_type: &'static str, text: String) -> HttpResponse {
    let etag = etags::tag_of(text.as_bytes());
    if status == StatusCode::OK && etags::is_known(&etag, request.headers()) {
        return HttpResponse::NotModified().insert_header((ETAG, etag)).finish();
    }
    let mut response = HttpResponse::build(status);
    response.content_type(media_type);
    if status == StatusCode::OK {
        response.insert_header((ETAG, etag));
    }
    response.body(text)
}

fn unavailable(error: PageError) -> Problem {
    Problem::Unavailable(error.into())
}

/// Serves the files. Call this after the routes are mounted, since it takes all remaining paths.
pub(crate) fn mount(files: &Data<PageFiles>, config: &mut ServiceConfig) {
    let is_read = |context: &GuardContext<'_>| matches!(context.head().method, Method::GET | Method::HEAD);
    let folder = files.folder.clone();
    let asset_route = web::route().guard(guard::Any(guard::Get()).or(guard::Head())).to(asset);
    config.app_data(files.clone()).service(web::resource("/assets/{version}/{name}").route(asset_route));
    let unread = Arc::new(folder.clone());
    let service = Files::new("/", folder)
        .prefer_utf8(true)
        .disable_content_disposition()
        .default_handler(fn_service(move |request: ServiceRequest| {
            let unread = Arc::clone(&unread);
            async move { Ok::<_, Error>(unknown(request, &unread).await) }
        }))
        .guard(fn_guard(is_read));
    config.service(service).default_service(web::to(async || HttpResponse::from_error(Problem::NotFound("page"))));
}

async fn asset(
    request: HttpRequest,
    files: Data<PageFiles>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (version, name) = path.into_inner();
    let page = files.page().await.map_err(unavailable)?;
    let is_current = version == page.version();
    let asset = page.asset(&name).filter(|_| is_current || OF_DOCUMENT.contains(&name.as_str()));
    let asset = asset.ok_or(Problem::NotFound("page"))?;
    let (encoding, bytes) = match encoding(&request) {
        ContentEncoding::Brotli => (Some("br"), &asset.bytes.brotli),
        ContentEncoding::Gzip => (Some("gzip"), &asset.bytes.gzip),
        _ => (None, &asset.bytes.plain),
    };
    let mut response = HttpResponse::Ok();
    response
        .insert_header((CONTENT_TYPE, asset.media_type))
        .insert_header((CACHE_CONTROL, if is_current { FOR_EVER } else { "no-store" }))
        .insert_header((VARY, "Accept-Encoding"));
    if let Some(encoding) = encoding {
        response.insert_header((CONTENT_ENCODING, encoding));
    }
    Ok(response.body(bytes.clone()))
}

/// The best encoding that the client accepts.
fn encoding(request: &HttpRequest) -> ContentEncoding {
    let offered = [Encoding::brotli(), Encoding::gzip(), Encoding::identity()];
    let accepted = AcceptEncoding::parse(request).ok();
    match accepted.and_then(|accepted| accepted.negotiate(offered.iter())) {
        Some(Encoding::Known(encoding)) => encoding,
        _ => ContentEncoding::Identity,
    }
}

/// People get the document, whose scripts say that there is no such page, and programs a problem.
async fn unknown(request: ServiceRequest, folder: &Path) -> ServiceResponse {
    let problem = unread_file(folder, request.path());
    let files = request.app_data::<Data<PageFiles>>().cloned();
    if let (Problem::NotFound(_), Some(files)) = (&problem, files)
        && prefers_page(request.headers())
        && let Ok(document) = files.document(request.request(), StatusCode::NOT_FOUND, &Filling::default()).await
    {
        return request.into_response(document);
    }
    request.error_response(problem)
}

/// The reason why no file was served: it does not exist, or it cannot be opened.
fn unread_file(folder: &Path, path: &str) -> Problem {
    let is_name =
        |segment: &str| !segment.is_empty() && !segment.starts_with('.') && !segment.contains(['%', '\\', '\0']);
    let is_path = path.strip_prefix('/').is_some_and(|path| path.split('/').all(is_name));
    if !is_path {
        return Problem::NotFound("page");
    }
    let file = folder.join(path.trim_start_matches('/'));
    match file.symlink_metadata() {
        Ok(found) if !found.is_dir() => {
            Problem::Unavailable(format!("the file {} cannot be opened", file.display()).into())
        }
        _ => Problem::NotFound("page"),
    }
}
