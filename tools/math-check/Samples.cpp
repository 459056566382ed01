// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Which inputs are tried.
#include "MathCheck.h"
#include <bit>
#include <cmath>
#include <limits>

namespace mathcheck {

/// SplitMix64: the same numbers on every machine.
static uint64_t next(uint64_t &state) {
  uint64_t z = state += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

template <typename T> struct Layout;
template <> struct Layout<float> {
  using Bits = uint32_t;
  static constexpr int mantissa = 23, bias = 127, top = 254;
};
template <> struct Layout<double> {
  using Bits = uint64_t;
  static constexpr int mantissa = 52, bias = 1023, top = 2046;
};

/// A random number with the given biased exponent, either sign.
template <typename T> static T withExponent(int exponent, uint64_t &state) {
  using L = Layout<T>;
  using Bits = typename L::Bits;
  uint64_t random = next(state);
  Bits mantissa = Bits(random) & ((Bits(1) << L::mantissa) - 1);
  switch (random >> 60) { // the ends of the binade, now and then
  case 0:
    mantissa = 0;
    break;
  case 1:
    mantissa = (Bits(1) << L::mantissa) - 1;
    break;
  case 2: // few bits: exact cases, multiples, halves
    mantissa &= ~((Bits(1) << (L::mantissa - 4)) - 1);
    break;
  }
  return std::bit_cast<T>(
      Bits((Bits(random >> 59 & 1) << (sizeof(T) * 8 - 1)) | (Bits(exponent) << L::mantissa) | mantissa));
}

template <typename T> static T uniform(T low, T high, uint64_t &state) {
  return low + (high - low) * T(double(next(state) >> 11) * 0x1p-53);
}

template <typename T> static std::vector<T> specials() {
  using N = std::numeric_limits<T>;
  std::vector<T> all = {0,        N::denorm_min(), N::denorm_min() * 3, N::min(), std::nextafter(N::min(), T(0)),
                        N::max(), N::infinity(),   N::quiet_NaN()};
  for (T v : {0.25,        0.5,        1.0,         1.5,         2.0,         3.0,    4.0,      10.0,     100.0,
              0.707106781, 1.41421356, 0.693147181, 1.570796327, 3.141592654, 88.0,   88.72283, 88.72284, 103.9,
              104.0,       127.5,      128.0,       149.0,       150.0,       709.78, 745.0,    746.0,    1023.9,
              1074.0,      1e6,        1e15,        1e22,        0.95,        5.9,    6.0,      27.2,     1e-30})
    for (T w : {v, std::nextafter(v, T(0)), std::nextafter(v, N::infinity())})
      all.push_back(w);
  for (size_t i = 0, n = all.size(); i < n; ++i)
    all.push_back(-all[i]);
  return all;
}

/// Numbers that the special cases of two operands are made of.
template <typename T> static bool isCore(T v) {
  using N = std::numeric_limits<T>;
  T a = std::fabs(v);
  for (T c : {T(0), T(0.5), T(1), T(2), T(3), N::denorm_min(), N::min(), N::max(), N::infinity()})
    if (a == c)
      return true;
  return std::isnan(v);
}

/// Where the function is neither constant nor its argument.
static std::pair<double, double> busyRange(llvm::StringRef name, bool f64) {
  if (name == "exp" || name == "expm1" || name == "sinh" || name == "cosh")
    return f64 ? std::pair(-750., 712.) : std::pair(-105., 90.);
  if (name == "exp2")
    return f64 ? std::pair(-1080., 1030.) : std::pair(-152., 130.);
  if (name == "asin" || name == "acos" || name == "atanh")
    return {-1, 1};
  if (name == "erfc")
    return {-6, 28};
  if (name == "tanh" || name == "erf")
    return {-10, 10};
  if (name.starts_with("log"))
    return {0, 4};
  if (name == "acosh")
    return {1, 4};
  return {-100, 100};
}

template <typename T> Samples<T> makeSamples(const Function &function, int64_t count) {
  using L = Layout<T>;
  uint64_t state = 20260000;
  Samples<T> s;
  auto add = [&](T x, T y, int32_t n) {
    s.x.push_back(x);
    s.y.push_back(y);
    s.n.push_back(n);
  };
  std::vector<T> special = specials<T>();
  for (T x : special) {
    if (function.integerPower()) {
      for (int32_t n : {0, 1, -1, 2, -2, 3, -3, 10, 1000001, -1000001, std::numeric_limits<int32_t>::max(),
                        std::numeric_limits<int32_t>::min()})
        add(x, 0, n);
    } else if (function.operands() == 2) {
      for (T y : special)
        if ((isCore(x) && isCore(y)) || next(state) % 16 == 0)
          add(x, y, 0);
    } else {
      add(x, 0, 0);
    }
  }
  auto [low, high] = busyRange(function.name, sizeof(T) == 8);
  while (int64_t(s.x.size()) < count || s.x.size() % 64) {
    int64_t i = s.x.size();
    // In turn: every exponent, the middle ones, the busy range.
    int exponent = i % 3 == 0 ? int(i / 3 % (L::top + 1)) : L::bias - 24 + int(next(state) % 34);
    T x = i % 3 == 2 ? uniform<T>(low, high, state) : withExponent<T>(exponent, state);
    if (function.operands() == 1) {
      add(x, 0, 0);
      continue;
    }
    T y = withExponent<T>(L::bias - 8 + int(next(state) % 17), state);
    if (function.name == "atan2") {
      y = std::ldexp(x, int(next(state) % 64) - 32) * uniform<T>(-2, 2, state);
    } else {
      x = next(state) % 8 ? std::fabs(x) : x;
      // Powers that neither overflow nor vanish need y near 1/log x.
      T log = std::log2(std::fabs(x));
      if (next(state) % 4 && std::isfinite(log) && log != 0)
        y = uniform<T>(-L::bias - L::mantissa, L::bias + 1, state) / log;
      if (next(state) % 8 == 0)
        y = std::nearbyint(y);
    }
    int32_t n = int32_t(std::fmax(T(-1e6), std::fmin(T(1e6), y)));
    add(x, y, n);
  }
  return s;
}

template Samples<float> makeSamples<float>(const Function &, int64_t);
template Samples<double> makeSamples<double>(const Function &, int64_t);

} // namespace mathcheck
