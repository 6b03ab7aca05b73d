//! Routes with their permissions, and how the server mounts them.

use std::any::type_name;

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::http::header::{CACHE_CONTROL, HeaderValue};
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{FromRequest, Handler, HttpRequest, HttpResponse, Responder, Route, guard};
use auth::access::Permission;

use crate::http::access::Access;
use crate::http::arguments::{Argument, Part};
use crate::http::problems::Problem;
use crate::http::query::{self, Parameter, Parameters};

/// A route. Its handler is called only if the caller has the route's permission and the query has only parameters that
/// the route takes.
pub struct Endpoint {
    /// The method. A GET route also answers HEAD.
    pub method: Method,
    /// The path, with its ids' names in braces.
    pub path: &'static str,
    /// The permission that the caller needs. `auth::access` says which roles have it.
    pub permission: Permission,
    /// The parameters that its query may have.
    pub(crate) parameters: &'static [Parameter],
    /// The handler's type name, with its module path.
    pub(crate) handler: &'static str,
    /// The parts of a request that the handler's arguments read.
    pub(crate) arguments: fn() -> Vec<Part>,
    route: Box<dyn FnOnce(Rules) -> Route>,
}

#[derive(Clone, Copy)]
struct Rules {
    permission: Permission,
    parameters: &'static [Parameter],
}

/// A route that takes no parameters in its query.
pub(crate) fn endpoint<H, Args>(method: Method, path: &'static str, permission: Permission, handler: H) -> Endpoint
where
    H: Handler<Args>,
    H::Output: Responder,
    Args: FromRequest + Argument + 'static,
{
    let route = Box::new(move |rules| {
        web::to(move |request: HttpRequest, payload: web::Payload| {
            answer(request, payload.into_inner(), rules, handler.clone())
        })
    });
    Endpoint { method, path, permission, parameters: &[], handler: type_name::<H>(), arguments: Args::parts, route }
}

impl Endpoint {
    /// The same route, with these parameters.
    pub(crate) fn taking(self, parameters: &'static [Parameter]) -> Self {
        Self { parameters, ..self }
    }
}

async fn answer<H, Args>(request: HttpRequest, mut payload: Payload, rules: Rules, handler: H) -> HttpResponse
where
    H: Handler<Args>,
    H::Output: Responder,
    Args: FromRequest,
{
    if let Err(problem) = admit(&request, rules).await {
        return HttpResponse::from_error(problem);
    }
    let arguments = match Args::from_request(&request, &mut payload).await {
        Ok(arguments) => arguments,
        Err(error) => return HttpResponse::from_error(error),
    };
    let mut response = handler.call(arguments).await.respond_to(&request).map_into_boxed_body();
    if !response.headers().contains_key(CACHE_CONTROL) {
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

async fn admit(request: &HttpRequest, rules: Rules) -> Result<(), Problem> {
    query::refuse_api_keys(request)?;
    let access = request.app_data::<Data<Access>>().ok_or_else(|| Problem::internal("a route has no access rules"))?;
    access.admit(request, rules.permission).await?;
    Parameters::of(request)?.check(rules.parameters)
}

/// Adds the routes to the server. A known path refuses other methods, and its answer lists the methods that it takes.
///
/// `counter` returns the counter of each path. All requests of a path share it, whatever their ids.
pub(crate) fn mount<Counter: 'static>(
    endpoints: Vec<Endpoint>,
    counter: impl Fn(&'static str) -> Counter,
    config: &mut ServiceConfig,
) {
    let mut paths: Vec<(&'static str, Vec<Endpoint>)> = Vec::new();
    for endpoint in endpoints {
        match paths.iter_mut().find(|(path, _)| *path == endpoint.path) {
            Some((_, same)) => same.push(endpoint),
            None => paths.push((endpoint.path, vec![endpoint])),
        }
    }
    for (path, endpoints) in paths {
        let mut resource = web::resource(path).app_data(counter(path));
        let mut allowed: Vec<Method> = Vec::new();
        for Endpoint { method, permission, parameters, route, .. } in endpoints {
            let route = route(Rules { permission, parameters });
            if method == Method::GET {
                resource = resource.route(route.guard(guard::Any(guard::Get()).or(guard::Head())));
                allowed.extend([Method::GET, Method::HEAD]);
            } else {
                resource = resource.route(route.method(method.clone()));
                allowed.push(method);
            }
        }
        let other = move || {
            let problem = Problem::method_not_allowed(&allowed);
            async move { HttpResponse::from_error(problem) }
        };
        config.service(resource.default_service(web::to(other)));
    }
}
