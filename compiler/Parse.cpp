// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/Parse.h"
#include "mlir/AsmParser/AsmParser.h"
#include "mlir/AsmParser/AsmParserState.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace mlir;

namespace dlc {

std::string findTooMuch(StringRef text) {
  // Models nest a few levels: functions, regions, types, attributes. Minus
  // signs in a row are nested, too, to the parser of affine expressions.
  constexpr int64_t most = 256;
  int64_t depth = 0, minuses = 0, line = 1;
  auto tooDeep = [&](StringRef what) {
    return std::to_string(line) + ": " + what.str() + " more than " + std::to_string(most) + " deep";
  };
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '\n')
      ++line;
    if (c == '"') { // a string: to its end, which may be missing
      for (++i; i < text.size() && text[i] != '"' && text[i] != '\n'; ++i)
        i += text[i] == '\\';
      // Hexadecimal blobs have no new lines; other strings neither.
      continue;
    }
    if (c == '/' && i + 1 < text.size() && text[i + 1] == '/') {
      i = std::min(text.find('\n', i), text.size()) - 1;
      continue;
    }
    // `%name#N`: the parser makes room for N results at once.
    if (c == '#' && i > 0 && (llvm::isAlnum(text[i - 1]) || text[i - 1] == '_')) {
      StringRef digits = text.substr(i + 1).take_while(llvm::isDigit);
      if (digits.size() > 5)
        return std::to_string(line) + ": result number " + digits.str() + ", at most 99999 can be";
    }
    bool arrow = c == '>' && i > 0 && (text[i - 1] == '-' || text[i - 1] == '=');
    if (StringRef("([{<").contains(c)) {
      if (++depth > most)
        return tooDeep("brackets are nested");
    } else if (StringRef(")]}>").contains(c) && !arrow) {
      depth = std::max<int64_t>(depth - 1, 0);
    }
    if (c == '-') {
      if (++minuses > most)
        return tooDeep("minus signs are nested");
    } else if (!llvm::isSpace(c)) {
      minuses = 0;
    }
  }
  return "";
}

bool readSource(StringRef path, llvm::SourceMgr &sources, std::string &error) {
  auto buffer = llvm::MemoryBuffer::getFileOrSTDIN(path);
  std::string shown = path == "-" ? "standard input" : path.str();
  if (!buffer) {
    error = "cannot read " + shown + ": " + StringRef(buffer.getError().message()).lower();
    return false;
  }
  // Locations in MLIR are 32 bits wide.
  constexpr uint64_t most = uint64_t(1) << 31;
  if ((*buffer)->getBufferSize() >= most) {
    error = shown + " has " + std::to_string((*buffer)->getBufferSize()) +
            " bytes, at most 2^31 can be read; put large weights into resources "
            "of other files";
    return false;
  }
  StringRef text = (*buffer)->getBuffer();
  if (text.starts_with("ML\xefR")) { // bytecode: its reader is not hardened
    error = shown + " is MLIR bytecode; dlc reads text";
    return false;
  }
  if (std::string tooMuch = findTooMuch(text); !tooMuch.empty()) {
    error = shown + ":" + tooMuch;
    return false;
  }
  sources.AddNewSourceBuffer(std::move(*buffer), llvm::SMLoc());
  return true;
}

/// `%image` in the text makes `dl.name = "image"`.
static void nameArguments(ModuleOp module, AsmParserState &state) {
  Builder builder(module.getContext());
  for (auto function : module.getOps<func::FuncOp>()) {
    if (!function->hasAttr("dl.entry") || function.isExternal())
      continue;
    const AsmParserState::BlockDefinition *block = state.getBlockDef(&function.getBody().front());
    if (!block)
      continue;
    for (auto [index, definition] : llvm::enumerate(block->arguments)) {
      if (index >= function.getNumArguments() || function.getArgAttr(index, "dl.name") || !definition.loc.isValid())
        continue;
      const char *start = definition.loc.Start.getPointer();
      StringRef name(start, definition.loc.End.getPointer() - start);
      // Numbers are what a printer writes, nobody's names.
      if (name.consume_front("%") && !name.empty() && !llvm::isDigit(name.front()))
        function.setArgAttr(index, "dl.name", builder.getStringAttr(name));
    }
  }
}

OwningOpRef<ModuleOp> parseModel(llvm::SourceMgr &sources, MLIRContext *context, Stage from) {
  ParserConfig config(context);
  if (from != Stage::Source)
    return parseSourceFile<ModuleOp>(sources, config);
  // The function that is given a place for the parser's state parses into a
  // block; a file that is one module is then a module within.
  AsmParserState state;
  Block block;
  if (failed(parseAsmSourceFile(sources, &block, config, &state)))
    return {};
  OwningOpRef<ModuleOp> module;
  if (!block.empty() && llvm::hasSingleElement(block))
    module = dyn_cast<ModuleOp>(block.front());
  if (module) {
    (*module)->remove();
  } else {
    const llvm::MemoryBuffer *buffer = sources.getMemoryBuffer(sources.getMainFileID());
    module = ModuleOp::create(FileLineColLoc::get(context, buffer->getBufferIdentifier(), /*line=*/1, /*column=*/1));
    module->getBody()->getOperations().splice(module->getBody()->begin(), block.getOperations());
  }
  nameArguments(*module, state);
  if (failed(verify(*module)))
    return {};
  return module;
}

} // namespace dlc
