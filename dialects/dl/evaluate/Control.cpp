// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/evaluate/Indexing.h"

using namespace mlir;
using namespace dlc::dl;

Results StopGradientOp::evaluate(ArrayRef<const Tensor *> operands, Evaluator &) { return one(*operands[0]); }

/// Slice `index` of the first axis.
static Tensor sliceOf(const Tensor &from, int64_t index) {
  Tensor slice(from.elementType, ArrayRef<int64_t>(from.shape).drop_front());
  for (int64_t i = 0, e = slice.size(); i < e; ++i)
    copyElement(slice, i, from, index * e + i);
  return slice;
}

Results ScanOp::evaluate(ArrayRef<const Tensor *> operands, Evaluator &evaluator) {
  FailureOr<Extents> lengths = evaluator.extents(*this, ArrayAttr::get(getContext(), getLength()));
  if (failed(lengths))
    return failure();
  int64_t length = lengths->front();
  size_t carryCount = getInits().size(), sequenceCount = getSequences().size();
  ArrayRef<const Tensor *> sequences = operands.slice(carryCount, sequenceCount),
                           constants = operands.drop_front(carryCount + sequenceCount);
  SmallVector<Tensor> carries;
  for (const Tensor *init : operands.take_front(carryCount))
    carries.push_back(*init);
  SmallVector<Tensor> stacked;
  // Steps would find what is wrong in the body: constraints hold without any.
  if (length == 0 && failed(evaluator.checkExtents(*this)))
    return failure();
  for (int64_t step = 0; step < length; ++step) {
    int64_t place = getReverse() ? length - 1 - step : step;
    SmallVector<Tensor> slices;
    for (const Tensor *sequence : sequences)
      slices.push_back(sliceOf(*sequence, place));
    SmallVector<const Tensor *> arguments;
    for (const Tensor &carry : carries)
      arguments.push_back(&carry);
    for (const Tensor &slice : slices)
      arguments.push_back(&slice);
    llvm::append_range(arguments, constants);
    FailureOr<SmallVector<Tensor>> yielded = evaluator.run(getBody().front(), arguments);
    if (failed(yielded))
      return failure();
    for (size_t i = carryCount; i < yielded->size(); ++i) {
      const Tensor &value = (*yielded)[i];
      if (step == 0) {
        Extents shape{length};
        llvm::append_range(shape, value.shape);
        stacked.push_back(Tensor(value.elementType, shape));
      }
      Tensor &stack = stacked[i - carryCount];
      if (ArrayRef<int64_t>(stack.shape).drop_front() != ArrayRef<int64_t>(value.shape))
        return emitOpError("stacked result ") << i - carryCount << " changes its extents from step to step";
      for (int64_t k = 0, e = value.size(); k < e; ++k)
        copyElement(stack, place * e + k, value, k);
    }
    yielded->truncate(carryCount);
    for (auto [i, pair] : llvm::enumerate(llvm::zip(carries, *yielded)))
      if (auto &[present, next] = pair; present.shape != next.shape) // C2
        return emitOpError("carry ") << i << " changes its extents";
    carries = std::move(*yielded);
  }
  // No step, no value to see the extents of: they follow from the operands'.
  for (size_t i = carryCount; length == 0 && i < getNumResults(); ++i) {
    FailureOr<Extents> shape = evaluator.inferredExtents(getResult(i));
    if (failed(shape))
      return failure();
    stacked.push_back(Tensor(elementTypeOf(getResult(i)), *shape));
  }
  llvm::append_range(carries, stacked);
  return carries;
}
