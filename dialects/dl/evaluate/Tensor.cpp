// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/evaluate/Tensor.h"
#include "dialects/dl/evaluate/Evaluator.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include <cmath>
#include <cstring>

using namespace mlir;
using namespace dlc::dl;

//===-- Rounding and wrapping --------------------------------------------===//

/// Rounds once from double to a format with `mantissa` stored bits and least
/// normal exponent `least`: going through f32 would round twice.
static double roundBits(double value, int mantissa, int least, double largest) {
  if (value == 0.0 || !std::isfinite(value))
    return value;
  int exponent = std::max(std::ilogb(value), least) - mantissa;
  double rounded = std::ldexp(std::nearbyint(std::ldexp(value, -exponent)), exponent);
  return std::fabs(rounded) > largest ? std::copysign(HUGE_VAL, value) : rounded;
}

double dlc::dl::roundTo(Type type, double value) {
  if (type.isF64())
    return value;
  if (type.isF32())
    return static_cast<float>(value);
  if (type.isF16())
    return roundBits(value, 10, -14, 65504.0);
  if (type.isBF16())
    return roundBits(value, 7, -126, 0x1.fep127);
  APFloat wide(value);
  bool losesInfo;
  wide.convert(cast<FloatType>(type).getFloatSemantics(), APFloat::rmNearestTiesToEven, &losesInfo);
  return wide.convertToDouble();
}

int64_t dlc::dl::wrapTo(Type type, int64_t value) {
  auto integer = cast<IntegerType>(type);
  unsigned shift = 64 - std::min(integer.getWidth(), 64u);
  uint64_t bits = static_cast<uint64_t>(value) << shift;
  if (integer.isUnsigned() || integer.getWidth() == 1)
    return static_cast<int64_t>(bits >> shift);
  return static_cast<int64_t>(bits) >> shift;
}

//===-- Tensor -----------------------------------------------------------===//

Tensor::Tensor(Type elementType, ArrayRef<int64_t> shape) : elementType(elementType), shape(shape) {
  if (isFloat())
    floats.assign(size(), 0.0);
  else
    ints.assign(size(), 0);
}

int64_t Tensor::size() const {
  int64_t count = 1;
  for (int64_t extent : shape)
    count *= extent;
  return count;
}

void Tensor::set(int64_t index, double value) {
  if (isFloat())
    floats[index] = roundTo(elementType, value);
  else
    ints[index] = wrapTo(elementType, static_cast<int64_t>(value));
}

void Tensor::setInt(int64_t index, int64_t value) {
  if (isFloat())
    floats[index] = roundTo(elementType, static_cast<double>(value));
  else
    ints[index] = wrapTo(elementType, value);
}

/// Bytes of one element in memory; 0 for a type that has no such layout.
static unsigned widthOf(Type type) {
  if (type.isInteger(1))
    return 1;
  unsigned bits = type.isIntOrFloat() ? type.getIntOrFloatBitWidth() : 0;
  return bits % 8 ? 0 : bits / 8;
}

template <typename T> static T load(const char *bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof(T));
  return value;
}
template <typename T> static void store(char *bytes, T value) { std::memcpy(bytes, &value, sizeof(T)); }

Tensor Tensor::fromBytes(Type elementType, ArrayRef<int64_t> shape, const void *data) {
  Tensor result(elementType, shape);
  const char *bytes = static_cast<const char *>(data);
  unsigned width = widthOf(elementType);
  for (int64_t i = 0, e = result.size(); i < e; ++i, bytes += width) {
    if (elementType.isF64())
      result.floats[i] = load<double>(bytes);
    else if (elementType.isF32())
      result.floats[i] = load<float>(bytes);
    else if (elementType.isBF16())
      result.floats[i] = llvm::bit_cast<float>(static_cast<uint32_t>(load<uint16_t>(bytes)) << 16);
    else if (auto type = dyn_cast<FloatType>(elementType)) {
      uint64_t bits = 0;
      std::memcpy(&bits, bytes, width);
      result.floats[i] = APFloat(type.getFloatSemantics(), APInt(8 * width, bits)).convertToDouble();
    } else {
      int64_t bits = 0;
      std::memcpy(&bits, bytes, width);
      result.ints[i] = elementType.isInteger(1) ? bits != 0 : wrapTo(elementType, bits);
    }
  }
  return result;
}

void Tensor::toBytes(void *data) const {
  char *bytes = static_cast<char *>(data);
  unsigned width = widthOf(elementType);
  for (int64_t i = 0, e = size(); i < e; ++i, bytes += width) {
    if (elementType.isF64())
      store(bytes, floats[i]);
    else if (elementType.isF32())
      store(bytes, static_cast<float>(floats[i]));
    else if (auto type = dyn_cast<FloatType>(elementType)) {
      APFloat value(floats[i]);
      bool losesInfo;
      value.convert(type.getFloatSemantics(), APFloat::rmNearestTiesToEven, &losesInfo);
      uint64_t bits = value.bitcastToAPInt().getZExtValue();
      std::memcpy(bytes, &bits, width);
    } else {
      std::memcpy(bytes, &ints[i], width);
    }
  }
}

FailureOr<Tensor> Tensor::fromAttr(ElementsAttr attr) {
  ShapedType type = attr.getShapedType();
  Type elementType = type.getElementType();
  unsigned width = widthOf(elementType);
  if (!type.hasStaticShape() || width == 0 || width > 8)
    return failure();
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(attr)) {
    AsmResourceBlob *blob = resource.getRawHandle().getBlob();
    if (!blob || blob->getData().size() != width * static_cast<size_t>(type.getNumElements()))
      return failure();
    return fromBytes(elementType, type.getShape(), blob->getData().data());
  }
  auto dense = dyn_cast<DenseElementsAttr>(attr);
  if (!dense)
    return failure();
  // Booleans are packed and splats stand for many: neither has the layout of fromBytes.
  if (!dense.isSplat() && !elementType.isInteger(1))
    return fromBytes(elementType, type.getShape(), dense.getRawData().data());
  Tensor result(elementType, type.getShape());
  if (result.size() == 0)
    return result;
  if (result.isFloat()) {
    APFloat value = dense.getSplatValue<APFloat>();
    bool losesInfo;
    value.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven, &losesInfo);
    result.floats.assign(result.size(), value.convertToDouble());
  } else if (dense.isSplat()) {
    result.ints.assign(result.size(), wrapTo(elementType, dense.getSplatValue<APInt>().getSExtValue()));
  } else {
    for (auto [i, value] : llvm::enumerate(dense.getValues<bool>()))
      result.ints[i] = value;
  }
  return result;
}

DenseElementsAttr Tensor::toAttr() const {
  auto type = RankedTensorType::get(shape, elementType);
  if (elementType.isInteger(1)) {
    SmallVector<bool> bits(ints.begin(), ints.end());
    return DenseElementsAttr::get(type, bits);
  }
  std::vector<char> bytes(widthOf(elementType) * size());
  toBytes(bytes.data());
  return DenseElementsAttr::getFromRawBuffer(type, bytes);
}
