// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "report/Expression.h"
#include "data/Failure.h"
#include "data/Text.h"
#include <charconv>

namespace dlc {

namespace {
/// sum := product (('+' | '-') product)*; product := factor ('*' factor)*;
/// factor := '-'? (number | name | floordiv '(' sum ',' sum ')' | '(' sum ')')
class Parser {
public:
  Parser(const std::string &text, const std::map<std::string, int64_t> &dims) : text(text), dims(dims) {}

  int64_t parse() {
    int64_t value = sum();
    if (position != text.size())
      fail("is no expression");
    return value;
  }

private:
  [[noreturn]] void fail(const char *why) { throw Failure("the report's expression '" + printable(text) + "' " + why); }
  bool eat(char wanted) {
    while (position < text.size() && text[position] == ' ')
      ++position;
    if (position >= text.size() || text[position] != wanted)
      return false;
    ++position;
    return true;
  }
  void expect(char wanted) {
    if (!eat(wanted))
      fail("is no expression");
  }
  int64_t checked(bool overflowed, int64_t value) {
    if (overflowed)
      fail("does not fit 64 bits");
    return value;
  }

  int64_t sum() {
    int64_t value = product();
    for (;;) {
      if (eat('+'))
        value = checked(__builtin_add_overflow(value, product(), &value), value);
      else if (eat('-'))
        value = checked(__builtin_sub_overflow(value, product(), &value), value);
      else
        return value;
    }
  }
  int64_t product() {
    int64_t value = factor();
    while (eat('*'))
      value = checked(__builtin_mul_overflow(value, factor(), &value), value);
    return value;
  }
  int64_t factor() {
    constexpr int deepest = 256; // a library may lie
    if (++depth > deepest)
      fail("is nested too deeply");
    int64_t value = signless();
    --depth;
    return value;
  }
  int64_t signless() {
    if (eat('-'))
      return -factor();
    if (eat('(')) {
      int64_t value = sum();
      expect(')');
      return value;
    }
    size_t end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.?", position);
    std::string word = text.substr(position, end - position);
    position += word.size();
    if (word.empty())
      fail("is no expression");
    if (word[0] >= '0' && word[0] <= '9') {
      int64_t value = 0;
      auto [last, error] = std::from_chars(word.data(), word.data() + word.size(), value);
      if (error != std::errc() || last != word.data() + word.size())
        fail("is no expression");
      return value;
    }
    if (word != "floordiv") {
      auto found = dims.find(word);
      if (found == dims.end())
        fail("names a dimension that has no value");
      return found->second;
    }
    expect('(');
    int64_t left = sum();
    expect(',');
    int64_t right = sum();
    expect(')');
    if (right <= 0)
      fail("divides by what is not positive");
    return left / right - (left % right < 0 ? 1 : 0);
  }

  const std::string &text;
  const std::map<std::string, int64_t> &dims;
  size_t position = 0;
  int depth = 0;
};
} // namespace

int64_t evaluate(const std::string &expression, const std::map<std::string, int64_t> &dims) {
  return Parser(expression, dims).parse();
}

} // namespace dlc
