//! Figures of a town as JSON, for the command line and for other programs.

use crate::exchange::scope::town_name;
use crate::model::records::Records;
use crate::model::value::write_json_string;
use crate::replica::Replica;

/// All figures of the town, canonical JSON with a line per group.
pub fn json(replica: &Replica) -> String {
    let mut out = String::from("{\n\"town\":");
    write_json_string(&town_name(replica), &mut out);
    out.push_str(",\n\"ledgers\":{");
    for (i, ledger) in replica.catalogue().all().iter().enumerate() {
        let mut count = 0;
        replica.visit(ledger, None, &mut |_| count += 1);
        if i > 0 {
            out.push(',');
        }
        write_json_string(ledger.id, &mut out);
        out.push_str(&format!(":{count}"));
    }
    out.push_str("}\n}\n");
    out
}
