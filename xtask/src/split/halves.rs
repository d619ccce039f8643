//! The two halves of a module: what crosses the border between them, and each written out.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use wasm_encoder::reencode::Reencode;
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind, ExportSection,
    Function, FunctionSection, GlobalSection, GlobalType, ImportSection, Instruction, MemoryType, Module, TableSection,
    TableType, TypeSection, ValType,
};
use wasmparser::FunctionBody;

use super::data::Linked;
use super::names::short_name;
use super::parts::{Parts, Result, names_in};
use super::write::{Renumber, divided, finish, imports_and, put};

/// A body so small costs no more than what would stand in its place.
const TINY: usize = 20;

/// The two halves: functions that run at the start (by number, imports not counted) with what stands in for the
/// others; and the others, with the data that only they need when the linker's module is at hand.
pub fn of(parts: &Parts, runs: &BTreeSet<u32>, linked: Option<&Linked>) -> Result<(Vec<u8>, Vec<u8>)> {
    let n_imported = parts.n_imported();
    let n_own = parts.functions.len() as u32;
    let names = parts.bodies.iter().map(names_in).collect::<Result<Vec<_>>>()?;
    let is_first = |own: u32| {
        let (body, names) = (&parts.bodies[own as usize], &names[own as usize]);
        let is_tiny = body.range().len() <= TINY && names.functions.is_empty();
        runs.contains(&own) || names.is_tied || is_tiny
    };
    let first: Vec<bool> = (0..n_own).map(is_first).collect();
    let in_second = |function: u32| function >= n_imported && !first[(function - n_imported) as usize];
    let own =
        |range: bool| (0..n_own).filter(|&f| first[f as usize] == range).map(|f| f + n_imported).collect::<Vec<_>>();
    let (firsts, seconds) = (own(true), own(false));

    // What crosses the border, in both directions.
    let (named, slots) = parts.named_outside()?;
    let from_first = firsts.iter().flat_map(|f| &names[(f - n_imported) as usize].functions).chain(&named);
    let stand_ins: BTreeSet<u32> = from_first.copied().filter(|&f| in_second(f)).collect();
    let from_second = seconds.iter().flat_map(|f| &names[(f - n_imported) as usize].functions);
    let lent: BTreeSet<u32> = from_second.copied().filter(|&f| !in_second(f)).collect();

    // Where the first half looks for the second's functions: a slot that it has already, or a new one.
    let mut slots_of: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (function, slot) in slots {
        if in_second(function) {
            slots_of.entry(function).or_default().push(slot);
        }
    }
    let table = parts.tables.clone().into_iter().next().ok_or("there is no table")??;
    let old_size = table.ty.initial as u32;
    let mut new_size = old_size;
    for &function in &stand_ins {
        slots_of.entry(function).or_insert_with(|| {
            new_size += 1;
            vec![new_size - 1]
        });
    }

    println!(
        "{} functions run, {} stand in for one of the other {}, {} are lent",
        firsts.len(),
        stand_ins.len(),
        seconds.len(),
        lent.len()
    );
    let bodies: Vec<&FunctionBody> = firsts.iter().map(|f| &parts.bodies[(f - n_imported) as usize]).collect();
    let later = linked
        .map_or(Ok(Vec::new()), |linked| linked.needed_later(parts.data.clone(), &bodies))
        .unwrap_or_else(|error| {
            println!("all data are loaded at the start: {error}");
            Vec::new()
        });
    println!("{} bytes of data come with them", later.iter().map(|range| range.end - range.start).sum::<u32>());
    let first_half = first_half(parts, &firsts, &stand_ins, &lent, &slots_of, new_size - old_size, &later)?;
    let second_half = second_half(parts, &seconds, &lent, &slots_of, &later)?;
    Ok((first_half, second_half))
}

fn first_half(
    parts: &Parts,
    firsts: &[u32],
    stand_ins: &BTreeSet<u32>,
    lent: &BTreeSet<u32>,
    slots_of: &BTreeMap<u32, Vec<u32>>,
    n_new_slots: u32,
    later: &[Range<u32>],
) -> Result<Vec<u8>> {
    let n_imported = parts.n_imported();
    let load = n_imported;
    let mut renumber = Renumber((0..n_imported).map(Some).collect());
    renumber.0.resize(parts.imported.len() + parts.functions.len(), None);
    let mut kept: Vec<u32> = firsts.iter().chain(stand_ins).copied().collect();
    kept.sort_unstable();
    for (i, &function) in kept.iter().enumerate() {
        renumber.0[function as usize] = Some(load + 1 + i as u32);
    }
    let ensure = load + 1 + kept.len() as u32;
    let ready = parts.n_imported_globals + parts.globals.count();

    let mut types = TypeSection::new();
    renumber.parse_type_section(&mut types, parts.types.clone())?;
    types.ty().function([], []);
    let plain = types.len() - 1;
    let imports = imports_and(parts, &mut renumber, "load", plain)?;

    let mut n_params = Vec::new();
    for ty in parts.types.clone().into_iter_err_on_gc_types() {
        n_params.push(ty?.params().len() as u32);
    }
    let mut functions = FunctionSection::new();
    let mut code = CodeSection::new();
    for &function in &kept {
        let own = (function - n_imported) as usize;
        let ty = parts.functions[own];
        functions.function(ty);
        match slots_of.get(&function) {
            Some(slots) => {
                let mut stand_in = Function::new([]);
                stand_in.instruction(&Instruction::Call(ensure));
                for param in 0..n_params[ty as usize] {
                    stand_in.instruction(&Instruction::LocalGet(param));
                }
                stand_in.instruction(&Instruction::I32Const(slots[0] as i32));
                stand_in.instruction(&Instruction::CallIndirect { type_index: ty, table_index: 0 });
                stand_in.instruction(&Instruction::End);
                code.function(&stand_in);
            }
            None => {
                code.function(&renumber.body(&parts.bodies[own], &[])?);
            }
        }
    }
    functions.function(plain);
    let mut ensuring = Function::new([]);
    for instruction in [
        Instruction::GlobalGet(ready),
        Instruction::I32Eqz,
        Instruction::If(BlockType::Empty),
        Instruction::Call(load),
        Instruction::End,
        Instruction::End,
    ] {
        ensuring.instruction(&instruction);
    }
    code.function(&ensuring);

    let mut tables = TableSection::new();
    for (i, table) in parts.tables.clone().into_iter().enumerate() {
        let ty = renumber.table_type(table?.ty)?;
        let grown = if i == 0 { u64::from(n_new_slots) } else { 0 };
        tables.table(TableType { minimum: ty.minimum + grown, maximum: ty.maximum.map(|n| n + grown), ..ty });
    }
    let mut globals = GlobalSection::new();
    renumber.parse_global_section(&mut globals, parts.globals.clone())?;
    let flag = GlobalType { val_type: ValType::I32, mutable: true, shared: false };
    globals.global(flag, &ConstExpr::i32_const(0));
    let mut exports = ExportSection::new();
    renumber.parse_export_section(&mut exports, parts.exports.clone())?;
    for (i, &function) in lent.iter().enumerate() {
        exports.export(&short_name('f', i), ExportKind::Func, renumber.function_index(function)?);
    }
    for i in 0..parts.tables.count() {
        exports.export(&short_name('t', i as usize), ExportKind::Table, i);
    }
    for i in 0..parts.memories.count() {
        exports.export(&short_name('m', i as usize), ExportKind::Memory, i);
    }
    for i in 0..ready {
        exports.export(&short_name('g', i as usize), ExportKind::Global, i);
    }
    exports.export("$ready", ExportKind::Global, ready);
    finish(parts, &mut renumber, types, imports, functions, tables, globals, exports, code, later)
}

fn second_half(
    parts: &Parts,
    seconds: &[u32],
    lent: &BTreeSet<u32>,
    slots_of: &BTreeMap<u32, Vec<u32>>,
    later: &[Range<u32>],
) -> Result<Vec<u8>> {
    let n_imported = parts.n_imported();
    let mut renumber = Renumber(vec![None; parts.imported.len() + parts.functions.len()]);
    let mut types = TypeSection::new();
    renumber.parse_type_section(&mut types, parts.types.clone())?;
    let mut imports = ImportSection::new();
    for (i, &function) in lent.iter().enumerate() {
        let ty = match function.checked_sub(n_imported) {
            Some(own) => parts.functions[own as usize],
            None => parts.imported[function as usize],
        };
        imports.import("p", &short_name('f', i), EntityType::Function(ty));
        renumber.0[function as usize] = Some(i as u32);
    }
    for (i, table) in parts.tables.clone().into_iter().enumerate() {
        // Whatever its size is when this half comes.
        let ty = TableType { maximum: None, ..renumber.table_type(table?.ty)? };
        imports.import("p", &short_name('t', i), EntityType::Table(ty));
    }
    for (i, memory) in parts.memories.clone().into_iter().enumerate() {
        let ty = MemoryType { maximum: None, ..renumber.memory_type(memory?)? };
        imports.import("p", &short_name('m', i), EntityType::Memory(ty));
    }
    if parts.n_imported_globals > 0 {
        return Err("the module imports a global".into());
    }
    for (i, global) in parts.globals.clone().into_iter().enumerate() {
        imports.import("p", &short_name('g', i), EntityType::Global(renumber.global_type(global?.ty)?));
    }
    let mut functions = FunctionSection::new();
    for (i, &function) in seconds.iter().enumerate() {
        functions.function(parts.functions[(function - n_imported) as usize]);
        renumber.0[function as usize] = Some((lent.len() + i) as u32);
    }
    let mut code = CodeSection::new();
    for &function in seconds {
        code.function(&renumber.body(&parts.bodies[(function - n_imported) as usize], &[])?);
    }
    let mut filled: Vec<(u32, u32)> = Vec::new();
    for (&function, slots) in slots_of {
        let function = renumber.function_index(function)?;
        filled.extend(slots.iter().map(|&slot| (slot, function)));
    }
    filled.sort_unstable();
    let mut elements = ElementSection::new();
    for run in filled.chunk_by(|a, b| a.0 + 1 == b.0) {
        let functions: Vec<u32> = run.iter().map(|(_, function)| *function).collect();
        elements.active(None, &ConstExpr::i32_const(run[0].0 as i32), Elements::Functions(functions.into()));
    }
    let mut module = Module::new();
    let mut data = DataSection::new();
    put(&mut data, &divided(parts, later)?.1);
    module.section(&types).section(&imports).section(&functions).section(&elements).section(&code).section(&data);
    Ok(module.finish())
}

#[cfg(test)]
mod tests {
    use wasm_encoder::MemorySection;
    use wasmparser::Validator;

    use super::super::write::instrumented;
    use super::*;

    /// Of five functions the first calls the second, the third is exported and calls the first and the fourth, which
    /// stands in the table and calls the import; the fifth is named by the fourth only.
    fn example() -> Vec<u8> {
        let bodies: [&[u32]; 5] = [&[2], &[0], &[1, 4], &[0, 5], &[0]];
        let mut types = TypeSection::new();
        types.ty().function([ValType::I32], []);
        let mut imports = ImportSection::new();
        imports.import("js", "tell", EntityType::Function(0));
        let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
        for calls in bodies {
            functions.function(0);
            let mut body = Function::new([]);
            for _ in 0..10 {
                for &call in calls {
                    body.instruction(&Instruction::LocalGet(0)).instruction(&Instruction::Call(call));
                }
            }
            code.function(body.instruction(&Instruction::End));
        }
        let mut tables = TableSection::new();
        let element_type = wasm_encoder::RefType::FUNCREF;
        tables.table(TableType { element_type, minimum: 3, maximum: Some(3), table64: false, shared: false });
        let mut memories = MemorySection::new();
        memories.memory(MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None });
        let mut globals = GlobalSection::new();
        let ty = GlobalType { val_type: ValType::I32, mutable: true, shared: false };
        globals.global(ty, &ConstExpr::i32_const(1024));
        let mut exports = ExportSection::new();
        exports.export("third", ExportKind::Func, 3);
        let mut elements = ElementSection::new();
        elements.active(None, &ConstExpr::i32_const(1), Elements::Functions(vec![4, 1].into()));
        let mut data = DataSection::new();
        data.active(0, &ConstExpr::i32_const(0), *b"data");
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&tables).section(&memories);
        module.section(&globals).section(&exports).section(&elements).section(&code).section(&data);
        module.finish()
    }

    #[test]
    fn both_halves_are_valid_and_hold_what_they_should() {
        let wasm = example();
        let (first, second) = of(&Parts::of(&wasm).unwrap(), &BTreeSet::from([0, 1]), None).unwrap();
        Validator::new().validate_all(&first).unwrap();
        Validator::new().validate_all(&second).unwrap();
        // Two that ran, two that stand in (exported; in the table), and the one that has the rest loaded.
        let parts = Parts::of(&first).unwrap();
        assert_eq!(parts.functions.len(), 5);
        // The exported one has no slot of its own yet, the other keeps that which it had.
        assert_eq!(parts.tables.clone().into_iter().next().unwrap().unwrap().ty.initial, 4);
        assert_eq!(parts.named_outside().unwrap().1.iter().map(|(_, slot)| *slot).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn the_module_that_tells_what_runs_is_valid() {
        let wasm = example();
        let noted = instrumented(&Parts::of(&wasm).unwrap()).unwrap();
        Validator::new().validate_all(&noted).unwrap();
        assert_eq!(Parts::of(&noted).unwrap().n_imported(), 2);
    }
}
