// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What ops ask of extents, for compiled code and for the evaluator.
#ifndef DLC_DIALECTS_DL_SHAPES_REQUIREMENTS_H
#define DLC_DIALECTS_DL_SHAPES_REQUIREMENTS_H

#include "dialects/dl/Dl.h"

namespace dlc::dl {

/// Everything that `op` asks of extents and only a call can tell: what its
/// shape rule asks, that static extents of its results equal what the rule
/// gives, and that carries of a scan keep theirs. Failure is reported: numbers
/// show what is wrong.
mlir::FailureOr<std::vector<Requirement>> requirementsOf(DimsOpInterface op, DimAnalysis &dims);

} // namespace dlc::dl
#endif // DLC_DIALECTS_DL_SHAPES_REQUIREMENTS_H
