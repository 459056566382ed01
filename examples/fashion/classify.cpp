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

static int complain(const dlc_error &error) { return std::fprintf(stderr, "classify: %s\n", error.message), 1; }

int main(int argc, char **argv) {
  static uint8_t image[batch * pixels];
  static float probability[batch * classes];
  dlc_error error = DLC_ERROR_INIT;
  fashion_cxx::Weights weights(&error); // destroyed after its context
  if (!weights || (argc > 1 && weights.load(argv[1], &error)))
    return complain(error);
  fashion_cxx::Context context(weights, {batch}, &error);
  if (!context)
    return complain(error);
  while (std::size_t rows = std::fread(image, pixels, batch, stdin)) {
    std::span all(probability, rows * classes);
    if (context.predict(int64_t(rows), std::span(image, rows * pixels), all, &error))
      return complain(error);
    for (; !all.empty(); all = all.subspan(classes)) {
      auto best = std::max_element(all.begin(), all.begin() + classes);
      std::printf("%s %.3f\n", names[best - all.begin()], double(*best));
    }
  }
}
