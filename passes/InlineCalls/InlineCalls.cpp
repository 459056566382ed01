// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/InlineCalls/InlineCalls.h"
#include "dialects/dl/Dl.h"
#include "mlir/IR/IRMapping.h"
#include <set>

using namespace mlir;
using namespace dlc::dl;

namespace dlc {
#define GEN_PASS_DEF_INLINECALLS
#include "passes/InlineCalls/InlineCalls.h.inc"

namespace {
using Names = std::map<std::string, DimExpr>;

/// Attributes that hold extents as expressions; pooling and convolution keep
/// numbers under some of these names, in dense arrays.
constexpr StringLiteral dimAttributes[] = {"dims", "starts", "low", "high", "length", "dim"};

struct InlineCalls : impl::InlineCallsBase<InlineCalls> {
  using Base::Base;
  void runOnOperation() override;

private:
  LogicalResult inlineCall(func::CallOp call, func::FuncOp entry);

  SmallVector<func::FuncOp> open; // functions whose bodies enclose the call, outermost first
  SmallVector<func::CallOp> done; // erased at the end: `dims` has seen them
  DimAnalysis *dims = nullptr;
};
} // namespace

/// The names in the attributes that `visit` sees: each expression is replaced by what it returns.
static void rewriteDims(Operation *op, llvm::function_ref<Attribute(StringAttr)> visit) {
  for (StringRef name : dimAttributes) {
    Attribute value = op->getAttr(name);
    if (auto text = dyn_cast_or_null<StringAttr>(value))
      op->setAttr(name, visit(text));
    auto list = dyn_cast_or_null<ArrayAttr>(value);
    if (!list)
      continue;
    SmallVector<Attribute> entries;
    for (Attribute entry : list)
      entries.push_back(isa<StringAttr>(entry) ? visit(cast<StringAttr>(entry)) : entry);
    op->setAttr(name, ArrayAttr::get(op->getContext(), entries));
  }
}

/// Names declared by the arguments of `callee`, as the caller's extents.
static LogicalResult bindNames(func::CallOp call, func::FuncOp callee, DimAnalysis &dims, Names &names) {
  auto declared = [&](unsigned i) {
    auto attr = callee.getArgAttrOfType<ArrayAttr>(i, "dl.dims");
    return attr ? fromAttr(attr).value_or(DimVector()) : DimVector();
  };
  // Plain names first, so that an expression may stand before the names it uses.
  for (auto [i, operand] : llvm::enumerate(call.getOperands())) {
    DimVector given(dims.of(operand));
    for (auto [expected, actual] : llvm::zip(declared(i), given))
      if (std::vector<std::string> symbols = expected.symbols();
          symbols.size() == 1 && expected == DimExpr::symbol(symbols[0]))
        names.insert({symbols[0], actual});
  }
  for (auto [i, operand] : llvm::enumerate(call.getOperands())) {
    DimVector given(dims.of(operand));
    for (auto [axis, pair] : llvm::enumerate(llvm::zip(declared(i), given))) {
      auto &[expected, actual] = pair;
      DimExpr bound = expected.substitute(names);
      if (bound == actual)
        continue;
      InFlightDiagnostic error = call.emitOpError("argument ")
                                 << i << " has extent " << actual.str() << " in axis " << axis << ", @"
                                 << callee.getSymName() << " expects " << expected.str();
      if (bound != expected)
        error << " = " << bound.str();
      return error;
    }
  }
  return success();
}

/// The dimension names that a function's arguments declare.
static std::set<std::string> namesOf(func::FuncOp function) {
  std::set<std::string> names;
  for (unsigned i = 0; i < function.getNumArguments(); ++i)
    if (auto attr = function.getArgAttrOfType<ArrayAttr>(i, "dl.dims"))
      for (const DimExpr &dim : fromAttr(attr).value_or(DimVector()))
        for (const std::string &name : dim.symbols())
          names.insert(name);
  return names;
}

/// Callers come before callees, so that every extent is known in the entry's names.
LogicalResult InlineCalls::inlineCall(func::CallOp call, func::FuncOp entry) {
  auto callee = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(call, call.getCalleeAttr());
  if (!callee || !callee.getBody().hasOneBlock())
    return call.emitOpError("calls @") << call.getCallee() << ", which has no body of one block";
  if (auto *it = llvm::find(open, callee); it != open.end()) {
    InFlightDiagnostic error = call.emitOpError("recursion is refused: ");
    for (; it != open.end(); ++it)
      error << "@" << it->getSymName() << " calls ";
    return error << "@" << callee.getSymName();
  }
  Names names;
  if (failed(bindNames(call, callee, *dims, names)) || dims->failed())
    return failure();
  std::set<std::string> known = namesOf(entry), missing;

  OpBuilder builder(call);
  IRMapping mapping;
  SmallVector<func::CallOp> inner;
  for (auto [argument, operand] : llvm::zip(callee.getArguments(), call.getOperands()))
    mapping.map(argument, operand);
  for (auto [name, extent] : names)
    for (const std::string &symbol : extent.symbols())
      known.insert(symbol); // even an extent nobody can name is the caller's
  for (Operation &op : callee.getBody().front().without_terminator())
    builder.clone(op, mapping)->walk([&](Operation *inlined) {
      inlined->setLoc(CallSiteLoc::get(inlined->getLoc(), call.getLoc()));
      if (auto nested = dyn_cast<func::CallOp>(inlined))
        inner.push_back(nested);
      rewriteDims(inlined, [&](StringAttr text) -> Attribute {
        FailureOr<DimExpr> dim = DimExpr::fromAttr(text);
        if (failed(dim))
          return text;
        DimExpr mapped = dim->substitute(names);
        for (const std::string &name : mapped.symbols())
          if (!known.count(name))
            missing.insert(name);
        return mapped.toAttr(&getContext());
      });
    });
  if (!missing.empty()) {
    InFlightDiagnostic error = call.emitOpError("inlines @")
                               << callee.getSymName() << ", which names dimension" << (missing.size() > 1 ? "s " : " ");
    llvm::interleaveComma(missing, error, [&](const std::string &name) { error << "'" << name << "'"; });
    return error << "; no argument of @" << callee.getSymName() << " or @" << entry.getSymName() << " declares "
                 << (missing.size() > 1 ? "them" : "it");
  }
  for (auto [result, value] : llvm::zip(call.getResults(), callee.getBody().front().getTerminator()->getOperands()))
    result.replaceAllUsesWith(mapping.lookupOrDefault(value));
  done.push_back(call);
  open.push_back(callee);
  for (func::CallOp nested : inner)
    if (failed(inlineCall(nested, entry)))
      return failure();
  open.pop_back();
  return success();
}

void InlineCalls::runOnOperation() {
  SmallVector<func::FuncOp> unused;
  for (auto function : getOperation().getOps<func::FuncOp>()) {
    if (function.isPrivate()) {
      unused.push_back(function);
      continue;
    }
    DimAnalysis analysis;
    dims = &analysis;
    open.assign({function});
    done.clear();
    SmallVector<func::CallOp> calls;
    function.walk([&](func::CallOp call) { calls.push_back(call); });
    for (func::CallOp call : calls)
      if (failed(inlineCall(call, function)))
        return signalPassFailure();
    for (func::CallOp call : done)
      call.erase();
  }
  for (func::FuncOp function : unused)
    function.erase();
}

} // namespace dlc
