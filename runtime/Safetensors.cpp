// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Safetensors.h"

using namespace dlc::v1;

static int hexDigit(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  if ((c | 32) >= 'a' && (c | 32) <= 'f')
    return (c | 32) - 'a' + 10;
  return -1;
}

namespace {
/// Resolves the escapes of a JSON string, a byte of UTF-8 at a time. The
/// parser has checked that every escape is whole.
class Unescape {
public:
  explicit Unescape(std::string_view raw) : raw(raw) {}
  /// The next byte, or -1 at the end.
  int next() {
    if (held)
      return pending[sizeof(pending) - held--];
    if (raw.empty())
      return -1;
    char c = take();
    if (c != '\\')
      return static_cast<unsigned char>(c);
    switch (c = take()) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'u':
      return utf8(codePoint());
    default:
      return c; // quote, backslash, slash
    }
  }

private:
  char take() {
    char c = raw.front();
    raw.remove_prefix(1);
    return c;
  }
  uint32_t unit() {
    uint32_t value = 0;
    for (int i = 0; i < 4; ++i)
      value = value << 4 | uint32_t(hexDigit(take()));
    return value;
  }
  uint32_t codePoint() {
    uint32_t high = unit();
    if (high < 0xd800 || high > 0xdbff || raw.size() < 6 || raw[0] != '\\' || raw[1] != 'u')
      return high;
    Unescape ahead(after(raw, 2));
    uint32_t low = ahead.unit();
    if (low < 0xdc00 || low > 0xdfff)
      return high;
    raw.remove_prefix(6);
    return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
  }
  /// The first byte of a code point; the others are kept for later.
  int utf8(uint32_t c) {
    if (c < 0x80)
      return int(c);
    held = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    int first = int((0xff00 >> (held + 1) & 0xff) | c >> 6 * held);
    for (int i = 0; i < held; ++i)
      pending[int(sizeof(pending)) - held + i] = static_cast<unsigned char>(0x80 | (c >> 6 * (held - 1 - i) & 63));
    return first;
  }

  std::string_view raw;
  unsigned char pending[3] = {};
  int held = 0;
};
} // namespace

bool JsonString::operator==(std::string_view text) const {
  Unescape mine(raw);
  for (char c : text)
    if (mine.next() != static_cast<unsigned char>(c))
      return false;
  return mine.next() < 0;
}

Text &dlc::v1::appendJsonText(Text &out, std::string_view text) {
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      out << '\\' << c;
    else if (byte < 0x20)
      out << "\\u00" << "0123456789abcdef"[byte >> 4] << "0123456789abcdef"[byte & 15];
    else
      out << c;
  }
  return out;
}

namespace {
class Parser {
public:
  Parser(std::string_view text, const char *file, const HeaderVisitor &visitor, dlc_error *error)
      : text(text), file(file), visitor(visitor), error(error) {}
  dlc_status parse();

private:
  Failure failHere() const {
    Failure failure = fail(error, DLC_BAD_FILE);
    failure << Quoted{file} << ": header byte " << uint64_t(at) << ": expected ";
    return failure;
  }
  char peek() {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t'))
      ++at;
    return at < text.size() ? text[at] : 0;
  }
  bool accept(char c) {
    bool is = peek() == c;
    at += is;
    return is;
  }
  dlc_status expect(char c) {
    if (accept(c))
      return DLC_OK;
    return failHere() << '\'' << c << '\'';
  }
  dlc_status string(JsonString &out);
  dlc_status number(uint64_t &out);
  dlc_status tensor(TensorEntry &entry);
  dlc_status extents(TensorEntry &entry);
  dlc_status offsets(TensorEntry &entry);
  /// `{ "key": value, ... }`, where `value(key)` parses what follows the colon.
  template <typename Value> dlc_status object(Value value);

  std::string_view text;
  const char *file;
  const HeaderVisitor &visitor;
  dlc_error *error;
  size_t at = 0;
};
} // namespace

dlc_status Parser::string(JsonString &out) {
  if (dlc_status status = expect('"'))
    return status;
  size_t begin = at;
  for (; at < text.size() && text[at] != '"'; ++at) {
    if (static_cast<unsigned char>(text[at]) < 0x20)
      return failHere() << "no control character in a string";
    if (text[at] != '\\')
      continue;
    ++at;
    char escape = at < text.size() ? text[at] : 0;
    if (!escape || std::string_view("\"\\/bfnrtu").find(escape) == std::string_view::npos)
      return failHere() << "an escape of JSON";
    for (int i = 0; escape == 'u' && i < 4; ++i)
      if (++at >= text.size() || hexDigit(text[at]) < 0)
        return failHere() << "four hexadecimal digits";
  }
  if (at >= text.size())
    return failHere() << "the end of a string";
  out.raw = {text.data() + begin, at - begin};
  ++at; // the quote
  return DLC_OK;
}

dlc_status Parser::number(uint64_t &out) {
  peek();
  size_t begin = at;
  out = 0;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at)
    if (__builtin_mul_overflow(out, uint64_t(10), &out) || __builtin_add_overflow(out, uint64_t(text[at] - '0'), &out))
      return failHere() << "a number below 2^64";
  if (at == begin)
    return failHere() << "a number without sign or fraction";
  if (at - begin > 1 && text[begin] == '0')
    return failHere() << "a number without leading zeros";
  return DLC_OK;
}

template <typename Value> dlc_status Parser::object(Value value) {
  if (dlc_status status = expect('{'))
    return status;
  if (accept('}'))
    return DLC_OK;
  do {
    JsonString key;
    if (dlc_status status = string(key))
      return status;
    if (dlc_status status = expect(':'))
      return status;
    if (dlc_status status = value(key))
      return status;
  } while (accept(','));
  return expect('}');
}

dlc_status Parser::extents(TensorEntry &entry) {
  if (dlc_status status = expect('['))
    return status;
  if (accept(']'))
    return DLC_OK;
  do {
    uint64_t extent;
    if (dlc_status status = number(extent))
      return status;
    if (extent > uint64_t(INT64_MAX))
      return failHere() << "an extent below 2^63";
    if (entry.rank == TensorEntry::mostExtents)
      return failHere() << "at most " << TensorEntry::mostExtents << " extents";
    entry.extents[entry.rank++] = int64_t(extent);
  } while (accept(','));
  return expect(']');
}

dlc_status Parser::offsets(TensorEntry &entry) {
  if (dlc_status status = expect('['))
    return status;
  if (dlc_status status = number(entry.begin))
    return status;
  if (dlc_status status = expect(','))
    return status;
  if (dlc_status status = number(entry.end))
    return status;
  if (entry.end < entry.begin)
    return failHere() << "an end that is not before the beginning " << entry.begin;
  return expect(']');
}

dlc_status Parser::tensor(TensorEntry &entry) {
  enum { Type = 1, Shape = 2, Offsets = 4, All = 7 };
  int seen = 0;
  entry.rank = 0;
  dlc_status status = object([&](JsonString key) -> dlc_status {
    int which = key == "dtype" ? Type : key == "shape" ? Shape : key == "data_offsets" ? Offsets : 0;
    if (!which || (seen & which))
      return failHere() << "dtype, shape and data_offsets of tensor " << Quoted{entry.name.raw} << ", each once";
    seen |= which;
    if (which == Shape)
      return extents(entry);
    if (which == Offsets)
      return offsets(entry);
    JsonString type;
    if (dlc_status status = string(type))
      return status;
    entry.type = type.raw;
    return DLC_OK;
  });
  if (!status && seen != All)
    return failHere() << "dtype, shape and data_offsets of tensor " << Quoted{entry.name.raw} << ", each once";
  return status;
}

dlc_status Parser::parse() {
  bool sawMetadata = false;
  dlc_status status = object([&](JsonString key) -> dlc_status {
    if (key == "__metadata__") {
      if (sawMetadata)
        return failHere() << "__metadata__ once";
      sawMetadata = true;
      return object([&](JsonString name) -> dlc_status {
        JsonString value;
        if (dlc_status status = string(value))
          return status;
        return visitor.metadata(visitor.self, name, value);
      });
    }
    TensorEntry entry;
    entry.name = key;
    if (dlc_status status = tensor(entry))
      return status;
    return visitor.tensor(visitor.self, entry);
  });
  if (status)
    return status;
  peek();
  if (at != text.size())
    return failHere() << "nothing after the header";
  return DLC_OK;
}

dlc_status dlc::v1::parseHeader(std::string_view text, const char *file, const HeaderVisitor &visitor,
                                dlc_error *error) {
  return Parser(text, file, visitor, error).parse();
}
