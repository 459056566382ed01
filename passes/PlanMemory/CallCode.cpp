// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/PlanMemory/CallCode.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "passes/DescribeKernels/DescribeKernels.h"
#include "passes/Elements/Target.h"

using namespace mlir;
using namespace dlc::dl;

namespace dlc {

/// What memory holds of a type.
static Type storedType(Type type) {
  if (type.isBF16()) // as bits, as the generators have it
    return IntegerType::get(type.getContext(), 16);
  auto integer = dyn_cast<IntegerType>(type);
  return integer && integer.getWidth() <= 8 ? IntegerType::get(type.getContext(), 8) : type;
}

static Type storedTypeOf(Value value) { return storedType(elementTypeOf(value)); }

CallCode::CallCode(Entry &entry, Placement &placement)
    : entry(entry), placement(placement), builder(entry.function), location(entry.function.getLoc()) {
  if (entry.variant->getParentOfType<ModuleOp>()->hasAttr(profileAttribute))
    profile.emplace(isGpu(entry.variant.getTarget()) ? nullptr : &placement.arena, entry.body());
}

Value CallCode::index(int64_t value) { return arith::ConstantIndexOp::create(builder, location, value); }

//===-- Buffers ----------------------------------------------------------===//

static MemRefType bufferType(Type element) { return MemRefType::get({ShapedType::kDynamic}, element); }

Value CallCode::frameBuffer(Type element, Space space, int64_t number, Value count) {
  return BufferOp::create(builder, location, bufferType(element), frame, space, number, count);
}

/// `count` elements from `byte` of an i8 buffer on.
Value CallCode::sliceOf(Value base, Value byte, Type element, Value count) {
  return memref::ViewOp::create(builder, location, bufferType(element), base, byte, ValueRange{count});
}

/// The buffer of a value as elements of its type, or (`raw`) as bytes.
FailureOr<Value> CallCode::buffer(Value value, bool raw) {
  Value owner = bytesOf(value);
  while (placement.aliases.contains(owner))
    owner = bytesOf(placement.aliases[owner]);
  auto it = placement.storage.find(owner);
  if (it == placement.storage.end())
    return entry.function.emitOpError() << "holds a value that nothing computes: " << owner;
  Storage &where = it->second;
  if (where.constant && raw)
    return entry.function.emitOpError() << "copies a constant byte by byte";
  if (where.constant) {
    Value global = constantBuffer(where.constant);
    return global ? FailureOr<Value>(global) : where.constant.emitOpError("has no elements at hand");
  }
  Type element = raw ? Type(builder.getI8Type()) : storedTypeOf(value);
  Value count = raw ? extent(placement.bytes(value)) : elementCount(value);
  return where.base ? sliceOf(where.base, where.byte, element, count)
                    : frameBuffer(element, where.space, where.number, count);
}

/// A constant of many values as a global of the variant; null if its elements are not here.
Value CallCode::constantBuffer(ConstantOp constant) {
  auto elements = dyn_cast<DenseElementsAttr>(constant.getValue());
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(constant.getValue()))
    if (AsmResourceBlob *blob = resource.getRawHandle().getBlob())
      elements = DenseElementsAttr::getFromRawBuffer(resource.getType(), blob->getData());
  if (!elements)
    return {};
  Type given = elements.getElementType(), stored = storedType(given);
  int64_t count = elements.getNumElements();
  DenseElementsAttr flat = elements.reshape(RankedTensorType::get({count}, given));
  if (given.isBF16())
    flat = cast<DenseElementsAttr>(flat.bitcast(stored));
  else if (stored != given)
    flat =
        flat.mapValues(stored, [&](const APInt &v) { return given.isSignedInteger() ? v.sext(8) : v.zextOrTrunc(8); });
  auto type = MemRefType::get({count}, stored);
  std::string name = (entry.function.getName() + ".constant" + Twine(constants++)).str();
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPoint(entry.function);
    memref::GlobalOp::create(builder, location, name, builder.getStringAttr("private"), type, flat, /*constant=*/true,
                             builder.getI64IntegerAttr(64));
  }
  Value global = memref::GetGlobalOp::create(builder, location, type, name);
  return memref::CastOp::create(builder, location, bufferType(stored), global);
}

LogicalResult CallCode::copyTo(Value from, Value memory) {
  FailureOr<Value> source = buffer(from);
  if (succeeded(source))
    memref::CopyOp::create(builder, location, *source, memory);
  return source;
}

LogicalResult CallCode::copy(Value from, Value to) {
  FailureOr<Value> target = buffer(to);
  return failed(target) ? failure() : copyTo(from, *target);
}

/// Copies a value into a slot of the arena made for that; returns the slot.
FailureOr<Value> CallCode::copyToSpare(Value from, unsigned slot) {
  Value target = frameBuffer(storedTypeOf(from), Space::arena, slot, elementCount(from));
  return failed(copyTo(from, target)) ? FailureOr<Value>(failure()) : target;
}

//===-- Entries ----------------------------------------------------------===//

LogicalResult CallCode::write() {
  func::FuncOp function = entry.function;
  auto pointer = LLVM::LLVMPointerType::get(builder.getContext());
  auto code = func::FuncOp::create(builder, location, (function.getName() + ".code").str(),
                                   builder.getFunctionType({pointer}, {builder.getI32Type()}));
  Block *body = code.addEntryBlock();
  frame = body->getArgument(0);
  builder.setInsertionPointToStart(body);
  for (auto &[name, number] : placement.dimNumbers)
    names[name] =
        FrameDimOp::create(builder, location, builder.getIndexType(), frame, builder.getI64IntegerAttr(number));
  if (profile)
    profile->clear(builder, location, frame);
  for (Operation &op : entry.body()) {
    // Ends the call when a data error was reported: no state has changed yet.
    if (placement.faults && &op == placement.firstUpdate)
      FaultExitOp::create(builder, location, frame);
    if (failed(writeOp(&op)))
      return failure();
  }
  if (failed(copyOut()))
    return failure();
  func::ReturnOp::create(builder, location,
                         ValueRange{arith::ConstantOp::create(builder, location, builder.getI32IntegerAttr(0))});
  builder.setInsertionPointAfter(code);
  placement.arena.emitPlan(builder, function.getLoc(), (function.getName() + ".plan").str(), placement.dimNumbers,
                           placement.lows);
  describe(code);
  std::string name = function.getName().str();
  function.erase();
  code.setName(name);
  return success();
}

/// What later passes and reports ask of an entry.
void CallCode::describe(func::FuncOp code) {
  if (!placement.readsPrepared)
    code->setAttr("dl.unprepared", builder.getUnitAttr());
  if (Attribute bytes = entry.function->getAttr("dl.prepared_bytes"))
    code->setAttr("dl.prepared_bytes", bytes);
  code->setAttr("dl.offsets", builder.getI64IntegerAttr(placement.arena.size()));
  if (entry.variant->getParentOfType<ModuleOp>()->hasAttr(reportAttribute)) {
    code->setAttr("dl.launches", builder.getArrayAttr(launches));
    code->setAttr("dl.arena", placement.arena.toAttr(builder.getContext(), placement.dimNumbers));
  }
  if (profile && profile->slot)
    code->setAttr("dl.profile_slot", builder.getI64IntegerAttr(*profile->slot));
  else if (profile)
    code->setAttr("dl.timers", builder.getI64IntegerAttr(profile->count));
}

LogicalResult CallCode::writeOp(Operation *op) {
  location = op->getLoc();
  if (isa<ReshapeOp, ConstantOp, func::ReturnOp, YieldOp>(op))
    return success();
  if (auto launch = dyn_cast<LaunchOp>(op))
    return writeLaunch(launch);
  if (auto scan = dyn_cast<ScanOp>(op))
    return writeScan(scan);
  return op->emitOpError("is left over: no kernel computes it");
}

LogicalResult CallCode::writeLaunch(LaunchOp launch) {
  func::FuncOp kernel = entry.kernelOf(launch);
  SmallVector<Value> arguments{frame};
  SmallVector<Value> values(launch.getInputs());
  llvm::append_range(values, launch.getResults());
  for (Value value : values) {
    FailureOr<Value> memory = buffer(value);
    if (failed(memory))
      return failure();
    arguments.push_back(*memory);
  }
  auto slot = placement.scratch.find(launch);
  if (slot == placement.scratch.end()) // never touched: any address does
    arguments.push_back(frameBuffer(builder.getI8Type(), Space::state, 0, index(0)));
  else
    arguments.push_back(frameBuffer(builder.getI8Type(), Space::arena, slot->second, index(0)));
  for (Attribute name : kernel->getAttrOfType<ArrayAttr>("dl.dims")) {
    auto it = names.find(cast<StringAttr>(name).getValue().str());
    if (it == names.end())
      return launch.emitOpError() << "needs dimension " << name << ", which no argument of '"
                                  << entry.function.getName() << "' tells";
    arguments.push_back(it->second);
  }
  // The kernel's name, and how often a call launches it here.
  launches.push_back(
      builder.getDictionaryAttr({builder.getNamedAttr("kernel", builder.getStringAttr(launch.getKernel())),
                                 builder.getNamedAttr("times", trips.toAttr(builder.getContext()))}));
  if (profile)
    profile->begin(builder, location, frame, launches.size() - 1);
  func::CallOp::create(builder, location, kernel, arguments);
  if (profile)
    profile->end(builder, location, frame, launches.size() - 1);
  return success();
}

/// Results that no kernel wrote where they belong.
LogicalResult CallCode::copyOut() {
  func::ReturnOp returnOp = entry.returnOp();
  unsigned output = placement.userArguments;
  llvm::DenseMap<unsigned, Value> saved;
  for (auto [i, slot] : placement.stateCopies) {
    FailureOr<Value> copied = copyToSpare(returnOp.getOperand(i), slot);
    if (failed(copied))
      return failure();
    saved[i] = *copied;
  }
  for (unsigned i = 0; i < returnOp.getNumOperands(); ++i) {
    Value value = returnOp.getOperand(i);
    FlatSymbolRefAttr state = entry.resultState(i);
    Storage target =
        state ? Storage{Space::state, *entry.stateOffset(state.getValue())} : placement.outputStorage(i, output);
    auto it = placement.storage.find(bytesOf(value));
    if (it != placement.storage.end() && it->second.isAt(target))
      continue;
    Value memory = frameBuffer(storedTypeOf(value), target.space, target.number, elementCount(value));
    if (Value copied = saved.lookup(i))
      memref::CopyOp::create(builder, location, copied, memory);
    else if (failed(copyTo(value, memory)))
      return failure();
  }
  return success();
}

} // namespace dlc
