// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Convolutions and pooling: windows that slide.
#include "compiler/import/onnx/rules/Rules.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::onnx;
using dl::DimExpr;
using dl::DimVector;

namespace {
/// The attributes all of them share, one entry per spatial axis.
struct Window {
  SmallVector<int64_t> kernel, strides, dilations, low, high;
};
} // namespace

static constexpr int64_t largest = 1 << 20;

/// Reads `name` with one entry in [least, largest] per spatial axis.
static SmallVector<int64_t> perAxis(NodeImport &n, StringRef name, size_t count, int64_t otherwise, int64_t least) {
  auto given = n.intsAttr(name);
  SmallVector<int64_t> values = given ? *given : SmallVector<int64_t>(count, otherwise);
  if (values.size() != count)
    n.error("attribute '" + name + "' has " + Twine(values.size()) + " entries, expected " + Twine(count));
  for (int64_t value : values)
    if (value < least || value > largest)
      n.error("attribute '" + name + "' holds " + Twine(value) + ", expected " + Twine(least) + " to " +
              Twine(largest));
  return values;
}

/// Elements from the first to the last a window touches.
static int64_t reach(const Window &w, size_t i) { return (w.kernel[i] - 1) * w.dilations[i] + 1; }

/// SAME pads so that there are ceil(extent / stride) windows.
static void padAutomatically(NodeImport &n, Window &w, ArrayRef<DimExpr> spatial) {
  std::string how = n.stringAttr("auto_pad", "NOTSET");
  size_t count = w.kernel.size();
  if (how == "NOTSET") {
    SmallVector<int64_t> pads = perAxis(n, "pads", 2 * count, 0, 0);
    if (n.failed())
      return;
    w.low.assign(pads.begin(), pads.begin() + count);
    w.high.assign(pads.begin() + count, pads.end());
    return;
  }
  w.low.assign(count, 0);
  w.high.assign(count, 0);
  if (how == "VALID")
    return;
  if (how != "SAME_UPPER" && how != "SAME_LOWER")
    return (void)n.error("attribute 'auto_pad' is '" + printable(how) + "', which is not supported");
  for (size_t i = 0; i < count; ++i) {
    int64_t total = reach(w, i) - 1; // enough for any extent when the stride is 1
    if (w.strides[i] != 1) {
      if (!spatial[i].isConstant())
        return (void)n.error("attribute 'auto_pad' is '" + how + "' for an extent of " + spatial[i].str() +
                             "; the padding depends on the call");
      int64_t windows = spatial[i].ceilDiv(w.strides[i]).constant();
      total = std::max<int64_t>((windows - 1) * w.strides[i] + reach(w, i) - spatial[i].constant(), 0);
    }
    w.low[i] = how == "SAME_UPPER" ? total / 2 : total - total / 2;
    w.high[i] = total - w.low[i];
  }
}

/// y + b, b one number per channel.
static Value addBias(NodeImport &n, Value y, size_t input) {
  if (!n.has(input) || !y)
    return y;
  Value bias = n.weight(input);
  DimVector dims = n.dims(bias);
  if (n.failed())
    return {};
  if (dims.size() != 1)
    return n.error("bias has rank " + Twine(dims.size()) + ", expected 1");
  dims.append(n.rank(y) - 2, DimExpr(1));
  if (dims[0] != n.dims(y)[1])
    return n.error("bias has " + dims[0].str() + " elements, expected " + n.dims(y)[1].str());
  return n.emit<dl::AddOp>({y, n.reshape(bias, dims)});
}

static std::optional<Window> convolutionWindow(NodeImport &n, Value x, Value w) {
  if (!x || !w)
    return std::nullopt;
  if (n.rank(x) != n.rank(w) || n.rank(x) < 3 || n.rank(x) > 5) {
    n.error("input and filter have rank " + Twine(n.rank(x)) + " and " + Twine(n.rank(w)) +
            ", expected 3 to 5 and equal");
    return std::nullopt;
  }
  size_t count = static_cast<size_t>(n.rank(x) - 2);
  Window window;
  for (const DimExpr &dim : ArrayRef(n.dims(w)).drop_front(2)) {
    if (!dim.isConstant() || dim.constant() < 1 || dim.constant() > largest) {
      n.error("filter has extent " + dim.str() + ", expected 1 to " + Twine(largest));
      return std::nullopt;
    }
    window.kernel.push_back(dim.constant());
  }
  if (auto declared = n.intsAttr("kernel_shape"); declared && *declared != window.kernel)
    n.error("attribute 'kernel_shape' differs from the extents of the filter");
  window.strides = perAxis(n, "strides", count, 1, 1);
  window.dilations = perAxis(n, "dilations", count, 1, 1);
  if (n.failed())
    return std::nullopt;
  return window;
}

static int64_t groups(NodeImport &n) {
  int64_t groups = n.intAttr("group", 1);
  if (groups < 1 || groups > largest)
    n.error("attribute 'group' is " + Twine(groups) + ", expected 1 or more");
  return groups;
}

static void conv(NodeImport &n) {
  Value x = n.in(0), w = n.weight(1);
  std::optional<Window> window = convolutionWindow(n, x, w);
  if (!window)
    return;
  padAutomatically(n, *window, ArrayRef(n.dims(x)).drop_front(2));
  int64_t count = groups(n);
  if (n.failed())
    return;
  Value y = n.emit<dl::ConvOp>({x, w}, {n.array("strides", window->strides), n.array("low", window->low),
                                        n.array("high", window->high), n.array("dilations", window->dilations),
                                        n.i64("groups", count)});
  n.result(addBias(n, y, 2));
}

/// The gradient of a convolution with respect to its input; its extents are
/// stride (in - 1) + reach + output_padding - pads.
static void convTranspose(NodeImport &n) {
  Value x = n.in(0), w = n.weight(1);
  std::optional<Window> window = convolutionWindow(n, x, w);
  if (!window)
    return;
  if (n.stringAttr("auto_pad", "NOTSET") != "NOTSET" || n.attribute("output_shape"))
    return (void)n.error("attributes 'auto_pad' and 'output_shape' are not supported");
  padAutomatically(n, *window, ArrayRef(n.dims(x)).drop_front(2));
  SmallVector<int64_t> extra = perAxis(n, "output_padding", window->kernel.size(), 0, 0);
  int64_t count = groups(n);
  if (n.failed())
    return;
  DimVector in = n.dims(x), filter = n.dims(w), out{in[0], filter[1] * DimExpr(count)};
  for (size_t i = 0; i < window->kernel.size(); ++i) {
    out.push_back((in[i + 2] - 1) * DimExpr(window->strides[i]) + reach(*window, i) + extra[i] - window->low[i] -
                  window->high[i]);
    // What output_padding adds no window of the forward convolution covers; there it counts as less padding.
    window->high[i] -= extra[i];
    if (window->high[i] < 0)
      return (void)n.error("attribute 'output_padding' exceeds the padding at the end, which is not supported");
    if (out.back().isConstant() && out.back().constant() < 1)
      return (void)n.error("has a result of extent " + out.back().str());
  }
  Value y = n.emit<dl::ConvInputGradOp>({x, w}, {n.extentsAttr("dims", out), n.array("strides", window->strides),
                                                 n.array("low", window->low), n.array("high", window->high),
                                                 n.array("dilations", window->dilations), n.i64("groups", count)});
  n.result(addBias(n, y, 2));
}

//===-- Pooling ----------------------------------------------------------===//

/// With `ceil_mode` a last, partial window counts if it starts inside the input
/// or the padding before it: more padding at the end makes room for it.
static void roundUp(NodeImport &n, Window &w, ArrayRef<DimExpr> spatial) {
  for (size_t i = 0; i < w.kernel.size(); ++i) {
    DimExpr room = spatial[i] + w.low[i] + w.high[i] - w.kernel[i];
    if (w.strides[i] == 1)
      continue;
    if (!room.isConstant())
      return (void)n.error("attribute 'ceil_mode' for an extent of " + spatial[i].str() +
                           "; the padding depends on the call");
    int64_t windows = room.ceilDiv(w.strides[i]).constant() + 1;
    if ((windows - 1) * w.strides[i] >= spatial[i].constant() + w.low[i])
      --windows;
    int64_t needed = (windows - 1) * w.strides[i] + w.kernel[i] - spatial[i].constant() - w.low[i];
    w.high[i] = std::max(w.high[i], needed);
  }
}

template <typename Op> static void pool(NodeImport &n) {
  constexpr bool isMean = std::is_same_v<Op, dl::AvgPoolOp>;
  Value x = n.in(0);
  if (!x)
    return;
  if (n.rank(x) < 3 || n.rank(x) > 5)
    return (void)n.error("input has rank " + Twine(n.rank(x)) + ", expected 3 to 5");
  size_t count = static_cast<size_t>(n.rank(x) - 2);
  if (!n.attribute("kernel_shape"))
    return (void)n.error("has no attribute 'kernel_shape'");
  DimVector dims = n.dims(x);
  ArrayRef<DimExpr> spatial = ArrayRef(dims).drop_front(2);
  Window w;
  w.kernel = perAxis(n, "kernel_shape", count, 1, 1);
  w.strides = perAxis(n, "strides", count, 1, 1);
  w.dilations = perAxis(n, "dilations", count, 1, 1);
  if (n.failed())
    return;
  if (llvm::any_of(w.dilations, [](int64_t d) { return d != 1; }))
    return (void)n.error("attribute 'dilations' other than 1 is not supported");
  if (n.intAttr("storage_order", 0))
    return (void)n.error("attribute 'storage_order' 1 is not supported");
  padAutomatically(n, w, spatial);
  bool countPadding = isMean && n.intAttr("count_include_pad", 0), ceilMode = n.intAttr("ceil_mode", 0);
  SmallVector<int64_t> before = w.high;
  if (ceilMode && !n.failed())
    roundUp(n, w, spatial);
  if (n.failed())
    return;
  if (countPadding && before != w.high)
    return (void)n.error("attributes 'ceil_mode' and 'count_include_pad' together are not supported");
  SmallVector<NamedAttribute> attributes{n.array("window", w.kernel), n.array("strides", w.strides),
                                         n.array("low", w.low), n.array("high", w.high)};
  if (countPadding)
    attributes.push_back(n.unit("count_padding"));
  n.result(n.emit<Op>(x, attributes));
}

static SmallVector<int64_t> spatialAxes(NodeImport &n, Value x) {
  if (x && n.rank(x) < 3)
    n.error("input has rank " + Twine(n.rank(x)) + ", expected 3 or more");
  return llvm::to_vector(llvm::seq<int64_t>(2, std::max<int64_t>(n.rank(x), 2)));
}
static void globalMean(NodeImport &n) {
  Value x = n.in(0);
  n.result(reduceMean(n, x, spatialAxes(n, x), true));
}
static void globalMax(NodeImport &n) {
  Value x = n.in(0);
  n.result(n.emit<dl::ReduceMaxOp>(x, {n.array("axes", spatialAxes(n, x)), n.unit("keep_dims")}));
}

ArrayRef<OpRule> dlc::onnx::convolutionRules() {
  static const OpRule rules[] = {
      {"AveragePool", 7, 1, 1, 1, "auto_pad ceil_mode count_include_pad dilations kernel_shape pads strides",
       pool<dl::AvgPoolOp>},
      {"Conv", 7, 2, 3, 1, "auto_pad dilations group kernel_shape pads strides", conv},
      {"ConvTranspose", 7, 2, 3, 1, "auto_pad dilations group kernel_shape output_padding output_shape pads strides",
       convTranspose},
      {"GlobalAveragePool", 7, 1, 1, 1, "", globalMean},
      {"GlobalMaxPool", 7, 1, 1, 1, "", globalMax},
      {"MaxPool", 8, 1, 1, 1, "auto_pad ceil_mode dilations kernel_shape pads storage_order strides",
       pool<dl::MaxPoolOp>},
  };
  return rules;
}
