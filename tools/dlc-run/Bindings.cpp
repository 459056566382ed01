// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dlc-run/Bindings.h"
#include "data/Failure.h"
#include "data/Text.h"
#include <algorithm>
#include <charconv>
#include <cmath>

namespace dlc {

static bool isNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
         c == '-' || c == '/' || c == ':';
}

/// Whether `text` begins with NAME=.
static bool startsPair(std::string_view text) {
  size_t end = 0;
  while (end < text.size() && isNameCharacter(text[end]))
    end++;
  return end > 0 && end < text.size() && text[end] == '=';
}

static std::vector<std::string> splitPairs(const std::string &text) {
  std::vector<std::string> parts(1);
  for (size_t i = 0; i < text.size(); i++)
    if (text[i] == ',' && startsPair(std::string_view(text).substr(i + 1)))
      parts.emplace_back();
    else
      parts.back() += text[i];
  return parts;
}

Bindings parseBindings(const std::vector<std::string> &given, const std::string &option) {
  Bindings bindings;
  for (const std::string &text : given)
    for (const std::string &part : splitPairs(text)) {
      size_t equals = part.find('=');
      if (equals == std::string::npos || equals == 0 || equals + 1 == part.size())
        throw Usage(option + ": expected NAME=VALUE, given '" + printable(part) + "'");
      std::string name = part.substr(0, equals);
      if (std::any_of(bindings.begin(), bindings.end(), [&](auto &binding) { return binding.first == name; }))
        throw Usage(option + ": '" + printable(name) + "' is given twice");
      bindings.emplace_back(name, part.substr(equals + 1));
    }
  return bindings;
}

int64_t parseCount(const std::string &text, const std::string &what) {
  int64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0)
    throw Usage(printable(what) + ": expected a whole number, given '" + printable(text) + "'");
  return value;
}

double parseNumber(const std::string &text, const std::string &what) {
  double value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
    throw Usage(printable(what) + ": expected a number, given '" + printable(text) + "'");
  return value;
}

} // namespace dlc
