//! How a type says what its JSON is.

/// Reads and writes a struct as an object. The fields behind `needs` must be there; the others may be missing or of another
/// kind, and then have their `Default`. Unknown fields are passed over. A field that the list leaves out does not compile.
///
/// ```
/// # use contract::{json, record};
/// #[derive(Debug, PartialEq)]
/// struct Room {
///     id: i64,
///     name: String,
/// }
///
/// record!(Room { needs "Id" => id; "Name" => name });
///
/// for text in [r#"{"Id":1,"Floor":2}"#, r#"{"Id":1,"Name":["Attic"]}"#] {
///     assert_eq!(json::read(text), Ok(Room { id: 1, name: String::new() }));
/// }
/// assert_eq!(json::write(&Room { id: 1, name: "Attic".into() }), r#"{"Id":1,"Name":"Attic"}"#);
/// assert!(json::read::<Room>(r#"{"Name":"Attic"}"#).is_err());
/// ```
#[macro_export]
macro_rules! record {
    ($type:ident {
        $(needs $($needed_key:literal => $needed:ident),+;)?
        $($key:literal => $field:ident),* $(,)?
    }) => {
        impl $crate::json::Read for $type {
            fn read(json: &mut $crate::json::Reader<'_>) -> Result<Self, $crate::Unreadable> {
                $($(let mut $needed = None;)+)?
                $(let mut $field = Default::default();)*
                json.fields(&mut |key, json| {
                    match key {
                        $($($needed_key => $needed = Some(json.read()?),)+)?
                        $($key => $field = json.read()?,)*
                        _ => json.skip()?,
                    }
                    Ok(())
                })?;
                Ok(Self { $($($needed: $needed.ok_or($crate::Unreadable)?,)+)? $($field),* })
            }
        }

        impl $crate::json::Write for $type {
            fn write(&self, json: &mut $crate::json::Writer) {
                json.object(&mut |json| {
                    $($(json.field($needed_key, &self.$needed);)+)?
                    $(json.field($key, &self.$field);)*
                });
            }
        }
    };
}

/// Reads and writes an enum as one text of a few. Any other is unreadable.
///
/// ```
/// # use contract::{json, words};
/// #[derive(Debug, PartialEq)]
/// enum Door {
///     Open,
///     Shut,
/// }
///
/// words!(Door { "open" => Open, "shut" => Shut });
///
/// assert_eq!(json::read("\"shut\""), Ok(Door::Shut));
/// assert_eq!(json::write(&Door::Open), "\"open\"");
/// assert!(json::read::<Door>("\"ajar\"").is_err());
/// ```
#[macro_export]
macro_rules! words {
    ($type:ident { $($word:literal => $variant:ident),+ $(,)? }) => {
        impl $crate::json::Read for $type {
            fn read(json: &mut $crate::json::Reader<'_>) -> Result<Self, $crate::Unreadable> {
                match &*json.text()? {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::Unreadable),
                }
            }
        }

        impl $crate::json::Write for $type {
            fn write(&self, json: &mut $crate::json::Writer) {
                json.quoted(match self {
                    $(Self::$variant => $word,)+
                });
            }
        }
    };
}
