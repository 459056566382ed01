// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Element types: one table for their width and their name in messages, in
// safetensors files and in DLPack.
#ifndef DLC_RUNTIME_TYPES_H
#define DLC_RUNTIME_TYPES_H
#include "Text.h"
#include "dlc/runtime.h"

namespace dlc::v1 {

struct TypeInfo {
  const char *name;   ///< as in dlc's own messages and in `dl.dims` signatures: "ui8"
  const char *file;   ///< safetensors dtype: "U8"
  int64_t width;      ///< bytes; an i1 is one byte
  uint8_t code, bits; ///< DLPack
};

/// `type` is one of DLC_F64 .. DLC_U8; "unknown" of width 0 otherwise.
const TypeInfo &typeInfo(int32_t type) DLC_NONBLOCKING;

/// elements x width, or INT64_MAX where that does not fit: such a tensor is
/// larger than any memory, so every comparison with a real size fails.
int64_t bytesOf(int32_t type, const int64_t *extents, int32_t rank) DLC_NONBLOCKING;

/// Appends "f32[1x32x32]".
template <typename Out, typename Extent>
void describe(Out &out, const char *type, const Extent *extents, int32_t rank) {
  out << type << '[';
  for (int32_t i = 0; i < rank; ++i) {
    if (i)
      out << 'x';
    out << int64_t(extents[i]);
  }
  out << ']';
}

/// Appends what an argument is declared to be: "ui8[batch x 28 x 28]".
template <typename Out> void describe(Out &out, const dlc_model &model, const dlc_argument &argument) {
  bool named = false;
  for (int32_t i = 0; i < argument.rank; ++i)
    named |= argument.extents[i].dim != DLC_CONSTANT;
  out << typeInfo(argument.type).name << '[';
  for (int32_t i = 0; i < argument.rank; ++i) {
    const dlc_extent &extent = argument.extents[i];
    if (i)
      out << (named ? " x " : "x");
    if (extent.dim >= 0)
      out << model.dims[extent.dim].name;
    else if (extent.dim == DLC_COMPUTED)
      out << '?';
    else
      out << extent.size;
  }
  out << ']';
}

} // namespace dlc::v1
#endif
