//! The state of a connection's requests, which its stream reads.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::web::Bytes;
use futures_util::Stream;

/// The state of a connection's requests, which its stream reads.
#[derive(Debug, Default)]
pub(crate) struct Phase {
    /// Requests whose head was read since the connection opened.
    pub(super) begun: Cell<u64>,
    /// Requests whose answer has no head yet.
    pub(super) in_flight: Cell<u32>,
    /// Whether the client has closed its sending side.
    pub(super) has_left: Cell<bool>,
    /// Answers whose head is done and whose body is still streamed.
    pub(super) streaming: Cell<u32>,
    /// Whether an answer broke off whose end only the connection's end tells.
    pub(super) broke_off: Cell<bool>,
    /// Whether a handler waits for more of a request's body.
    pub(super) body_awaited: Cell<bool>,
    /// The waker of the reading task, if it is paused.
    pub(super) reader: RefCell<Option<Waker>>,
}

/// How a client knows the end of an answer's body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyEnd {
    /// By its length, or by its last chunk.
    Marked,
    /// By the end of the connection.
    Connection,
}

/// A request that is being answered, until it is dropped.
#[derive(Debug)]
pub(crate) struct Answering(Rc<Phase>);

impl Phase {
    /// Counts a request whose head has been read.
    pub(crate) fn begin(self: &Rc<Self>) -> Answering {
        self.begun.set(self.begun.get().wrapping_add(1));
        self.in_flight.set(self.in_flight.get().saturating_add(1));
        Answering(Rc::clone(self))
    }

    /// Whether the client has closed its sending side. It may still read, so its answers are completed. Endless answers
    /// should end now: otherwise they would go on until a write fails.
    pub(crate) fn has_left(&self) -> bool {
        self.has_left.get()
    }

    /// Wraps a request's body, so that the stream reads on while a handler waits for it.
    pub(crate) fn watch(self: &Rc<Self>, payload: Payload) -> Payload {
        match payload {
            Payload::None => Payload::None,
            payload => Payload::Stream { payload: Box::pin(RequestBody { payload, phase: Rc::clone(self) }) },
        }
    }

    /// Whether bytes read now would only be kept until an answer is done.
    pub(super) fn is_ahead(&self) -> bool {
        (self.in_flight.get() > 0 || self.streaming.get() > 0) && !self.body_awaited.get()
    }

    /// Wakes the reading task, if it paused.
    pub(super) fn read_on(&self) {
        if let Some(reader) = self.reader.take() {
            reader.wake();
        }
    }
}

impl Answering {
    /// Wraps the answer's body. A streamed body counts as streaming until it is dropped.
    pub(crate) fn watch(&self, body: BoxBody, end: BodyEnd) -> BoxBody {
        if body.size() != BodySize::Stream {
            return body;
        }
        self.0.streaming.set(self.0.streaming.get().saturating_add(1));
        BoxBody::new(AnswerBody { body, end, phase: Rc::clone(&self.0) })
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.in_flight.set(self.0.in_flight.get().saturating_sub(1));
        self.0.read_on();
    }
}

struct RequestBody {
    payload: Payload,
    phase: Rc<Phase>,
}

impl Stream for RequestBody {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = Pin::new(&mut self.payload).poll_next(context);
        self.phase.body_awaited.set(next.is_pending());
        if next.is_pending() {
            self.phase.read_on();
        }
        next
    }
}

impl Drop for RequestBody {
    fn drop(&mut self) {
        self.phase.body_awaited.set(false);
    }
}

struct AnswerBody {
    body: BoxBody,
    end: BodyEnd,
    phase: Rc<Phase>,
}

impl MessageBody for AnswerBody {
    type Error = Box<dyn std::error::Error>;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let next = self.body.as_pin_mut().poll_next(context);
        if self.end == BodyEnd::Connection && matches!(next, Poll::Ready(Some(Err(_)))) {
            self.phase.broke_off.set(true);
        }
        next
    }
}

impl Drop for AnswerBody {
    fn drop(&mut self) {
        self.phase.streaming.set(self.phase.streaming.get().saturating_sub(1));
        self.phase.read_on();
    }
}
