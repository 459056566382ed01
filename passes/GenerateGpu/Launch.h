// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What stands beside the device code: for each kernel, the host function that
// callers find under its name, as a CPU's kernels are found.
#ifndef DLC_PASSES_GENERATEGPU_LAUNCH_H
#define DLC_PASSES_GENERATEGPU_LAUNCH_H

#include "passes/GenerateGpu/Generators.h"
#include "llvm/ADT/StringSet.h"

namespace dlc {

/// What the host has to know of a kernel's device code.
struct LaunchFacts {
  struct Step {
    int64_t number;                   // among the variant's kernels
    dl::DimExpr grid;                 // blocks
    bool usesScratch;                 // its last parameter
    std::string name;                 // of the device code
    int64_t threads, sharedBytes;     // of a block
    std::optional<int64_t> unaligned; // the number of the same for tensors that begin anywhere
  };
  llvm::SmallVector<Step, 2> steps; // launches, in order
  dl::DimExpr scratchBytes = 0;
  int64_t productsPerCycle = 64;  // see DeviceKernel
  bool reports = false;           // data errors
  std::vector<std::string> names; // of its dimensions, sorted
  mlir::ArrayAttr ties;           // see GenerateCpu's dl.in_place
};

/// Makes a function `@kernel(frame, inputs..., outputs..., scratch, extents...)`
/// of the kernel, which launches its device code, step by step, and returns at once. `b` stands
/// where it goes, `target` is the variant's.
void emitHostFunction(mlir::OpBuilder &b, dl::KernelOp kernel, dl::TargetAttr target, const LaunchFacts &facts);

/// Kernels that are launched on slices which need not begin at whole accesses:
/// steps of a loop over a sequence.
llvm::StringSet<> kernelsTakingSlices(dl::VariantOp variant);

/// Makes the kernel that copies bytes, whatever their alignment, number `number`.
void emitCopyKernel(mlir::OpBuilder &b, mlir::Location location, dl::TargetAttr target, int64_t number);

/// Has a finished kernel do nothing when it is given a report (its first
/// argument is not null) that holds a data error.
void guardKernel(mlir::LLVM::LLVMFuncOp kernel);

} // namespace dlc
#endif // DLC_PASSES_GENERATEGPU_LAUNCH_H
