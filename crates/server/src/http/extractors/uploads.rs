//! Files that people upload. A handler reads them itself, once it is certain that it wants them.

use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::{Ready, ready};

use super::bodies::{self, BodyLimits};
use crate::http::arguments::{Argument, Part};
use crate::http::problems::Problem;

/// The largest picture. A phone's camera makes smaller ones.
const PICTURE_BYTES_MAX: usize = 10 * 1024 * 1024;

/// The time that a client may take to send it: 1.4 Mbit/s are enough.
const PICTURE_SENT_WITHIN: Duration = Duration::from_secs(60);

/// The media types of pictures, for people.
const PICTURE_TYPES: &str = "image/jpeg or image/png";

/// A body that is to be a picture, and that nobody has read yet.
pub(crate) struct PictureFile(Payload);

impl PictureFile {
    /// The whole body.
    pub(crate) async fn read(self) -> Result<Bytes, Problem> {
        let Self(body) = self;
        bodies::read(body, LIMITS, || Problem::UnusablePicture { reason: "it is incomplete".to_owned() }).await
    }
}

const LIMITS: BodyLimits = BodyLimits { bytes: PICTURE_BYTES_MAX, time: PICTURE_SENT_WITHIN };

impl FromRequest for PictureFile {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let media_type = bodies::media_type(request.headers());
        let is_picture = pictures::MEDIA_TYPES.into_iter().any(|known| media_type.as_deref() == Some(known));
        if !is_picture {
            return ready(Err(Problem::UnsupportedMediaType { expected: PICTURE_TYPES }));
        }
        ready(bodies::check_length(request, LIMITS).map(|_| Self(payload.take())))
    }
}

impl Argument for PictureFile {
    fn parts() -> Vec<Part> {
        let problems = [
            Problem::UnusablePicture { reason: pictures::Unusable::UnknownFormat.to_string() },
            Problem::RequestTimeout,
            Problem::BodyTooLarge { limit_bytes: PICTURE_BYTES_MAX },
            Problem::UnsupportedMediaType { expected: PICTURE_TYPES },
            Problem::UnsupportedEncoding,
        ];
        let body = Part::File { media_types: &pictures::MEDIA_TYPES };
        [body].into_iter().chain(problems.into_iter().map(Part::Problem)).collect()
    }
}
