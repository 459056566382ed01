// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The names that a model's functions, arguments and dimensions have in C. Names
// of a model are data: they are made identifiers, those that then collide are
// numbered, so that header and code agree whatever a model calls things.
#ifndef DLC_COMPILER_LINK_NAMES_H
#define DLC_COMPILER_LINK_NAMES_H

#include "passes/DescribeInterface/Interface.h"
#include "llvm/ADT/StringSet.h"
#include <string>
#include <vector>

namespace dlc {

struct Names {
  struct Function {
    std::string symbol;                 // "fashion_train_step"
    std::string shape;                  // "fashion_predict_shape"; empty: no output has a rank
    std::string hyper;                  // "fashion_train_step_hyper"; empty: none
    std::string macro;                  // "FASHION_TRAIN_STEP_HYPER_INIT"
    std::vector<size_t> dims;           // which of the model's it takes, as it meets them
    std::vector<std::string> dimNames;  // one each
    std::vector<std::string> arguments; // one each; a hyper-parameter's field
  };
  std::string model, upper;      // "fashion", "FASHION"
  std::vector<std::string> dims; // fields of <model>_dims
  std::vector<Function> functions;

  /// `model` must be an identifier.
  Names(const Interface &interface, llvm::StringRef model);
};

/// "a.b-c" is "a_b_c"; a leading digit and C's and C++'s words get a `_`.
std::string makeIdentifier(llvm::StringRef name);

/// "uint8_t" for ui8 and i1, "uint16_t" for f16 and bf16, ...
llvm::StringRef cType(mlir::Type type);

/// Of functions, arguments and dimensions: header and library must agree on
/// it. Of parameters: checkpoint and library must. Never 0.
uint64_t signatureOf(const Interface &interface, llvm::StringRef model);
uint64_t fingerprintOf(const Interface &interface);

} // namespace dlc
#endif // DLC_COMPILER_LINK_NAMES_H
