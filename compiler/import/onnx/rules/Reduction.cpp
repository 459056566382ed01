// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/import/onnx/rules/Rules.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::onnx;
using dl::DimExpr;
using dl::DimVector;

namespace {
/// Over which axes; `nothing` when the node is the identity.
struct Axes {
  SmallVector<int64_t> list;
  bool keep = true, nothing = false;
};
} // namespace

/// Axes became an input in opset 13 for ReduceSum, in 18 for the others. None
/// means all, unless `noop_with_empty_axes`.
static Axes axesOf(NodeImport &n, Value x, int64_t inputSince) {
  Axes axes;
  axes.keep = n.intAttr("keepdims", 1) != 0;
  std::optional<SmallVector<int64_t>> given = n.axesOf(1, inputSince);
  if (given && !given->empty()) {
    if (auto checked = n.axes(*given, n.rank(x)))
      axes.list = *checked;
  } else if (n.intAttr("noop_with_empty_axes", 0)) {
    axes.nothing = true;
  } else {
    axes.list = llvm::to_vector(llvm::seq<int64_t>(0, n.rank(x)));
  }
  return axes;
}

template <typename Op> static Value reduce(NodeImport &n, Value x, const Axes &axes) {
  if (axes.list.empty())
    return x;
  SmallVector<NamedAttribute> attributes{n.array("axes", axes.list)};
  if (axes.keep)
    attributes.push_back(n.unit("keep_dims"));
  return n.emit<Op>(x, attributes);
}
Value dlc::onnx::reduceMean(NodeImport &n, Value x, ArrayRef<int64_t> axes, bool keep) {
  return reduce<dl::ReduceMeanOp>(n, x, {SmallVector<int64_t>(axes), keep, false});
}

/// post(reduce(pre(x))).
template <typename Op, int64_t inputSince> static void reduction(NodeImport &n) {
  Value x = n.in(0);
  n.result(reduce<Op>(n, x, axesOf(n, x, inputSince)));
}
static Value square(NodeImport &n, Value x) { return n.emit<dl::MulOp>({x, x}); }
static void sumSquare(NodeImport &n) {
  Value x = n.in(0);
  n.result(reduce<dl::ReduceSumOp>(n, square(n, x), axesOf(n, x, 18)));
}
static void l2(NodeImport &n) {
  Value x = n.in(0);
  n.result(n.emit<dl::SqrtOp>(reduce<dl::ReduceSumOp>(n, square(n, x), axesOf(n, x, 18))));
}
static void l1(NodeImport &n) {
  Value x = n.in(0);
  n.result(reduce<dl::ReduceSumOp>(n, n.emit<dl::AbsOp>(x), axesOf(n, x, 18)));
}
static void logSum(NodeImport &n) {
  Value x = n.in(0);
  n.result(n.emit<dl::LogOp>(reduce<dl::ReduceSumOp>(n, x, axesOf(n, x, 18))));
}

template <typename Op> static void argReduce(NodeImport &n) {
  Value x = n.in(0);
  if (n.intAttr("select_last_index", 0))
    return (void)n.error("attribute 'select_last_index' is not supported");
  int64_t axis = n.axis(n.intAttr("axis", 0), n.rank(x));
  Value index = n.emit<Op>(x, n.i64("axis", axis));
  if (n.intAttr("keepdims", 1)) {
    DimVector dims = n.dims(x);
    if (n.failed())
      return;
    dims[axis] = DimExpr(1);
    index = n.reshape(index, dims);
  }
  n.result(index);
}

static void cumsum(NodeImport &n) {
  Value x = n.in(0);
  auto axes = n.ints(1, "axis");
  if (!axes || axes->size() != 1)
    return (void)n.error("expects one axis");
  SmallVector<NamedAttribute> attributes{n.i64("axis", n.axis((*axes)[0], n.rank(x)))};
  if (n.intAttr("exclusive", 0))
    attributes.push_back(n.unit("exclusive"));
  if (n.intAttr("reverse", 0))
    attributes.push_back(n.unit("reverse"));
  n.result(n.emit<dl::CumsumOp>(x, attributes));
}

ArrayRef<OpRule> dlc::onnx::reductionRules() {
  static constexpr const char *attributes = "axes keepdims noop_with_empty_axes";
  static const OpRule rules[] = {
      {"ArgMax", 7, 1, 1, 1, "axis keepdims select_last_index", argReduce<dl::ArgmaxOp>},
      {"ArgMin", 7, 1, 1, 1, "axis keepdims select_last_index", argReduce<dl::ArgminOp>},
      {"CumSum", 11, 2, 2, 1, "exclusive reverse", cumsum},
      {"ReduceL1", 7, 1, 2, 1, attributes, l1},
      {"ReduceL2", 7, 1, 2, 1, attributes, l2},
      {"ReduceLogSum", 7, 1, 2, 1, attributes, logSum},
      {"ReduceLogSumExp", 7, 1, 2, 1, attributes, reduction<dl::LogSumExpOp, 18>},
      {"ReduceMax", 7, 1, 2, 1, attributes, reduction<dl::ReduceMaxOp, 18>},
      {"ReduceMean", 7, 1, 2, 1, attributes, reduction<dl::ReduceMeanOp, 18>},
      {"ReduceMin", 7, 1, 2, 1, attributes, reduction<dl::ReduceMinOp, 18>},
      {"ReduceProd", 7, 1, 2, 1, attributes, reduction<dl::ReduceProdOp, 18>},
      {"ReduceSum", 7, 1, 2, 1, attributes, reduction<dl::ReduceSumOp, 13>},
      {"ReduceSumSquare", 7, 1, 2, 1, attributes, sumSquare},
  };
  return rules;
}
