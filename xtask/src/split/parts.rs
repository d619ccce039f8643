//! A module taken apart, and what its functions name.

use wasmparser::{
    DataSectionReader, ElementItems, ElementKind, ElementSectionReader, ExportSectionReader, ExternalKind,
    FunctionBody, GlobalSectionReader, ImportSectionReader, MemorySectionReader, Operator, Parser, Payload,
    TableSectionReader, TypeRef, TypeSectionReader,
};

/// What can go wrong while a module is read or written.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// A function and a place in the first table where it stands.
pub type Slot = (u32, u32);

/// The sections of a module.
pub struct Parts<'a> {
    pub types: TypeSectionReader<'a>,
    pub imports: ImportSectionReader<'a>,
    /// Type of each imported function.
    pub imported: Vec<u32>,
    pub n_imported_globals: u32,
    /// Type of each function of its own.
    pub functions: Vec<u32>,
    pub tables: TableSectionReader<'a>,
    pub memories: MemorySectionReader<'a>,
    pub globals: GlobalSectionReader<'a>,
    pub exports: ExportSectionReader<'a>,
    pub start: Option<u32>,
    pub elements: ElementSectionReader<'a>,
    pub bodies: Vec<FunctionBody<'a>>,
    pub data_count: Option<u32>,
    pub data: DataSectionReader<'a>,
}

impl<'a> Parts<'a> {
    pub fn of(wasm: &'a [u8]) -> Result<Parts<'a>> {
        let (mut types, mut imports, mut tables, mut memories) = (None, None, None, None);
        let (mut globals, mut exports, mut elements, mut data) = (None, None, None, None);
        let (mut functions, mut bodies, mut start, mut data_count) = (Vec::new(), Vec::new(), None, None);
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::TypeSection(reader) => types = Some(reader),
                Payload::ImportSection(reader) => imports = Some(reader),
                Payload::FunctionSection(reader) => {
                    functions = reader.into_iter().collect::<std::result::Result<_, _>>()?
                }
                Payload::TableSection(reader) => tables = Some(reader),
                Payload::MemorySection(reader) => memories = Some(reader),
                Payload::GlobalSection(reader) => globals = Some(reader),
                Payload::ExportSection(reader) => exports = Some(reader),
                Payload::StartSection { func, .. } => start = Some(func),
                Payload::ElementSection(reader) => elements = Some(reader),
                Payload::DataCountSection { count, .. } => data_count = Some(count),
                Payload::CodeSectionEntry(body) => bodies.push(body),
                Payload::DataSection(reader) => data = Some(reader),
                _ => {}
            }
        }
        let missing = "the module lacks a section that every module of this site has";
        let imports: ImportSectionReader = imports.ok_or(missing)?;
        let (mut imported, mut n_imported_globals) = (Vec::new(), 0);
        for import in imports.clone().into_imports() {
            match import?.ty {
                TypeRef::Func(ty) => imported.push(ty),
                TypeRef::Global(_) => n_imported_globals += 1,
                _ => return Err("the module imports a memory or a table".into()),
            }
        }
        Ok(Parts {
            types: types.ok_or(missing)?,
            imports,
            imported,
            n_imported_globals,
            functions,
            tables: tables.ok_or(missing)?,
            memories: memories.ok_or(missing)?,
            globals: globals.ok_or(missing)?,
            exports: exports.ok_or(missing)?,
            start,
            elements: elements.ok_or(missing)?,
            bodies,
            data_count,
            data: data.ok_or(missing)?,
        })
    }

    /// Number of imported functions, which come first among the functions.
    pub fn n_imported(&self) -> u32 {
        self.imported.len() as u32
    }

    /// Functions that are named outside of functions: exports, the start, tables; and the slots in the first table.
    pub fn named_outside(&self) -> Result<(Vec<u32>, Vec<Slot>)> {
        let (mut named, mut slots): (Vec<u32>, Vec<Slot>) = (self.start.into_iter().collect(), Vec::new());
        for export in self.exports.clone() {
            let export = export?;
            if export.kind == ExternalKind::Func {
                named.push(export.index);
            }
        }
        for element in self.elements.clone() {
            let element = element?;
            let offset = match &element.kind {
                ElementKind::Active { table_index: None | Some(0), offset_expr } => {
                    match offset_expr.get_operators_reader().read()? {
                        Operator::I32Const { value } => Some(value as u32),
                        _ => return Err("a table is filled at an offset that is not a constant".into()),
                    }
                }
                _ => None,
            };
            let ElementItems::Functions(functions) = element.items else {
                return Err("a table is filled with expressions".into());
            };
            for (i, function) in functions.into_iter().enumerate() {
                let function = function?;
                named.push(function);
                slots.extend(offset.map(|offset| (function, offset + i as u32)));
            }
        }
        Ok((named, slots))
    }
}

/// What a body names.
pub struct Names {
    pub functions: Vec<u32>,
    /// Whether it does what only the module itself can do.
    pub is_tied: bool,
}

pub fn names_in(body: &FunctionBody) -> Result<Names> {
    let mut names = Names { functions: Vec::new(), is_tied: false };
    let mut reader = body.get_operators_reader()?;
    while !reader.eof() {
        match reader.read()? {
            Operator::Call { function_index } | Operator::ReturnCall { function_index } => {
                names.functions.push(function_index);
            }
            Operator::RefFunc { function_index } => {
                names.functions.push(function_index);
                names.is_tied = true;
            }
            Operator::MemoryInit { .. }
            | Operator::DataDrop { .. }
            | Operator::TableInit { .. }
            | Operator::ElemDrop { .. } => names.is_tied = true,
            _ => {}
        }
    }
    Ok(names)
}
