// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_INLINECALLS_TD
#define DLC_PASSES_INLINECALLS_TD
include "mlir/Pass/PassBase.td"

def InlineCalls : Pass<"inline-calls", "::mlir::ModuleOp"> {
  let summary = "put the bodies of called functions where they are called";
  let description = [{
    Afterwards no function is called and no private function is left: state,
    gradients and kernels are decided for each entry by itself. Runs first,
    because everything after it looks at one function at a time.

    A private function may name the extents of its arguments (`dl.dims`): these
    names become the caller's extents everywhere in the inlined body. Names that
    no argument declares are the caller's own. Recursion, a name that the caller
    lacks, and calls of functions without a body are refused.

    ```mlir
    func.func private @flat(%x: tensor<?x4x4xf32> {dl.dims = ["n", 4, 4]}) -> tensor<?x16xf32> {
      %r = dl.reshape %x {dims = ["n", 16]} ...
    // inlined where %y has extents ["2*batch", 4, 4]:
    %r = dl.reshape %y {dims = ["2*batch", 16]} ...
    ```
    Example: test/passes/InlineCalls/example.mlir.
  }];
}

#endif // DLC_PASSES_INLINECALLS_TD
