// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/evaluate/Evaluator.h"

using namespace mlir;
using namespace dlc::dl;

FailureOr<SmallVector<Tensor>> ExtentOp::evaluate(ArrayRef<const Tensor *>, Evaluator &evaluator) {
  FailureOr<SmallVector<int64_t>> value = evaluator.extents(*this, ArrayAttr::get(getContext(), {getDim()}));
  if (failed(value))
    return failure();
  Tensor result(IntegerType::get(getContext(), 64), {});
  result.setInt(0, (*value)[0]);
  return SmallVector<Tensor>{result};
}
