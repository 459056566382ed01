// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/codegen/Flatten.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/IR/AttrTypeSubElements.h"
#include "mlir/Interfaces/DataLayoutInterfaces.h"
#include "passes/Elements/Target.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/bit.h"

using namespace mlir;
using dlc::dl::VariantOp;

namespace dlc {

/// `@name` and `@name.plan` in a variant whose symbols begin with `prefix`.
static FailureOr<EntryCode> findEntry(VariantOp variant, SymbolTable &table, StringRef name, StringRef prefix) {
  EntryCode entry;
  auto code = table.lookup<LLVM::LLVMFuncOp>(name);
  if (!code)
    return entry;
  MLIRContext *context = variant.getContext();
  auto pointer = LLVM::LLVMPointerType::get(context);
  auto i32 = IntegerType::get(context, 32), i64 = IntegerType::get(context, 64);
  auto codeType = LLVM::LLVMFunctionType::get(i32, {pointer});
  auto planType = LLVM::LLVMFunctionType::get(i64, {pointer, i32, pointer});
  if (code.getFunctionType() != codeType)
    return code.emitOpError() << "has type " << code.getFunctionType() << ", an entry is " << codeType;
  if (auto offsets = code->getAttrOfType<IntegerAttr>("dl.offsets"))
    entry.offsets = offsets.getInt();
  if (auto timers = code->getAttrOfType<IntegerAttr>("dl.timers"))
    entry.timers = timers.getInt();
  entry.unprepared = code->hasAttr("dl.unprepared");
  entry.code = (prefix + name).str();
  if (auto plan = table.lookup<LLVM::LLVMFuncOp>((name + ".plan").str())) {
    if (plan.getFunctionType() != planType)
      return plan.emitOpError() << "has type " << plan.getFunctionType() << ", a plan is " << planType;
    entry.plan = (prefix + name + ".plan").str();
  } else if (entry.offsets) {
    return code.emitOpError() << "has " << entry.offsets << " offsets and no function @" << name
                              << ".plan to compute them";
  }
  return entry;
}

static FailureOr<VariantCode> describe(VariantOp variant, const Interface &interface, StringRef prefix) {
  VariantCode result;
  result.name = variant.getSymName().str();
  result.target = variant.getTarget();
  SymbolTable table(variant);
  for (const Interface::Function &function : interface.functions) {
    FailureOr<EntryCode> entry = findEntry(variant, table, function.name, prefix);
    if (failed(entry))
      return failure();
    if (entry->code.empty())
      return variant.emitOpError() << "has no code for function '" << function.name << "'";
    result.entries.push_back(*entry);
  }
  FailureOr<EntryCode> initialise = findEntry(variant, table, "dl.initialise", prefix);
  FailureOr<EntryCode> prepare = findEntry(variant, table, "dl.prepare", prefix);
  if (failed(initialise) || failed(prepare))
    return failure();
  result.initialise = *initialise;
  result.prepare = *prepare;
  if (!prepare->code.empty()) {
    auto code = table.lookup<LLVM::LLVMFuncOp>("dl.prepare");
    auto bytes = code->getAttrOfType<IntegerAttr>("dl.prepared_bytes");
    if (!bytes)
      return code.emitOpError("has no dl.prepared_bytes");
    result.preparedBytes = bytes.getInt();
  }
  bool computed = llvm::any_of(interface.state, [](auto &state) { return state.data < 0 && state.bytes() != 0; });
  if (computed && initialise->code.empty())
    return variant.emitOpError("has no dl.initialise, and the model has state "
                               "that is not data");
  return result;
}

/// Gives the variant's symbols their names and linkage. Functions without a
/// body are the C library's and keep theirs.
static void rename(VariantOp variant, StringRef prefix, VariantCode &code) {
  llvm::StringSet<> entries;
  auto note = [&](const EntryCode &entry) {
    entries.insert(entry.code);
    entries.insert(entry.plan);
  };
  llvm::for_each(code.entries, note);
  note(code.initialise);
  note(code.prepare);
  MLIRContext *context = variant.getContext();
  llvm::DenseMap<Attribute, FlatSymbolRefAttr> names;
  for (Operation &op : variant.getBody().front()) {
    auto symbol = dyn_cast<SymbolOpInterface>(op);
    if (!symbol)
      continue;
    auto function = dyn_cast<LLVM::LLVMFuncOp>(op);
    if (function && function.isExternal())
      continue;
    std::string name = (prefix + symbol.getName()).str();
    names[FlatSymbolRefAttr::get(symbol.getNameAttr())] = FlatSymbolRefAttr::get(context, name);
    symbol.setName(name);
    if (function && entries.contains(name)) {
      function.setLinkage(LLVM::Linkage::External);
      function.setVisibility_(LLVM::Visibility::Hidden);
      code.functions.push_back(name);
    } else if (function) {
      function.setLinkage(LLVM::Linkage::Internal);
      code.functions.push_back(name);
    } else if (auto global = dyn_cast<LLVM::GlobalOp>(op); global && code.device) {
      // The description names it.
      global.setLinkage(LLVM::Linkage::External);
      global.setVisibility_(LLVM::Visibility::Hidden);
      DataLayout layout(variant->getParentOfType<ModuleOp>());
      code.constants.emplace_back(name, layout.getTypeSize(global.getType()).getFixedValue());
    } else if (global) {
      global.setLinkage(LLVM::Linkage::Internal);
    }
  }
  AttrTypeReplacer replacer;
  replacer.addReplacement([&](FlatSymbolRefAttr ref) -> std::optional<Attribute> {
    auto it = names.find(ref);
    return it == names.end() ? std::nullopt : std::optional<Attribute>(it->second);
  });
  for (Operation &op : variant.getBody().front())
    replacer.recursivelyReplaceElementsIn(&op);
}

FailureOr<std::vector<VariantCode>> flattenVariants(ModuleOp module, const Interface &interface, StringRef model) {
  // What is left of stage llvm besides the variants: declarations of state.
  for (Operation &op : llvm::make_early_inc_range(*module.getBody()))
    if (isa<dl::ParameterOp, dl::SlotOp, dl::EmbeddedOp>(op))
      op.erase();
    else if (!isa<VariantOp>(op))
      return op.emitOpError("may not stand outside of a variant at stage llvm");

  auto variants = llvm::to_vector(module.getOps<VariantOp>());
  if (variants.empty())
    return module.emitError("has no dl.variant: nothing to generate code for");
  // Best first: the runtime takes the first that the processor can run. What is
  // a GPU's comes last: nobody gets it without asking where there is another.
  llvm::stable_sort(variants, [](VariantOp a, VariantOp b) {
    auto rank = [](VariantOp v) {
      return std::tuple(!isGpu(v.getTarget()), v.getTarget().getVectorBits(),
                        llvm::popcount(static_cast<uint64_t>(v.getTarget().getFeaturesMask())));
    };
    return rank(a) > rank(b);
  });

  std::vector<VariantCode> result;
  for (VariantOp variant : variants) {
    std::string prefix = (model + "." + variant.getSymName() + ".").str();
    FailureOr<VariantCode> code = describe(variant, interface, prefix);
    if (failed(code))
      return failure();
    if (isGpu(variant.getTarget())) {
      FailureOr<DeviceCode> device = makeDeviceCode(variant);
      if (failed(device))
        return failure();
      code->device = std::move(*device);
      for (auto module : llvm::make_early_inc_range(variant.getOps<gpu::GPUModuleOp>()))
        module.erase();
    }
    rename(variant, prefix, *code);
    code->module = ModuleOp::create(variant.getLoc());
    for (Operation &op : llvm::make_early_inc_range(variant.getBody().front())) {
      if (!isa<LLVM::LLVMDialect>(op.getDialect()))
        return op.emitOpError("is left in variant @") << variant.getSymName() << " at stage llvm";
      op.moveBefore(code->module->getBody(), code->module->getBody()->end());
    }
    result.push_back(std::move(*code));
  }
  for (VariantOp variant : variants)
    variant.erase();
  return result;
}

} // namespace dlc
