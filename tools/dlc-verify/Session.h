// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Calls of a compiled model through the runtime, as a user makes them.
#ifndef DLC_TOOLS_VERIFY_SESSION_H
#define DLC_TOOLS_VERIFY_SESSION_H

#include "tools/dlc-verify/Compiled.h"
#include <optional>
#include <vector>

namespace dlc {

using Tensors = std::vector<dl::Tensor>;

/// Handles of the runtime for one variant (NULL: the best) and number of threads.
class Session {
public:
  Session(const Compiled &compiled, const char *variant, int threads, std::vector<int64_t> bounds);
  Session(const Session &) = delete;
  ~Session();

  /// The results of function `index` for dimensions `dims`, one for each of the
  /// model; or nothing with `failure` set. With more than one thread every tensor
  /// ends where memory does.
  std::optional<Tensors> call(int32_t index, const Tensors &inputs, const std::vector<int64_t> &dims);
  /// Parameter or slot `index`.
  dl::Tensor state(int32_t index, mlir::RankedTensorType type);

  std::string failure;

private:
  std::optional<Tensors> refuse(const dlc_error &error);

  const Compiled &compiled;
  int threads;
  dlc_weights *weights = nullptr;
  dlc_context *context = nullptr;
};

} // namespace dlc
#endif // DLC_TOOLS_VERIFY_SESSION_H
