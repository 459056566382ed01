// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/AssignLayouts/AssignLayouts.h"
#include "dialects/dl/DlBuilder.h"
#include "dialects/dl/shapes/Shapes.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace dlc::dl;

namespace dlc {
#define GEN_PASS_DEF_ASSIGNLAYOUTS
#include "passes/AssignLayouts/AssignLayouts.h.inc"

namespace {

using Permutation = SmallVector<int64_t>;

/// [N, C, s...] -> [N, s..., C]
Permutation lastOf(int64_t rank) {
  Permutation p{0};
  for (int64_t i = 2; i < rank; ++i)
    p.push_back(i);
  p.push_back(1);
  return p;
}
/// [O, I, s...] -> [s..., I, O]
Permutation filterOf(int64_t rank) {
  Permutation p;
  for (int64_t i = 2; i < rank; ++i)
    p.push_back(i);
  p.push_back(1);
  p.push_back(0);
  return p;
}
Permutation inverse(ArrayRef<int64_t> p) {
  Permutation q(p.size());
  for (auto [i, axis] : llvm::enumerate(p))
    q[axis] = i;
  return q;
}
template <typename T> SmallVector<T> permuted(ArrayRef<T> values, ArrayRef<int64_t> p) {
  SmallVector<T> result;
  for (int64_t axis : p)
    result.push_back(values[axis]);
  return result;
}

/// One function, in program order: by the time an op is met, its operands'
/// layouts are known.
class Assigning {
public:
  Assigning(func::FuncOp function) {
    function.walk([&](ScanOp scan) {
      for (Value result : scan.getResults())
        (void)dims.of(result); // binds the region's arguments
    });
    SmallVector<Operation *> ops;
    function.walk<WalkOrder::PreOrder>([&](Operation *op) { ops.push_back(op); });
    for (Operation *op : ops)
      if (assign(op))
        replaced.push_back(op);
    for (Operation *op : llvm::reverse(replaced))
      op->erase();
  }

private:
  static int64_t rankOf(Value value) { return cast<RankedTensorType>(value.getType()).getRank(); }

  /// Only axes longer than 1 matter for the order of elements.
  static bool keepsOrder(ArrayRef<DimExpr> extents, ArrayRef<int64_t> p) {
    SmallVector<int64_t> long_;
    for (int64_t axis : p)
      if (extents[axis] != DimExpr(1))
        long_.push_back(axis);
    return llvm::is_sorted(long_);
  }
  Value transposed(DlBuilder &b, Value value, ArrayRef<int64_t> p, Type type = {}) {
    DimVector extents(dims.of(value));
    Value result;
    if (keepsOrder(extents, p))
      result = b.reshape(value, permuted<DimExpr>(extents, p));
    else
      result = b.transpose(value, p);
    if (type)
      result.setType(type);
    return result;
  }

  /// The channels-last form of a value of rank 3 or more.
  Value last(DlBuilder &b, Value value) {
    if (Value known = lasts.lookup(value))
      return known;
    // What is made from less is better made again than moved.
    if (auto broadcast = value.getDefiningOp<BroadcastOp>()) {
      DimVector extents(permuted<DimExpr>(dims.of(value), lastOf(rankOf(value))));
      return b.broadcast(aligned(b, broadcast.getInput(), rankOf(value)), extents);
    }
    if (auto constant = value.getDefiningOp<ConstantOp>())
      if (auto elements = dyn_cast<DenseElementsAttr>(constant.getValue()); elements && elements.isSplat())
        return b.create<ConstantOp>(elements.reshape(
            cast<ShapedType>(typeFor(permuted<DimExpr>(dims.of(value), lastOf(rankOf(value))), elementTypeOf(value)))));
    Value result = transposed(b, value, lastOf(rankOf(value)));
    // Made before its first reader, so it may serve later ones of this block only.
    return result;
  }

  /// An operand that broadcasts into a channels-last result of rank `rank`.
  Value aligned(DlBuilder &b, Value operand, int64_t rank) {
    if (rankOf(operand) == rank)
      return last(b, operand);
    DimVector extents(dims.of(operand));
    if (llvm::all_of(extents, [](const DimExpr &d) { return d == DimExpr(1); }))
      return extents.empty() ? operand : b.reshape(operand, {});
    DimVector full(rank - extents.size(), DimExpr(1));
    llvm::append_range(full, extents);
    Value moved = transposed(b, b.reshape(operand, full), lastOf(rank));
    DimVector without(dims.of(moved));
    while (without.size() > 1 && without.front() == DimExpr(1))
      without.erase(without.begin());
    return b.reshape(moved, without);
  }

  /// `made` is the channels-last form of op's result.
  bool become(DlBuilder &b, Operation *op, Value made) {
    Value old = op->getResult(0);
    lastType(made, old);
    Value back = transposed(b, made, inverse(lastOf(rankOf(old))), old.getType());
    lasts[back] = made;
    old.replaceAllUsesWith(back);
    return true;
  }
  static void lastType(Value made, Value old) {
    auto type = cast<RankedTensorType>(old.getType());
    made.setType(
        RankedTensorType::get(permuted<int64_t>(type.getShape(), lastOf(type.getRank())), type.getElementType()));
  }

  bool assign(Operation *op) {
    OpBuilder builder(op);
    DlBuilder b(builder, op->getLoc(), dims);
    return TypeSwitch<Operation *, bool>(op)
        .Case([&](ConvOp conv) {
          if (conv.getChannelsLast())
            return false;
          return become(
              b, op,
              again(b, op, {last(b, conv.getInput()), filter(b, conv.getFilter())}, lastOf(rankOf(conv.getResult()))));
        })
        .Case([&](ConvInputGradOp conv) {
          if (conv.getChannelsLast())
            return false;
          return become(b, op,
                        again(b, op, {last(b, conv.getCotangent()), filter(b, conv.getFilter())},
                              lastOf(rankOf(conv.getResult()))));
        })
        .Case([&](ConvFilterGradOp conv) {
          if (conv.getChannelsLast())
            return false;
          Permutation p = filterOf(rankOf(conv.getResult()));
          Value made = again(b, op, {last(b, conv.getInput()), last(b, conv.getCotangent())}, p);
          op->getResult(0).replaceAllUsesWith(transposed(b, made, inverse(p), op->getResult(0).getType()));
          return true;
        })
        .Case<MaxPoolOp, MaxPoolGradOp, MaxPoolPickOp, SumPoolOp, SumPoolGradOp>([&](Operation *pool) {
          if (pool->hasAttr("channels_last"))
            return false;
          SmallVector<Value> operands;
          for (Value operand : pool->getOperands())
            operands.push_back(last(b, operand));
          return become(b, op, again(b, op, operands, lastOf(rankOf(op->getResult(0)))));
        })
        .Case<ReduceSumOp, ReduceProdOp, ReduceMaxOp, ReduceMinOp>(
            [&](Operation *reduce) { return this->reduce(b, reduce); })
        .Case<ArgmaxOp, ArgminOp>([&](Operation *arg) { return argReduce(b, arg); })
        .Case<ConcatOp, SliceOp, PadOp, ReverseOp, BroadcastOp>([&](Operation *move) { return this->move(b, move); })
        .Default([&](Operation *other) { return other->hasTrait<Broadcasting>() && pointwise(b, other); });
  }

  /// The op once more, channels last, on other operands; `dims` and the result
  /// are permuted by `p`.
  Value again(DlBuilder &b, Operation *op, ArrayRef<Value> operands, ArrayRef<int64_t> p) {
    Operation *made = b.builder.clone(*op);
    made->setOperands(operands);
    made->setAttr("channels_last", b.builder.getUnitAttr());
    if (auto extents = op->getAttrOfType<ArrayAttr>("dims"))
      made->setAttr("dims", b.builder.getArrayAttr(permuted<Attribute>(extents.getValue(), p)));
    auto type = cast<RankedTensorType>(op->getResult(0).getType());
    made->getResult(0).setType(RankedTensorType::get(permuted<int64_t>(type.getShape(), p), type.getElementType()));
    return made->getResult(0);
  }
  Value filter(DlBuilder &b, Value value) { return transposed(b, value, filterOf(rankOf(value))); }

  bool hasLast(Value value) { return lasts.contains(value); }
  /// Costs nothing in either order.
  bool isFree(Value value) {
    auto constant = value.getDefiningOp<ConstantOp>();
    auto elements = constant ? dyn_cast<DenseElementsAttr>(constant.getValue()) : DenseElementsAttr();
    return (elements && elements.isSplat()) || value.getDefiningOp<BroadcastOp>();
  }

  bool pointwise(DlBuilder &b, Operation *op) {
    if (op->getNumResults() != 1)
      return false;
    int64_t rank = rankOf(op->getResult(0)), moved = 0, stay = 0;
    ArrayRef<DimExpr> shape = dims.of(op->getResult(0));
    for (Value operand : op->getOperands()) {
      if (rankOf(operand) != rank || dims.of(operand) != shape)
        continue;
      if (hasLast(operand))
        ++moved;
      else if (!isFree(operand))
        ++stay;
    }
    if (moved == 0 || moved < stay)
      return false;
    SmallVector<Value> operands;
    for (Value operand : op->getOperands())
      operands.push_back(aligned(b, operand, rank));
    IRMapping mapping;
    mapping.map(op->getOperands(), operands);
    return become(b, op, b.builder.clone(*op, mapping)->getResult(0));
  }

  /// Whether the axes that a fold leaves are in the same order in both layouts.
  bool foldKeepsOrder(Value input, ArrayRef<int64_t> folded) {
    DimVector left(dims.of(input));
    for (int64_t axis : folded)
      left[axis] = DimExpr(1);
    return keepsOrder(left, lastOf(rankOf(input)));
  }

  bool reduce(DlBuilder &b, Operation *op) {
    Value input = op->getOperand(0);
    if (!hasLast(input))
      return false;
    ArrayRef<int64_t> axes = op->getAttrOfType<DenseI64ArrayAttr>("axes").asArrayRef();
    bool keeps = op->hasAttr("keep_dims");
    if (!keeps && !foldKeepsOrder(input, axes))
      return false;
    Permutation where = inverse(lastOf(rankOf(input))), moved;
    for (int64_t axis : axes)
      moved.push_back(where[axis]);
    llvm::sort(moved);
    IRMapping mapping;
    mapping.map(input, lasts.lookup(input));
    Operation *made = b.builder.clone(*op, mapping);
    made->setAttr("axes", b.builder.getDenseI64ArrayAttr(moved));
    if (keeps)
      return become(b, op, made->getResult(0));
    // Axes of extent 1 may stand elsewhere now.
    Value result = made->getResult(0);
    DimVector extents;
    for (auto [axis, dim] : llvm::enumerate(dims.of(lasts.lookup(input))))
      if (!llvm::is_contained(moved, static_cast<int64_t>(axis)))
        extents.push_back(dim);
    result.setType(cast<RankedTensorType>(typeFor(extents, elementTypeOf(result))));
    if (ArrayRef<DimExpr>(extents) != dims.of(op->getResult(0)) || result.getType() != op->getResult(0).getType())
      result = ReshapeOp::create(b.builder, op->getLoc(), cast<RankedTensorType>(op->getResult(0).getType()), result,
                                 toAttr(op->getContext(), dims.of(op->getResult(0))));
    op->getResult(0).replaceAllUsesWith(result);
    return true;
  }

  bool argReduce(DlBuilder &b, Operation *op) {
    Value input = op->getOperand(0);
    int64_t axis = op->getAttrOfType<IntegerAttr>("axis").getInt();
    // Without the channels the other axes are in one order in both layouts.
    if (!hasLast(input) || axis != 1)
      return false;
    IRMapping mapping;
    mapping.map(input, lasts.lookup(input));
    Operation *made = b.builder.clone(*op, mapping);
    made->setAttr("axis", b.builder.getI64IntegerAttr(rankOf(input) - 1));
    op->getResult(0).replaceAllUsesWith(made->getResult(0));
    return true;
  }

  bool move(DlBuilder &b, Operation *op) {
    int64_t rank = rankOf(op->getResult(0));
    int64_t known = 0, unknown = 0;
    for (Value operand : op->getOperands())
      if (rankOf(operand) == rank)
        ++(hasLast(operand) ? known : unknown);
    if (known == 0 || known < unknown)
      return false;
    Permutation p = lastOf(rank), where = inverse(p);
    SmallVector<Value> operands;
    for (Value operand : op->getOperands())
      operands.push_back(rankOf(operand) == rank ? last(b, operand) : operand);
    IRMapping mapping;
    mapping.map(op->getOperands(), operands);
    Operation *made = b.builder.clone(*op, mapping);
    for (StringRef name : {"dims", "starts", "low", "high"})
      if (auto values = op->getAttrOfType<ArrayAttr>(name))
        made->setAttr(name, b.builder.getArrayAttr(permuted<Attribute>(values.getValue(), p)));
    for (StringRef name : {"strides", "interior"})
      if (auto values = op->getAttrOfType<DenseI64ArrayAttr>(name))
        made->setAttr(name, b.builder.getDenseI64ArrayAttr(permuted<int64_t>(values.asArrayRef(), p)));
    if (auto concat = dyn_cast<ConcatOp>(made))
      concat.setAxis(where[concat.getAxis()]);
    if (auto reverse = dyn_cast<ReverseOp>(made)) {
      Permutation axes;
      for (int64_t axis : reverse.getAxes())
        axes.push_back(where[axis]);
      llvm::sort(axes);
      reverse.setAxes(axes);
    }
    return become(b, op, made->getResult(0));
  }

  DimAnalysis dims;
  llvm::DenseMap<Value, Value> lasts; // a value, and the same with channels last
  SmallVector<Operation *> replaced;
};

struct AssignLayouts : impl::AssignLayoutsBase<AssignLayouts> {
  void runOnOperation() override {
    for (auto function : getOperation().getOps<func::FuncOp>())
      Assigning assigning(function);
  }
};

} // namespace
} // namespace dlc
