// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_DIFFERENTIATE_TD
#define DLC_PASSES_DIFFERENTIATE_TD
include "mlir/Pass/PassBase.td"

def Differentiate : Pass<"differentiate", "::mlir::func::FuncOp"> {
  let summary = "replace gradient regions by the code of the gradient";
  let description = [{
    Reverse mode. Inner gradients come first, so that gradients of gradients need
    nothing special. Only what depends on a differentiated value and reaches the
    loss is differentiated: the rest, frozen layers for instance, costs nothing in
    the backward pass. Each op gives its own gradient (DifferentiableOpInterface);
    a composite that has none is decomposed beside itself, and stays for the
    forward pass.

    Runs after ThreadState, which leaves no symbols in gradients, and before
    composites are decomposed, while they still know their gradients. Follow it
    by canonicalisation and CSE. A gradient that does not exist is an error: all
    ops without one are reported together, and all values on which the loss does
    not depend.

    Example: test/passes/Differentiate/example.mlir.
  }];
}

#endif // DLC_PASSES_DIFFERENTIATE_TD
