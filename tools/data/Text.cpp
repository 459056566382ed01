// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "data/Text.h"
#include <algorithm>
#include <charconv>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <utility>

namespace dlc {

/// The length of the well-formed UTF-8 sequence at the front of `text`, or 0
/// (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF).
static size_t sequenceLength(std::string_view text) {
  auto byte = [&](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  auto continues = [&](size_t i) { return (byte(i) & 0xC0) == 0x80; };
  unsigned lead = byte(0), second = byte(1);
  if (lead < 0x80)
    return 1;
  if (lead >= 0xC2 && lead <= 0xDF)
    return continues(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    bool overlong = lead == 0xE0 && second < 0xA0, surrogate = lead == 0xED && second > 0x9F;
    return continues(1) && continues(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    bool overlong = lead == 0xF0 && second < 0x90, beyond = lead == 0xF4 && second > 0x8F;
    return continues(1) && continues(2) && continues(3) && !overlong && !beyond ? 4 : 0;
  }
  return 0;
}

/// Code points that move the cursor or reorder a line: C0, DEL, C1 and the
/// bidirectional controls ("Trojan Source", CVE-2021-42574).
static bool isControl(std::string_view sequence) {
  auto byte = [&](size_t i) { return static_cast<unsigned char>(sequence[i]); };
  if (sequence.size() == 1)
    return byte(0) < 0x20 || byte(0) == 0x7F;
  if (sequence.size() == 2)
    return byte(0) == 0xC2 && byte(1) < 0xA0;
  if (sequence.size() == 3 && byte(0) == 0xE2) {
    unsigned tail = byte(1) << 8 | byte(2);
    return (tail >= 0x80A8 && tail <= 0x80AE) || (tail >= 0x81A6 && tail <= 0x81A9);
  }
  return false;
}

std::string printable(std::string_view text) {
  constexpr size_t limit = 200;
  std::string out;
  while (!text.empty()) {
    if (out.size() >= limit)
      return out + "...";
    size_t length = sequenceLength(text);
    bool safe = length && !isControl(text.substr(0, length));
    size_t taken = length ? length : 1;
    for (size_t i = 0; i < taken; i++)
      if (safe)
        out += text[i];
      else
        out += format("\\x%02x", static_cast<unsigned char>(text[i]));
    text.remove_prefix(taken);
  }
  return out;
}

/// Edits between two words: insertions, deletions, replacements, and swaps of
/// neighbours, the commonest slip (Damerau 1964, optimal string alignment).
static size_t distance(std::string_view a, std::string_view b) {
  std::vector<size_t> beforeLast, last, row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (size_t i = 1; i <= a.size(); i++) {
    beforeLast = std::exchange(last, row);
    row[0] = i;
    for (size_t j = 1; j <= b.size(); j++) {
      row[j] = std::min({last[j - 1] + (a[i - 1] != b[j - 1]), row[j - 1] + 1, last[j] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], beforeLast[j - 2] + 1);
    }
  }
  return row[b.size()];
}

std::string escaped(std::string_view text) {
  std::string out;
  for (char c : printable(text))
    switch (c) {
    case '&':
      out += "&amp;";
      break;
    case '<':
      out += "&lt;";
      break;
    case '>':
      out += "&gt;";
      break;
    case '"':
      out += "&quot;";
      break;
    case '\'':
      out += "&#39;";
      break;
    default:
      out += c;
    }
  return out;
}

std::string suggestion(std::string_view given, const std::vector<std::string> &candidates) {
  // Names are data: a megabyte of them must not cost a quadratic search.
  if (given.size() > 64)
    return "";
  const std::string *best = nullptr;
  size_t least = std::max<size_t>(1, given.size() / 3) + 1;
  for (const std::string &candidate : candidates) {
    if (candidate.size() > 64)
      continue;
    size_t edits = distance(given, candidate);
    if (edits < least) {
      least = edits;
      best = &candidate;
    }
  }
  return best ? " (did you mean '" + printable(*best) + "'?)" : "";
}

std::string listed(const std::vector<std::string> &names) {
  constexpr size_t most = 12;
  std::string out;
  for (size_t i = 0; i < names.size() && i < most; i++)
    out += (i ? ", " : "") + printable(names[i]);
  if (names.size() > most)
    out += format(" and %zu more", names.size() - most);
  return names.empty() ? "none" : out;
}

std::string grouped(int64_t number) {
  std::string digits = std::to_string(number);
  size_t first = number < 0 ? 1 : 0;
  for (size_t i = digits.size(); i > first + 3; i -= 3)
    digits.insert(i - 3, ",");
  return digits;
}

std::string megabytes(int64_t bytes) {
  double mb = static_cast<double>(bytes) / 1e6;
  return mb < 0.1 ? format("%.1f kB", mb * 1e3) : mb < 1e4 ? format("%.1f MB", mb) : format("%.1f GB", mb / 1e3);
}

std::string shortest(double value, bool single) {
  char text[64];
  auto end = single ? std::to_chars(text, text + sizeof text, static_cast<float>(value))
                    : std::to_chars(text, text + sizeof text, value);
  return std::string(text, end.ptr);
}

std::string format(const char *pattern, ...) {
  va_list arguments, again;
  va_start(arguments, pattern);
  va_copy(again, arguments);
  std::string out(std::vsnprintf(nullptr, 0, pattern, arguments), '\0');
  va_end(arguments);
  std::vsnprintf(out.data(), out.size() + 1, pattern, again);
  va_end(again);
  return out;
}

} // namespace dlc
