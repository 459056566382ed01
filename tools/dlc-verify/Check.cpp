// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/dlc-verify/Check.h"
#include "compiler/Pipeline.h"
#include "tools/dlc-evaluate/Cases.h"
#include "llvm/Support/Format.h"
#include <cmath>
#include <cstring>

using namespace mlir;

namespace dlc {

using dl::Tensor;
using Tensors = std::vector<Tensor>;

//===-- Tolerance --------------------------------------------------------===//

/// Relative to the larger of value and scale: reassociated sums and functions
/// within their documented bounds stay below it, a wrong term does not.
static double toleranceOf(Type type) {
  return type.isF64() ? 1e-12 : type.isF32() ? 1e-5 : type.isF16() ? 0x1p-8 : 0x1p-5;
}

/// The largest finite magnitude among floats.
static double largest(const Tensor &tensor) {
  double result = 0;
  for (double value : tensor.floats)
    if (std::isfinite(value))
      result = std::max(result, std::fabs(value));
  return result;
}

std::optional<std::string> differenceOf(const Tensor &expected, const Tensor &given, double scale, int64_t ulps) {
  if (!expected.isFloat() || expected.shape != given.shape || expected.elementType != given.elementType)
    return difference(expected, given, 0);
  scale = std::max(scale, largest(expected)) / 16;
  for (int64_t i = 0; i < expected.size(); ++i) {
    double want = expected.floats[i], have = given.floats[i];
    if (std::isnan(want) || std::isnan(have) ? std::isnan(want) && std::isnan(have) : want == have)
      continue;
    double bound = toleranceOf(expected.elementType) * std::max(std::fabs(want), scale) * std::max<int64_t>(1, ulps / 4);
    if (std::isfinite(want) && std::isfinite(have) && std::fabs(want - have) <= bound)
      continue;
    std::string text;
    llvm::raw_string_ostream(text) << "element " << i << " is " << llvm::format("%.17g", have) << ", expected " << llvm::format("%.17g", want);
    return text;
  }
  return std::nullopt;
}

/// |expected - given| <= tolerance |expected|, as vectors: for weights after
/// steps of an optimizer that divides by gradients of nearly nothing.
static bool isCloseAsVector(const Tensor &expected, const Tensor &given) {
  double distance = 0, length = 0;
  for (size_t i = 0; i < expected.floats.size(); ++i) {
    distance += std::pow(expected.floats[i] - given.floats[i], 2);
    length += std::pow(expected.floats[i], 2);
  }
  return expected.isFloat() && std::sqrt(distance) <= toleranceOf(expected.elementType) * std::sqrt(length);
}

//===-- Calls ------------------------------------------------------------===//

namespace {
/// Handles of the runtime for one variant and number of threads.
class Session {
public:
  Session(const Compiled &compiled, const char *variant, int threads, std::vector<int64_t> bounds) : compiled(compiled), threads(threads) {
    dlc_error error = DLC_ERROR_INIT;
    dlc_context_options options = DLC_CONTEXT_OPTIONS_INIT;
    options.threads = threads;
    options.variant = variant;
    if (dlc_weights_create(compiled.model, 0, nullptr, 0, &weights, &error) ||
        dlc_context_create(weights, bounds.data(), &options, &context, &error))
      failure = error.message;
  }
  Session(const Session &) = delete;
  ~Session() {
    dlc_context_destroy(context);
    dlc_weights_destroy(weights);
  }

  /// The results, or nothing with `failure` set.
  std::optional<Tensors> call(int32_t index, const Run &run) {
    const dlc_function &function = compiled.model->functions[index];
    std::vector<int64_t> extents(1 + 8 * function.argument_count);
    dlc_error error = DLC_ERROR_INIT;
    if (dlc_shapes_of(compiled.model, index, run.dims.data(), extents.data(), &error))
      return refuse(error);
    if (llvm::any_of(extents, [](int64_t extent) { return extent < 0; })) {
      failure = "an extent is negative";
      return std::nullopt;
    }
    std::vector<Buffer> buffers;
    std::vector<void *> addresses;
    Tensors results;
    const int64_t *next = extents.data();
    for (int32_t i = 0; i < function.argument_count; ++i) {
      const dlc_argument &argument = function.arguments[i];
      Type type = elementTypeOf(compiled.context, argument.type);
      Tensor tensor(type, ArrayRef(next, argument.rank));
      next += argument.rank;
      buffers.emplace_back(tensor.size() * elementBytes(type), /*aligned=*/threads == 1);
      addresses.push_back(buffers.back().get());
      if (argument.kind == DLC_OUTPUT)
        results.push_back(std::move(tensor));
      else
        run.inputs[i].toBytes(buffers.back().get());
    }
    if (dlc_call(context, index, run.dims.data(), addresses.data(), &error))
      return refuse(error);
    size_t first = function.argument_count - results.size();
    for (auto [i, result] : llvm::enumerate(results))
      result = Tensor::fromBytes(result.elementType, result.shape, addresses[first + i]);
    return results;
  }

  /// Parameter or slot `index`.
  Tensor state(int32_t index, RankedTensorType type) {
    std::vector<char> bytes(compiled.model->parameters[index].bytes);
    dlc_error error = DLC_ERROR_INIT;
    dlc_weights_get(weights, index, bytes.data(), bytes.size(), &error);
    return Tensor::fromBytes(type.getElementType(), type.getShape(), bytes.data());
  }

  std::string failure;

private:
  std::optional<Tensors> refuse(const dlc_error &error) {
    failure = error.message;
    return std::nullopt;
  }
  const Compiled &compiled;
  int threads;
  dlc_weights *weights = nullptr;
  dlc_context *context = nullptr;
};

/// Compares one function's calls.
class FunctionCheck {
public:
  FunctionCheck(const Compiled &compiled, int32_t index, const std::vector<Run> &runs) : compiled(compiled), index(index), runs(runs) {}

  /// Results of every run, for comparison bit by bit; stops at a difference.
  std::vector<Tensors> runAll(Session &session, const std::string &where) {
    std::vector<Tensors> all;
    for (const Run &run : runs) {
      std::string place = where + dimsText(run);
      if (!session.failure.empty())
        return fail(place + ": " + session.failure);
      std::optional<Tensors> results = session.call(index, run);
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
        if (auto why = differenceOf((*run.expected)[i], (*results)[i], scale, run.ulps))
          return fail(place + ": result " + std::to_string(i) + ": " + *why);
      all.push_back(std::move(*results));
    }
    return all;
  }

  /// State after all runs.
  void checkState(Session &session, const std::map<std::string, Tensor> &expected, const std::string &where) {
    for (auto [i, state] : llvm::enumerate(compiled.interface.state)) {
      auto found = expected.find(state.symbol);
      if (found == expected.end() || !difference.empty())
        continue;
      Tensor given = session.state(i, state.type);
      if (auto why = differenceOf(found->second, given, largest(found->second), 0); why && !isCloseAsVector(found->second, given))
        fail(where + ": state " + state.name + ": " + *why);
    }
  }

  void checkSame(const std::vector<Tensors> &one, const std::vector<Tensors> &other, const std::string &where) {
    for (size_t r = 0; r < one.size() && difference.empty(); ++r)
      for (size_t i = 0; i < one[r].size(); ++i)
        if (memcmp(one[r][i].floats.data(), other[r][i].floats.data(), one[r][i].floats.size() * sizeof(double)) || one[r][i].ints != other[r][i].ints)
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

static FailureOr<Outcome> checkFunction(func::FuncOp function, ModuleOp reference, const Compiled &compiled, const Request &request) {
  dl::Evaluator evaluator(reference);
  if (failed(evaluator.initialise()))
    return failure();
  FailureOr<std::vector<Run>> runs = runsOf(function, compiled, evaluator, request);
  if (failed(runs))
    return failure();
  Outcome outcome{function.getSymName().str(), "", runs->size()};
  if (runs->empty())
    outcome.difference = "the evaluator refuses every input";
  std::vector<int64_t> bounds(compiled.model->dim_count, 1);
  for (const Run &run : *runs)
    for (auto [bound, dim] : llvm::zip(bounds, run.dims))
      bound = std::max(bound, dim);
  FunctionCheck check(compiled, dlc_model_find(compiled.model, outcome.function.c_str()), *runs);
  for (const char *variant : variantsOf(*compiled.model)) {
    std::optional<std::vector<Tensors>> first;
    for (int threads : request.threads) {
      std::string where = std::string(variant) + ", " + std::to_string(threads) + (threads == 1 ? " thread" : " threads");
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
  FailureOr<OwningOpRef<ModuleOp>> reference = referenceOf(module);
  if (failed(reference))
    return failure();
  FailureOr<Compiled> compiled = Compiled::of(module, request.cpus);
  if (failed(compiled))
    return failure();
  std::vector<Outcome> outcomes;
  for (auto function : module.getOps<func::FuncOp>()) {
    if (!function->hasAttr("dl.entry"))
      continue;
    FailureOr<Outcome> outcome = checkFunction(function, **reference, *compiled, request);
    if (failed(outcome))
      return failure();
    outcomes.push_back(std::move(*outcome));
  }
  return outcomes;
}

} // namespace dlc
