// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/link/Names.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

using namespace mlir;

namespace dlc {

/// Words that cannot name an argument or field, of C99 to C++20.
static bool isReserved(StringRef word) {
  static const llvm::StringSet<> words = {"alignas",
                                          "alignof",
                                          "and",
                                          "and_eq",
                                          "asm",
                                          "auto",
                                          "bitand",
                                          "bitor",
                                          "bool",
                                          "break",
                                          "case",
                                          "catch",
                                          "char",
                                          "char16_t",
                                          "char32_t",
                                          "char8_t",
                                          "class",
                                          "co_await",
                                          "co_return",
                                          "co_yield",
                                          "compl",
                                          "concept",
                                          "const",
                                          "const_cast",
                                          "consteval",
                                          "constexpr",
                                          "constinit",
                                          "continue",
                                          "decltype",
                                          "default",
                                          "delete",
                                          "do",
                                          "double",
                                          "dynamic_cast",
                                          "else",
                                          "enum",
                                          "explicit",
                                          "export",
                                          "extern",
                                          "false",
                                          "float",
                                          "for",
                                          "friend",
                                          "goto",
                                          "if",
                                          "inline",
                                          "int",
                                          "long",
                                          "mutable",
                                          "namespace",
                                          "new",
                                          "noexcept",
                                          "not",
                                          "not_eq",
                                          "nullptr",
                                          "operator",
                                          "or",
                                          "or_eq",
                                          "private",
                                          "protected",
                                          "public",
                                          "register",
                                          "reinterpret_cast",
                                          "requires",
                                          "restrict",
                                          "return",
                                          "short",
                                          "signed",
                                          "sizeof",
                                          "static",
                                          "static_assert",
                                          "static_cast",
                                          "struct",
                                          "switch",
                                          "template",
                                          "this",
                                          "thread_local",
                                          "throw",
                                          "true",
                                          "try",
                                          "typedef",
                                          "typeid",
                                          "typename",
                                          "typeof",
                                          "union",
                                          "unsigned",
                                          "using",
                                          "virtual",
                                          "void",
                                          "volatile",
                                          "wchar_t",
                                          "while",
                                          "xor",
                                          "xor_eq",
                                          "linux",
                                          "unix",
                                          "int8_t",
                                          "int16_t",
                                          "int32_t",
                                          "int64_t",
                                          "uint8_t",
                                          "uint16_t",
                                          "uint32_t",
                                          "uint64_t",
                                          "size_t",
                                          "NULL",
                                          "main"};
  return words.contains(word);
}

std::string makeIdentifier(StringRef name) {
  std::string result;
  for (char c : name)
    result += llvm::isAlnum(c) ? c : '_';
  if (result.empty() || llvm::isDigit(result[0]))
    result.insert(0, "_");
  if (isReserved(result))
    result += '_';
  return result;
}

/// `name` as an identifier that `taken` has not: name, name_2, name_3, ...
static std::string claim(StringRef name, llvm::StringSet<> &taken) {
  std::string base = makeIdentifier(name), result = base;
  for (int number = 2; !taken.insert(result).second; ++number)
    result = base + "_" + std::to_string(number);
  return result;
}

static std::string upperCase(StringRef name) { return name.upper(); }

StringRef cType(Type type) {
  if (type.isF64())
    return "double";
  if (type.isF32())
    return "float";
  if (isa<FloatType>(type))
    return "uint16_t";
  if (type.isInteger(64))
    return "int64_t";
  if (type.isInteger(32))
    return "int32_t";
  return type.isSignlessInteger(8) ? "int8_t" : "uint8_t";
}

Names::Names(const Interface &interface, StringRef model) : model(model), upper(upperCase(model)) {
  llvm::StringSet<> fields;
  for (const Interface::Dim &dim : interface.dims)
    dims.push_back(claim(dim.name, fields));

  // What the header declares for every model comes first.
  llvm::StringSet<> symbols;
  for (StringRef own : {"weights", "context", "dims", "model", "memory", "shuffle", "SIGNATURE", "Weights", "Context"})
    symbols.insert(own);
  for (StringRef verb : {"create", "destroy", "initialise", "load", "resume", "save", "load_memory", "save_memory",
                         "copy", "publish", "step", "seed", "set_seed", "get", "set", "model", "create_v1"})
    symbols.insert(("weights_" + verb).str());
  for (StringRef verb : {"create", "destroy", "variant", "model", "create_v1"})
    symbols.insert(("context_" + verb).str());
  symbols.insert("memory_v1");
  symbols.insert("profile_report"); // of --profile

  for (const Interface::Function &function : interface.functions) {
    Function names;
    std::string name = claim(function.name, symbols);
    names.symbol = (model + "_" + name).str();
    llvm::StringSet<> parameters, hypers;
    for (StringRef own : {"context", "hyper", "error"})
      parameters.insert(own);
    hypers.insert("size");
    bool hasHyper = false, hasShape = false;
    for (const Interface::Argument &argument : function.arguments) {
      hasHyper |= argument.kind == Interface::Kind::Hyper;
      hasShape |= argument.kind == Interface::Kind::Output && !argument.dims.empty();
      for (const dl::DimExpr &extent : argument.dims)
        for (auto [index, dim] : llvm::enumerate(interface.dims))
          if (argument.kind == Interface::Kind::Input && extent == dl::DimExpr::symbol(dim.name) &&
              !llvm::is_contained(names.dims, index))
            names.dims.push_back(index);
    }
    for (size_t dim : names.dims)
      names.dimNames.push_back(claim(interface.dims[dim].name, parameters));
    for (const Interface::Argument &argument : function.arguments)
      names.arguments.push_back(claim(argument.name, argument.kind == Interface::Kind::Hyper ? hypers : parameters));
    if (hasHyper) {
      names.hyper = (model + "_" + claim(name + "_hyper", symbols)).str();
      names.macro = upperCase(names.hyper) + "_INIT";
    }
    if (hasShape)
      names.shape = (model + "_" + claim(name + "_shape", symbols)).str();
    functions.push_back(std::move(names));
  }
}

static uint64_t hashOf(StringRef text) {
  uint64_t hash = llvm::xxh3_64bits(text);
  return hash ? hash : 1; // 0 means "not compared"
}

uint64_t signatureOf(const Interface &interface, StringRef model) {
  // Quoted, so that no two descriptions have one text.
  std::string text;
  llvm::raw_string_ostream stream(text);
  auto quote = [&](StringRef name) {
    stream << '"';
    llvm::printEscapedString(name, stream);
    stream << "\" ";
  };
  quote(model);
  for (const Interface::Dim &dim : interface.dims)
    quote(dim.name);
  for (const Interface::Function &function : interface.functions) {
    stream << "\n" << function.trains << " ";
    quote(function.name);
    for (const Interface::Argument &argument : function.arguments) {
      quote(argument.name);
      stream << static_cast<int>(argument.kind) << " " << describe(argument) << " ";
      if (argument.defaultValue)
        stream << argument.defaultValue << " ";
    }
  }
  return hashOf(text);
}

uint64_t fingerprintOf(const Interface &interface) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  for (const Interface::State &state : interface.state) {
    stream << (state.slot ? "slot \"" : "parameter \"");
    llvm::printEscapedString(state.name, stream);
    stream << "\" " << state.type << "\n";
  }
  return hashOf(text);
}

} // namespace dlc
