/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* dlc_call: what a good call computes, and what every bad one is told. */
#include "Check.h"
#include "Toy.h"
#include <errno.h>
#include <math.h>
#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

static dlc_error error = DLC_ERROR_INIT;
static dlc_weights *weights;
static dlc_context *context;

static uint8_t image[ROWS * PIXELS];
static int32_t label[ROWS] = {0, 1, 2, 0, 1, 2, 0, 1};
static float out[ROWS * CLASSES], loss;

static dlc_status predict(dlc_context *with, int64_t batch) {
  int64_t dims[] = {batch, 0};
  void *arguments[] = {image, out};
  return dlc_call(with, PREDICT, dims, arguments, &error);
}
static dlc_status train(dlc_context *with, int64_t batch, float *rate) {
  int64_t dims[] = {batch, -99};
  void *arguments[] = {image, label, rate, &loss};
  return dlc_call(with, TRAIN, dims, arguments, &error);
}

static void good_calls(void) {
  float w[PIXELS][CLASSES], b[CLASSES], first[ROWS * CLASSES], default_loss;
  OK(dlc_weights_get(weights, W, w, sizeof(w), &error));
  OK(dlc_weights_get(weights, B, b, sizeof(b), &error));
  OK(predict(context, ROWS));
  for (int i = 0; i < ROWS; i++)
    for (int k = 0; k < CLASSES; k++) {
      float expected = b[k];
      for (int p = 0; p < PIXELS; p++)
        expected += (float)image[i * PIXELS + p] * (w[p][k] / 255);
      CHECK(fabsf(out[i * CLASSES + k] - expected) < 1e-5f);
    }
  memcpy(first, out, sizeof(out));

  /* Training changes what predict says: the packed weights are made anew. */
  CHECK(dlc_weights_step(weights) == 0);
  OK(train(context, ROWS, NULL));
  default_loss = loss;
  CHECK(dlc_weights_step(weights) == 1);
  OK(predict(context, ROWS));
  CHECK(memcmp(first, out, sizeof(out)) != 0);
  OK(dlc_weights_initialise(weights, 0, &error));
  OK(predict(context, ROWS));
  CHECK(memcmp(first, out, sizeof(out)) == 0);
  CHECK(dlc_weights_step(weights) == 0);

  /* An absent hyper-parameter has its default. */
  float rate = 0.5f;
  OK(train(context, ROWS, &rate));
  CHECK(loss == default_loss);
  for (int i = 0; i < 200; i++)
    OK(train(context, ROWS, &rate));
  CHECK(loss < default_loss / 2);
  CHECK(isfinite(loss));
}

static void preparing_is_not_repeated(void) {
  OK(predict(context, 1));
  int before = toy_prepared;
  for (int i = 0; i < 3; i++)
    OK(predict(context, 1));
  CHECK(toy_prepared == before);
  for (int i = 0; i < 3; i++)
    OK(train(context, 1, NULL)); /* says that it reads nothing prepared */
  CHECK(toy_prepared == before);
  OK(predict(context, 1));
  CHECK(toy_prepared == before + 1);
}

static void dimensions(void) {
  float before[ROWS * CLASSES];
  OK(predict(context, 1));
  memset(out, 0x55, sizeof(out));
  memcpy(before, out, sizeof(out));
  WANT(predict(context, ROWS + 1), DLC_BAD_SHAPE, "predict: batch is 9, this context was created for at most 8");
  WANT(predict(context, -1), DLC_BAD_SHAPE, "predict: batch is -1, expected at least 0");
  WANT(predict(context, INT64_MIN), DLC_BAD_SHAPE, "batch is -9223372036854775808");
  OK(predict(context, 0));
  CHECK(memcmp(before, out, sizeof(out)) == 0);
  /* No rows have no address. */
  int64_t dims[] = {0, 0};
  void *nothing[] = {NULL, NULL};
  OK(dlc_call(context, PREDICT, dims, nothing, &error));
}

static void addresses(void) {
  int64_t dims[] = {2, 3};
  union {
    int64_t align;
    char bytes[64];
  } room;
  void *arguments[] = {image, out}, *no_image[] = {NULL, out}, *no_scores[] = {image, NULL};
  WANT(dlc_call(context, PREDICT, dims, no_image, &error), DLC_BAD_ARGUMENT, "predict: argument 'image' is NULL");
  WANT(dlc_call(context, PREDICT, dims, no_scores, &error), DLC_BAD_ARGUMENT, "predict: argument 'scores' is NULL");
  WANT(dlc_call(context, PREDICT, dims, NULL, &error), DLC_BAD_ARGUMENT, "predict: arguments is NULL");
  WANT(dlc_call(context, PREDICT, NULL, arguments, &error), DLC_BAD_ARGUMENT, "predict: dims is NULL");
  WANT(dlc_call(NULL, PREDICT, dims, arguments, &error), DLC_BAD_ARGUMENT, "context is NULL");
  WANT(dlc_call(context, 99, dims, arguments, &error), DLC_BAD_ARGUMENT, "toy has no function number 99");
  WANT(dlc_call(context, -1, dims, arguments, &error), DLC_BAD_ARGUMENT, "toy has no function number -1");
  void *crooked[] = {image, room.bytes + 2};
  WANT(dlc_call(context, PREDICT, dims, crooked, &error), DLC_BAD_LAYOUT,
       "predict: argument 'scores' is not aligned to its element of 4 bytes");
  void *over[] = {room.bytes + 23, room.bytes};
  WANT(dlc_call(context, PREDICT, dims, over, &error), DLC_BAD_LAYOUT, "predict: output 'scores' overlaps 'image'");
  void *under[] = {room.bytes + 1, room.bytes + 8};
  WANT(dlc_call(context, PREDICT, dims, under, &error), DLC_BAD_LAYOUT, "predict: output 'scores' overlaps 'image'");
  void *beside[] = {room.bytes, room.bytes + 8};
  OK(dlc_call(context, PREDICT, dims, beside, &error));
}

static void values(void) {
  float w[PIXELS][CLASSES], after[PIXELS][CLASSES];
  OK(dlc_weights_get(weights, W, w, sizeof(w), &error));
  int64_t step = dlc_weights_step(weights);
  loss = -1;
  label[7] = 3;
  WANT(train(context, ROWS, NULL), DLC_BAD_VALUE,
       "train_step: argument 'label' holds 3 at position 7, expected a value "
       "in [0, 3)");
  label[7] = 1;
  label[2] = -1;
  WANT(train(context, ROWS, NULL), DLC_BAD_VALUE, "argument 'label' holds -1 at position 2");
  label[2] = 2;
  label[5] = INT32_MIN;
  OK(train(context, 5, NULL)); /* beyond the batch nothing is looked at */
  label[5] = 2;
  CHECK(dlc_weights_step(weights) == step + 1);
  loss = -1;
  label[0] = INT32_MAX;
  OK(dlc_weights_get(weights, W, w, sizeof(w), &error));
  WANT(train(context, 1, NULL), DLC_BAD_VALUE, "holds 2147483647 at position 0");
  label[0] = 0;
  OK(dlc_weights_get(weights, W, after, sizeof(after), &error));
  CHECK(memcmp(w, after, sizeof(w)) == 0);
  CHECK(loss == -1);

  int64_t dims[] = {0, 3}, index[3] = {0, 12, 2};
  float value[3];
  void *arguments[] = {index, value};
  WANT(dlc_call(context, LOOKUP, dims, arguments, &error), DLC_BAD_VALUE,
       "lookup: argument 'index' holds 12 at position 1, expected a value in "
       "[0, 12)");
  index[1] = -7;
  WANT(dlc_call(context, LOOKUP, dims, arguments, &error), DLC_BAD_VALUE,
       "lookup: a tensor of indices computed by the model holds -7 at position "
       "1");
  index[1] = 11;
  OK(dlc_call(context, LOOKUP, dims, arguments, &error));
  CHECK(value[1] == after[3][2]);
}

static void each_integer_type(void) {
  int64_t dims[] = {0, 2}, index[2], worker[2], token[2] = {999, 0};
  int8_t small[2] = {99, 0};
  uint8_t byte[2] = {9, 0}, flag[2] = {0, 1};
  void *arguments[] = {index, worker, token, small, byte, flag};
  OK(dlc_call(context, SPREAD, dims, arguments, &error));
  CHECK(index[0] == 0 && index[1] == 1 && worker[1] == 0);
  token[0] = 1000;
  WANT(dlc_call(context, SPREAD, dims, arguments, &error), DLC_BAD_VALUE, "'token' holds 1000 at position 0");
  token[0] = INT64_MIN;
  WANT(dlc_call(context, SPREAD, dims, arguments, &error), DLC_BAD_VALUE, "holds -9223372036854775808 at position 0");
  token[0] = 0;
  small[1] = -1;
  WANT(dlc_call(context, SPREAD, dims, arguments, &error), DLC_BAD_VALUE, "'small' holds -1 at position 1");
  small[1] = 0;
  byte[1] = 10;
  WANT(dlc_call(context, SPREAD, dims, arguments, &error), DLC_BAD_VALUE, "'byte' holds 10 at position 1");
  byte[1] = 0;
  flag[0] = 2;
  WANT(dlc_call(context, SPREAD, dims, arguments, &error), DLC_BAD_VALUE,
       "'flag' holds 2 at position 0, expected a value in [0, 2)");
}

static void the_caller_keeps_its_own_state(void) {
  int64_t dims[] = {0, 1};
  float tiny = 0x1p-149f * 4, half = 1;
  int32_t control = 0;
  void *arguments[] = {&tiny, &half, &control};
#if defined(__x86_64__)
  unsigned mine = 0x1f80 | 0x8040 | 0x6000; /* flush to zero, round to zero */
  _mm_setcsr(mine);
#endif
  errno = 1234;
  dlc_status status = dlc_call(context, ROUNDING, dims, arguments, &error);
  int kept = errno;
#if defined(__x86_64__)
  unsigned now = _mm_getcsr();
  _mm_setcsr(0x1f80);
  CHECK((now & ~0x3fu) == mine);
  CHECK(control == 0x1f80);
#endif
  OK(status);
  CHECK(half == 0x1p-149f * 2); /* denormals are numbers */
  CHECK(kept == 1234);
}

static void errors_fit_their_struct(void) {
  int64_t dims[] = {9, 0};
  void *arguments[] = {image, out};
  CHECK(dlc_call(context, PREDICT, dims, arguments, NULL) == DLC_BAD_SHAPE);
  dlc_error small = DLC_ERROR_INIT;
  memset(small.message, 'x', sizeof(small.message));
  small.size = 8 + 10;
  CHECK(dlc_call(context, PREDICT, dims, arguments, &small) == DLC_BAD_SHAPE);
  CHECK(small.code == DLC_BAD_SHAPE && !strcmp(small.message, "predict: ") && small.message[10] == 'x');
  small.size = 0;
  small.code = 77;
  CHECK(dlc_call(context, PREDICT, dims, arguments, &small) == DLC_BAD_SHAPE);
  CHECK(small.code == 77 && small.message[0] == 'p');
}

int main(void) {
  for (int i = 0; i < ROWS * PIXELS; i++)
    image[i] = (uint8_t)(i % ROWS / 3 * 80 + i % 5 * 17);
  OK(dlc_weights_create(toy_model(), 0x1234abcd, NULL, 0, &weights, &error));
  int64_t bounds[] = {ROWS, 0};
  OK(dlc_context_create(weights, bounds, NULL, &context, &error));
  good_calls();
  preparing_is_not_repeated();
  dimensions();
  addresses();
  values();
  each_integer_type();
  the_caller_keeps_its_own_state();
  errors_fit_their_struct();
  CHECK(dlc_context_destroy(context) == DLC_OK);
  CHECK(dlc_weights_destroy(weights) == DLC_OK);
  return finish();
}
