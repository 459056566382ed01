// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Measures the functions that --expand-math generates against exact results,
// and fails if one exceeds the bound promised in Accuracy.def.
#include "MathCheck.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/raw_ostream.h"
#include <chrono>
#include <cmath>
#include <cstring>

using namespace mathcheck;
namespace cl = llvm::cl;

static cl::OptionCategory category("math-check options");
static cl::list<std::string> names(cl::Positional, cl::desc("[function...]"), cl::cat(category));
static cl::opt<std::string> type("type", cl::desc("f32, f64 or both"), cl::init("both"), cl::cat(category));
static cl::opt<int> lanes("lanes", cl::desc("vector length, 0 for scalars"), cl::init(16), cl::cat(category));
static cl::opt<int64_t> sampleCount("samples", cl::desc("inputs per function"), cl::init(40000), cl::cat(category));
static cl::opt<bool> noFma("no-fma", cl::desc("expand for no fused multiply-add"), cl::cat(category));
static cl::opt<bool> avx512("avx512", cl::desc("expand for AVX-512"), cl::cat(category));
static cl::opt<bool> all("all", cl::desc("all 2^32 inputs of unary f32"), cl::cat(category));
static cl::opt<bool> conversions("conversions", cl::desc("check 16-bit floats' conversions"), cl::cat(category));
static cl::opt<bool> speed("speed", cl::desc("also measure G elements/s on 64K"), cl::cat(category));
static cl::opt<bool> upstream("upstream", cl::desc("measure MLIR's approximations instead"), cl::cat(category));

llvm::ArrayRef<Function> mathcheck::functions() {
  static const Function table[] = {
#define MATH_BOUND(name, ...) {#name, {__VA_ARGS__}},
#include "passes/ExpandMath/Accuracy.def"
  };
  return table;
}

int Function::operands() const { return name == "atan2" || name == "powf" || name == "fpowi" ? 2 : 1; }

namespace {
struct Worst {
  double error = 0, sum = 0, x = 0, y = 0, got = 0;
  int64_t count = 0;
};
} // namespace

template <typename T>
static void measure(const Function &function, const Kernel &kernel, const Samples<T> &s, Worst &worst) {
  std::vector<T> out(s.x.size());
  const void *second = function.integerPower() ? (const void *)s.n.data() : s.y.data();
  kernel.run(s.x.data(), second, out.data(), out.size());
  for (size_t i = 0; i < out.size(); ++i) {
    double error = errorInUlp(function, s.x[i], s.y[i], s.n[i], out[i]);
    worst.sum += std::isfinite(error) ? error : 0;
    ++worst.count;
    if (error > worst.error) {
      double y = function.integerPower() ? s.n[i] : double(s.y[i]);
      worst = {error, worst.sum, double(s.x[i]), y, double(out[i]), worst.count};
    }
  }
}

static void measureAll(const Function &function, const Kernel &kernel, Worst &worst) {
  constexpr int64_t chunk = 1 << 20;
  Samples<float> s;
  s.x.resize(chunk);
  s.y.resize(chunk);
  s.n.resize(chunk);
  for (int64_t base = 0; base < int64_t(1) << 32; base += chunk) {
    for (int64_t i = 0; i < chunk; ++i) {
      uint32_t bits = base + i;
      std::memcpy(&s.x[i], &bits, 4);
    }
    measure(function, kernel, s, worst);
  }
}

/// Best of several runs over 64K ordinary inputs, in 1e9 elements per second.
template <typename T> static double timeKernel(const Function &function, const Kernel &kernel) {
  constexpr int64_t n = 1 << 16;
  std::vector<T> x(n), out(n);
  std::vector<int32_t> power(n, 3);
  for (int64_t i = 0; i < n; ++i)
    x[i] = T(0.01) + T(4) * T(i) / T(n);
  const void *second = function.integerPower() ? (const void *)power.data() : x.data();
  double best = 1e9;
  for (int run = 0; run < 60; ++run) {
    auto start = std::chrono::steady_clock::now();
    kernel.run(x.data(), second, out.data(), n);
    std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
    best = std::min(best, spent.count());
  }
  return n / best * 1e-9;
}

/// Whether the function keeps its promise.
template <typename T> static bool check(const Function &function) {
  constexpr bool f64 = sizeof(T) == 8;
  CompileOptions options;
  options.lanes = lanes;
  options.fma = !noFma;
  options.avx512 = avx512;
  options.upstream = upstream;
  auto kernel = Kernel::compile(function, f64, options);
  if (!kernel)
    return false;
  Worst worst;
  if (all && !f64 && function.operands() == 1)
    measureAll(function, *kernel, worst);
  measure(function, *kernel, makeSamples<T>(function, sampleCount), worst);
  double bound = function.bounds[f64 + 2 * noFma];
  bool kept = worst.error <= bound;
  auto &os = llvm::outs();
  os << llvm::left_justify(function.name, 6) << (f64 ? " f64" : " f32")
     << llvm::format("  max %.3f ulp  bound %.2f  mean %.3f  worst at %a", worst.error, bound, worst.sum / worst.count,
                     worst.x);
  if (function.operands() == 2)
    os << llvm::format(", %a", worst.y);
  os << llvm::format(" (%.17g) gives %a", worst.x, worst.got);
  if (speed)
    os << llvm::format("  %.2f G/s", timeKernel<T>(function, *kernel));
  os << (kept ? "\n" : "  FAILED\n");
  os.flush();
  return kept;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  cl::HideUnrelatedOptions(category);
  cl::ParseCommandLineOptions(argc, argv, "accuracy of --expand-math\n");
  if (lanes < 0 || lanes > 64 || (lanes && 64 % lanes)) {
    llvm::errs() << "--lanes is " << lanes << ", must divide 64 or be 0\n";
    return 2;
  }
  if (conversions)
    return checkConversions() ? 0 : 1;
  bool kept = true;
  for (const std::string &name : names)
    if (llvm::none_of(functions(), [&](auto &f) { return f.name == name; })) {
      llvm::errs() << "no function '" << name << "' in Accuracy.def\n";
      return 2;
    }
  for (const Function &function : functions()) {
    if (!names.empty() && !llvm::is_contained(names, function.name.str()))
      continue;
    if (type != "f64")
      kept &= check<float>(function);
    if (type != "f32")
      kept &= check<double>(function);
  }
  return kept ? 0 : 1;
}
