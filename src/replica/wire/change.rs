//! Changes: their parts in the order of a file.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use super::context::{Context, MAX_DEPTH, OUTER_DEPTH, OWN, refuse};
use super::value::{NameSeed, StrSeed, ValueSeed};
use crate::model::date::Instant;
use crate::model::value::Value;
use crate::order::Arrange;
use crate::replica::change::{Cell, Change, ChangeId, MAX_SERIAL, Over, Patch, is_tag, split_id, stands_outside};
use crate::replica::object::render_object;

pub(super) struct ChangesSeed<'c, 'n>(pub(super) &'c Context<'n>);

impl<'de> DeserializeSeed<'de> for ChangesSeed<'_, '_> {
    type Value = Vec<Change>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<Change>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for ChangesSeed<'_, '_> {
    type Value = Vec<Change>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of changes")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<Change>, A::Error> {
        let mut changes = Vec::new();
        loop {
            self.0.leave_record();
            self.0.place.change.set(Some(changes.len()));
            match items.next_element_seed(ChangeSeed(self.0))? {
                Some(_) if changes.len() >= self.0.limits.changes => return Err(refuse("修改条数太多")),
                Some(change) => changes.push(change),
                None => break,
            }
        }
        self.0.place.change.set(None);
        Ok(changes)
    }
}

pub(super) struct ChangeSeed<'c, 'n>(pub(super) &'c Context<'n>);

impl<'de> DeserializeSeed<'de> for ChangeSeed<'_, '_> {
    type Value = Change;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Change, D::Error> {
        deserializer.deserialize_map(self)
    }
}

fn once<T, E: serde::de::Error>(slot: &mut Option<T>, value: T) -> Result<(), E> {
    match slot.replace(value) {
        Some(_) => Err(refuse("键重复")),
        None => Ok(()),
    }
}

impl<'de> Visitor<'de> for ChangeSeed<'_, '_> {
    type Value = Change;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a change")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Change, A::Error> {
        let context = self.0;
        let (mut id, mut at, mut by, mut set) = (None, None, None, None);
        let mut extra: BTreeMap<Arc<str>, Value> = BTreeMap::new();
        while let Some(key) = map.next_key_seed(NameSeed(context))? {
            match &*key {
                "id" => {
                    context.place.part.set("id");
                    let text = map.next_value_seed(StrSeed)?;
                    let (actor, n) = split_id(&text).ok_or_else(|| refuse("修改编号不对"))?;
                    let actor = context.names.borrow_mut().intern(actor);
                    once(&mut id, ChangeId { actor, n })?;
                }
                "at" => {
                    context.place.part.set("at");
                    let text = map.next_value_seed(StrSeed)?;
                    once(&mut at, Instant::parse(&text).ok_or_else(|| refuse("时间写法不对"))?)?;
                }
                "by" => {
                    context.place.part.set("by");
                    let tag = map.next_value_seed(NameSeed(context))?;
                    if !is_tag(&tag) {
                        return Err(refuse("设备编号不对"));
                    }
                    once(&mut by, tag)?;
                }
                "set" => once(&mut set, map.next_value_seed(SetSeed(context))?)?,
                _ => {
                    let value = map.next_value_seed(ValueSeed { context, depth: 3 })?;
                    if extra.len() >= context.limits.fields || extra.insert(key, value).is_some() {
                        return Err(refuse("键重复或太多"));
                    }
                }
            }
            context.place.part.set("");
        }
        let missing = |key: &str| refuse(format_args!("缺少 {key}"));
        let change = Change {
            id: id.ok_or_else(|| missing("id"))?,
            at: at.ok_or_else(|| missing("at"))?,
            by: by.ok_or_else(|| missing("by"))?,
            set: set.ok_or_else(|| missing("set"))?,
            extra: (!extra.is_empty()).then(|| render_object(&extra)),
        };
        check_overs(&change, context)?;
        Ok(change)
    }
}

/// A write cannot have seen itself or a later write of its own actor.
fn check_overs<E: serde::de::Error>(change: &Change, context: &Context<'_>) -> Result<(), E> {
    for patch in &change.set {
        for cell in &patch.cells {
            let own = cell
                .over
                .iter()
                .flat_map(|o| o.iter())
                .find(|(actor, _)| *actor == change.id.actor);
            if own.is_some_and(|(_, n)| *n >= change.id.n) {
                context.place.record.replace(patch.record.to_string());
                context.place.part.set("over");
                context.place.field.replace(Some(cell.name.clone()));
                return Err(refuse("修改声称已看到自己"));
            }
        }
    }
    Ok(())
}

struct SetSeed<'c, 'n>(&'c Context<'n>);

impl<'de> DeserializeSeed<'de> for SetSeed<'_, '_> {
    type Value = Vec<Patch>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<Patch>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for SetSeed<'_, '_> {
    type Value = Vec<Patch>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("records")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Vec<Patch>, A::Error> {
        let context = self.0;
        let mut patches: Vec<Patch> = Vec::new();
        let mut sorted = true;
        while let Some(record) = map.next_key_seed(StrSeed)? {
            if record.is_empty() || record.len() > context.limits.key || record.chars().any(char::is_control) {
                return Err(refuse("记录编号不对"));
            }
            if patches.len() >= context.limits.records {
                return Err(refuse("一次修改的记录太多"));
            }
            context.place.record.replace(record.clone());
            let (ledger, cells) = map.next_value_seed(PatchSeed(context))?;
            sorted = sorted && patches.last().is_none_or(|last| *last.record < *record);
            patches.push(Patch {
                record: record.into(),
                ledger,
                cells,
            });
            context.leave_record();
        }
        if !sorted {
            patches.arrange_by(|a, b| a.record.cmp(&b.record));
            if patches.windows(2).any(|pair| pair[0].record == pair[1].record) {
                return Err(refuse("记录编号重复"));
            }
        }
        Ok(patches)
    }
}

struct PatchSeed<'c, 'n>(&'c Context<'n>);

impl<'de> DeserializeSeed<'de> for PatchSeed<'_, '_> {
    type Value = (Arc<str>, Vec<Cell>);
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for PatchSeed<'_, '_> {
    type Value = (Arc<str>, Vec<Cell>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let context = self.0;
        let mut ledger = None;
        let mut cells: Vec<Cell> = Vec::new();
        let mut overs: Option<Vec<(Arc<str>, Over)>> = None;
        let mut seen_fields = false;
        while let Some(key) = map.next_key_seed(NameSeed(context))? {
            match &*key {
                "ledger" => once(&mut ledger, map.next_value_seed(NameSeed(context))?)?,
                "fields" if seen_fields => return Err(refuse("键重复")),
                "fields" => {
                    seen_fields = true;
                    context.place.part.set("fields");
                    map.next_value_seed(FieldsSeed {
                        context,
                        cells: &mut cells,
                    })?;
                    context.place.part.set("");
                }
                "over" => {
                    context.place.part.set("over");
                    once(&mut overs, map.next_value_seed(OversSeed(context))?)?;
                    context.place.part.set("");
                }
                _ => {
                    let value = map.next_value_seed(ValueSeed {
                        context,
                        depth: OUTER_DEPTH,
                    })?;
                    let name = if &*key == "unit" {
                        key
                    } else {
                        context.names.borrow_mut().intern(&format!("@{key}"))
                    };
                    if cells.iter().any(|c| c.name == name) || cells.len() >= context.limits.fields {
                        return Err(refuse("键重复或太多"));
                    }
                    cells.push(Cell {
                        name,
                        value,
                        over: None,
                    });
                }
            }
        }
        for (name, over) in overs.into_iter().flatten() {
            match cells.iter_mut().find(|c| c.name == name) {
                Some(cell) => cell.over = Some(over),
                None => return Err(refuse(format_args!("over 里的 {name} 没有写入"))),
            }
        }
        Ok((ledger.ok_or_else(|| refuse("缺少 ledger"))?, cells))
    }
}

struct FieldsSeed<'a, 'c, 'n> {
    context: &'c Context<'n>,
    cells: &'a mut Vec<Cell>,
}

impl<'de> DeserializeSeed<'de> for FieldsSeed<'_, '_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for FieldsSeed<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("fields")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key_seed(NameSeed(self.context))? {
            self.context.place.field.replace(Some(name.clone()));
            if stands_outside(&name) {
                return Err(refuse("这个名称不能用在字段里"));
            }
            if self.cells.len() >= self.context.limits.fields {
                return Err(refuse("字段太多"));
            }
            // Interned names are shared, so comparing addresses is enough.
            if self.cells.iter().any(|c| Arc::ptr_eq(&c.name, &name)) {
                return Err(refuse("字段重复"));
            }
            let value = map.next_value_seed(ValueSeed {
                context: self.context,
                depth: OUTER_DEPTH,
            })?;
            self.cells.push(Cell {
                name,
                value,
                over: None,
            });
        }
        *self.context.place.field.borrow_mut() = None;
        Ok(())
    }
}

struct OversSeed<'c, 'n>(&'c Context<'n>);

impl<'de> DeserializeSeed<'de> for OversSeed<'_, '_> {
    type Value = Vec<(Arc<str>, Over)>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for OversSeed<'_, '_> {
    type Value = Vec<(Arc<str>, Over)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what was superseded")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut overs: Vec<(Arc<str>, Over)> = Vec::new();
        while let Some(name) = map.next_key_seed(NameSeed(self.0))? {
            self.0.place.field.replace(Some(name.clone()));
            if overs.len() >= self.0.limits.fields || overs.iter().any(|(n, _)| Arc::ptr_eq(n, &name)) {
                return Err(refuse("字段重复或太多"));
            }
            let over = map.next_value_seed(OverSeed(self.0))?;
            overs.push((name, over));
        }
        *self.0.place.field.borrow_mut() = None;
        Ok(overs)
    }
}

struct OverSeed<'c, 'n>(&'c Context<'n>);

impl<'de> DeserializeSeed<'de> for OverSeed<'_, '_> {
    type Value = Over;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Over, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for OverSeed<'_, '_> {
    type Value = Over;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("serial numbers by actor")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Over, A::Error> {
        let mut over: Vec<(Arc<str>, u32)> = Vec::new();
        while let Some(actor) = map.next_key_seed(NameSeed(self.0))? {
            if !is_tag(&actor) {
                return Err(refuse("设备编号不对"));
            }
            if over.len() >= self.0.limits.actors {
                return Err(refuse("取代关系太多"));
            }
            let value = map.next_value_seed(ValueSeed {
                context: self.0,
                depth: MAX_DEPTH,
            })?;
            let n = match value {
                Value::Int(n) => u32::try_from(n).ok().filter(|n| (1..=MAX_SERIAL).contains(n)),
                _ => None,
            };
            over.push((actor, n.ok_or_else(|| A::Error::custom(format!("{OWN}序号不对")))?));
        }
        over.arrange();
        if over.windows(2).any(|pair| pair[0].0 == pair[1].0) || over.is_empty() {
            return Err(refuse("取代关系为空或重复"));
        }
        Ok(over.into())
    }
}
