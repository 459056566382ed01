// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dlc-run/report/Confusion.h"
#include "data/Text.h"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace dlc::report {

std::string className(const History &history, int64_t index) {
  bool named = index >= 0 && index < static_cast<int64_t>(history.classes.size());
  return named ? history.classes[index] : std::to_string(index);
}

/// White at 0 to the full colour at 1.
static std::string shade(double share, int red, int green, int blue) {
  auto mix = [&](int full) { return static_cast<int>(std::lround(255 + share * (full - 255))); };
  return format("#%02x%02x%02x", mix(red), mix(green), mix(blue));
}

double drawConfusion(Svg &svg, double x, double y, double width, const History &history) {
  svg.heading(x, y + 14, "Confusion", "rows: truth, columns: prediction, in examples");
  auto classes = static_cast<int64_t>(history.confusion.size());
  double names = 84, recall = 44, top = y + 32;
  double cell = std::min(40.0, (width - names - recall) / static_cast<double>(classes));
  double left = x + names;
  double fontSize = std::clamp(cell * 0.36, 6.0, 11.0);
  svg.text(left + cell * static_cast<double>(classes) + recall, top - 4, "right", {11, colour::soft, "end"});
  for (int64_t truth = 0; truth < classes; truth++) {
    const std::vector<int64_t> &row = history.confusion[truth];
    double total = static_cast<double>(std::accumulate(row.begin(), row.end(), int64_t(0)));
    double cellTop = top + cell * static_cast<double>(truth), middle = cellTop + cell / 2 + fontSize * 0.36;
    svg.text(left - 8, middle, shortened(className(history, truth), 13), {11, colour::ink, "end"});
    for (int64_t guess = 0; guess < classes; guess++) {
      double share = total > 0 ? static_cast<double>(row[guess]) / total : 0;
      // Roots make rare confusions visible beside the diagonal; blue is right,
      // vermilion wrong.
      double strength = std::sqrt(std::clamp(share, 0.0, 1.0));
      bool right = truth == guess;
      Box box = {left + cell * static_cast<double>(guess), cellTop, cell - 1.5, cell - 1.5};
      svg.rect(box, right ? shade(strength, 0, 114, 178) : shade(strength, 213, 94, 0), 2);
      if (row[guess] && cell >= 20)
        svg.text(box.x + box.width / 2, middle, std::to_string(row[guess]),
                 {fontSize, strength > 0.62 ? colour::paper : colour::ink, "middle"});
    }
    if (total > 0)
      svg.text(left + cell * static_cast<double>(classes) + recall, middle,
               format("%.1f%%", 100 * static_cast<double>(row[truth]) / total), {11, colour::soft, "end"});
  }
  double bottom = top + cell * static_cast<double>(classes);
  size_t longest = 1;
  for (int64_t guess = 0; guess < classes; guess++) {
    std::string name = shortened(className(history, guess), 13);
    longest = std::max(longest, name.size());
    bool slanted = !history.classes.empty();
    double center = left + cell * (static_cast<double>(guess) + 0.5);
    svg.text(center + (slanted ? 4 : 0), bottom + 14, name,
             {11, colour::ink, slanted ? "end" : "middle", false, slanted ? -40.0 : 0.0});
  }
  return bottom + (history.classes.empty() ? 20 : 24 + 4.2 * static_cast<double>(std::min<size_t>(longest, 13))) - y;
}

} // namespace dlc::report
