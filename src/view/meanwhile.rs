//! A form and the record it changes, when others change the record while it is filled in.

use super::form::changed;
use super::show;
use crate::model::ledger::{Cells, Ledger, Slot};
use crate::model::programmes::catalogue;
use crate::model::records::Draft;
use crate::replica::Replica;

/// A form that was left unfinished, taken up again where the record stands now: `base` is what the person began with
/// in the fields that were changed and what stands now in all others, `draft` the same with what was typed.
pub fn taken_up(ledger: &'static Ledger, now: &Draft, began: &Draft, typed: &Draft) -> (Draft, Draft) {
    let (mut base, mut draft) = (now.clone(), now.clone());
    for (slot, value) in changed(ledger, began, typed) {
        base.set(slot, began.cell(slot).clone());
        draft.set(slot, value);
    }
    (base, draft)
}

/// What is to be said before a form is saved over values that its person has not seen: the fields that were changed in it
/// and, since it was opened, elsewhere; or that the record was deleted, or joined into another, which is then the one that
/// is changed. `None` where nothing of the kind happened.
pub fn unseen(replica: &Replica, ledger: &'static Ledger, base: &Draft, draft: &Draft) -> Option<String> {
    let ix = replica.find_ix(ledger.id, &draft.id)?;
    let record = replica.record(replica.root_of(ix))?;
    let typed = changed(ledger, base, draft);
    if typed.is_empty() {
        return None;
    }
    if !record.is_live() {
        return Some(
            "打开以后，这条记录已被删除。确实要留下您填的内容，请再按一次“保存”，删除和修改会一起列入核对。".to_owned(),
        );
    }
    let unseen = typed.iter().filter(|(slot, value)| {
        let now = record.cell(*slot);
        let is_same =
            |a: &crate::model::value::Value, b: &crate::model::value::Value| a == b || a.is_blank() && b.is_blank();
        !is_same(now, base.cell(*slot)) && !is_same(now, value)
    });
    let said = |slot: Slot| {
        let field = ledger.field_at(slot)?;
        let shown = show::value(replica, catalogue(), field, record.cell(slot));
        Some(format!("{}已改为“{}”", field.label, show::brief(&shown, show::FOLDED)))
    };
    let told: Vec<String> = unseen.filter_map(|(slot, _)| said(*slot)).collect();
    if replica.root_of(ix) != ix {
        let title = show::title(replica, catalogue(), ledger, record);
        let told: Vec<String> = std::iter::once(format!("这条记录已并入“{title}”"))
            .chain(told)
            .collect();
        let told = told.join("，");
        return Some(format!(
            "打开以后，{told}。再按一次“保存”，您填的写到那一条里，改前的内容在修改历史里。"
        ));
    }
    (!told.is_empty()).then(|| {
        let told = told.join("，");
        format!("打开以后，{told}。要用您填的，请再按一次“保存”，改前的内容在修改历史里；不用您填的，请照此改回。")
    })
}

#[cfg(test)]
mod tests {
    use super::taken_up;
    use crate::model::ledger::{Cells as _, TypedRow as _};
    use crate::model::programmes::dream::ledgers::NightTalk;
    use crate::model::records::Draft;
    use crate::model::value::Value;

    fn talk(place: &str, topic: &str) -> Draft {
        let mut draft = Draft::new(NightTalk::SCHEMA, "t1");
        for (name, text) in [("place", place), ("topic", topic)] {
            draft.set(NightTalk::LEDGER.slot(name).expect("a field"), Value::text(text));
        }
        draft
    }

    #[test]
    fn a_form_taken_up_again_changes_only_what_was_typed() {
        let (began, typed, now) = (talk("一组", "饮水"), talk("二组", "饮水"), talk("三组", "修路"));
        let (base, draft) = taken_up(NightTalk::LEDGER, &now, &began, &typed);
        let read = |draft: &Draft| {
            let of = |name| draft.cell(NightTalk::LEDGER.slot(name).expect("a field")).clone();
            [of("place"), of("topic")]
        };
        assert_eq!(read(&base), ["一组", "修路"].map(Value::text));
        assert_eq!(read(&draft), ["二组", "修路"].map(Value::text));
    }
}
