// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "data/Base64.h"
#include "data/Failure.h"

namespace dlc {

static constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string toBase64(const Bytes &bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (size_t i = 0; i < bytes.size(); i += 3) {
    size_t have = std::min<size_t>(3, bytes.size() - i);
    uint32_t group = bytes[i] << 16 | (have > 1 ? bytes[i + 1] << 8 : 0) | (have > 2 ? bytes[i + 2] : 0);
    for (size_t k = 0; k < 4; k++)
      out += k <= have ? alphabet[group >> (18 - 6 * k) & 63] : '=';
  }
  return out;
}

Bytes fromBase64(const std::string &text) {
  Bytes out;
  uint32_t group = 0;
  int bits = 0;
  for (char c : text) {
    if (c == '=')
      break;
    const char *found = c ? std::char_traits<char>::find(alphabet, 64, c) : nullptr;
    if (!found)
      throw Failure("malformed base64 data");
    group = group << 6 | static_cast<uint32_t>(found - alphabet);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out.push_back(static_cast<uint8_t>(group >> bits));
      group &= (1u << bits) - 1;
    }
  }
  if (toBase64(out) != text)
    throw Failure("malformed base64 data");
  return out;
}

} // namespace dlc
