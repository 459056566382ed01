// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Trains a compiled model in C++17: see train.c, which does the same in C.
//
//   dlc mlp.mlir -o fashion.so
//   c++ -std=c++17 $(pkg-config --cflags dlc) train.cpp ./fashion.so -o train
//   ./train IMAGES LABELS EPOCHS CHECKPOINT
#include "fashion.h"
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

constexpr int64_t batch = 128, pixels = 28 * 28, seed = 1;

static std::vector<uint8_t> readAfter(const char *path, std::streamoff header) {
  std::ifstream file(path, std::ios::binary);
  file.seekg(header);
  return {std::istreambuf_iterator<char>(file), {}};
}

static int complain(const char *message) { return std::fprintf(stderr, "train: %s\n", message), 1; }

int main(int argc, char **argv) {
  if (argc != 5)
    return complain("expected IMAGES LABELS EPOCHS CHECKPOINT") + 1;
  const auto images = readAfter(argv[1], 16), labels = readAfter(argv[2], 8);
  const int64_t rows = int64_t(labels.size()), perEpoch = (rows + batch - 1) / batch;
  if (labels.empty() || images.size() != labels.size() * pixels)
    return complain("images and labels are not there or do not belong together");

  dlc_error error = DLC_ERROR_INIT;
  fashion_cxx::Weights weights(&error); // destroyed after its context
  if (!weights || weights.initialise(seed, &error) || (std::ifstream(argv[4]) && weights.resume(argv[4], &error)))
    return complain(error.message);
  fashion_cxx::Context context(weights, {batch}, &error);
  if (!context)
    return complain(error.message);

  fashion_train_step_hyper hyper = FASHION_TRAIN_STEP_HYPER_INIT;
  std::vector<int64_t> order(labels.size());
  std::vector<uint8_t> x(batch * pixels), y(batch);
  double sum = 0; // of losses over the rows of an epoch that this run saw
  int64_t seen = 0, begin = weights.step(), end = std::atoi(argv[3]) * perEpoch;
  for (int64_t step = begin; step < end; step++) {
    const int64_t epoch = step / perEpoch, first = step % perEpoch * batch, n = std::min(rows - first, batch);
    if (first == 0 || step == begin)
      fashion_shuffle(seed, epoch, rows, order.data());
    for (int64_t i = 0; i < n; i++) {
      std::copy_n(&images[std::size_t(order[std::size_t(first + i)] * pixels)], pixels, &x[std::size_t(i * pixels)]);
      y[std::size_t(i)] = labels[std::size_t(order[std::size_t(first + i)])];
    }
    hyper.learning_rate = 1e-3f * std::pow(0.9f, float(epoch)); // a schedule is the app's one line
    float loss;
    if (context.train_step(n, x.data(), y.data(), &hyper, &loss, &error))
      return complain(error.message);
    sum += double(loss) * double(n), seen += n;
    if (first + n < rows)
      continue;
    std::printf("epoch %d: loss %.4f\n", int(epoch) + 1, std::exchange(sum, 0) / double(std::exchange(seen, 0)));
    if (weights.save(argv[4], &error))
      return complain(error.message);
  }
  return 0;
}
