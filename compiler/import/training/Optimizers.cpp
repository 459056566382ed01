// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/import/training/Optimizers.h"

using namespace mlir;
using namespace dlc;

std::optional<Optimizer> Optimizer::find(const TrainingOptions &options) {
  struct Known {
    const char *name;
    std::vector<std::string> slots;
    double learningRate, weightDecay;
  };
  static const Known known[] = {{"sgd", {}, 1e-2, 0},
                                {"momentum", {"velocity"}, 1e-2, 0},
                                {"adam", {"m", "v"}, 1e-3, 0},
                                {"adamw", {"m", "v"}, 1e-3, 1e-2}};
  for (const Known &entry : known)
    if (options.optimizer == entry.name)
      return Optimizer{entry.name, entry.slots, options.learningRate.value_or(entry.learningRate),
                       options.weightDecay.value_or(entry.weightDecay), options.momentum.value_or(0.9)};
  return std::nullopt;
}

void Optimizer::update(OpBuilder &builder, dl::ParameterOp parameter, Value gradient, Value rate, Value step,
                       SymbolTable &symbols) const {
  Location location = parameter.getLoc();
  Type type = parameter.getType();
  FlatSymbolRefAttr symbol = FlatSymbolRefAttr::get(parameter.getSymNameAttr());
  SmallVector<Value> operands{dl::ReadOp::create(builder, location, type, symbol), gradient};
  SmallVector<FlatSymbolRefAttr> written{symbol};
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointAfter(parameter);
    for (const std::string &slot : slots) {
      std::string own = slot + "_" + parameter.getSymName().str();
      auto op = dl::SlotOp::create(builder, location, builder.getStringAttr(own), symbol,
                                   builder.getStringAttr(name + "." + slot), TypeAttr::get(type),
                                   dl::ZerosAttr::get(builder.getContext()));
      builder.setInsertionPointAfter(op);
      symbols.insert(op); // makes the name unique
      written.push_back(FlatSymbolRefAttr::get(op.getSymNameAttr()));
    }
  }
  for (size_t i = 1; i < written.size(); ++i)
    operands.push_back(dl::ReadOp::create(builder, location, type, written[i]));
  operands.push_back(rate);
  SmallVector<NamedAttribute> attributes;
  auto set = [&](StringRef key, double value) {
    attributes.push_back(builder.getNamedAttr(key, builder.getF64FloatAttr(value)));
  };
  if (weightDecay != 0)
    set("weight_decay", weightDecay);
  StringRef op = dl::SgdOp::getOperationName();
  if (name == "momentum") {
    op = dl::MomentumOp::getOperationName();
    set("momentum", momentum);
  } else if (name == "adam" || name == "adamw") {
    op = dl::AdamOp::getOperationName();
    operands.push_back(step);
    if (name == "adamw")
      attributes.push_back(builder.getNamedAttr("decoupled", builder.getUnitAttr()));
  }
  OperationState state(location, op);
  state.addOperands(operands);
  state.addAttributes(attributes);
  state.addTypes(SmallVector<Type>(written.size(), type));
  Operation *next = builder.create(state);
  for (auto [target, value] : llvm::zip(written, next->getResults()))
    dl::WriteOp::create(builder, location, target, value);
}
