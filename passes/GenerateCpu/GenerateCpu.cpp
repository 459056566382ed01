// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/GenerateCpu/GenerateCpu.h"
#include "passes/DescribeKernels/DescribeKernels.h"
#include "passes/Elements/Target.h"
#include "passes/GenerateCpu/Generators.h"
#include "llvm/ADT/StringSwitch.h"

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
  Value view =
      emit.create<memref::ViewOp>(cast<MemRefType>(type), scratch.memref, byte, ValueRange{emit.extent(product(dims))});
  return {view, elementType, DimVector(dims)};
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

Type flat(Emitter &emit, Value value) {
  return MemRefType::get({ShapedType::kDynamic}, emit.stored(elementTypeOf(value)));
}

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
  auto function =
      func::FuncOp::create(builder, kernel.getLoc(), kernel.getSymName(), builder.getFunctionType(types, {}));
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

  ArrayAttr ties = inPlace(kernel, emit.dims);
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
    if (isGpu(variant.getTarget()))
      return;
    for (KernelOp kernel : llvm::make_early_inc_range(variant.getOps<KernelOp>()))
      if (failed(generate(kernel, variant.getTarget())))
        return signalPassFailure();
  }
};

} // namespace
} // namespace dlc
