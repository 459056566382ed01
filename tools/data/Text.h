// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// Words for people: names made safe for a terminal, suggestions, sizes.
#ifndef DLC_TOOLS_DATA_TEXT_H
#define DLC_TOOLS_DATA_TEXT_H
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dlc {

/// Text that came from a file or a model, safe to print: control characters and
/// bytes that are not UTF-8 become \xNN, and it is cut after 200 characters so
/// that a hostile name cannot flood a terminal.
std::string printable(std::string_view text);

/// printable text for HTML and SVG: "&" and friends as entities.
std::string escaped(std::string_view text);

/// " (did you mean 'x'?)" for the candidate nearest to `given`, or nothing when
/// all are farther than a third of its length: a far-fetched hint is worse than
/// none.
std::string suggestion(std::string_view given, const std::vector<std::string> &candidates);

/// "a, b, c", or "none".
std::string listed(const std::vector<std::string> &names);

/// 60000 -> "60,000".
std::string grouped(int64_t number);

/// 407080 -> "0.4 MB", in powers of ten as disks and ls --si count.
std::string megabytes(int64_t bytes);

/// Shortest decimal that reads back as the same float: "0.001", "1e-05".
std::string shortest(double value, bool single);

/// One formatted line, as printf.
[[gnu::format(printf, 1, 2)]] std::string format(const char *pattern, ...);

} // namespace dlc
#endif
