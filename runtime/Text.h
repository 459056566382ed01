// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Building one line of text in a fixed buffer. The C library's formatting is
// not used: it reads the locale and may allocate, and messages are made inside
// real-time calls too.
#ifndef DLC_RUNTIME_TEXT_H
#define DLC_RUNTIME_TEXT_H
#include "dlc/runtime.h"
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dlc::v1 {

/// The text from byte `n` on, which must exist: `substr` would bring in an
/// exception, and with it the C++ library.
inline std::string_view after(std::string_view text, size_t n) { return {text.data() + n, text.size() - n}; }

/// A name that came from outside (a file, a path): written in single quotes,
/// control characters as '?', cut after 120 bytes, so that it can neither drive
/// a terminal nor push the rest of a message out of the buffer.
struct Quoted {
  std::string_view name;
};

/// 16 hexadecimal digits.
struct Hex {
  uint64_t value;
};

/// Appends to `data`, always ended by a zero byte when `capacity` is not 0.
/// What does not fit is cut at a whole UTF-8 character. With no buffer it only
/// counts: `length()` is then what the text would need.
class Text {
public:
  Text(char *data, size_t capacity) : data(data), capacity(data ? capacity : 0) { finish(); }

  Text &operator<<(std::string_view text) DLC_NONBLOCKING;
  Text &operator<<(const char *text) { return *this << std::string_view(text); }
  Text &operator<<(char c) { return *this << std::string_view(&c, 1); }
  Text &operator<<(int64_t value) DLC_NONBLOCKING;
  Text &operator<<(int value) { return *this << int64_t(value); }
  Text &operator<<(uint64_t value) DLC_NONBLOCKING;
  Text &operator<<(Quoted text) DLC_NONBLOCKING;
  Text &operator<<(Hex value) DLC_NONBLOCKING;

  /// Bytes the text needs, also when fewer fitted.
  size_t length() const { return needed; }

private:
  void finish() {
    if (capacity)
      data[written] = 0;
  }
  char *data;
  size_t capacity, written = 0, needed = 0;
};

} // namespace dlc::v1
#endif
