// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a self-test calls a function with.
#ifndef DLC_PASSES_ADDSELFTESTS_INPUTS_H
#define DLC_PASSES_ADDSELFTESTS_INPUTS_H

#include "dialects/dl/evaluate/Tensor.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "passes/DescribeInterface/Interface.h"

namespace dlc {

/// Values of the model's named dimensions, in the interface's order.
using Dims = std::vector<int64_t>;

/// Values to try for the dimensions, best first: small, and different where
/// limits allow it.
std::vector<Dims> dimsToTry(const Interface &interface);

/// Random inputs of `described`, hyper-parameters at their defaults; they depend
/// on nothing but the arguments.
std::vector<dl::Tensor> randomInputs(mlir::func::FuncOp function, const Interface::Function &described,
                                     const Interface &interface, const Dims &dims);

/// The inputs that `given` holds, by `function.argument` or `argument`; the rest
/// of `described`'s are its hyper-parameters. None when `given` has none of
/// them; failure after an error when some are missing or do not fit. Dimensions
/// become what the inputs say.
mlir::FailureOr<std::vector<dl::Tensor>> givenInputs(mlir::func::FuncOp function, const Interface::Function &described,
                                                     const Interface &interface, mlir::DictionaryAttr given,
                                                     Dims &dims);

/// The inputs in the function's own case, with their dimensions; none where it
/// has none.
std::vector<dl::Tensor> caseInputs(mlir::func::FuncOp function, const Interface::Function &described,
                                   const Interface &interface, Dims &dims);

} // namespace dlc
#endif // DLC_PASSES_ADDSELFTESTS_INPUTS_H
