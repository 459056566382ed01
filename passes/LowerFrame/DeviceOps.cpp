// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/LowerFrame/DeviceOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "passes/Elements/Target.h"
#include "passes/LowerFrame/Frame.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

namespace {
class DeviceOps {
public:
  DeviceOps(VariantOp variant, const LLVMTypeConverter &converter)
      : variant(variant), converter(converter), pointer(LLVM::LLVMPointerType::get(variant.getContext())) {}

  LogicalResult run() {
    for (auto global : llvm::make_early_inc_range(variant.getOps<memref::GlobalOp>()))
      lower(global);
    SmallVector<Operation *> ops;
    for (auto function : variant.getOps<func::FuncOp>())
      function.walk([&](Operation *op) {
        if (isa<memref::CopyOp, memref::GetGlobalOp, FaultExitOp>(op))
          ops.push_back(op);
      });
    for (Operation *op : ops) {
      OpBuilder b(op);
      if (auto copy = dyn_cast<memref::CopyOp>(op)) {
        if (failed(lower(copy, b)))
          return failure();
      } else if (auto constant = dyn_cast<memref::GetGlobalOp>(op)) {
        lower(constant, b);
      } else {
        call(b, op, FrameField::Guard, {});
      }
      op->erase();
    }
    return success();
  }

private:
  static Value frameOf(Operation *op) { return op->getParentOfType<func::FuncOp>().getArgument(0); }

  /// Calls a function of the frame's; `result` may be null.
  Value call(OpBuilder &b, Operation *op, FrameField function, ValueRange operands, Type result = {}) {
    Location location = op->getLoc();
    SmallVector<Value> all{loadField(b, location, frameOf(op), function),
                           loadField(b, location, frameOf(op), FrameField::Device)};
    llvm::append_range(all, operands);
    SmallVector<Type> types(ValueRange(all).drop_front().getTypes());
    auto type = LLVM::LLVMFunctionType::get(result ? result : LLVM::LLVMVoidType::get(b.getContext()), types);
    auto op2 = LLVM::CallOp::create(b, location, type, all);
    return result ? op2.getResult() : Value();
  }

  /// An array of the host that the runtime copies to the device.
  void lower(memref::GlobalOp op) {
    OpBuilder b(op);
    MemRefType type = op.getType();
    Type array = LLVM::LLVMArrayType::get(type.getElementType(), type.getNumElements());
    LLVM::GlobalOp::create(b, op.getLoc(), array, /*isConstant=*/true, LLVM::Linkage::Private, op.getSymName(),
                           op.getInitialValueAttr(), 64);
    op.erase();
  }

  void lower(memref::GetGlobalOp op, OpBuilder &b) {
    Location location = op.getLoc();
    Value host = LLVM::AddressOfOp::create(b, location, pointer, op.getName());
    Value there = call(b, op, FrameField::Constant, host, pointer);
    auto type = cast<MemRefType>(op.getType());
    Value count = arith::ConstantIndexOp::create(b, location, type.getNumElements());
    op.replaceAllUsesWith(bufferAt(b, location, there, type, count, converter));
  }

  LogicalResult lower(memref::CopyOp op, OpBuilder &b) {
    int64_t number = -1, bytesEach = 1;
    variant.walk([&](LLVM::LLVMFuncOp function) {
      if (function->hasAttr(copiesAttribute)) {
        number = function->getAttrOfType<IntegerAttr>(kernelNumberAttribute).getInt();
        bytesEach = function->getAttrOfType<IntegerAttr>(copiesAttribute).getInt();
      }
    });
    if (number < 0)
      return op.emitOpError("needs a kernel that copies, and the variant has none");
    Location location = op.getLoc();
    auto type = cast<MemRefType>(op.getSource().getType());
    Value count = memref::DimOp::create(b, location, op.getSource(), 0);
    Value width = arith::ConstantIndexOp::create(b, location, std::max<int64_t>(1, type.getElementTypeBitWidth() / 8));
    Value bytes = arith::MulIOp::create(b, location, count, width);
    Value blocks =
        arith::CeilDivUIOp::create(b, location, bytes, arith::ConstantIndexOp::create(b, location, bytesEach));
    auto i64 = [&](Value value) { return Value(arith::IndexCastOp::create(b, location, b.getI64Type(), value)); };
    SmallVector<Value> parameters{addressOf(b, location, op.getTarget()), addressOf(b, location, op.getSource()),
                                  i64(bytes)};
    Value kernel = arith::ConstantIntOp::create(b, location, number, 32);
    emitLaunch(b, location, frameOf(op), kernel, i64(blocks), parameters);
    return success();
  }

  VariantOp variant;
  const LLVMTypeConverter &converter;
  Type pointer;
};
} // namespace

LogicalResult dlc::lowerDeviceOps(VariantOp variant, const LLVMTypeConverter &converter) {
  return DeviceOps(variant, converter).run();
}
