// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/link/DataObject.h"
#include "dialects/dl/Dl.h"
#include "dialects/dl/evaluate/Tensor.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "llvm/BinaryFormat/ELF.h"
#include "llvm/Support/MathExtras.h"
#include <cstring>

using namespace mlir;
using namespace llvm::ELF;

namespace dlc {

static Attribute valueOf(ModuleOp module, const Interface::State &state) {
  Operation *op = SymbolTable::lookupSymbolIn(module, state.symbol);
  if (auto parameter = dyn_cast_or_null<dl::ParameterOp>(op))
    return parameter.getValue();
  if (auto slot = dyn_cast_or_null<dl::SlotOp>(op))
    return slot.getValue();
  return {};
}

int64_t Datum::bytes() const { return value.getNumElements() * elementBytes(value.getElementType()); }

/// Whether the elements of `value` are at hand; `what` is what has them.
static LogicalResult checkValue(ModuleOp module, ElementsAttr value, const Twine &what) {
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(value)) {
    AsmResourceBlob *blob = resource.getRawHandle().getBlob();
    int64_t size = blob ? blob->getData().size() : 0, expected = Datum{0, value}.bytes();
    if (!blob || size != expected)
      return module.emitError("the resource of ")
             << what << " has " << size << " bytes, " << value.getType() << " has " << expected;
  } else if (!isa<DenseElementsAttr>(value)) {
    return module.emitError("the elements of ") << what << " are neither dense nor a resource";
  }
  return success();
}

FailureOr<SmallVector<Datum>> dataOf(ModuleOp module, const Interface &interface) {
  SmallVector<Datum> data;
  int64_t end = 0;
  auto add = [&](const Twine &what, int64_t offset, ElementsAttr value) -> LogicalResult {
    if (failed(checkValue(module, value, what)))
      return failure();
    if (offset < end || offset % Interface::alignment)
      return module.emitError("dl.interface places the data of ") << what << " at " << offset;
    data.push_back({offset, value});
    end = offset + data.back().bytes();
    return success();
  };
  for (const Interface::State &state : interface.state) {
    if (state.data < 0)
      continue;
    auto elements = dyn_cast_or_null<ElementsAttr>(valueOf(module, state));
    if (!elements || elements.getType() != state.type)
      return module.emitError("dl.interface says that @")
             << state.symbol << " is data of type " << state.type << "; it is declared with "
             << (elements ? "other elements" : "none");
    if (failed(add("@" + state.symbol, state.data, elements)))
      return failure();
  }
  for (auto embedded : module.getOps<dl::EmbeddedOp>())
    if (failed(add("dl.embedded " + Twine(embedded.getOffset()), embedded.getOffset(), embedded.getValue())))
      return failure();
  if (end > interface.dataBytes)
    return module.emitError("dl.interface has data_bytes ") << interface.dataBytes << ", its data needs " << end;
  return data;
}

void writeValue(llvm::raw_ostream &out, ElementsAttr value) {
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(value)) {
    ArrayRef<char> bytes = resource.getRawHandle().getBlob()->getData();
    out.write(bytes.data(), bytes.size());
    return;
  }
  auto dense = cast<DenseElementsAttr>(value);
  if (!dense.isSplat() && !dense.getElementType().isInteger(1)) {
    ArrayRef<char> bytes = dense.getRawData();
    out.write(bytes.data(), bytes.size());
    return;
  }
  // Splats are stored once, i1 may be stored as bits: rare and small.
  FailureOr<dl::Tensor> tensor = dl::Tensor::fromAttr(dense);
  std::vector<char> bytes(Datum{0, value}.bytes());
  if (succeeded(tensor))
    tensor->toBytes(bytes.data());
  out.write(bytes.data(), bytes.size());
}

void writeDataObject(llvm::raw_ostream &out, StringRef arch, StringRef symbol, int64_t dataBytes,
                     ArrayRef<Datum> values) {
  // Sections: nothing, data, symbols, their names, sections' names, and the
  // note without which a linker takes the stack for executable.
  enum { Null, Data, Symbols, Names, SectionNames, Note, Count };
  std::string symbolNames = std::string(1, '\0') + symbol.str() + '\0';
  const char sectionNames[] = "\0.rodata.dlc\0.symtab\0.strtab\0.shstrtab\0.note.GNU-stack";
  Elf64_Sym symbols[2] = {};
  symbols[1].st_name = 1;
  symbols[1].st_info = STB_GLOBAL << 4 | STT_OBJECT;
  symbols[1].st_other = STV_HIDDEN;
  symbols[1].st_shndx = Data;
  symbols[1].st_size = dataBytes;

  uint64_t data = llvm::alignTo(sizeof(Elf64_Ehdr), Interface::alignment);
  uint64_t symbolAt = data + dataBytes; // a multiple of 64
  uint64_t namesAt = symbolAt + sizeof(symbols);
  uint64_t sectionNamesAt = namesAt + symbolNames.size();
  uint64_t sectionsAt = llvm::alignTo(sectionNamesAt + sizeof(sectionNames), 8);

  Elf64_Ehdr header = {};
  memcpy(header.e_ident, ElfMagic, 4);
  header.e_ident[EI_CLASS] = ELFCLASS64;
  header.e_ident[EI_DATA] = ELFDATA2LSB;
  header.e_ident[EI_VERSION] = EV_CURRENT;
  header.e_type = ET_REL;
  header.e_machine = arch == "aarch64" ? EM_AARCH64 : EM_X86_64;
  header.e_version = EV_CURRENT;
  header.e_shoff = sectionsAt;
  header.e_ehsize = sizeof(Elf64_Ehdr);
  header.e_shentsize = sizeof(Elf64_Shdr);
  header.e_shnum = Count;
  header.e_shstrndx = SectionNames;

  Elf64_Shdr sections[Count] = {};
  auto section = [&](int index, uint32_t name, uint32_t type, uint64_t at, uint64_t size,
                     uint64_t align) -> Elf64_Shdr & {
    Elf64_Shdr &s = sections[index];
    s.sh_name = name, s.sh_type = type, s.sh_offset = at, s.sh_size = size, s.sh_addralign = align;
    return s;
  };
  section(Data, 1, SHT_PROGBITS, data, dataBytes, Interface::alignment).sh_flags = SHF_ALLOC;
  Elf64_Shdr &table = section(Symbols, 13, SHT_SYMTAB, symbolAt, sizeof(symbols), 8);
  table.sh_link = Names;
  table.sh_info = 1; // the first that is not local
  table.sh_entsize = sizeof(Elf64_Sym);
  section(Names, 21, SHT_STRTAB, namesAt, symbolNames.size(), 1);
  section(SectionNames, 29, SHT_STRTAB, sectionNamesAt, sizeof(sectionNames), 1);
  section(Note, 39, SHT_PROGBITS, sectionsAt, 0, 1);

  auto raw = [&](const void *bytes, size_t size) { out.write(static_cast<const char *>(bytes), size); };
  raw(&header, sizeof(header));
  out.write_zeros(data - sizeof(header));
  int64_t written = 0;
  for (const Datum &datum : values) {
    out.write_zeros(datum.offset - written);
    writeValue(out, datum.value);
    written = datum.offset + datum.bytes();
  }
  out.write_zeros(dataBytes - written);
  raw(symbols, sizeof(symbols));
  raw(symbolNames.data(), symbolNames.size());
  raw(sectionNames, sizeof(sectionNames));
  out.write_zeros(sectionsAt - sectionNamesAt - sizeof(sectionNames));
  raw(sections, sizeof(sections));
}

} // namespace dlc
