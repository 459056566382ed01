// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_THREADSTATE_TD
#define DLC_PASSES_THREADSTATE_TD
include "mlir/Pass/PassBase.td"

def ThreadState : Pass<"thread-state", "::mlir::ModuleOp"> {
  let summary = "turn reads and writes of state into arguments and results";
  let description = [{
    Each parameter or slot that a function touches becomes an argument, and each
    one it writes a result, after the user's own, in the order in which the module
    declares them; `dl.state` on both says which. The seed and the step are state
    too (`@dl.seed`, `@dl.step`, tensor<i64>); a function that writes any state
    returns step + 1. Reads get the value of the latest write before them, in
    program order; inside a scan it becomes a constant of the scan. A gradient
    with respect to symbols becomes one with respect to their values there.

    Runs after InlineCalls and before anything that moves ops: from here on values
    are pure, and order is only what values say. That also frees ops that may
    report a data error (gather, labels) from standing before the first write:
    state changes when the call ends.

    Writes inside a gradient or a scan are refused.

    ```mlir
    func.func @step(%g: tensor<4xf32>) attributes {dl.entry} {
      %w = dl.read @w ...
      %next = dl.sub %w, %g ...
      dl.write @w, %next ...
    // becomes
    func.func @step(%g: tensor<4xf32>, %w: tensor<4xf32> {dl.state = @w}, %step: tensor<i64> {dl.state = @dl.step})
        -> (tensor<4xf32> {dl.state = @w}, tensor<i64> {dl.state = @dl.step})
    ```
    Example: test/passes/ThreadState/example.mlir.
  }];
}

#endif // DLC_PASSES_THREADSTATE_TD
