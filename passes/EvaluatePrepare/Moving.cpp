// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/EvaluatePrepare/Moving.h"
#include "passes/DescribeInterface/Interface.h"
#include "llvm/ADT/TypeSwitch.h"
#include <cstring>

using namespace mlir;
using namespace dlc::dl;

namespace dlc {

Bytes Bytes::allocate(RankedTensorType type, llvm::function_ref<void(char *)> write) {
  int64_t count = type.getNumElements() * elementBytes(type.getElementType());
  auto owner = std::make_shared<AsmResourceBlob>(HeapAsmResourceBlob::allocate(count, Interface::alignment));
  write(owner->getMutableData().data());
  return {type, owner->getData(), owner};
}

namespace {
using Extents = SmallVector<int64_t>;

/// result[i] = from[offset + sum of i strides], elements of type T.
template <typename T> class Gather {
public:
  Gather(const char *from, char *to, ArrayRef<int64_t> shape, ArrayRef<int64_t> strides)
      : from(from), to(reinterpret_cast<T *>(to)), shape(shape), strides(strides), places(shape.size()) {
    int64_t place = 1;
    for (size_t axis = shape.size(); axis-- > 0; place *= shape[axis])
      places[axis] = place;
    if (place == 0)
      return;
    last = shape.size() - 1;
    // The axis along which elements lie side by side in the source. If it is
    // not the last, both it and the last are walked in blocks: each line of the
    // source is then read while it is in the cache.
    near = last;
    for (size_t axis = 0; axis < shape.size(); ++axis)
      if (strides[axis] == 1 && shape[axis] > 1)
        near = axis;
    if (shape.empty())
      this->to[0] = at(0);
    else
      walk(0, 0, 0);
  }

private:
  void walk(size_t axis, int64_t source, int64_t place) {
    if (axis == last)
      return block(source, place);
    if (axis == near)
      return walk(axis + 1, source, place);
    for (int64_t i = 0; i < shape[axis]; ++i)
      walk(axis + 1, source + i * strides[axis], place + i * places[axis]);
  }
  void block(int64_t source, int64_t place) {
    if (near == last) {
      if (strides[last] == 1)
        std::memcpy(to + place, from + source * static_cast<int64_t>(sizeof(T)), shape[last] * sizeof(T));
      else
        for (int64_t j = 0; j < shape[last]; ++j)
          to[place + j] = at(source + j * strides[last]);
      return;
    }
    constexpr int64_t side = 32;
    for (int64_t j0 = 0; j0 < shape[last]; j0 += side)
      for (int64_t i0 = 0; i0 < shape[near]; i0 += side)
        for (int64_t j = j0, je = std::min(j0 + side, shape[last]); j < je; ++j)
          for (int64_t i = i0, ie = std::min(i0 + side, shape[near]); i < ie; ++i)
            to[place + i * places[near] + j] = at(source + i + j * strides[last]);
  }

  /// Weights in a stage's file may lie anywhere.
  T at(int64_t index) const {
    T value;
    std::memcpy(&value, from + index * static_cast<int64_t>(sizeof(T)), sizeof(T));
    return value;
  }

  const char *from;
  T *to;
  ArrayRef<int64_t> shape, strides;
  Extents places;
  size_t last = 0, near = 0;
};
} // namespace

static Extents stridesOf(ArrayRef<int64_t> shape) {
  Extents strides(shape.size());
  int64_t stride = 1;
  for (size_t i = shape.size(); i-- > 0; stride *= shape[i])
    strides[i] = stride;
  return strides;
}

static Bytes gathered(const Bytes &input, RankedTensorType type, const Extents &strides, int64_t offset = 0) {
  int64_t width = elementBytes(type.getElementType());
  const char *from = input.data.data() + offset * width;
  return Bytes::allocate(type, [&](char *to) {
    if (width == 1)
      Gather<uint8_t>(from, to, type.getShape(), strides);
    else if (width == 2)
      Gather<uint16_t>(from, to, type.getShape(), strides);
    else if (width == 4)
      Gather<uint32_t>(from, to, type.getShape(), strides);
    else
      Gather<uint64_t>(from, to, type.getShape(), strides);
  });
}

/// Columns in panels of `width`, or back: rows of panels are runs of columns.
static Bytes panels(const Bytes &input, RankedTensorType type, bool packs) {
  ArrayRef<int64_t> packed = packs ? type.getShape() : input.type.getShape();
  ArrayRef<int64_t> plain = packs ? input.type.getShape() : type.getShape();
  int64_t bytes = elementBytes(type.getElementType());
  int64_t width = packed.back(), rows = plain[plain.size() - 2], columns = plain.back();
  int64_t count = packed[packed.size() - 3], matrices = 1;
  for (int64_t extent : plain.drop_back(2))
    matrices *= extent;
  return Bytes::allocate(type, [&](char *to) {
    const char *from = input.data.data();
    for (int64_t matrix = 0; matrix < matrices; ++matrix)
      for (int64_t panel = 0; panel < count; ++panel)
        for (int64_t row = 0; row < rows; ++row) {
          int64_t inPanels = (((matrix * count + panel) * rows + row) * width) * bytes;
          int64_t inRows = ((matrix * rows + row) * columns + panel * width) * bytes;
          int64_t run = std::min(width, columns - panel * width) * bytes;
          std::memcpy(to + (packs ? inPanels : inRows), from + (packs ? inRows : inPanels), run);
          if (packs) // what is behind the last column
            std::memset(to + inPanels + run, 0, width * bytes - run);
        }
  });
}

static bool areNumbers(ArrayAttr extents) {
  return llvm::all_of(extents, [](Attribute extent) { return isa<IntegerAttr>(extent); });
}

static std::optional<Bytes> movedByOne(Operation *op, const Bytes &input) {
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  if (!type.hasStaticShape())
    return {};
  Extents strides = stridesOf(input.type.getShape());
  using Result = std::optional<Bytes>;
  return TypeSwitch<Operation *, Result>(op)
      .Case([&](ReshapeOp) { return Bytes{type, input.data, input.owner}; })
      .Case([&](TransposeOp transpose) {
        Extents turned;
        for (int64_t axis : transpose.getPermutation())
          turned.push_back(strides[axis]);
        return gathered(input, type, turned);
      })
      .Case([&](SliceOp slice) -> Result {
        if (!areNumbers(slice.getStarts()))
          return {};
        int64_t offset = 0;
        for (size_t i = 0; i < strides.size(); ++i) {
          offset += cast<IntegerAttr>(slice.getStarts()[i]).getInt() * strides[i];
          strides[i] *= slice.getStrides()[i];
        }
        return gathered(input, type, strides, offset);
      })
      .Case([&](ReverseOp reverse) {
        int64_t offset = 0;
        for (int64_t axis : reverse.getAxes()) {
          offset += (input.type.getDimSize(axis) - 1) * strides[axis];
          strides[axis] = -strides[axis];
        }
        return gathered(input, type, strides, offset);
      })
      .Case([&](PackOp) { return panels(input, type, /*packs=*/true); })
      .Case([&](UnpackOp) { return panels(input, type, /*packs=*/false); })
      .Default([](Operation *) { return Result(); });
}

std::optional<Bytes> moved(Operation *op, ArrayRef<Bytes> inputs) {
  auto launch = dyn_cast<LaunchOp>(op);
  if (!launch)
    return inputs.size() == 1 ? movedByOne(op, inputs[0]) : std::nullopt;
  auto kernel = SymbolTable::lookupNearestSymbolFrom<KernelOp>(op, launch.getKernelAttr());
  if (!kernel || inputs.size() != 1 || op->getNumResults() != 1)
    return {};
  Bytes value = inputs[0];
  Value last = kernel.getBody().getArgument(0);
  for (Operation &inner : kernel.getBody().front()) { // a chain, each of the one before
    if (inner.getNumOperands() != 1 || inner.getOperand(0) != last)
      return {};
    if (isa<YieldOp>(inner))
      return value;
    std::optional<Bytes> next = movedByOne(&inner, value);
    if (!next)
      return {};
    value = std::move(*next);
    last = inner.getResult(0);
  }
  return {};
}

} // namespace dlc
