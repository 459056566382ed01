// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_REQUIREEXTENTS_TD
#define DLC_PASSES_REQUIREEXTENTS_TD
include "mlir/Pass/PassBase.td"

def RequireExtents : Pass<"require-extents", "::mlir::ModuleOp"> {
  let summary = "write down what ops ask of extents that only a call can tell";
  let description = [{
    An op's shape rule (dialects/dl/shapes) refuses what numbers show to be wrong.
    Where named dimensions decide, this pass adds what the rule asks to the
    function's entry in `dl.interface`, and the library checks it before a call
    runs, and before it tells shapes:

    ```mlir
    %r = dl.slice %x {starts = [2], dims = [3], strides = array<i64: 1>} : (tensor<?xf32>) -> tensor<3xf32> // x has extent n
    // adds to the function in dl.interface
    requirements = [{what = "dl.slice (line 7): extent of axis 0", given = "n", expected = 5} ]
    // and a call with n = 3 ends in
    f: dl.slice (line 7): extent of axis 0 is n = 3, expected at least 5
    ```
    Besides the rules of ops: a static extent of a result's type whose rule gives
    an expression equals it, and carries of a scan keep their extents. With `exact`
    the two are equal, else `given` is at least `expected`. What the limits of the
    dimensions prove is left out.

    Asked of the whole function, whether or not a loop around the op makes a step,
    as the evaluator does (dialects/dl/shapes/Requirements.h).
    Runs twice: on what the user wrote, and on what differentiation added. What
    later passes make of these ops asks for nothing more. Names no file: the same
    model in another folder gives the same library.
    Example: test/passes/RequireExtents/example.mlir.
  }];
}

#endif // DLC_PASSES_REQUIREEXTENTS_TD
