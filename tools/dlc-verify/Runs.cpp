// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/dlc-verify/Runs.h"
#include "mlir/IR/Diagnostics.h"
#include "tools/dlc-evaluate/Cases.h"
#include <cmath>

using namespace mlir;

namespace dlc {

using dl::Tensor;

/// Labels and indices into their range, special values where they are asked for.
static void adjust(std::vector<Tensor> &inputs, const dlc_function &function, const Request &request) {
  constexpr double specials[] = {NAN, INFINITY, -INFINITY, -0.0, 0.0, 1e-310, -1e-40, 6e-8, 1e30, -1e38};
  for (size_t i = 0; i < inputs.size(); ++i) {
    Tensor &input = inputs[i];
    const dlc_argument &argument = function.arguments[i];
    if (argument.kind == DLC_HYPER) { // as the user meets it: a random rate of learning blows up
      input = Tensor::fromBytes(input.elementType, {}, &argument.default_bits);
      continue;
    }
    for (int64_t k = 0; k < input.size(); ++k) {
      if (!input.isFloat() && argument.checked && argument.bound > 0)
        input.setInt(k, (input.ints[k] + 3 * k) % argument.bound);
      uint32_t draw = dl::philox(request.seed + 1, k, i, 7)[0];
      if (input.isFloat() && request.special && draw % 4 == 0)
        input.set(k, specials[draw / 4 % std::size(specials)]);
    }
  }
}

std::vector<int64_t> dimsOf(const dlc_model &model, const dlc_function &function, const std::vector<Tensor> &inputs) {
  std::vector<int64_t> dims;
  for (int32_t d = 0; d < model.dim_count; ++d)
    dims.push_back(model.dims[d].low);
  for (size_t i = 0; i < inputs.size(); ++i)
    for (int32_t axis = 0; axis < function.arguments[i].rank; ++axis)
      if (int32_t dim = function.arguments[i].extents[axis].dim; dim >= 0)
        dims[dim] = inputs[i].shape[axis];
  return dims;
}

static FailureOr<std::vector<Tensor>> evaluate(func::FuncOp function, dl::Evaluator &evaluator,
                                               const std::vector<Tensor> &inputs) {
  ScopedDiagnosticHandler quiet(function.getContext(), [](Diagnostic &) { return success(); });
  evaluator.dims.clear();
  return evaluator.call(function.getSymName(), inputs);
}

FailureOr<std::vector<Run>> runsOf(func::FuncOp function, const Compiled &compiled, dl::Evaluator &evaluator,
                                   const Request &request) {
  const dlc_model &model = *compiled.model;
  const dlc_function &described = model.functions[dlc_model_find(&model, function.getSymName().str().c_str())];
  std::vector<Run> runs;
  auto add = [&](std::vector<Tensor> inputs, int64_t ulps) {
    FailureOr<std::vector<Tensor>> results = evaluate(function, evaluator, inputs);
    std::vector<int64_t> dims = dimsOf(model, described, inputs);
    runs.push_back({std::move(inputs), failed(results) ? std::nullopt : std::optional(std::move(*results)), ulps, dims,
                    evaluator.rounded});
  };
  if (isCase(function)) {
    FailureOr<Case> test = readCase(function);
    if (failed(test))
      return failure();
    add(test->inputs, test->ulps);
    return runs;
  }
  size_t count = 1;
  for (int32_t d = 0; d < model.dim_count; ++d)
    count = std::max(count, request.extents[model.dims[d].name].size());
  for (size_t n = 0; n < count; ++n) {
    std::map<std::string, int64_t> dims;
    bool legal = true;
    for (int32_t d = 0; d < model.dim_count; ++d) {
      const std::vector<int64_t> &values = request.extents[model.dims[d].name];
      int64_t value = values[(n + d) % values.size()];
      dims[model.dims[d].name] = value;
      legal &= value >= model.dims[d].low && value <= model.dims[d].high;
    }
    if (!legal)
      continue;
    FailureOr<std::vector<Tensor>> inputs = randomInputs(function, request.seed + n, dims);
    if (failed(inputs))
      return failure();
    adjust(*inputs, described, request);
    add(std::move(*inputs), 0);
  }
  return runs;
}

} // namespace dlc
