// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dlc-run/Report.h"
#include "data/Text.h"
#include "dlc-run/report/Chart.h"
#include "dlc-run/report/Confusion.h"
#include "dlc-run/report/Pictures.h"
#include <algorithm>

namespace dlc {

using namespace report;

static constexpr double margin = 48, columnWidth = 456, gap = 40, chartHeight = 250;
static constexpr double second = margin + columnWidth + gap, pageWidth = second + columnWidth + margin;

static Series seriesOf(const History &history, const char *name, const std::string &colour, double Epoch::*value) {
  Series series{name, colour, {}};
  for (const Epoch &epoch : history.epochs)
    if (std::fabs(epoch.*value) < 1e30) // false for NaN too
      series.points.emplace_back(static_cast<double>(epoch.number), epoch.*value);
  return series;
}

static std::string subtitle(const History &history) {
  std::vector<std::string> parts;
  if (history.parameters)
    parts.push_back(grouped(history.parameters) + " parameters");
  if (history.trainRows)
    parts.push_back(grouped(history.trainRows) + " train" +
                    (history.testRows ? ", " + grouped(history.testRows) + " test" : ""));
  for (const std::string &text : {history.variant, history.compiler})
    if (!text.empty())
      parts.push_back(shortened(text, 40));
  std::string out;
  for (const std::string &part : parts)
    out += (out.empty() ? "" : "  \xC2\xB7  ") + part;
  return out;
}

/// The one number to look at, at the right of the title.
static std::string headline(const History &history) {
  if (history.epochs.empty())
    return "";
  const Epoch &last = history.epochs.back();
  return !std::isnan(last.accuracy)   ? format("%.2f%% accuracy", 100 * last.accuracy)
         : !std::isnan(last.testLoss) ? format("test loss %.4g", last.testLoss)
                                      : format("loss %.4g", last.loss);
}

std::string drawReport(const History &history) {
  Svg svg;
  std::string name = shortened(history.model, 40), summary = headline(history);
  svg.text(margin, 60, name, {24, colour::ink, "start", true});
  svg.text(margin, 84, subtitle(history), {13, colour::soft});
  svg.text(pageWidth - margin, 60, summary, {24, colour::blue, "end", true});
  if (!history.epochs.empty()) {
    int64_t epochs = history.epochs.back().number;
    svg.text(pageWidth - margin, 84, "after " + grouped(epochs) + (epochs == 1 ? " epoch" : " epochs"),
             {13, colour::soft, "end"});
  }
  svg.line(margin, 104, pageWidth - margin, 104, colour::line);

  double y = 128;
  drawChart(svg, {margin, y, columnWidth, chartHeight}, "Loss",
            {seriesOf(history, "train", colour::blue, &Epoch::loss),
             seriesOf(history, "test", colour::vermilion, &Epoch::testLoss)},
            Unit::Plain);
  Series accuracy = seriesOf(history, "test", colour::vermilion, &Epoch::accuracy);
  if (!accuracy.points.empty())
    drawChart(svg, {second, y, columnWidth, chartHeight}, "Accuracy", {accuracy}, Unit::Percent);
  else
    drawChart(svg, {second, y, columnWidth, chartHeight}, "Samples per second",
              {seriesOf(history, "train", colour::blue, &Epoch::samplesPerSecond)}, Unit::Count);
  y += chartHeight + 32;

  double used = 0, x = margin;
  if (!history.confusion.empty()) {
    used = drawConfusion(svg, x, y, columnWidth, history);
    x = second;
  }
  if (!history.pictures.empty())
    used = std::max(used, drawPictures(svg, x, y, columnWidth, history));
  return svg.document(pageWidth, y + used + margin - (used ? 16 : 32), "Training of " + name, summary);
}

} // namespace dlc
