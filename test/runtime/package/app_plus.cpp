// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "toy.h"
#include <cstdio>

int main() {
  toy_weights *weights = nullptr;
  toy_context *context = nullptr;
  dlc_error error = DLC_ERROR_INIT;
  const uint8_t image[4] = {1, 2, 3, 4};
  float scores[3];
  toy_dims dims{};
  dims.batch = 1;
  if (toy_weights_create(nullptr, 0, &weights, &error) ||
      toy_context_create(weights, dims, nullptr, &context, &error) || toy_predict(context, 1, image, scores, &error))
    return std::fprintf(stderr, "%s\n", error.message), 1;
  std::printf("%.3f\n", scores[0]);
  toy_context_destroy(context);
  return toy_weights_destroy(weights);
}
