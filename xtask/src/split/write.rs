//! Writes modules from [`Parts`] with functions renumbered, instrumented, and their data divided.

use std::ops::Range;

use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{
    CodeSection, ConstExpr, DataCountSection, DataSection, ElementSection, EntityType, ExportSection, Function,
    FunctionSection, GlobalSection, ImportSection, Instruction, MemorySection, Module, StartSection, TableSection,
    TypeSection, ValType,
};
use wasmparser::FunctionBody;

use super::data::segments;
use super::parts::{Parts, Result};

/// New indices of functions; a function without one must not be named.
pub(super) struct Renumber(pub(super) Vec<Option<u32>>);

impl Reencode for Renumber {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> std::result::Result<u32, reencode::Error<Self::Error>> {
        // A hole would be a mistake of this program; the browser refuses such a module at once.
        Ok(self.0.get(function as usize).copied().flatten().unwrap_or(u32::MAX))
    }
}

impl Renumber {
    pub(super) fn body(&mut self, body: &FunctionBody, first: &[Instruction]) -> Result<Function> {
        let mut function = self.new_function_with_parsed_locals(body)?;
        first.iter().for_each(|instruction| {
            function.instruction(instruction);
        });
        let mut reader = body.get_operators_reader()?;
        while !reader.eof() {
            function.instruction(&self.parse_instruction(&mut reader)?);
        }
        Ok(function)
    }
}

/// The import section with one more function at its end.
pub(super) fn imports_and(parts: &Parts, renumber: &mut Renumber, name: &str, ty: u32) -> Result<ImportSection> {
    let mut imports = ImportSection::new();
    renumber.parse_import_section(&mut imports, parts.imports.clone())?;
    imports.import("split", name, EntityType::Function(ty));
    Ok(imports)
}

/// The module with every function telling `split.hit` its number when it is called.
pub fn instrumented(parts: &Parts) -> Result<Vec<u8>> {
    let n_imported = parts.n_imported();
    let all = n_imported + parts.functions.len() as u32;
    let mut renumber = Renumber((0..all).map(|f| Some(f + u32::from(f >= n_imported))).collect());
    let mut types = TypeSection::new();
    renumber.parse_type_section(&mut types, parts.types.clone())?;
    types.ty().function([ValType::I32], []);
    let imports = imports_and(parts, &mut renumber, "hit", types.len() - 1)?;
    let mut functions = FunctionSection::new();
    parts.functions.iter().for_each(|&ty| {
        functions.function(ty);
    });
    let mut tables = TableSection::new();
    renumber.parse_table_section(&mut tables, parts.tables.clone())?;
    let mut exports = ExportSection::new();
    renumber.parse_export_section(&mut exports, parts.exports.clone())?;
    let mut globals = GlobalSection::new();
    renumber.parse_global_section(&mut globals, parts.globals.clone())?;
    let mut code = CodeSection::new();
    for (number, body) in parts.bodies.iter().enumerate() {
        code.function(&renumber.body(body, &[Instruction::I32Const(number as i32), Instruction::Call(n_imported)])?);
    }
    finish(parts, &mut renumber, types, imports, functions, tables, globals, exports, code, &[])
}

/// The module of these sections and the others as they are in `parts`, without the data in the ranges `later`.
#[allow(clippy::too_many_arguments)]
pub(super) fn finish(
    parts: &Parts,
    renumber: &mut Renumber,
    types: TypeSection,
    imports: ImportSection,
    functions: FunctionSection,
    tables: TableSection,
    globals: GlobalSection,
    exports: ExportSection,
    code: CodeSection,
    later: &[Range<u32>],
) -> Result<Vec<u8>> {
    let mut memories = MemorySection::new();
    renumber.parse_memory_section(&mut memories, parts.memories.clone())?;
    let mut elements = ElementSection::new();
    renumber.parse_element_section(&mut elements, parts.elements.clone())?;
    let mut data = DataSection::new();
    match later {
        [] => renumber.parse_data_section(&mut data, parts.data.clone())?,
        _ => put(&mut data, &divided(parts, later)?.0),
    }
    let mut module = Module::new();
    module.section(&types).section(&imports).section(&functions).section(&tables).section(&memories);
    module.section(&globals).section(&exports);
    if let Some(start) = parts.start {
        module.section(&StartSection { function_index: renumber.function_index(start)? });
    }
    module.section(&elements);
    if parts.data_count.is_some() {
        module.section(&DataCountSection { count: data.len() });
    }
    module.section(&code).section(&data);
    Ok(module.finish())
}

/// A piece of memory and where it stands.
pub(super) type Piece<'a> = (u32, &'a [u8]);

/// The module's data outside of the ranges `later` (in order, apart from each other), and those in them.
pub(super) fn divided<'a>(parts: &Parts<'a>, later: &[Range<u32>]) -> Result<(Vec<Piece<'a>>, Vec<Piece<'a>>)> {
    let (mut now, mut then) = (Vec::new(), Vec::new());
    for (start, bytes, _) in segments(parts.data.clone())? {
        let end = start + bytes.len() as u32;
        let piece = |from: u32, to: u32| (from, &bytes[(from - start) as usize..(to - start) as usize]);
        let mut at = start;
        for range in later.iter().filter(|range| range.start < end && range.end > start) {
            let (from, to) = (range.start.max(start), range.end.min(end));
            now.push(piece(at, from));
            then.push(piece(from, to));
            at = to;
        }
        now.push(piece(at, end));
    }
    let is_there = |piece: &Piece| !piece.1.is_empty();
    now.retain(is_there);
    then.retain(is_there);
    Ok((now, then))
}

/// Adds pieces of memory to a data section.
pub(super) fn put(data: &mut DataSection, pieces: &[Piece]) {
    for &(at, bytes) in pieces {
        data.active(0, &ConstExpr::i32_const(at as i32), bytes.iter().copied());
    }
}
