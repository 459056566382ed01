// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_DESCRIBEINTERFACE_DESCRIBEINTERFACE_TD
#define DLC_PASSES_DESCRIBEINTERFACE_DESCRIBEINTERFACE_TD
include "mlir/Pass/PassBase.td"

def DescribeInterface : Pass<"describe-interface", "::mlir::ModuleOp"> {
  let summary = "write down what the library's user sees: functions, arguments, dimensions, state";
  let description = [{
    Reads the entry functions as the user wrote them and sets the module
    attribute `dl.interface`, from which alone the library's header, its
    descriptor and its block of state are made, however much later passes
    rearrange functions:

    ```mlir
    dl.interface = {
      dims = [{name = "batch", low = 0, high = 2147483648, bound = 64} ],
      functions = [{name = "train_step", trains, arguments = [
        {name = "image", kind = "input", type = ui8, dims = ["batch", 784]},
        {name = "label", kind = "input", type = ui8, dims = ["batch"], below = 10},
        {name = "learning_rate", kind = "hyper", type = f32, dims = [], default = 1.0e-3 : f32},
        {name = "loss", kind = "output", type = f32, dims = []} ]} ],
      state = [{symbol = @w, name = "w", kind = "parameter", type = tensor<784x10xf32>, offset = 64, written},
               {symbol = @m, name = "adam.m/w", kind = "slot", type = tensor<784x10xf32>, offset = 31424, written} ],
      state_bytes = 62784, data_bytes = 0}
    ```
    (integers are i64). `Interface` (Interface.h) is the same as a C++ value.

    - Arguments of a function are its arguments, then its results. Names come
      from `dl.name`, otherwise `arg0`, `result0`; the driver sets `dl.name` from
      the name that the source text gives an argument (`%image`).
    - `dims` are the named dimensions in the order in which arguments mention
      them. A result's extents may be expressions of these.
    - `below`: all values of this input are used as labels of a cross-entropy
      or as indices of a gather with this many classes or rows, so they must lie
      in [0, below); the runtime checks before it calls. The argument itself gets
      it too, as `dl.below`.
    - `requirements` of a function: added by RequireExtents.
    - `offset`: in the state block, seed at 0, step at 8, the rest at multiples
      of 64. `data`: where its initial value lies among the embedded bytes, for
      state declared with elements that are not all equal; the rest is computed
      by `dl.initialise` (see AddInitialise).

    Must run after private functions are inlined (what an argument is used for
    is then in front of it) and before ThreadState, which gives functions
    arguments and results that are none of the user's.

    Constraints on entries, each an error here:
    - C1: arguments and results are tensors;
    - C2: a dynamic extent of an argument has a name, alone: `"n"`, not `"2*n"`;
    - C3: extents of results are expressions over names of that function's arguments;
    - C4: names within a function differ;
    - C5: a `dl.hyper` argument has rank 0 and a `dl.default` of its type;
    - C6: entries are not called `dl.*`, which is the compiler's own;
    - C7: no `dl.launch`: kernels are what later stages make of functions.
    In a module with `dl.constant_weights` (--weights=constant) also:
    - C8: no entry writes state;
    - C9: every parameter and slot has elements, zeros or ones: nothing is drawn.
  }];
  let options = [
    ListOption<"dims", "dims", "std::string",
               "limits of named dimensions: `name=low..high` or `name=high`; the high limit is also the default upper bound of a context">
  ];
}

#endif // DLC_PASSES_DESCRIBEINTERFACE_DESCRIBEINTERFACE_TD
