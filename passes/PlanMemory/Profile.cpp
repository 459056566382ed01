// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/PlanMemory/Profile.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "passes/LowerFrame/Frame.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

static constexpr int64_t fields = 4;
enum { Began, Ended, Sum, Runs };

Profile::Profile(Arena *arena, Block &body) {
  body.walk([&](LaunchOp) { ++count; });
  if (arena)
    slot = arena->add(body.getParentOp()->getLoc(), count * fields * 8, 0, body.getOperations().size(), 0,
                      "profile"); // alive from the first op to the last
}

Value Profile::records(OpBuilder &b, Location location, Value frame) {
  auto type = MemRefType::get({ShapedType::kDynamic}, b.getI64Type());
  Value size = arith::ConstantIndexOp::create(b, location, count * fields);
  return BufferOp::create(b, location, type, frame, Space::arena, *slot, size);
}

static Value ticks(OpBuilder &b, Location location, Value frame) {
  // AArch64's cycle counter is the kernel's; its steady one is everybody's.
  auto variant = frame.getParentBlock()->getParentOp()->getParentOfType<VariantOp>();
  StringRef name = variant.getTarget().getArch() == "aarch64" ? "llvm.readsteadycounter" : "llvm.readcyclecounter";
  return LLVM::CallIntrinsicOp::create(b, location, b.getI64Type(), b.getStringAttr(name), ValueRange{}).getResult(0);
}

static Value at(OpBuilder &b, Location location, unsigned launch, int64_t field) {
  return arith::ConstantIndexOp::create(b, location, launch * fields + field);
}

void Profile::clear(OpBuilder &b, Location location, Value frame) {
  if (!count || !slot)
    return;
  Value memory = records(b, location, frame), zero = arith::ConstantIntOp::create(b, location, 0, 64);
  for (unsigned launch = 0; launch < count; ++launch)
    for (int64_t field : {Sum, Runs})
      memref::StoreOp::create(b, location, zero, memory, at(b, location, launch, field));
}

void Profile::begin(OpBuilder &b, Location location, Value frame, unsigned launch) {
  if (!slot)
    return emitMark(b, location, frame, launch, /*ends=*/false);
  Value memory = records(b, location, frame);
  memref::StoreOp::create(b, location, ticks(b, location, frame), memory, at(b, location, launch, Began));
}

void Profile::end(OpBuilder &b, Location location, Value frame, unsigned launch) {
  if (!slot)
    return emitMark(b, location, frame, launch, /*ends=*/true);
  Value now = ticks(b, location, frame), memory = records(b, location, frame);
  auto load = [&](int64_t field) -> Value {
    return memref::LoadOp::create(b, location, memory, at(b, location, launch, field));
  };
  auto store = [&](int64_t field, Value value) {
    memref::StoreOp::create(b, location, value, memory, at(b, location, launch, field));
  };
  Value spent = arith::SubIOp::create(b, location, now, load(Began));
  store(Ended, now);
  store(Sum, arith::AddIOp::create(b, location, load(Sum), spent));
  Value one = arith::ConstantIntOp::create(b, location, 1, 64);
  store(Runs, arith::AddIOp::create(b, location, load(Runs), one));
}
