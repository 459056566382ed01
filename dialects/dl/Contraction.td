// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Sums of products over shared axes.
#ifndef DL_CONTRACTION
#define DL_CONTRACTION
include "DlBase.td"

def Dl_ContractOp : Dl_Primitive<"contract", [SameOperandsElementType]> {
  let summary = "sum over contracting axes of x y, batch axes kept (einsum of two operands)";
  let description = [{
    The result's axes are the batch axes (in the order of `lhs_batch`), then the
    free axes of lhs, then those of rhs, each in order. Its own gradients are
    contractions and transposes.
    - C1: as many batch axes, and as many contracting axes, on both sides.
    - C2: no axis is named twice; every axis is in range.
    - C3: paired extents are equal.
    16-bit types accumulate in f32.

    Example:
    ```mlir
    %r = dl.contract %x, %w {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>}
        : (tensor<?x784xf32>, tensor<784x128xf32>) -> tensor<?x128xf32>
    ```
  }];
  let arguments = (ins Dl_Numbers.tensor:$lhs, Dl_Numbers.tensor:$rhs,
      DefaultValuedAttr<DenseI64ArrayAttr, "{}">:$lhs_batch, DefaultValuedAttr<DenseI64ArrayAttr, "{}">:$rhs_batch,
      DefaultValuedAttr<DenseI64ArrayAttr, "{}">:$lhs_contract, DefaultValuedAttr<DenseI64ArrayAttr, "{}">:$rhs_contract);
  let results = (outs Dl_Numbers.tensor:$result);
  let assemblyFormat = Dl_Format;
  let extraClassDeclaration = [{
    /// The axes of an operand that are neither batch nor contracting, in order.
    ::llvm::SmallVector<int64_t> freeAxes(bool ofRhs);
  }];
  let matrixTypes = Dl_Numbers.names; let matrixForm = "contract"; let family = "Contraction";
}

def Dl_MatmulOp : Dl_Composite<"matmul", [SameOperandsElementType]> {
  let summary = "the matrix product of the last two axes; leading axes broadcast (numpy.matmul)";
  let description = [{
    Operands have rank 2 or more (C1), inner extents are equal (C2), leading axes broadcast (C3).
    Example: `%r = dl.matmul %x, %w : (tensor<?x784xf32>, tensor<784x128xf32>) -> tensor<?x128xf32>`
  }];
  let arguments = (ins Dl_Numbers.tensor:$lhs, Dl_Numbers.tensor:$rhs);
  let results = (outs Dl_Numbers.tensor:$result);
  let assemblyFormat = Dl_Format;
  let matrixTypes = Dl_Numbers.names; let matrixForm = "matmul"; let family = "Contraction";
}
#endif // DL_CONTRACTION
