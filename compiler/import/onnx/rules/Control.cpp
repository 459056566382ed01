// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/import/onnx/rules/Rules.h"

using namespace dlc::onnx;

static void identity(NodeImport &n) { n.forward(0); }

/// The branch that every call takes, when the condition is shape arithmetic.
static void ifElse(NodeImport &n) {
  const Attribute *yes = n.attribute("then_branch"), *no = n.attribute("else_branch");
  if (!yes || !no || yes->kind != Attribute::Kind::Graph || no->kind != Attribute::Kind::Graph)
    return (void)n.error("expects a graph in 'then_branch' and one in 'else_branch'");
  const Symbolic *condition = n.symbolic(0);
  if (!condition || condition->elements.size() != 1 || !condition->isConstant())
    return (void)n.error("its condition depends on data; a branch is supported where it is known at compile time");
  n.importBranch(condition->elements[0] != dlc::dl::DimExpr(0) ? *yes->graph : *no->graph);
}

llvm::ArrayRef<OpRule> dlc::onnx::controlRules() {
  static const OpRule rules[] = {
      {"Identity", 7, 1, 1, 1, "", identity},
      {"If", 7, 1, 1, anyNumber, "then_branch else_branch", ifElse},
  };
  return rules;
}
