// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/DescribeInterface/DescribeInterface.h"
#include "passes/DescribeInterface/Interface.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/CheckedArithmetic.h"
#include "llvm/Support/MathExtras.h"
#include <set>

using namespace mlir;
using namespace dlc::dl;

namespace dlc {
#define GEN_PASS_DEF_DESCRIBEINTERFACE
#include "passes/DescribeInterface/DescribeInterface.h.inc"

namespace {

/// The number of classes or rows that every use of `value` as a label or index
/// allows: the smallest one known.
std::optional<int64_t> boundOfUses(Value value) {
  std::optional<int64_t> bound;
  auto atMost = [&](int64_t extent) {
    if (!ShapedType::isDynamic(extent))
      bound = std::min(bound.value_or(extent), extent);
  };
  auto shape = [](Value v) { return cast<RankedTensorType>(v.getType()); };
  SmallVector<Value> worklist{value};
  llvm::DenseSet<Value> seen;
  while (!worklist.empty()) {
    Value top = worklist.pop_back_val();
    if (!seen.insert(top).second)
      continue;
    for (OpOperand &use : top.getUses()) {
      Operation *user = use.getOwner();
      if (auto loss = dyn_cast<CrossEntropyOp>(user)) {
        if (use.get() == loss.getLabels())
          atMost(shape(loss.getLogits()).getShape().back());
      } else if (auto gather = dyn_cast<GatherOp>(user)) {
        if (use.get() == gather.getIndices())
          atMost(shape(gather.getInput()).getDimSize(gather.getAxis()));
      } else if (auto scatter = dyn_cast<ScatterAddOp>(user)) {
        if (use.get() == scatter.getIndices())
          atMost(shape(scatter.getResult()).getDimSize(scatter.getAxis()));
      } else if (auto check = dyn_cast<CheckIndexOp>(user)) {
        if (auto bound = dyn_cast<IntegerAttr>(check.getDim()))
          atMost(bound.getInt());
      } else if (auto cast = dyn_cast<CastOp>(user)) {
        // Widening keeps the value; narrowing makes another of it.
        Type from = elementTypeOf(cast.getInput()), to = elementTypeOf(cast);
        if (isa<IntegerType>(to) && (to.getIntOrFloatBitWidth() > from.getIntOrFloatBitWidth() || to == from))
          worklist.push_back(cast.getResult());
      } else if (isa<ReshapeOp, TransposeOp>(user) && use.getOperandNumber() == 0) {
        worklist.push_back(user->getResult(0));
      }
    }
  }
  return bound;
}

/// Describes one function; errors name the argument.
class Describer {
public:
  Describer(ModuleOp module, Interface &interface, DimAnalysis &analysis)
      : module(module), interface(interface), analysis(analysis) {}

  LogicalResult describe(func::FuncOp function) {
    Interface::Function result;
    result.name = function.getSymName().str();
    if (StringRef(result.name).starts_with("dl.")) // C6
      return function.emitOpError() << "entry is called '" << result.name
                                    << "'; names beginning with 'dl.' are the compiler's";
    if (function.isExternal())
      return function.emitOpError("entry has no body");
    LaunchOp launch;
    function.walk([&](LaunchOp op) { launch = op; });
    if (launch) // C7
      return launch.emitOpError() << "runs kernel " << launch.getKernelAttr()
                                  << "; the compiler forms kernels itself, "
                                     "from functions";
    WriteOp write;
    function.walk([&](WriteOp op) { write = write ? write : op; });
    result.trains = bool(write);
    if (write && module->hasAttr("dl.constant_weights")) // C8
      return write.emitError() << "'" << result.name << "' writes " << write.getSymbolAttr()
                               << ", and --weights=constant makes constants of all state";
    std::set<std::string> known;
    for (BlockArgument argument : function.getArguments())
      if (failed(describeArgument(function, argument, known, result)))
        return failure();
    for (unsigned i = 0; i < function.getNumResults(); ++i)
      if (failed(describeResult(function, i, known, result)))
        return failure();
    llvm::StringSet<> names;
    for (Interface::Argument &argument : result.arguments)
      if (!names.insert(argument.name).second) // C4
        return function.emitOpError() << "has two arguments or results called '" << argument.name << "'";
    interface.functions.push_back(std::move(result));
    return success();
  }

private:
  LogicalResult describeArgument(func::FuncOp function, BlockArgument value, std::set<std::string> &known,
                                 Interface::Function &result) {
    unsigned index = value.getArgNumber();
    Interface::Argument argument;
    auto name = function.getArgAttrOfType<StringAttr>(index, "dl.name");
    argument.name = name ? name.str() : "arg" + std::to_string(index);
    auto type = dyn_cast<RankedTensorType>(value.getType());
    if (!type) // C1
      return function.emitOpError() << "argument '" << argument.name << "' is " << value.getType()
                                    << ", expected a tensor";
    argument.type = type.getElementType();
    argument.kind = Interface::Kind::Input;
    auto dims = function.getArgAttrOfType<ArrayAttr>(index, "dl.dims");
    for (int64_t axis = 0; axis < type.getRank(); ++axis) {
      if (!type.isDynamicDim(axis)) {
        argument.dims.push_back(DimExpr(type.getDimSize(axis)));
        continue;
      }
      FailureOr<DimExpr> dim = dims ? DimExpr::fromAttr(dims[axis]) : FailureOr<DimExpr>(failure());
      if (failed(dim)) // C2
        return function.emitOpError() << "argument '" << argument.name << "' has a dynamic extent in axis " << axis
                                      << " without a name; give it one with dl.dims";
      std::vector<std::string> symbols = dim->symbols();
      if (symbols.size() != 1 || *dim != DimExpr::symbol(symbols[0])) // C2
        return function.emitOpError() << "argument '" << argument.name << "' has extent '" << dim->str() << "' in axis "
                                      << axis << "; an argument's extent is a number or one name";
      known.insert(symbols[0]);
      addDim(symbols[0]);
      argument.dims.push_back(*dim);
    }
    if (isa<IntegerType>(argument.type) && !argument.type.isInteger(1))
      argument.below = boundOfUses(value);
    if (argument.below) // in sight of passes that would check again
      function.setArgAttr(index, "dl.below", Builder(function.getContext()).getI64IntegerAttr(*argument.below));
    if (function.getArgAttr(index, "dl.hyper")) { // C5
      argument.kind = Interface::Kind::Hyper;
      auto value = function.getArgAttrOfType<TypedAttr>(index, "dl.default");
      if (type.getRank() != 0)
        return function.emitOpError() << "hyper-parameter '" << argument.name << "' is " << type << ", expected rank 0";
      if (!value || value.getType() != argument.type)
        return function.emitOpError() << "hyper-parameter '" << argument.name << "' needs a dl.default of type "
                                      << argument.type;
      argument.defaultValue = value;
    }
    result.arguments.push_back(std::move(argument));
    return success();
  }

  LogicalResult describeResult(func::FuncOp function, unsigned index, const std::set<std::string> &known,
                               Interface::Function &result) {
    Interface::Argument argument;
    auto name = function.getResultAttrOfType<StringAttr>(index, "dl.name");
    argument.name = name ? name.str() : "result" + std::to_string(index);
    argument.kind = Interface::Kind::Output;
    auto type = dyn_cast<RankedTensorType>(function.getResultTypes()[index]);
    if (!type) // C1
      return function.emitOpError() << "result '" << argument.name << "' is " << function.getResultTypes()[index]
                                    << ", expected a tensor";
    argument.type = type.getElementType();
    auto declared = function.getResultAttrOfType<ArrayAttr>(index, "dl.dims");
    Value value = function.getBody().front().getTerminator()->getOperand(index);
    ArrayRef<DimExpr> computed = analysis.of(value);
    if (analysis.failed())
      return failure(); // reported on the op
    for (int64_t axis = 0; axis < type.getRank(); ++axis) {
      DimExpr dim = computed[axis];
      if (declared && failed(checkDeclared(function, argument.name, axis, declared[axis], dim)))
        return failure();
      for (const std::string &symbol : dim.symbols())
        if (!known.count(symbol)) // C3
          return function.emitOpError() << "result '" << argument.name << "' has extent '" << dim.str() << "' in axis "
                                        << axis << ", and '" << symbol << "' is no dimension of an argument";
      argument.dims.push_back(dim);
    }
    result.arguments.push_back(std::move(argument));
    return success();
  }

  /// What the user wrote against what the body computes. An extent that the
  /// analysis does not know (its name begins with `?`) is what the user says.
  LogicalResult checkDeclared(func::FuncOp function, StringRef name, int64_t axis, Attribute attr, DimExpr &dim) {
    FailureOr<DimExpr> said = DimExpr::fromAttr(attr);
    if (failed(said))
      return function.emitOpError() << "result '" << name << "': " << attr << " is no dimension expression";
    bool unknown =
        llvm::any_of(dim.symbols(), [](const std::string &symbol) { return StringRef(symbol).starts_with("?"); });
    if (unknown)
      dim = *said;
    if (dim != *said)
      return function.emitOpError() << "result '" << name << "' is declared with extent '" << said->str()
                                    << "' in axis " << axis << ", its body computes '" << dim.str() << "'";
    return success();
  }

  void addDim(StringRef name) {
    if (llvm::none_of(interface.dims, [&](auto &dim) { return dim.name == name; }))
      interface.dims.push_back(Interface::Dim{name.str()});
  }

  ModuleOp module;
  Interface &interface;
  DimAnalysis &analysis;
};

struct DescribeInterface : impl::DescribeInterfaceBase<DescribeInterface> {
  using Base::Base;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    Interface interface;
    DimAnalysis analysis;
    Describer describer(module, interface, analysis);
    for (auto function : module.getOps<func::FuncOp>())
      if (function->hasAttr("dl.entry") && failed(describer.describe(function)))
        return signalPassFailure();
    if (interface.functions.empty()) {
      module.emitError("has no function with dl.entry: nothing to compile");
      return signalPassFailure();
    }
    for (const std::string &limit : dims)
      if (failed(setLimit(interface, limit)))
        return signalPassFailure();
    if (failed(describeState(interface)))
      return signalPassFailure();
    module->setAttr(Interface::attribute, interface.toAttr(&getContext()));
  }

  /// `name=low..high` or `name=high`.
  LogicalResult setLimit(Interface &interface, StringRef text) {
    auto [name, range] = text.split('=');
    auto [low, high] = range.contains("..") ? range.split("..") : std::pair(StringRef("0"), range);
    auto dim = llvm::find_if(interface.dims, [&](auto &dim) { return dim.name == name; });
    if (dim == interface.dims.end()) {
      InFlightDiagnostic error = emitError(getOperation().getLoc()) << "no dimension is called '" << name << "'";
      if (!interface.dims.empty()) {
        error << "; there is ";
        llvm::interleave(interface.dims, [&](auto &dim) { error << "'" << dim.name << "'"; }, [&] { error << ", "; });
      }
      return error;
    }
    if (low.getAsInteger(10, dim->low) || high.getAsInteger(10, dim->high) || dim->low < 0 ||
        dim->high < std::max<int64_t>(dim->low, 1) || dim->high > Interface::highest)
      return emitError(getOperation().getLoc())
             << "limits of dimension '" << name << "' are '" << range
             << "', expected LOW..HIGH with 0 <= LOW <= HIGH and 1 <= HIGH <= " << Interface::highest;
    dim->bound = dim->high;
    return success();
  }

  LogicalResult describeState(Interface &interface) {
    llvm::StringSet<> written, keys;
    getOperation().walk([&](WriteOp write) { written.insert(write.getSymbol()); });
    for (Operation &op : *getOperation().getBody()) {
      Interface::State state;
      Attribute value;
      if (auto parameter = dyn_cast<ParameterOp>(op)) {
        state.symbol = parameter.getSymName().str();
        state.type = cast<RankedTensorType>(parameter.getType());
        value = parameter.getValue();
      } else if (auto slot = dyn_cast<SlotOp>(op)) {
        state.slot = true;
        state.symbol = slot.getSymName().str();
        state.type = cast<RankedTensorType>(slot.getType());
        value = slot.getValue();
      } else {
        continue;
      }
      state.name = stateName(&op);
      if (getOperation()->hasAttr("dl.constant_weights") && !isa<ElementsAttr, ZerosAttr, OnesAttr>(value)) // C9
        return op.emitOpError() << "has no value, only the initialiser " << value
                                << ", and --weights=constant makes constants of values";
      if (!keys.insert(state.name).second)
        return op.emitOpError() << "would be the second '" << state.name << "' in a checkpoint";
      state.written = written.contains(state.symbol);
      if (failed(place(op, value, state, interface)))
        return failure();
      interface.state.push_back(std::move(state));
    }
    return success();
  }

  /// Gives `state` its place in the state block and, if its initial value is
  /// bytes, among the embedded data.
  LogicalResult place(Operation &op, Attribute value, Interface::State &state, Interface &interface) {
    std::optional<int64_t> bytes = elementBytes(state.type.getElementType());
    for (int64_t extent : state.type.getShape())
      if (bytes)
        bytes = llvm::checkedMul(*bytes, extent);
    constexpr int64_t most = int64_t(1) << 46; // what an address can reach
    if (!bytes || *bytes > most - interface.stateBytes)
      return op.emitOpError() << "has type " << state.type << ", all state together is more than 2^46 bytes";
    int64_t room = llvm::alignTo(*bytes, Interface::alignment);
    state.offset = interface.stateBytes;
    interface.stateBytes += room;
    auto dense = dyn_cast<DenseElementsAttr>(value);
    if (isa<ElementsAttr>(value) && !(dense && dense.isSplat()) && *bytes != 0) {
      state.data = interface.dataBytes;
      interface.dataBytes += room;
    }
    return success();
  }
};

} // namespace
} // namespace dlc
