// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_VERIFYSTAGE_TD
#define DLC_PASSES_VERIFYSTAGE_TD
include "mlir/Pass/PassBase.td"

def VerifyStage : Pass<"verify-stage", "::mlir::ModuleOp"> {
  let summary = "check that what a stage has done away with is gone";
  let description = [{
    Ends every stage, and stands before the first one of a compilation that goes
    on from a stage's file (`--from`). Names the first op that may no longer
    exist, where it came from and the stage, so that a mistake is found where it
    was made and not three stages later.

    | stage | what is left | gone |
    |---|---|---|
    | `dl` | parameters, slots; entry functions of dl's ops on values | calls, private functions, `dl.gradient`, `dl.read`, `dl.write`, `dl.seed`, `dl.step` |
    | `kernels` | parameters, slots; variants of kernels and functions; functions of launches, views, constants, loops; kernels with a schedule and at most one root | functions and computing ops outside; composites, unless the kernel's generator is named after one |
    | `loops` | the same outside of functions; functions of loops over buffers and vectors, memory planned | kernels, launches, entries without plan, tensors |
    | `llvm` | variants of LLVM's dialect | everything else |

    In a variant for a GPU, stages `loops` and `llvm` also have its kernels' code
    in a `gpu.module`, which may use NVVM's ops.
  }];
  let options = [Option<"stage", "stage", "std::string", "\"dl\"", "the stage that ends here">];
}

#endif // DLC_PASSES_VERIFYSTAGE_TD
