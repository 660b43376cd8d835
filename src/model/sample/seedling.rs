//! 青苗 of the sample: reserve cadres.

use super::maker::{Dice, Maker, secretary_name, units, ym, ymd};
use crate::model::ledger::TypedRow as _;
use crate::model::seedling::Reserve;

/// Units with two reserve cadres; 28 have one, 50 in all (article).
const TWO: [&str; 11] = [
    "寺前村",
    "河田村",
    "谢家坳村",
    "大集社区",
    "开发区社区",
    "浮溪桥村",
    "白泉村",
    "中津村",
    "七星社区",
    "桃溪社区",
    "渣桥村",
];

pub(super) fn fill(maker: &mut Maker) {
    let mut number = 0;
    for (index, row) in units() {
        let count = if TWO.contains(&row.name) { 2 } else { 1 };
        for k in 0..count {
            number += 1;
            reserve(maker, index, k, number);
        }
    }
}

fn reserve(maker: &mut Maker, index: usize, k: usize, number: usize) {
    let mut dice = Dice::new("reserve", number);
    let since = ymd(2021, 5, 12).plus_days(dice.between(0, 420) as i32);
    let rec = maker.of(Reserve::LEDGER, index, since);
    maker.put(
        rec.text("name", format!("示例后备{number:02}"))
            .text("sex", if number % 3 == 1 { "female" } else { "male" })
            .show("birth", ym(dice.between(1983, 1998) as i32, dice.between(1, 12) as i32))
            .text("education", dice.pick(&["senior", "college", "college", "bachelor"]))
            .text("kind", if k == 0 { "secretary" } else { "committee" })
            .text(
                "source",
                dice.pick(&["graduate", "veteran", "rich", "mobile", "assistant", "grid"]),
            )
            .show("since", since)
            .text("mentor", secretary_name(index))
            .text("evaluation", dice.pick(&["good", "fit", "fit"])),
    );
}
