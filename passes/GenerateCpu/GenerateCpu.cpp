// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/GenerateCpu/GenerateCpu.h"
#include "passes/DescribeKernels/DescribeKernels.h"
#include "passes/FormKernels/FormKernels.h"
#include "passes/GenerateCpu/Generators.h"
#include "llvm/ADT/StringSwitch.h"
#include <set>

using namespace mlir;
using namespace dlc::dl;

namespace dlc {
#define GEN_PASS_DEF_GENERATECPU
#include "passes/GenerateCpu/GenerateCpu.h.inc"

Buffer Kernel::scratchFor(Value worker, const DimExpr &offset, Type elementType, ArrayRef<DimExpr> dims) {
  Value byte = emit.extent(offset);
  if (worker)
    byte = emit.add(emit.add(byte, emit.extent(sharedBytes)), emit.mul(worker, emit.extent(scratchBytes)));
  Type type = MemRefType::get({ShapedType::kDynamic}, emit.stored(elementType));
  Value view = emit.create<memref::ViewOp>(cast<MemRefType>(type), scratch.memref, byte, ValueRange{emit.extent(product(dims))});
  return {view, elementType, DimVector(dims)};
}

bool hasLongEpilogue(KernelOp kernel) {
  int64_t ops = 0;
  for (Operation &op : kernel.getBody().front())
    if (!isa<ConstantOp, YieldOp, ExtentOp>(op))
      ops += isa<RandomBitsOp, RandomUniformOp, RandomNormalOp, ExpOp, TanhOp, ErfOp, SigmoidOp, PowOp, LogOp>(op) ? 8 : 1;
  return ops > 5; // the root, a bias and an activation
}

namespace {

using RootGenerator = LogicalResult (*)(Kernel &, Operation *);
/// The generator of a root whose schedule is named after it.
RootGenerator generatorOf(StringRef name) {
  return llvm::StringSwitch<RootGenerator>(name)
      .Cases({"conv", "conv_input_grad"}, generateConvolution)
      .Case("conv_filter_grad", generateFilterGradient)
      .Cases({"max_pool", "max_pool_grad", "max_pool_pick", "sum_pool", "sum_pool_grad"}, generatePooling)
      .Case("scatter_add", generateScatter)
      .Case("cumsum", generateCumsum)
      .Default(nullptr);
}

/// Every name that the kernel's extents use.
std::vector<std::string> namesOf(KernelOp kernel) {
  std::set<std::string> names;
  auto add = [&](Attribute attr) {
    attr.walk([&](StringAttr text) {
      if (FailureOr<DimExpr> dim = DimExpr::parse(text.getValue()); succeeded(dim))
        for (std::string &name : dim->symbols())
          names.insert(name);
    });
  };
  add(kernel.getArgumentDims());
  kernel.getBody().walk([&](Operation *op) {
    for (StringRef attribute : {"dims", "dim", "starts", "low", "high"})
      if (Attribute attr = op->getAttr(attribute))
        add(attr);
  });
  return {names.begin(), names.end()};
}

/// Arguments that a result may overwrite: of its extents and type, and read only
/// at the element (or, by reductions, the row) that is being written.
ArrayAttr inPlace(KernelOp kernel, Emitter &emit) {
  Block &body = kernel.getBody().front();
  OpBuilder builder(kernel);
  SmallVector<Attribute> results;
  // Folded results are written before what has the whole domain's extents is
  // computed, which may read the arguments again.
  bool folds = llvm::any_of(body, [](Operation &op) { return partOf(&op) == Part::Reduce; });
  auto yields = body.getTerminator()->getOperands();
  bool writesTwice = folds && llvm::any_of(yields, [&](Value value) { return emit.dims.of(value) != emit.dims.of(yields.front()); });
  for (Value value : body.getTerminator()->getOperands()) {
    SmallVector<int64_t> arguments;
    for (BlockArgument argument : body.getArguments()) {
      if (writesTwice)
        break;
      bool same = argument.getType() == value.getType() && emit.dims.of(argument) == emit.dims.of(value);
      bool aligned = llvm::all_of(argument.getUsers(), [&](Operation *user) {
        if (isa<YieldOp>(user))
          return true;
        if (partOf(user) == Part::Reduce)
          return true;
        return user->hasTrait<Broadcasting>() && emit.dims.of(user->getResult(0)) == emit.dims.of(argument);
      });
      if (same && aligned)
        arguments.push_back(argument.getArgNumber());
    }
    results.push_back(builder.getDenseI64ArrayAttr(arguments));
  }
  return builder.getArrayAttr(results);
}

Type flat(Emitter &emit, Value value) { return MemRefType::get({ShapedType::kDynamic}, emit.stored(elementTypeOf(value))); }

LogicalResult generate(KernelOp kernel, TargetAttr target) {
  ScheduleAttr schedule = kernel.getScheduleAttr();
  if (!schedule)
    return kernel.emitOpError("has no schedule");
  if (failed(checkSchedule(kernel, target)))
    return failure();
  OpBuilder builder(kernel);
  Emitter emit(builder, kernel.getLoc(), target);
  Block &body = kernel.getBody().front();
  Operation *yield = body.getTerminator();
  std::vector<std::string> names = namesOf(kernel);

  SmallVector<Type> types{LLVM::LLVMPointerType::get(kernel.getContext())};
  for (BlockArgument argument : body.getArguments())
    types.push_back(flat(emit, argument));
  for (Value value : yield->getOperands())
    types.push_back(flat(emit, value));
  types.push_back(MemRefType::get({ShapedType::kDynamic}, builder.getI8Type()));
  types.append(names.size(), builder.getIndexType());
  auto function = func::FuncOp::create(builder, kernel.getLoc(), kernel.getSymName(), builder.getFunctionType(types, {}));
  function.setPrivate();
  Block *entry = function.addEntryBlock();
  builder.setInsertionPointToStart(entry);

  Kernel state{kernel, schedule, emit};
  unsigned next = 0;
  emit.frame = entry->getArgument(next++);
  for (BlockArgument argument : body.getArguments())
    state.inputs[argument] = {entry->getArgument(next++), elementTypeOf(argument), DimVector(emit.dims.of(argument))};
  SmallVector<Attribute> resultDims, dimNames;
  for (Value value : yield->getOperands()) {
    state.outputs.push_back({entry->getArgument(next++), elementTypeOf(value), DimVector(emit.dims.of(value))});
    resultDims.push_back(toAttr(builder.getContext(), emit.dims.of(value)));
  }
  state.scratch = {entry->getArgument(next++), builder.getI8Type(), {}};
  for (const std::string &name : names) {
    emit.names[name] = entry->getArgument(next++);
    dimNames.push_back(builder.getStringAttr(name));
  }

  ArrayAttr ties = inPlace(kernel, emit);
  StringRef generator = schedule.getGenerator();
  if (generator == "nest") {
    state.scratchBytes = lines(nestScratch(kernel));
    generateNest(state);
  } else if (generator == "contract") {
    state.sharedBytes = lines(contractShared(kernel, schedule));
    state.scratchBytes = lines(contractScratch(kernel, schedule));
    if (failed(generateContract(state)))
      return failure();
  } else if (RootGenerator generateRoot = generatorOf(generator)) {
    for (Operation &op : body)
      if (op.getName().stripDialect() == generator && failed(generateRoot(state, &op)))
        return failure();
  } else {
    return kernel.emitOpError() << "@" << kernel.getSymName() << ": this target has no generator '" << generator << "'";
  }
  func::ReturnOp::create(builder, kernel.getLoc());
  function->setAttr("dl.dims", builder.getArrayAttr(dimNames));
  function->setAttr("dl.in_place", ties);
  function->setAttr("dl.result_dims", builder.getArrayAttr(resultDims));
  if (state.scratchBytes != DimExpr(0))
    function->setAttr("dl.scratch", state.scratchBytes.toAttr(builder.getContext()));
  if (state.sharedBytes != DimExpr(0))
    function->setAttr("dl.shared", state.sharedBytes.toAttr(builder.getContext()));
  if (Attribute facts = kernel->getAttr(factsAttribute)) { // for reports, which name the schedule too
    function->setAttr(factsAttribute, facts);
    function->setAttr("dl.schedule", schedule);
  }
  kernel.erase();
  return success();
}

struct GenerateCpu : impl::GenerateCpuBase<GenerateCpu> {
  void runOnOperation() override {
    VariantOp variant = getOperation();
    for (KernelOp kernel : llvm::make_early_inc_range(variant.getOps<KernelOp>()))
      if (failed(generate(kernel, variant.getTarget())))
        return signalPassFailure();
  }
};

} // namespace
} // namespace dlc
