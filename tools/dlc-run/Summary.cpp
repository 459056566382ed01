// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dlc-run/Summary.h"
#include "data/Text.h"
#include "dlc-run/Json.h"
#include <algorithm>
#include <cmath>
#include <limits>

namespace dlc {

namespace {
struct Statistics {
  double low = std::numeric_limits<double>::infinity(), high = -low, mean = NAN;
  int64_t count = 0, notFinite = 0;
};
constexpr int64_t shown = 8;
} // namespace

int64_t argmax(const uint8_t *data, int32_t type, int64_t begin, int64_t count) {
  int64_t best = 0;
  for (int64_t i = 1; i < count; i++)
    if (element(data, type, begin + i) > element(data, type, begin + best))
      best = i;
  return best;
}

static Statistics statisticsOf(const Array &array) {
  Statistics s;
  double sum = 0;
  s.count = array.elements();
  for (int64_t i = 0; i < s.count; i++) {
    double value = element(array.bytes.data(), array.type, i);
    if (!std::isfinite(value)) {
      s.notFinite++;
      continue;
    }
    s.low = std::min(s.low, value);
    s.high = std::max(s.high, value);
    sum += value;
  }
  if (s.count > s.notFinite)
    s.mean = sum / static_cast<double>(s.count - s.notFinite);
  return s;
}

static bool hasClasses(const Array &array) {
  return array.shape.size() == 2 && isFloat(array.type) && array.shape[1] > 1;
}

static std::string number(const Array &array, int64_t index) {
  if (!isFloat(array.type))
    return std::to_string(integer(array.bytes.data(), array.type, index));
  return format("%.6g", element(array.bytes.data(), array.type, index));
}

static std::string asJson(const std::string &name, const Array &array) {
  Statistics s = statisticsOf(array);
  Json out = {{"name", jsonText(name)}, {"type", typeName(array.type)}, {"shape", array.shape}};
  if (s.count > s.notFinite)
    out.update({{"min", s.low}, {"mean", s.mean}, {"max", s.high}});
  if (s.notFinite)
    out["not_finite"] = s.notFinite;
  for (int64_t i = 0; i < std::min(s.count, shown); i++)
    out["first"].push_back(element(array.bytes.data(), array.type, i));
  if (hasClasses(array))
    for (int64_t row = 0; row < array.shape[0]; row++)
      out["top"].push_back(argmax(array.bytes.data(), array.type, row * array.shape[1], array.shape[1]));
  return line(out);
}

std::string summarise(const std::string &name, const Array &array, bool json) {
  if (json)
    return asJson(name, array);
  Statistics s = statisticsOf(array);
  std::string out = printable(name) + "  " + array.describe();
  if (s.count == 1 && array.shape.empty())
    return out + "  " + number(array, 0) + "\n";
  if (s.count > s.notFinite)
    out += format("  min %.6g  mean %.6g  max %.6g", s.low, s.mean, s.high);
  if (s.notFinite)
    out += "  not finite: " + grouped(s.notFinite);
  out += "\n";
  if (s.count) {
    out += "  first";
    for (int64_t i = 0; i < std::min(s.count, shown); i++)
      out += " " + number(array, i);
    out += s.count > shown ? " ...\n" : "\n";
  }
  if (!hasClasses(array))
    return out;
  int64_t rows = array.shape[0], classes = array.shape[1];
  for (int64_t row = 0; row < std::min<int64_t>(rows, 10); row++) {
    int64_t best = argmax(array.bytes.data(), array.type, row * classes, classes);
    out += format("  row %lld  class %lld  %s\n", (long long)row, (long long)best,
                  number(array, row * classes + best).c_str());
  }
  if (rows > 10)
    out += "  ... " + grouped(rows - 10) + " more rows\n";
  return out;
}

} // namespace dlc
