// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// A writer for the few SVG elements a report needs. Lengths are pixels.
#ifndef DLC_TOOLS_RUN_REPORT_SVG_H
#define DLC_TOOLS_RUN_REPORT_SVG_H
#include "data/Array.h"
#include "data/Text.h"
#include <string>
#include <utility>
#include <vector>

namespace dlc::report {

/// Okabe and Ito's blue and vermilion, told apart with any colour vision, and
/// greys.
namespace colour {
inline const std::string ink = "#1f2933", soft = "#616e7c", faint = "#9aa5b1", line = "#e4e7eb", paper = "#ffffff",
                         blue = "#0072b2", vermilion = "#d55e00";
} // namespace colour

struct Box {
  double x, y, width, height;
};

struct TextStyle {
  double size = 12;
  std::string fill = colour::ink;
  std::string anchor = "start"; ///< start, middle, end
  bool bold = false;
  double rotate = 0; ///< degrees around the text's own point
};

/// At most `most` characters (not bytes), the last an ellipsis when cut.
std::string shortened(const std::string &text, size_t most);

class Svg {
public:
  void text(double x, double y, const std::string &text, const TextStyle &style = {});
  /// A panel's title, and a note that follows it in softer letters.
  void heading(double x, double y, const std::string &title, const std::string &note = "");
  void rect(const Box &box, const std::string &fill, double radius = 0);
  void line(double x1, double y1, double x2, double y2, const std::string &stroke, double width = 1);
  void polyline(const std::vector<std::pair<double, double>> &points, const std::string &stroke);
  void circle(double x, double y, double radius, const std::string &fill);
  /// Grey bytes, row by row, scaled to the box without smoothing.
  void picture(const Box &box, int64_t width, int64_t height, const Bytes &pixels, const std::string &title);
  /// The whole document; `title` and `description` are for readers that cannot
  /// see it.
  std::string document(double width, double height, const std::string &title, const std::string &description) const;

private:
  std::string body;
};

} // namespace dlc::report
#endif
