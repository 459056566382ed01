// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Movements are linear; each gradient is the movement back.
#include "dialects/dl/Arithmetic.h"

using namespace mlir;
using namespace dlc::dl;

#define DL_MOVE_VJP(OP) SmallVector<Value> OP::buildVjp(DlBuilder &b, ValueRange cotangents, ArrayRef<bool> needed)

/// All axes of a tensor of this rank.
static SmallVector<int64_t> allAxes(int64_t rank) { return llvm::to_vector(llvm::seq<int64_t>(0, rank)); }
static DimVector zeroDims(int64_t rank) { return DimVector(rank, DimExpr(0)); }

/// x where `starts` and `strides` took it from, zeros around.
static Value padded(DlBuilder &b, Value x, ArrayRef<DimExpr> starts, ArrayRef<int64_t> strides,
                    ArrayRef<DimExpr> dims) {
  DimVector low(starts), high;
  SmallVector<int64_t> interior;
  for (size_t i = 0; i < dims.size(); ++i) {
    high.push_back(dims[i] - low[i] - spanOf(b.dims(x)[i], strides[i]));
    interior.push_back(strides[i] - 1);
  }
  return b.create<PadOp>(x, b.like(0.0, x), toAttr(b.context(), low), toAttr(b.context(), high),
                         b.builder.getDenseI64ArrayAttr(interior));
}
static Value sliced(DlBuilder &b, Value x, ArrayAttr starts, ArrayRef<DimExpr> dims, ArrayRef<int64_t> strides) {
  return b.create<SliceOp>(x, starts, toAttr(b.context(), dims), b.builder.getDenseI64ArrayAttr(strides));
}
/// Extents in an attribute the verifier has seen.
static DimVector known(ArrayAttr attr) { return fromAttr(attr).value_or(DimVector()); }

// Summed back by whoever asked.
DL_MOVE_VJP(BroadcastOp) { return {cotangents[0]}; }
DL_MOVE_VJP(ReshapeOp) { return {b.reshape(cotangents[0], b.dims(getInput()))}; }

DL_MOVE_VJP(TransposeOp) {
  SmallVector<int64_t> inverse(getPermutation().size());
  for (auto [i, axis] : llvm::enumerate(getPermutation()))
    inverse[axis] = i;
  return {b.transpose(cotangents[0], inverse)};
}

DL_MOVE_VJP(SliceOp) {
  return {padded(b, cotangents[0], known(getStarts()), getStrides(), DimVector(b.dims(getInput())))};
}

// The operand gets its own places, the padding value all the others.
DL_MOVE_VJP(PadOp) {
  Term g(b, cotangents[0]);
  SmallVector<int64_t> strides;
  for (int64_t interior : getInterior())
    strides.push_back(interior + 1);
  Value inside = sliced(b, g, getLow(), DimVector(b.dims(getInput())), strides);
  if (!needed[1])
    return {inside, Value()};
  SmallVector<int64_t> axes = allAxes(DlBuilder::rank(g));
  return {inside, Term(b, b.reduceSum(g, axes)) - Term(b, b.reduceSum(inside, axes))};
}

DL_MOVE_VJP(ConcatOp) {
  SmallVector<Value> grads;
  DimVector starts = zeroDims(DlBuilder::rank(getResult()));
  SmallVector<int64_t> ones(starts.size(), 1);
  for (auto [input, wanted] : llvm::zip(getInputs(), needed)) {
    DimVector dims(b.dims(input));
    grads.push_back(wanted ? sliced(b, cotangents[0], toAttr(b.context(), starts), dims, ones) : Value());
    starts[getAxis()] = starts[getAxis()] + dims[getAxis()];
  }
  return grads;
}

DL_MOVE_VJP(ReverseOp) { return {b.create<ReverseOp>(cotangents[0], getAxesAttr())}; }

DL_MOVE_VJP(GatherOp) {
  return {needed[0] ? Value(b.create<ScatterAddOp>(getIndices(), cotangents[0], getAxisAttr(), b.dimsAttr(getInput())))
                    : Value(),
          Value()};
}
DL_MOVE_VJP(ScatterAddOp) {
  return {Value(), needed[1] ? Value(b.create<GatherOp>(cotangents[0], getIndices(), getAxisAttr())) : Value()};
}

/// [.., P, K, W] to [.., K, P, W] and back.
static Value swapPanels(DlBuilder &b, Value x) {
  SmallVector<int64_t> order = allAxes(DlBuilder::rank(x));
  std::swap(order[order.size() - 3], order[order.size() - 2]);
  return b.transpose(x, order);
}
DL_MOVE_VJP(PackOp) {
  Value rows = swapPanels(b, cotangents[0]); // [.., K, P, W]
  DimVector dims(b.dims(rows));
  dims[dims.size() - 2] = dims[dims.size() - 2] * dims.back();
  dims.pop_back();
  Value columns = b.reshape(rows, dims); // [.., K, P W]
  return {sliced(b, columns, toAttr(b.context(), zeroDims(dims.size())), DimVector(b.dims(getInput())),
                 SmallVector<int64_t>(dims.size(), 1))};
}
DL_MOVE_VJP(UnpackOp) {
  DimVector panels(b.dims(getInput())), rows(panels);
  std::swap(rows[rows.size() - 3], rows[rows.size() - 2]); // [.., K, P, W]
  DimVector columns(ArrayRef<DimExpr>(rows).drop_back());
  columns.back() = columns.back() * rows.back(); // [.., K, P W]
  SmallVector<int64_t> ones(columns.size(), 1);
  Value full = padded(b, cotangents[0], zeroDims(columns.size()), ones, columns);
  return {swapPanels(b, b.reshape(full, rows))};
}
