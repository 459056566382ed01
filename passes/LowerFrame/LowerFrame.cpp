// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/LowerFrame/LowerFrame.h"
#include "mlir/Transforms/RegionUtils.h"
#include "passes/Elements/Target.h"
#include "passes/LowerFrame/DeviceOps.h"
#include "passes/LowerFrame/Frame.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace dlc::dl;

namespace dlc {
#define GEN_PASS_DEF_LOWERFRAME
#include "passes/LowerFrame/LowerFrame.h.inc"

namespace {

struct LowerFrame : impl::LowerFrameBase<LowerFrame> {
  Type pointer, i64, i32;

  void runOnOperation() override {
    VariantOp variant = getOperation();
    MLIRContext *context = &getContext();
    pointer = LLVM::LLVMPointerType::get(context);
    i64 = IntegerType::get(context, 64);
    i32 = IntegerType::get(context, 32);
    LLVMTypeConverter converter(context);
    if (isGpu(variant.getTarget()) && failed(lowerDeviceOps(variant, converter)))
      return signalPassFailure();
    SmallVector<Operation *> ops;
    variant.walk([&](Operation *op) {
      if (isa<ParallelOp, BufferOp, FrameDimOp, FaultOp, FaultExitOp>(op))
        ops.push_back(op);
    });
    unsigned bodies = 0;
    for (Operation *op : ops) {
      OpBuilder builder(op);
      if (auto buffer = dyn_cast<BufferOp>(op))
        lower(buffer, builder, converter);
      else if (auto dim = dyn_cast<FrameDimOp>(op))
        lower(dim, builder);
      else if (auto fault = dyn_cast<FaultOp>(op))
        lower(fault, builder);
      else if (auto exit = dyn_cast<FaultExitOp>(op))
        lower(exit, builder);
      else if (failed(lower(cast<ParallelOp>(op), builder, converter, bodies)))
        return signalPassFailure();
    }
  }

  void lower(BufferOp op, OpBuilder &b, const LLVMTypeConverter &converter) {
    Location location = op.getLoc();
    Type byte = b.getI8Type();
    int64_t number = op.getIndex();
    Value data;
    switch (op.getSpace()) {
    case Space::argument:
      data = LLVM::LoadOp::create(
          b, location, pointer,
          elementAt(b, location, loadField(b, location, op.getFrame(), FrameField::Arguments), pointer, number), 8);
      break;
    case Space::arena: {
      Value offset = LLVM::LoadOp::create(
          b, location, i64,
          elementAt(b, location, loadField(b, location, op.getFrame(), FrameField::Offsets), i64, number), 8);
      data = LLVM::GEPOp::create(b, location, pointer, byte, loadField(b, location, op.getFrame(), FrameField::Arena),
                                 ArrayRef<LLVM::GEPArg>{offset});
      break;
    }
    case Space::state:
    case Space::prepared:
    case Space::data: {
      FrameField base = op.getSpace() == Space::state      ? FrameField::State
                        : op.getSpace() == Space::prepared ? FrameField::Prepared
                                                           : FrameField::Data;
      Value offset = LLVM::ConstantOp::create(b, location, i64, b.getI64IntegerAttr(number));
      data = LLVM::GEPOp::create(b, location, pointer, byte, loadField(b, location, op.getFrame(), base),
                                 ArrayRef<LLVM::GEPArg>{offset});
      break;
    }
    }
    auto type = cast<MemRefType>(op.getType());
    op.replaceAllUsesWith(bufferAt(b, location, data, type, op.getSize(), converter));
    op.erase();
  }

  void lower(FrameDimOp op, OpBuilder &b) {
    Location location = op.getLoc();
    Value value = LLVM::LoadOp::create(
        b, location, i64,
        elementAt(b, location, loadField(b, location, op.getFrame(), FrameField::Dims), i64, op.getIndex()), 8);
    op.replaceAllUsesWith(arith::IndexCastOp::create(b, location, b.getIndexType(), value).getResult());
    op.erase();
  }

  void lower(FaultOp op, OpBuilder &b) {
    Location location = op.getLoc();
    Value info = loadField(b, location, op.getFrame(), FrameField::Fault);
    Value site = LLVM::ConstantOp::create(b, location, i64, b.getI64IntegerAttr(op.getSite()));
    std::array<Value, 4> fields{site, op.getPosition(), op.getValue(), op.getBound()};
    for (auto [i, value] : llvm::enumerate(fields))
      LLVM::StoreOp::create(b, location, value, elementAt(b, location, info, i64, i), 8);
    op.erase();
  }

  void lower(FaultExitOp op, OpBuilder &b) {
    Location location = op.getLoc();
    Value info = loadField(b, location, op.getFrame(), FrameField::Fault);
    Value site = LLVM::LoadOp::create(b, location, i64, info, 8);
    Value none = LLVM::ConstantOp::create(b, location, i64, b.getI64IntegerAttr(-1)); // what the runtime set
    Value faulted = LLVM::ICmpOp::create(b, location, LLVM::ICmpPredicate::ne, site, none);
    Block *before = op->getBlock();
    Block *after = before->splitBlock(op);
    Block *exit = b.createBlock(after);
    func::ReturnOp::create(b, location, ValueRange{arith::ConstantOp::create(b, location, b.getI32IntegerAttr(1))});
    b.setInsertionPointToEnd(before);
    cf::CondBranchOp::create(b, location, faulted, exit, after);
    op.erase();
  }

  LogicalResult lower(ParallelOp op, OpBuilder &b, const LLVMTypeConverter &converter, unsigned &bodies) {
    Location location = op.getLoc();
    auto function = op->getParentOfType<func::FuncOp>();
    if (!function)
      return op.emitOpError("stands within another parallel loop");
    // Constants are remade inside; everything else is handed over.
    llvm::SetVector<Value> captured;
    getUsedValuesDefinedAbove(op.getBody(), captured);
    Block &body = op.getBody().front();
    OpBuilder inside = OpBuilder::atBlockBegin(&body);
    SmallVector<Value> handed;
    for (Value value : captured) {
      Operation *producer = value.getDefiningOp();
      if (producer && producer->hasTrait<OpTrait::ConstantLike>())
        replaceAllUsesInRegionWith(value, inside.clone(*producer)->getResult(0), op.getBody());
      else
        handed.push_back(value);
    }
    SmallVector<Type> types;
    for (Value value : handed) {
      Type type = converter.convertType(value.getType());
      if (!type)
        return op.emitOpError() << "uses a value of type " << value.getType() << " from outside";
      types.push_back(type);
    }
    auto structure = LLVM::LLVMStructType::getLiteral(&getContext(), types);

    // The body as a function: (structure, task, worker).
    std::string name = (function.getName() + ".body" + Twine(bodies++)).str();
    OpBuilder outside(function);
    auto code = LLVM::LLVMFuncOp::create(
        outside, location, name,
        LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(&getContext()), {pointer, i64, i32}),
        LLVM::Linkage::Internal);
    Block *entry = code.addEntryBlock(outside);
    OpBuilder fill = OpBuilder::atBlockBegin(entry);
    auto unrealized = [](OpBuilder &builder, Location location, Type type, Value value) {
      return type == value.getType()
                 ? value
                 : UnrealizedConversionCastOp::create(builder, location, TypeRange{type}, ValueRange{value})
                       .getResult(0);
    };
    for (auto [i, value] : llvm::enumerate(handed)) {
      Value address = LLVM::GEPOp::create(fill, location, pointer, structure, entry->getArgument(0),
                                          ArrayRef<LLVM::GEPArg>{0, static_cast<int32_t>(i)});
      Value loaded = LLVM::LoadOp::create(fill, location, types[i], address);
      replaceAllUsesInRegionWith(value, unrealized(fill, location, value.getType(), loaded), op.getBody());
    }
    Value task = arith::IndexCastOp::create(fill, location, fill.getIndexType(), entry->getArgument(1));
    Value worker = arith::IndexCastOp::create(fill, location, fill.getIndexType(), entry->getArgument(2));
    body.getArgument(0).replaceAllUsesWith(task);
    body.getArgument(1).replaceAllUsesWith(worker);
    body.getTerminator()->erase();
    entry->getOperations().splice(entry->end(), body.getOperations());
    fill.setInsertionPointToEnd(entry);
    LLVM::ReturnOp::create(fill, location, ValueRange());

    // The call. The structure lives in the caller's frame, once a function.
    OpBuilder top = OpBuilder::atBlockBegin(&function.getBody().front());
    Value one = LLVM::ConstantOp::create(top, location, i64, b.getI64IntegerAttr(1));
    Value memory = LLVM::AllocaOp::create(top, location, pointer, structure, one);
    for (auto [i, value] : llvm::enumerate(handed)) {
      Value address = LLVM::GEPOp::create(b, location, pointer, structure, memory,
                                          ArrayRef<LLVM::GEPArg>{0, static_cast<int32_t>(i)});
      LLVM::StoreOp::create(b, location, unrealized(b, location, types[i], value), address);
    }
    Value frame = function.getArgument(0);
    Value count = arith::IndexCastOp::create(b, location, i64, op.getCount());
    Value address = LLVM::AddressOfOp::create(b, location, pointer, name);
    auto type = LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(&getContext()), {pointer, i64, pointer, pointer});
    LLVM::CallOp::create(b, location, type,
                         ValueRange{loadField(b, location, frame, FrameField::ParallelFor),
                                    loadField(b, location, frame, FrameField::User), count, address, memory});
    op.erase();
    return success();
  }
};

} // namespace
} // namespace dlc
