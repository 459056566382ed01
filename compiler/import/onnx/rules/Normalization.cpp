// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/import/onnx/rules/Rules.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::onnx;
using dl::DimExpr;
using dl::DimVector;

/// Before opset 13 everything from `axis` on is one axis; since, `axis` alone.
template <typename Op> static void softmax(NodeImport &n) {
  Value x = n.in(0);
  int64_t axis = n.axis(n.intAttr("axis", n.opset < 13 ? 1 : -1), n.rank(x));
  if (n.failed() || !x)
    return;
  if (n.opset >= 13 || axis == n.rank(x) - 1)
    return n.result(n.emit<Op>(x, n.i64("axis", axis)));
  DimVector dims = n.dims(x);
  ArrayRef<DimExpr> all(dims);
  Value flat = n.reshape(x, DimVector{dl::product(all.take_front(axis)), dl::product(all.drop_front(axis))});
  n.result(n.reshape(n.emit<Op>(flat, n.i64("axis", 1)), dims));
}

static void batchNorm(NodeImport &n) {
  if (n.intAttr("training_mode", 0))
    return (void)n.error(
        "attribute 'training_mode' 1 is not supported; --train gives batch normalization its training form itself");
  Value x = n.in(0), scale = n.weight(1), bias = n.weight(2), mean = n.in(3), variance = n.in(4);
  Value y = n.emit<dl::BatchNormOp>({x, scale, bias, mean, variance}, n.f64("epsilon", n.floatAttr("epsilon", 1e-5f)));
  if (y) // for --train, which updates the running statistics by it
    y.getDefiningOp()->setDiscardableAttr("onnx.momentum",
                                          FloatAttr::get(Float64Type::get(n.context()), n.floatAttr("momentum", 0.9f)));
  n.result(y);
}

Value dlc::onnx::standardise(NodeImport &n, Value x, ArrayRef<int64_t> axes, double epsilon) {
  Value centred = n.emit<dl::SubOp>({x, reduceMean(n, x, axes, true)});
  Value variance = reduceMean(n, n.emit<dl::MulOp>({centred, centred}), axes, true);
  return n.emit<dl::MulOp>({centred, n.emit<dl::RsqrtOp>(n.emit<dl::AddOp>({variance, n.like(epsilon, variance)}))});
}

static void layerNorm(NodeImport &n) {
  Value x = n.in(0), scale = n.weight(1), bias = n.has(2) ? n.weight(2) : Value();
  int64_t axis = n.axis(n.intAttr("axis", -1), n.rank(x));
  if (n.intAttr("stash_type", 1) != 1)
    n.error("attribute 'stash_type' is not supported, expected 1");
  if (n.failed() || !x)
    return;
  DimVector dims = n.dims(x), normal(dims.begin() + axis, dims.end());
  scale = n.broadcast(scale, normal);
  bias = n.has(2) ? n.broadcast(bias, normal) : n.broadcast(n.like(0, x), normal);
  n.result(n.emit<dl::LayerNormOp>({x, scale, bias},
                                   {n.i64("axis", axis), n.f64("epsilon", n.floatAttr("epsilon", 1e-5f))}));
}

/// x / sqrt(mean of x^2 + epsilon) scale, over the axes from `axis` on.
static void rmsNorm(NodeImport &n) {
  Value x = n.in(0), scale = n.weight(1);
  int64_t axis = n.axis(n.intAttr("axis", -1), n.rank(x));
  Value mean = reduceMean(n, n.emit<dl::MulOp>({x, x}),
                          llvm::to_vector(llvm::seq<int64_t>(axis, std::max(axis, n.rank(x)))), true);
  Value inverse = n.emit<dl::RsqrtOp>(n.emit<dl::AddOp>({mean, n.like(n.floatAttr("epsilon", 1e-5f), mean)}));
  n.result(n.emit<dl::MulOp>({n.emit<dl::MulOp>({x, inverse}), scale}));
}

/// [C] to [C, 1, ...], as many axes as x has after its channels.
static Value perChannel(NodeImport &n, Value value, Value x) {
  DimVector dims = n.dims(value);
  if (n.failed() || !x || dims.size() != 1)
    return n.error("scale and bias have one element for each channel");
  dims.append(n.rank(x) - 2, DimExpr(1));
  return n.reshape(value, dims);
}
static void instanceNorm(NodeImport &n) {
  Value x = n.in(0);
  if (n.failed() || n.rank(x) < 3)
    return (void)n.error("input has rank " + Twine(n.rank(x)) + ", expected 3 or more");
  Value y = standardise(n, x, llvm::to_vector(llvm::seq<int64_t>(2, n.rank(x))), n.floatAttr("epsilon", 1e-5f));
  Value scale = perChannel(n, n.weight(1), x), bias = perChannel(n, n.weight(2), x);
  n.result(n.emit<dl::AddOp>({n.emit<dl::MulOp>({y, scale}), bias}));
}
static void groupNorm(NodeImport &n) {
  Value x = n.in(0);
  int64_t groups = n.intAttr("num_groups", 0);
  if (n.failed() || n.rank(x) < 2)
    return (void)n.error("input has rank " + Twine(n.rank(x)) + ", expected 2 or more");
  DimVector dims = n.dims(x);
  FailureOr<DimExpr> each = groups > 0 ? dims[1].exactDiv(DimExpr(groups)) : FailureOr<DimExpr>(failure());
  if (mlir::failed(each))
    return (void)n.error("splits " + dims[1].str() + " channels into " + Twine(groups) + " groups");
  DimVector grouped{dims[0], DimExpr(groups), *each * dl::product(ArrayRef(dims).drop_front(2))};
  Value y = n.reshape(standardise(n, n.reshape(x, grouped), {2}, n.floatAttr("epsilon", 1e-5f)), dims);
  Value scale = perChannel(n, n.weight(1), x), bias = perChannel(n, n.weight(2), x);
  n.result(n.emit<dl::AddOp>({n.emit<dl::MulOp>({y, scale}), bias}));
}

/// x / the p-norm along an axis; 0 where the norm is 0.
static void lpNorm(NodeImport &n) {
  Value x = n.in(0);
  int64_t axis = n.axis(n.intAttr("axis", -1), n.rank(x)), p = n.intAttr("p", 2);
  if (p != 1 && p != 2)
    return (void)n.error("attribute 'p' is " + Twine(p) + ", expected 1 or 2");
  SmallVector<NamedAttribute> attributes{n.array("axes", {axis}), n.unit("keep_dims")};
  Value norm = p == 1 ? n.emit<dl::ReduceSumOp>(n.emit<dl::AbsOp>(x), attributes)
                      : n.emit<dl::SqrtOp>(n.emit<dl::ReduceSumOp>(n.emit<dl::MulOp>({x, x}), attributes));
  Value isZero = n.compare(dl::Predicate::eq, norm, n.like(0, norm));
  n.result(n.emit<dl::DivOp>({x, n.emit<dl::SelectOp>({isZero, n.like(1, norm), norm})}));
}

/// Outside training, the identity; kept as an op so that --train finds it.
static void dropout(NodeImport &n) {
  double rate = n.floatAttr("ratio", 0.5);
  if (n.has(1)) {
    std::optional<double> given = n.scalar(1);
    if (!given)
      return (void)n.error("its ratio depends on data");
    rate = *given;
  }
  if (n.has(2)) {
    std::optional<double> training = n.scalar(2);
    if (!training || *training != 0)
      return (void)n.error("its training mode is not the constant false; --train turns dropout on itself");
  }
  if (!(rate >= 0 && rate < 1))
    return (void)n.error("its ratio is outside [0, 1)");
  if (n.symbolic(0) || rate == 0)
    return n.forward(0);
  n.result(n.emitDropout(n.in(0), rate));
}

ArrayRef<OpRule> dlc::onnx::normalizationRules() {
  static const OpRule rules[] = {
      {"BatchNormalization", 9, 5, 5, 1, "epsilon momentum training_mode", batchNorm},
      {"Dropout", 7, 1, 3, 1, "ratio seed", dropout},
      {"GroupNormalization", 21, 3, 3, 1, "epsilon num_groups stash_type", groupNorm},
      {"InstanceNormalization", 7, 3, 3, 1, "epsilon", instanceNorm},
      {"LayerNormalization", 17, 2, 3, 1, "axis epsilon stash_type", layerNorm},
      {"LogSoftmax", 7, 1, 1, 1, "axis", softmax<dl::LogSoftmaxOp>},
      {"LpNormalization", 7, 1, 1, 1, "axis p", lpNorm},
      {"RMSNormalization", 23, 2, 2, 1, "axis epsilon stash_type", rmsNorm},
      {"Softmax", 7, 1, 1, 1, "axis", softmax<dl::SoftmaxOp>},
  };
  return rules;
}
