// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Under the real-time sanitizer: calls on a single-threaded context neither
// allocate, nor lock, nor make a system call that may block. `violate` shows
// that the sanitizer is awake.
#include "Check.h"
#include "Toy.h"
#include <cstdlib>

static dlc_error error = DLC_ERROR_INIT;

static void calls(dlc_context *context) [[clang::nonblocking]] {
  uint8_t image[ROWS * PIXELS] = {1, 2, 3};
  int32_t label[ROWS] = {0, 1, 2};
  float scores[ROWS * CLASSES], loss;
  int64_t order[ROWS];
  void *inference[] = {image, scores}, *training[] = {image, label, nullptr, &loss};
  for (int64_t batch = 0; batch <= ROWS; ++batch) {
    int64_t dims[] = {batch, 0};
    dlc_call(context, PREDICT, dims, inference, &error);
    dlc_call(context, TRAIN, dims, training, &error);
    dlc_call(context, PREDICT, dims, inference, &error); // prepares anew
  }
  // So are the calls that are refused, messages included.
  int64_t large[] = {ROWS + 1, 0}, all[] = {ROWS, 0};
  dlc_call(context, PREDICT, large, inference, &error);
  label[0] = -1;
  dlc_call(context, TRAIN, all, training, &error);
  int64_t shape[] = {1, 32, 32};
  DLTensor tensor = {image, {kDLCPU, 0}, 3, {kDLFloat, 32, 1}, shape, nullptr, 0};
  const DLTensor *tensors[] = {&tensor, &tensor};
  dlc_call_dlpack(context, PREDICT, tensors, 2, &error);
  dlc_shuffle(1, 2, ROWS, order);
}

static void violate() [[clang::nonblocking]] {
  void *volatile memory = malloc(1);
  free(memory);
}

int main(int argc, char **) {
  dlc_weights *weights;
  dlc_context *context;
  int64_t bounds[] = {ROWS, 0};
  OK(dlc_weights_create(toy_model(), 0, nullptr, 0, &weights, &error));
  OK(dlc_context_create(weights, bounds, nullptr, &context, &error));
  if (argc > 1)
    violate();
  calls(context);
  CHECK(error.code == DLC_BAD_TYPE && dlc_weights_step(weights) == ROWS + 1);
  CHECK(dlc_context_destroy(context) == DLC_OK);
  CHECK(dlc_weights_destroy(weights) == DLC_OK);
  return finish();
}
