// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/dlc-verify/Session.h"

using namespace mlir;

namespace dlc {

using dl::Tensor;

Session::Session(const Compiled &compiled, const char *variant, int threads, std::vector<int64_t> bounds)
    : compiled(compiled), threads(threads) {
  dlc_error error = DLC_ERROR_INIT;
  dlc_context_options options = DLC_CONTEXT_OPTIONS_INIT;
  options.threads = threads;
  options.variant = variant;
  if (dlc_weights_create(compiled.model, 0, nullptr, 0, &weights, &error) ||
      dlc_context_create(weights, bounds.data(), &options, &context, &error))
    failure = error.message;
}

Session::~Session() {
  dlc_context_destroy(context);
  dlc_weights_destroy(weights);
}

std::optional<Tensors> Session::refuse(const dlc_error &error) {
  failure = error.message;
  return std::nullopt;
}

std::optional<Tensors> Session::call(int32_t index, const Tensors &inputs, const std::vector<int64_t> &dims) {
  const dlc_function &function = compiled.model->functions[index];
  size_t ranks = 1;
  for (int32_t i = 0; i < function.argument_count; ++i)
    ranks += function.arguments[i].rank;
  std::vector<int64_t> extents(ranks);
  dlc_error error = DLC_ERROR_INIT;
  if (dlc_shapes_of(compiled.model, index, dims.data(), extents.data(), &error))
    return refuse(error);
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
      inputs[i].toBytes(buffers.back().get());
  }
  if (dlc_call(context, index, dims.data(), addresses.data(), &error))
    return refuse(error);
  size_t first = function.argument_count - results.size();
  for (auto [i, result] : llvm::enumerate(results))
    result = Tensor::fromBytes(result.elementType, result.shape, addresses[first + i]);
  return results;
}

Tensor Session::state(int32_t index, RankedTensorType type) {
  std::vector<char> bytes(compiled.model->parameters[index].bytes);
  dlc_error error = DLC_ERROR_INIT;
  dlc_weights_get(weights, index, bytes.data(), bytes.size(), &error);
  return Tensor::fromBytes(type.getElementType(), type.getShape(), bytes.data());
}

} // namespace dlc
