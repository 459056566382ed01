// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the initialisers of State.td mean, as dl ops: the compiler's
// `dl.initialise` and the evaluator are built from the same lines.
#ifndef DLC_DIALECTS_DL_INITIALVALUE_H
#define DLC_DIALECTS_DL_INITIALVALUE_H

#include "dialects/dl/DlBuilder.h"

namespace dlc::dl {

/// Builds the initial value of state of static `type`, declared with `value`:
/// an initialiser attribute or a splat of elements. `seed` and `step` are
/// tensor<i64>. Null for elements that are not all equal: those are data.
mlir::Value buildInitialValue(DlBuilder &b, mlir::Attribute value, mlir::RankedTensorType type, mlir::Value seed,
                              mlir::Value step);

} // namespace dlc::dl
#endif // DLC_DIALECTS_DL_INITIALVALUE_H
