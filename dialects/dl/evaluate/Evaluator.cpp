// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/evaluate/Evaluator.h"
#include "dialects/dl/DlBuilder.h"
#include "dialects/dl/InitialValue.h"
#include "dialects/dl/evaluate/Indexing.h"
#include "dialects/dl/shapes/Requirements.h"
#include "dialects/dl/shapes/Shapes.h"
#include "llvm/Support/MathExtras.h"
#include <cmath>

using namespace mlir;
using namespace dlc::dl;

/// Decompositions of composites, kept because a loop meets the same op at every
/// step. The key is the op and, where extents have no names, their values.
struct Evaluator::Scratch {
  std::map<std::pair<Operation *, std::string>, OwningOpRef<ModuleOp>> bodies;
};

Evaluator::Evaluator(ModuleOp module) : module(module), scratch(std::make_unique<Scratch>()) {}
Evaluator::~Evaluator() = default;

//===-- State ------------------------------------------------------------===//

static Tensor scalar(MLIRContext *context, int64_t value) {
  Tensor result(IntegerType::get(context, 64), {});
  result.ints[0] = value;
  return result;
}

FailureOr<Tensor> Evaluator::initialValue(Operation *op, Type type, Attribute value) {
  if (auto elements = dyn_cast<ElementsAttr>(value)) {
    FailureOr<Tensor> tensor = Tensor::fromAttr(elements);
    if (failed(tensor))
      return op->emitOpError("value is no dense tensor, or a resource whose bytes are missing or do not fit its type");
    return tensor;
  }
  // The ops that the compiled model draws its weights with, in a block of our own.
  OpBuilder builder(op->getContext());
  OwningOpRef<ModuleOp> holder = ModuleOp::create(op->getLoc());
  builder.setInsertionPointToStart(holder->getBody());
  Type scalarType = RankedTensorType::get({}, builder.getI64Type());
  auto function = func::FuncOp::create(builder, op->getLoc(), "initialise",
                                       builder.getFunctionType({scalarType, scalarType}, type));
  Block *block = function.addEntryBlock();
  builder.setInsertionPointToStart(block);
  DimAnalysis inner;
  DlBuilder dl(builder, op->getLoc(), inner);
  Value built =
      buildInitialValue(dl, value, cast<RankedTensorType>(type), block->getArgument(0), block->getArgument(1));
  if (!built)
    return op->emitOpError() << "has an unknown initialiser " << value;
  YieldOp::create(builder, op->getLoc(), built);
  Tensor seedTensor = scalar(op->getContext(), seed), stepTensor = scalar(op->getContext(), 0);
  FailureOr<SmallVector<Tensor>> results = run(*block, {&seedTensor, &stepTensor});
  if (failed(results))
    return failure();
  return std::move(results->front());
}

LogicalResult Evaluator::initialise() {
  step = 0;
  for (Operation &op : module.getBodyRegion().front()) {
    FailureOr<Tensor> value = failure();
    if (auto parameter = dyn_cast<ParameterOp>(op))
      value = initialValue(&op, parameter.getType(), parameter.getValue());
    else if (auto slot = dyn_cast<SlotOp>(op))
      value = initialValue(&op, slot.getType(), slot.getValue());
    else
      continue;
    if (failed(value))
      return failure();
    state[SymbolTable::getSymbolName(&op).str()] = std::move(*value);
  }
  return success();
}

/// The symbol a function's argument or result is tied to; empty for a user's.
static StringRef stateOf(DictionaryAttr attributes) {
  auto symbol = attributes ? attributes.getAs<FlatSymbolRefAttr>("dl.state") : FlatSymbolRefAttr();
  return symbol ? symbol.getValue() : StringRef();
}

/// Where in the prepared block an argument or result lies (see SplitPrepare); nothing for others.
static IntegerAttr preparedAt(DictionaryAttr attributes) {
  return attributes ? attributes.getAs<IntegerAttr>("dl.prepared") : IntegerAttr();
}

bool Evaluator::isAdded(func::FuncOp function, unsigned argument) {
  DictionaryAttr attributes = function.getArgAttrDict(argument);
  return !stateOf(attributes).empty() || preparedAt(attributes);
}

FailureOr<std::map<int64_t, Tensor>> Evaluator::prepare(func::FuncOp function) {
  std::map<int64_t, Tensor> prepared;
  if (llvm::none_of(llvm::seq(function.getNumArguments()),
                    [&](unsigned i) { return preparedAt(function.getArgAttrDict(i)); }))
    return prepared;
  for (auto embedded : module.getOps<EmbeddedOp>()) {
    FailureOr<Tensor> value = Tensor::fromAttr(embedded.getValue());
    if (failed(value))
      return embedded.emitOpError(
          "value is no dense tensor, or a resource whose bytes are missing or do not fit its type");
    prepared[embedded.getOffset()] = std::move(*value);
  }
  auto make = dyn_cast_or_null<func::FuncOp>(SymbolTable::lookupSymbolIn(function->getParentOp(), "dl.prepare"));
  if (!make && prepared.empty())
    return function.emitOpError("has prepared arguments, and no dl.prepare stands beside it");
  if (!make)
    return prepared;
  SmallVector<const Tensor *> inputs;
  for (unsigned i = 0; i < make.getNumArguments(); ++i) {
    auto it = state.find(stateOf(make.getArgAttrDict(i)).str());
    if (it == state.end())
      return make.emitOpError() << "argument " << i << " is no state that has a value";
    inputs.push_back(&it->second);
  }
  FailureOr<SmallVector<Tensor>> results = invoke(make, inputs);
  if (failed(results))
    return failure();
  for (auto [i, result] : llvm::enumerate(*results))
    if (IntegerAttr place = preparedAt(make.getResultAttrDict(i)))
      prepared[place.getInt()] = std::move(result);
  return prepared;
}

//===-- Extents ----------------------------------------------------------===//

FailureOr<SmallVector<int64_t>> Evaluator::extents(Operation *op, ArrayAttr attr) {
  SmallVector<int64_t> result;
  for (Attribute entry : attr) {
    FailureOr<DimExpr> dim = DimExpr::fromAttr(entry);
    if (failed(dim))
      return op->emitOpError() << entry << " is no dimension expression";
    FailureOr<int64_t> value = dim->evaluate(dims);
    if (failed(value))
      return op->emitOpError() << "extent " << dim->str()
                               << " has no value: a name is not bound by any argument, or the value overflows";
    if (*value < 0)
      return op->emitOpError() << "extent " << dim->str() << " is " << *value;
    result.push_back(*value);
  }
  return result;
}

FailureOr<SmallVector<int64_t>> Evaluator::inferredExtents(Value value) {
  DimVector inferred(analysis.of(value));
  return extents(value.getDefiningOp(), toAttr(value.getContext(), inferred));
}

LogicalResult Evaluator::checkExtents(Operation *within) {
  return failure(within
                     ->walk([&](DimsOpInterface op) {
                       FailureOr<std::vector<Requirement>> all = requirementsOf(op, analysis);
                       if (failed(all))
                         return WalkResult::interrupt();
                       for (const Requirement &asked : *all) {
                         FailureOr<int64_t> given = asked.given.evaluate(dims),
                                            expected = asked.expected.evaluate(dims);
                         if (failed(given) || failed(expected)) // of a private function that nobody inlined
                           continue;
                         if (asked.exact ? *given == *expected : *given >= *expected)
                           continue;
                         op->emitOpError() << asked.what << " is " << *given << ", expected "
                                           << (asked.exact ? "" : "at least ") << *expected;
                         return WalkResult::interrupt();
                       }
                       return WalkResult::advance();
                     })
                     .wasInterrupted());
}

/// How messages name an argument: by its position, and its name if it has one.
static std::string describe(func::FuncOp function, unsigned index) {
  auto name = function.getArgAttrOfType<StringAttr>(index, "dl.name");
  return "argument " + std::to_string(index) + (name ? " '" + name.str() + "'" : "");
}

LogicalResult Evaluator::bind(func::FuncOp function, ArrayRef<const Tensor *> arguments) {
  std::map<std::string, unsigned> boundBy;
  auto dimsOf = [&](unsigned i) { return function.getArgAttrOfType<ArrayAttr>(i, "dl.dims"); };
  // Names first, so that an expression may stand before the names it uses.
  for (auto [i, argument] : llvm::enumerate(arguments)) {
    auto type = cast<RankedTensorType>(function.getArgumentTypes()[i]);
    if (argument->elementType != type.getElementType() ||
        failed(verifyCompatibleShape(argument->shape, type.getShape())))
      return function.emitOpError() << describe(function, i) << " is "
                                    << RankedTensorType::get(argument->shape, argument->elementType) << ", expected "
                                    << type;
    for (auto [axis, entry] : llvm::enumerate(dimsOf(i) ? dimsOf(i).getValue() : ArrayRef<Attribute>())) {
      auto text = dyn_cast<StringAttr>(entry);
      FailureOr<DimExpr> dim = DimExpr::fromAttr(entry);
      if (!text || failed(dim) || *dim != DimExpr::symbol(text))
        continue;
      auto [bound, isNew] = dims.insert({text.str(), argument->shape[axis]});
      if (isNew)
        boundBy[text.str()] = i;
      else if (bound->second != argument->shape[axis])
        return function.emitOpError() << describe(function, i) << " has " << argument->shape[axis] << " in axis "
                                      << axis << ", but '" << text.getValue() << "' is " << bound->second << " in "
                                      << describe(function, boundBy[text.str()]);
    }
  }
  for (auto [i, argument] : llvm::enumerate(arguments)) {
    if (!dimsOf(i))
      continue;
    FailureOr<SmallVector<int64_t>> expected = extents(function, dimsOf(i));
    if (failed(expected))
      return failure();
    for (auto [axis, extent] : llvm::enumerate(*expected))
      if (argument->shape[axis] != extent)
        return function.emitOpError() << describe(function, i) << " has " << argument->shape[axis] << " in axis "
                                      << axis << ", expected " << dimsOf(i)[axis] << " = " << extent;
  }
  return success();
}

//===-- Calls ------------------------------------------------------------===//

/// `name`, `variant::name`, or the first variant's function of that name.
static func::FuncOp lookup(ModuleOp module, StringRef name) {
  if (auto [variant, inner] = name.split("::"); !inner.empty())
    return dyn_cast_or_null<func::FuncOp>(SymbolTable::lookupSymbolIn(
        module, SymbolRefAttr::get(module.getContext(), variant, FlatSymbolRefAttr::get(module.getContext(), inner))));
  if (auto function = module.lookupSymbol<func::FuncOp>(name))
    return function;
  for (auto variant : module.getOps<VariantOp>())
    if (auto function = dyn_cast_or_null<func::FuncOp>(SymbolTable::lookupSymbolIn(variant, name)))
      return function;
  return {};
}

FailureOr<std::vector<Tensor>> Evaluator::call(StringRef name, ArrayRef<Tensor> arguments) {
  func::FuncOp function = lookup(module, name);
  if (!function || function.isExternal())
    return module.emitError() << "no function '" << name << "' to evaluate";
  unsigned count = function.getNumArguments(), users = 0;
  for (unsigned i = 0; i < count; ++i)
    users += !isAdded(function, i);
  if (arguments.size() != count && arguments.size() != users)
    return function.emitOpError() << "takes " << users << " arguments, given " << arguments.size();
  bool threaded = users != count && arguments.size() == users; // state is ours to fill in

  std::map<std::string, Tensor> before = state;
  Tensor seedTensor = scalar(module.getContext(), seed), stepTensor = scalar(module.getContext(), step);
  FailureOr<std::map<int64_t, Tensor>> prepared = threaded ? prepare(function) : std::map<int64_t, Tensor>();
  if (failed(prepared))
    return failure();
  SmallVector<const Tensor *> pointers;
  size_t next = 0;
  for (unsigned i = 0; i < count; ++i) {
    StringRef symbol = stateOf(function.getArgAttrDict(i));
    if (!threaded || !isAdded(function, i))
      pointers.push_back(&arguments[next++]);
    else if (IntegerAttr place = preparedAt(function.getArgAttrDict(i))) {
      auto it = prepared->find(place.getInt());
      if (it == prepared->end())
        return function.emitOpError() << "argument " << i << " is not prepared";
      pointers.push_back(&it->second);
    } else if (symbol == "dl.seed" || symbol == "dl.step")
      pointers.push_back(symbol == "dl.seed" ? &seedTensor : &stepTensor);
    else if (auto it = before.find(symbol.str()); it != before.end())
      pointers.push_back(&it->second);
    else
      return function.emitOpError() << "state '" << symbol << "' has no value: call initialise first";
  }
  wrote = false;
  rounded = {};
  FailureOr<SmallVector<Tensor>> results = invoke(function, pointers);
  if (failed(results)) {
    state = std::move(before);
    return failure();
  }
  step += wrote;
  std::vector<Tensor> userResults;
  for (auto [i, result] : llvm::enumerate(*results)) {
    StringRef symbol = stateOf(function.getResultAttrDict(i));
    if (!threaded || symbol.empty())
      userResults.push_back(std::move(result));
    else if (symbol == "dl.step")
      step = result.ints[0];
    else
      state[symbol.str()] = std::move(result);
  }
  return userResults;
}

FailureOr<SmallVector<Tensor>> Evaluator::invoke(func::FuncOp function, ArrayRef<const Tensor *> arguments) {
  if (depth == 200)
    return function.emitOpError("calls itself: recursion is refused");
  // Names belong to the entry; private functions, which declare none, see them too.
  std::map<std::string, int64_t> outer = dims;
  bool declares = llvm::any_of(llvm::seq(function.getNumArguments()),
                               [&](unsigned i) { return function.getArgAttr(i, "dl.dims"); });
  if (declares || depth == 0)
    dims.clear();
  FailureOr<SmallVector<Tensor>> results = failure();
  ++depth;
  if (succeeded(bind(function, arguments)))
    results = run(function.getBody().front(), arguments);
  --depth;
  if (depth != 0)
    dims = std::move(outer);
  return results;
}

LogicalResult Evaluator::charge(Operation *op, int64_t steps) {
  if (llvm::AddOverflow(spent, steps, spent)) // once exhausted it stays so
    spent = std::numeric_limits<int64_t>::max();
  if (exhausted())
    return op->emitOpError() << "takes evaluation beyond " << budget << " steps";
  return success();
}

//===-- Blocks -----------------------------------------------------------===//

FailureOr<SmallVector<Tensor>> Evaluator::run(Block &block, ArrayRef<const Tensor *> arguments) {
  llvm::DenseMap<Value, std::shared_ptr<const Tensor>> values;
  for (auto [argument, value] : llvm::zip(block.getArguments(), arguments))
    values[argument] = std::shared_ptr<const Tensor>(std::shared_ptr<void>(), value); // lives with the caller
  for (Operation &op : block) {
    SmallVector<const Tensor *> operands;
    for (Value operand : op.getOperands()) {
      auto it = values.find(operand);
      if (it == values.end())
        return op.emitOpError("uses a value that is no result of an evaluated op");
      operands.push_back(it->second.get());
    }
    if (op.hasTrait<OpTrait::IsTerminator>()) {
      SmallVector<Tensor> results;
      for (const Tensor *operand : operands)
        results.push_back(*operand);
      return results;
    }
    FailureOr<SmallVector<Tensor>> results = execute(&op, operands);
    if (failed(results))
      return failure();
    for (auto [result, tensor] : llvm::zip(op.getResults(), *results)) {
      if (failed(charge(&op, tensor.size())))
        return failure();
      auto type = cast<RankedTensorType>(result.getType());
      if (tensor.elementType != type.getElementType() || failed(verifyCompatibleShape(tensor.shape, type.getShape())))
        return op.emitOpError() << "gives " << RankedTensorType::get(tensor.shape, tensor.elementType)
                                << ", its type says " << type;
      if (tensor.isFloat() && tensor.elementType.getIntOrFloatBitWidth() == 16) {
        double largest = 0;
        for (double value : tensor.floats)
          largest = std::isfinite(value) ? std::max(largest, std::fabs(value)) : largest;
        ++rounded.count;
        rounded.error += largest * (tensor.elementType.isF16() ? 0x1p-10 : 0x1p-7);
      }
      values[result] = std::make_shared<const Tensor>(std::move(tensor));
    }
  }
  return block.getParentOp()->emitOpError("has a block without terminator");
}

FailureOr<SmallVector<Tensor>> Evaluator::execute(Operation *op, ArrayRef<const Tensor *> operands) {
  int64_t elements = 1;
  for (const Tensor *operand : operands)
    elements += operand->size();
  if (failed(charge(op, elements)))
    return failure();
  auto single = [](Tensor tensor) {
    SmallVector<Tensor> results;
    results.push_back(std::move(tensor));
    return results;
  };
  if (auto shaped = dyn_cast<DimsOpInterface>(op)) {
    Shapes shapes(op->getLoc(), op->getName().stripDialect());
    shapes.values = &dims;
    for (const Tensor *operand : operands)
      shapes.operands.push_back(DimVector(operand->shape.begin(), operand->shape.end()));
    if (failed(shaped.checkExtents(shapes)))
      return failure();
  }
  if (auto evaluable = dyn_cast<EvaluableOpInterface>(op))
    return evaluable.evaluate(operands, *this);
  if (auto composite = dyn_cast<CompositeOpInterface>(op))
    return decomposed(composite, operands);
  if (auto call = dyn_cast<func::CallOp>(op)) {
    auto function = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(op, call.getCalleeAttr());
    if (!function || function.isExternal())
      return op->emitOpError() << "calls " << call.getCalleeAttr() << ", which has no body";
    return invoke(function, operands);
  }
  if (auto launch = dyn_cast<LaunchOp>(op)) {
    auto kernel = SymbolTable::lookupNearestSymbolFrom<KernelOp>(op, launch.getKernelAttr());
    if (!kernel)
      return op->emitOpError() << "calls unknown kernel " << launch.getKernelAttr();
    return run(kernel.getBody().front(), operands);
  }
  if (auto read = dyn_cast<ReadOp>(op)) {
    auto it = state.find(read.getSymbol().str());
    if (it == state.end())
      return op->emitOpError() << read.getSymbolAttr() << " has no value: call initialise first";
    return single(it->second);
  }
  if (auto write = dyn_cast<WriteOp>(op)) {
    state[write.getSymbol().str()] = *operands[0];
    wrote = true;
    return SmallVector<Tensor>();
  }
  if (isa<SeedOp, StepOp>(op))
    return single(scalar(op->getContext(), isa<SeedOp>(op) ? seed : step));
  if (isa<GradientOp>(op))
    return op->emitOpError("is not evaluated: run the pass Differentiate first");
  return op->emitOpError("has no evaluation");
}

//===-- Composites -------------------------------------------------------===//

/// Whether every extent of `op`'s operands is an expression over bound names,
/// and says what the tensors have.
static bool areNamed(DimAnalysis &analysis, const std::map<std::string, int64_t> &bound, Operation *op,
                     ArrayRef<const Tensor *> operands) {
  for (auto [value, tensor] : llvm::zip(op->getOperands(), operands))
    for (auto [dim, extent] : llvm::zip(analysis.of(value), tensor->shape)) {
      FailureOr<int64_t> known = dim.evaluate(bound);
      if (failed(known) || *known != extent)
        return false;
    }
  return true;
}

FailureOr<SmallVector<Tensor>> Evaluator::decomposed(CompositeOpInterface op, ArrayRef<const Tensor *> operands) {
  // The decomposition sees what it will see in the compiler: extents by name.
  // In a private function that nobody inlined they have none; there it sees numbers.
  bool named = areNamed(analysis, dims, op, operands);
  std::string key;
  for (const Tensor *operand : operands)
    for (int64_t extent : operand->shape)
      key += named ? "" : std::to_string(extent) + ",";
  OwningOpRef<ModuleOp> &body = scratch->bodies[{op, key}];
  if (!body) {
    OpBuilder builder(op->getContext());
    body = ModuleOp::create(op->getLoc());
    builder.setInsertionPointToStart(body->getBody());
    SmallVector<Type> types;
    for (auto [value, tensor] : llvm::zip(op->getOperands(), operands))
      types.push_back(named ? value.getType() : Type(RankedTensorType::get(tensor->shape, tensor->elementType)));
    auto function =
        func::FuncOp::create(builder, op->getLoc(), "composite", builder.getFunctionType(types, op->getResultTypes()));
    Block *block = function.addEntryBlock();
    for (auto [i, value] : llvm::enumerate(op->getOperands()))
      if (named)
        function.setArgAttr(i, "dl.dims", toAttr(op->getContext(), DimVector(analysis.of(value))));
    builder.setInsertionPointToStart(block);
    IRMapping mapping;
    mapping.map(op->getOperands(), block->getArguments());
    Operation *clone = builder.clone(*op, mapping);
    if (auto inferable = dyn_cast<InferTypeOpInterface>(clone); inferable && !named) {
      SmallVector<Type> inferred;
      if (failed(inferable.inferReturnTypes(op->getContext(), op->getLoc(), clone->getOperands(),
                                            clone->getDiscardableAttrDictionary(), clone->getPropertiesStorage(),
                                            clone->getRegions(), inferred))) {
        body = {};
        return failure();
      }
      for (auto [result, type] : llvm::zip(clone->getResults(), inferred))
        result.setType(type);
    }
    builder.setInsertionPoint(clone);
    DimAnalysis inner;
    DlBuilder dl(builder, op->getLoc(), inner);
    SmallVector<Value> results = cast<CompositeOpInterface>(clone).decompose(dl);
    if (inner.failed() || results.size() != clone->getNumResults() || llvm::is_contained(results, Value())) {
      body = {};
      return op->emitOpError("cannot be decomposed");
    }
    clone->erase();
    builder.setInsertionPointToEnd(block);
    YieldOp::create(builder, op->getLoc(), results);
  }
  auto function = *body->getOps<func::FuncOp>().begin();
  return run(function.getBody().front(), operands);
}
