// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/AddSelfTests/Inputs.h"
#include "dialects/dl/evaluate/Evaluator.h"
#include <cmath>

using namespace mlir;
using dlc::dl::Tensor;

namespace dlc {

std::vector<Dims> dimsToTry(const Interface &interface) {
  constexpr int64_t values[] = {3, 5, 2, 4, 1, 8, 16, 7, 0};
  std::vector<Dims> result;
  // Together first where a function needs them equal, apart where it can.
  for (bool apart : {true, false})
    for (size_t t = 0; t < std::size(values); ++t) {
      Dims dims;
      for (auto [d, dim] : llvm::enumerate(interface.dims))
        dims.push_back(std::clamp(values[(t + apart * d) % std::size(values)], dim.low, dim.high));
      if (!llvm::is_contained(result, dims))
        result.push_back(std::move(dims));
    }
  return result;
}

/// The index of the dimension that `extent` is, or -1 for a number.
static int64_t dimOf(const dl::DimExpr &extent, const Interface &interface) {
  for (auto [index, dim] : llvm::enumerate(interface.dims))
    if (extent == dl::DimExpr::symbol(dim.name))
      return index;
  return -1;
}

/// How values of an argument are drawn: between low and high.
static std::pair<double, double> rangeOf(func::FuncOp function, unsigned index, const Interface::Argument &argument) {
  if (auto range = function.getArgAttrOfType<ArrayAttr>(index, "dl.range"); range && range.size() == 2) {
    auto number = [](Attribute attr) {
      auto integer = dyn_cast<IntegerAttr>(attr);
      return integer ? static_cast<double>(integer.getInt()) : cast<FloatAttr>(attr).getValueAsDouble();
    };
    if (llvm::all_of(range, [](Attribute attr) { return isa<IntegerAttr, FloatAttr>(attr); }))
      return {number(range[0]), number(range[1])};
  }
  if (isa<FloatType>(argument.type))
    return {-1, 1};
  if (argument.below)
    return {0, static_cast<double>(*argument.below)};
  if (argument.type.isInteger(1))
    return {0, 2};
  return {0, argument.type.isUnsignedInteger() ? 256 : 4}; // bytes are pictures; others count something
}

static Tensor defaultOf(const Interface::Argument &argument) {
  Tensor tensor(argument.type, {});
  if (auto floating = dyn_cast<FloatAttr>(argument.defaultValue))
    tensor.set(0, floating.getValueAsDouble());
  else
    tensor.setInt(0, cast<IntegerAttr>(argument.defaultValue).getValue().getSExtValue());
  return tensor;
}

std::vector<Tensor> randomInputs(func::FuncOp function, const Interface::Function &described,
                                 const Interface &interface, const Dims &dims) {
  std::vector<Tensor> inputs;
  for (auto [index, argument] : llvm::enumerate(described.arguments)) {
    if (argument.kind == Interface::Kind::Output)
      continue;
    if (argument.kind == Interface::Kind::Hyper) {
      inputs.push_back(defaultOf(argument));
      continue;
    }
    SmallVector<int64_t> shape;
    for (const dl::DimExpr &extent : argument.dims) {
      int64_t dim = dimOf(extent, interface);
      shape.push_back(dim < 0 ? extent.constant() : dims[dim]);
    }
    Tensor tensor(argument.type, shape);
    auto [low, high] = rangeOf(function, index, argument);
    for (int64_t k = 0, e = tensor.size(); k < e; ++k) {
      double uniform = (dl::philox(0, k / 4, index, 0)[k % 4] >> 8) * 0x1p-24, value = low + uniform * (high - low);
      tensor.set(k, tensor.isFloat() ? value : std::floor(value));
    }
    inputs.push_back(std::move(tensor));
  }
  return inputs;
}

/// Takes the dimensions from the shapes of `inputs`; the others stay.
static void bindDims(const Interface::Function &described, const Interface &interface, ArrayRef<Tensor> inputs,
                     Dims &dims) {
  for (auto [input, argument] : llvm::zip(inputs, described.arguments)) // inputs come first
    for (auto [extent, size] : llvm::zip(argument.dims, input.shape))
      if (int64_t dim = dimOf(extent, interface); dim >= 0)
        dims[dim] = size;
}

FailureOr<std::vector<Tensor>> givenInputs(func::FuncOp function, const Interface::Function &described,
                                           const Interface &interface, DictionaryAttr given, Dims &dims) {
  std::vector<Tensor> inputs;
  std::string missing;
  bool any = false;
  for (const Interface::Argument &argument : described.arguments) {
    if (argument.kind == Interface::Kind::Output)
      continue;
    Attribute value = given.get(described.name + "." + argument.name);
    if (!value)
      value = given.get(argument.name);
    if (!value && argument.kind == Interface::Kind::Hyper) {
      inputs.push_back(defaultOf(argument));
      continue;
    }
    if (!value) {
      missing = argument.name;
      continue;
    }
    any = true;
    auto elements = dyn_cast<ElementsAttr>(value);
    auto type = elements ? dyn_cast<RankedTensorType>(elements.getType()) : RankedTensorType();
    FailureOr<Tensor> tensor = elements ? Tensor::fromAttr(elements) : FailureOr<Tensor>(failure());
    bool fits = succeeded(tensor) && type && type.getElementType() == argument.type &&
                type.getRank() == static_cast<int64_t>(argument.dims.size());
    for (size_t axis = 0; fits && axis < argument.dims.size(); ++axis)
      fits = dimOf(argument.dims[axis], interface) >= 0 || argument.dims[axis] == dl::DimExpr(type.getDimSize(axis));
    if (!fits)
      return emitError(function.getLoc())
             << "self-test: argument '" << argument.name << "' of '" << described.name << "' is given as "
             << (type ? Attribute(TypeAttr::get(type)) : value) << ", expected " << describe(argument);
    inputs.push_back(std::move(*tensor));
  }
  if (!any)
    return std::vector<Tensor>();
  if (!missing.empty())
    return emitError(function.getLoc()) << "self-test: argument '" << missing << "' of '" << described.name
                                        << "' is not given, others are";
  bindDims(described, interface, inputs, dims);
  return inputs;
}

std::vector<Tensor> caseInputs(func::FuncOp function, const Interface::Function &described, const Interface &interface,
                               Dims &dims) {
  std::vector<Tensor> inputs;
  auto list = function->getAttrOfType<ArrayAttr>("dl.inputs");
  for (Attribute entry : list ? list.getValue() : ArrayRef<Attribute>()) {
    auto elements = dyn_cast<ElementsAttr>(entry);
    FailureOr<Tensor> tensor = elements ? Tensor::fromAttr(elements) : FailureOr<Tensor>(failure());
    if (failed(tensor))
      return {};
    inputs.push_back(std::move(*tensor));
  }
  bindDims(described, interface, inputs, dims);
  return inputs;
}

} // namespace dlc
