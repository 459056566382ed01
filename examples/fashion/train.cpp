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
#include <string>
#include <vector>

using Bytes = std::vector<uint8_t>;
constexpr int64_t batch = 128, pixels = 28 * 28, seed = 1;

/// The bytes of a file after its header; none when it cannot be read.
static Bytes readAfter(const char *path, std::size_t header) {
  std::ifstream file(path, std::ios::binary);
  Bytes bytes((std::istreambuf_iterator<char>(file)), {});
  bytes.erase(bytes.begin(), bytes.begin() + std::ptrdiff_t(std::min(header, bytes.size())));
  return bytes;
}

/// Trains until `epochs` are done. Whatever fails is in `error`.
static bool train(const Bytes &images, const Bytes &labels, int64_t epochs, const char *checkpoint, dlc_error &error) {
  const int64_t count = int64_t(labels.size()), kept = count / 10, rows = count - kept;
  const int64_t perEpoch = (rows + batch - 1) / batch;
  fashion_dims bounds{};
  bounds.batch = batch;
  fashion_cxx::Weights weights(&error);
  if (!weights || weights.initialise(seed, &error))
    return false;
  if (std::ifstream(checkpoint) && weights.resume(checkpoint, &error))
    return false;
  fashion_cxx::Context context(weights, bounds, &error);
  fashion_train_step_hyper hyper = FASHION_TRAIN_STEP_HYPER_INIT;
  std::vector<int64_t> order(static_cast<std::size_t>(rows));
  Bytes x(batch * pixels), y(batch);
  int64_t ordered = -1;
  for (int64_t step = weights.step(); context && step < epochs * perEpoch; step++) {
    const int64_t epoch = step / perEpoch, first = step % perEpoch * batch, n = std::min(rows - first, batch);
    if (ordered != epoch)
      fashion_shuffle(seed, ordered = epoch, rows, order.data());
    for (int64_t i = 0; i < n; i++) {
      std::copy_n(&images[std::size_t(order[std::size_t(first + i)] * pixels)], pixels, &x[std::size_t(i * pixels)]);
      y[std::size_t(i)] = labels[std::size_t(order[std::size_t(first + i)])];
    }
    hyper.learning_rate = 1e-3f * std::pow(0.9f, float(epoch)); // a schedule is the app's one line
    float loss;
    if (context.train_step(n, x.data(), y.data(), &hyper, &loss, &error))
      return false;
    if (first + n < rows)
      continue;
    double total = 0;
    int64_t right = 0;
    for (int64_t at = rows; at < count; at += batch) {
      float sum;
      int64_t hits;
      if (context.evaluate(std::min(count - at, batch), &images[std::size_t(at * pixels)], &labels[std::size_t(at)], &sum, &hits, &error))
        return false;
      total += double(sum), right += hits;
    }
    std::printf("epoch %d: loss %.4f, kept pictures: loss %.4f, accuracy %.2f%%\n", int(epoch) + 1, double(loss),
                total / double(kept), 100.0 * double(right) / double(kept));
    if (weights.save(checkpoint, &error))
      return false;
  }
  return bool(context);
}

int main(int argc, char **argv) {
  if (argc != 5)
    return std::fprintf(stderr, "usage: train IMAGES LABELS EPOCHS CHECKPOINT\n"), 2;
  const Bytes images = readAfter(argv[1], 16), labels = readAfter(argv[2], 8);
  dlc_error error = DLC_ERROR_INIT;
  if (labels.empty() || images.size() != labels.size() * pixels)
    std::snprintf(error.message, sizeof error.message, "images and labels are not there or do not belong together");
  else if (train(images, labels, std::atoi(argv[3]), argv[4], error))
    return 0;
  std::fprintf(stderr, "train: %s\n", error.message);
  return 1;
}
