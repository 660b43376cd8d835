//! Any text as the changes of a file, past the checksum: what is read, written and read again is
//! the same replica.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tiancheng::model::programmes::schemas;
use tiancheng::replica::Replica;
use tiancheng::replica::export::Selection;
use tiancheng::replica::wire::{Limits, Names, read_changes};

fn written(replica: &Replica) -> String {
    let mut out = String::new();
    replica.write_changes(&Selection::ALL, &mut out);
    out
}

fuzz_target!(|text: &str| {
    if let Ok(changes) = read_changes(text, &mut Names::default(), Limits::default()) {
        let mut replica = Replica::new(schemas());
        replica.merge_all(changes);
        let first = written(&replica);
        let changes = read_changes(&first, &mut Names::default(), Limits::default());
        let mut copy = Replica::new(schemas());
        copy.merge_all(changes.expect("what was written reads"));
        assert_eq!(written(&copy), first);
    }
});
