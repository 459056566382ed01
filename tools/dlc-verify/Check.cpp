// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/dlc-verify/Check.h"
#include "compiler/Pipeline.h"
#include "tools/dlc-evaluate/Cases.h"
#include "tools/dlc-verify/Differences.h"
#include "tools/dlc-verify/Session.h"
#include "llvm/Support/Format.h"
#include <cmath>
#include <cstring>

using namespace mlir;

namespace dlc {

using dl::Evaluator;
using dl::Tensor;

//===-- Tolerance --------------------------------------------------------===//

/// Of sums and functions, relative to the larger of value and scale: see README.md.
static double toleranceOf(Type type) { return type.isF64() ? 1e-12 : 1e-5; }
/// The distance of neighbours, relative to the smaller; 16-bit types alone.
static double ulpOf(Type type) { return type.isF16() ? 0x1p-10 : type.isBF16() ? 0x1p-7 : 0; }
static double smallestOf(Type type) { return type.isF16() ? 0x1p-24 : type.isBF16() ? 0x1p-133 : 0; }

/// The largest finite magnitude among floats.
static double largest(const Tensor &tensor) {
  double result = 0;
  for (double value : tensor.floats)
    if (std::isfinite(value))
      result = std::max(result, std::fabs(value));
  return result;
}

std::optional<std::string> differenceOf(const Tensor &expected, const Tensor &given, double scale, int64_t ulps,
                                        const Evaluator::Rounded &rounded) {
  if (!expected.isFloat() || expected.shape != given.shape || expected.elementType != given.elementType)
    return difference(expected, given, 0);
  scale = std::max(scale, largest(expected)) / 16;
  Type type = expected.elementType;
  for (int64_t i = 0; i < expected.size(); ++i) {
    double want = expected.floats[i], have = given.floats[i];
    if (std::isnan(want) || std::isnan(have) ? std::isnan(want) && std::isnan(have) : want == have)
      continue;
    double bound = toleranceOf(type) * std::max(std::fabs(want), scale) * std::max<int64_t>(1, ulps / 4);
    // One rounding is the result's own, and relative to it; others are of what was rounded.
    bound += ulpOf(type) * std::fabs(want) * (1 + ulps) + smallestOf(type) * rounded.count;
    bound += ulpOf(type) && rounded.count <= 1 ? 0 : rounded.error;
    if (std::isfinite(want) && std::isfinite(have) && std::fabs(want - have) <= bound)
      continue;
    std::string text;
    llvm::raw_string_ostream(text) << "element " << i << " is " << llvm::format("%.17g", have) << ", expected "
                                   << llvm::format("%.17g", want);
    return text;
  }
  return std::nullopt;
}

/// |expected - given| <= tolerance |expected|, as vectors: for weights after
/// steps of an optimizer that divides by gradients of nearly nothing.
static bool isCloseAsVector(const Tensor &expected, const Tensor &given) {
  double tolerance = std::max(toleranceOf(expected.elementType), ulpOf(expected.elementType));
  double distance = 0, length = 0;
  for (size_t i = 0; i < expected.floats.size(); ++i) {
    distance += std::pow(expected.floats[i] - given.floats[i], 2);
    length += std::pow(expected.floats[i], 2);
  }
  return expected.isFloat() && std::sqrt(distance) <= tolerance * std::sqrt(length);
}

//===-- Calls ------------------------------------------------------------===//

namespace {
/// Compares one function's calls.
class FunctionCheck {
public:
  FunctionCheck(const Compiled &compiled, int32_t index, const std::vector<Run> &runs)
      : compiled(compiled), index(index), runs(runs) {}

  /// Results of every run, for comparison bit by bit; stops at a difference.
  std::vector<Tensors> runAll(Session &session, const std::string &where) {
    std::vector<Tensors> all;
    for (const Run &run : runs) {
      std::string place = where + dimsText(run);
      if (!session.failure.empty())
        return fail(place + ": " + session.failure);
      std::optional<Tensors> results = session.call(index, run.inputs, run.dims);
      if (!results && run.expected)
        return fail(place + ": the call fails: " + session.failure);
      session.failure.clear();
      if (!results) {
        all.emplace_back();
        continue;
      }
      if (!run.expected)
        return fail(place + ": the call succeeds, expected an error");
      double scale = 0;
      for (const Tensor &input : run.inputs)
        scale = std::max(scale, largest(input));
      for (size_t i = 0; i < results->size(); ++i)
        if (auto why = differenceOf((*run.expected)[i], (*results)[i], scale, run.ulps, run.rounded))
          return fail(place + ": result " + std::to_string(i) + ": " + *why);
      all.push_back(std::move(*results));
    }
    return all;
  }

  /// State after all runs.
  /// With what all runs rounded.
  void checkState(Session &session, const std::map<std::string, Tensor> &expected, const std::string &where) {
    dl::Evaluator::Rounded total;
    for (const Run &run : runs) {
      total.count += run.rounded.count;
      total.error += run.rounded.error;
    }
    for (auto [i, state] : llvm::enumerate(compiled.interface.state)) {
      auto found = expected.find(state.symbol);
      if (found == expected.end() || !difference.empty())
        continue;
      Tensor given = session.state(i, state.type);
      if (auto why = differenceOf(found->second, given, largest(found->second), 0, total);
          why && !isCloseAsVector(found->second, given))
        fail(where + ": state " + state.name + ": " + *why);
    }
  }

  void checkSame(const std::vector<Tensors> &one, const std::vector<Tensors> &other, const std::string &where) {
    for (size_t r = 0; r < one.size() && difference.empty(); ++r)
      for (size_t i = 0; i < one[r].size(); ++i)
        if (memcmp(one[r][i].floats.data(), other[r][i].floats.data(), one[r][i].floats.size() * sizeof(double)) ||
            one[r][i].ints != other[r][i].ints)
          fail(where + dimsText(runs[r]) + ": result " + std::to_string(i) + " depends on the number of threads");
  }

  std::string difference;

private:
  std::vector<Tensors> fail(std::string why) {
    difference = std::move(why);
    return {};
  }
  std::string dimsText(const Run &run) const {
    std::string text;
    for (size_t d = 0; d < run.dims.size(); ++d)
      text += std::string(" ") + compiled.model->dims[d].name + "=" + std::to_string(run.dims[d]);
    return text;
  }
  const Compiled &compiled;
  int32_t index;
  const std::vector<Run> &runs;
};
} // namespace

//===-- Everything of a module -------------------------------------------===//

/// Names of the variants this machine runs.
static std::vector<const char *> variantsOf(const dlc_model &model) {
  std::vector<const char *> names;
  for (int32_t v = 0; v < model.variant_count; ++v) {
    dlc_error error = DLC_ERROR_INIT;
    if (dlc_model_variant(&model, model.variants[v].name, &error) >= 0)
      names.push_back(model.variants[v].name);
  }
  return names;
}

static FailureOr<Outcome> checkFunction(func::FuncOp function, ModuleOp reference, const Compiled &compiled,
                                        const Request &request) {
  dl::Evaluator evaluator(reference);
  if (failed(evaluator.initialise()))
    return failure();
  FailureOr<std::vector<Run>> runs = runsOf(function, compiled, evaluator, request);
  if (failed(runs))
    return failure();
  Outcome outcome{function.getSymName().str(), "", runs->size()};
  if (!isCase(function) && llvm::none_of(*runs, [](const Run &run) { return run.expected.has_value(); }))
    outcome.difference = "the evaluator refuses every input";
  std::vector<int64_t> bounds(compiled.model->dim_count, 1);
  for (const Run &run : *runs)
    for (auto [bound, dim] : llvm::zip(bounds, run.dims))
      bound = std::max(bound, dim);
  FunctionCheck check(compiled, dlc_model_find(compiled.model, outcome.function.c_str()), *runs);
  for (const char *variant : variantsOf(*compiled.model)) {
    std::optional<std::vector<Tensors>> first;
    for (int threads : request.threads) {
      std::string where =
          std::string(variant) + ", " + std::to_string(threads) + (threads == 1 ? " thread" : " threads");
      Session session(compiled, variant, threads, bounds);
      std::vector<Tensors> results = check.runAll(session, where);
      if (check.difference.empty())
        check.checkState(session, evaluator.state, where);
      if (check.difference.empty() && first)
        check.checkSame(*first, results, where);
      if (!check.difference.empty()) {
        outcome.difference = check.difference;
        return outcome;
      }
      first = std::move(results);
    }
  }
  return outcome;
}

/// What the evaluator takes: the module itself or, when it asks for gradients,
/// the module after stage dl, where they are ops like others (dlc-gradcheck
/// has them checked against differences).
static FailureOr<OwningOpRef<ModuleOp>> referenceOf(ModuleOp module) {
  OwningOpRef<ModuleOp> reference = module.clone();
  bool asks = module.walk([](dl::GradientOp) { return WalkResult::interrupt(); }).wasInterrupted();
  if (asks && failed(runPipeline(*reference, Options(), Stage::Dl, [](Stage) { return success(); })))
    return failure();
  return reference;
}

FailureOr<std::vector<Outcome>> check(ModuleOp module, const Request &request) {
  FailureOr<OwningOpRef<ModuleOp>> reference = request.differences ? OwningOpRef<ModuleOp>() : referenceOf(module);
  if (failed(reference))
    return failure();
  FailureOr<Compiled> compiled = Compiled::of(module, request.cpus);
  if (failed(compiled))
    return failure();
  std::vector<Outcome> outcomes;
  for (auto function : module.getOps<func::FuncOp>()) {
    if (!function->hasAttr("dl.entry"))
      continue;
    FailureOr<Outcome> outcome = request.differences ? checkDifferences(function, *compiled, request)
                                                     : checkFunction(function, **reference, *compiled, request);
    if (failed(outcome))
      return failure();
    outcomes.push_back(std::move(*outcome));
  }
  return outcomes;
}

} // namespace dlc
