// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/dlc-gradcheck/GradientCheck.h"
#include "dialects/dl/evaluate/Evaluator.h"
#include "dialects/dl/gradients/Reverse.h"
#include "tools/dlc-evaluate/Cases.h"
#include <cmath>

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

static bool isFloat(Type type) { return isa<FloatType>(getElementTypeOrSelf(type)); }

FailureOr<func::FuncOp> dlc::buildVjpFunction(func::FuncOp function, StringRef suffix) {
  func::FuncOp vjp = function.clone();
  vjp.setSymName((function.getSymName() + suffix).str());
  function->getBlock()->getOperations().insert(std::next(Block::iterator(function)), vjp);
  Operation *end = vjp.getBody().front().getTerminator();
  SmallVector<Value> results(end->getOperands()), arguments(vjp.getArguments());

  OpBuilder builder(end);
  DimAnalysis dims;
  DlBuilder b(builder, end->getLoc(), dims);
  Reverse reverse(b);
  for (Value argument : arguments)
    reverse.activate(argument);
  SmallVector<Operation *> ops = opsOf(vjp.getBody().front());
  reverse.findActive(ops);
  for (Operation *op : ops)
    if (lacksGradient(op) && llvm::any_of(op->getResults(), [&](Value result) { return reverse.isActive(result); }))
      return op->emitOpError("has no gradient");
  for (Value result : results) {
    if (!isFloat(result.getType()))
      continue;
    unsigned index = vjp.getNumArguments();
    NamedAttribute extents = builder.getNamedAttr("dl.dims", b.dimsAttr(result));
    if (failed(vjp.insertArgument(index, result.getType(), builder.getDictionaryAttr(extents), end->getLoc())))
      return failure();
    if (reverse.isActive(result))
      reverse.add(result, vjp.getArgument(index));
  }
  reverse.run(ops);
  SmallVector<Value> grads;
  for (Value argument : arguments)
    if (isFloat(argument.getType()))
      grads.push_back(retype(b, reverse.of(argument) ? reverse.of(argument) : b.zeros(argument), argument.getType()));
  end->setOperands(grads);
  vjp->removeAttr(vjp.getResAttrsAttrName());
  vjp.setType(builder.getFunctionType(vjp.getBody().front().getArgumentTypes(), ValueRange(grads).getTypes()));
  return vjp;
}

//===-- Vectors of tensors -----------------------------------------------===//

using Tensors = std::vector<Tensor>;

/// Numbers in (-1, 1) of the shapes of `like`; `salt` tells draws apart.
static Tensors randomLike(const Tensors &like, uint64_t seed, uint32_t salt) {
  Tensors result;
  for (const Tensor &tensor : like) {
    Tensor random(tensor.elementType, tensor.shape);
    for (int64_t k = 0; tensor.isFloat() && k < tensor.size(); ++k)
      random.set(k, static_cast<double>(philox(seed, k / 4, result.size(), salt)[k % 4] >> 8) * 0x1p-23 - 1 + 0x1p-25);
    result.push_back(std::move(random));
  }
  return result;
}
static Tensors floatsOf(const Tensors &tensors) {
  Tensors result;
  llvm::copy_if(tensors, std::back_inserter(result), [](const Tensor &tensor) { return tensor.isFloat(); });
  return result;
}
static double dot(const Tensors &a, const Tensors &b) {
  double sum = 0;
  for (auto [x, y] : llvm::zip(a, b))
    for (int64_t k = 0; k < x.size(); ++k)
      sum += x.floats[k] * y.floats[k];
  return sum;
}
/// x + h v; what is no float stays.
static Tensors moved(Tensors x, double h, const Tensors &v) {
  for (auto [tensor, direction] : llvm::zip(x, v))
    for (int64_t k = 0; tensor.isFloat() && k < tensor.size(); ++k)
      tensor.set(k, tensor.floats[k] + h * direction.floats[k]);
  return x;
}

static FailureOr<Tensors> call(func::FuncOp function, const Tensors &arguments) {
  Evaluator evaluator(function->getParentOfType<ModuleOp>());
  evaluator.seed = 7;
  if (failed(evaluator.initialise()))
    return failure();
  return evaluator.call(function.getSymName(), arguments);
}

/// Inputs, the results for them, and random cotangents of those.
struct Point {
  Tensors inputs, results, cotangents;
  /// What a VJP function takes.
  Tensors arguments() const {
    Tensors all(inputs);
    all.insert(all.end(), cotangents.begin(), cotangents.end());
    return all;
  }
};
static FailureOr<Point> pointAt(func::FuncOp function, unsigned seed) {
  FailureOr<Tensors> inputs = randomInputs(function, seed, {});
  FailureOr<Tensors> results = succeeded(inputs) ? call(function, *inputs) : inputs;
  if (failed(results))
    return failure();
  return Point{*inputs, *results, randomLike(floatsOf(*results), seed, 1)};
}

//===-- Checks -----------------------------------------------------------===//

LogicalResult dlc::checkAgainstDifferences(func::FuncOp function, func::FuncOp vjp, unsigned seeds, double tolerance) {
  for (unsigned seed = 0; seed < seeds; ++seed) {
    FailureOr<Point> at = pointAt(function, seed);
    FailureOr<Tensors> grads = succeeded(at) ? call(vjp, at->arguments()) : FailureOr<Tensors>(failure());
    if (failed(grads))
      return failure();
    // Second order: the quotient's own error is of the order of h^2 f''' + 1e-16 f / h.
    constexpr double h = 1e-5;
    Tensors v = randomLike(at->inputs, seed, 2), direction = floatsOf(v);
    FailureOr<Tensors> above = call(function, moved(at->inputs, h, v)),
                       below = call(function, moved(at->inputs, -h, v));
    if (failed(above) || failed(below))
      return failure();
    double quotient = (dot(at->cotangents, floatsOf(*above)) - dot(at->cotangents, floatsOf(*below))) / (2 * h);
    double slope = dot(*grads, direction);
    double scale = std::max(std::fabs(slope), 1e-3 * std::sqrt(dot(*grads, *grads) * dot(direction, direction)));
    if (!(std::fabs(slope - quotient) <= tolerance * scale + 1e-9))
      return function.emitOpError() << "gradient along a direction is " << slope << ", differences give " << quotient
                                    << " (seed " << seed << ")";
  }
  return success();
}

LogicalResult dlc::checkEqual(func::FuncOp function, func::FuncOp one, func::FuncOp other, unsigned seeds,
                              double tolerance) {
  for (unsigned seed = 0; seed < seeds; ++seed) {
    FailureOr<Point> at = pointAt(function, seed);
    if (failed(at))
      return failure();
    FailureOr<Tensors> a = call(one, at->arguments()), b = call(other, at->arguments());
    if (failed(a) || failed(b))
      return failure();
    for (auto [i, pair] : llvm::enumerate(llvm::zip(*a, *b)))
      for (int64_t k = 0; k < std::get<0>(pair).size(); ++k) {
        double x = std::get<0>(pair).floats[k], y = std::get<1>(pair).floats[k];
        if (!(std::fabs(x - y) <= tolerance * std::max(1.0, std::fabs(x))))
          return function.emitOpError() << "gradient " << i << " element " << k << " is " << x
                                        << ", that of the decomposition " << y << " (seed " << seed << ")";
      }
  }
  return success();
}
