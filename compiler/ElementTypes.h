// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_COMPILER_ELEMENTTYPES_H
#define DLC_COMPILER_ELEMENTTYPES_H

#include "mlir/IR/Types.h"
#include <cstdint>

namespace dlc {

/// The element type that DLC_F32 and the others of dlc/abi.h stand for; null for
/// a number that is none of them.
mlir::Type elementTypeOf(mlir::MLIRContext *context, int32_t code);
/// The reverse, for a type that dl allows.
int32_t elementCode(mlir::Type type);

} // namespace dlc
#endif // DLC_COMPILER_ELEMENTTYPES_H
