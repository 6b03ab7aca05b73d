//! The picture of an event, in two sizes.

use std::str::FromStr;

use crate::ids::PictureId;

/// The picture of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Picture {
    /// Another upload has another id, so the files at its addresses never change.
    pub id: PictureId,
    /// Of the large size, in pixels.
    pub width: i16,
    /// Of the large size, in pixels.
    pub height: i16,
}

/// The sizes that there are of each picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PictureSize {
    /// For the event's page and for previews.
    Large,
    /// For small screens and mails.
    Small,
}

impl PictureSize {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Large, Self::Small];

    /// The name that addresses use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Large => "large",
            Self::Small => "small",
        }
    }
}

/// The text names no size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownSize;

impl FromStr for PictureSize {
    type Err = UnknownSize;

    fn from_str(text: &str) -> Result<Self, UnknownSize> {
        Self::ALL.into_iter().find(|size| size.as_str() == text).ok_or(UnknownSize)
    }
}
