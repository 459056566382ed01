// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// A device as the command line says it.
#ifndef DLC_TOOLS_DATA_DEVICE_H
#define DLC_TOOLS_DATA_DEVICE_H
#include "dlc/runtime.h"
#include <charconv>
#include <string_view>

namespace dlc {

/// Whether `text` is "cpu", "cuda", "cuda:N" or nothing (the library's own),
/// which it then puts into `options`.
inline bool readDevice(std::string_view text, dlc_context_options &options) {
  constexpr std::string_view gpu = "cuda";
  options.device_type = text == "cpu" ? kDLCPU : text.substr(0, gpu.size()) == gpu ? kDLCUDA : 0;
  if (text.empty() || text == "cpu" || text == gpu)
    return true;
  if (!options.device_type || text.size() < gpu.size() + 2 || text[gpu.size()] != ':')
    return false;
  const char *begin = text.data() + gpu.size() + 1, *end = text.data() + text.size();
  auto [rest, error] = std::from_chars(begin, end, options.device_id);
  return error == std::errc() && rest == end && options.device_id >= 0;
}

} // namespace dlc
#endif
