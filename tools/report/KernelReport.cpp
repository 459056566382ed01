// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "report/KernelReport.h"
#include "data/Failure.h"
#include "data/Text.h"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace dlc {

using Json = nlohmann::ordered_json;

static const char style[] = R"(<style>
body { font: 14px/1.45 system-ui, sans-serif; color: #1f2933; margin: 2em auto; max-width: 76em; padding: 0 1em }
h1 { font-size: 1.5em } h2 { font-size: 1.15em; margin-top: 2em } h3 { font-size: 1em }
table { border-collapse: collapse; width: 100% }
th, td { text-align: right; padding: .3em .6em; border-bottom: 1px solid #e4e7eb; vertical-align: top }
th { font-weight: 600; color: #616e7c } th:first-child, td:first-child, th.text, td.text { text-align: left }
.soft { color: #616e7c } .bar { background: #0072b2; height: .5em; display: inline-block }
code { font-size: .92em } details { margin: 1em 0 } summary { cursor: pointer; font-weight: 600 }
svg { max-width: 100%; background: #f7f9fb }
</style>
)";

static std::string name(const Json &value) { return escaped(value.get<std::string>()); }
static double amount(const Json &kernel, const char *what) { return kernel.at(what).at("value").get<double>(); }

/// 1234567 -> "1.23 M", powers of ten.
static std::string scaled(double value, const char *unit) {
  const char *prefixes[] = {"", "k", "M", "G", "T", "P", "E"};
  int power = 0;
  for (; value >= 1000 && power < 6; ++power)
    value /= 1000;
  return format(power && value < 100 ? "%.3g %s%s" : "%.0f %s%s", value, prefixes[power], unit);
}

/// What a kernel holds: its ops, those of one node together.
static std::string contents(const Json &kernel) {
  std::string text, node;
  bool open = false;
  for (const Json &op : kernel.at("ops")) {
    std::string next = op.at("node");
    if (!open || next != node) {
      text += open ? " <span class=soft>of " + escaped(node) + "</span><br>" : "";
      node = next;
    } else {
      text += ", ";
    }
    text += name(op.at("op"));
    open = true;
  }
  return open ? text + (node.empty() ? "" : " <span class=soft>of " + escaped(node) + "</span>") : "";
}

static const Json &find(const Json &list, const std::string &wanted) {
  for (const Json &one : list)
    if (one.at("name") == wanted)
      return one;
  throw Failure("the report launches kernel '" + printable(wanted) + "', which it does not describe");
}

/// What a GPU launches for a kernel: "3 blocks of 256 threads, 16 kB shared", a line for each.
static std::string grids(const Json &kernel) {
  std::string text;
  if (!kernel.contains("steps"))
    return text;
  for (const Json &step : kernel.at("steps")) {
    double blocks = amount(step, "blocks"), shared = step.at("shared_bytes");
    text +=
        "<br><span class=soft title=\"" + name(step.at("kernel")) + ": " + name(step.at("blocks").at("expression")) +
        "\">" +
        format("%.0f %s of %.0f threads", blocks, blocks == 1 ? "block" : "blocks", step.at("threads").get<double>()) +
        (shared > 0 ? ", " + scaled(shared, "B") + " shared" : "") + "</span>";
  }
  return text;
}

/// The columns of one launch's times, or their titles: with shares of this machine's limits where those are known,
/// else what was reached.
static std::string timesOf(const Json &measured, bool asTitles) {
  bool hasShare = measured.contains("share");
  if (asTitles)
    return hasShare ? "<th>time<th>share of the limit" : "<th>time<th>flop/s<th>byte/s";
  std::string text = format("<td>%.1f µs", measured.at("seconds").get<double>() * 1e6);
  if (!hasShare)
    return text + "<td>" + scaled(measured.at("flops_per_second"), "") + "<td>" +
           scaled(measured.at("bytes_per_second"), "");
  double share = measured.at("share").get<double>();
  return text + format("<td>%.0f%% <span class=bar style=\"width:%.0fpx\"></span>", share * 100,
                       std::clamp(share, 0.0, 1.0) * 60);
}

static std::string launches(const Json &function, const Json &kernels) {
  const Json &list = function.at("launches");
  auto measured =
      std::find_if(list.begin(), list.end(), [](const Json &launch) { return launch.contains("measured"); });
  std::string text = "<table><tr><th>kernel<th class=text>what it computes, in one pass<th "
                     "class=text>generator<th>flop<th>read<th>written"
                     "<th>kept in registers<th>flop/byte<th class=text>bound by";
  if (measured != list.end())
    text += timesOf(measured->at("measured"), /*asTitles=*/true);
  for (const Json &launch : list) {
    const Json &kernel = find(kernels, launch.at("kernel"));
    double times = amount(launch, "times");
    text += "\n<tr><td><code>" + name(kernel.at("name")) + "</code>";
    if (times != 1)
      text += format(" <span class=soft>%.0f times</span>", times);
    text += grids(kernel);
    text += "<td class=text>" + contents(kernel) + "<td class=text>" + name(kernel.at("generator"));
    text += "<td title=\"" + name(kernel.at("flops").at("expression")) + "\">" +
            scaled(amount(kernel, "flops") * times, "");
    for (const char *bytes : {"read", "written", "kept"})
      text +=
          "<td title=\"" + name(kernel.at(bytes).at("expression")) + "\">" + scaled(amount(kernel, bytes) * times, "B");
    text +=
        format("<td>%.2g", kernel.at("flops_per_byte").get<double>()) + "<td class=text>" + name(kernel.at("bound"));
    if (measured != list.end())
      text += timesOf(launch.at("measured"), /*asTitles=*/false);
  }
  return text + "\n</table>\n";
}

/// The arena: time to the right, offsets downwards; one box a tensor.
static std::string memory(const Json &arena) {
  double bytes = arena.at("bytes"), plain = arena.at("bytes_without_reuse"), last = 1;
  if (bytes <= 0)
    return "";
  std::string text = "<p>Memory of a call: " + scaled(bytes, "B") + " for one worker; without reuse it would be " +
                     scaled(plain, "B") + ".</p>\n";
  for (const Json &tensor : arena.at("tensors"))
    last = std::max(last, tensor.at("last").get<double>() + 1);
  constexpr double width = 900, height = 220;
  text += format("<svg viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\" role=img><title>Offsets in the arena over the steps of "
                 "a call</title>\n",
                 width, height, width);
  for (const Json &tensor : arena.at("tensors")) {
    double first = tensor.at("first"), end = tensor.at("last"), offset = tensor.at("offset"),
           size = amount(tensor, "bytes") + amount(tensor, "per_worker");
    bool scratch = amount(tensor, "per_worker") > 0;
    text += format("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\" stroke=\"#fff\"><title>",
                   first / last * width, offset / bytes * height, (end + 1 - first) / last * width,
                   std::max(size / bytes * height, 1.0), scratch ? "#d55e00" : "#0072b2");
    text += name(tensor.at("holds")) + ": " + scaled(size, "B") + "</title></rect>\n";
  }
  return text + "</svg>\n<p class=soft>Steps of the call to the right, addresses downwards; orange is scratch.</p>\n";
}

static std::string describe(const Json &function, const Json &kernels) {
  std::string text = "<h3>" + name(function.at("name")) + "</h3>\n<p>" +
                     std::to_string(function.at("launches").size()) + " launches, " +
                     scaled(function.at("flops"), "flop") + ", " + scaled(function.at("read"), "B") + " read, " +
                     scaled(function.at("written"), "B") + " written</p>\n";
  return text + launches(function, kernels) + (function.contains("arena") ? memory(function.at("arena")) : "");
}

static std::string page(const Json &report) {
  std::string model = name(report.at("model"));
  std::string text = "<!DOCTYPE html>\n<html lang=en><meta charset=utf-8><title>Kernels of " + model + "</title>\n" +
                     style + "<h1>Kernels of " + model + "</h1>\n<p class=soft>" + name(report.at("compiler"));
  for (const Json &dim : report.at("dims"))
    text += ", " + name(dim.at("name")) + " = " + std::to_string(dim.at("value").get<int64_t>());
  text += "</p>\n";
  if (report.contains("measured")) {
    const Json &measured = report.at("measured");
    if (!measured.contains("threads"))
      text +=
          "<p>Measured by the device's own clock, one launch after the other. Times of a few microseconds are mostly "
          "the launch.</p>\n";
    else
      text += "<p>Measured with " + std::to_string(measured.at("threads").get<int64_t>()) +
              " threads; limits of this machine, measured with as many: " +
              scaled(measured.at("flops_per_second"), "flop/s") + ", " +
              scaled(measured.at("bytes_per_second"), "B/s") + ".</p>\n";
  } else {
    text += "<p>What bounds a kernel is told from nominal figures of a core, its vector multiply-adds and 8 bytes a "
            "cycle of memory traffic, or of one of a GPU's processors. "
            "<code>dlc bench</code> on a library made with <code>--profile</code> measures.</p>\n";
  }
  bool first = true;
  for (const Json &variant : report.at("variants")) {
    text += std::string("<details") + (first ? " open" : "") + "><summary>" + name(variant.at("name")) + "</summary>\n";
    for (const Json &function : variant.at("functions"))
      text += describe(function, variant.at("kernels"));
    text += "</details>\n";
    first = false;
  }
  return text + "</html>\n";
}

std::string drawKernelReport(const std::string &json) {
  try {
    return page(Json::parse(json));
  } catch (const nlohmann::json::exception &error) {
    throw Failure(std::string("not a report of kernels: ") + error.what());
  }
}

} // namespace dlc
