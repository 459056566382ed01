// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Functions as test cases: what goes in, what must come out, and how close.
#ifndef DLC_TOOLS_EVALUATE_CASES_H
#define DLC_TOOLS_EVALUATE_CASES_H

#include "dialects/dl/evaluate/Evaluator.h"
#include <optional>
#include <string>

namespace dlc {

/// A function with `dl.inputs`, an array of elements, one for each argument,
/// and, unless an error is expected, `dl.expect`, one for each result.
/// `dl.ulps` (an integer; 0 if absent) says how many floats a result may lie
/// from its expectation. test/ops/README.md has the rules.
struct Case {
  std::string name;
  std::vector<dl::Tensor> inputs;
  std::optional<std::vector<dl::Tensor>> expected;
  int64_t ulps = 0;
};

/// Whether a function is a case at all.
bool isCase(mlir::func::FuncOp function);
/// Reads the attributes; errors are reported on the function.
mlir::FailureOr<Case> readCase(mlir::func::FuncOp function);

/// Arguments for a function, a pure function of `seed` and of their place: f in
/// [-2, 2), integers in [0, 4), or within `dl.range = [low, high]` on the
/// argument (low included, high not). `?` extents come from `dims` by the names
/// in dl.dims; a name without an entry is 3. Arguments of state are left out.
mlir::FailureOr<std::vector<dl::Tensor>> randomInputs(mlir::func::FuncOp function, uint64_t seed,
                                                      std::map<std::string, int64_t> dims);

/// Why `given` is not `expected`, in words; nothing when it is. Any NaN equals
/// any NaN; signs of zeros count when `ulps` is 0.
std::optional<std::string> difference(const dl::Tensor &expected, const dl::Tensor &given, int64_t ulps);

/// `tensor<2x2xf32> [[1, 2], [3, 4]]`, with digits enough to read the value back.
std::string toText(const dl::Tensor &tensor);

} // namespace dlc
#endif // DLC_TOOLS_EVALUATE_CASES_H
