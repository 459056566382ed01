// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Conversions of 16-bit floats: all 2^16 numbers widened; narrowed, each of
// them, the midpoints to the next, and the neighbours of both.
#include "MathCheck.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"
#include <bit>
#include <cmath>
#include <cstring>

using llvm::APFloat;
using llvm::APInt;

namespace mathcheck {

static const llvm::fltSemantics &semantics(llvm::StringRef type) {
  return type == "f16"    ? APFloat::IEEEhalf()
         : type == "bf16" ? APFloat::BFloat()
         : type == "f32"  ? APFloat::IEEEsingle()
                          : APFloat::IEEEdouble();
}

/// Bits of `type` to bits of `other`, to nearest even.
static uint64_t convert(uint64_t bits, llvm::StringRef type, llvm::StringRef other) {
  const auto &from = semantics(type);
  APFloat value(from, APInt(APFloat::getSizeInBits(from), bits, false, true));
  bool inexact;
  value.convert(semantics(other), APFloat::rmNearestTiesToEven, &inexact);
  return value.bitcastToAPInt().getZExtValue();
}

static bool isNan(uint64_t bits, llvm::StringRef type) {
  const auto &s = semantics(type);
  return APFloat(s, APInt(APFloat::getSizeInBits(s), bits, false, true)).isNaN();
}

template <typename Wide> static std::vector<Wide> aroundEvery(llvm::StringRef narrow) {
  using Bits = std::conditional_t<sizeof(Wide) == 4, uint32_t, uint64_t>;
  llvm::StringRef wide = sizeof(Wide) == 4 ? "f32" : "f64";
  std::vector<Wide> all;
  auto valueOf = [&](uint32_t h) { return std::bit_cast<Wide>(Bits(convert(h, narrow, wide))); };
  for (uint32_t h = 0; h < 0x10000; ++h) {
    Wide value = valueOf(h);
    Wide beyond = valueOf(h & 0x7fff ? h - 1 : h);
    for (Wide v : {value, value / 2 + beyond / 2})
      for (Wide w :
           {v, std::nextafter(v, Wide(0)), std::nextafter(v, Wide(INFINITY)), std::nextafter(v, -Wide(INFINITY))})
        all.push_back(w);
  }
  return all;
}

template <typename From, typename To>
static bool compare(llvm::StringRef from, llvm::StringRef to, const char *op, const std::vector<From> &in) {
  CompileOptions options;
  options.f16 = false;
  auto kernel = Kernel::compile(llvm::formatv("func.func @f(%x: memref<?x{0}>, %y: memref<?x{0}>, %out: "
                                              "memref<?x{1}>, %n: index) attributes "
                                              "{{llvm.emit_c_interface} {{\n"
                                              "%zero = arith.constant 0 : index\n"
                                              "%step = arith.constant 16 : index\n"
                                              "scf.for %i = %zero to %n step %step {{\n"
                                              "%a = vector.load %x[%i] : memref<?x{0}>, vector<16x{0}>\n"
                                              "%r = arith.{2} %a : vector<16x{0}> to vector<16x{1}>\n"
                                              "vector.store %r, %out[%i] : memref<?x{1}>, "
                                              "vector<16x{1}>\n}\nreturn\n}\n",
                                              from, to, op),
                                options);
  if (!kernel)
    return false;
  std::vector<To> out(in.size());
  kernel->run(in.data(), in.data(), out.data(), in.size());
  int64_t wrong = 0;
  for (size_t i = 0; i < in.size(); ++i) {
    uint64_t bits = 0, got = 0;
    std::memcpy(&bits, &in[i], sizeof(From));
    std::memcpy(&got, &out[i], sizeof(To));
    uint64_t exact = convert(bits, from, to);
    if (got == exact || (isNan(exact, to) && isNan(got, to)))
      continue;
    if (!wrong++)
      llvm::errs() << llvm::formatv("{0} {1:x} to {2} gives {3:x}, not {4:x}\n", from, bits, to, got, exact);
  }
  llvm::outs() << llvm::formatv("{0} to {1}: {2} of {3} differ\n", from, to, wrong, in.size());
  return !wrong;
}

bool checkConversions() {
  std::vector<uint16_t> every(0x10000);
  for (uint32_t h = 0; h < 0x10000; ++h)
    every[h] = h;
  bool good = true;
  for (llvm::StringRef narrow : {"f16", "bf16"}) {
    good &= compare<uint16_t, float>(narrow, "f32", "extf", every);
    good &= compare<uint16_t, double>(narrow, "f64", "extf", every);
    good &= compare<float, uint16_t>("f32", narrow, "truncf", aroundEvery<float>(narrow));
    good &= compare<double, uint16_t>("f64", narrow, "truncf", aroundEvery<double>(narrow));
  }
  return good;
}

} // namespace mathcheck
