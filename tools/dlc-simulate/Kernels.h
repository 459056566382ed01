// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_TOOLS_SIMULATE_KERNELS_H
#define DLC_TOOLS_SIMULATE_KERNELS_H

#include "dialects/dl/evaluate/Evaluator.h"
#include "tools/dlc-simulate/HostCode.h"

namespace dlc::simulate {

/// One kernel at given values of its dimensions: random inputs, the simulated
/// results against the evaluator's: with buffers apart, copies late and early,
/// and with each result in the buffer of an input that it may overwrite.
class KernelCheck {
public:
  /// `kernel` is in the module that `evaluator` has; `functions` are its code, launched in turn.
  KernelCheck(dl::Evaluator &evaluator, dl::KernelOp kernel, llvm::ArrayRef<mlir::LLVM::LLVMFuncOp> functions,
              HostCode &code)
      : evaluator(evaluator), kernel(kernel), functions(functions), code(code) {}

  /// Every so many elements of floating-point inputs are infinite or NaN; 0: none.
  int64_t special = 0;
  /// Tensors begin at multiples of 16 bytes, else an element past one.
  bool aligned = true;
  /// What is wrong, in words; empty: nothing.
  std::string run(const std::map<std::string, int64_t> &dims, uint64_t seed);
  /// Names of its dimensions.
  std::vector<std::string> names() const;

private:
  std::string simulate(bool inPlace);
  std::string launch(llvm::ArrayRef<void *> pointers);
  std::string launch(mlir::LLVM::LLVMFuncOp function, llvm::ArrayRef<void *> pointers, void *scratch);
  std::string compare(const dl::Tensor &expected, const dl::Tensor &given, size_t result) const;
  int64_t terms() const;
  int precision() const;

  dl::Evaluator &evaluator;
  dl::KernelOp kernel;
  llvm::SmallVector<mlir::LLVM::LLVMFuncOp> functions;
  HostCode &code;
  std::map<std::string, int64_t> dims;
  std::vector<dl::Tensor> inputs;
  llvm::SmallVector<dl::Tensor> expected;
};

} // namespace dlc::simulate
#endif // DLC_TOOLS_SIMULATE_KERNELS_H
