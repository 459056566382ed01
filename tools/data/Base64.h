// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// Base64 (RFC 4648, section 4), for bytes inside JSON and SVG.
#ifndef DLC_TOOLS_DATA_BASE64_H
#define DLC_TOOLS_DATA_BASE64_H
#include "data/Array.h"

namespace dlc {

std::string toBase64(const Bytes &bytes);
/// Throws Failure for anything that toBase64 would not have written.
Bytes fromBase64(const std::string &text);

} // namespace dlc
#endif
