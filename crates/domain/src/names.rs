//! Values that JSON holds by one of a few names.

/// Reads a type with `ALL` and `as_str` from a string that is one of its names, and from nothing else. serde's derived
/// implementation would also take `{"NAME": null}`.
macro_rules! read_by_name {
    ($type:ident) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let name = <String as serde::Deserialize>::deserialize(deserializer)?;
                Self::ALL.into_iter().find(|value| value.as_str() == name).ok_or_else(|| {
                    let names = Self::ALL.map(Self::as_str).join(", ");
                    serde::de::Error::custom(format_args!("must be one of {names}"))
                })
            }
        }
    };
}

pub(crate) use read_by_name;
