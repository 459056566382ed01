// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/import/onnx/rules/Rules.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::onnx;
using dl::DimExpr;
using dl::DimVector;

static Value contract(NodeImport &n, Value a, Value b, ArrayRef<int64_t> aBatch, ArrayRef<int64_t> bBatch,
                      ArrayRef<int64_t> aContract, ArrayRef<int64_t> bContract) {
  return n.emit<dl::ContractOp>({a, b}, {n.array("lhs_batch", aBatch), n.array("rhs_batch", bBatch),
                                         n.array("lhs_contract", aContract), n.array("rhs_contract", bContract)});
}

/// numpy.matmul: a vector is a row on the left, a column on the right, and its
/// axis is gone from the result.
static void matmul(NodeImport &n) {
  Value a = n.weight(0), b = n.weight(1);
  if (!a || !b)
    return;
  if (!n.rank(a) || !n.rank(b))
    return (void)n.error("multiplies a scalar, expected rank 1 or more");
  if (n.rank(a) == 1 || n.rank(b) == 1)
    return n.result(contract(n, a, b, {}, {}, {n.rank(a) - 1}, {std::max<int64_t>(n.rank(b) - 2, 0)}));
  n.result(n.emit<dl::MatmulOp>({a, b}));
}

/// alpha op(A) op(B) + beta C.
static void gemm(NodeImport &n) {
  Value a = n.weight(0), b = n.weight(1);
  if (!a || !b)
    return;
  if (n.rank(a) != 2 || n.rank(b) != 2)
    return (void)n.error("multiplies tensors of rank " + Twine(n.rank(a)) + " and " + Twine(n.rank(b)) +
                         ", expected 2");
  Value y = contract(n, a, b, {}, {}, {n.intAttr("transA", 0) ? 0 : 1}, {n.intAttr("transB", 0) ? 1 : 0});
  double alpha = n.floatAttr("alpha", 1), beta = n.floatAttr("beta", 1);
  if (alpha != 1)
    y = n.emit<dl::MulOp>({y, n.like(alpha, y)});
  if (n.has(2) && beta != 0) {
    Value c = n.weight(2);
    if (beta != 1)
      c = n.emit<dl::MulOp>({c, n.like(beta, c)});
    DimVector before = n.dims(y);
    y = n.emit<dl::AddOp>({y, c});
    if (!n.failed() && n.dims(y) != before)
      return (void)n.error("C does not broadcast to the product");
  }
  n.result(y);
}

//===-- Einsum -----------------------------------------------------------===//

namespace {
/// A value whose axes are labelled.
struct Term {
  Value value;
  std::string labels;
};
} // namespace

static size_t place(const std::string &labels, char label) { return labels.find(label); }

/// Sums the axes of `term` whose labels nobody else wants.
static void sumAway(NodeImport &n, Term &term, const std::string &wanted) {
  SmallVector<int64_t> axes;
  std::string kept;
  for (auto [axis, label] : llvm::enumerate(term.labels)) {
    if (wanted.find(label) == std::string::npos)
      axes.push_back(static_cast<int64_t>(axis));
    else
      kept += label;
  }
  if (axes.empty())
    return;
  term.value = n.emit<dl::ReduceSumOp>(term.value, n.array("axes", axes));
  term.labels = kept;
}

/// One or two terms: labels in both and in the result are batch axes, labels in
/// both and not in the result are contracted, labels in one alone are summed first.
static void einsum(NodeImport &n) {
  std::string equation;
  for (char c : n.stringAttr("equation", ""))
    if (c != ' ')
      equation += c;
  size_t arrow = equation.find("->");
  std::string left = equation.substr(0, arrow);
  SmallVector<StringRef> parts;
  StringRef(left).split(parts, ',');
  if (parts.size() != n.inputs() || n.inputs() > 2)
    return (void)n.error("equation '" + printable(equation) + "' has " + Twine(parts.size()) + " terms for " +
                         Twine(n.inputs()) + " inputs; one or two are supported");
  std::vector<Term> terms;
  std::map<char, int> seen;
  for (auto [i, labels] : llvm::enumerate(parts)) {
    Term term{n.weight(i), labels.str()};
    if (!term.value)
      return;
    if (static_cast<int64_t>(labels.size()) != n.rank(term.value))
      return (void)n.error("equation '" + printable(equation) + "' has " + Twine(labels.size()) +
                           " labels for an input of rank " + Twine(n.rank(term.value)) +
                           (labels.contains('.') ? "; an ellipsis is not supported" : ""));
    for (char label : labels) {
      if (!llvm::isAlpha(label) || labels.count(label) > 1)
        return (void)n.error("equation '" + printable(equation) +
                             "': an ellipsis or a repeated label is not supported");
      ++seen[label];
    }
    terms.push_back(term);
  }
  std::string out;
  if (arrow != std::string::npos)
    out = equation.substr(arrow + 2);
  else
    for (auto [label, count] : seen)
      if (count == 1)
        out += label;
  for (char label : out)
    if (!seen.count(label) || StringRef(out).count(label) > 1)
      return (void)n.error("equation '" + printable(equation) + "' has an unknown or repeated label in its result");

  Term result = terms[0];
  if (terms.size() == 1) {
    sumAway(n, result, out);
  } else {
    sumAway(n, terms[0], out + terms[1].labels);
    sumAway(n, terms[1], out + terms[0].labels);
    SmallVector<int64_t> aBatch, bBatch, aContract, bContract;
    std::string batch, freeA, freeB;
    for (auto [axis, label] : llvm::enumerate(terms[0].labels)) {
      size_t other = place(terms[1].labels, label);
      if (other == std::string::npos) {
        freeA += label;
      } else if (place(out, label) == std::string::npos) {
        aContract.push_back(static_cast<int64_t>(axis));
        bContract.push_back(static_cast<int64_t>(other));
      } else {
        aBatch.push_back(static_cast<int64_t>(axis));
        bBatch.push_back(static_cast<int64_t>(other));
        batch += label;
      }
    }
    for (char label : terms[1].labels)
      if (place(terms[0].labels, label) == std::string::npos)
        freeB += label;
    result = {contract(n, terms[0].value, terms[1].value, aBatch, bBatch, aContract, bContract), batch + freeA + freeB};
  }
  SmallVector<int64_t> permutation;
  for (char label : out)
    permutation.push_back(static_cast<int64_t>(place(result.labels, label)));
  n.result(n.transpose(result.value, permutation));
}

ArrayRef<OpRule> dlc::onnx::contractionRules() {
  static const OpRule rules[] = {
      {"Einsum", 12, 1, anyNumber, 1, "equation", einsum},
      {"Gemm", 7, 2, 3, 1, "alpha beta transA transB", gemm},
      {"MatMul", 7, 2, 2, 1, "", matmul},
  };
  return rules;
}
