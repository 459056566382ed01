// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// NumPy's .npy, versions 1 to 3 (numpy.lib.format): magic, version, header
// length, a Python dictionary literal, then the data.
#include "data/Failure.h"
#include "data/Read.h"
#include "data/Text.h"
#include <charconv>
#include <optional>

namespace dlc {

namespace {
/// Reads the three entries NumPy writes, {'descr': '<f4', 'fortran_order':
/// False, 'shape': (3, 4), }, in any order and nothing else: no Python is
/// evaluated.
class Header {
public:
  explicit Header(std::string_view text) : text(text) {}

  void parse() {
    expect('{');
    while (!accept('}')) {
      std::string_view key = quoted();
      expect(':');
      if (key == "descr" && !descr)
        descr = description();
      else if (key == "fortran_order" && !fortran)
        fortran = boolean();
      else if (key == "shape" && !shape)
        shape = tuple();
      else
        fail();
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    if (!descr || !fortran || !shape)
      fail();
  }

  std::optional<std::string_view> descr;
  std::optional<bool> fortran;
  std::optional<Shape> shape;

private:
  std::string_view text;

  [[noreturn]] void fail() { throw Failure("malformed .npy header at '" + printable(text.substr(0, 20)) + "'"); }
  void skip() {
    while (!text.empty() && (text[0] == ' ' || text[0] == '\n'))
      text.remove_prefix(1);
  }
  bool accept(char c) {
    skip();
    if (text.empty() || text[0] != c)
      return false;
    text.remove_prefix(1);
    return true;
  }
  void expect(char c) {
    if (!accept(c))
      fail();
  }
  std::string_view quoted() {
    char quote = accept('\'') ? '\'' : accept('"') ? '"' : 0;
    size_t end = quote ? text.find(quote) : std::string_view::npos;
    if (end == std::string_view::npos)
      fail();
    std::string_view value = text.substr(0, end);
    text.remove_prefix(end + 1);
    return value;
  }
  std::string_view description() {
    skip();
    if (!text.empty() && text[0] == '[')
      throw Failure("a structured .npy array, expected plain numbers");
    return quoted();
  }
  bool boolean() {
    skip();
    for (auto [word, value] : {std::pair("True", true), std::pair("False", false)})
      if (text.starts_with(word)) {
        text.remove_prefix(value ? 4 : 5);
        return value;
      }
    fail();
  }
  Shape tuple() {
    Shape extents;
    expect('(');
    while (!accept(')')) {
      skip();
      int64_t extent = 0;
      auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), extent);
      if (error != std::errc() || extent < 0 || extents.size() == 32)
        fail();
      text.remove_prefix(end - text.data());
      accept('L'); // Python 2 wrote long integers so
      extents.push_back(extent);
      if (!accept(',')) {
        expect(')');
        break;
      }
    }
    return extents;
  }
};
} // namespace

static int32_t npyType(std::string_view descr) {
  static constexpr std::pair<std::string_view, int32_t> known[] = {{"f8", DLC_F64}, {"f4", DLC_F32}, {"f2", DLC_F16},
                                                                   {"i8", DLC_I64}, {"i4", DLC_I32}, {"i1", DLC_I8},
                                                                   {"u1", DLC_U8},  {"b1", DLC_I1}};
  for (auto [name, type] : known)
    if (descr.size() == 3 && descr.substr(1) == name) {
      bool single = typeSize(type) == 1;
      if (descr[0] == '<' || (single && descr[0] == '|'))
        return type;
      if (descr[0] == '>')
        throw Failure("big-endian '" + std::string(descr) + "', expected little-endian: save array.astype('<" +
                      std::string(name) + "')");
    }
  throw Failure("element type '" + printable(descr) + "' is not supported, expected f8, f4, f2, i8, i4, i1, u1 or b1");
}

Array readNpy(Bytes bytes) {
  size_t version = bytes.size() > 6 ? bytes[6] : 0, start = version == 1 ? 10 : 12;
  if (version < 1 || version > 3)
    throw Failure(format(".npy version %zu is not supported, expected 1, 2 or 3", version));
  if (bytes.size() < start)
    throw Failure("the .npy header ends too early");
  size_t length = bytes[8] | bytes[9] << 8;
  if (version > 1)
    length |= size_t(bytes[10]) << 16 | size_t(bytes[11]) << 24;
  if (length > bytes.size() - start)
    throw Failure(format("the .npy header says it has %zu bytes, the file has %zu", length, bytes.size() - start));
  Header header(std::string_view(reinterpret_cast<const char *>(bytes.data()) + start, length));
  header.parse();
  int32_t type = npyType(*header.descr);
  if (*header.fortran && header.shape->size() > 1)
    throw Failure("the array is in Fortran order, expected C order: save "
                  "numpy.ascontiguousarray(array)");
  Shape shape = std::move(*header.shape);
  return arrayAt(std::move(bytes), start + length, type, std::move(shape));
}

} // namespace dlc
