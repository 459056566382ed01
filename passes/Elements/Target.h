// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_ELEMENTS_TARGET_H
#define DLC_PASSES_ELEMENTS_TARGET_H

#include "dialects/dl/Dl.h"

namespace dlc {

/// Whether threads of a GPU run the kernels: generators and what comes after
/// them are that kind's.
inline bool isGpu(dl::TargetAttr target) { return target.getArch() == "nvptx64"; }

} // namespace dlc
#endif // DLC_PASSES_ELEMENTS_TARGET_H
