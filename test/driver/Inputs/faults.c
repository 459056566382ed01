/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* A call that meets a label or an index out of range changes no state, whatever
 * it computed before; the next call goes on as if it had not been. */
#include "faults.h"
#include <stdio.h>
#include <string.h>

#define CHECK(condition)                                                                                               \
  if (!(condition))                                                                                                    \
  return printf("line %d: %s (%s)\n", __LINE__, #condition, error.message), 1

static unsigned char before[4096], after[4096];

/* Everything that a checkpoint holds. */
static size_t state(faults_weights *weights, unsigned char *bytes) {
  dlc_error error = DLC_ERROR_INIT;
  size_t size = 0;
  for (int32_t i = 0; i < 3; i++) {
    static const size_t sizes[] = {48, 80, 8};
    if (faults_weights_get(weights, i, bytes + size, sizes[i], &error))
      puts(error.message);
    size += sizes[i];
  }
  return size;
}

int main(void) {
  dlc_error error = DLC_ERROR_INIT;
  faults_weights *weights = NULL;
  faults_context *context = NULL;
  float x[6] = {0, 1, 2, 3, 4, 0}, y[6] = {0, 1, 2, 0, 1, 2}, u[8] = {1}, sums[20], loss;
  CHECK(!faults_weights_create(NULL, 0, &weights, &error));
  CHECK(!faults_context_create(weights, (faults_dims){.n = 6}, NULL, &context, &error));
  CHECK(faults_train_step(context, 6, x, y, &loss, &error) == DLC_OK);
  size_t bytes = state(weights, before);
  CHECK(bytes == 136);

  y[4] = 3; /* a label */
  CHECK(faults_train_step(context, 6, x, y, &loss, &error) == DLC_BAD_VALUE);
  puts(error.message);
  y[4] = 1, x[5] = -1; /* an index */
  CHECK(faults_train_step(context, 6, x, y, &loss, &error) == DLC_BAD_VALUE);
  puts(error.message);
  x[0] = 5; /* where updates go */
  CHECK(faults_count(context, x, u, sums, &error) == DLC_BAD_VALUE);
  puts(error.message);
  state(weights, after);
  CHECK(!memcmp(before, after, bytes) && faults_weights_step(weights) == 1);

  x[0] = 0, x[5] = 0;
  CHECK(faults_train_step(context, 6, x, y, &loss, &error) == DLC_OK);
  CHECK(faults_count(context, x, u, sums, &error) == DLC_OK && sums[0] == 1);
  state(weights, after);
  CHECK(memcmp(before, after, bytes) && faults_weights_step(weights) == 3);
  faults_context_destroy(context);
  faults_weights_destroy(weights);
  return 0;
}
