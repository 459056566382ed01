// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_TOOLS_MATH_CHECK_MATHCHECK_H
#define DLC_TOOLS_MATH_CHECK_MATHCHECK_H
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace mathcheck {

/// One function of the accuracy table.
struct Function {
  llvm::StringRef name;
  /// In ulp: f32, f64, and the two without fused multiply-add.
  double bounds[4];
  /// 1 or 2; the second operand of fpowi is i32.
  int operands() const;
  bool integerPower() const { return name == "fpowi"; }
};
llvm::ArrayRef<Function> functions();

struct CompileOptions {
  int lanes = 16; ///< 0: scalars
  bool fma = true, avx512 = false, f16 = true;
  /// Upstream's polynomial approximations in place of ours, for comparison.
  bool upstream = false;
};

/// A loop over arrays applying one `math` operation, compiled in memory.
class Kernel {
public:
  /// Null after printing why.
  static std::unique_ptr<Kernel> compile(const Function &function, bool f64, const CompileOptions &options);
  /// The same for any module holding such a loop as @f.
  static std::unique_ptr<Kernel> compile(const std::string &text, const CompileOptions &options);
  ~Kernel();
  /// y and out hold as many elements as x: f32 or f64 (y: i32 for fpowi). The
  /// length is a multiple of the lanes.
  void run(const void *x, const void *y, void *out, int64_t length) const;

private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation;
};

/// Input tuples, deterministic: specials, every exponent, random numbers where
/// the function is interesting. A multiple of 64 long.
template <typename T> struct Samples {
  std::vector<T> x, y;
  std::vector<int32_t> n;
};
template <typename T> Samples<T> makeSamples(const Function &function, int64_t count);

/// Error of `got` for f(x, y) in ulp of the exact result; infinite for a wrong
/// special value or sign of zero. f32 is judged by libm in double, f64 by MPFR.
double errorInUlp(const Function &function, float x, float y, int32_t n, float got);
double errorInUlp(const Function &function, double x, double y, int32_t n, double got);

/// Compares conversions of 16-bit floats by integers with LLVM's APFloat;
/// prints one line per pair of types, and tells whether all agree.
bool checkConversions();

} // namespace mathcheck

#endif // DLC_TOOLS_MATH_CHECK_MATHCHECK_H
