// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/RequireExtents/RequireExtents.h"
#include "dialects/dl/shapes/Shapes.h"
#include "passes/DescribeInterface/Interface.h"
#include <set>

using namespace mlir;
using namespace dlc::dl;

namespace dlc {
#define GEN_PASS_DEF_REQUIREEXTENTS
#include "passes/RequireExtents/RequireExtents.h.inc"

namespace {

/// "line 7", "node 'conv1'": where the user finds the op; empty if nobody knows.
/// A node's name is data: nothing in it drives a terminal or crowds out the rest.
std::string placeOf(Location location) {
  if (auto file = dyn_cast<FileLineColLoc>(location))
    return "line " + std::to_string(file.getLine());
  if (auto named = dyn_cast<NameLoc>(location)) {
    std::string name = named.getName().getValue().take_front(120).str();
    for (char &c : name)
      c = static_cast<unsigned char>(c) < ' ' || c == 127 ? '?' : c;
    return "node '" + name + "'";
  }
  if (auto call = dyn_cast<CallSiteLoc>(location))
    return placeOf(call.getCallee());
  if (auto fused = dyn_cast<FusedLoc>(location))
    for (Location inner : fused.getLocations())
      if (std::string place = placeOf(inner); !place.empty())
        return place;
  return "";
}

/// Collects what the ops of one entry ask for.
class Collector {
public:
  Collector(Interface &interface, Interface::Function &function) : function(function) {
    for (const Interface::Dim &dim : interface.dims)
      limits[dim.name] = {dim.low, dim.high};
    for (const Interface::Argument &argument : function.arguments)
      for (const DimExpr &dim : argument.dims)
        for (const std::string &name : dim.symbols())
          names.insert(name);
    for (const Requirement &known : function.requirements)
      seen.insert(keyOf(known));
  }

  LogicalResult collect(func::FuncOp entry) {
    return failure(entry
                       .walk([&](Operation *op) {
                         auto shaped = dyn_cast<DimsOpInterface>(op);
                         return shaped && failed(collectFrom(shaped)) ? WalkResult::interrupt() : WalkResult::advance();
                       })
                       .wasInterrupted());
  }

private:
  LogicalResult collectFrom(DimsOpInterface op) {
    Shapes shapes(op->getLoc(), op->getName().stripDialect());
    for (Value operand : op->getOperands())
      shapes.operands.push_back(isa<RankedTensorType>(operand.getType()) ? DimVector(dims.of(operand)) : DimVector());
    if (dims.failed() || failed(op.checkExtents(shapes)))
      return failure();
    for (OpResult result : op->getResults())
      if (failed(keepStatic(op, result, shapes)))
        return failure();
    if (auto scan = dyn_cast<ScanOp>(op.getOperation()); scan && failed(keepCarries(scan, shapes)))
      return failure();
    for (const Requirement &asked : shapes.requirements)
      if (failed(add(op, asked)))
        return failure();
    return success();
  }

  /// A type may say 3 where the rule gives `n`: then n is 3 in every call.
  LogicalResult keepStatic(DimsOpInterface op, OpResult result, Shapes &shapes) {
    auto type = dyn_cast<RankedTensorType>(result.getType());
    FailureOr<DimVector> inferred =
        type ? op.inferDims(result.getResultNumber(), dims) : FailureOr<DimVector>(DimVector());
    if (failed(inferred))
      return failure();
    for (auto [axis, dim] : llvm::enumerate(*inferred))
      if (!type.isDynamicDim(axis) &&
          failed(shapes.requireEqual("extent of result axis " + Twine(axis), dim, DimExpr(type.getDimSize(axis)))))
        return failure();
    return success();
  }

  LogicalResult keepCarries(ScanOp scan, Shapes &shapes) {
    OperandRange yields = scan.getBody().front().getTerminator()->getOperands();
    for (size_t i = 0; i < scan.getInits().size(); ++i) { // C2
      DimVector present(dims.of(scan.getInits()[i])), argument(dims.of(scan.getBody().getArgument(i))),
          next(dims.of(yields[i]));
      for (size_t axis = 0; axis < present.size(); ++axis) {
        std::string what = ("extent of carry " + Twine(i) + " in axis " + Twine(axis)).str();
        if (failed(shapes.requireEqual(what, next[axis], present[axis])) ||
            failed(shapes.requireEqual(what, argument[axis], present[axis])))
          return failure();
      }
    }
    return success();
  }

  static std::pair<std::string, bool> keyOf(const Requirement &asked) {
    return {(asked.given - asked.expected).str(), asked.exact};
  }

  LogicalResult add(Operation *op, Requirement asked) {
    DimExpr distance = asked.given - asked.expected;
    for (const std::string &name : distance.symbols())
      if (!names.count(name))
        return op->emitOpError() << "names dimension '" << name << "', which no argument of '" << function.name
                                 << "' declares";
    std::optional<int64_t> least = distance.rangeWithin(limits).first;
    bool proven = !asked.exact && least && *least >= 0;
    if (proven || !seen.insert(keyOf(asked)).second)
      return success();
    std::string place = placeOf(op->getLoc());
    asked.what = op->getName().getStringRef().str() + (place.empty() ? "" : " (" + place + ")") + ": " + asked.what;
    function.requirements.push_back(std::move(asked));
    return success();
  }

  Interface::Function &function;
  DimAnalysis dims;
  std::map<std::string, std::pair<int64_t, int64_t>> limits;
  std::set<std::string> names;
  std::set<std::pair<std::string, bool>> seen;
};

struct RequireExtents : impl::RequireExtentsBase<RequireExtents> {
  using Base::Base;
  void runOnOperation() override {
    ModuleOp module = getOperation();
    FailureOr<Interface> interface = Interface::of(module);
    if (failed(interface))
      return signalPassFailure();
    for (Interface::Function &function : interface->functions)
      if (auto entry = module.lookupSymbol<func::FuncOp>(function.name);
          entry && failed(Collector(*interface, function).collect(entry)))
        return signalPassFailure();
    module->setAttr(Interface::attribute, interface->toAttr(&getContext()));
  }
};

} // namespace
} // namespace dlc
