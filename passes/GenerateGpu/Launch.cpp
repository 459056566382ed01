// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/GenerateGpu/Launch.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "passes/DescribeKernels/DescribeKernels.h"
#include "passes/Elements/Target.h"
#include "passes/LowerFrame/Frame.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

/// For reports: what each step launches.
static ArrayAttr describeSteps(Builder &b, const LaunchFacts &facts) {
  SmallVector<Attribute> steps;
  for (const LaunchFacts::Step &step : facts.steps)
    steps.push_back(b.getDictionaryAttr({b.getNamedAttr("kernel", b.getStringAttr(step.name)),
                                         b.getNamedAttr("blocks", step.grid.toAttr(b.getContext())),
                                         b.getNamedAttr("threads", b.getI64IntegerAttr(step.threads)),
                                         b.getNamedAttr("shared_bytes", b.getI64IntegerAttr(step.sharedBytes))}));
  return b.getArrayAttr(steps);
}

void dlc::emitHostFunction(OpBuilder &b, KernelOp kernel, TargetAttr target, const LaunchFacts &facts) {
  OpBuilder::InsertionGuard guard(b);
  MLIRContext *context = b.getContext();
  Location location = kernel.getLoc();
  Emitter emit(b, location, target);
  Block &body = kernel.getBody().front();
  ValueRange yields = body.getTerminator()->getOperands();
  SmallVector<Value> buffers(body.getArguments());
  llvm::append_range(buffers, yields);
  SmallVector<Type> types{LLVM::LLVMPointerType::get(context)};
  for (Value value : buffers)
    types.push_back(MemRefType::get({ShapedType::kDynamic}, emit.stored(elementTypeOf(value))));
  types.push_back(MemRefType::get({ShapedType::kDynamic}, b.getI8Type())); // scratch
  types.append(facts.names.size(), b.getIndexType());
  auto function = func::FuncOp::create(b, location, kernel.getSymName(), b.getFunctionType(types, {}));
  function.setPrivate();
  Block *entry = function.addEntryBlock();
  b.setInsertionPointToStart(entry);

  unsigned next = 1;
  SmallVector<Value> parameters;
  for (size_t i = 0; i < buffers.size(); ++i)
    parameters.push_back(addressOf(b, location, entry->getArgument(next++)));
  Value scratch = entry->getArgument(next++);
  SmallVector<Attribute> dimNames, resultDims;
  auto i64 = [&](Value index) { return Value(arith::IndexCastOp::create(b, location, b.getI64Type(), index)); };
  for (const std::string &name : facts.names) {
    emit.names[name] = entry->getArgument(next);
    parameters.push_back(i64(entry->getArgument(next++)));
    dimNames.push_back(b.getStringAttr(name));
  }
  for (const LaunchFacts::Step &step : facts.steps) {
    SmallVector<Value> own(parameters);
    if (step.usesScratch)
      own.push_back(addressOf(b, location, scratch));
    Value number = emit.create<arith::ConstantIntOp>(step.number, 32);
    if (step.unaligned) {
      Value all = parameters.front(), zero = emit.create<arith::ConstantIntOp>(0, 64);
      for (Value address : ArrayRef(parameters).slice(1, buffers.size() - 1))
        all = emit.create<arith::OrIOp>(all, address);
      all = emit.create<arith::AndIOp>(all, emit.create<arith::ConstantIntOp>(widestAccess - 1, 64));
      Value aligned = emit.create<arith::CmpIOp>(arith::CmpIPredicate::eq, all, zero);
      number = emit.create<arith::SelectOp>(aligned, number, emit.create<arith::ConstantIntOp>(*step.unaligned, 32));
    }
    emitLaunch(b, location, entry->getArgument(0), number, i64(emit.extent(step.grid)), own);
  }
  func::ReturnOp::create(b, location);

  for (Value value : yields)
    resultDims.push_back(toAttr(context, emit.dims.of(value)));
  function->setAttr("dl.dims", b.getArrayAttr(dimNames));
  function->setAttr("dl.in_place", facts.ties);
  function->setAttr("dl.result_dims", b.getArrayAttr(resultDims));
  if (facts.scratchBytes != DimExpr(0))
    function->setAttr("dl.shared", facts.scratchBytes.toAttr(context));
  if (facts.reports)
    function->setAttr(reportsAttribute, b.getUnitAttr());
  if (Attribute described = kernel->getAttr(factsAttribute)) {
    function->setAttr(factsAttribute, described);
    function->setAttr("dl.schedule", kernel.getScheduleAttr());
    function->setAttr(stepsAttribute, describeSteps(b, facts));
    function->setAttr(productsAttribute, b.getI64IntegerAttr(facts.productsPerCycle));
  }
}

/// Whether a value of an entry begins at a whole access.
static bool isAligned(Value value) {
  while (auto view = value.getDefiningOp<ReshapeOp>())
    value = view.getInput();
  auto argument = dyn_cast<BlockArgument>(value);
  auto scan = argument ? dyn_cast<ScanOp>(argument.getOwner()->getParentOp()) : ScanOp();
  if (!scan)
    return true;
  size_t number = argument.getArgNumber(), carries = scan.getInits().size(), sequences = scan.getSequences().size();
  if (number < carries) // which have memory of their own
    return true;
  if (number >= carries + sequences)
    return isAligned(scan.getConstants()[number - carries - sequences]);
  DimAnalysis dims;
  DimExpr bytes = product(DimVector(dims.of(value))) *
                  DimExpr(std::max<int64_t>(1, elementTypeOf(value).getIntOrFloatBitWidth() / 8));
  return succeeded(bytes.exactDiv(DimExpr(widestAccess))) && isAligned(scan.getSequences()[number - carries]);
}

llvm::StringSet<> dlc::kernelsTakingSlices(VariantOp variant) {
  llvm::StringSet<> kernels;
  variant.walk([&](LaunchOp launch) {
    if (!llvm::all_of(launch.getInputs(), isAligned))
      kernels.insert(launch.getKernel());
  });
  return kernels;
}

/// The condition of a branch that `kernel` takes to its end.
void dlc::guardKernel(LLVM::LLVMFuncOp kernel) {
  Block *entry = &kernel.getBody().front(), *body = entry->splitBlock(entry->begin());
  OpBuilder b = OpBuilder::atBlockEnd(entry);
  Location location = kernel.getLoc();
  Value report = entry->getArgument(0);
  Value none = LLVM::ZeroOp::create(b, location, report.getType());
  Value isGiven = LLVM::ICmpOp::create(b, location, LLVM::ICmpPredicate::ne, report, none);
  Block *look = b.createBlock(body), *leave = b.createBlock(body);
  LLVM::ReturnOp::create(b, location, ValueRange());
  b.setInsertionPointToEnd(entry);
  LLVM::CondBrOp::create(b, location, isGiven, look, body);
  b.setInsertionPointToEnd(look);
  Value count = LLVM::LoadOp::create(b, location, b.getI64Type(), report, 8);
  Value zero = LLVM::ConstantOp::create(b, location, b.getI64Type(), b.getI64IntegerAttr(0));
  Value holds = LLVM::ICmpOp::create(b, location, LLVM::ICmpPredicate::ne, count, zero);
  LLVM::CondBrOp::create(b, location, holds, leave, body);
}

void dlc::emitCopyKernel(OpBuilder &b, Location location, TargetAttr target, int64_t number) {
  constexpr int64_t threads = 256;
  OpBuilder::InsertionGuard guard(b);
  DeviceEmitter emit(b, location, target);
  MLIRContext *context = b.getContext();
  Type pointer = LLVM::LLVMPointerType::get(context, static_cast<unsigned>(NVVM::NVVMMemorySpace::Global)),
       i64 = b.getI64Type();
  auto type = LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(context), {pointer, pointer, pointer, i64});
  auto function =
      LLVM::LLVMFuncOp::create(b, location, "dl$copy", type); // no kernel's: deviceName escapes with two digits
  Block *entry = function.addEntryBlock(b);
  b.setInsertionPointToStart(entry);
  Value to = entry->getArgument(1), from = entry->getArgument(2),
        bytes = emit.create<arith::IndexCastOp>(b.getIndexType(), entry->getArgument(3));

  // A thread has as many bytes as one access can have; narrower accesses where
  // addresses or the end ask for them.
  Value first = emit.mul(emit.add(emit.mul(emit.block(), threads), emit.thread()), widestAccess);
  Value end = emit.create<arith::MinSIOp>(emit.add(first, widestAccess), bytes);
  Value odd =
      emit.create<arith::OrIOp>(emit.create<LLVM::PtrToIntOp>(i64, to), emit.create<LLVM::PtrToIntOp>(i64, from));
  odd = emit.create<arith::OrIOp>(odd, entry->getArgument(3));
  auto divides = [&](int64_t width) {
    Value rest = emit.create<arith::AndIOp>(odd, emit.constantOf(i64, static_cast<double>(width - 1)));
    return Value(emit.create<arith::CmpIOp>(arith::CmpIPredicate::eq, rest, emit.constantOf(i64, 0)));
  };
  auto move = [&](Type element, int64_t width) {
    emit.loop(first, end, width, [&](Value at) {
      auto address = [&](Value base) {
        return emit.create<LLVM::GEPOp>(pointer, b.getI8Type(), base,
                                        ArrayRef<LLVM::GEPArg>{Value(emit.create<arith::IndexCastOp>(i64, at))});
      };
      emit.create<LLVM::StoreOp>(emit.create<LLVM::LoadOp>(element, address(from), width), address(to), width);
    });
  };
  constexpr int64_t word = 4;
  emit.when(
      divides(widestAccess), [&] { move(emit.vectorOf(b.getI32Type(), widestAccess / word), widestAccess); },
      [&] { emit.when(divides(word), [&] { move(b.getI32Type(), word); }, [&] { move(b.getI8Type(), 1); }); });
  b.setInsertionPointToEnd(entry);
  LLVM::ReturnOp::create(b, location, ValueRange());
  function->setAttr(NVVM::NVVMDialect::getKernelFuncAttrName(), b.getUnitAttr());
  function->setAttr(NVVM::NVVMDialect::getReqntidAttrName(), b.getDenseI32ArrayAttr({threads, 1, 1}));
  function->setAttr(kernelNumberAttribute, b.getI64IntegerAttr(number));
  function->setAttr(copiesAttribute, b.getI64IntegerAttr(threads * widestAccess));
  guardKernel(function);
}
