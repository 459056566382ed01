// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_LOWERFRAME_DEVICEOPS_H
#define DLC_PASSES_LOWERFRAME_DEVICEOPS_H

#include "dialects/dl/Dl.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"

namespace dlc {

/// In the host code of a variant for a GPU, whose buffers are the device's:
/// copies become launches, constants addresses of what the runtime has copied
/// there, and an exit on data errors a guard of the launches behind it. Fails
/// if there is a copy and the variant has no kernel that copies.
mlir::LogicalResult lowerDeviceOps(dl::VariantOp variant, const mlir::LLVMTypeConverter &converter);

} // namespace dlc
#endif // DLC_PASSES_LOWERFRAME_DEVICEOPS_H
