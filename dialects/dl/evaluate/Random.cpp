// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Random numbers as pure functions of seed, step, stream and place.
#include "dialects/dl/evaluate/Elementary.h"
#include "dialects/dl/evaluate/Indexing.h"
#include <cmath>

using namespace mlir;
using namespace dlc::dl;

/// The generator itself: ten rounds over counter and key (Salmon et al. 2011, section 3.3).
constexpr static std::array<uint32_t, 4> philoxRounds(std::array<uint32_t, 4> counter, std::array<uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    uint64_t left = uint64_t(0xD2511F53) * counter[0], right = uint64_t(0xCD9E8D57) * counter[2];
    counter = {static_cast<uint32_t>(right >> 32) ^ counter[1] ^ key[0], static_cast<uint32_t>(right),
               static_cast<uint32_t>(left >> 32) ^ counter[3] ^ key[1], static_cast<uint32_t>(left)};
    key = {key[0] + 0x9E3779B9, key[1] + 0xBB67AE85};
  }
  return counter;
}
// The known answers published with the paper.
static_assert(philoxRounds({0, 0, 0, 0}, {0, 0}) ==
              std::array<uint32_t, 4>{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
static_assert(philoxRounds({~0u, ~0u, ~0u, ~0u}, {~0u, ~0u}) ==
              std::array<uint32_t, 4>{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
static_assert(philoxRounds({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
              std::array<uint32_t, 4>{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});

std::array<uint32_t, 4> dlc::dl::philox(uint64_t seed, uint64_t block, uint32_t stream, uint32_t step) {
  return philoxRounds({static_cast<uint32_t>(block), static_cast<uint32_t>(block >> 32), stream, step},
                      {static_cast<uint32_t>(seed), static_cast<uint32_t>(seed >> 32)});
}

/// 32 bits for each of `count` elements.
static std::vector<uint32_t> randomBits(uint64_t seed, uint32_t step, uint32_t stream, int64_t count) {
  std::vector<uint32_t> bits;
  for (int64_t block = 0; 4 * block < count; ++block)
    for (uint32_t word : philox(seed, block, stream, step))
      bits.push_back(word);
  return bits; // whole blocks: the partner of the last element is there too
}

static double uniform(uint32_t bits) { return (bits >> 8) * 0x1p-24; }

/// Box and Muller (1958) on the pair of bits that element `i` belongs to.
static double normal(ArrayRef<uint32_t> bits, int64_t i) {
  uint32_t a = bits[i & ~int64_t(1)], b = bits[i | 1];
  double radius = std::sqrt(-2.0 * elementary::log(((a >> 8) + 1) * 0x1p-24)), angle = 2.0 * M_PI * uniform(b);
  return radius * (i & 1 ? elementary::sin(angle) : elementary::cos(angle));
}

/// One element at a time from the bits of an op.
template <typename Op, typename Element>
static Results draw(Op op, ArrayRef<const Tensor *> operands, Evaluator &evaluator, Type elementType, Element element) {
  FailureOr<Extents> shape = evaluator.extents(op, op.getDims());
  if (failed(shape))
    return failure();
  Tensor result(elementType, *shape);
  std::vector<uint32_t> bits = randomBits(operands[0]->ints[0], operands[1]->ints[0], op.getStream(), result.size());
  for (int64_t i = 0, e = result.size(); i < e; ++i)
    element(result, bits, i);
  return one(std::move(result));
}

Results RandomBitsOp::evaluate(ArrayRef<const Tensor *> operands, Evaluator &evaluator) {
  return draw(*this, operands, evaluator, IntegerType::get(getContext(), 32),
              [](Tensor &result, ArrayRef<uint32_t> bits, int64_t i) { result.setInt(i, bits[i]); });
}
Results RandomUniformOp::evaluate(ArrayRef<const Tensor *> operands, Evaluator &evaluator) {
  return draw(*this, operands, evaluator, Float32Type::get(getContext()),
              [](Tensor &result, ArrayRef<uint32_t> bits, int64_t i) { result.set(i, uniform(bits[i])); });
}
Results RandomNormalOp::evaluate(ArrayRef<const Tensor *> operands, Evaluator &evaluator) {
  return draw(*this, operands, evaluator, Float32Type::get(getContext()),
              [](Tensor &result, ArrayRef<uint32_t> bits, int64_t i) { result.set(i, normal(bits, i)); });
}
