// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a library's user sees, as a value: the module attribute `dl.interface`
// read and written. DescribeInterface.td documents the attribute.
#ifndef DLC_PASSES_DESCRIBEINTERFACE_INTERFACE_H
#define DLC_PASSES_DESCRIBEINTERFACE_INTERFACE_H

#include "dialects/dl/Dims.h"
#include "mlir/IR/BuiltinOps.h"
#include <optional>
#include <string>
#include <vector>

namespace dlc {

struct Interface {
  static constexpr llvm::StringLiteral attribute = "dl.interface";
  /// Limit of a dimension nobody limited: products of two such stay in int64.
  static constexpr int64_t highest = int64_t(1) << 31;
  static constexpr int64_t alignment = 64;

  struct Dim {
    std::string name;
    int64_t low = 0, high = highest;
    /// Default upper bound of a context; 0: the caller must give one.
    int64_t bound = 0;
  };

  enum class Kind { Input, Output, Hyper };
  struct Argument {
    std::string name;
    Kind kind;
    mlir::Type type; // of elements
    dl::DimVector dims;
    /// Values must lie in [0, below).
    std::optional<int64_t> below;
    /// Of a hyper-parameter: an IntegerAttr or FloatAttr.
    mlir::Attribute defaultValue;
  };
  struct Function {
    std::string name;
    bool trains = false;
    std::vector<Argument> arguments; // outputs last
    /// Checked before a call, in this order; `what` begins with the op.
    std::vector<dl::Requirement> requirements;
  };
  struct State {
    std::string symbol;
    std::string name; // in checkpoints
    bool slot = false, written = false;
    mlir::RankedTensorType type;
    int64_t offset = 0; // in the state block
    int64_t data = -1;  // among the embedded bytes, or -1
    int64_t bytes() const;
  };

  std::vector<Dim> dims;
  std::vector<Function> functions;
  std::vector<State> state;
  int64_t stateBytes = alignment, dataBytes = 0;

  const State *findState(llvm::StringRef symbol) const;
  const Function *findFunction(llvm::StringRef name) const;

  mlir::DictionaryAttr toAttr(mlir::MLIRContext *context) const;
  /// Reads the module's attribute; an error on the module when it has none or
  /// the attribute is malformed.
  static mlir::FailureOr<Interface> of(mlir::ModuleOp module);
};

/// Bytes of one element in memory: i1 is one byte.
int64_t elementBytes(mlir::Type type);

/// What a dl.parameter or dl.slot is called in checkpoints: its symbol, or
/// "adam.m/w" for the slot "adam.m" of @w.
std::string stateName(mlir::Operation *state);

/// "f32[batch x 4]", as messages and headers spell it.
std::string describe(const Interface::Argument &argument);

} // namespace dlc
#endif // DLC_PASSES_DESCRIBEINTERFACE_INTERFACE_H
