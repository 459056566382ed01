// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Dimension expressions as code.
#include "compiler/link/Describe.h"
#include "llvm/IR/IRBuilder.h"

namespace dlc {

/// floor(a / b), with a divisor below 1 taken as 1: an extent is never
/// undefined, and nothing traps.
static llvm::Value *emitFloorDiv(llvm::IRBuilderBase &builder, llvm::Value *a, llvm::Value *b) {
  llvm::Value *one = builder.getInt64(1), *zero = builder.getInt64(0);
  b = builder.CreateSelect(builder.CreateICmpSLT(b, one), one, b);
  llvm::Value *quotient = builder.CreateSDiv(a, b);
  llvm::Value *below = builder.CreateICmpSLT(builder.CreateSRem(a, b), zero);
  return builder.CreateSub(quotient, builder.CreateZExt(below, builder.getInt64Ty()));
}

llvm::Value *emitExtent(llvm::IRBuilderBase &builder, const dl::DimExpr &expr, const Interface &interface,
                        llvm::Value *dims) {
  llvm::Value *sum = builder.getInt64(0);
  for (auto &[monomial, coefficient] : expr.terms()) {
    llvm::Value *term = builder.getInt64(coefficient);
    for (const dl::DimExpr::Atom &atom : monomial) {
      llvm::Value *value = builder.getInt64(0);
      if (atom.numerator) {
        value = emitFloorDiv(builder, emitExtent(builder, *atom.numerator, interface, dims),
                             emitExtent(builder, *atom.denominator, interface, dims));
      } else {
        for (auto [index, dim] : llvm::enumerate(interface.dims))
          if (dim.name == atom.name)
            value =
                builder.CreateLoad(builder.getInt64Ty(), builder.CreateConstGEP1_64(builder.getInt64Ty(), dims, index));
      }
      term = builder.CreateMul(term, value);
    }
    sum = builder.CreateAdd(sum, term);
  }
  return sum;
}

} // namespace dlc
