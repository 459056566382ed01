// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/LowerFrame/Frame.h"
#include "mlir/Conversion/LLVMCommon/MemRefBuilder.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;
using namespace dlc;

Value dlc::elementAt(OpBuilder &b, Location location, Value base, Type element, int64_t index) {
  return LLVM::GEPOp::create(b, location, LLVM::LLVMPointerType::get(b.getContext()), element, base,
                             ArrayRef<LLVM::GEPArg>{static_cast<int32_t>(index)});
}

Value dlc::loadField(OpBuilder &b, Location location, Value frame, FrameField field) {
  Type pointer = LLVM::LLVMPointerType::get(b.getContext());
  return LLVM::LoadOp::create(b, location, pointer, elementAt(b, location, frame, pointer, static_cast<int64_t>(field)),
                              8);
}

Value dlc::bufferAt(OpBuilder &b, Location location, Value pointer, MemRefType type, Value count,
                    const LLVMTypeConverter &converter) {
  auto descriptor = MemRefDescriptor::poison(b, location, converter.convertType(type));
  descriptor.setAllocatedPtr(b, location, pointer);
  descriptor.setAlignedPtr(b, location, pointer);
  descriptor.setConstantOffset(b, location, 0);
  Value size =
      UnrealizedConversionCastOp::create(b, location, TypeRange{b.getI64Type()}, ValueRange{count}).getResult(0);
  descriptor.setSize(b, location, 0, size);
  descriptor.setConstantStride(b, location, 0, 1);
  return UnrealizedConversionCastOp::create(b, location, TypeRange{type}, ValueRange{Value(descriptor)}).getResult(0);
}

Value dlc::addressOf(OpBuilder &b, Location location, Value buffer) {
  Value address = memref::ExtractAlignedPointerAsIndexOp::create(b, location, buffer);
  return arith::IndexCastOp::create(b, location, b.getI64Type(), address);
}

void dlc::emitLaunch(OpBuilder &b, Location location, Value frame, Value kernel, Value blocks,
                     ArrayRef<Value> parameters) {
  auto function = b.getInsertionBlock()->getParentOp()->getParentOfType<func::FuncOp>();
  if (!function)
    function = cast<func::FuncOp>(b.getInsertionBlock()->getParentOp());
  Type pointer = LLVM::LLVMPointerType::get(b.getContext()), i32 = b.getI32Type(), i64 = b.getI64Type();
  // Outside of loops, which would let the stack grow.
  OpBuilder top = OpBuilder::atBlockBegin(&function.getBody().front());
  Value count = LLVM::ConstantOp::create(top, location, i64, top.getI64IntegerAttr(parameters.size() + 1));
  Value memory = LLVM::AllocaOp::create(top, location, pointer, i64, count);
  for (auto [i, parameter] : llvm::enumerate(parameters))
    LLVM::StoreOp::create(b, location, parameter, elementAt(b, location, memory, i64, i + 1), 8);
  auto type = LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(b.getContext()), {pointer, i32, i64, pointer});
  Value device = loadField(b, location, frame, FrameField::Device);
  LLVM::CallOp::create(b, location, type,
                       ValueRange{loadField(b, location, frame, FrameField::Launch), device, kernel, blocks, memory});
}

void dlc::emitMark(OpBuilder &b, Location location, Value frame, int64_t timer, bool ends) {
  Type pointer = LLVM::LLVMPointerType::get(b.getContext()), i32 = b.getI32Type();
  auto type = LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(b.getContext()), {pointer, i32, i32});
  auto number = [&](int64_t value) -> Value { return arith::ConstantIntOp::create(b, location, value, 32); };
  Value device = loadField(b, location, frame, FrameField::Device);
  LLVM::CallOp::create(
      b, location, type,
      ValueRange{loadField(b, location, frame, FrameField::Mark), device, number(timer), number(ends)});
}
