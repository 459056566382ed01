// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Parts that have answers of their own: the hash, the text, JSON strings.
#include "Check.h"
#include "Safetensors.h"
#include "Text.h"
#include "Xxh64.h"
#include <string>

using namespace dlc::v1;

static void hashes() {
  // From the reference implementation: printf 'abc' | xxhsum -H1, and so on.
  CHECK(xxh64("", 0) == 0xef46db3751d8e999);
  CHECK(xxh64("a", 1) == 0xd24ec4f1a98c6e5b);
  CHECK(xxh64("abc", 3) == 0x44bc2cf5ad770999);
  std::string counting;
  for (int i = 0; i < 1000; ++i)
    counting += char(i * 7);
  static const uint64_t expected[] = {0x9ff70a635a6209ab, 0xae5acdc00a55ac41, 0xd734a6b26f3da63e, 0x87116b3365b924eb,
                                      0x0f187c62b1e722b7, 0x91b0cb0931a8c629, 0x931b043cf8d65b94, 0x219110bf13e2fa26,
                                      0xbf3052e3445775d0, 0x8e2272c08247d5db, 0x15c02334b2b0b65f, 0x25275608a9cfc168};
  static const size_t lengths[] = {3, 4, 7, 8, 31, 32, 33, 63, 64, 100, 999, 1000};
  for (size_t i = 0; i < 12; ++i)
    CHECK(xxh64(counting.data(), lengths[i]) == expected[i]);
}

static void texts() {
  char buffer[32];
  Text(buffer, sizeof(buffer)) << INT64_MIN << ' ' << uint64_t(UINT64_MAX);
  CHECK(std::string(buffer) == "-9223372036854775808 1844674407");
  Text(buffer, sizeof(buffer)) << Hex{0x0123456789abcdef} << 0;
  CHECK(std::string(buffer) == "0123456789abcdef0");
  // Cut at a whole character, and nothing after the cut.
  Text cut(buffer, 6);
  cut << "abcd\xc3\xa9" << "x";
  CHECK(std::string(buffer) == "abcd" && cut.length() == 7);
  Text(buffer, sizeof(buffer)) << Quoted{"a\x01\x7f\xc2\x85\xc3\xa9"};
  CHECK(std::string(buffer) == "'a???\xc3\xa9'");
  char wide[200];
  Text(wide, sizeof(wide)) << Quoted{std::string(150, 'n')};
  CHECK(std::string(wide) == "'" + std::string(120, 'n') + "...'");
  Text nothing(nullptr, 0);
  nothing << "abc" << 12;
  CHECK(nothing.length() == 5);
}

static void json_strings() {
  CHECK(JsonString{"plain"} == "plain");
  CHECK(!(JsonString{"plain"} == "plai") && !(JsonString{"plai"} == "plain"));
  CHECK(JsonString{"\\\"\\\\\\/\\b\\f\\n\\r\\t"} == "\"\\/\b\f\n\r\t");
  CHECK(JsonString{"\\u0041\\u00e9\\u20AC"} == "A\xc3\xa9\xe2\x82\xac");
  CHECK(JsonString{"\\ud83d\\ude00!"} == "\xf0\x9f\x98\x80!");
  CHECK(JsonString{"\\ud83dx"} == "\xed\xa0\xbdx"); // half a pair stays what it is
  char buffer[64];
  Text text(buffer, sizeof(buffer));
  appendJson(text, "a\"\\\n\x1f\xc3\xa9");
  CHECK(std::string(buffer) == "\"a\\\"\\\\\\u000a\\u001f\xc3\xa9\"");
  // What is written is read back.
  CHECK((JsonString{std::string_view(buffer).substr(1, strlen(buffer) - 2)} == "a\"\\\n\x1f\xc3\xa9"));
}

int main() {
  hashes();
  texts();
  json_strings();
  return finish();
}
