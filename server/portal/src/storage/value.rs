//! Values of statements.

use std::borrow::Cow;

use domain::Timestamp;
use domain::id::{
    AuditEntryId, CustomerId, EventId, FileId, ImportId, InvitationId, JobId, LineFileId, LineId, MailId,
    MembershipId, MessageId, ObjectId, OrderId, OrderWriteId, PrintAreaId, ProductId, ShipmentId, StoreId,
    StoreProductId, StoreVariantId, UserId, VariantId, ViewId, ViewingId,
};
use serde::Serialize;
use sqlx::encode::{Encode, IsNull};
use sqlx::error::BoxDynError;
use sqlx::{Database, Type};
use uuid::Uuid;

/// A value bound to a parameter of a statement. The type is kept for NULL too: PostgreSQL wants to know it.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// TEXT.
    Text(Option<String>),
    /// INTEGER or BIGINT.
    Int(Option<i64>),
    /// REAL or DOUBLE PRECISION.
    Float(Option<f64>),
    /// INTEGER 0 and 1, or BOOLEAN.
    Bool(Option<bool>),
    /// BLOB or UUID.
    Uuid(Option<Uuid>),
    /// INTEGER microseconds, or TIMESTAMPTZ.
    Timestamp(Option<Timestamp>),
    /// BLOB or BYTEA.
    Bytes(Option<Vec<u8>>),
    /// TEXT or JSONB.
    Json(Option<serde_json::Value>),
    /// What could not be made into JSON, and why: the statement it is bound to fails.
    NotJson(String),
}

impl Value {
    /// `value` as JSON.
    pub fn json(value: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_value(value) {
            Ok(json) => Self::Json(Some(json_without_nul(json))),
            Err(error) => Self::NotJson(error.to_string()),
        }
    }
}

/// Text without NUL: PostgreSQL refuses it in text and JSON, and the search of SQLite reads no further.
fn without_nul(mut text: String) -> String {
    if text.contains('\0') {
        text.retain(|character| character != '\0');
    }
    text
}

/// The same in every text and key.
fn json_without_nul(json: serde_json::Value) -> serde_json::Value {
    use serde_json::Value::{Array, Object, String};
    match json {
        String(text) => String(without_nul(text)),
        Array(items) => Array(items.into_iter().map(json_without_nul).collect()),
        Object(fields) => Object(
            fields
                .into_iter()
                .map(|(key, value)| (without_nul(key), json_without_nul(value)))
                .collect(),
        ),
        other => other,
    }
}

/// What can be bound to a parameter.
pub trait IntoValue {
    /// NULL of the type's column.
    const NULL: Value;

    /// The value to bind.
    fn into_value(self) -> Value;
}

impl IntoValue for Value {
    const NULL: Value = Value::Text(None);

    fn into_value(self) -> Value {
        self
    }
}

impl<T: IntoValue> IntoValue for Option<T> {
    const NULL: Value = T::NULL;

    fn into_value(self) -> Value {
        self.map_or(T::NULL, T::into_value)
    }
}

impl<T: IntoValue + Clone> IntoValue for &T {
    const NULL: Value = T::NULL;

    fn into_value(self) -> Value {
        self.clone().into_value()
    }
}

macro_rules! values {
    ($($type:ty => $kind:ident($value:ident: $into:expr)),+ $(,)?) => {$(
        impl IntoValue for $type {
            const NULL: Value = Value::$kind(None);

            fn into_value(self) -> Value {
                let $value = self;
                Value::$kind(Some($into))
            }
        }
    )+};
}

values! {
    &str => Text(text: without_nul(text.to_owned())),
    String => Text(text: without_nul(text)),
    Cow<'_, str> => Text(text: without_nul(text.into_owned())),
    i64 => Int(number: number),
    i32 => Int(number: number.into()),
    u32 => Int(number: number.into()),
    u16 => Int(number: number.into()),
    f64 => Float(number: number),
    bool => Bool(truth: truth),
    Uuid => Uuid(id: id),
    Timestamp => Timestamp(time: time),
    &[u8] => Bytes(bytes: bytes.to_vec()),
    Vec<u8> => Bytes(bytes: bytes),
    serde_json::Value => Json(json: json_without_nul(json)),
}

impl<const N: usize> IntoValue for [u8; N] {
    const NULL: Value = Value::Bytes(None);

    fn into_value(self) -> Value {
        Value::Bytes(Some(self.to_vec()))
    }
}

macro_rules! ids {
    ($($id:ty),+ $(,)?) => { values! { $($id => Uuid(id: id.0)),+ } };
}

ids!(
    CustomerId,
    UserId,
    MembershipId,
    InvitationId,
    MailId,
    FileId,
    ProductId,
    VariantId,
    PrintAreaId,
    StoreId,
    StoreProductId,
    StoreVariantId,
    OrderId,
    OrderWriteId,
    LineId,
    LineFileId,
    ShipmentId,
    EventId,
    ImportId,
    JobId,
    MessageId,
    ViewId,
    ViewingId,
    AuditEntryId,
    ObjectId,
);

/// Encodes as the value it holds does; `produces` tells PostgreSQL the type.
macro_rules! encode {
    ($database:ty, $buffer:ty) => {
        impl Encode<'_, $database> for Value {
            fn encode_by_ref(&self, buffer: &mut $buffer) -> Result<IsNull, BoxDynError> {
                match self {
                    Self::Text(value) => Encode::<$database>::encode_by_ref(value, buffer),
                    Self::Int(value) => Encode::<$database>::encode_by_ref(value, buffer),
                    Self::Float(value) => Encode::<$database>::encode_by_ref(value, buffer),
                    Self::Bool(value) => Encode::<$database>::encode_by_ref(value, buffer),
                    Self::Uuid(value) => Encode::<$database>::encode_by_ref(value, buffer),
                    Self::Timestamp(value) => Encode::<$database>::encode_by_ref(value, buffer),
                    Self::Bytes(value) => Encode::<$database>::encode_by_ref(value, buffer),
                    Self::Json(value) => Encode::<$database>::encode_by_ref(value, buffer),
                    Self::NotJson(reason) => Err(reason.as_str().into()),
                }
            }

            fn produces(&self) -> Option<<$database as Database>::TypeInfo> {
                Some(match self {
                    Self::Text(_) => <String as Type<$database>>::type_info(),
                    Self::Int(_) => <i64 as Type<$database>>::type_info(),
                    Self::Float(_) => <f64 as Type<$database>>::type_info(),
                    Self::Bool(_) => <bool as Type<$database>>::type_info(),
                    Self::Uuid(_) => <Uuid as Type<$database>>::type_info(),
                    Self::Timestamp(_) => <Timestamp as Type<$database>>::type_info(),
                    Self::Bytes(_) => <Vec<u8> as Type<$database>>::type_info(),
                    Self::Json(_) | Self::NotJson(_) => <serde_json::Value as Type<$database>>::type_info(),
                })
            }
        }

        impl Type<$database> for Value {
            fn type_info() -> <$database as Database>::TypeInfo {
                <String as Type<$database>>::type_info()
            }
        }
    };
}

encode!(sqlx::Sqlite, sqlx::sqlite::SqliteArgumentsBuffer);
encode!(sqlx::Postgres, sqlx::postgres::PgArgumentBuffer);
