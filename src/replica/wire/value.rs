//! Names, texts and values.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::context::{Context, MAX_DEPTH, refuse};
use crate::model::value::{MAX_INT, Value};
use crate::replica::object::render_object;

pub(super) struct NameSeed<'c, 'n>(pub(super) &'c Context<'n>);

impl<'de> DeserializeSeed<'de> for NameSeed<'_, '_> {
    type Value = Arc<str>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Arc<str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for NameSeed<'_, '_> {
    type Value = Arc<str>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }
    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Arc<str>, E> {
        if text.len() > self.0.limits.key || text.is_empty() {
            return Err(refuse("名称为空或太长"));
        }
        Ok(self.0.names.borrow_mut().intern(text))
    }
}

pub(super) struct StrSeed;

impl<'de> DeserializeSeed<'de> for StrSeed {
    type Value = String;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for StrSeed {
    type Value = String;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }
    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_string())
    }
}

pub(super) struct ValueSeed<'c, 'n> {
    pub(super) context: &'c Context<'n>,
    pub(super) depth: usize,
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_, '_> {
    type Value = Value;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_, '_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: serde::de::Error>(self, truth: bool) -> Result<Value, E> {
        Ok(Value::Bool(truth))
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Value, E> {
        if number.abs() > MAX_INT {
            return Err(refuse("整数太大"));
        }
        Ok(Value::Int(number))
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Value, E> {
        i64::try_from(number)
            .map_err(|_| refuse("整数太大"))
            .and_then(|n| self.visit_i64(n))
    }

    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<Value, E> {
        Err(refuse("数字不是整数|小数应写成文本，例如 \"12.5\"；请对方重新导出"))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Value, E> {
        if text.len() > self.context.limits.text {
            return Err(refuse("文字太长"));
        }
        Ok(Value::text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let depth = self.deeper()?;
        let mut values = Vec::new();
        let mut size = 0;
        while let Some(value) = items.next_element_seed(ValueSeed {
            context: self.context,
            depth,
        })? {
            size += 1 + value.as_str().map_or(0, str::len);
            if size > self.context.limits.text {
                return Err(refuse("列表太长"));
            }
            values.push(value);
        }
        if values.iter().all(|v| matches!(v, Value::Text(_))) {
            let texts = values.into_iter().filter_map(|v| match v {
                Value::Text(text) => Some(text),
                _ => None,
            });
            return Ok(Value::List(texts.collect()));
        }
        let mut json = String::from("[");
        for (i, value) in values.iter().enumerate() {
            if i > 0 {
                json.push(',');
            }
            value.write_json(&mut json);
        }
        json.push(']');
        Ok(Value::Raw(json.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let depth = self.deeper()?;
        let mut entries = BTreeMap::new();
        while let Some(key) = map.next_key_seed(StrSeed)? {
            let value = map.next_value_seed(ValueSeed {
                context: self.context,
                depth,
            })?;
            if entries.len() >= self.context.limits.actors || entries.insert(key, value).is_some() {
                return Err(refuse("键重复或太多"));
            }
        }
        Ok(Value::Raw(render_object(&entries)))
    }
}

impl ValueSeed<'_, '_> {
    fn deeper<E: serde::de::Error>(&self) -> Result<usize, E> {
        if self.depth >= MAX_DEPTH {
            Err(refuse("嵌套太深"))
        } else {
            Ok(self.depth + 1)
        }
    }
}
