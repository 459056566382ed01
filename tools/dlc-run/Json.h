// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// JSON as the tools write it: keys in the order given, one object a line.
#ifndef DLC_TOOLS_RUN_JSON_H
#define DLC_TOOLS_RUN_JSON_H
#include "data/Text.h"
#include <nlohmann/json.hpp>
#include <string>

namespace dlc {

using Json = nlohmann::ordered_json;

/// A name from a model or a file as a JSON string. Control characters are
/// escaped by JSON itself; bytes that are not UTF-8 are replaced when written.
inline Json jsonText(const std::string &text) { return text; }

/// One line. Numbers that are not finite become null: JSON has no word for
/// them.
inline std::string line(const Json &value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"; }

} // namespace dlc
#endif
