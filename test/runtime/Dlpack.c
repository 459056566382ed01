/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* dlc_call_dlpack: tensors that say what they are are compared with what the
 * function declares, and refused in words. */
#include "Check.h"
#include "Toy.h"

static dlc_error error = DLC_ERROR_INIT;
static dlc_weights *weights;
static dlc_context *context;

static uint8_t image_data[ROWS * PIXELS];
static float scores_data[ROWS * CLASSES];
static int32_t label_data[ROWS];
static float loss_data;

static DLTensor tensor(void *data, uint8_t code, uint8_t bits, int32_t rank, int64_t *shape) {
  DLTensor t = {data, {kDLCPU, 0}, rank, {code, bits, 1}, shape, NULL, 0};
  return t;
}

static int64_t image_shape[2], scores_shape[2], label_shape[1];
static DLTensor image, scores, label, loss;

/* Good arguments for `batch` rows, which a test then spoils. */
static void reset(int64_t batch) {
  image_shape[0] = scores_shape[0] = label_shape[0] = batch;
  image_shape[1] = PIXELS;
  scores_shape[1] = CLASSES;
  image = tensor(image_data, kDLUInt, 8, 2, image_shape);
  scores = tensor(scores_data, kDLFloat, 32, 2, scores_shape);
  label = tensor(label_data, kDLInt, 32, 1, label_shape);
  loss = tensor(&loss_data, kDLFloat, 32, 0, NULL);
}
static dlc_status predict(void) {
  const DLTensor *arguments[] = {&image, &scores};
  return dlc_call_dlpack(context, PREDICT, arguments, 2, &error);
}
static dlc_status train(const DLTensor *rate) {
  const DLTensor *arguments[] = {&image, &label, rate, &loss};
  return dlc_call_dlpack(context, TRAIN, arguments, 4, &error);
}

static void same_as_dlc_call(void) {
  float plain[ROWS * CLASSES];
  int64_t dims[] = {ROWS, 0};
  void *arguments[] = {image_data, plain};
  OK(dlc_call(context, PREDICT, dims, arguments, &error));
  reset(ROWS);
  OK(predict());
  CHECK(memcmp(plain, scores_data, sizeof(plain)) == 0);

  /* Dense strides are fine, whatever they say where there is nothing to step.
   */
  int64_t strides[2] = {PIXELS, 1}, one[2] = {77, 1};
  reset(ROWS);
  image.strides = strides;
  memset(scores_data, 0, sizeof(scores_data));
  OK(predict());
  CHECK(memcmp(plain, scores_data, sizeof(plain)) == 0);
  reset(1);
  image.strides = one;
  OK(predict());
  reset(0);
  image.strides = one;
  OK(predict());

  /* byte_offset counts from data. */
  reset(ROWS - 2);
  image.byte_offset = 2 * PIXELS;
  memset(scores_data, 0, sizeof(scores_data));
  OK(predict());
  CHECK(memcmp(plain + 2 * CLASSES, scores_data, (ROWS - 2) * CLASSES * sizeof(float)) == 0);

  /* Pinned host memory is host memory. */
  reset(2);
  image.device.device_type = kDLCUDAHost;
  OK(predict());
}

static void types_and_shapes(void) {
  int64_t flat[1] = {ROWS * PIXELS}, big[3] = {1, 32, 32};
  reset(ROWS);
  image = tensor(image_data, kDLFloat, 32, 3, big);
  WANT(predict(), DLC_BAD_TYPE, "predict: argument 'image' is f32[1x32x32], expected ui8[batch x 4]");
  image.dtype = (DLDataType){kDLBfloat, 16, 1};
  WANT(predict(), DLC_BAD_TYPE, "is bf16[1x32x32]");
  image.dtype = (DLDataType){kDLInt, 8, 1};
  WANT(predict(), DLC_BAD_TYPE, "is i8[1x32x32]");
  image.dtype = (DLDataType){kDLBool, 8, 1};
  WANT(predict(), DLC_BAD_TYPE, "is i1[1x32x32]");
  image.dtype = (DLDataType){kDLUInt, 8, 4};
  WANT(predict(), DLC_BAD_TYPE, "is ui8 x 4[1x32x32]");
  image.dtype = (DLDataType){5, 64, 1};
  WANT(predict(), DLC_BAD_TYPE, "is type 5 of 64 bits[1x32x32]");
  image.dtype = (DLDataType){kDLUInt, 8, 1};
  WANT(predict(), DLC_BAD_SHAPE, "predict: argument 'image' is ui8[1x32x32], expected ui8[batch x 4]");
  image = tensor(image_data, kDLUInt, 8, 1, flat);
  WANT(predict(), DLC_BAD_SHAPE, "is ui8[32], expected ui8[batch x 4]");
  reset(ROWS);
  image_shape[1] = 5;
  WANT(predict(), DLC_BAD_SHAPE, "is ui8[8x5], expected ui8[batch x 4]");
  reset(ROWS + 1);
  WANT(predict(), DLC_BAD_SHAPE, "predict: batch is 9, this context was created for at most 8");
  reset(-1);
  WANT(predict(), DLC_BAD_SHAPE, "argument 'image' is ui8[-1x4]");
  reset(ROWS);
  scores_shape[0] = ROWS - 1;
  WANT(predict(), DLC_BAD_SHAPE, "predict: argument 'scores' is f32[7x3], expected f32[8x3]");
  reset(4);
  label_shape[0] = 3;
  WANT(train(NULL), DLC_BAD_SHAPE,
       "train_step: argument 'label' has batch 3, the arguments before it have "
       "4");
  reset(4);
  image.shape = NULL;
  WANT(predict(), DLC_BAD_ARGUMENT, "argument 'image' has no shape");
  reset(4);
  image.ndim = -1;
  WANT(predict(), DLC_BAD_ARGUMENT, "argument 'image' has no shape");
}

static void layouts_and_devices(void) {
  int64_t gaps[2] = {PIXELS * 2, 1}, turned[2] = {1, ROWS}, negative[2] = {-PIXELS, 1};
  reset(4);
  image.strides = gaps;
  WANT(predict(), DLC_BAD_LAYOUT, "predict: argument 'image' has stride 8 in dimension 0, expected 4");
  image.strides = turned;
  WANT(predict(), DLC_BAD_LAYOUT, "has stride 8 in dimension 1, expected 1");
  image.strides = negative;
  WANT(predict(), DLC_BAD_LAYOUT, "has stride -4 in dimension 0, expected 4");
  reset(4);
  scores.byte_offset = 2;
  WANT(predict(), DLC_BAD_LAYOUT, "argument 'scores' is not aligned to its element of 4 bytes");
  reset(4);
  image.data = scores_data;
  image.byte_offset = 4 * CLASSES * sizeof(float) - 1;
  WANT(predict(), DLC_BAD_LAYOUT, "output 'scores' overlaps 'image'");
  image.byte_offset++;
  OK(predict());
  reset(4);
  image.data = NULL;
  WANT(predict(), DLC_BAD_ARGUMENT, "argument 'image' is NULL");
  reset(4);
  image.device = (DLDevice){kDLCUDA, 1};
  WANT(predict(), DLC_BAD_DEVICE, "predict: argument 'image' is on device 2:1, expected host memory");
}

static void argument_lists(void) {
  reset(4);
  const DLTensor *arguments[] = {&image, &scores, &loss};
  WANT(dlc_call_dlpack(context, PREDICT, arguments, 3, &error), DLC_BAD_ARGUMENT,
       "predict: given 3 arguments, expected 2: image, scores");
  WANT(dlc_call_dlpack(context, PREDICT, NULL, 2, &error), DLC_BAD_ARGUMENT, "given 0 arguments");
  WANT(dlc_call_dlpack(context, 5, arguments, 2, &error), DLC_BAD_ARGUMENT, "no function number 5");
  WANT(dlc_call_dlpack(NULL, 0, arguments, 2, &error), DLC_BAD_ARGUMENT, "context is NULL");
  arguments[1] = NULL;
  WANT(dlc_call_dlpack(context, PREDICT, arguments, 2, &error), DLC_BAD_ARGUMENT, "argument 'scores' is NULL");

  float rate_data = 0.5f;
  DLTensor rate = tensor(&rate_data, kDLFloat, 32, 0, NULL);
  reset(ROWS);
  OK(dlc_weights_initialise(weights, 0, &error));
  OK(train(&rate));
  float with = loss_data;
  OK(dlc_weights_initialise(weights, 0, &error));
  OK(train(NULL));
  CHECK(with == loss_data);
  label_data[3] = 3;
  WANT(train(NULL), DLC_BAD_VALUE, "argument 'label' holds 3 at position 3");
  label_data[3] = 0;
}

int main(void) {
  for (int i = 0; i < ROWS * PIXELS; i++)
    image_data[i] = (uint8_t)(i * 37);
  OK(dlc_weights_create(toy_model(), 0, NULL, 0, &weights, &error));
  int64_t bounds[] = {ROWS, 0};
  OK(dlc_context_create(weights, bounds, NULL, &context, &error));
  same_as_dlc_call();
  types_and_shapes();
  layouts_and_devices();
  argument_lists();
  CHECK(dlc_context_destroy(context) == DLC_OK);
  CHECK(dlc_weights_destroy(weights) == DLC_OK);
  return finish();
}
