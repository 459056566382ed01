// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/Object.h"
#include "compiler/codegen/Codegen.h"
#include "compiler/link/DataObject.h"
#include "compiler/link/Describe.h"
#include "compiler/link/Link.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/Object/ArchiveWriter.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace mlir;

namespace dlc {

namespace {
/// The objects of a model as files in a folder that goes with them: lld reads
/// nothing else.
class Workshop {
public:
  Workshop() { code = llvm::sys::fs::createUniqueDirectory("dlc", folder); }
  ~Workshop() {
    if (!code)
      llvm::sys::fs::remove_directories(folder);
  }
  std::string path(StringRef name) {
    llvm::SmallString<128> path(folder);
    llvm::sys::path::append(path, name);
    return path.str().str();
  }
  /// Writes a file with `write(stream)`; false with `error` set.
  template <typename Write>
  bool put(StringRef name, Write write, std::string &error) {
    if (!code) {
      llvm::raw_fd_ostream out(path(name), code);
      if (!code)
        write(out);
      out.close();
      if (!code)
        code = out.error();
      out.clear_error();
    }
    if (code)
      error = "cannot write temporary file " + path(name) + ": " +
              StringRef(code.message()).lower();
    return !code;
  }
  llvm::SmallString<128> folder;

private:
  std::error_code code;
};
} // namespace

static FailureOr<std::string> readBack(ModuleOp module,
                                       const std::string &path) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer)
    return module.emitError("cannot read ")
           << path << ": " << buffer.getError().message();
  return (*buffer)->getBuffer().str();
}

static FailureOr<std::string> assemble(ModuleOp module, const Options &options,
                                       StringRef model, StringRef arch,
                                       ArrayRef<char> code,
                                       const Interface &interface,
                                       ArrayRef<Attribute> data) {
  StringRef object(code.data(), code.size());
  auto writeData = [&](llvm::raw_ostream &out) {
    writeDataObject(out, arch, dataSymbol(model), interface, data);
  };
  if (options.kind == OutputKind::Archive) {
    std::string bytes;
    llvm::raw_string_ostream stream(bytes);
    SmallVector<llvm::NewArchiveMember> members;
    members.emplace_back(llvm::MemoryBufferRef(object, "model.o"));
    if (interface.dataBytes) {
      writeData(stream);
      members.emplace_back(llvm::MemoryBufferRef(bytes, "data.o"));
    }
    auto archive = llvm::writeArchiveToBuffer(
        members, llvm::SymtabWritingMode::NormalSymtab,
        llvm::object::Archive::K_GNU, /*Deterministic=*/true, /*Thin=*/false);
    if (!archive)
      return module.emitError(llvm::toString(archive.takeError()));
    return (*archive)->getBuffer().str();
  }
  if (options.kind == OutputKind::Object && !interface.dataBytes)
    return object.str();

  std::string error;
  Workshop workshop;
  std::vector<std::string> objects = {workshop.path("model.o")};
  bool ok = workshop.put(
      "model.o", [&](llvm::raw_ostream &out) { out << object; }, error);
  if (ok && interface.dataBytes) {
    objects.push_back(workshop.path("data.o"));
    ok = workshop.put("data.o", writeData, error);
  }
  std::string result = workshop.path("result");
  if (ok)
    ok = options.kind == OutputKind::Object
             ? linkRelocatable(objects, result, error)
             : linkShared(objects, model, workshop.folder, result, error);
  if (!ok)
    return module.emitError(error);
  return readBack(module, result);
}

FailureOr<Product> makeObject(ModuleOp module, const Options &options,
                              const std::string &compiler) {
  FailureOr<Interface> interface = Interface::of(module);
  if (failed(interface) || failed(checkData(module, *interface)))
    return failure();
  SmallVector<Attribute> data = dataOf(module, *interface);
  std::string written;
  if (auto text = module->getAttrOfType<StringAttr>("dl.options"))
    written = text.str();

  Names names(*interface, options.name);
  FailureOr<std::vector<VariantCode>> variants =
      flattenVariants(module, *interface, names.model);
  if (failed(variants))
    return failure();
  StringRef arch = variants->front().target.getArch();
  if (options.kind == OutputKind::SharedLibrary && arch != runtimeArch())
    return module.emitError("a shared library holds the runtime, and this dlc "
                            "has one for ")
           << runtimeArch() << ", not " << arch << "; write .o or .a instead";

  std::string error;
  auto machine = createMachine(arch, error);
  if (!machine)
    return module.emitError(error);
  llvm::LLVMContext context;
  auto code = translate(module, context, *machine, names.model);
  if (!code)
    return failure();
  for (const VariantCode &variant : *variants)
    setTarget(*code, variant);
  auto *description = addDescription(*code, *interface, names, *variants,
                                     Facts{compiler, written});
  addTypedFunctions(*code, *interface, names, description);
  optimise(*code, *machine);

  Product product;
  product.header = writeHeader(*interface, names);
  if (options.kind == OutputKind::LlvmIr) {
    llvm::raw_string_ostream stream(product.bytes);
    code->print(stream, nullptr);
    return product;
  }
  if (options.kind == OutputKind::Assembly) {
    auto text = emit(*code, *machine, llvm::CodeGenFileType::AssemblyFile);
    product.bytes.assign(text.data(), text.size());
    return product;
  }
  auto object = emit(*code, *machine, llvm::CodeGenFileType::ObjectFile);
  FailureOr<std::string> bytes =
      assemble(module, options, names.model, arch, object, *interface, data);
  if (failed(bytes))
    return failure();
  product.bytes = std::move(*bytes);
  return product;
}

} // namespace dlc
