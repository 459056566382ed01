// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Regions: gradients, loops. Calls are func.call, inlined first; recursion is
// refused.
#ifndef DL_CONTROL
#define DL_CONTROL
include "DlBase.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"

def Dl_YieldOp : Dl_Op<"yield", [Pure, Terminator, ReturnLike]> {
  let summary = "the results of a region";
  let description = "Example: `dl.yield %loss : tensor<f32>`";
  let arguments = (ins Variadic<Dl_AnyTensor>:$values);
  let assemblyFormat = "($values^ `:` type($values))? attr-dict";
  let builders = [OpBuilder<(ins), "">];
  let family = "Control";
}

def Dl_GradientOp : Dl_Op<"gradient", [SingleBlockImplicitTerminator<"YieldOp">, DeclareOpInterfaceMethods<Dl_DimsOpInterface>]> {
  let summary = "a scalar computed by a region, and its gradients";
  let description = [{
    Results: what the region yields (the first is the scalar that is
    differentiated, the rest pass through), then one gradient per symbol of
    `symbols`, then one per operand. Inside the region, `dl.read` of a listed
    symbol and uses of a listed operand are what the gradient is taken with
    respect to. Nests.

    Example:
    ```mlir
    %loss, %g:2 = dl.gradient @w, @b wrt(%x : tensor<?x4xf32>) {
      ...
      dl.yield %l : tensor<f32>
    } : tensor<f32>, tensor<4x2xf32>, tensor<2xf32>, tensor<?x4xf32>
    ```
  }];
  let arguments = (ins DefaultValuedAttr<TypedArrayAttrBase<FlatSymbolRefAttr, "symbols">, "{}">:$symbols, Variadic<Dl_AnyTensor>:$inputs);
  let results = (outs Variadic<Dl_AnyTensor>:$results);
  let regions = (region SizedRegion<1>:$body);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
  let family = "Control";
}

def Dl_StopGradientOp : Dl_Primitive<"stop_gradient"> {
  let summary = "x, through which no gradient flows";
  let description = "Example: `%y = dl.stop_gradient %x : (tensor<4xf32>) -> tensor<4xf32>`";
  let arguments = (ins Dl_Values.tensor:$input);
  let results = (outs Dl_Values.tensor:$result);
  let assemblyFormat = Dl_Format;
  let matrixTypes = Dl_Values.names; let matrixForm = "unary"; let family = "Control";
}

def Dl_ScanOp : Dl_Op<"scan", [Pure, AttrSizedOperandSegments, IsolatedFromAbove, SingleBlock,
                               DeclareOpInterfaceMethods<Dl_DifferentiableOpInterface>,
                               DeclareOpInterfaceMethods<Dl_EvaluableOpInterface>,
                               DeclareOpInterfaceMethods<Dl_DimsOpInterface>]> {
  let summary = "a loop over the first axis: carries pass from step to step, results stack up";
  let description = [{
    Block arguments: the carries, one slice of each sequence (its first axis
    removed), then the constants, which every step sees alike. The region yields
    the next carries, then one value per stacked result. Results: the last
    carries, then the stacked values with a first axis of `length` (an integer
    or dimension expression). With `reverse`, step 0 takes the last slice and
    stacks at the end. Without a step (`length` 0) the results are the inits and
    empty stacks; extents in the region are checked all the same, so that what
    fits does not depend on how often it runs.
    - C1: every sequence has extent `length` in axis 0.
    - C2: carries keep their type.

    Example:
    ```mlir
    %h, %ys = dl.scan init(%h0) over(%xs) with(%w) length "time" {
    ^bb0(%c: tensor<?x8xf32>, %x: tensor<?x8xf32>, %u: tensor<8x8xf32>):
      ...
      dl.yield %next, %next : tensor<?x8xf32>, tensor<?x8xf32>
    } : (tensor<?x8xf32>, tensor<?x?x8xf32>, tensor<8x8xf32>) -> (tensor<?x8xf32>, tensor<?x?x8xf32>)
    ```
  }];
  let arguments = (ins Variadic<Dl_AnyTensor>:$inits, Variadic<Dl_AnyTensor>:$sequences, Variadic<Dl_AnyTensor>:$constants,
                       AnyAttrOf<[I64Attr, StrAttr]>:$length, UnitAttr:$reverse);
  let results = (outs Variadic<Dl_AnyTensor>:$results);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    (`init` `(` $inits^ `)`)? (`over` `(` $sequences^ `)`)? (`with` `(` $constants^ `)`)? `length` $length
    $body attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
  let family = "Control";
}
#endif // DL_CONTROL
