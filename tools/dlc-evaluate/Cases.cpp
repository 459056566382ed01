// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/dlc-evaluate/Cases.h"
#include "llvm/Support/Format.h"
#include <cmath>

using namespace mlir;
using namespace dlc;
using dl::Tensor;

bool dlc::isCase(func::FuncOp function) { return function->hasAttr("dl.inputs"); }

/// The tensors of an attribute that lists elements.
static FailureOr<std::vector<Tensor>> readTensors(func::FuncOp function, StringRef name) {
  auto list = function->getAttrOfType<ArrayAttr>(name);
  if (!list)
    return function.emitOpError() << name << " is no array of elements";
  std::vector<Tensor> tensors;
  for (Attribute entry : list) {
    auto elements = dyn_cast<ElementsAttr>(entry);
    FailureOr<Tensor> tensor = elements ? Tensor::fromAttr(elements) : FailureOr<Tensor>(failure());
    if (failed(tensor))
      return function.emitOpError() << name << " holds " << entry << ", expected elements";
    tensors.push_back(std::move(*tensor));
  }
  return tensors;
}

FailureOr<Case> dlc::readCase(func::FuncOp function) {
  Case result;
  result.name = function.getSymName().str();
  FailureOr<std::vector<Tensor>> inputs = readTensors(function, "dl.inputs");
  if (failed(inputs))
    return failure();
  result.inputs = std::move(*inputs);
  if (function->hasAttr("dl.expect")) {
    FailureOr<std::vector<Tensor>> expected = readTensors(function, "dl.expect");
    if (failed(expected))
      return failure();
    if (expected->size() != function.getNumResults())
      return function.emitOpError() << "dl.expect has " << expected->size() << " entries for "
                                    << function.getNumResults() << " results";
    result.expected = std::move(*expected);
  }
  if (auto ulps = function->getAttrOfType<IntegerAttr>("dl.ulps"))
    result.ulps = ulps.getInt();
  return result;
}

//===-- Random inputs ----------------------------------------------------===//

static double numberOf(Attribute attr) {
  if (auto integer = dyn_cast<IntegerAttr>(attr))
    return static_cast<double>(integer.getInt());
  if (auto floating = dyn_cast<FloatAttr>(attr))
    return floating.getValueAsDouble();
  return NAN;
}

FailureOr<std::vector<Tensor>> dlc::randomInputs(func::FuncOp function, uint64_t seed,
                                                 std::map<std::string, int64_t> dims) {
  dl::Evaluator extents{function->getParentOfType<ModuleOp>()};
  extents.dims = std::move(dims);
  for (unsigned i = 0; i < function.getNumArguments(); ++i)
    if (auto names = function.getArgAttrOfType<ArrayAttr>(i, "dl.dims"))
      if (FailureOr<dl::DimVector> parsed = dl::fromAttr(names); succeeded(parsed))
        for (const dl::DimExpr &dim : *parsed)
          for (const std::string &symbol : dim.symbols())
            extents.dims.insert({symbol, 3});
  std::vector<Tensor> inputs;
  for (unsigned i = 0; i < function.getNumArguments(); ++i) {
    if (dl::Evaluator::isAdded(function, i))
      continue;
    auto type = dyn_cast<RankedTensorType>(function.getArgumentTypes()[i]);
    if (!type)
      return function.emitOpError() << "argument " << i << " is no tensor";
    SmallVector<int64_t> shape(type.getShape());
    if (auto names = function.getArgAttrOfType<ArrayAttr>(i, "dl.dims")) {
      FailureOr<SmallVector<int64_t>> known = extents.extents(function, names);
      if (failed(known))
        return failure();
      shape = *known;
    }
    if (llvm::any_of(shape, ShapedType::isDynamic))
      return function.emitOpError() << "argument " << i << " has extents without a name: add dl.dims";
    Tensor tensor(type.getElementType(), shape);
    double low = tensor.isFloat() ? -2 : 0, high = tensor.isFloat() ? 2 : type.getElementType().isInteger(1) ? 2 : 4;
    if (auto range = function.getArgAttrOfType<ArrayAttr>(i, "dl.range"); range && range.size() == 2) {
      low = numberOf(range[0]);
      high = numberOf(range[1]);
    }
    for (int64_t k = 0, e = tensor.size(); k < e; ++k) {
      double uniform = (dl::philox(seed, k / 4, i, 0)[k % 4] >> 8) * 0x1p-24, value = low + uniform * (high - low);
      tensor.set(k, tensor.isFloat() ? value : std::floor(value));
    }
    inputs.push_back(std::move(tensor));
  }
  return inputs;
}

//===-- Comparison -------------------------------------------------------===//

/// The distance between neighbours of `type` near `value`: 2^(exponent - mantissa bits).
static double spacing(Type type, double value) {
  const llvm::fltSemantics &semantics = cast<FloatType>(type).getFloatSemantics();
  int least = APFloat::semanticsMinExponent(semantics), mantissa = APFloat::semanticsPrecision(semantics) - 1;
  return std::ldexp(1.0, (value == 0 ? least : std::max(std::ilogb(value), least)) - mantissa);
}

static bool isClose(const Tensor &tensor, double expected, double given, int64_t ulps) {
  if (std::isnan(expected) || std::isnan(given))
    return std::isnan(expected) && std::isnan(given);
  if (expected == given)
    return ulps != 0 || std::signbit(expected) == std::signbit(given);
  return std::isfinite(expected) && std::isfinite(given) &&
         std::fabs(expected - given) <= ulps * spacing(tensor.elementType, expected);
}

static std::string typeOf(const Tensor &tensor) {
  std::string text;
  llvm::raw_string_ostream(text) << RankedTensorType::get(tensor.shape, tensor.elementType);
  return text;
}

static void printElement(llvm::raw_ostream &out, const Tensor &tensor, int64_t index) {
  if (!tensor.isFloat())
    out << tensor.ints[index];
  else
    out << llvm::format(tensor.elementType.isF64() ? "%.17g" : "%.9g", tensor.floats[index]);
}

std::optional<std::string> dlc::difference(const Tensor &expected, const Tensor &given, int64_t ulps) {
  if (expected.elementType != given.elementType || expected.shape != given.shape)
    return "is " + typeOf(given) + ", expected " + typeOf(expected);
  for (int64_t i = 0, e = expected.size(); i < e; ++i) {
    bool close = expected.isFloat() ? isClose(expected, expected.floats[i], given.floats[i], ulps)
                                    : expected.ints[i] == given.ints[i];
    if (close)
      continue;
    std::string text;
    llvm::raw_string_ostream out(text);
    out << "element " << i << " is ";
    printElement(out, given, i);
    out << ", expected ";
    printElement(out, expected, i);
    if (ulps)
      out << " within " << ulps << " ulps";
    return text;
  }
  return {};
}

static void print(llvm::raw_ostream &out, const Tensor &tensor, size_t axis, int64_t &next) {
  if (axis == tensor.shape.size())
    return printElement(out, tensor, next++);
  out << "[";
  for (int64_t i = 0; i < tensor.shape[axis]; ++i) {
    out << (i ? ", " : "");
    print(out, tensor, axis + 1, next);
  }
  out << "]";
}

std::string dlc::toText(const Tensor &tensor) {
  std::string text = typeOf(tensor) + " ";
  llvm::raw_string_ostream out(text);
  int64_t next = 0;
  print(out, tensor, 0, next);
  return text;
}
