//! Short names between a module and its script.
//!
//! wasm-bindgen puts sixteen digits that look random into the names of what the two lend to each other, so that modules
//! of different versions can be linked. Nothing is linked after this, and digits like these cannot be
//! compressed: for the page they are two hundredths of all that a reader loads.

use std::collections::BTreeMap;

use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ExportSection, ImportSection, Module, RawSection};
use wasmparser::{Parser, Payload};

use super::parts::Result;

/// So many digits in a row are in a name that is not meant for readers.
const DIGITS: usize = 16;

/// `$`, the kind, and a number to the base 36.
pub(super) fn short_name(kind: char, mut i: usize) -> String {
    let mut digits = Vec::new();
    while i > 0 {
        digits.push(char::from_digit((i % 36) as u32, 36).unwrap_or('0'));
        i /= 36;
    }
    ['$', kind].into_iter().chain(digits).collect()
}

/// The module and its script with short names for each other's functions.
pub(super) fn shorten(wasm: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let mut names = BTreeMap::new();
    let mut module = Module::new();
    let mut encoder = RoundtripReencoder;
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        match &payload {
            Payload::ImportSection(reader) => {
                let mut imports = ImportSection::new();
                for import in reader.clone().into_imports() {
                    let import = import?;
                    let ty = encoder.entity_type(import.ty)?;
                    imports.import(import.module, short(&mut names, 'i', import.name), ty);
                }
                module.section(&imports);
            }
            Payload::ExportSection(reader) => {
                let mut exports = ExportSection::new();
                for export in reader.clone() {
                    let export = export?;
                    let kind = encoder.export_kind(export.kind)?;
                    exports.export(short(&mut names, 'e', export.name), kind, export.index);
                }
                module.section(&exports);
            }
            _ => {
                if let Some((id, range)) = payload.as_section() {
                    module.section(&RawSection { id, data: &wasm[range] });
                }
            }
        }
    }
    Ok((module.finish(), renamed(script, &names)))
}

/// The script with other names in the place of those that have one; one name may be the beginning of another.
fn renamed(script: &str, names: &BTreeMap<String, String>) -> String {
    let in_a_name = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let mut text = String::with_capacity(script.len());
    let mut rest = script;
    while let Some(start) = rest.find(in_a_name) {
        let (before, from) = rest.split_at(start);
        let (name, after) = from.split_at(from.find(|c| !in_a_name(c)).unwrap_or(from.len()));
        text.push_str(before);
        text.push_str(names.get(name).map_or(name, String::as_str));
        rest = after;
    }
    text + rest
}

/// The name to use from now on.
fn short<'a>(names: &'a mut BTreeMap<String, String>, kind: char, name: &'a str) -> &'a str {
    let is_digit = |c: &u8| c.is_ascii_digit() || (b'a'..=b'f').contains(c);
    if !name.as_bytes().windows(DIGITS).any(|part| part.iter().all(is_digit)) {
        return name;
    }
    let next = short_name(kind, names.len());
    names.entry(name.to_owned()).or_insert(next)
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{CodeSection, EntityType, ExportKind, Function, FunctionSection, Instruction, TypeSection};

    use super::*;

    /// Lends a function to the script and borrows two; one name of each direction is for readers.
    fn module() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import("./it.js", "__wbg_log_0123456789abcdef", EntityType::Function(0));
        imports.import("./it.js", "plain", EntityType::Function(0));
        let mut functions = FunctionSection::new();
        functions.function(0);
        let mut exports = ExportSection::new();
        for name in ["call_fedcba9876543210", "call_fedcba9876543210_1", "main"] {
            exports.export(name, ExportKind::Func, 2);
        }
        let mut body = Function::new([]);
        body.instruction(&Instruction::Call(0)).instruction(&Instruction::End);
        let mut code = CodeSection::new();
        code.function(&body);
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&exports).section(&code);
        module.finish()
    }

    #[test]
    fn names_for_the_linker_become_short_on_both_sides_and_others_stay() {
        let script = "{ __wbg_log_0123456789abcdef() {}, plain() {} }; wasm.call_fedcba9876543210_1(wasm.main());";
        let (wasm, script) = shorten(&module(), script).unwrap();
        assert_eq!(script, "{ $i() {}, plain() {} }; wasm.$e2(wasm.main());");
        let names: Vec<String> = Parser::new(0)
            .parse_all(&wasm)
            .flat_map(|payload| match payload.unwrap() {
                Payload::ImportSection(reader) => {
                    reader.into_imports().map(|import| import.unwrap().name.to_owned()).collect::<Vec<_>>()
                }
                Payload::ExportSection(reader) => {
                    reader.into_iter().map(|export| export.unwrap().name.to_owned()).collect()
                }
                _ => Vec::new(),
            })
            .collect();
        assert_eq!(names, ["$i", "plain", "$e1", "$e2", "main"]);
    }
}
