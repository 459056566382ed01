// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/EmitRemarks/Remarks.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace dlc;

Remarks::Remark &Remarks::Remark::with(StringRef key, const Twine &value) {
  MLIRContext *context = location.getContext();
  arguments.push_back(StringAttr::get(context, key));
  arguments.push_back(StringAttr::get(context, value));
  return *this;
}

Remarks::Remarks(Operation *op, StringRef category)
    : op(op), category(category), isWanted(op->getContext()->getRemarkEngine() != nullptr) {}

Remarks::Remark &Remarks::add(StringRef kind, StringRef name, Location location, StringRef function) {
  Remark &remark = *remarks.emplace_back(std::make_unique<Remark>());
  remark.kind = kind;
  remark.name = name;
  remark.function = function.str();
  remark.location = location;
  return remark;
}

Remarks::~Remarks() {
  if (!isWanted || remarks.empty())
    return;
  Builder builder(op->getContext());
  SmallVector<Attribute> all;
  if (auto before = op->getAttrOfType<ArrayAttr>(remarksName))
    llvm::append_range(all, before);
  for (const auto &remark : remarks)
    all.push_back(builder.getDictionaryAttr({builder.getNamedAttr("arguments", builder.getArrayAttr(remark->arguments)),
                                             builder.getNamedAttr("category", builder.getStringAttr(category)),
                                             builder.getNamedAttr("function", builder.getStringAttr(remark->function)),
                                             builder.getNamedAttr("kind", builder.getStringAttr(remark->kind)),
                                             builder.getNamedAttr("location", remark->location),
                                             builder.getNamedAttr("name", builder.getStringAttr(remark->name))}));
  op->setAttr(remarksName, builder.getArrayAttr(all));
}

std::string dlc::listed(ArrayRef<std::string> names, size_t most) {
  std::string text = llvm::join(names.take_front(most), ", ");
  if (names.size() > most)
    text += " and " + std::to_string(names.size() - most) + " more";
  return text;
}
