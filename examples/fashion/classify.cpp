// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Classifies pictures with a compiled model, in C++20.
//
//   dlc mlp.mlir -o fashion.so            writes fashion.so and fashion.h
//   c++ -std=c++20 $(pkg-config --cflags dlc) classify.cpp ./fashion.so -o classify
//   ./classify fashion.safetensors < pictures
#include "fashion.h"
#include <algorithm>
#include <cstdio>

constexpr std::size_t batch = 64, pixels = 28 * 28, classes = 10;
constexpr const char *names[classes] = {"T-shirt", "Trouser", "Pullover", "Dress", "Coat",
                                        "Sandal",  "Shirt",   "Sneaker",  "Bag",   "Boot"};

static bool classify(const char *checkpoint, dlc_error &error) {
  fashion_cxx::Weights weights(&error); // destroyed with the function, after its context
  if (!weights || (checkpoint && weights.load(checkpoint, &error)))
    return false;
  fashion_cxx::Context context(weights, {batch}, &error);
  if (!context)
    return false;
  static uint8_t image[batch * pixels];
  static float probability[batch * classes];
  while (std::size_t rows = std::fread(image, pixels, batch, stdin)) {
    std::span<const float> all(probability, rows * classes);
    if (context.predict(int64_t(rows), std::span(image).first(rows * pixels),
                        std::span(probability).first(rows * classes), &error))
      return false;
    for (; !all.empty(); all = all.subspan(classes)) {
      auto best = std::max_element(all.begin(), all.begin() + classes);
      std::printf("%s %.3f\n", names[best - all.begin()], double(*best));
    }
  }
  return true;
}

int main(int argc, char **argv) {
  dlc_error error = DLC_ERROR_INIT;
  if (classify(argc > 1 ? argv[1] : nullptr, error))
    return 0;
  std::fprintf(stderr, "classify: %s\n", error.message);
  return 1;
}
