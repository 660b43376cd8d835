//! Any bytes as a file: read without a panic; what is taken obeys the laws.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tiancheng::exchange::{ReadFile, read_file};
use tiancheng::model::programmes::schemas;
use tiancheng::replica::wire::Names;
use tiancheng::replica::Replica;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(ReadFile::Plain(content)) = read_file(bytes, &mut Names::default()) {
        let mut replica = Replica::new(schemas());
        replica.merge_all(content.changes.clone());
        let again = replica.merge_all(content.changes);
        assert_eq!(again.atoms + again.changes, 0, "merging twice brings nothing");
    }
});
