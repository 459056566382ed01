// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_GENERATECPU_H
#define DLC_PASSES_GENERATECPU_H
#include "mlir/Pass/Pass.h"
#include "passes/Elements/Emitter.h"
namespace dlc {
#define GEN_PASS_DECL
#include "passes/GenerateCpu/GenerateCpu.h.inc"
} // namespace dlc
#endif // DLC_PASSES_GENERATECPU_H
