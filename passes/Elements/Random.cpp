// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Philox4x32-10 (Salmon et al. 2011) in registers. A vector of lanes holds whole
// blocks of four words, so that no word is computed twice: one 32x32->64
// multiplication a round serves a block's two products.
#include "passes/Elements/Emitter.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

namespace {
constexpr uint32_t multiplier0 = 0xD2511F53, multiplier1 = 0xCD9E8D57, weyl0 = 0x9E3779B9, weyl1 = 0xBB67AE85;

struct Philox {
  Emitter &emit;
  Value seed, step; // i64
  int64_t stream;

  Value i32(uint32_t value) {
    return emit.create<arith::ConstantOp>(emit.b.getI32IntegerAttr(static_cast<int32_t>(value)));
  }
  Value low(Value wide) { return emit.create<arith::TruncIOp>(emit.b.getI32Type(), wide); }
  Value high(Value wide) { return low(emit.create<arith::ShRUIOp>(wide, emit.constantOf(wide.getType(), 32))); }

  /// Words of `lanes` consecutive elements from `first`, a multiple of 4.
  Value blocks(Value first, int64_t lanes) {
    Type type = emit.vectorOf(emit.b.getI32Type(), lanes), i64 = emit.b.getI64Type();
    VectorType wide = emit.vectorOf(i64, lanes / 2);
    // Counters: [block low, block high, stream, step] for each block.
    Value block = emit.create<arith::ShRUIOp>(first, emit.constantOf(i64, 2));
    SmallVector<int64_t> evenWords, numbers;
    for (int64_t i = 0; i < lanes / 2; ++i) {
      evenWords.push_back(i % 2 ? 0 : -1);
      numbers.push_back(i / 2);
    }
    Value number = emit.create<arith::AddIOp>(emit.splat(block, lanes / 2), constant64(wide, numbers));
    Value tail = emit.create<arith::OrIOp>(emit.constantOf(i64, static_cast<double>(static_cast<uint32_t>(stream))),
                                           emit.create<arith::ShLIOp>(step, emit.constantOf(i64, 32)));
    SmallVector<int64_t> multipliers;
    for (int64_t i = 0; i < lanes / 2; ++i)
      multipliers.push_back(i % 2 ? multiplier1 : multiplier0);
    Value factor = constant64(wide, multipliers);
    Value lowHalf = constant64(wide, SmallVector<int64_t>(lanes / 2, 0xffffffffLL));
    SmallVector<int64_t> swap;
    for (int64_t i = 0; i < lanes; ++i)
      swap.push_back(i - i % 4 + 3 - i % 4); // [hi1, lo1, hi0, lo0]
    // A round without its key: [hi1 ^ c1, lo1, hi0 ^ c3, lo0]. It is linear over
    // disjoint words.
    Value half = emit.constantOf(wide, 32);
    auto mixed = [&](Value pairs) {
      Value words = emit.create<arith::AndIOp>(pairs, lowHalf); // c0, c2
      Value products = emit.create<vector::BitCastOp>(type, emit.create<arith::MulIOp>(words, factor));
      Value turned = emit.create<vector::ShuffleOp>(products, products, swap);
      Value odd = emit.create<vector::BitCastOp>(type, emit.create<arith::ShRUIOp>(pairs, half)); // [c1, 0, c3, 0]
      return Value(emit.create<arith::XOrIOp>(turned, odd));
    };
    // Keys of two rounds at once: what is added to c1 and c3 moves to where the
    // next round's key belongs.
    auto keys = [&](int round) {
      Value all;
      for (int word = 0; word < 4; ++word) {
        Value key = word < 2 ? low(seed) : high(seed);
        uint32_t weyl = (word < 2 ? weyl0 : weyl1) * (round + word % 2);
        key = emit.splat(emit.create<arith::AddIOp>(key, i32(weyl)), lanes);
        all = all ? Value(emit.create<arith::SelectOp>(wordsOf(word, lanes), key, all)) : key;
      }
      return all;
    };
    // What comes of stream and step is the same for all blocks: with the key, one constant of a loop.
    Value isBlock = constant64(wide, evenWords);
    Value others = emit.create<arith::XOrIOp>(isBlock, constant64(wide, SmallVector<int64_t>(lanes / 2, -1)));
    Value rest = mixed(emit.create<arith::AndIOp>(emit.splat(tail, lanes / 2), others));
    Value state = emit.create<arith::XOrIOp>(mixed(emit.create<arith::AndIOp>(number, isBlock)),
                                             emit.create<arith::XOrIOp>(rest, keys(0)));
    for (int round = 1; round < 10; ++round) {
      state = mixed(emit.create<vector::BitCastOp>(wide, state));
      if (round % 2 == 0)
        state = emit.create<arith::XOrIOp>(state, keys(round));
    }
    return state;
  }

  /// A mask of one word of each block.
  Value wordsOf(int64_t word, int64_t lanes) {
    SmallVector<bool> bits;
    for (int64_t i = 0; i < lanes; ++i)
      bits.push_back(i % 4 == word);
    return emit.create<arith::ConstantOp>(
        DenseElementsAttr::get(emit.vectorOf(emit.b.getI1Type(), lanes), ArrayRef<bool>(bits)));
  }
  Value constant64(VectorType type, ArrayRef<int64_t> values) {
    return emit.create<arith::ConstantOp>(DenseElementsAttr::get(type, values));
  }

  /// The word of one element (i64 scalar, or a vector of them), each from a block of its own.
  Value single(Value element) {
    auto vector = dyn_cast<VectorType>(element.getType());
    auto like = [&](Type type) { return vector ? Type(vector.clone(type)) : type; };
    auto spread = [&](Value scalar) { return vector ? emit.splat(scalar, vector.getDimSize(0)) : scalar; };
    Type i64 = like(emit.b.getI64Type());
    Value mask = emit.constantOf(i64, 4294967295.0), bits32 = emit.constantOf(i64, 32);
    Value block = emit.create<arith::ShRUIOp>(element, emit.constantOf(i64, 2));
    Value c[4] = {emit.create<arith::AndIOp>(block, mask), emit.create<arith::ShRUIOp>(block, bits32),
                  emit.constantOf(i64, static_cast<double>(static_cast<uint32_t>(stream))),
                  emit.create<arith::AndIOp>(spread(step), mask)};
    Value key0 = emit.create<arith::AndIOp>(spread(seed), mask),
          key1 = emit.create<arith::ShRUIOp>(spread(seed), bits32);
    for (int round = 0; round < 10; ++round) {
      Value p0 = emit.create<arith::MulIOp>(c[0], emit.constantOf(i64, multiplier0));
      Value p1 = emit.create<arith::MulIOp>(c[2], emit.constantOf(i64, multiplier1));
      Value n0 =
          emit.create<arith::XOrIOp>(emit.create<arith::XOrIOp>(emit.create<arith::ShRUIOp>(p1, bits32), c[1]), key0);
      Value n2 =
          emit.create<arith::XOrIOp>(emit.create<arith::XOrIOp>(emit.create<arith::ShRUIOp>(p0, bits32), c[3]), key1);
      c[0] = n0;
      c[1] = emit.create<arith::AndIOp>(p1, mask);
      c[2] = n2;
      c[3] = emit.create<arith::AndIOp>(p0, mask);
      key0 = emit.create<arith::AndIOp>(emit.create<arith::AddIOp>(key0, emit.constantOf(i64, weyl0)), mask);
      key1 = emit.create<arith::AndIOp>(emit.create<arith::AddIOp>(key1, emit.constantOf(i64, weyl1)), mask);
    }
    Value word = emit.create<arith::AndIOp>(element, emit.constantOf(i64, 3)), chosen = c[0];
    for (int i = 1; i < 4; ++i)
      chosen = emit.create<arith::SelectOp>(
          emit.create<arith::CmpIOp>(arith::CmpIPredicate::eq, word, emit.constantOf(i64, i)), c[i], chosen);
    return emit.create<arith::TruncIOp>(like(emit.b.getI32Type()), chosen);
  }
};

/// (bits >> 8) 2^-24, with 1 added to the integer if `positive`.
Value uniformFrom(Emitter &emit, Value bits, bool positive) {
  Type i32 = bits.getType();
  Value integer = emit.create<arith::ShRUIOp>(bits, emit.constantOf(i32, 8));
  if (positive)
    integer = emit.create<arith::AddIOp>(integer, emit.constantOf(i32, 1));
  auto vector = dyn_cast<VectorType>(i32);
  Type f32 = vector ? Type(vector.clone(emit.b.getF32Type())) : Type(emit.b.getF32Type());
  return emit.create<arith::MulFOp>(emit.create<arith::SIToFPOp>(f32, integer), emit.constantOf(f32, 0x1p-24));
}

/// Box and Muller: r cos t on even elements, r sin t on odd ones.
Value normalFrom(Emitter &emit, Value even, Value odd, Value isOdd) {
  Value u = uniformFrom(emit, even, true), v = uniformFrom(emit, odd, false);
  Type f32 = u.getType();
  Value r =
      emit.create<math::SqrtOp>(emit.create<arith::MulFOp>(emit.constantOf(f32, -2), emit.create<math::LogOp>(u)));
  Value t = emit.create<arith::MulFOp>(emit.constantOf(f32, 6.28318530717958647692), v);
  Value wave = emit.create<arith::SelectOp>(isOdd, emit.create<math::SinOp>(t), emit.create<math::CosOp>(t));
  return emit.create<arith::MulFOp>(r, wave);
}
} // namespace

Lanes Elements::random(Operation *op, ArrayRef<Ix> place) {
  Philox philox{emit, at(op->getOperand(0), {}).value, at(op->getOperand(1), {}).value,
                op->getAttrOfType<IntegerAttr>("stream").getInt()};
  DimVector dims(emit.dims.of(op->getResult(0)));
  Type i64 = emit.b.getI64Type();
  Value first = emit.create<arith::IndexCastOp>(i64, emit.linear(dims, place));
  bool moves = llvm::any_of(place, [](const Ix &ix) { return ix.step != 0; });
  // Whole blocks: lanes follow each other in memory order and start at a multiple of 4.
  bool contiguous = moves && place.back().step == 1 && lanes % 4 == 0 &&
                    llvm::all_of(place.drop_back(), [](const Ix &ix) { return ix.step == 0; }) &&
                    (dims.size() == 1 || (dims.back().isConstant() && dims.back().constant() % 4 == 0));
  bool isNormal = isa<RandomNormalOp>(op);
  Value result;
  if (contiguous) {
    Value bits = philox.blocks(first, lanes);
    if (!isNormal) {
      result = bits;
    } else {
      SmallVector<int64_t> even, odd;
      SmallVector<bool> isOdd;
      for (int64_t i = 0; i < lanes; ++i) {
        even.push_back(i & ~1);
        odd.push_back(i | 1);
        isOdd.push_back(i & 1);
      }
      Value oddMask = emit.create<arith::ConstantOp>(
          DenseElementsAttr::get(emit.vectorOf(emit.b.getI1Type(), lanes), ArrayRef<bool>(isOdd)));
      result = normalFrom(emit, emit.create<vector::ShuffleOp>(bits, bits, even),
                          emit.create<vector::ShuffleOp>(bits, bits, odd), oddMask);
    }
  } else {
    Value element = first;
    if (moves) {
      SmallVector<Value> stride = emit.strides(dims);
      Value step = emit.zero();
      for (auto [axis, ix] : llvm::enumerate(place))
        step = emit.add(step, emit.mul(stride[axis], ix.step));
      Value counting = emit.create<arith::IndexCastOp>(
          emit.vectorOf(i64, lanes), emit.create<vector::StepOp>(emit.vectorOf(emit.b.getIndexType(), lanes)));
      element = emit.create<arith::AddIOp>(
          emit.splat(first, lanes),
          emit.create<arith::MulIOp>(counting, emit.splat(emit.create<arith::IndexCastOp>(i64, step), lanes)));
    }
    if (!isNormal) {
      result = philox.single(element);
    } else {
      Value one = emit.constantOf(element.getType(), 1), evenMask = emit.constantOf(element.getType(), -2);
      Value isOdd = emit.create<arith::CmpIOp>(arith::CmpIPredicate::ne, emit.create<arith::AndIOp>(element, one),
                                               emit.zeroOf(element.getType()));
      result = normalFrom(emit, philox.single(emit.create<arith::AndIOp>(element, evenMask)),
                          philox.single(emit.create<arith::OrIOp>(element, one)), isOdd);
    }
  }
  if (isa<RandomUniformOp>(op))
    result = uniformFrom(emit, result, false);
  return {result, !moves};
}
