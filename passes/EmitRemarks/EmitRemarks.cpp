// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/EmitRemarks/EmitRemarks.h"
#include "dialects/dl/Dl.h"
#include "mlir/IR/Remarks.h"
#include "passes/EmitRemarks/Remarks.h"
#include "llvm/ADT/MapVector.h"
#include <tuple>

using namespace mlir;

namespace dlc {
#define GEN_PASS_DEF_EMITREMARKS
#include "passes/EmitRemarks/EmitRemarks.h.inc"

namespace {
struct EmitRemarks : impl::EmitRemarksBase<EmitRemarks> {
  void runOnOperation() override;
};

/// A remark and the variants that say it.
struct Said {
  DictionaryAttr remark;
  std::string variants;
  StringRef last; // of the variants
};
} // namespace

static StringRef text(DictionaryAttr remark, StringRef key) {
  auto value = remark.getAs<StringAttr>(key);
  return value ? value.getValue() : "";
}

/// Where an op stands: its file and line or, of an imported model, its node.
static LocationAttr placeOf(DictionaryAttr remark) {
  auto location = remark.getAs<LocationAttr>("location");
  if (!location)
    return UnknownLoc::get(remark.getContext());
  if (auto file = location.findInstanceOf<FileLineColLoc>())
    return file;
  auto node = location.findInstanceOf<NameLoc>();
  return node ? LocationAttr(node) : location;
}

static auto sortKey(const Said &said) {
  LocationAttr place = placeOf(said.remark);
  auto file = dyn_cast<FileLineColLoc>(place);
  auto node = dyn_cast<NameLoc>(place);
  return std::tuple(file ? file.getFilename().getValue() : "", file ? file.getLine() : 0, file ? file.getColumn() : 0,
                    node ? node.getName().getValue() : "", text(said.remark, "category"),
                    text(said.remark, "function"));
}

static void emit(const Said &said) {
  DictionaryAttr remark = said.remark;
  // The engine keeps references to all of these: attributes outlive it.
  auto options = remark::RemarkOpts::name(text(remark, "name"))
                     .category(text(remark, "category"))
                     .function(text(remark, "function"));
  StringRef kind = text(remark, "kind");
  Location location = placeOf(remark);
  auto flying = kind == "passed"   ? remark::passed(location, options)
                : kind == "missed" ? remark::missed(location, options)
                                   : remark::analysis(location, options);
  if (!flying)
    return;
  auto arguments = remark.getAs<ArrayAttr>("arguments");
  for (size_t i = 0; arguments && i + 1 < arguments.size(); i += 2)
    if (auto key = dyn_cast<StringAttr>(arguments[i]), value = dyn_cast<StringAttr>(arguments[i + 1]); key && value)
      flying << remark::detail::Remark::Arg(key.getValue(), value.getValue());
  if (!said.variants.empty())
    flying << remark::detail::Remark::Arg("Variants", StringRef(said.variants));
}

void EmitRemarks::runOnOperation() {
  llvm::MapVector<Attribute, Said> all;
  getOperation().walk<WalkOrder::PreOrder>([&](Operation *op) {
    auto remarks = dyn_cast_if_present<ArrayAttr>(op->removeAttr(remarksName));
    if (!remarks)
      return;
    auto variant = dyn_cast<dl::VariantOp>(op);
    if (!variant)
      variant = op->getParentOfType<dl::VariantOp>();
    for (Attribute attribute : remarks) {
      auto remark = dyn_cast<DictionaryAttr>(attribute);
      if (!remark) // somebody else's
        continue;
      Said &said = all[remark];
      said.remark = remark;
      if (!variant || said.last == variant.getSymName())
        continue;
      said.last = variant.getSymName();
      said.variants += (said.variants.empty() ? "" : ", ") + said.last.str();
    }
  });
  if (!getContext().getRemarkEngine())
    return;
  std::vector<Said> sorted;
  for (auto &[remark, said] : all)
    sorted.push_back(std::move(said));
  llvm::stable_sort(sorted, [](const Said &a, const Said &b) { return sortKey(a) < sortKey(b); });
  for (const Said &said : sorted)
    emit(said);
}

} // namespace dlc
