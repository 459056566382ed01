// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/EvaluatePrepare/EvaluatePrepare.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "passes/DescribeInterface/Interface.h"
#include "passes/EvaluatePrepare/Evaluating.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace dlc::dl;

namespace dlc {
#define GEN_PASS_DEF_EVALUATEPREPARE
#include "passes/EvaluatePrepare/EvaluatePrepare.h.inc"

namespace {

/// The block of data under construction: values by number, in the order in
/// which entries ask for them.
struct Datum {
  std::string name; // of the first weight it is made of
  RankedTensorType type;
  int64_t offset = 0;
  func::FuncOp prepare; // that computes `value`; null: `name` as declared
  Value value;
  ElementsAttr elements;
};

/// A weight that `value` of a prepare function is made of.
StringRef originOf(Value value) {
  while (Operation *op = value.getDefiningOp()) {
    if (op->getNumOperands() == 0)
      return "constant";
    value = op->getOperand(0);
  }
  auto argument = cast<BlockArgument>(value);
  auto function = cast<func::FuncOp>(argument.getOwner()->getParentOp());
  return function.getArgAttrOfType<FlatSymbolRefAttr>(argument.getArgNumber(), "dl.state").getValue();
}

/// Bytes that a constant may have in the IR's text; more become resources.
constexpr int64_t inlineBytes = 1024;

struct EvaluatePrepare : impl::EvaluatePrepareBase<EvaluatePrepare> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    if (!module->hasAttr("dl.constant_weights"))
      return;
    FailureOr<Interface> interface = Interface::of(module);
    if (failed(interface))
      return signalPassFailure();
    Evaluating evaluating(module);
    for (auto variant : module.getOps<VariantOp>())
      if (failed(collect(variant, evaluating)))
        return signalPassFailure();
    if (failed(compute(evaluating)))
      return signalPassFailure();
    for (auto variant : module.getOps<VariantOp>())
      tidy(variant);
    replaceState(*interface);
  }

  /// Gives every argument of `variant`'s entries that depends on weights alone
  /// its place in the block.
  LogicalResult collect(VariantOp variant, Evaluating &evaluating) {
    auto prepare = variant.lookupSymbol<func::FuncOp>("dl.prepare");
    llvm::DenseMap<int64_t, Value> made; // by place in the variant's own block
    for (unsigned i = 0; prepare && i < prepare.getNumResults(); ++i)
      made[prepare.getResultAttrOfType<IntegerAttr>(i, "dl.prepared").getInt()] =
          prepare.getBody().front().getTerminator()->getOperand(i);
    for (auto function : variant.getOps<func::FuncOp>()) {
      if (!function->hasAttr("dl.entry") || function.getName().starts_with("dl."))
        continue;
      for (unsigned i = 0; i < function.getNumResults(); ++i)
        if (auto state = function.getResultAttrOfType<FlatSymbolRefAttr>(i, "dl.state"))
          return function.emitOpError() << "writes " << state << ", which --weights=constant makes a constant";
      for (unsigned i = 0; i < function.getNumArguments(); ++i) {
        auto state = function.getArgAttrOfType<FlatSymbolRefAttr>(i, "dl.state");
        auto prepared = function.getArgAttrOfType<IntegerAttr>(i, "dl.prepared");
        if (prepared ? !made.contains(prepared.getInt()) : !state || state.getValue().starts_with("dl."))
          continue;                                // the user's, or seed and step
        if (function.getArgument(i).use_empty()) { // what is prepared was made of it
          (void)function.eraseArgument(i--);
          continue;
        }
        Value value = prepared ? made[prepared.getInt()] : Value();
        unsigned number = value ? evaluating.number(value) : evaluating.number(state.getValue());
        auto [it, isNew] = data.insert({number, {}});
        Datum &datum = it->second;
        if (isNew) {
          datum.type = cast<RankedTensorType>(function.getArgument(i).getType());
          datum.name = (value ? originOf(value) : state.getValue()).str();
          datum.offset = bytes;
          if (value && !isa<BlockArgument>(value))
            datum.prepare = prepare, datum.value = value;
          bytes += llvm::alignTo(datum.type.getNumElements() * elementBytes(datum.type.getElementType()),
                                 Interface::alignment);
        }
        function.removeArgAttr(i, "dl.state");
        function.setArgAttr(i, "dl.prepared", Builder(&getContext()).getI64IntegerAttr(datum.offset));
      }
    }
    return success();
  }

  LogicalResult compute(Evaluating &evaluating) {
    ModuleOp module = getOperation();
    llvm::MapVector<func::FuncOp, SmallVector<Value>> wanted;
    for (auto &[number, datum] : data) {
      if (datum.prepare) {
        wanted[datum.prepare].push_back(datum.value);
        continue;
      }
      FailureOr<ElementsAttr> value = declaredValue(SymbolTable::lookupSymbolIn(module, datum.name));
      if (failed(value))
        return failure();
      datum.elements = *value;
    }
    for (auto &[prepare, values] : wanted) {
      auto take = [&](Value value, const Bytes &bytes) {
        Datum &datum = data.find(evaluating.number(value))->second;
        datum.elements = elementsOf(bytes, datum);
      };
      if (failed(evaluating.run(prepare, values, take)))
        return failure();
    }
    return success();
  }

  static ElementsAttr elementsOf(const Bytes &bytes, const Datum &datum) {
    if (static_cast<int64_t>(bytes.data.size()) <= inlineBytes)
      return Tensor::fromBytes(datum.type.getElementType(), datum.type.getShape(), bytes.data.data()).toAttr();
    auto keep = [owner = bytes.owner](void *, size_t, size_t) {};
    AsmResourceBlob blob(bytes.data, Interface::alignment, std::move(keep), /*dataIsMutable=*/false);
    return DenseResourceElementsAttr::get(datum.type, datum.name + ".prepared", std::move(blob));
  }

  /// Erases what has served: the functions, then kernels that nothing launches.
  void tidy(VariantOp variant) {
    for (StringRef name : {"dl.prepare", "dl.initialise"})
      if (auto function = variant.lookupSymbol<func::FuncOp>(name))
        function.erase();
    llvm::DenseSet<StringAttr> launched;
    variant.walk([&](LaunchOp launch) { launched.insert(launch.getKernelAttr().getAttr()); });
    for (auto kernel : llvm::make_early_inc_range(variant.getOps<KernelOp>()))
      if (!launched.contains(kernel.getSymNameAttr()))
        kernel.erase();
  }

  void replaceState(Interface &interface) {
    ModuleOp module = getOperation();
    for (Operation &op : llvm::make_early_inc_range(*module.getBody()))
      if (isa<ParameterOp, SlotOp>(op))
        op.erase();
    OpBuilder builder = OpBuilder::atBlockBegin(module.getBody());
    for (auto &[number, datum] : data)
      EmbeddedOp::create(builder, module.getLoc(), datum.offset, datum.elements);
    interface.state.clear();
    interface.stateBytes = Interface::alignment; // seed and step
    interface.dataBytes = bytes;
    module->setAttr(Interface::attribute, interface.toAttr(&getContext()));
  }

  llvm::MapVector<unsigned, Datum> data;
  int64_t bytes = 0;
};

} // namespace
} // namespace dlc
