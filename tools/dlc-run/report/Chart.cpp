// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dlc-run/report/Chart.h"
#include "data/Text.h"
#include <algorithm>
#include <cmath>
#include <limits>

namespace dlc::report {

std::vector<double> niceTicks(double low, double high, int about) {
  // Values that differ in their last digits are one value to a reader.
  if (!(high - low > 1e-12 * std::max(std::fabs(low), 1e-12))) {
    double room = std::max(std::fabs(low) * 0.1, 1e-6);
    low -= room;
    high += room;
  }
  double rough = (high - low) / about, power = std::pow(10, std::floor(std::log10(rough)));
  double step = power;
  for (double factor : {1.0, 2.0, 5.0, 10.0})
    if (factor * power >= rough * 0.999) {
      step = factor * power;
      break;
    }
  std::vector<double> ticks;
  double first = std::floor(low / step + 1e-9) * step;
  for (int i = 0; i < 100 && first + (i - 1) * step < high - step * 1e-9; i++)
    ticks.push_back(first + i * step);
  return ticks;
}

static std::string label(double value, double step, Unit unit) {
  if (unit == Unit::Count)
    return grouped(std::llround(value));
  double scale = unit == Unit::Percent ? 100 : 1;
  int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(step * scale) - 1e-9)), 0, 6);
  return format("%.*f%s", decimals, value * scale, unit == Unit::Percent ? "%" : "");
}

namespace {
/// From values to pixels.
struct Scale {
  Box area;
  double left, right, bottom, top;
  double x(double epoch) const { return area.x + (epoch - left) / (right - left) * area.width; }
  double y(double value) const { return area.y + area.height - (value - bottom) / (top - bottom) * area.height; }
};

struct EndLabel {
  double y;
  std::string text, colour;
};
} // namespace

/// Pushes labels apart where curves end close together.
static void spread(std::vector<EndLabel> &labels, double distance) {
  std::sort(labels.begin(), labels.end(), [](const EndLabel &a, const EndLabel &b) { return a.y < b.y; });
  for (size_t i = 1; i < labels.size(); i++)
    if (double overlap = labels[i - 1].y + distance - labels[i].y; overlap > 0) {
      labels[i - 1].y -= overlap / 2;
      labels[i].y += overlap / 2;
    }
}

static void drawAxes(Svg &svg, const Scale &scale, const std::vector<double> &ticks, double lastEpoch, Unit unit) {
  double step = ticks[1] - ticks[0];
  for (double tick : ticks) {
    svg.line(scale.area.x, scale.y(tick), scale.area.x + scale.area.width, scale.y(tick), colour::line);
    svg.text(scale.area.x - 8, scale.y(tick) + 4, label(tick, step, unit), {11, colour::soft, "end"});
  }
  double base = scale.area.y + scale.area.height;
  for (double epoch : niceTicks(scale.left, scale.right, 8)) {
    if (epoch != std::round(epoch) || epoch < scale.left || epoch > scale.right || epoch < 1 || epoch > lastEpoch)
      continue;
    svg.line(scale.x(epoch), base, scale.x(epoch), base + 4, colour::faint);
    svg.text(scale.x(epoch), base + 18, grouped(std::llround(epoch)), {11, colour::soft, "middle"});
  }
  svg.line(scale.area.x, base, scale.area.x + scale.area.width, base, colour::faint);
  svg.text(scale.area.x + scale.area.width / 2, base + 36, "epoch", {11, colour::soft, "middle"});
}

void drawChart(Svg &svg, const Box &box, const std::string &title, const std::vector<Series> &series, Unit unit) {
  svg.heading(box.x, box.y + 14, title);
  double low = std::numeric_limits<double>::infinity(), high = -low, first = low, last = -low;
  for (const Series &curve : series)
    for (auto [epoch, value] : curve.points) {
      low = std::min(low, value);
      high = std::max(high, value);
      first = std::min(first, epoch);
      last = std::max(last, epoch);
    }
  Box area = {box.x + 44, box.y + 32, box.width - 44 - 96, box.height - 32 - 44};
  if (!(low <= high)) {
    svg.text(area.x, area.y + 20, "nothing was measured", {12, colour::soft});
    return;
  }
  // A rate is read against nothing done; other curves need room to be told
  // apart, and a little below the lowest point.
  if (unit == Unit::Count)
    low = 0;
  std::vector<double> ticks = niceTicks(low, high, 5);
  double step = ticks[1] - ticks[0];
  if (low != 0 && low - ticks.front() < 0.2 * step)
    ticks.insert(ticks.begin(), ticks.front() - step);
  Scale scale = {area, first == last ? first - 1 : first, first == last ? last + 1 : last, ticks.front(), ticks.back()};
  drawAxes(svg, scale, ticks, last, unit);

  std::vector<EndLabel> labels;
  for (const Series &curve : series) {
    if (curve.points.empty())
      continue;
    std::vector<std::pair<double, double>> pixels;
    for (auto [epoch, value] : curve.points)
      pixels.emplace_back(scale.x(epoch), scale.y(value));
    svg.polyline(pixels, curve.colour);
    if (pixels.size() <= 40)
      for (auto [x, y] : pixels)
        svg.circle(x, y, 3.5, curve.colour);
    double value = curve.points.back().second;
    std::string text = unit == Unit::Percent ? format("%.2f%%", 100 * value)
                       : unit == Unit::Count ? grouped(std::llround(value))
                                             : format("%.3g", value);
    labels.push_back({pixels.back().second, curve.name + " " + text, curve.colour});
  }
  spread(labels, 15);
  double x = first == last ? scale.x(last) + 10 : area.x + area.width + 10;
  for (const EndLabel &end : labels)
    svg.text(x, end.y + 4, end.text, {12, end.colour, "start", true});
}

} // namespace dlc::report
