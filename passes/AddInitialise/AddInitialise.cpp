// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/AddInitialise/AddInitialise.h"
#include "dialects/dl/DlBuilder.h"
#include "dialects/dl/InitialValue.h"
#include "passes/DescribeInterface/Interface.h"

using namespace mlir;
using namespace dlc::dl;

namespace dlc {
#define GEN_PASS_DEF_ADDINITIALISE
#include "passes/AddInitialise/AddInitialise.h.inc"

namespace {
struct AddInitialise : impl::AddInitialiseBase<AddInitialise> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    FailureOr<Interface> interface = Interface::of(module);
    if (failed(interface))
      return signalPassFailure();
    SmallVector<const Interface::State *> computed;
    for (const Interface::State &state : interface->state)
      if (state.data < 0)
        computed.push_back(&state);
    if (computed.empty())
      return;

    OpBuilder builder = OpBuilder::atBlockEnd(module.getBody());
    auto scalar = RankedTensorType::get({}, builder.getI64Type());
    SmallVector<Type> results;
    for (const Interface::State *state : computed)
      results.push_back(state->type);
    auto function =
        func::FuncOp::create(builder, module.getLoc(), "dl.initialise", builder.getFunctionType({scalar}, results));
    function->setAttr("dl.entry", builder.getUnitAttr());
    auto symbol = [&](StringRef name) { return FlatSymbolRefAttr::get(&getContext(), name); };
    function.setArgAttr(0, "dl.state", symbol("dl.seed"));

    builder.setInsertionPointToStart(function.addEntryBlock());
    Value seed = function.getArgument(0);
    Value step =
        ConstantOp::create(builder, module.getLoc(), DenseElementsAttr::get(scalar, builder.getI64IntegerAttr(0)));
    DimAnalysis dims;
    SmallVector<Value> values;
    for (auto [index, state] : llvm::enumerate(computed)) {
      Operation *declaration = SymbolTable::lookupSymbolIn(module, state->symbol);
      Attribute value;
      if (auto parameter = dyn_cast_or_null<ParameterOp>(declaration))
        value = parameter.getValue();
      else if (auto slot = dyn_cast_or_null<SlotOp>(declaration))
        value = slot.getValue();
      if (!value) {
        module.emitError("dl.interface lists @") << state->symbol << ", which is no parameter or slot";
        return signalPassFailure();
      }
      DlBuilder b(builder, declaration->getLoc(), dims);
      Value initial = buildInitialValue(b, value, state->type, seed, step);
      function.setResultAttr(index, "dl.state", symbol(state->symbol));
      values.push_back(initial);
    }
    func::ReturnOp::create(builder, module.getLoc(), values);
  }
};
} // namespace
} // namespace dlc
