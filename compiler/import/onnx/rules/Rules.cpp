// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// All families in one table, by operator.
#include "compiler/import/onnx/rules/Rules.h"

using namespace dlc;
using namespace dlc::onnx;

const OpRule *dlc::onnx::findRule(llvm::StringRef op) {
  static const llvm::StringMap<const OpRule *> rules = [] {
    llvm::StringMap<const OpRule *> map;
    for (llvm::ArrayRef<OpRule> family :
         {pointwiseRules(), reductionRules(), movementRules(), selectionRules(), creationRules(), contractionRules(),
          convolutionRules(), normalizationRules(), controlRules()})
      for (const OpRule &rule : family)
        map[rule.op] = &rule;
    return map;
  }();
  auto it = rules.find(op);
  return it == rules.end() ? nullptr : it->second;
}

dlc::dl::DimVector dlc::onnx::extentsOfInput(NodeImport &n) {
  if (const Symbolic *x = n.symbolic(0))
    return dl::DimVector(x->shape.begin(), x->shape.end());
  return n.dims(n.in(0));
}

bool dlc::onnx::foldBinary(NodeImport &n, Fold fold, mlir::Type elementType) {
  const Symbolic *a = n.symbolic(0), *b = n.symbolic(1);
  if (!a || !b || a->elementType != b->elementType)
    return false;
  auto shape = broadcastShapes(a->shape, b->shape);
  if (!shape)
    return false;
  Symbolic result{elementType ? elementType : a->elementType, *shape, {}};
  int64_t count = 1;
  for (int64_t extent : *shape)
    if (__builtin_mul_overflow(count, extent, &count) || count > Symbolic::maxElements)
      return false;
  for (int64_t i = 0; i < count; ++i) {
    auto value =
        fold(a->elements[broadcastIndex(i, *shape, a->shape)], b->elements[broadcastIndex(i, *shape, b->shape)]);
    if (!value)
      return false;
    if (result.elementType.isInteger(32) && value->isConstant() &&
        value->constant() != static_cast<int32_t>(value->constant()))
      return false;
    result.elements.push_back(*value);
  }
  n.result(std::move(result));
  return true;
}
