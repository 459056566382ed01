// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/FormKernels/Groups.h"
#include "passes/SplitPrepare/SplitPrepare.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

/// A constant every element of which is the same.
static bool isSplat(Operation *op) {
  auto constant = dyn_cast<ConstantOp>(op);
  auto elements = constant ? dyn_cast<DenseElementsAttr>(constant.getValue()) : DenseElementsAttr();
  return elements && elements.isSplat();
}

UnpackOp dlc::packedFilterOf(Value filter) {
  auto reshape = filter.getDefiningOp<ReshapeOp>();
  return reshape ? reshape.getInput().getDefiningOp<UnpackOp>() : UnpackOp();
}

Part dlc::partOf(Operation *op) {
  if (isa<ReshapeOp>(op)) { // panels that hold a filter are read as they lie, too
    Operation *input = op->getOperand(0).getDefiningOp();
    return input && isa<UnpackOp>(input) && input->getBlock() == op->getBlock() ? Part::Leaf : Part::View;
  }
  if (isSplat(op) || isa<IotaOp, DimOp, ExtentOp, UnpackOp>(op)) // panels are read as they lie
    return Part::Leaf;
  // A broadcast of leaves is a leaf: it costs nothing to say again.
  if (isa<BroadcastOp, CastOp>(op)) {
    Operation *input = op->getOperand(0).getDefiningOp();
    if (input && input->getBlock() == op->getBlock() && partOf(input) == Part::Leaf)
      return Part::Leaf;
  }
  if (op->hasTrait<Broadcasting>() || isa<BroadcastOp, RandomBitsOp, RandomUniformOp, RandomNormalOp>(op))
    return Part::Pointwise;
  if (isa<TransposeOp, SliceOp, PadOp, ConcatOp, ReverseOp, GatherOp, CheckIndexOp, PackOp, MaxPoolPickOp>(op))
    return isa<MaxPoolPickOp>(op) ? Part::Root : Part::Move;
  if (isa<ReduceSumOp, ReduceProdOp, ReduceMaxOp, ReduceMinOp>(op))
    return Part::Reduce;
  if (isa<ContractOp, ConvOp, ConvInputGradOp, ConvFilterGradOp, MaxPoolOp, MaxPoolGradOp, SumPoolOp, SumPoolGradOp,
          ScatterAddOp, CumsumOp>(op))
    return Part::Root;
  return Part::Other;
}

namespace {

SmallVector<int64_t> reducedAxes(Operation *op) {
  SmallVector<int64_t> axes(op->getAttrOfType<DenseI64ArrayAttr>("axes").asArrayRef());
  llvm::sort(axes);
  return axes;
}

/// `dims` is `domain` with the axes `reduced` gone or 1.
bool isReducedShape(ArrayRef<DimExpr> dims, ArrayRef<DimExpr> domain, ArrayRef<int64_t> reduced) {
  DimVector kept, ones;
  for (auto [axis, dim] : llvm::enumerate(domain)) {
    bool folds = llvm::is_contained(reduced, static_cast<int64_t>(axis));
    if (!folds)
      kept.push_back(dim);
    ones.push_back(folds ? DimExpr(1) : dim);
  }
  return dims == ArrayRef<DimExpr>(kept) || dims == ArrayRef<DimExpr>(ones);
}

/// Only axes of extent 1 come or go.
bool isUnitReshape(ArrayRef<DimExpr> from, ArrayRef<DimExpr> to) {
  auto significant = [](ArrayRef<DimExpr> dims) {
    return llvm::to_vector(llvm::make_filter_range(dims, [](const DimExpr &d) { return d != DimExpr(1); }));
  };
  return significant(from) == significant(to);
}

/// Roots whose generator computes pointwise consumers in registers.
bool takesEpilogue(Operation *root) { return !isa<ScatterAddOp, CumsumOp>(root); }

/// Grows groups op by op in program order.
class Grouping {
public:
  Grouping(Block &block, DimAnalysis &dims, std::vector<Apart> *apart) : block(block), dims(dims), apart(apart) {
    if (auto function = dyn_cast<func::FuncOp>(block.getParentOp()))
      prepares = canPrepare(function);
  }

  std::vector<Group> run() {
    for (Operation &op : block)
      place(&op);
    return ordered();
  }

private:
  /// What happens to the groups `merge` joins: op is added to the first.
  void place(Operation *op) {
    Part part = partOf(op);
    if (part == Part::Other)
      return;
    if (part ==
        Part::Leaf) { // copied where it is read; only what leaves the block, or is seen in another shape, needs memory
      bool leaves = llvm::any_of(
          op->getUsers(), [](Operation *user) { return partOf(user) == Part::Other || partOf(user) == Part::View; });
      if (!leaves)
        return;
    }
    if (part == Part::View) { // inside a reduction's nest [n] and [n, 1] are one value: the view need not end it
      if (isUnitReshape(dims.of(op->getOperand(0)), dims.of(op->getResult(0))))
        join(op, part);
      return;
    }
    if (part == Part::Pointwise || part == Part::Move || part == Part::Reduce)
      if (join(op, part))
        return;
    tellApart(op, part);
    unsigned id = groups.size();
    Group group;
    group.ops.push_back(op);
    group.root = part == Part::Root ? op : nullptr;
    group.hasMoves = part == Part::Move;
    Value shaped = part == Part::Reduce ? op->getOperand(0) : op->getResult(0);
    group.domain = DimVector(dims.of(shaped));
    if (part == Part::Reduce)
      group.reduced = reducedAxes(op);
    groups.push_back(std::move(group));
    groupOf[op] = id;
  }

  /// Why `op` cannot be computed within the loops of `group`; empty if it can.
  StringRef misfit(const Group &group, Operation *op, Part part) {
    if (part == Part::Root)
      return "it begins a loop nest of its own";
    if (part == Part::Move)
      return "it reads other places than it writes: what it reads would be computed again at each";
    if (group.root && part == Part::Reduce)
      return "it folds what the root's loops have not finished";
    if (part == Part::Reduce) {
      if (group.hasMoves)
        return "the kernel moves elements, so axes are not alike";
      if (dims.of(op->getOperand(0)) != ArrayRef<DimExpr>(group.domain))
        return "it folds other extents than the kernel's";
      return group.reduced.empty() || group.reduced == reducedAxes(op) ? "" : "it folds other axes than the kernel's";
    }
    ArrayRef<DimExpr> shape = dims.of(op->getResult(0));
    if (shape == ArrayRef<DimExpr>(group.domain)) {
      if (part == Part::View)
        return "it is another shape of the same bytes";
      return !group.root || takesEpilogue(group.root) ? "" : "the root's generator has no epilogue";
    }
    return !group.root && !group.reduced.empty() && isReducedShape(shape, group.domain, group.reduced)
               ? ""
               : "its extents are not the kernel's";
  }
  bool fits(const Group &group, Operation *op, Part part) { return misfit(group, op, part).empty(); }

  /// `op` begins a group: says why those of its producers did not take it.
  void tellApart(Operation *op, Part part) {
    if (!apart)
      return;
    for (Value operand : op->getOperands()) {
      std::optional<unsigned> producer = producerGroup(operand);
      if (!producer)
        continue;
      StringRef why = misfit(groups[*producer], op, part);
      if (why.empty())
        why = operand.getDefiningOp<ReshapeOp>() ? "it reads another shape of what the kernel computes"
              : !mayShare(groups[*producer].ops.front(), op)
                  ? "one of them depends on parameters alone and is prepared ahead of calls"
                  : "a value would leave the kernel and come back";
      apart->push_back({op, groups[*producer].ops.front(), why});
    }
  }

  /// What depends on parameters alone keeps to itself where it can be prepared.
  bool mayShare(Operation *a, Operation *b) {
    return !prepares || isPreparable(a->getResult(0), preparable) == isPreparable(b->getResult(0), preparable);
  }

  bool join(Operation *op, Part part) {
    SmallVector<unsigned> candidates;
    for (Value operand : op->getOperands()) {
      Operation *producer = operand.getDefiningOp();
      auto it = groupOf.find(producer);
      if (producer && it != groupOf.end() && !llvm::is_contained(candidates, it->second) && mayShare(producer, op) &&
          fits(groups[it->second], op, part))
        candidates.push_back(it->second);
    }
    // A root first, so that nests join it and not each other; then the latest
    // producer, whose values are still in registers.
    llvm::sort(candidates, [&](unsigned a, unsigned b) {
      bool left = groups[a].root, right = groups[b].root;
      return left != right ? left : a > b;
    });
    for (unsigned candidate : candidates) {
      bool cycle = llvm::any_of(op->getOperands(), [&](Value operand) {
        std::optional<unsigned> other = producerGroup(operand);
        return other && *other != candidate && reaches(candidate, *other);
      });
      if (cycle)
        continue;
      add(candidate, op, part);
      for (unsigned other : candidates)
        if (other != candidate && canMerge(candidate, other))
          merge(candidate, other);
      return true;
    }
    return false;
  }

  void add(unsigned id, Operation *op, Part part) {
    groups[id].ops.push_back(op);
    if (part == Part::Reduce)
      groups[id].reduced = reducedAxes(op);
    groupOf[op] = id;
  }

  /// Two nests over one domain become one when neither waits for the other
  /// through a third; a nest of pointwise ops alone becomes part of a root's epilogue.
  bool canMerge(unsigned a, unsigned b) {
    const Group &left = groups[a], &right = groups[b];
    if (right.root || left.hasMoves || right.hasMoves || left.domain != right.domain ||
        !mayShare(left.ops[0], right.ops[0]))
      return false;
    if (left.root && (!right.reduced.empty() || !takesEpilogue(left.root)))
      return false;
    if (!left.reduced.empty() && !right.reduced.empty() && left.reduced != right.reduced)
      return false;
    return !reachesIndirectly(a, b) && !reachesIndirectly(b, a);
  }

  void merge(unsigned into, unsigned from) {
    for (Operation *op : groups[from].ops) {
      groups[into].ops.push_back(op);
      groupOf[op] = into;
    }
    if (groups[into].reduced.empty())
      groups[into].reduced = groups[from].reduced;
    groups[from].ops.clear();
    llvm::sort(groups[into].ops, [](Operation *a, Operation *b) { return a->isBeforeInBlock(b); });
  }

  /// The group that computes a value, seen through views and loops' results.
  std::optional<unsigned> producerGroup(Value value) {
    Operation *producer = value.getDefiningOp();
    while (producer && isa<ReshapeOp>(producer))
      producer = producer->getOperand(0).getDefiningOp();
    auto it = groupOf.find(producer);
    return producer && it != groupOf.end() ? std::optional<unsigned>(it->second) : std::nullopt;
  }

  /// Ops that the results of `op` feed, groups taken whole.
  bool search(SmallVector<Operation *> work, unsigned target, std::optional<unsigned> skip) {
    llvm::SmallPtrSet<Operation *, 32> seen(work.begin(), work.end());
    auto push = [&](Operation *op) {
      if (op && op->getBlock() == &block && seen.insert(op).second)
        work.push_back(op);
    };
    while (!work.empty()) {
      Operation *op = work.pop_back_val();
      for (Operation *user : op->getUsers()) {
        Operation *top = block.findAncestorOpInBlock(*user);
        if (!top)
          continue;
        auto it = groupOf.find(top);
        if (it != groupOf.end() && it->second == target)
          return true;
        if (it != groupOf.end() && skip && it->second == *skip)
          continue;
        push(top);
        if (it != groupOf.end())
          for (Operation *member : groups[it->second].ops)
            push(member);
      }
    }
    return false;
  }
  bool reaches(unsigned from, unsigned to) { return search(groups[from].ops, to, std::nullopt); }
  /// A path from `from` to `to` through at least one op of neither.
  bool reachesIndirectly(unsigned from, unsigned to) {
    SmallVector<Operation *> outside;
    for (Operation *op : groups[from].ops)
      for (Operation *user : op->getUsers()) {
        Operation *top = block.findAncestorOpInBlock(*user);
        auto it = groupOf.find(top);
        bool own = it != groupOf.end() && (it->second == from || it->second == to);
        if (!top || own)
          continue;
        if (it != groupOf.end())
          llvm::append_range(outside, groups[it->second].ops);
        else
          outside.push_back(top);
      }
    return !outside.empty() && search(outside, to, std::nullopt);
  }

  /// Groups sorted so that each follows those it reads from.
  std::vector<Group> ordered() {
    // A group can run once its last op's operands are there; walking ops in
    // order and emitting groups depth first keeps the program's own order.
    SmallVector<unsigned> order;
    llvm::DenseSet<unsigned> done;
    std::function<void(Operation *)> visitOp = [&](Operation *op) {
      auto it = groupOf.find(op);
      if (it == groupOf.end()) {
        for (Value operand : op->getOperands())
          if (Operation *producer = operand.getDefiningOp(); producer && producer->getBlock() == &block)
            visitOp(producer);
        return;
      }
      if (!done.insert(it->second).second)
        return;
      for (Operation *member : groups[it->second].ops)
        for (Value operand : member->getOperands())
          if (Operation *producer = operand.getDefiningOp(); producer && producer->getBlock() == &block)
            visitOp(producer);
      order.push_back(it->second);
    };
    for (Operation &op : block)
      if (groupOf.contains(&op))
        visitOp(&op);
    std::vector<Group> result;
    for (unsigned id : order)
      result.push_back(std::move(groups[id]));
    return result;
  }

  Block &block;
  DimAnalysis &dims;
  std::vector<Apart> *apart;
  bool prepares = false;
  llvm::DenseMap<Value, bool> preparable;
  std::vector<Group> groups;
  llvm::DenseMap<Operation *, unsigned> groupOf;
};

} // namespace

std::vector<Group> dlc::formGroups(Block &block, DimAnalysis &dims, std::vector<Apart> *apart) {
  return Grouping(block, dims, apart).run();
}
