// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/RequireExtents/RequireExtents.h"
#include "dialects/dl/shapes/Requirements.h"
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
    FailureOr<std::vector<Requirement>> all = requirementsOf(op, dims);
    if (failed(all))
      return failure();
    for (Requirement &asked : *all)
      if (failed(add(op, std::move(asked))))
        return failure();
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
