// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The arena of one entry: tensors with lifetimes, and the function that gives
// them offsets once dimensions are known.
#ifndef DLC_PASSES_PLANMEMORY_ARENA_H
#define DLC_PASSES_PLANMEMORY_ARENA_H

#include "passes/PlanMemory/PlanMemory.h"

namespace dlc {

/// Of named dimensions: the least value, and the largest as code has it.
struct DimLimits {
  std::map<std::string, int64_t> lows;
  std::map<std::string, mlir::Value> highs;
};
/// At least the value of `dim`, and at least 0, for all dimensions within limits.
mlir::Value emitLargest(mlir::OpBuilder &b, mlir::Location location, const dl::DimExpr &dim, const DimLimits &limits);

class Arena {
public:
  /// A tensor of `bytes` + workers x `perWorker`, alive in steps [first, last],
  /// which the op at `location` makes. Returns its slot: its number in the offset
  /// table. `holds`: whose it is, for reports.
  unsigned add(mlir::Location location, dl::DimExpr bytes, unsigned first, unsigned last,
               dl::DimExpr perWorker = dl::DimExpr(0), std::string holds = "");
  void extend(unsigned slot, unsigned step);
  unsigned size() const { return tensors.size(); }

  /// Builds `name`(%dims, %workers, %offsets) -> i64 at the builder's point;
  /// `dimNumbers` are the places of named dimensions in %dims, which holds upper
  /// bounds; `lows` are the least values they have in a call.
  void emitPlan(mlir::OpBuilder &builder, mlir::Location location, llvm::StringRef name,
                const std::map<std::string, int64_t> &dimNumbers, const std::map<std::string, int64_t> &lows);
  /// The plan as an attribute: tensors in the order of placing, each
  /// `{slot, bytes, per_worker, first, last, holds}`.
  mlir::ArrayAttr toAttr(mlir::MLIRContext *context, const std::map<std::string, int64_t> &dimNumbers) const;

  /// The plan for extents of 64 and one worker, for people.
  struct Sample {
    int64_t bytes = 0, bytesWithoutReuse = 0;
    /// A tensor, and how many others, alive at other times, lie where it does.
    struct Reuse {
      mlir::Location location;
      int64_t bytes, others;
    };
    std::vector<Reuse> reuses; // in the order of slots
  };
  Sample sample(const std::map<std::string, int64_t> &dimNumbers) const;

private:
  struct Tensor {
    mlir::Location location;
    dl::DimExpr bytes, perWorker;
    unsigned first, last;
    std::string holds;
    bool meets(const Tensor &other) const { return other.first <= last && first <= other.last; }
  };
  /// Bytes of each tensor for extents of 64 and one worker.
  std::vector<int64_t> nominalBytes(const std::map<std::string, int64_t> &dimNumbers) const;
  /// Slots in the order in which they are placed, and where that puts them for sizes of `nominal` bytes: above all that
  /// were placed before and are alive with them.
  struct Layout {
    std::vector<unsigned> order;
    std::vector<int64_t> begins, ends; // by slot
    int64_t bytes;
  };
  /// A tensor not yet placed, and where it would begin; the least rank is next, of equal ones the first slot.
  struct Candidate {
    int64_t bytes, begin;
  };
  using Rank = std::pair<int64_t, int64_t>;
  Layout layOut(const std::vector<int64_t> &nominal, llvm::function_ref<Rank(Candidate)> rank) const;
  /// The one of a few orders that takes the fewest bytes.
  Layout layOut(const std::vector<int64_t> &nominal) const;
  std::vector<Tensor> tensors;
};

} // namespace dlc
#endif // DLC_PASSES_PLANMEMORY_ARENA_H
