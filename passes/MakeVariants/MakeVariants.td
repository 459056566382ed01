// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_MAKEVARIANTS_TD
#define DLC_PASSES_MAKEVARIANTS_TD
include "mlir/Pass/PassBase.td"

def MakeVariants : Pass<"make-variants", "::mlir::ModuleOp"> {
  let summary = "one copy of the model's functions for each target";
  let description = [{
    Moves every function into a `dl.variant` for each target of the module's
    `dl.targets`, a dictionary from variant name to `#dl.target`. Parameters and
    slots stay where they are: variants share them. From here on the same passes
    run once for each variant and ask its target.

    Runs at the end of stage `dl`: what came before depends on no machine.
  }];
}
#endif
