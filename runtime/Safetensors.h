// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Reading the header of a safetensors file that may be hostile.
//
//   8 bytes   N, little-endian
//   N bytes   JSON: {"name": {"dtype": "F32", "shape": [2,3], "data_offsets":
//   [begin, end]}, ...,
//             "__metadata__": {"key": "value", ...}}, padded with spaces
//   the rest  the tensors' bytes; offsets count from here and leave no hole
//
// (https://github.com/huggingface/safetensors, "Format")
#ifndef DLC_RUNTIME_SAFETENSORS_H
#define DLC_RUNTIME_SAFETENSORS_H
#include "Errors.h"
#include <string_view>

namespace dlc::v1 {

/// A JSON string as it stands in the text, without its quotes; escapes are
/// resolved where it is compared. Valid once the parser has passed it.
struct JsonString {
  std::string_view raw;
  bool operator==(std::string_view text) const;
};

/// One tensor of a header.
struct TensorEntry {
  JsonString name;
  std::string_view type;
  static constexpr int32_t mostExtents = 16;
  int64_t extents[mostExtents];
  int32_t rank;
  uint64_t begin, end; ///< within the data
};

/// Who is told what a header holds, in its order; a status other than DLC_OK
/// ends the parsing. (Not a class with pure virtual functions: those need a
/// symbol of the C++ library.)
struct HeaderVisitor {
  void *self;
  dlc_status (*tensor)(void *self, const TensorEntry &entry);
  dlc_status (*metadata)(void *self, JsonString key, JsonString value);
};

/// Parses the text of a header, accepting this grammar alone. DLC_BAD_FILE with
/// what is wrong at which byte.
dlc_status parseHeader(std::string_view text, const char *file, const HeaderVisitor &visitor, dlc_error *error);

/// Appends the inside of a JSON string.
Text &appendJsonText(Text &out, std::string_view text);
/// Appends a JSON string with its quotes.
inline Text &appendJson(Text &out, std::string_view text) { return appendJsonText(out << '"', text) << '"'; }

} // namespace dlc::v1
#endif
