// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/SplitPrepare/SplitPrepare.h"
#include "passes/EmitRemarks/Remarks.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace dlc::dl;

namespace dlc {
#define GEN_PASS_DEF_SPLITPREPARE
#include "passes/SplitPrepare/SplitPrepare.h.inc"

static constexpr llvm::StringLiteral prepareName = "dl.prepare";

bool canPrepare(func::FuncOp function) {
  if (!function->hasAttr("dl.entry") || function.getName().starts_with("dl."))
    return false;
  for (unsigned i = 0; i < function.getNumResults(); ++i)
    if (function.getResultAttr(i, "dl.state"))
      return false;
  return true;
}

/// Whether what `op` computes depends on a named dimension, whose value only a call knows.
static bool usesDimension(Operation *op) {
  if (isa<DimOp>(op))
    return true;
  bool found = false;
  for (StringRef attribute : {"dims", "dim", "starts", "low", "high"})
    if (Attribute attr = op->getAttr(attribute))
      attr.walk([&](StringAttr) { found = true; });
  if (auto launch = dyn_cast<LaunchOp>(op)) {
    auto kernel = SymbolTable::lookupNearestSymbolFrom<KernelOp>(launch, launch.getKernelAttr());
    found |= !kernel || kernel.getBody()
                            .walk([](Operation *inner) {
                              return usesDimension(inner) ? WalkResult::interrupt() : WalkResult::advance();
                            })
                            .wasInterrupted();
  }
  return found;
}

bool isPreparable(Value value, llvm::DenseMap<Value, bool> &known) {
  if (auto it = known.find(value); it != known.end())
    return it->second;
  bool result = false;
  if (auto argument = dyn_cast<BlockArgument>(value)) {
    if (auto function = dyn_cast<func::FuncOp>(argument.getOwner()->getParentOp())) {
      auto state = function.getArgAttrOfType<FlatSymbolRefAttr>(argument.getArgNumber(), "dl.state");
      result = state && !state.getValue().starts_with("dl."); // seed and step change by themselves
    }
  } else if (Operation *op = value.getDefiningOp(); isa<func::FuncOp>(op->getParentOp())) {
    auto type = cast<RankedTensorType>(value.getType());
    result = type.hasStaticShape() && op->getNumRegions() == 0 && !usesDimension(op) &&
             llvm::all_of(op->getOperands(), [&](Value operand) { return isPreparable(operand, known); });
  }
  known[value] = result;
  return result;
}

namespace {

/// The prepare function under construction.
class Preparing {
public:
  Preparing(VariantOp variant, Remarks &remarks) : variant(variant), builder(variant.getContext()), remarks(remarks) {}

  /// Moves what it can out of `function`.
  void take(func::FuncOp function) {
    llvm::DenseMap<Value, bool> known;
    Block &body = function.getBody().front();
    // Launches to prepare, and those of their results that something else reads.
    SmallVector<Value> wanted;
    for (auto launch : body.getOps<LaunchOp>())
      for (Value result : launch.getResults())
        if (isPreparable(result, known) && isRead(result, known))
          wanted.push_back(result);
    // All are copied before any is replaced: one may be made of another.
    SmallVector<int64_t> offsets;
    for (Value value : wanted)
      offsets.push_back(prepare(value, function));
    for (auto [value, offset] : llvm::zip(wanted, offsets)) {
      if (remarks.wanted())
        remarks.passed("Prepared", value.getLoc(), function.getName())
            .say("depends on parameters alone: computed when they are set, not at calls")
            .with("Kernel", value.getDefiningOp<LaunchOp>().getKernel())
            .with("Type", toText(value.getType()))
            .with("Offset", offset);
      unsigned index = function.getNumArguments();
      auto attribute =
          builder.getDictionaryAttr(builder.getNamedAttr("dl.prepared", builder.getI64IntegerAttr(offset)));
      (void)function.insertArgument(index, value.getType(), attribute, value.getLoc());
      value.replaceAllUsesWith(body.getArgument(index));
    }
    for (Operation &op : llvm::make_early_inc_range(llvm::reverse(body)))
      if (isa<LaunchOp, ReshapeOp>(op) && op.use_empty())
        op.erase();
  }

  /// Says what stays in `function` although it depends on parameters alone.
  void sayLeft(func::FuncOp function) {
    bool prepares = canPrepare(function);
    llvm::DenseMap<Value, bool> known;
    for (auto launch : function.getBody().front().getOps<LaunchOp>()) {
      auto knows = [&](Value value) { return isPreparable(value, known); };
      if (launch.getInputs().empty() || !llvm::all_of(launch.getInputs(), knows) ||
          (prepares && llvm::all_of(launch.getResults(), knows)))
        continue;
      remarks.missed("NotPrepared", launch.getLoc(), function.getName())
          .say(!prepares ? "depends on parameters alone, but the function writes state: computed at every call"
               : usesDimension(launch) ? "depends on parameters and on a dimension that only a call knows"
                                       : "depends on parameters alone, but its size is not known")
          .with("Kernel", launch.getKernel());
    }
  }

  /// Adds `@dl.prepare` to the variant, if anything was taken.
  void finish() {
    if (results.empty())
      return;
    builder.setInsertionPointToEnd(&variant.getBody().front());
    SmallVector<Type> inputs, outputs;
    SmallVector<DictionaryAttr> inputAttrs, outputAttrs;
    for (auto &[symbol, argument] : arguments) {
      inputs.push_back(argument.getType());
      inputAttrs.push_back(builder.getDictionaryAttr(
          builder.getNamedAttr("dl.state", FlatSymbolRefAttr::get(builder.getContext(), symbol))));
    }
    for (auto &[value, offset] : results) {
      outputs.push_back(value.getType());
      outputAttrs.push_back(
          builder.getDictionaryAttr(builder.getNamedAttr("dl.prepared", builder.getI64IntegerAttr(offset))));
    }
    auto function =
        func::FuncOp::create(builder, variant.getLoc(), prepareName, builder.getFunctionType(inputs, outputs));
    function->setAttr("dl.entry", builder.getUnitAttr());
    function->setAttr("dl.prepared_bytes", builder.getI64IntegerAttr(bytes));
    function.setAllArgAttrs(inputAttrs);
    function.setAllResultAttrs(outputAttrs);
    function.getBody().push_back(block.release());
    OpBuilder end = OpBuilder::atBlockEnd(&function.getBody().front());
    SmallVector<Value> values;
    for (auto &[value, offset] : results)
      values.push_back(value);
    func::ReturnOp::create(end, variant.getLoc(), values);
  }

private:
  static std::string toText(Type type) {
    std::string text;
    llvm::raw_string_ostream(text) << type;
    return text;
  }

  /// Read by something that is not prepared itself.
  static bool isRead(Value value, llvm::DenseMap<Value, bool> &known) {
    return llvm::any_of(value.getUsers(), [&](Operation *user) {
      if (isa<ReshapeOp>(user))
        return isRead(user->getResult(0), known);
      return user->getNumResults() == 0 ||
             llvm::any_of(user->getResults(), [&](Value result) { return !isPreparable(result, known); });
    });
  }

  /// The offset of `value` of `function` in the prepared block.
  int64_t prepare(Value value, func::FuncOp function) {
    Value copy = copied(value, function);
    if (auto it = results.find(copy); it != results.end())
      return it->second;
    auto type = cast<RankedTensorType>(value.getType());
    int64_t width = type.getElementType().isInteger(1) ? 1 : type.getElementTypeBitWidth() / 8;
    int64_t offset = bytes;
    bytes += llvm::alignTo(type.getNumElements() * width, 64);
    results.insert({copy, offset});
    return offset;
  }

  /// `value` computed within prepare, each launch once.
  Value copied(Value value, func::FuncOp function) {
    if (auto argument = dyn_cast<BlockArgument>(value)) {
      StringRef symbol = function.getArgAttrOfType<FlatSymbolRefAttr>(argument.getArgNumber(), "dl.state").getValue();
      auto [it, isNew] = arguments.insert({symbol.str(), Value()});
      if (isNew)
        it->second = block->addArgument(value.getType(), value.getLoc());
      return it->second;
    }
    Operation *op = value.getDefiningOp();
    IRMapping mapping;
    std::string key;
    llvm::raw_string_ostream stream(key);
    stream << op->getName() << op->getAttrDictionary();
    for (Value operand : op->getOperands()) {
      Value inner = copied(operand, function);
      mapping.map(operand, inner);
      stream << ' ' << inner.getAsOpaquePointer(); // unique while prepare is being built
    }
    Operation *&known = copies[key];
    if (!known) {
      known = op->clone(mapping);
      block->push_back(known);
    }
    return known->getResult(cast<OpResult>(value).getResultNumber());
  }

  VariantOp variant;
  OpBuilder builder;
  Remarks &remarks;
  std::unique_ptr<Block> block = std::make_unique<Block>();
  llvm::MapVector<std::string, Value, std::map<std::string, unsigned>> arguments;
  llvm::MapVector<Value, int64_t> results;
  std::map<std::string, Operation *> copies;
  int64_t bytes = 0;
};

struct SplitPrepare : impl::SplitPrepareBase<SplitPrepare> {
  void runOnOperation() override {
    Remarks remarks(getOperation(), "prepare");
    Preparing preparing(getOperation(), remarks);
    for (auto function : getOperation().getOps<func::FuncOp>()) {
      if (canPrepare(function))
        preparing.take(function);
      if (remarks.wanted() && function->hasAttr("dl.entry") && !function.getName().starts_with("dl."))
        preparing.sayLeft(function);
    }
    preparing.finish();
  }
};

} // namespace
} // namespace dlc
