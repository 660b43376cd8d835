//! Small changes to compiled modules.

use crate::Outcome;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use wasmparser::{KnownCustom, Linking, Name, Parser, Payload, SymbolInfo, TypeRef};

/// Functions of the standard library that only tell where the program was wrong, by a piece of their mangled name.
/// In the released page they are traps: the page ends just the same and the data can still be exported, but the
/// texts and places of some thousand impossible cases are not sent to everybody. Panics that say something
/// (`expect`, `panic!` with words) keep them.
const SILENT: &[&str] = &[
    "panicking18panic_bounds_check",
    "panicking11panic_const",
    "panicking5panic",
    "slice5index16slice_index_fail",
    "option13unwrap_failed",
    "str16slice_error_fail",
    "str19slice_error_fail_rt",
    "cell22panic_already_borrowed",
    "cell30panic_already_mutably_borrowed",
    "raw_vec12handle_error",
    "raw_vec17capacity_overflow",
    "alloc18handle_alloc_error",
    "Fallibility17capacity_overflow",
    "copy_from_slice_impl17len_mismatch_fail",
];

/// Functions that only word, for a developer, what is wrong with a piece of JSON. The program tells by the kind of the
/// error; in the released page they write nothing.
const MUTE: &[&str] = &["serde_json..error..JsonUnexpected$u20$as$u20$core..fmt..Display"];

/// Bodies, after the count of their local variables: `unreachable`, and `i32.const 0`, which is `Ok(())`.
const TRAP: &[u8] = &[0];
const DONE: &[u8] = &[0x41, 0];
const NOP: u8 = 1;
const END: u8 = 0x0b;

/// What is to become of a function, by its name: the bodies of [`SILENT`] and [`MUTE`], none for all others.
fn replacement(name: &str) -> Option<&'static [u8]> {
    let holds = |pieces: &[&str]| pieces.iter().any(|piece| name.contains(piece));
    if holds(SILENT) {
        Some(TRAP)
    } else if holds(MUTE) {
        Some(DONE)
    } else {
        None
    }
}

/// Fails when one of `pieces` is part of no name: another version of the compiler or of a library names its functions
/// otherwise, and a page that goes on sending them would be noticed by nobody.
fn all_found(pieces: &[&str], names: &[&str], place: &str) -> Outcome<()> {
    let missing: Vec<String> = pieces
        .iter()
        .filter(|piece| !names.iter().any(|name| name.contains(**piece)))
        .map(|piece| format!("`{piece}`"))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(format!(
        "nothing in the compiled page is called {}: look up how this version of the compiler or library calls it, or \
         take the name out of {place}",
        missing.join(", ")
    ))
}

/// Leaves out a custom section.
pub fn without_section(bytes: &[u8], name: &str) -> Outcome<Vec<u8>> {
    let mut kept = bytes.get(..8).ok_or("not a module")?.to_vec();
    for section in sections(bytes)? {
        let is_it = section.id == 0 && custom_name(&bytes[section.content.clone()]) == Some(name.as_bytes());
        if !is_it {
            kept.extend(&bytes[section.whole]);
        }
    }
    Ok(kept)
}

/// In a module with relocations, makes the [`SILENT`] functions traps and hands them no place, and has the [`MUTE`] ones
/// do nothing. What only they reached is then reached by nobody and left out when the module is split.
///
/// # Errors
/// When the module is damaged, or no function of it has one of these names.
pub fn without_words_of_panics(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let functions = Functions::read(bytes)?;
    let own = functions
        .names
        .iter()
        .filter(|(index, _)| functions.body(**index).is_some());
    let own: Vec<&str> = own.map(|(_, name)| name.as_str()).collect();
    all_found(&[SILENT, MUTE].concat(), &own, "SILENT or MUTE in xtask/src/wasm.rs")?;
    let mut changed = bytes.to_vec();
    let mut silent = HashSet::new();
    let mut emptied = Vec::new();
    for (index, name) in &functions.names {
        let Some(body) = replacement(name) else {
            continue;
        };
        if body == TRAP {
            silent.extend(u32::try_from(*index).ok());
        }
        if let Some(at) = functions.body(*index).filter(|at| at.len() >= body.len() + 2) {
            empty(&mut changed[at.clone()], body);
            emptied.push(at.clone());
        }
    }
    emptied.sort_by_key(|body| body.start);
    let parsed = Relocated::read(bytes)?;
    let mut places = HashSet::new();
    for call in &parsed.entries {
        let target = parsed.functions.get(&call.index);
        if call.kind == CALL && target.is_some_and(|target| silent.contains(target)) {
            // `i32.const place; call silent`: the operand of the first ends where the second starts.
            places.extend(call.offset.checked_sub(6));
        }
    }
    let kept = parsed.entries.iter().filter(|entry| {
        let at = parsed.code + entry.offset;
        let before = emptied.partition_point(|body| body.start <= at);
        if before > 0 && emptied[before - 1].contains(&at) {
            return false;
        }
        let is_place = entry.kind == ADDRESS && places.contains(&entry.offset);
        if is_place {
            changed[at..at + 5].copy_from_slice(&[0x80, 0x80, 0x80, 0x80, 0]);
        }
        !is_place
    });
    let kept: Vec<Range<usize>> = kept.map(|entry| entry.bytes.clone()).collect();
    println!(
        "  {} functions and {} references of panics left out",
        emptied.len(),
        parsed.entries.len() - kept.len()
    );
    parsed.with_entries(&changed, &kept)
}

/// Replaces what a function does, leaving its length.
fn empty(whole: &mut [u8], body: &[u8]) {
    whole.fill(NOP);
    // No local variables.
    whole[0] = 0;
    let from = whole.len() - 1 - body.len();
    whole[from..from + body.len()].copy_from_slice(body);
    whole[from + body.len()] = END;
}

/// Leaves out exported functions whose name holds `piece`, and what wasm-bindgen was told of them: an entry that names
/// one of `types` and describes no import.
///
/// # Errors
/// When the module is damaged, exports no such function or says nothing of one of the types.
pub fn without_exports(bytes: &[u8], piece: &str, types: &[&str]) -> Outcome<Vec<u8>> {
    let mut changed = bytes.get(..8).ok_or("not a module")?.to_vec();
    let mut gone = Vec::new();
    for section in sections(bytes)? {
        let content = &bytes[section.content.clone()];
        let kept = match section.id {
            7 => kept_exports(content, piece, &mut gone).ok_or("exports cut off")?,
            0 if custom_name(content) == Some(BINDGEN) => {
                kept_bindings(content, types, &mut gone).ok_or("bindings cut off")?
            }
            _ => {
                changed.extend(&bytes[section.whole]);
                continue;
            }
        };
        changed.push(section.id);
        push_leb(&mut changed, kept.len());
        changed.extend(kept);
    }
    all_found(&[&[piece], types].concat(), &gone, "STREAMS in xtask/src/parts.rs")?;
    Ok(changed)
}

/// The section in which wasm-bindgen finds what it is to connect.
const BINDGEN: &[u8] = b"__wasm_bindgen_unstable";
/// How the names of its imports start.
const IMPORT: &[u8] = b"__wbg_";

/// The exports without those whose name holds `piece`; their names are added to `gone`.
fn kept_exports<'a>(content: &'a [u8], piece: &str, gone: &mut Vec<&'a str>) -> Option<Vec<u8>> {
    let mut at = 0;
    let count = leb(content, &mut at)?;
    let (mut kept, mut rest) = (0, Vec::<u8>::new());
    for _ in 0..count {
        let start = at;
        let length = leb(content, &mut at)?;
        let name = std::str::from_utf8(content.get(at..at.checked_add(length)?)?).ok()?;
        at += length + 1;
        leb(content, &mut at)?;
        if name.contains(piece) {
            gone.push(name);
        } else {
            kept += 1;
            rest.extend(content.get(start..at)?);
        }
    }
    let mut all = Vec::new();
    push_leb(&mut all, kept);
    all.extend(rest);
    Some(all)
}

/// The entries that describe none of `types`; the types of the others are added to `gone`.
fn kept_bindings<'a>(content: &[u8], types: &[&'a str], gone: &mut Vec<&'a str>) -> Option<Vec<u8>> {
    let mut at = 1 + BINDGEN.len();
    let mut kept = content.get(..at)?.to_vec();
    while at < content.len() {
        let mut end = at;
        // The version of the macro, then what it says.
        for _ in 0..2 {
            let length = u32::from_le_bytes(content.get(end..end.checked_add(4)?)?.try_into().ok()?);
            end = end.checked_add(4)?.checked_add(length as usize)?;
        }
        let entry = content.get(at..end)?;
        let holds = |piece: &[u8]| entry.windows(piece.len()).any(|part| part == piece);
        let before = gone.len();
        if !holds(IMPORT) {
            gone.extend(types.iter().filter(|name| holds(name.as_bytes())));
        }
        if gone.len() == before {
            kept.extend(entry);
        }
        at = end;
    }
    Some(kept)
}

/// Gives imported functions other names.
pub fn rename_imports(bytes: &[u8], renamed: impl Fn(&str) -> Option<String>) -> Outcome<Vec<u8>> {
    let mut changed = bytes.get(..8).ok_or("not a module")?.to_vec();
    for section in sections(bytes)? {
        if section.id != 2 {
            changed.extend(&bytes[section.whole]);
            continue;
        }
        let content = &bytes[section.content];
        let imports = renamed_imports(content, &renamed).ok_or("imports that are no functions, or cut off")?;
        changed.push(2);
        push_leb(&mut changed, imports.len());
        changed.extend(imports);
    }
    Ok(changed)
}

fn renamed_imports(content: &[u8], renamed: &dyn Fn(&str) -> Option<String>) -> Option<Vec<u8>> {
    let mut at = 0;
    let count = leb(content, &mut at)?;
    let mut changed = Vec::new();
    push_leb(&mut changed, count);
    let name = |at: &mut usize| {
        let length = leb(content, at)?;
        let start = *at;
        *at = start.checked_add(length)?;
        std::str::from_utf8(content.get(start..*at)?).ok()
    };
    for _ in 0..count {
        for text in [
            name(&mut at)?.to_owned(),
            name(&mut at).map(|old| renamed(old).unwrap_or_else(|| old.to_owned()))?,
        ] {
            push_leb(&mut changed, text.len());
            changed.extend(text.bytes());
        }
        let function = content.get(at) == Some(&0);
        at += 1;
        let kind = leb(content, &mut at).filter(|_| function)?;
        changed.push(0);
        push_leb(&mut changed, kind);
    }
    (at == content.len()).then_some(changed)
}

/// The relocations of the code section.
struct Relocated {
    /// Where the content of the code section starts.
    code: usize,
    /// The section that holds them.
    section: Section,
    /// Its name and the index of the code section.
    head: Vec<u8>,
    entries: Vec<Entry>,
    /// Function index by symbol index.
    functions: HashMap<usize, u32>,
}

/// Kinds of relocations, of the conventions for linking WebAssembly.
const CALL: u8 = 0;
const ADDRESS: u8 = 4;
/// Those that carry a number to be added.
const WITH_ADDEND: &[u8] = &[3, 4, 5, 8, 9, 11, 12, 14, 15, 16, 17, 21, 22, 23, 25];

struct Entry {
    kind: u8,
    offset: usize,
    index: usize,
    bytes: Range<usize>,
}

impl Entry {
    fn read(content: &[u8], base: usize, at: &mut usize) -> Option<Entry> {
        let start = *at;
        let kind = *content.get(*at)?;
        *at += 1;
        let offset = leb(content, at)?;
        let index = leb(content, at)?;
        if WITH_ADDEND.contains(&kind) {
            while content.get(*at)? & 0x80 != 0 {
                *at += 1;
            }
            *at += 1;
        }
        Some(Entry {
            kind,
            offset,
            index,
            bytes: base + start..base + *at,
        })
    }
}

impl Relocated {
    fn read(bytes: &[u8]) -> Outcome<Relocated> {
        let all = sections(bytes)?;
        let code = all.iter().find(|s| s.id == 10).ok_or("no code section")?.content.start;
        let section = all
            .into_iter()
            .find(|s| s.id == 0 && custom_name(&bytes[s.content.clone()]) == Some(b"reloc.CODE"))
            .ok_or("the page was linked without relocations: see .cargo/config.toml")?;
        let content = &bytes[section.content.clone()];
        let mut at = 1 + b"reloc.CODE".len();
        let _section = leb(content, &mut at);
        let head = content[..at].to_vec();
        let count = leb(content, &mut at).ok_or("cut off relocations")?;
        let entries = (0..count).map(|_| Entry::read(content, section.content.start, &mut at));
        let entries = entries.collect::<Option<Vec<_>>>().ok_or("cut off relocations")?;
        Ok(Relocated {
            code,
            head,
            functions: function_symbols(bytes)?,
            section,
            entries,
        })
    }

    /// The module with only these entries.
    fn with_entries(&self, bytes: &[u8], kept: &[Range<usize>]) -> Outcome<Vec<u8>> {
        let mut content = self.head.clone();
        push_leb(&mut content, kept.len());
        for entry in kept {
            content.extend(&bytes[entry.clone()]);
        }
        let mut changed = bytes[..self.section.whole.start].to_vec();
        changed.push(0);
        push_leb(&mut changed, content.len());
        changed.extend(content);
        changed.extend(&bytes[self.section.whole.end..]);
        Ok(changed)
    }
}

fn function_symbols(bytes: &[u8]) -> Outcome<HashMap<usize, u32>> {
    let mut found = HashMap::new();
    for payload in Parser::new(0).parse_all(bytes) {
        let Payload::CustomSection(section) = payload.map_err(text)? else {
            continue;
        };
        let KnownCustom::Linking(linking) = section.as_known() else {
            continue;
        };
        for subsection in linking.subsections() {
            let Linking::SymbolTable(symbols) = subsection.map_err(text)? else {
                continue;
            };
            for (at, symbol) in (0..).zip(symbols) {
                if let SymbolInfo::Func { index, .. } = symbol.map_err(text)? {
                    found.insert(at, index);
                }
            }
        }
    }
    Ok(found)
}

/// The functions of a module.
struct Functions {
    imported: usize,
    bodies: Vec<Range<usize>>,
    names: HashMap<usize, String>,
}

impl Functions {
    fn read(bytes: &[u8]) -> Outcome<Functions> {
        let mut functions = Functions {
            imported: 0,
            bodies: Vec::new(),
            names: HashMap::new(),
        };
        for payload in Parser::new(0).parse_all(bytes) {
            match payload.map_err(text)? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        functions.imported += usize::from(matches!(import.map_err(text)?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionEntry(body) => {
                    let range = body.range();
                    functions.bodies.push(range.start as usize..range.end as usize);
                }
                Payload::CustomSection(section) => functions.take_names(&section)?,
                _ => {}
            }
        }
        Ok(functions)
    }

    /// Where the body of a function lies; none for an imported one.
    fn body(&self, index: usize) -> Option<&Range<usize>> {
        self.bodies.get(index.checked_sub(self.imported)?)
    }

    fn take_names(&mut self, section: &wasmparser::CustomSectionReader<'_>) -> Outcome<()> {
        let KnownCustom::Name(names) = section.as_known() else {
            return Ok(());
        };
        for subsection in names {
            if let Name::Function(map) = subsection.map_err(text)? {
                for naming in map {
                    let naming = naming.map_err(text)?;
                    self.names.insert(naming.index as usize, naming.name.to_owned());
                }
            }
        }
        Ok(())
    }
}

struct Section {
    id: u8,
    whole: Range<usize>,
    content: Range<usize>,
}

fn sections(bytes: &[u8]) -> Outcome<Vec<Section>> {
    let mut found = Vec::new();
    let mut at = 8;
    while at < bytes.len() {
        let start = at;
        let id = bytes[at];
        at += 1;
        let size = leb(bytes, &mut at).ok_or("a section without end")?;
        let end = at.checked_add(size).filter(|end| *end <= bytes.len());
        let end = end.ok_or("a section without end")?;
        found.push(Section {
            id,
            whole: start..end,
            content: at..end,
        });
        at = end;
    }
    Ok(found)
}

fn custom_name(content: &[u8]) -> Option<&[u8]> {
    let mut at = 0;
    let length = leb(content, &mut at)?;
    content.get(at..at + length)
}

fn leb(bytes: &[u8], at: &mut usize) -> Option<usize> {
    let mut value = 0;
    for shift in (0..32).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at += 1;
        value |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

fn push_leb(bytes: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imported_functions_get_other_names() {
        let head = b"\0asm\x01\0\0\0";
        let section = |body: &[u8]| [&[2, body.len() as u8], body].concat();
        let with = |name: &[u8]| {
            let body = [&[1, 1, b'm', name.len() as u8], name, &[0, 5]].concat();
            [&head[..], &section(&body), &[0, 2, 1, b'b']].concat()
        };
        let short = |name: &str| (name == "long_name").then(|| "a".to_owned());
        assert_eq!(rename_imports(&with(b"long_name"), short), Ok(with(b"a")));
        assert_eq!(rename_imports(&with(b"other"), short), Ok(with(b"other")));
        let memory = [&head[..], &section(&[1, 1, b'm', 1, b'n', 2, 0, 1])].concat();
        assert!(rename_imports(&memory, short).is_err());
    }

    #[test]
    fn one_custom_section_goes_and_the_rest_stays() {
        let head = b"\0asm\x01\0\0\0";
        let module = [&head[..], &[0, 3, 1, b'a', 9, 0, 2, 1, b'b']].concat();
        let kept = [&head[..], &[0, 2, 1, b'b']].concat();
        assert_eq!(without_section(&module, "a"), Ok(kept));
        assert_eq!(without_section(&module, "c"), Ok(module.clone()));
    }

    #[test]
    fn exports_go_with_what_binds_them_and_imports_stay() {
        let head = b"\0asm\x01\0\0\0";
        let section = |id: u8, body: &[u8]| [&[id, body.len() as u8], body].concat();
        let binding = |texts: &[&[u8]]| {
            let mut body = [&[BINDGEN.len() as u8], BINDGEN].concat();
            for text in texts {
                for part in [b"{}", *text] {
                    body.extend((part.len() as u32).to_le_bytes());
                    body.extend(part);
                }
            }
            section(0, &body)
        };
        let (gone, import) = (&b"a Stream"[..], &b"__wbg_new a Stream"[..]);
        let exports = section(7, &[2, 1, b'a', 0, 3, 2, b'b', b'c', 0, 4]);
        let module = [&head[..], &exports, &binding(&[gone, import, b"rest"])].concat();
        let kept = [
            &head[..],
            &section(7, &[1, 1, b'a', 0, 3]),
            &binding(&[import, b"rest"]),
        ]
        .concat();
        assert_eq!(without_exports(&module, "bc", &["Stream"]), Ok(kept));
        let cut = [&head[..], &section(7, &[2, 1, b'a', 0, 3])].concat();
        assert!(without_exports(&cut, "a", &[]).is_err());
        for (piece, types) in [("no_export", &["Stream"][..]), ("bc", &["Stream", "NoType"])] {
            let said = without_exports(&module, piece, types).expect_err("a name is missing");
            let missing = if piece == "bc" { "NoType" } else { piece };
            assert!(
                said.starts_with(&format!("nothing in the compiled page is called `{missing}`: ")),
                "{said}"
            );
        }
    }

    /// A module with a function of each name, which does nothing; one relocation within each.
    fn with_functions(names: &[&str]) -> Vec<u8> {
        let count = u8::try_from(names.len()).expect("few functions");
        let mut naming = vec![count];
        for (at, name) in (0..).zip(names) {
            naming.extend([at, name.len() as u8]);
            naming.extend(name.bytes());
        }
        let relocations: Vec<u8> = (0..count).flat_map(|at| [CALL, 4 + 7 * at, 0]).collect();
        let mut named = vec![1];
        push_leb(&mut named, naming.len());
        named.extend(naming);
        [
            &b"\0asm\x01\0\0\0"[..],
            &section(1, &[1, 0x60, 0, 0]),
            &section(3, &[&[count][..], &vec![0; names.len()]].concat()),
            &section(10, &[&[count][..], &BODY.repeat(names.len())].concat()),
            // The third section is the one with the code.
            &custom("reloc.CODE", &[&[2, count][..], &relocations].concat()),
            &custom("name", &named),
        ]
        .concat()
    }

    const BODY: [u8; 7] = [6, 0, NOP, NOP, NOP, NOP, END];

    fn section(id: u8, body: &[u8]) -> Vec<u8> {
        let mut whole = vec![id];
        push_leb(&mut whole, body.len());
        whole.extend(body);
        whole
    }

    fn custom(name: &str, body: &[u8]) -> Vec<u8> {
        section(0, &[&[name.len() as u8], name.as_bytes(), body].concat())
    }
    #[test]
    fn only_functions_that_say_nothing_become_traps() {
        let names = [SILENT, MUTE, &["f"]].concat();
        let changed = without_words_of_panics(&with_functions(&names)).expect("it is a module");
        let trap = [6, 0, NOP, NOP, NOP, 0, END];
        let done = [6, 0, NOP, NOP, 0x41, 0, END];
        let bodies = [trap.repeat(SILENT.len()), done.repeat(MUTE.len()), BODY.to_vec()].concat();
        let code = section(10, &[&[names.len() as u8][..], &bodies].concat());
        assert!(changed.windows(code.len()).any(|part| part == code));
        let kept = custom("reloc.CODE", &[2, 1, CALL, 4 + 7 * (names.len() as u8 - 1), 0]);
        assert!(changed.windows(kept.len()).any(|part| part == kept));
    }

    #[test]
    fn a_name_that_no_function_has_is_told() {
        let names = [SILENT, MUTE].concat();
        for missing in &names {
            let rest: Vec<&str> = names.iter().filter(|name| *name != missing).copied().collect();
            let said = without_words_of_panics(&with_functions(&rest)).expect_err("a name is missing");
            assert!(
                said.starts_with(&format!("nothing in the compiled page is called `{missing}`: look up ")),
                "{said}"
            );
        }
    }
}
