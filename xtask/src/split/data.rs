//! Which data only the second half needs: tables and texts that no function of the first half can name.
//!
//! The linker says what names what (`build.rs` asks for it): for every address that stands in code or in data, the
//! symbol it belongs to, even where it points beside it. Optimising keeps the addresses. So whatever the constants of
//! the first half name is needed there, and what that data names, and so on; the rest of the read-only data is not.
//!
//! An address that the optimiser has moved by a constant has no name: whatever lies near it stays as well.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{Module, RawSection};
use wasmparser::{
    DataKind, DataSectionReader, FunctionBody, KnownCustom, Linking, Operator, Parser, Payload, RelocationType,
    SymbolInfo,
};

use super::parts::Result;

/// How far the optimiser may have moved an address that it gave a name by chance, and one without a name.
const NEAR: u32 = 64;
const FAR: u32 = 4096;

/// So many bytes may lie between two pieces of data only because addresses are to be round.
const FILLING: u32 = 16;

/// Shorter stretches cost more than they save.
const SHORT: u32 = 48;

/// A named stretch of memory.
struct Symbol {
    place: Range<u32>,
    is_read_only: bool,
    /// Symbols whose addresses stand in it.
    names: Vec<usize>,
}

/// What the linker says about a module.
pub struct Linked {
    symbols: Vec<Symbol>,
    /// The symbols that an address in code stands for.
    named_by: BTreeMap<u32, BTreeSet<usize>>,
    /// What memory holds at the start.
    image: BTreeMap<u32, u8>,
}

/// Address, content and place in the module of a piece of data.
pub type Segment<'a> = (u32, &'a [u8], Range<usize>);

/// What is put into memory at the start.
pub fn segments(reader: DataSectionReader) -> Result<Vec<Segment>> {
    let mut all = Vec::new();
    for data in reader {
        let data = data?;
        let DataKind::Active { memory_index: 0, offset_expr } = data.kind else {
            return Err("some data are not put into memory at the start".into());
        };
        let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
            return Err("some data are put at an address that is not a constant".into());
        };
        all.push((value as u32, data.data, data.range));
    }
    Ok(all)
}

/// The module without what the linker says about it: the site does not need it.
pub fn without_relocations(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        let is_linkers = matches!(&payload, Payload::CustomSection(custom)
            if custom.name() == "linking" || custom.name().starts_with("reloc."));
        if let Some((id, range)) = payload.as_section().filter(|_| !is_linkers) {
            module.section(&RawSection { id, data: &wasm[range] });
        }
    }
    Ok(module.finish())
}

/// The bytes of memory that are not zero.
fn image(segments: &[Segment]) -> BTreeMap<u32, u8> {
    let bytes = |(at, bytes, _): &Segment| (*at..).zip(bytes.to_vec()).collect::<Vec<_>>();
    segments.iter().flat_map(bytes).filter(|(_, byte)| *byte != 0).collect()
}

impl Linked {
    /// Reads the module that the linker wrote.
    pub fn of(wasm: &[u8]) -> Result<Linked> {
        // By number of the section: where its content begins.
        let (mut starts, mut relocations, mut linking) = (Vec::new(), Vec::new(), None);
        let (mut code, mut data) = (None, None);
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload?;
            if let Some((_, range)) = payload.as_section() {
                match &payload {
                    Payload::CodeSectionStart { .. } => code = Some(starts.len()),
                    Payload::DataSection(reader) => data = Some((starts.len(), reader.clone())),
                    _ => {}
                }
                starts.push(range.start);
            }
            if let Payload::CustomSection(custom) = payload {
                match custom.as_known() {
                    KnownCustom::Linking(reader) => linking = Some(reader),
                    KnownCustom::Reloc(reader) => relocations.push(reader),
                    _ => {}
                }
            }
        }
        let (Some(code), Some((data, reader)), Some(linking)) = (code, data, linking) else {
            return Err("the linker kept no relocations".into());
        };
        let segments = segments(reader)?;

        let (mut names, mut infos) = (Vec::new(), Vec::new());
        for part in linking {
            match part? {
                Linking::SegmentInfo(all) => names = all.into_iter().collect::<std::result::Result<_, _>>()?,
                Linking::SymbolTable(all) => infos = all.into_iter().collect::<std::result::Result<_, _>>()?,
                _ => {}
            }
        }
        let place = |info: &SymbolInfo| match info {
            SymbolInfo::Data { symbol: Some(symbol), .. } => {
                let (start, ..) = segments.get(symbol.index as usize)?;
                let is_read_only = names.get(symbol.index as usize).is_some_and(|s| s.name.starts_with(".rodata"));
                Some((start + symbol.offset..start + symbol.offset + symbol.size, is_read_only))
            }
            _ => None,
        };
        // Symbols that are no data stand there as empty ones.
        let symbols = infos.iter().map(|info| {
            let (place, is_read_only) = place(info).unwrap_or_default();
            Symbol { place, is_read_only, names: Vec::new() }
        });
        let mut linked = Linked { symbols: symbols.collect(), named_by: BTreeMap::new(), image: image(&segments) };

        let mut by_start: Vec<usize> = (0..linked.symbols.len()).collect();
        by_start.sort_by_key(|&i| linked.symbols[i].place.start);
        for section in relocations {
            let of = section.section_index() as usize;
            for entry in section.entries() {
                let entry = entry?;
                let symbol = entry.index as usize;
                match entry.ty {
                    RelocationType::MemoryAddrLeb | RelocationType::MemoryAddrSleb if of == code => {
                        let address = i64::from(linked.symbols[symbol].place.start) + entry.addend;
                        linked.named_by.entry(address as u32).or_default().insert(symbol);
                    }
                    RelocationType::MemoryAddrI32 if of == data => {
                        let at = starts[data] + entry.offset as usize;
                        let holder =
                            segments.iter().find(|(.., range)| range.contains(&at)).map(|(start, bytes, range)| {
                                // The content stands at the end of the segment.
                                start + (at - (range.end - bytes.len())) as u32
                            });
                        let address = holder.ok_or("a relocation lies outside of the data")?;
                        let end = by_start.partition_point(|&i| linked.symbols[i].place.start <= address);
                        for &i in by_start[..end].iter().rev().take(64) {
                            if linked.symbols[i].place.contains(&address) {
                                linked.symbols[i].names.push(symbol);
                            }
                        }
                    }
                    RelocationType::FunctionIndexLeb
                    | RelocationType::TableIndexSleb
                    | RelocationType::TableIndexI32
                    | RelocationType::TypeIndexLeb
                    | RelocationType::GlobalIndexLeb
                    | RelocationType::TableNumberLeb
                    | RelocationType::EventIndexLeb => {}
                    _ if of == code || of == data => {
                        return Err(format!("a relocation of a new kind: {:?}", entry.ty).into());
                    }
                    _ => {}
                }
            }
        }
        Ok(linked)
    }

    /// The stretches of memory that the bodies of the first half cannot name, in order. `data` are those of the module
    /// that the bodies stand in: they have to be the linker's.
    pub fn needed_later(&self, data: DataSectionReader, first: &[&FunctionBody]) -> Result<Vec<Range<u32>>> {
        if self.image != image(&segments(data)?) {
            return Err("the linker's module is of another build".into());
        }
        let Some(end) = self.symbols.iter().map(|symbol| symbol.place.end).max() else { return Ok(Vec::new()) };
        let begin = self.symbols.iter().map(|symbol| symbol.place.start).filter(|&start| start > 0).min().unwrap_or(0);

        let mut constants = Constants::default();
        for body in first {
            constants.read(body)?;
        }
        let mut is_needed = vec![false; self.symbols.len()];
        let mut to_visit = Vec::new();
        for &value in constants.0.range(begin.saturating_sub(FAR)..end + FAR) {
            let named = self.named_by.get(&value);
            to_visit.extend(named.into_iter().flatten().copied());
            let near = if named.is_some() { NEAR } else { FAR };
            let is_near = |symbol: &Symbol| symbol.place.start < value + near && value < symbol.place.end + near;
            to_visit.extend((0..self.symbols.len()).filter(|&i| is_near(&self.symbols[i])));
        }
        while let Some(symbol) = to_visit.pop() {
            if !std::mem::replace(&mut is_needed[symbol], true) {
                to_visit.extend(&self.symbols[symbol].names);
            }
        }

        // 0: nobody's (filling between two), 1: needed later, 2: needed now.
        let mut use_of = vec![0u8; (end - begin) as usize];
        for (symbol, is_needed) in self.symbols.iter().zip(is_needed) {
            let level = if is_needed || !symbol.is_read_only { 2 } else { 1 };
            if !symbol.place.is_empty() {
                let place = (symbol.place.start - begin) as usize..(symbol.place.end - begin) as usize;
                use_of[place].iter_mut().for_each(|byte| *byte = level.max(*byte));
            }
        }
        let mut later: Vec<Range<u32>> = Vec::new();
        let mut open: Option<Range<u32>> = None;
        for (at, level) in (begin..).zip(use_of) {
            match (level, &mut open) {
                (1, Some(range)) => range.end = at + 1,
                (1, None) => open = Some(at..at + 1),
                (0, Some(range)) if at - range.end < FILLING && !self.image.contains_key(&at) => {}
                _ => later.extend(open.take()),
            }
        }
        later.extend(open);
        later.retain(|range| range.end - range.start >= SHORT);
        Ok(later)
    }
}

/// What the bodies hold that may be an address.
#[derive(Default)]
struct Constants(BTreeSet<u32>);

impl Constants {
    fn read(&mut self, body: &FunctionBody) -> Result<()> {
        let mut reader = body.get_operators_reader()?;
        while !reader.eof() {
            self.parse_instruction(&mut reader)?;
        }
        Ok(())
    }
}

impl Reencode for Constants {
    type Error = std::convert::Infallible;

    fn mem_arg(
        &mut self,
        arg: wasmparser::MemArg,
    ) -> std::result::Result<wasm_encoder::MemArg, reencode::Error<Self::Error>> {
        self.0.insert(arg.offset as u32);
        reencode::utils::mem_arg(self, arg)
    }

    fn instruction<'a>(
        &mut self,
        operator: Operator<'a>,
    ) -> std::result::Result<wasm_encoder::Instruction<'a>, reencode::Error<Self::Error>> {
        match &operator {
            Operator::I32Const { value } => self.0.extend([*value as u32]),
            // Two addresses may have been made one number.
            Operator::I64Const { value } => self.0.extend([*value as u32, (*value >> 32) as u32]),
            Operator::V128Const { value } => {
                let lanes = value.bytes().chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
                self.0.extend(lanes);
            }
            _ => {}
        }
        reencode::utils::instruction(self, operator)
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        CodeSection, ConstExpr, CustomSection, DataSection, Encode, Function, FunctionSection, Instruction, TypeSection,
    };

    use super::*;

    const SIZE: u32 = 64;
    /// Where the pieces of data stand, whether they may be written, and what they name.
    const PIECES: [(u32, bool, Option<u32>); 5] = [
        (10_000, false, Some(2)),
        (20_000, false, None),
        (30_000, false, None),
        (40_000, true, None),
        (50_000, false, None),
    ];
    /// The first names a piece that names another; the second one, beside its beginning; the third nothing.
    const CONSTANTS: [i32; 3] = [10_000, 19_000, 7];

    fn leb(bytes: &mut Vec<u8>, numbers: &[u32]) {
        numbers.iter().for_each(|number| number.encode(bytes));
    }

    fn module(with_relocations: bool) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let (mut functions, mut code, mut data) = (FunctionSection::new(), CodeSection::new(), DataSection::new());
        for constant in CONSTANTS {
            functions.function(0);
            let mut body = Function::new([]);
            body.instruction(&Instruction::I32Const(constant)).instruction(&Instruction::Drop);
            code.function(body.instruction(&Instruction::End));
        }
        for (at, _, names) in PIECES {
            let pointer = names.map_or(1, |named| PIECES[named as usize].0).to_le_bytes();
            let mut bytes = [1; SIZE as usize];
            bytes[..4].copy_from_slice(&pointer);
            data.active(0, &ConstExpr::i32_const(at as i32), bytes);
        }
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&code).section(&data);
        if with_relocations {
            let (mut segments, mut symbols) = (Vec::new(), Vec::new());
            leb(&mut segments, &[PIECES.len() as u32]);
            leb(&mut symbols, &[PIECES.len() as u32]);
            for (i, (_, is_writable, _)) in PIECES.into_iter().enumerate() {
                if is_writable { ".data" } else { ".rodata" }.encode(&mut segments);
                leb(&mut segments, &[0, 0]);
                symbols.extend([1, 0]);
                "piece".encode(&mut symbols);
                leb(&mut symbols, &[i as u32, 0, SIZE]);
            }
            let mut linking = vec![2, 5];
            segments.encode(&mut linking);
            linking.push(8);
            symbols.encode(&mut linking);
            // Of symbol 0 by the first function, of 1 a thousand bytes before its beginning by the second.
            let mut in_code = vec![2, 2];
            leb(&mut in_code, &[4, 0, 0, 0, 4, 0, 1]);
            (-1000i32).encode(&mut in_code);
            let mut in_data = vec![3, 1];
            // The number of pieces, then the first one's kind, address (three bytes in five) and length stand before it.
            leb(&mut in_data, &[5, 8, 2, 0]);
            for (name, bytes) in [("linking", linking), ("reloc.CODE", in_code), ("reloc.DATA", in_data)] {
                module.section(&CustomSection { name: name.into(), data: bytes.into() });
            }
        }
        module.finish()
    }

    fn later(functions: &[usize]) -> Vec<Range<u32>> {
        let linked = Linked::of(&module(true)).unwrap();
        let wasm = module(false);
        let (mut bodies, mut data) = (Vec::new(), None);
        for payload in Parser::new(0).parse_all(&wasm) {
            match payload.unwrap() {
                Payload::CodeSectionEntry(body) => bodies.push(body),
                Payload::DataSection(reader) => data = Some(reader),
                _ => {}
            }
        }
        let first: Vec<&FunctionBody> = functions.iter().map(|&i| &bodies[i]).collect();
        linked.needed_later(data.unwrap(), &first).unwrap()
    }

    fn piece(i: usize) -> Range<u32> {
        PIECES[i].0..PIECES[i].0 + SIZE
    }

    #[test]
    fn what_is_named_stays_and_what_that_names_and_what_is_written() {
        assert_eq!(later(&[2]), [piece(0), piece(1), piece(2), piece(4)]);
        assert_eq!(later(&[0]), [piece(1), piece(4)], "piece 0 names piece 2");
        assert_eq!(later(&[1]), [piece(0), piece(2), piece(4)], "piece 1 is named by an address beside it");
        assert_eq!(later(&[0, 1, 2]), [piece(4)]);
    }

    #[test]
    fn a_module_without_its_relocations_is_what_it_was_without() {
        assert_eq!(without_relocations(&module(true)).unwrap(), module(false));
    }

    #[test]
    fn a_module_of_another_build_or_without_relocations_is_refused() {
        assert!(Linked::of(&module(false)).is_err());
        let linked = Linked::of(&module(true)).unwrap();
        let mut other = Module::new();
        let mut data = DataSection::new();
        data.active(0, &ConstExpr::i32_const(10_000), *b"other");
        let wasm = other.section(&data).clone().finish();
        let Payload::DataSection(reader) = Parser::new(0).parse_all(&wasm).nth(1).unwrap().unwrap() else { panic!() };
        assert!(linked.needed_later(reader, &[]).is_err());
    }
}
