// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Questions about the description of a model.
#ifndef DLC_RUNTIME_MODEL_H
#define DLC_RUNTIME_MODEL_H
#include "dlc/runtime.h"

namespace dlc::v1 {

/// Runs code of the model. The compiler emits none that allocates, locks or
/// enters the system of its own accord, which the type of the pointer does not
/// say: with workers, `parallel_for` may wait.
inline int32_t runCode(const dlc_entry &entry, const dlc_frame &frame) DLC_NONBLOCKING {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpragmas"
#pragma GCC diagnostic ignored "-Wunknown-warning-option"
#pragma GCC diagnostic ignored "-Wfunction-effects"
  return entry.code(&frame);
#pragma GCC diagnostic pop
}

/// Extents of all arguments of a function in order, for actual dimensions. A
/// function without computed extents may leave `shapes` NULL.
void computeExtents(const dlc_function &function, const int64_t *dims, int64_t *extents) DLC_NONBLOCKING;

/// Whether `dims` meet what function `index` asks of them besides their limits.
dlc_status checkRequirements(const dlc_model &model, int32_t index, const int64_t *dims,
                             dlc_error *error) DLC_NONBLOCKING;

} // namespace dlc::v1
#endif
