// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/Object.h"
#include "compiler/Workshop.h"
#include "compiler/codegen/Codegen.h"
#include "compiler/codegen/Cubin.h"
#include "compiler/link/DataObject.h"
#include "compiler/link/Describe.h"
#include "compiler/link/Embedded.h"
#include "compiler/link/Link.h"
#include "compiler/link/WeightsFile.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/Object/ArchiveWriter.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace mlir;

namespace dlc {

namespace {
/// An object file of the model and what it is called in an archive.
struct Part {
  std::string name;
  StringRef bytes;
  Part(std::string name, ArrayRef<char> bytes) : name(std::move(name)), bytes(bytes.data(), bytes.size()) {}
};
} // namespace

static FailureOr<std::string> assemble(ModuleOp module, const Options &options, StringRef model, StringRef arch,
                                       ArrayRef<Part> parts, const Interface &interface, ArrayRef<Datum> data) {
  auto writeData = [&](llvm::raw_ostream &out) {
    writeDataObject(out, arch, dataSymbol(model), interface.dataBytes, data);
  };
  if (options.kind == OutputKind::Archive) {
    std::string bytes;
    llvm::raw_string_ostream stream(bytes);
    SmallVector<llvm::NewArchiveMember> members;
    for (const Part &part : parts)
      members.emplace_back(llvm::MemoryBufferRef(part.bytes, part.name));
    if (interface.dataBytes) {
      writeData(stream);
      members.emplace_back(llvm::MemoryBufferRef(bytes, "data.o"));
    }
    auto archive = llvm::writeArchiveToBuffer(members, llvm::SymtabWritingMode::NormalSymtab,
                                              llvm::object::Archive::K_GNU, /*Deterministic=*/true, /*Thin=*/false);
    if (!archive)
      return module.emitError(llvm::toString(archive.takeError()));
    return (*archive)->getBuffer().str();
  }
  std::string error;
  Workshop workshop;
  std::vector<std::string> objects;
  bool ok = true;
  for (auto [i, part] : llvm::enumerate(parts)) {
    std::string name = std::to_string(i) + ".o"; // a variant's is a user's word
    objects.push_back(workshop.path(name));
    ok = ok && workshop.put(name, part.bytes, error);
  }
  if (ok && interface.dataBytes) {
    objects.push_back(workshop.path("data.o"));
    ok = workshop.put("data.o", writeData, error);
  }
  std::string result = workshop.path("result"), bytes;
  if (ok)
    ok = options.kind == OutputKind::Object ? linkRelocatable(objects, result, error)
                                            : linkShared(objects, arch, model, workshop, result, error);
  if (!ok || !workshop.take("result", bytes, error)) // of no place in the model
    return emitError(UnknownLoc::get(module.getContext()), error);
  return bytes;
}

FailureOr<Product> makeObject(ModuleOp module, const Options &options, Facts facts) {
  FailureOr<Interface> interface = Interface::of(module);
  if (failed(interface))
    return failure();
  FailureOr<SmallVector<Datum>> data = dataOf(module, *interface);
  if (failed(data))
    return failure();
  if (auto text = module->getAttrOfType<StringAttr>("dl.options"))
    facts.options = text.str();

  facts.selfTests = module->getAttrOfType<ArrayAttr>("dl.self_tests");
  Product product;
  if (module->hasAttr("dl.constant_weights"))
    facts.weights = Weights::Constant;
  else if (module->hasAttr("dl.external_weights") && interface->dataBytes)
    facts.weights = Weights::External;
  if (facts.weights == Weights::External) {
    FailureOr<std::string> weights = writeWeights(module, *interface);
    if (failed(weights))
      return failure();
    product.weights = std::move(*weights);
  }

  Names names(*interface, options.name);
  FailureOr<std::vector<VariantCode>> variants = flattenVariants(module, *interface, names.model);
  if (failed(variants))
    return failure();
  for (VariantCode &variant : *variants)
    if (variant.device && failed(addMachineCode(module, *variant.device, variant.target.getCpu(), options.ptxas)))
      return failure();
  // Of a library for a GPU alone, the host is the machine that dlc knows best.
  StringRef arch = variants->front().device ? "x86_64" : variants->front().target.getArch();
  if (options.kind == OutputKind::SharedLibrary && embeddedRuntime(arch).empty())
    return module.emitError("a shared library holds the runtime, and this dlc "
                            "was built without one for ")
           << arch << "; write .o or .a instead";

  std::string error;
  auto machine = createMachine(arch, error);
  if (!machine)
    return module.emitError(error);
  registerTranslations(*module.getContext());
  std::vector<CodeUnit> units;
  units.push_back([&](llvm::LLVMContext &context, llvm::TargetMachine &machine) {
    auto code = std::make_unique<llvm::Module>(names.model, context);
    setMachine(*code, machine);
    auto *description = addDescription(*code, *interface, names, *variants, facts);
    if (!description) {
      module.emitError("dl.self_tests does not fit dl.interface");
      return std::unique_ptr<llvm::Module>();
    }
    addTypedFunctions(*code, *interface, names, description, facts);
    return code;
  });
  for (const VariantCode &variant : *variants)
    units.push_back(
        [&](llvm::LLVMContext &context, llvm::TargetMachine &machine) { return translate(variant, context, machine); });

  product.header = writeHeader(*interface, names);
  if (options.kind == OutputKind::LlvmIr || options.kind == OutputKind::Assembly) {
    llvm::LLVMContext context;
    auto code = merge(units, context, *machine);
    if (!code)
      return failure();
    llvm::raw_string_ostream stream(product.bytes);
    if (options.kind == OutputKind::LlvmIr)
      code->print(stream, nullptr);
    else
      stream << emitAssembly(*code, *machine);
    return product;
  }
  auto objects = emitObjects(units, arch);
  if (failed(objects))
    return failure();
  std::vector<Part> parts = {{"model.o", objects->front()}};
  for (auto [variant, object] : llvm::zip_equal(*variants, llvm::drop_begin(*objects)))
    parts.push_back({variant.name + ".o", object});
  if (facts.weights == Weights::External)
    interface->dataBytes = 0; // nothing to link
  FailureOr<std::string> bytes = assemble(module, options, names.model, arch, parts, *interface, *data);
  if (failed(bytes))
    return failure();
  product.bytes = std::move(*bytes);
  return product;
}

} // namespace dlc
