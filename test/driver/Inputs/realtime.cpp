// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Calls of a compiled model under the real-time sanitizer, which ends the program at whatever allocates, locks or
// waits. `malloc` and `lock` show that it is awake.
#include "fashion.h"
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <pthread.h>

static constexpr int64_t rows = 8;
static uint8_t image[rows * 784], label[rows];
static float probability[rows * 10], loss;
static int64_t hits;
static dlc_error error = DLC_ERROR_INIT;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static bool calls(fashion_context *context) [[clang::nonblocking]] {
  for (int64_t n = 0; n <= rows; ++n)
    if (fashion_predict(context, n, image, probability, &error) ||
        fashion_train_step(context, n, image, label, nullptr, &loss, &error) ||
        fashion_predict(context, n, image, probability, &error) || // prepares anew
        fashion_evaluate(context, n, image, label, &loss, &hits, &error))
      return false;
  label[0] = 10; // refused, message included
  return fashion_train_step(context, 1, image, label, nullptr, &loss, &error) == DLC_BAD_VALUE &&
         fashion_predict(context, rows + 1, image, probability, &error) == DLC_BAD_SHAPE;
}

static void violate(const char *how) [[clang::nonblocking]] {
  if (!std::strcmp(how, "malloc")) {
    void *volatile memory = std::malloc(1);
    std::free(memory);
  } else {
    pthread_mutex_lock(&mutex);
  }
}

int main(int argc, char **argv) {
  fashion_weights *weights = nullptr;
  fashion_context *context = nullptr;
  fashion_dims bounds{};
  bounds.batch = rows;
  if (fashion_weights_create(nullptr, 0, &weights, &error) ||
      fashion_context_create(weights, bounds, nullptr, &context, &error))
    return 2;
  if (argc > 1)
    violate(argv[1]);
  bool good = calls(context);
  std::printf("%s: %s\n", good ? "good" : "bad", error.message);
  fashion_context_destroy(context);
  fashion_weights_destroy(weights);
  return !good;
}
