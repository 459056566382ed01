// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The C++ side of the typed header of add_one.mlir.
#include "one.h"
#include <cstdio>
#include <utility>

int main() {
  dlc_error error = DLC_ERROR_INIT;
  one_cxx::Weights weights(&error);
  one_dims dims{};
  dims.n = 1;
  dlc_context_options options = DLC_CONTEXT_OPTIONS_INIT;
  options.variant = "avx2";
  one_cxx::Context first(weights, dims, &error, &options);
  one_cxx::Context context(std::move(first));
  float x[] = {0, 1, 2, 3}, y[4];
  if (!weights || !context || first || context.predict(1, x, y, &error)) {
    std::fprintf(stderr, "%s\n", error.message);
    return 1;
  }
  std::printf("%g %g %g %g\n", double(y[0]), double(y[1]), double(y[2]), double(y[3]));
}
