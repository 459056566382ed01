// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dlc-run/report/Svg.h"
#include "data/Base64.h"
#include "data/Text.h"
#include "dlc-run/report/Png.h"

namespace dlc::report {

std::string shortened(const std::string &text, size_t most) {
  std::string safe = printable(text);
  size_t characters = 0, cut = 0;
  for (size_t i = 0; i < safe.size(); i++)
    if ((safe[i] & 0xC0) != 0x80) { // begins a character
      if (characters + 1 == most)
        cut = i;
      characters++;
    }
  return characters > most ? safe.substr(0, cut) + "\xE2\x80\xA6" : safe;
}

/// A length with at most two decimals and no trailing zeros.
static std::string number(double value) {
  std::string text = format("%.2f", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with("."))
    text.pop_back();
  return text;
}

static std::string attribute(const char *name, double value) {
  return std::string(" ") + name + "=\"" + number(value) + "\"";
}
static std::string attribute(const char *name, const std::string &value) {
  return std::string(" ") + name + "=\"" + value + "\"";
}
static std::string place(const Box &box) {
  return attribute("x", box.x) + attribute("y", box.y) + attribute("width", box.width) +
         attribute("height", box.height);
}

void Svg::text(double x, double y, const std::string &text, const TextStyle &style) {
  body += "<text" + attribute("x", x) + attribute("y", y) + attribute("font-size", style.size) +
          attribute("fill", style.fill);
  if (style.anchor != "start")
    body += attribute("text-anchor", style.anchor);
  if (style.bold)
    body += attribute("font-weight", "600");
  if (style.rotate)
    body += attribute("transform", "rotate(" + number(style.rotate) + " " + number(x) + " " + number(y) + ")");
  body += ">" + escaped(text) + "</text>\n";
}

void Svg::heading(double x, double y, const std::string &title, const std::string &note) {
  body += "<text" + attribute("x", x) + attribute("y", y) + attribute("font-size", 14) +
          attribute("fill", colour::ink) + attribute("font-weight", "600") + ">" + escaped(title);
  if (!note.empty())
    body += "<tspan dx=\"10\" font-size=\"12\" font-weight=\"400\"" + attribute("fill", colour::soft) + ">" +
            escaped(note) + "</tspan>";
  body += "</text>\n";
}

void Svg::rect(const Box &box, const std::string &fill, double radius) {
  body += "<rect" + place(box) + attribute("fill", fill) + (radius ? attribute("rx", radius) : "") + "/>\n";
}

void Svg::line(double x1, double y1, double x2, double y2, const std::string &stroke, double width) {
  body += "<line" + attribute("x1", x1) + attribute("y1", y1) + attribute("x2", x2) + attribute("y2", y2) +
          attribute("stroke", stroke) + attribute("stroke-width", width) + "/>\n";
}

void Svg::polyline(const std::vector<std::pair<double, double>> &points, const std::string &stroke) {
  std::string list;
  for (auto [x, y] : points)
    list += (list.empty() ? "" : " ") + number(x) + "," + number(y);
  body += "<polyline" + attribute("points", list) + attribute("fill", "none") + attribute("stroke", stroke) +
          " stroke-width=\"2\" stroke-linejoin=\"round\" "
          "stroke-linecap=\"round\"/>\n";
}

void Svg::circle(double x, double y, double radius, const std::string &fill) {
  body += "<circle" + attribute("cx", x) + attribute("cy", y) + attribute("r", radius) + attribute("fill", fill) +
          attribute("stroke", colour::paper) + "/>\n";
}

void Svg::picture(const Box &box, int64_t width, int64_t height, const Bytes &pixels, const std::string &title) {
  body += "<image" + place(box) + " image-rendering=\"pixelated\" preserveAspectRatio=\"xMidYMid\"" +
          " href=\"data:image/png;base64," + toBase64(greyPng(width, height, pixels)) + "\"><title>" + escaped(title) +
          "</title></image>\n";
}

std::string Svg::document(double width, double height, const std::string &title, const std::string &description) const {
  std::string size = number(width) + " " + number(height);
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + size + "\"" + attribute("width", width) +
         attribute("height", height) +
         " role=\"img\" font-family=\"Inter, 'Helvetica Neue', Helvetica, "
         "Arial, 'DejaVu Sans', sans-serif\""
         " style=\"font-variant-numeric: tabular-nums\">\n<title>" +
         escaped(title) + "</title>\n<desc>" + escaped(description) + "</desc>\n<rect width=\"100%\" height=\"100%\"" +
         attribute("fill", colour::paper) + "/>\n" + body + "</svg>\n";
}

} // namespace dlc::report
