// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// How passes say what they did and did not do. They run on several threads and
// in an order that is nobody's business, and LLVM 22's remark engine has no
// lock: so they leave their remarks in the IR, and EmitRemarks says them.
#ifndef DLC_PASSES_EMITREMARKS_REMARKS_H
#define DLC_PASSES_EMITREMARKS_REMARKS_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/Location.h"
#include "mlir/IR/Operation.h"

namespace dlc {

/// The attribute that holds an op's remarks until they are said.
inline constexpr llvm::StringLiteral remarksName = "dl.remarks";

/// The remarks of one run of a pass, about an op and what is within. Nobody
/// listens in most compilations: ask `wanted()` before computing what to say.
///
///   Remarks remarks(variant, "tiling");
///   if (remarks.wanted())
///     remarks.passed("Scheduled", kernel.getLoc(), "predict").say("14 x 2 tiles").with("Lanes", 16);
class Remarks {
public:
  class Remark {
  public:
    /// The sentence: lower case, without a period.
    Remark &say(const llvm::Twine &text) { return with("Remark", text); }
    /// A fact for programs: `key` is one capitalised word.
    Remark &with(llvm::StringRef key, const llvm::Twine &value);
    Remark &with(llvm::StringRef key, int64_t value) { return with(key, llvm::Twine(value)); }

  private:
    friend class Remarks;
    llvm::StringRef kind, name;
    std::string function;
    mlir::LocationAttr location;
    llvm::SmallVector<mlir::Attribute> arguments; // key, value, key, ...
  };

  /// `category` is what `--remarks-filter` selects by; both live longer than this.
  Remarks(mlir::Operation *op, llvm::StringRef category);
  Remarks(const Remarks &) = delete;
  /// Leaves them on the op.
  ~Remarks();

  bool wanted() const { return isWanted; }
  /// What was done; what was not, though one might expect it; what is worth knowing.
  Remark &passed(llvm::StringRef name, mlir::Location location, llvm::StringRef function) {
    return add("passed", name, location, function);
  }
  Remark &missed(llvm::StringRef name, mlir::Location location, llvm::StringRef function) {
    return add("missed", name, location, function);
  }
  Remark &analysis(llvm::StringRef name, mlir::Location location, llvm::StringRef function) {
    return add("analysis", name, location, function);
  }

private:
  Remark &add(llvm::StringRef kind, llvm::StringRef name, mlir::Location location, llvm::StringRef function);

  mlir::Operation *op;
  llvm::StringRef category;
  bool isWanted;
  std::vector<std::unique_ptr<Remark>> remarks;
};

/// `a, b and 3 more`: at most `most` of `names` are spelled out.
std::string listed(llvm::ArrayRef<std::string> names, size_t most = 8);

} // namespace dlc
#endif // DLC_PASSES_EMITREMARKS_REMARKS_H
