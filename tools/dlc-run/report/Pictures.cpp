// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dlc-run/report/Pictures.h"
#include "data/Text.h"
#include "dlc-run/report/Confusion.h"
#include <algorithm>

namespace dlc::report {

double drawPictures(Svg &svg, double x, double y, double width, const History &history) {
  constexpr int columns = 5;
  auto count = history.pictures.size();
  svg.heading(x, y + 14, "Pictures", format("the first %zu of the test set", count));
  double side = 68, cellWidth = (width - side) / (columns - 1), cellHeight = side + 40, top = y + 32;
  for (size_t i = 0; i < count; i++) {
    const Picture &picture = history.pictures[i];
    bool right = picture.truth == picture.prediction;
    double cellX = x + cellWidth * static_cast<double>(i % columns);
    double cellY = top + cellHeight * static_cast<double>(i / columns);
    Box box = {cellX, cellY, side, side};
    std::string guess = className(history, picture.prediction), truth = className(history, picture.truth);
    svg.rect(box, "#000000");
    svg.picture(box, picture.width, picture.height, picture.pixels, guess + ", in truth " + truth);
    std::string percent;
    if (picture.confidence >= 0 && picture.confidence <= 1)
      percent = format("%.0f%%", 100 * picture.confidence);
    // A wrong answer differs by a bar, by words and by colour: no one sign is
    // needed.
    if (!right)
      svg.rect({cellX, cellY + side, side, 3}, colour::vermilion);
    svg.text(cellX, cellY + side + 15, shortened(guess, 13),
             {11, right ? colour::ink : colour::vermilion, "start", !right});
    svg.text(cellX, cellY + side + 28, right ? percent : "is " + shortened(truth, 11),
             {10, right ? colour::soft : colour::ink});
  }
  return 32 + cellHeight * static_cast<double>((count + columns - 1) / columns);
}

} // namespace dlc::report
