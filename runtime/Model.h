// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Questions about the description of a model.
#ifndef DLC_RUNTIME_MODEL_H
#define DLC_RUNTIME_MODEL_H
#include "dlc/runtime.h"

namespace dlc::v1 {

/// Extents of all arguments of a function in order, for actual dimensions. A
/// function without computed extents may leave `shapes` NULL.
void computeExtents(const dlc_function &function, const int64_t *dims,
                    int64_t *extents);

} // namespace dlc::v1
#endif
