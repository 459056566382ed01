// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_VERIFYSTAGE_TD
#define DLC_PASSES_VERIFYSTAGE_TD
include "mlir/Pass/PassBase.td"

def VerifyStage : Pass<"verify-stage", "::mlir::ModuleOp"> {
  let summary = "check that what a stage has done away with is gone";
  let description = [{
    Ends every stage. Names each op that may no longer exist, where it came from
    and the stage, so that a mistake is found where it was made and not three
    stages later.

    | stage | gone |
    |---|---|
    | `dl` | calls, private functions, `dl.gradient`, `dl.read`, `dl.write`, `dl.seed`, `dl.step` |
  }];
  let options = [Option<"stage", "stage", "std::string", "\"dl\"", "the stage that ends here">];
}

#endif // DLC_PASSES_VERIFYSTAGE_TD
