// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Text.h"
#include <algorithm>
#include <cstring>

using namespace dlc::v1;

Text &Text::operator<<(std::string_view text) DLC_NONBLOCKING {
  // Once something was cut nothing follows it: a hole would read as a lie.
  bool whole = written == needed;
  needed += text.size();
  if (!whole || !capacity)
    return *this;
  size_t room = capacity - 1 - written, take = text.size();
  if (take > room) {
    take = room;
    while (take && (text[take] & 0xc0) == 0x80)
      --take;
  }
  memcpy(data + written, text.data(), take);
  written += take;
  finish();
  return *this;
}

Text &Text::operator<<(uint64_t value) DLC_NONBLOCKING {
  char digits[20];
  size_t at = sizeof(digits);
  do {
    digits[--at] = char('0' + value % 10);
    value /= 10;
  } while (value);
  return *this << std::string_view(digits + at, sizeof(digits) - at);
}

Text &Text::operator<<(int64_t value) DLC_NONBLOCKING {
  if (value < 0)
    *this << '-';
  return *this << (value < 0 ? 0 - uint64_t(value) : uint64_t(value));
}

Text &Text::operator<<(Hex hex) DLC_NONBLOCKING {
  char digits[16];
  for (int i = 0; i < 16; ++i)
    digits[i] = "0123456789abcdef"[hex.value >> (60 - 4 * i) & 15];
  return *this << std::string_view(digits, 16);
}

Text &Text::operator<<(Quoted quoted) DLC_NONBLOCKING {
  constexpr size_t longest = 120;
  *this << '\'';
  std::string_view name(quoted.name.data(), std::min(quoted.name.size(), longest));
  for (size_t i = 0; i < name.size(); ++i) {
    auto c = static_cast<unsigned char>(name[i]);
    // C0, DEL, and the C1 controls, which UTF-8 writes as c2 80 .. c2 9f.
    bool c1 = c == 0xc2 && i + 1 < name.size() && static_cast<unsigned char>(name[i + 1]) < 0xa0;
    if (c < 0x20 || c == 0x7f || c1)
      *this << '?';
    else
      *this << name[i];
    i += c1;
  }
  return *this << (quoted.name.size() > longest ? "...'" : "'");
}
