// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/dlc-verify/Differences.h"
#include "dialects/dl/Arithmetic.h"
#include "mlir/IR/IRMapping.h"
#include "tools/dlc-evaluate/Cases.h"
#include "tools/dlc-verify/Session.h"
#include "llvm/Support/Format.h"
#include <cfloat>
#include <cmath>

using namespace mlir;
using namespace dlc::dl;

namespace dlc {

static bool isFloat(Type type) { return isa<FloatType>(getElementTypeOrSelf(type)); }

bool isDifferentiable(func::FuncOp function) {
  auto floats = [](TypeRange types) { return llvm::make_filter_range(types, isFloat); };
  auto all = [&](TypeRange types) {
    return llvm::all_of(floats(types), [](Type type) { return getElementTypeOrSelf(type).isF64(); });
  };
  return !floats(function.getArgumentTypes()).empty() && !floats(function.getResultTypes()).empty() &&
         all(function.getArgumentTypes()) && all(function.getResultTypes());
}

/// cos(1.7 i0 + 2.4 i1 + ... + 0.5): numbers alike nowhere, so that a gradient
/// at the wrong place has the wrong value.
static Term weightsFor(DlBuilder &b, Value value) {
  Type type = getElementTypeOrSelf(value);
  Term phase(b, b.constant(0.5, type));
  DimVector dims(b.dims(value));
  for (size_t axis = 0; axis < dims.size(); ++axis) {
    auto places = RankedTensorType::get(cast<RankedTensorType>(value.getType()).getShape(), type);
    Term place(b, b.create<IotaOp>(places, b.builder.getI64IntegerAttr(axis), toAttr(b.context(), dims)));
    phase = phase + place * (1.0 + 0.7 * (axis + 1));
  }
  return unary<CosOp>(phase);
}

func::FuncOp buildGradientEntry(func::FuncOp function) {
  OpBuilder builder(function.getContext());
  builder.setInsertionPointAfter(function);
  Location location = function.getLoc();
  SmallVector<Type> results{RankedTensorType::get({}, builder.getF64Type())};
  for (Type type : function.getArgumentTypes())
    if (isFloat(type))
      results.push_back(type);
  auto entry = func::FuncOp::create(builder, location, (function.getSymName() + "_gradient").str(),
                                    builder.getFunctionType(function.getArgumentTypes(), results));
  entry->setAttr("dl.entry", builder.getUnitAttr());
  entry.setAllArgAttrs(SmallVector<Attribute>(
      function.getArgAttrsAttr() ? llvm::to_vector(function.getArgAttrsAttr())
                                 : SmallVector<Attribute>(function.getNumArguments(), builder.getDictionaryAttr({}))));
  Block *block = entry.addEntryBlock();
  builder.setInsertionPointToStart(block);
  SmallVector<Value> inputs;
  llvm::copy_if(block->getArguments(), std::back_inserter(inputs),
                [](Value value) { return isFloat(value.getType()); });
  auto gradient = GradientOp::create(builder, location, results, builder.getArrayAttr({}), inputs);
  func::ReturnOp::create(builder, location, gradient.getResults());

  builder.setInsertionPointToStart(&gradient.getBody().emplaceBlock());
  IRMapping mapping;
  mapping.map(function.getArguments(), block->getArguments());
  for (Operation &op : function.getBody().front().without_terminator())
    builder.clone(op, mapping);
  DimAnalysis dims;
  DlBuilder b(builder, location, dims);
  auto total = [&](Term terms) {
    return Term(b, b.reduceSum(terms, llvm::to_vector(llvm::seq<int64_t>(0, DlBuilder::rank(terms)))));
  };
  Term loss(b, b.constant(0.0, builder.getF64Type()));
  for (Value result : function.getBody().front().getTerminator()->getOperands())
    if (isFloat(result.getType())) {
      Value value = mapping.lookupOrDefault(result);
      loss = loss + total(Term(b, value) * weightsFor(b, value));
    }
  for (Value input : inputs) // an argument that does not matter has a gradient of 0, not none
    loss = loss + total(Term(b, input) * 0.0);
  YieldOp::create(builder, location, loss.get());
  return entry;
}

/// Numbers in (-1, 1) for the floats of `like`.
static Tensors directionFor(const Tensors &like, uint64_t seed) {
  Tensors result;
  for (const Tensor &tensor : like) {
    Tensor random(tensor.elementType, tensor.shape);
    for (int64_t k = 0; tensor.isFloat() && k < tensor.size(); ++k)
      random.set(k, static_cast<double>(philox(seed, k / 4, result.size(), 2)[k % 4] >> 8) * 0x1p-23 - 1 + 0x1p-25);
    result.push_back(std::move(random));
  }
  return result;
}

/// x + h v; what is no float stays.
static Tensors moved(Tensors x, double h, const Tensors &v) {
  for (auto [tensor, direction] : llvm::zip(x, v))
    for (int64_t k = 0; tensor.isFloat() && k < tensor.size(); ++k)
      tensor.set(k, tensor.floats[k] + h * direction.floats[k]);
  return x;
}

static double dot(ArrayRef<Tensor> a, ArrayRef<Tensor> b) {
  double sum = 0;
  for (auto [x, y] : llvm::zip(a, b))
    for (auto [left, right] : llvm::zip(x.floats, y.floats))
      sum += left * right;
  return sum;
}

static std::string describe(double slope, double quotient, unsigned seed) {
  std::string text;
  llvm::raw_string_ostream(text) << "gradient along a direction is " << llvm::format("%.12g", slope)
                                 << ", differences give " << llvm::format("%.12g", quotient) << " (seed " << seed
                                 << ")";
  return text;
}

Outcome checkDifferences(func::FuncOp entry, const Compiled &compiled, const Request &request) {
  Outcome outcome{entry.getSymName().str(), "", 0};
  int32_t index = dlc_model_find(compiled.model, outcome.function.c_str());
  const dlc_function &described = compiled.model->functions[index];
  bool wasCompared = false, isOfNothing = false;
  for (unsigned seed = 0; seed < 3; ++seed) {
    std::map<std::string, int64_t> named;
    for (int32_t d = 0; d < compiled.model->dim_count; ++d) {
      auto found = request.extents.of.find(compiled.model->dims[d].name);
      if (found != request.extents.of.end())
        named[found->first] = found->second[seed % found->second.size()];
    }
    FailureOr<Tensors> x = randomInputs(entry, seed, named);
    if (failed(x)) {
      outcome.difference = "has no random inputs";
      return outcome;
    }
    std::vector<int64_t> dims = dimsOf(*compiled.model, described, *x), bounds = dims;
    for (int64_t &bound : bounds)
      bound = std::max<int64_t>(bound, 1);
    Session session(compiled, nullptr, 1, bounds);
    constexpr double h = 1e-5;
    Tensors v = directionFor(*x, seed);
    isOfNothing |= llvm::any_of(v, [](const Tensor &tensor) { return tensor.isFloat() && tensor.size() == 0; });
    std::optional<Tensors> at, above, below;
    if (session.failure.empty())
      at = session.call(index, *x, dims);
    if (at)
      above = session.call(index, moved(*x, h, v), dims);
    if (above)
      below = session.call(index, moved(*x, -h, v), dims);
    if (!below) {
      outcome.difference = "the call fails: " + session.failure;
      return outcome;
    }
    outcome.calls += 3;
    if (!std::isfinite((*above)[0].floats[0]) || !std::isfinite((*below)[0].floats[0])) // as the mean of nothing
      continue;
    wasCompared = true;
    Tensors direction;
    llvm::copy_if(v, std::back_inserter(direction), [](const Tensor &tensor) { return tensor.isFloat(); });
    ArrayRef<Tensor> gradient = ArrayRef<Tensor>(*at).drop_front();
    double high = (*above)[0].floats[0], low = (*below)[0].floats[0], quotient = (high - low) / (2 * h),
           slope = dot(gradient, direction);
    double scale = std::max(std::fabs(slope), 1e-3 * std::sqrt(dot(gradient, gradient) * dot(direction, direction)));
    double rounding = 16 * DBL_EPSILON * std::max({1.0, std::fabs(high), std::fabs(low)}) / h;
    if (!(std::fabs(slope - quotient) <= 1e-6 * scale + rounding)) {
      outcome.difference = describe(slope, quotient, seed);
      return outcome;
    }
  }
  if (!wasCompared && !isOfNothing) // of nothing, a mean is NaN and a maximum -inf: there is no gradient either
    outcome.difference = "no seed gives a finite value to compare";
  return outcome;
}

} // namespace dlc
