// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/GenerateGpu/Device.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

static int64_t bytesOf(Type type) { return std::max<int64_t>(1, type.getIntOrFloatBitWidth() / 8); }

//===-- Memory -----------------------------------------------------------===//

Value DeviceEmitter::i64Of(Value index) { return fold<arith::IndexCastOp>(b.getI64Type(), index); }

int64_t DeviceEmitter::divisorOf(Value index) {
  constexpr int64_t largest = 1 << 10; // more is never asked for
  if (std::optional<int64_t> value = known(index))
    return *value == 0 ? largest : std::min(largest, *value & -*value);
  Operation *op = index.getDefiningOp();
  if (isa_and_nonnull<arith::AddIOp, arith::SubIOp>(op))
    return std::min(divisorOf(op->getOperand(0)), divisorOf(op->getOperand(1)));
  if (isa_and_nonnull<arith::MulIOp>(op))
    return std::min(largest, divisorOf(op->getOperand(0)) * divisorOf(op->getOperand(1)));
  return 1;
}

Value DeviceEmitter::address(const Buffer &buffer, Value at) {
  return create<LLVM::GEPOp>(buffer.memref.getType(), stored(buffer.elementType), buffer.memref,
                             ArrayRef<LLVM::GEPArg>{i64Of(at)});
}

bool DeviceEmitter::isOneAccess(const Buffer &buffer, Value at, int64_t lanes) {
  int64_t bytes = bytesOf(stored(buffer.elementType));
  auto space = cast<LLVM::LLVMPointerType>(buffer.memref.getType()).getAddressSpace();
  if (!aligned && space == static_cast<unsigned>(NVVM::NVVMMemorySpace::Global))
    return false;
  return divisorOf(at) * bytes >= std::min(widestAccess, lanes * bytes);
}

Value DeviceEmitter::scalarAt(const Buffer &buffer, Value at, Value inside) {
  Type type = stored(buffer.elementType);
  auto read = [&] {
    auto load = create<LLVM::LoadOp>(type, address(buffer, at), bytesOf(type));
    load.setInvariant(readOnly.contains(buffer.memref));
    return Value(load);
  };
  if (!inside)
    return read();
  auto branch = scf::IfOp::create(b, location, TypeRange{type}, inside, true);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(&branch.getThenRegion().front());
  scf::YieldOp::create(b, location, read());
  b.setInsertionPointToStart(&branch.getElseRegion().front());
  scf::YieldOp::create(b, location, zeroOf(type));
  return branch.getResult(0);
}

Value DeviceEmitter::loadAt(const Buffer &buffer, Value at, int64_t lanes, Value mask) {
  Type type = stored(buffer.elementType);
  if (lanes == 1)
    return widen(scalarAt(buffer, at, {}), buffer.elementType);
  VectorType vector = vectorOf(type, lanes);
  if (!mask && isOneAccess(buffer, at, lanes)) {
    auto load = create<LLVM::LoadOp>(vector, address(buffer, at), std::min(widestAccess, lanes * bytesOf(type)));
    load.setInvariant(readOnly.contains(buffer.memref));
    return widen(load, buffer.elementType);
  }
  Value value = zeroOf(vector);
  for (int64_t lane = 0; lane < lanes; ++lane) {
    Value inside = mask ? Value(create<vector::ExtractOp>(mask, lane)) : Value();
    value = create<vector::InsertOp>(scalarAt(buffer, add(at, lane), inside), value, lane);
  }
  return widen(value, buffer.elementType);
}

void DeviceEmitter::storeAt(const Buffer &buffer, Value at, Value value, int64_t lanes, Value mask) {
  value = narrow(value, buffer.elementType);
  Type type = stored(buffer.elementType);
  if (lanes == 1 || (!mask && isOneAccess(buffer, at, lanes))) {
    create<LLVM::StoreOp>(value, address(buffer, at), std::min(widestAccess, lanes * bytesOf(type)));
    return;
  }
  for (int64_t lane = 0; lane < lanes; ++lane) {
    auto write = [&] {
      create<LLVM::StoreOp>(create<vector::ExtractOp>(value, lane), address(buffer, add(at, lane)), bytesOf(type));
    };
    if (mask)
      when(create<vector::ExtractOp>(mask, lane), write);
    else
      write();
  }
}

Value DeviceEmitter::gatherAt(const Buffer &buffer, Value at, Value offsets, int64_t lanes, Value mask) {
  Value value = zeroOf(vectorOf(stored(buffer.elementType), lanes));
  for (int64_t lane = 0; lane < lanes; ++lane) {
    Value offset = create<arith::IndexCastOp>(b.getIndexType(), create<vector::ExtractOp>(offsets, lane));
    Value inside = mask ? Value(create<vector::ExtractOp>(mask, lane)) : Value();
    value = create<vector::InsertOp>(scalarAt(buffer, add(at, offset), inside), value, lane);
  }
  return widen(value, buffer.elementType);
}

void DeviceEmitter::fault(Value position, Value index, Value bound) {
  hasFaults = true;
  Type i64 = b.getI64Type();
  Value none = constantOf(i64, 0), one = constantOf(i64, 1), site = constantOf(i64, -2);
  auto exchange =
      create<LLVM::AtomicCmpXchgOp>(frame, none, one, LLVM::AtomicOrdering::monotonic, LLVM::AtomicOrdering::monotonic);
  when(create<LLVM::ExtractValueOp>(exchange, ArrayRef<int64_t>{1}), [&] {
    for (auto [i, value] : llvm::enumerate(std::array<Value, 4>{site, position, index, bound}))
      create<LLVM::StoreOp>(
          value, create<LLVM::GEPOp>(frame.getType(), i64, frame, ArrayRef<LLVM::GEPArg>{static_cast<int32_t>(i + 1)}),
          8);
  });
}

Buffer DeviceEmitter::shared(Type elementType, int64_t count) {
  auto function = b.getInsertionBlock()->getParentOp()->getParentOfType<LLVM::LLVMFuncOp>();
  if (!function)
    function = cast<LLVM::LLVMFuncOp>(b.getInsertionBlock()->getParentOp());
  unsigned space = static_cast<unsigned>(NVVM::NVVMMemorySpace::Shared);
  Type array = LLVM::LLVMArrayType::get(stored(elementType), count);
  std::string name = (function.getSymName() + "$shared" + llvm::Twine(arrays.size())).str();
  OpBuilder outside(function);
  auto global = LLVM::GlobalOp::create(outside, location, array, /*isConstant=*/false, LLVM::Linkage::Internal, name,
                                       Attribute(), widestAccess, space);
  OpBuilder::InsertionGuard guard(b); // where all of the function sees it
  b.setInsertionPointToStart(&function.getBody().front());
  auto address = create<LLVM::AddressOfOp>(LLVM::LLVMPointerType::get(b.getContext(), space), name);
  int64_t bytes = count * (stored(elementType).getIntOrFloatBitWidth() / 8);
  arrays.push_back({global, address, static_cast<int64_t>(llvm::alignTo(bytes, widestAccess))});
  return {address, elementType, {DimExpr(count)}};
}

int64_t DeviceEmitter::sharedBytes() const {
  int64_t total = 0;
  for (const Shared &one : arrays)
    total += one.bytes;
  return total;
}

int64_t DeviceEmitter::placeShared(LLVM::LLVMFuncOp function) {
  constexpr int64_t own = 48 * 1024; // CUDA's programming guide, technical specifications
  constexpr llvm::StringLiteral name = "dl$shared";
  int64_t total = sharedBytes();
  if (total <= own)
    return 0;
  unsigned space = static_cast<unsigned>(NVVM::NVVMMemorySpace::Shared);
  auto module = function->getParentOfType<gpu::GPUModuleOp>();
  if (!module.lookupSymbol(name)) {
    OpBuilder outside = OpBuilder::atBlockBegin(module.getBody());
    LLVM::GlobalOp::create(outside, module.getLoc(), LLVM::LLVMArrayType::get(b.getI8Type(), 0), /*isConstant=*/false,
                           LLVM::Linkage::External, name, Attribute(), widestAccess, space);
  }
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(&function.getBody().front());
  Type pointer = LLVM::LLVMPointerType::get(b.getContext(), space);
  Value base = create<LLVM::AddressOfOp>(pointer, name);
  int64_t at = 0;
  for (Shared &one : arrays) {
    Value piece = create<LLVM::GEPOp>(pointer, b.getI8Type(), base, ArrayRef<LLVM::GEPArg>{static_cast<int32_t>(at)});
    one.address.replaceAllUsesWith(piece);
    one.address.erase();
    one.array.erase();
    at += one.bytes;
  }
  arrays.clear();
  return total;
}

//===-- Threads ----------------------------------------------------------===//

Value DeviceEmitter::thread() {
  auto range = LLVM::ConstantRangeAttr::get(b.getContext(), 32, 0, threads);
  return create<arith::IndexCastUIOp>(b.getIndexType(), create<NVVM::ThreadIdXOp>(b.getI32Type(), range));
}
Value DeviceEmitter::block() {
  auto range = LLVM::ConstantRangeAttr::get(b.getContext(), 32, 0, std::numeric_limits<int32_t>::max());
  return create<arith::IndexCastUIOp>(b.getIndexType(), create<NVVM::BlockIdXOp>(b.getI32Type(), range));
}
void DeviceEmitter::barrier() { create<NVVM::Barrier0Op>(); }

Buffer DeviceEmitter::exchange(Value value) {
  auto vector = dyn_cast<VectorType>(value.getType());
  int64_t lanes = vector ? vector.getNumElements() : 1;
  Buffer &buffer = exchanged[value.getType()];
  if (buffer)
    barrier(); // everyone has read what stands there
  else
    buffer = shared(getElementTypeOrSelf(value), threads * lanes);
  storeAt(buffer, mul(thread(), lanes), value, lanes, {});
  barrier();
  return buffer;
}

Value DeviceEmitter::shuffle(Value value, NVVM::ShflKind kind, int64_t lane, int64_t width) {
  Type type = value.getType(), i32 = b.getI32Type();
  auto constant = [&](int64_t bits) {
    return create<arith::ConstantOp>(b.getI32IntegerAttr(static_cast<int32_t>(bits)));
  };
  auto one = [&](Value word) -> Value { // segments in bits 8 to 12, the last lane of one in bits 0 to 4
    int64_t last = kind == NVVM::ShflKind::up ? 0 : warpSize - 1; // up is bounded below
    Value clamp = constant(((warpSize - width) << 8) | last);
    return create<NVVM::ShflOp>(word.getType(), constant(-1), word, constant(lane), clamp, kind, UnitAttr());
  };
  int64_t bits = type.getIntOrFloatBitWidth();
  if (type.isF32() || type == i32)
    return one(value);
  if (bits < 32)
    return create<arith::TruncIOp>(type, one(create<arith::ExtUIOp>(i32, value)));
  VectorType words = vectorOf(i32, 2);
  Value pair = create<LLVM::BitcastOp>(words, value), result = zeroOf(words);
  for (int64_t i = 0; i < 2; ++i)
    result = create<vector::InsertOp>(one(create<vector::ExtractOp>(pair, i)), result, i);
  return create<LLVM::BitcastOp>(type, result);
}

Value DeviceEmitter::fromAbove(Value value, int64_t distance, int64_t width) {
  return shuffle(value, NVVM::ShflKind::down, distance, width);
}
Value DeviceEmitter::fromFirst(Value value, int64_t width) { return shuffle(value, NVVM::ShflKind::idx, 0, width); }

Value DeviceEmitter::fromBelow(Value value, int64_t distance) {
  return shuffle(value, NVVM::ShflKind::up, distance, warpSize);
}
Value DeviceEmitter::fromLane(Value value, int64_t lane) { return shuffle(value, NVVM::ShflKind::idx, lane, warpSize); }
Value DeviceEmitter::fromAcross(Value value, int64_t distance) {
  return shuffle(value, NVVM::ShflKind::bfly, distance, warpSize);
}
Value DeviceEmitter::ballot(Value condition) {
  return create<NVVM::VoteSyncOp>(b.getI32Type(), constantOf(b.getI32Type(), -1), condition,
                                  NVVM::VoteSyncKind::ballot);
}

//===-- Matrices ---------------------------------------------------------===//

SmallVector<Value> DeviceEmitter::loadMatrices(const Buffer &buffer, Value at, bool transposed) {
  MLIRContext *context = b.getContext();
  SmallVector<Type> words(4, b.getI32Type());
  auto type = LLVM::LLVMStructType::getLiteral(context, words);
  Value loaded = create<NVVM::LdMatrixOp>(type, address(buffer, at), static_cast<uint32_t>(words.size()),
                                          transposed ? NVVM::MMALayout::col : NVVM::MMALayout::row,
                                          NVVM::LdStMatrixShapeAttr::get(context, 8, 8), NVVM::LdStMatrixEltType::B16);
  SmallVector<Value> result;
  for (int64_t i = 0; i < 4; ++i)
    result.push_back(create<LLVM::ExtractValueOp>(loaded, ArrayRef<int64_t>{i}));
  return result;
}

Value DeviceEmitter::roundToTf32(Value word) {
  if (!word.getType().isF32())
    word = create<arith::BitcastOp>(b.getF32Type(), word);
  return create<NVVM::ConvertFloatToTF32Op>(b.getI32Type(), word, NVVM::FPRoundingMode::RNA);
}

SmallVector<Value> DeviceEmitter::multiplyMatrices(Type elementType, ArrayRef<Value> a, ArrayRef<Value> c,
                                                   ArrayRef<Value> sums) {
  bool isHalf = elementType.isF16();
  auto words = [&](ArrayRef<Value> values) { // f16 comes in vectors of two, bf16 as bits
    SmallVector<Value> result(values);
    for (Value &value : result)
      if (isHalf)
        value = create<LLVM::BitcastOp>(vectorOf(b.getF16Type(), 2), value);
    return result;
  };
  SmallVector<Type> floats(4, b.getF32Type());
  bool isTf32 = elementType.isF32();
  auto ptx = isHalf ? NVVM::MMATypes::f16 : isTf32 ? NVVM::MMATypes::tf32 : NVVM::MMATypes::bf16;
  Value product = create<NVVM::MmaOp>(LLVM::LLVMStructType::getLiteral(b.getContext(), floats), words(a), words(c),
                                      sums, ArrayRef<int64_t>{16, 8, isTf32 ? 8 : 16}, std::nullopt, std::nullopt,
                                      std::array<NVVM::MMATypes, 2>{ptx, ptx},
                                      std::array<NVVM::MMALayout, 2>{NVVM::MMALayout::row, NVVM::MMALayout::col});
  SmallVector<Value> result;
  for (int64_t i = 0; i < 4; ++i)
    result.push_back(create<LLVM::ExtractValueOp>(product, ArrayRef<int64_t>{i}));
  return result;
}

//===-- Copies -----------------------------------------------------------===//

void DeviceEmitter::copyAsync(const Buffer &to, Value toAt, const Buffer &from, Value fromAt, int64_t count,
                              Value inside) {
  int64_t bytes = count * bytesOf(stored(from.elementType));
  Type i32 = b.getI32Type();
  Value size = create<arith::SelectOp>(inside, constantOf(i32, static_cast<double>(bytes)), constantOf(i32, 0));
  Value valid = create<arith::SelectOp>(inside, fromAt, zero()); // an address that exists, though nothing is read
  auto cache = bytes == widestAccess ? NVVM::LoadCacheModifierKind::CG : NVVM::LoadCacheModifierKind::CA;
  NVVM::CpAsyncOp::create(b, location, address(to, toAt), address(from, valid), b.getI32IntegerAttr(bytes),
                          NVVM::LoadCacheModifierKindAttr::get(b.getContext(), cache), size);
}
void DeviceEmitter::endCopies() { create<NVVM::CpAsyncCommitGroupOp>(); }
void DeviceEmitter::awaitCopies(int64_t groups) { create<NVVM::CpAsyncWaitGroupOp>(static_cast<uint32_t>(groups)); }
