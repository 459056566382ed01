// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/GenerateGpu/GenerateGpu.h"
#include "passes/Elements/NestPlan.h"
#include "passes/Elements/Target.h"
#include "passes/Elements/Turned.h"
#include "passes/FormKernels/FormKernels.h"
#include "passes/GenerateGpu/Launch.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/Format.h"

using namespace mlir;
using namespace dlc::dl;

namespace dlc {
#define GEN_PASS_DEF_GENERATEGPU
#include "passes/GenerateGpu/GenerateGpu.h.inc"

Buffer DeviceKernel::scratchFor(Type elementType, ArrayRef<DimExpr> dims) {
  constexpr int64_t line = 64;
  Value begin = device.create<arith::IndexCastOp>(device.b.getI64Type(), device.extent(scratchBytes));
  Value address =
      device.create<LLVM::GEPOp>(scratch().getType(), device.b.getI8Type(), scratch(), ArrayRef<LLVM::GEPArg>{begin});
  DimExpr bytes = product(dims) * DimExpr(elementType.getIntOrFloatBitWidth() / 8);
  scratchBytes = scratchBytes + bytes.ceilDiv(line) * DimExpr(line);
  return {address, elementType, DimVector(dims)};
}

std::string deviceName(StringRef kernel, int64_t step) {
  std::string name;
  llvm::raw_string_ostream out(name);
  for (char c : kernel)
    if (llvm::isAlnum(c) || c == '_')
      out << c;
    else
      out << '$' << llvm::format_hex_no_prefix(static_cast<unsigned char>(c), 2);
  if (step) // no kernel's own: what is escaped has two digits
    out << "$then" << step;
  return name;
}

// No kernel's own: $ is followed by two digits there.
std::string unalignedName(StringRef kernel, int64_t step) { return deviceName(kernel, step) + "$unaligned"; }

namespace {

/// Threads of a block, at most.
constexpr int64_t mostThreads = 1024;
/// Registers of each of so many threads of a processor (CUDA's programming guide, technical specifications).
int32_t registersFor(int64_t threads, TargetAttr target) {
  constexpr int64_t ofProcessor = 65536, unit = 8;
  return static_cast<int32_t>(std::min(ofProcessor / threads / unit * unit, target.getVectorRegisters()));
}

/// Of a tile through shared memory.
LogicalResult checkTurned(DeviceKernel &kernel, const NestPlan &plan) {
  int64_t side = kernel.schedule.getBlockM(), lanes = kernel.schedule.getLanes();
  if (!side)
    return success();
  Turned turned = turnedIn(kernel.op, plan);
  if (!turned)
    return kernel.op.emitOpError("schedule has a tile, and nothing is transposed");
  if (side < 0 || side % lanes || side * (side / lanes) % kernel.threads())
    return kernel.op.emitOpError() << "schedule does not share a tile of " << side << " x " << side << " in vectors of "
                                   << lanes << " among " << kernel.threads() << " threads evenly";
  int64_t bytes = 0, most = kernel.device.target.getL1();
  for (TransposeOp op : turned.ops)
    bytes += bytesOfTile(elementTypeOf(op.getResult()), side);
  if (bytes > most)
    return kernel.op.emitOpError("schedule's tiles need ") << bytes << " bytes of shared memory, a block has " << most;
  return success();
}

LogicalResult checkNest(DeviceKernel &kernel, const NestPlan &plan) {
  ScheduleAttr schedule = kernel.schedule;
  int64_t lanes = schedule.getLanes(), share = schedule.getRows(), threads = kernel.threads();
  bool hasReductions = !plan.phases.empty();
  if (schedule.getParts() < 1 || (schedule.getParts() > 1 && (!hasReductions || schedule.getVectors())))
    return kernel.op.emitOpError("schedule cuts sums into ")
           << schedule.getParts() << " parts: expected 1, or reductions that hold no row in registers";
  if (lanes < 1 || schedule.getVectors() < 0)
    return kernel.op.emitOpError("schedule has less than one lane or less than no vectors");
  if (!hasReductions) {
    // Rows that do not begin at whole accesses would be cut in the middle of a vector.
    bool oneAxis = llvm::all_of(ArrayRef(plan.domain).drop_back(plan.domain.empty() ? 0 : 1),
                                [](const DimExpr &dim) { return dim == DimExpr(1); });
    if (lanes > 1 && !oneAxis && !(plan.domain.back().isConstant() && plan.domain.back().constant() % lanes == 0))
      return kernel.op.emitOpError() << "schedule has " << lanes << " lanes, which do not divide the innermost axis of "
                                     << plan.domain.back().str();
    return checkTurned(kernel, plan);
  }
  const DimExpr &last = plan.domain.back();
  if (lanes > 1 && !(last.isConstant() && last.constant() % lanes == 0))
    return kernel.op.emitOpError() << "schedule has " << lanes << " lanes, which do not divide the innermost axis of "
                                   << last.str();
  if (share < 1 || !llvm::isPowerOf2_64(share) || threads % share ||
      (plan.lanesReduced() && share > warpSize && share != threads))
    return kernel.op.emitOpError() << "schedule has " << share << " threads of " << threads
                                   << " to a row: expected a power of two up to a warp, or the block";
  DimExpr row = plan.rowLength();
  if (schedule.getVectors() && !(row.isConstant() && row.constant() > 0))
    return kernel.op.emitOpError("schedule holds a row in registers whose length is not known");
  int64_t perVector = plan.lanesReduced() ? lanes : 1;
  if (schedule.getVectors() && schedule.getVectors() * share * perVector < row.constant())
    return kernel.op.emitOpError() << "schedule holds " << schedule.getVectors() * share * perVector
                                   << " elements of a row of " << row.constant();
  return success();
}

Operation *rootOf(KernelOp kernel) {
  for (Operation &op : kernel.getBody().front())
    if (partOf(&op) == Part::Root)
      return &op;
  return nullptr;
}

LogicalResult generateRoot(DeviceKernel &kernel, Operation *root) {
  return llvm::TypeSwitch<Operation *, LogicalResult>(root)
      .Case([&](ContractOp) { return generateDeviceContract(kernel); })
      .Case<ConvOp, ConvInputGradOp, ConvFilterGradOp>([&](auto) { return generateDeviceConvolution(kernel, root); })
      .Case<MaxPoolOp, MaxPoolGradOp, MaxPoolPickOp, SumPoolOp, SumPoolGradOp>(
          [&](auto) { return generateDevicePooling(kernel, root); })
      .Case([&](ScatterAddOp) { return generateDeviceScatter(kernel, root); })
      .Case([&](CumsumOp) { return generateDeviceCumsum(kernel, root); })
      .Default([&](auto) { return root->emitOpError("has no generator for GPUs"); });
}

LogicalResult generateBody(DeviceKernel &kernel) {
  StringRef generator = kernel.schedule.getGenerator();
  if (generator == "nest") {
    NestPlan plan(kernel.op);
    if (failed(checkNest(kernel, plan)))
      return failure();
    return plan.phases.empty() ? generateMap(kernel) : generateReduction(kernel);
  }
  Operation *root = rootOf(kernel.op);
  if (root && generator == root->getName().stripDialect())
    return generateRoot(kernel, root);
  return kernel.op.emitOpError() << "schedule names generator '" << generator << "', which is not its root's";
}

/// What a tensor's address is a multiple of, in bytes. A scalar may be a word of
/// the state's head, among others.
int64_t alignmentOf(DeviceEmitter &emit, Value value) {
  int64_t element = emit.stored(elementTypeOf(value)).getIntOrFloatBitWidth() / 8;
  return emit.aligned && !emit.dims.of(value).empty() ? widestAccess : element;
}

LogicalResult checkThreads(KernelOp kernel) {
  ScheduleAttr schedule = kernel.getScheduleAttr();
  if (!schedule)
    return kernel.emitOpError("has no schedule");
  int64_t threads = schedule.getGrain();
  if (threads < warpSize || threads > mostThreads || threads % warpSize)
    return kernel.emitOpError() << "schedule has blocks of " << threads << " threads: expected whole warps of "
                                << warpSize << ", " << mostThreads << " at most";
  return success();
}

/// Makes device code of one step of a kernel, number `number`, where `builder` stands; adds to `facts`. Without
/// `aligned`, of the step before for tensors that begin at any element. The number of steps, or failure.
FailureOr<int64_t> generate(KernelOp kernel, TargetAttr target, OpBuilder &builder, int64_t number, bool aligned,
                            LaunchFacts &facts) {
  ScheduleAttr schedule = kernel.getScheduleAttr();
  int64_t threads = schedule.getGrain(), step = static_cast<int64_t>(facts.steps.size()) - !aligned;
  Location location = kernel.getLoc();
  DeviceEmitter emit(builder, location, target);
  emit.threads = threads;
  emit.aligned = aligned;
  Block &body = kernel.getBody().front();
  ValueRange yields = body.getTerminator()->getOperands();
  MLIRContext *context = builder.getContext();
  Type pointer = LLVM::LLVMPointerType::get(context, static_cast<unsigned>(NVVM::NVVMMemorySpace::Global));
  SmallVector<Type> types(1 + body.getNumArguments() + yields.size(), pointer);
  types.append(facts.names.size(), builder.getI64Type());
  auto type = LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(context), types);
  std::string name = (aligned ? deviceName : unalignedName)(kernel.getSymName(), step);
  auto function = LLVM::LLVMFuncOp::create(builder, location, name, type);
  Block *entry = function.addEntryBlock(builder);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(entry);

  DeviceKernel state(kernel, schedule, emit);
  state.step = step;
  Value scratch;
  state.scratch = [&] {
    if (!scratch) {
      SmallVector<Attribute> attributes(function.getArgAttrsAttr().getValue());
      attributes.push_back(builder.getDictionaryAttr({}));
      types.push_back(pointer);
      function.setFunctionType(LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(context), types));
      function.setArgAttrsAttr(builder.getArrayAttr(attributes));
      scratch = entry->addArgument(pointer, location);
    }
    return scratch;
  };
  llvm::DenseSet<int64_t> overwritten;
  for (Attribute tie : facts.ties)
    for (int64_t argument : cast<DenseI64ArrayAttr>(tie).asArrayRef())
      overwritten.insert(argument);
  auto setAlignment = [&](unsigned argument, Value value) {
    function.setArgAttr(argument, LLVM::LLVMDialect::getAlignAttrName(),
                        builder.getI64IntegerAttr(alignmentOf(emit, value)));
  };
  unsigned next = 0;
  emit.frame = entry->getArgument(next++);
  for (BlockArgument argument : body.getArguments()) {
    Buffer buffer{entry->getArgument(next), elementTypeOf(argument), DimVector(emit.dims.of(argument))};
    if (!overwritten.contains(argument.getArgNumber()))
      emit.setReadOnly(buffer);
    state.inputs[argument] = buffer;
    setAlignment(next++, argument);
  }
  for (Value value : yields) {
    state.outputs.push_back({entry->getArgument(next), elementTypeOf(value), DimVector(emit.dims.of(value))});
    setAlignment(next++, value);
  }
  for (const std::string &name : facts.names)
    emit.names[name] = emit.create<arith::IndexCastOp>(builder.getIndexType(), entry->getArgument(next++));
  if (failed(generateBody(state)))
    return failure();
  builder.setInsertionPointToEnd(entry);
  LLVM::ReturnOp::create(builder, location, ValueRange());
  function->setAttr(NVVM::NVVMDialect::getKernelFuncAttrName(), builder.getUnitAttr());
  function->setAttr(NVVM::NVVMDialect::getReqntidAttrName(),
                    builder.getDenseI32ArrayAttr({static_cast<int32_t>(threads), 1, 1}));
  if (state.residentBlocks)
    function->setAttr(NVVM::NVVMDialect::getMaxnregAttrName(),
                      builder.getI32IntegerAttr(registersFor(state.residentBlocks * threads, target)));
  int64_t sharedBytes = emit.sharedBytes();
  if (int64_t bytes = emit.placeShared(function))
    function->setAttr(sharedBytesAttribute, builder.getI64IntegerAttr(bytes));
  function->setAttr(kernelNumberAttribute, builder.getI64IntegerAttr(number));
  // For whoever launches it by itself, as dlc-simulate does.
  SmallVector<Attribute> dimNames;
  for (const std::string &name : facts.names)
    dimNames.push_back(builder.getStringAttr(name));
  function->setAttr("dl.dims", builder.getArrayAttr(dimNames));
  function->setAttr("dl.grid", state.grid.toAttr(context));
  function->setAttr("dl.in_place", facts.ties);
  if (scratch)
    function->setAttr("dl.scratch", state.scratchBytes.toAttr(context));
  if (aligned)
    facts.steps.push_back({number, state.grid, static_cast<bool>(scratch), name, threads, sharedBytes, std::nullopt});
  else
    facts.steps.back().unaligned = number;
  facts.scratchBytes = state.scratchBytes;
  if (state.productsPerCycle)
    facts.productsPerCycle = state.productsPerCycle;
  facts.reports |= emit.reports();
  if (emit.reports())
    function->setAttr(reportsAttribute, builder.getUnitAttr());
  else // what reports comes before what is guarded
    guardKernel(function);
  return state.steps;
}

struct GenerateGpu : impl::GenerateGpuBase<GenerateGpu> {
  void runOnOperation() override {
    VariantOp variant = getOperation();
    if (!isGpu(variant.getTarget()))
      return;
    OpBuilder builder = OpBuilder::atBlockBegin(&variant.getBody().front());
    auto device = gpu::GPUModuleOp::create(builder, variant.getLoc(), "device");
    int64_t number = 0;
    builder.setInsertionPointToEnd(device.getBody());
    emitCopyKernel(builder, variant.getLoc(), variant.getTarget(), number++);
    llvm::StringSet<> takingSlices = kernelsTakingSlices(variant);
    for (KernelOp kernel : llvm::make_early_inc_range(variant.getOps<KernelOp>())) {
      if (failed(checkThreads(kernel)))
        return signalPassFailure();
      LaunchFacts facts;
      DimAnalysis dims;
      facts.names = namesOf(kernel);
      facts.ties = inPlace(kernel, dims);
      int64_t steps = 1;
      bool takesSlices = takingSlices.contains(kernel.getSymName());
      while (static_cast<int64_t>(facts.steps.size()) < steps) {
        builder.setInsertionPointToEnd(device.getBody());
        FailureOr<int64_t> all = generate(kernel, variant.getTarget(), builder, number++, /*aligned=*/true, facts);
        if (succeeded(all) && takesSlices)
          all = generate(kernel, variant.getTarget(), builder, number++, /*aligned=*/false, facts);
        if (failed(all))
          return signalPassFailure();
        steps = *all;
      }
      builder.setInsertionPoint(kernel);
      emitHostFunction(builder, kernel, variant.getTarget(), facts);
      kernel.erase();
    }
  }
};

} // namespace
} // namespace dlc
