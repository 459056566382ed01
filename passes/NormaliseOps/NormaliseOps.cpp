// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/NormaliseOps/NormaliseOps.h"
#include "dialects/dl/shapes/Shapes.h"
#include "passes/SplitPrepare/SplitPrepare.h"

using namespace mlir;
using namespace dlc::dl;

namespace dlc {
#define GEN_PASS_DEF_NORMALISEOPS
#include "passes/NormaliseOps/NormaliseOps.h.inc"

namespace {

/// f(reshape(x), y) = reshape(f(x, y')) where reshape splits axes: y' is y
/// reshaped alike if it has all axes, or y itself if it has only axes that the
/// reshape keeps at the end.
bool sinkReshape(Operation *op, DimAnalysis &dims) {
  if (!op->hasTrait<Broadcasting>() || op->getNumResults() != 1)
    return false;
  ReshapeOp reshape;
  for (Value operand : op->getOperands())
    if (auto candidate = operand.getDefiningOp<ReshapeOp>())
      if (auto root = candidate.getInput().getDefiningOp();
          root && (isa<ContractOp>(root) || root->hasTrait<Broadcasting>()) &&
          dims.of(operand) == dims.of(op->getResult(0)) &&
          dims.of(candidate.getInput()).size() < dims.of(operand).size())
        reshape = candidate;
  if (!reshape)
    return false;
  DimVector from(dims.of(reshape.getInput())), to(dims.of(reshape.getResult()));
  size_t same = 0; // axes at the end that the reshape leaves alone
  while (same < from.size() && from[from.size() - 1 - same] == to[to.size() - 1 - same])
    ++same;
  for (Value operand : op->getOperands()) {
    ArrayRef<DimExpr> shape = dims.of(operand);
    if (shape != ArrayRef<DimExpr>(to) && shape.size() > same)
      return false;
  }
  OpBuilder builder(op);
  IRMapping mapping;
  for (Value operand : op->getOperands()) {
    if (dims.of(operand) != ArrayRef<DimExpr>(to))
      continue;
    auto known = operand.getDefiningOp<ReshapeOp>();
    Value value = known && dims.of(known.getInput()) == ArrayRef<DimExpr>(from)
                      ? known.getInput()
                      : Value(ReshapeOp::create(builder, op->getLoc(), typeFor(from, elementTypeOf(operand)), operand,
                                                toAttr(op->getContext(), from)));
    mapping.map(operand, value);
  }
  Operation *moved = builder.clone(*op, mapping);
  moved->getResult(0).setType(typeFor(from, elementTypeOf(op->getResult(0))));
  Value result = ReshapeOp::create(builder, op->getLoc(), op->getResult(0).getType(), moved->getResult(0),
                                   toAttr(op->getContext(), to));
  op->getResult(0).replaceAllUsesWith(result);
  return true;
}

/// Columns of a panel: what the widest register tile takes; narrower tiles
/// divide it, so that every variant reads the same panels.
constexpr int64_t panelColumns = 32;

/// A right-hand side that depends on parameters alone is packed ahead of calls:
/// contiguous panels instead of rows a power of two apart.
void packAhead(ContractOp op, DlBuilder &b, llvm::DenseMap<Value, bool> &preparable) {
  if (op.getRhs().getDefiningOp<UnpackOp>() || !op.getRhsBatch().empty() || b.rank(op.getRhs()) != 2 ||
      !isPreparable(op.getRhs(), preparable))
    return;
  Value rhs = op.getRhs();
  if (op.getRhsContract()[0] == 1)
    rhs = b.transpose(rhs, {1, 0});
  int64_t columns = cast<RankedTensorType>(rhs.getType()).getDimSize(1);
  Value packed = b.create<PackOp>(rhs, b.builder.getI64IntegerAttr(panelColumns));
  op.getRhsMutable().set(b.create<UnpackOp>(packed, b.builder.getI64IntegerAttr(columns)));
  op.setRhsContract(ArrayRef<int64_t>{0});
}

/// The same for a filter [window.., in, out] of one group: a matrix of
/// [window x in, out].
void packAhead(ConvOp op, DlBuilder &b, llvm::DenseMap<Value, bool> &preparable) {
  auto type = cast<RankedTensorType>(op.getFilter().getType());
  if (!op->hasAttr("channels_last") || op.getGroups() != 1 || !type.hasStaticShape() ||
      !isPreparable(op.getFilter(), preparable))
    return;
  DimVector dims(b.dims(op.getFilter()));
  Value matrix = b.reshape(op.getFilter(), {product(ArrayRef<DimExpr>(dims).drop_back(1)), dims.back()});
  Value packed = b.create<PackOp>(matrix, b.builder.getI64IntegerAttr(panelColumns));
  Value unpacked = b.create<UnpackOp>(packed, b.builder.getI64IntegerAttr(type.getShape().back()));
  op.getFilterMutable().set(b.reshape(unpacked, dims));
}

struct NormaliseOps : impl::NormaliseOpsBase<NormaliseOps> {
  void runOnOperation() override {
    for (auto function : getOperation().getOps<func::FuncOp>()) {
      DimAnalysis dims;
      SmallVector<Operation *> dead;
      function.walk([&](ScanOp scan) {
        for (Value result : scan.getResults())
          (void)dims.of(result); // binds the region's arguments
      });
      SmallVector<Operation *> ops;
      function.walk([&](Operation *op) { ops.push_back(op); });
      for (Operation *op : ops) {
        OpBuilder builder(op);
        DlBuilder b(builder, op->getLoc(), dims);
        Value replacement;
        if (auto contract = dyn_cast<ContractOp>(op))
          replacement = normalContract(contract, b);
        else if (isa<ArgmaxOp, ArgminOp>(op))
          replacement = expandArgReduce(op, b);
        else if (isa<ReduceSumOp, ReduceProdOp, ReduceMaxOp, ReduceMinOp>(op) &&
                 op->getAttrOfType<DenseI64ArrayAttr>("axes").empty())
          replacement = op->getOperand(0); // no axes: no loop to fold in
        if (replacement) {
          op->getResult(0).replaceAllUsesWith(replacement);
          dead.push_back(op);
        } else if (sinkReshape(op, dims)) {
          dead.push_back(op);
        }
      }
      if (canPrepare(function)) {
        llvm::DenseMap<Value, bool> preparable;
        function.walk([&](Operation *op) {
          OpBuilder builder(op);
          DlBuilder b(builder, op->getLoc(), dims);
          if (!isa<func::FuncOp>(op->getParentOp()) || llvm::is_contained(dead, op))
            return;
          if (auto contract = dyn_cast<ContractOp>(op))
            packAhead(contract, b, preparable);
          else if (auto conv = dyn_cast<ConvOp>(op))
            packAhead(conv, b, preparable);
        });
      }
      // Erased at the end: the analysis must not meet a new value at an old address.
      for (Operation *op : llvm::reverse(dead))
        op->erase();
    }
  }
};

} // namespace
} // namespace dlc
