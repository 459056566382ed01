// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The calls of add_one.mlir with spans: containers of any kind, and one of the wrong size.
#include "one.h"
#include <array>
#include <cstdio>
#include <vector>

int main() {
  dlc_error error = DLC_ERROR_INIT;
  one_cxx::Weights weights(&error);
  one_dims bounds{};
  bounds.n = 1;
  one_cxx::Context context(weights, bounds, &error);
  std::vector<float> x = {0, 1, 2, 3};
  std::array<float, 4> y;
  if (!context || context.predict(1, x, y, &error)) {
    std::fprintf(stderr, "%s\n", error.message);
    return 1;
  }
  std::printf("%g %g %g %g\n", double(y[0]), double(y[1]), double(y[2]), double(y[3]));
  int status = context.predict(1, x, std::span(y).first(3), &error);
  std::printf("%d: %s\n", status, error.message);
}
