// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Sliding windows over one to three spatial axes, for convolution and pooling.
#ifndef DLC_DIALECTS_DL_EVALUATE_WINDOWS_H
#define DLC_DIALECTS_DL_EVALUATE_WINDOWS_H

#include "dialects/dl/evaluate/Indexing.h"

namespace dlc::dl {

/// How windows lie on one spatial axis.
struct WindowAxis {
  int64_t input, output, window, stride, dilation, low;
};

/// The number of windows of `window` elements at distance `stride` that fit an
/// axis of `room` elements, padding included; negative extents are none.
inline int64_t windowsIn(int64_t room, int64_t window, int64_t stride) {
  return room < window ? 0 : (room - window) / stride + 1;
}

/// Where an element of a window that is padding lies.
constexpr int64_t inPadding = -1;

/// Calls `visit(outputs, taps)` for each window, in row-major order; `taps` lists
/// (place in the window, place in the input) of the elements that are not
/// padding, and of those that are if `padding` says so, in row-major order. All
/// places count over the spatial axes alone.
template <typename Visit> void forEachWindow(llvm::ArrayRef<WindowAxis> axes, bool padding, Visit visit) {
  Extents outputs, windows, inputs;
  for (const WindowAxis &axis : axes) {
    outputs.push_back(axis.output);
    windows.push_back(axis.window);
    inputs.push_back(axis.input);
  }
  Extents inputStrides = stridesOf(inputs), outputStrides = stridesOf(outputs), windowStrides = stridesOf(windows);
  int64_t outputCount = 1, windowCount = 1;
  for (const WindowAxis &axis : axes) {
    outputCount *= axis.output;
    windowCount *= axis.window;
  }
  llvm::SmallVector<std::pair<int64_t, int64_t>> taps;
  for (int64_t output = 0; output < outputCount; ++output) {
    taps.clear();
    for (int64_t tap = 0; tap < windowCount; ++tap) {
      int64_t place = 0;
      bool inside = true;
      for (size_t i = 0; i < axes.size(); ++i) {
        int64_t at = output / outputStrides[i] % axes[i].output * axes[i].stride +
                     tap / windowStrides[i] % axes[i].window * axes[i].dilation - axes[i].low;
        inside &= at >= 0 && at < axes[i].input;
        place += at * inputStrides[i];
      }
      if (inside || padding)
        taps.push_back({tap, inside ? place : inPadding});
    }
    visit(output, llvm::ArrayRef(taps));
  }
}

/// Strides of an activation: batch, channel, and one step of the flattened
/// spatial axes, which lie together in both layouts.
struct ActivationStrides {
  ActivationStrides(llvm::ArrayRef<int64_t> shape, bool channelsLast) {
    int64_t spatialCount = 1, channels = channelsLast ? shape.back() : shape[1];
    for (int64_t extent : shape.drop_front(channelsLast ? 1 : 2).drop_back(channelsLast ? 1 : 0))
      spatialCount *= extent;
    batch = channels * spatialCount;
    channel = channelsLast ? 1 : spatialCount;
    spatial = channelsLast ? channels : 1;
  }
  int64_t batch, channel, spatial;
};

} // namespace dlc::dl
#endif // DLC_DIALECTS_DL_EVALUATE_WINDOWS_H
