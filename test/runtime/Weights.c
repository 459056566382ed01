/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Handles: creating, pinning, sharing, publishing and destroying them. */
#include "Check.h"
#include "Toy.h"
#include <errno.h>
#include <stdlib.h>

static dlc_error error = DLC_ERROR_INIT;
static uint8_t image[ROWS * PIXELS];
static int32_t label[ROWS];
static float out[ROWS * CLASSES], loss;

static dlc_status predict(dlc_context *context, float *to) {
  int64_t dims[] = {ROWS, 0};
  void *arguments[] = {image, to};
  return dlc_call(context, PREDICT, dims, arguments, &error);
}
static dlc_status train(dlc_context *context) {
  int64_t dims[] = {ROWS, 0};
  void *arguments[] = {image, label, NULL, &loss};
  return dlc_call(context, TRAIN, dims, arguments, &error);
}
static const int64_t bounds[] = {ROWS, 0};

static void models(void) {
  dlc_weights *weights = (dlc_weights *)&error;
  dlc_model other = toy_changed();
  OK(dlc_model_check(toy_model(), 0, &error));
  OK(dlc_model_check(toy_model(), 0x1234abcd, &error));
  WANT(dlc_weights_create(toy_model(), 0xbeef, NULL, 0, &weights, &error), DLC_VERSION,
       "the header has signature 000000000000beef, library toy has "
       "000000001234abcd");
  CHECK(weights == NULL);
  other.abi = DLC_ABI + 1;
  WANT(dlc_weights_create(&other, 0, NULL, 0, &weights, &error), DLC_VERSION, "the library has ABI 2");
  other = toy_changed();
  other.size = 64;
  WANT(dlc_model_check(&other, 0, &error), DLC_VERSION, "the library's description has 64 bytes");
  WANT(dlc_model_check(NULL, 0, &error), DLC_BAD_ARGUMENT, "model is NULL");
  WANT(dlc_weights_create(toy_model(), 0, NULL, 0, NULL, &error), DLC_BAD_ARGUMENT, "weights is NULL");

  CHECK(dlc_model_find(toy_model(), "train_step") == TRAIN);
  CHECK(dlc_model_find(toy_model(), "train") == -1);
  CHECK(dlc_model_find(NULL, "train") == -1);

  int64_t extents[4] = {0}, dims[] = {5, 0};
  OK(dlc_shapes_of(toy_model(), PREDICT, dims, extents, &error));
  CHECK(extents[0] == 5 && extents[1] == PIXELS && extents[2] == 5 && extents[3] == CLASSES);
  OK(dlc_shapes_of(toy_model(), TRAIN, dims, extents, &error)); /* has no `shapes` of its own */
  CHECK(extents[0] == 5 && extents[1] == PIXELS && extents[2] == 5);
  dims[0] = -1;
  WANT(dlc_shapes_of(toy_model(), TRAIN, dims, extents, &error), DLC_BAD_SHAPE, "batch is -1");
  WANT(dlc_shapes_of(toy_model(), 7, dims, extents, &error), DLC_BAD_ARGUMENT, "no function number 7");
  WANT(dlc_shapes_of(toy_model(), TRAIN, NULL, extents, &error), DLC_BAD_ARGUMENT, "dims is NULL");
}

static void variants(void) {
  dlc_model other = toy_changed();
  dlc_weights *weights;
  dlc_context *context;
  dlc_context_options options = DLC_CONTEXT_OPTIONS_INIT;
  float best[ROWS * CLASSES];
  CHECK(dlc_model_variant(toy_model(), NULL, &error) == BEST);
  CHECK(dlc_model_variant(toy_model(), "plain", &error) == PLAIN);
  CHECK(dlc_model_variant(toy_model(), "impossible", &error) == -1);
  CHECK(error.code == DLC_UNSUPPORTED_CPU && strstr(error.message, "'impossible' of toy needs features"));
  CHECK(dlc_model_variant(toy_model(), "bset", &error) == -1);
  CHECK(error.code == DLC_BAD_ARGUMENT && strstr(error.message, "only impossible, best, plain"));

  /* What really lacks here may differ from machine to machine; NEON and AVX2
   * do not occur together. */
  struct dlc_variant both = *other.variants;
  both.features = DLC_CPU_AVX2_FMA | DLC_CPU_NEON;
  other.variants = &both;
  other.variant_count = 1;
  WANT(dlc_weights_create(&other, 0, NULL, 0, &weights, &error), DLC_UNSUPPORTED_CPU,
       "no variant of toy runs on this processor: impossible needs ");

  OK(dlc_weights_create(toy_model(), 0, NULL, 0, &weights, &error));
  OK(dlc_context_create(weights, bounds, NULL, &context, &error));
  CHECK(dlc_context_variant(context) == BEST);
  OK(predict(context, best));
  CHECK(dlc_context_destroy(context) == DLC_OK);
  options.variant = "impossible";
  WANT(dlc_context_create(weights, bounds, &options, &context, &error), DLC_UNSUPPORTED_CPU, "impossible");
  options.variant = "plain";
  OK(dlc_context_create(weights, bounds, &options, &context, &error));
  CHECK(dlc_context_variant(context) == PLAIN);
  OK(predict(context, out));
  CHECK(memcmp(best, out, sizeof(out)) == 0);
  /* Each variant's packed copy follows the parameters. */
  OK(train(context));
  OK(predict(context, out));
  CHECK(memcmp(best, out, sizeof(out)) != 0);
  int64_t dims[] = {0, 1};
  void *arguments[] = {image, out, out + 1};
  WANT(dlc_call(context, ROUNDING, dims, arguments, &error), DLC_UNSUPPORTED, "rounding: variant plain has no code");
  CHECK(dlc_context_destroy(context) == DLC_OK);
  CHECK(dlc_weights_destroy(weights) == DLC_OK);
}

static void context_options(void) {
  dlc_weights *weights;
  dlc_context *context;
  dlc_context_options options = DLC_CONTEXT_OPTIONS_INIT;
  dlc_memory_info memory = DLC_MEMORY_INFO_INIT;
  OK(dlc_weights_create(toy_model(), 0, NULL, 0, &weights, &error));

  WANT(dlc_context_create(weights, NULL, NULL, &context, &error), DLC_BAD_ARGUMENT, "batch has no default");
  int64_t bad[] = {-5, 0};
  WANT(dlc_context_create(weights, bad, NULL, &context, &error), DLC_BAD_SHAPE, "the bound of batch is -5");
  bad[0] = 1, bad[1] = 5001;
  WANT(dlc_context_create(weights, bad, NULL, &context, &error), DLC_BAD_SHAPE,
       "the bound of count is 5001, the library was compiled for at most 5000");
  bad[0] = (int64_t)1 << 55, bad[1] = 0;
  WANT(dlc_context_create(weights, bad, NULL, &context, &error), DLC_NO_MEMORY, "train_step: these bounds need");
  bad[0] = (int64_t)1 << 50;
  WANT(dlc_context_create(weights, bad, NULL, &context, &error), DLC_NO_MEMORY, "its arena needs ");
  WANT(dlc_context_create(NULL, bounds, NULL, &context, &error), DLC_BAD_ARGUMENT, "weights is NULL");
  WANT(dlc_context_create(weights, bounds, NULL, NULL, &error), DLC_BAD_ARGUMENT, "context is NULL");
  options.threads = -1;
  WANT(dlc_context_create(weights, bounds, &options, &context, &error), DLC_BAD_ARGUMENT, "options.threads is -1");
  options.threads = 2;
  options.parallel_for = (dlc_parallel_for)abort;
  WANT(dlc_context_create(weights, bounds, &options, &context, &error), DLC_BAD_ARGUMENT, "choose one");
  options.threads = 0;
  WANT(dlc_context_create(weights, bounds, &options, &context, &error), DLC_BAD_ARGUMENT, "options.max_workers is 0");
  options.size = 0;
  WANT(dlc_context_create(weights, bounds, &options, &context, &error), DLC_BAD_ARGUMENT, "options.size is 0");
  options.size = 8; /* an old caller's: what follows is not looked at */
  OK(dlc_context_create(weights, bounds, &options, &context, &error));
  CHECK(dlc_context_destroy(context) == DLC_OK);

  /* The caller's memory is enough when it has what dlc_memory says. */
  options = (dlc_context_options)DLC_CONTEXT_OPTIONS_INIT;
  OK(dlc_memory(toy_model(), bounds, NULL, &memory, &error));
  CHECK(memory.weights == sizeof(struct toy_state) && memory.prepared == 60 && memory.context > 0);
  CHECK(memory.arena >= ROWS * 64 + 64);
  void *room = aligned_alloc(64, (memory.arena + 127) / 64 * 64);
  options.arena = room;
  options.arena_bytes = memory.arena - 1;
  WANT(dlc_context_create(weights, bounds, &options, &context, &error), DLC_NO_MEMORY, "these bounds need");
  options.arena = (char *)room + 8;
  options.arena_bytes = memory.arena;
  WANT(dlc_context_create(weights, bounds, &options, &context, &error), DLC_BAD_LAYOUT, "not aligned to 64 bytes");
  options.arena = room;
  OK(dlc_context_create(weights, bounds, &options, &context, &error));
  OK(train(context));
  CHECK(dlc_context_destroy(context) == DLC_OK);
  free(room);
  memory.size = 8;
  WANT(dlc_memory(toy_model(), bounds, NULL, &memory, &error), DLC_BAD_ARGUMENT, "memory.size is too small");
  CHECK(dlc_weights_destroy(weights) == DLC_OK);
}

static void lifetimes(void) {
  CHECK(dlc_weights_destroy(NULL) == DLC_OK);
  CHECK(dlc_context_destroy(NULL) == DLC_OK);
  dlc_weights *weights;
  dlc_context *a, *b;
  OK(dlc_weights_create(toy_model(), 0, NULL, 0, &weights, &error));
  OK(dlc_context_create(weights, bounds, NULL, &a, &error));
  OK(dlc_context_create(weights, bounds, NULL, &b, &error));
  CHECK(dlc_weights_model(weights) == toy_model() && dlc_context_model(a) == toy_model());
  CHECK(dlc_weights_destroy(weights) == DLC_BUSY);
  CHECK(dlc_context_destroy(a) == DLC_OK);
  CHECK(dlc_weights_destroy(weights) == DLC_BUSY);
  CHECK(dlc_context_destroy(b) == DLC_OK);
  CHECK(dlc_weights_destroy(weights) == DLC_OK);

  /* The sanitized run of this test finds what one of these would leave behind.
   */
  for (int i = 0; i < 1000; i++) {
    dlc_context_options options = DLC_CONTEXT_OPTIONS_INIT;
    options.threads = i % 3;
    OK(dlc_weights_create(toy_model(), 0, NULL, 0, &weights, &error));
    OK(dlc_context_create(weights, bounds, &options, &a, &error));
    OK(predict(a, out));
    if (i % 2)
      OK(dlc_weights_initialise(weights, i, &error));
    CHECK(dlc_context_destroy(a) == DLC_OK);
    CHECK(dlc_weights_destroy(weights) == DLC_OK);
  }
}

static void values(void) {
  dlc_weights *weights;
  float w[PIXELS * CLASSES], seeded[PIXELS * CLASSES], v[PIXELS * CLASSES];
  unsigned char mask[CLASSES] = {1, 0, 1};
  OK(dlc_weights_create(toy_model(), 0, NULL, 0, &weights, &error));
  CHECK(dlc_weights_seed(weights) == 0 && dlc_weights_step(weights) == 0);
  OK(dlc_weights_get(weights, W, w, sizeof(w), &error));
  OK(dlc_weights_initialise(weights, -42, &error));
  CHECK(dlc_weights_seed(weights) == -42);
  OK(dlc_weights_get(weights, W, seeded, sizeof(w), &error));
  CHECK(memcmp(w, seeded, sizeof(w)) != 0);
  OK(dlc_weights_set_seed(weights, 0, &error));
  CHECK(dlc_weights_seed(weights) == 0);
  OK(dlc_weights_get(weights, W, w, sizeof(w), &error));
  CHECK(memcmp(w, seeded, sizeof(w)) == 0); /* the seed of steps to come */

  /* A value that was set counts in the next call. */
  dlc_context *context;
  OK(dlc_context_create(weights, bounds, NULL, &context, &error));
  float bias[CLASSES] = {100, 200, 300};
  OK(predict(context, out));
  float before = out[1];
  OK(dlc_weights_set(weights, B, bias, sizeof(bias), &error));
  OK(predict(context, out));
  CHECK(out[1] - before > 199 && out[1] - before < 201);
  OK(dlc_weights_set(weights, MASK, mask, sizeof(mask), &error));
  OK(predict(context, out));
  CHECK(out[1] < 50 && out[2] > 250);
  mask[1] = 2;
  WANT(dlc_weights_set(weights, MASK, mask, sizeof(mask), &error), DLC_BAD_VALUE, "'mask' holds 2 at position 1");
  OK(train(context));
  OK(dlc_weights_get(weights, V, v, sizeof(v), &error));
  CHECK(v[0] != 0);
  WANT(dlc_weights_get(weights, 5, v, sizeof(v), &error), DLC_BAD_ARGUMENT, "toy has no parameter number 5");
  WANT(dlc_weights_get(weights, -1, v, sizeof(v), &error), DLC_BAD_ARGUMENT, "number -1");
  WANT(dlc_weights_get(weights, W, v, 7, &error), DLC_BAD_ARGUMENT, "parameter 'w' has 48 bytes, given 7");
  WANT(dlc_weights_set(weights, W, NULL, 48, &error), DLC_BAD_ARGUMENT, "value is NULL");
  WANT(dlc_weights_set(NULL, W, v, 48, &error), DLC_BAD_ARGUMENT, "weights is NULL");
  CHECK(dlc_context_destroy(context) == DLC_OK);
  CHECK(dlc_weights_destroy(weights) == DLC_OK);
}

static void copy_and_publish(void) {
  dlc_weights *training, *serving, *copy;
  dlc_context *trainer, *server;
  float before[ROWS * CLASSES], after[ROWS * CLASSES], direct[ROWS * CLASSES];
  OK(dlc_weights_create(toy_model(), 0, NULL, 0, &training, &error));
  OK(dlc_weights_copy(training, &serving, &error));
  OK(dlc_context_create(training, bounds, NULL, &trainer, &error));
  OK(dlc_context_create(serving, bounds, NULL, &server, &error));
  OK(predict(server, before));
  for (int i = 0; i < 5; i++)
    OK(train(trainer));
  OK(predict(server, after));
  CHECK(memcmp(before, after, sizeof(before)) == 0);
  int prepared = toy_prepared;
  for (int i = 0; i < 3; i++) {
    OK(train(trainer));
    OK(dlc_weights_publish(training, serving, &error));
  }
  CHECK(toy_prepared == prepared + 3); /* at publish, not in the first call */
  OK(predict(server, after));
  CHECK(toy_prepared == prepared + 3);
  OK(predict(trainer, direct));
  CHECK(memcmp(after, direct, sizeof(after)) == 0 && memcmp(after, before, sizeof(after)) != 0);
  CHECK(dlc_weights_step(serving) == 8);
  OK(dlc_weights_copy(serving, &copy, &error));
  CHECK(dlc_weights_step(copy) == 8);
  WANT(dlc_weights_publish(copy, copy, &error), DLC_BAD_ARGUMENT, "to themselves");
  WANT(dlc_weights_publish(NULL, copy, &error), DLC_BAD_ARGUMENT, "from is NULL");
  WANT(dlc_weights_copy(NULL, &copy, &error), DLC_BAD_ARGUMENT, "weights to copy is NULL");
  dlc_model other = toy_changed();
  dlc_weights *foreign;
  OK(dlc_weights_create(&other, 0, NULL, 0, &foreign, &error));
  WANT(dlc_weights_publish(foreign, copy, &error), DLC_BAD_ARGUMENT, "another library");
  CHECK(dlc_weights_destroy(foreign) == DLC_OK);
  CHECK(dlc_context_destroy(server) == DLC_OK);
  CHECK(dlc_context_destroy(trainer) == DLC_OK);
  CHECK(dlc_weights_destroy(serving) == DLC_OK);
  CHECK(dlc_weights_destroy(training) == DLC_OK);
  CHECK(dlc_weights_destroy(copy) == DLC_OK);
}

/* Embedded, external and constant weights of the same model. */
static void modes(void) {
  static const float data[PIXELS * CLASSES] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  struct dlc_parameter parameters[5];
  dlc_model other = toy_changed();
  memcpy(parameters, other.parameters, sizeof(parameters));
  parameters[W].data = 0;
  parameters[MASK].data = 64;
  other.parameters = parameters;
  struct dlc_variant plain = other.variants[PLAIN];
  plain.initialise.code = NULL;
  other.variants = &plain;
  other.variant_count = 1;
  unsigned char embedded[128];
  memset(embedded, 1, sizeof(embedded));
  memcpy(embedded, data, sizeof(data));
  other.data = embedded;
  other.data_bytes = sizeof(embedded);

  dlc_weights *weights;
  dlc_context *context;
  float w[PIXELS * CLASSES];
  unsigned char mask[CLASSES];
  OK(dlc_weights_create(&other, 0, NULL, 0, &weights, &error));
  OK(dlc_weights_get(weights, W, w, sizeof(w), &error));
  OK(dlc_weights_get(weights, MASK, mask, sizeof(mask), &error));
  CHECK(memcmp(w, data, sizeof(w)) == 0 && mask[2] == 1);
  static char saved[4096];
  size_t bytes = sizeof(saved);
  OK(dlc_weights_save_memory(weights, saved, &bytes, &error));
  CHECK(dlc_weights_destroy(weights) == DLC_OK);

  /* External: nothing works until they are loaded, then everything does. */
  other.data = NULL;
  other.weights_mode = 1;
  OK(dlc_weights_create(&other, 0, NULL, 0, &weights, &error));
  OK(dlc_context_create(weights, bounds, NULL, &context, &error));
  WANT(predict(context, out), DLC_NO_WEIGHTS, "predict: weights of toy are external: load them first");
  WANT(train(context), DLC_NO_WEIGHTS, "train_step: weights of toy are external");
  size_t room = sizeof(saved);
  WANT(dlc_weights_save_memory(weights, NULL, &room, &error), DLC_NO_WEIGHTS, "external");
  WANT(dlc_weights_get(weights, W, w, sizeof(w), &error), DLC_NO_WEIGHTS, "external");
  WANT(dlc_weights_set(weights, W, w, sizeof(w), &error), DLC_NO_WEIGHTS, "external");
  OK(dlc_weights_load_memory(weights, saved, bytes, &error));
  OK(predict(context, out));
  CHECK(dlc_context_destroy(context) == DLC_OK);
  CHECK(dlc_weights_destroy(weights) == DLC_OK);
  OK(dlc_weights_create(&other, 0, saved, bytes, &weights, &error));
  OK(dlc_weights_get(weights, W, w, sizeof(w), &error));
  CHECK(memcmp(w, data, sizeof(w)) == 0);
  CHECK(dlc_weights_destroy(weights) == DLC_OK);
  WANT(dlc_weights_create(&other, 0, saved, bytes - 1, &weights, &error), DLC_BAD_FILE, "cut short");

  /* Constant: packed at compile time, nothing to load or save. */
  plain.prepared_data = 0;
  other.data = embedded;
  other.weights_mode = 2;
  other.parameter_count = 0;
  OK(dlc_weights_create(&other, 0, NULL, 0, &weights, &error));
  OK(dlc_context_create(weights, bounds, NULL, &context, &error));
  int before = toy_prepared;
  OK(predict(context, out));
  CHECK(toy_prepared == before);
  WANT(dlc_weights_load_memory(weights, saved, bytes, &error), DLC_UNSUPPORTED,
       "toy was compiled with --weights=constant: its weights cannot be loaded");
  WANT(dlc_weights_save_memory(weights, NULL, &room, &error), DLC_UNSUPPORTED, "cannot be saved");
  dlc_memory_info memory = DLC_MEMORY_INFO_INIT;
  OK(dlc_memory(&other, bounds, NULL, &memory, &error));
  CHECK(memory.prepared == 0);
  CHECK(dlc_context_destroy(context) == DLC_OK);
  CHECK(dlc_weights_destroy(weights) == DLC_OK);
}

/* Embedded values laid out as the state block serve where they lie, until
 * somebody changes them. */
static void mapped(void) {
  _Alignas(64) static struct toy_state data[2];
  struct dlc_parameter parameters[3];
  dlc_model other = toy_changed();
  memcpy(parameters, other.parameters, sizeof(parameters));
  for (int i = 0; i < 3; i++)
    parameters[i].data = parameters[i].offset + (int64_t)sizeof(data[0]);
  data[0].w[0][0] = -1;
  for (int i = 0; i < PIXELS * CLASSES; i++)
    data[1].w[i / CLASSES][i % CLASSES] = (float)i;
  data[1].mask[0] = 1;
  other.parameters = parameters;
  other.parameter_count = 3;
  other.data = (const unsigned char *)data;
  other.data_bytes = sizeof(data);
  dlc_memory_info memory = DLC_MEMORY_INFO_INIT;
  OK(dlc_memory(&other, bounds, NULL, &memory, &error));
  CHECK(memory.weights == sizeof(data[0])); /* it can train */
  other.function_count = 1;
  OK(dlc_memory(&other, bounds, NULL, &memory, &error));
  CHECK(memory.weights == 0);

  struct toy_state before[2];
  memcpy(before, data, sizeof(data));
  dlc_weights *weights;
  dlc_context *context;
  float w[PIXELS * CLASSES];
  OK(dlc_weights_create(&other, 0, NULL, 0, &weights, &error));
  OK(dlc_context_create(weights, bounds, NULL, &context, &error));
  OK(dlc_weights_get(weights, W, w, sizeof(w), &error));
  CHECK(w[11] == 11);
  data[1].w[3][2] = 12; /* seen at once: nothing was copied */
  OK(dlc_weights_get(weights, W, w, sizeof(w), &error));
  CHECK(w[11] == 12);
  data[1].w[3][2] = 11;
  OK(predict(context, out));
  static char saved[4096];
  size_t bytes = sizeof(saved);
  OK(dlc_weights_save_memory(weights, saved, &bytes, &error));
  OK(dlc_weights_set_seed(weights, 3, &error));
  w[11] = 5;
  OK(dlc_weights_set(weights, W, w, sizeof(w), &error));
  OK(predict(context, out));
  OK(dlc_weights_load_memory(weights, saved, bytes, &error));
  OK(dlc_weights_get(weights, W, w, sizeof(w), &error));
  CHECK(w[11] == 11 && dlc_weights_seed(weights) == 0);
  OK(dlc_weights_initialise(weights, 9, &error));
  dlc_weights *copy;
  OK(dlc_weights_copy(weights, &copy, &error));
  OK(dlc_weights_publish(copy, weights, &error));
  OK(dlc_weights_publish(copy, weights, &error));
  CHECK(dlc_weights_seed(weights) == 9);
  CHECK(memcmp(before, data, sizeof(data)) == 0);
  CHECK(dlc_context_destroy(context) == DLC_OK);
  CHECK(dlc_weights_destroy(weights) == DLC_OK);
  CHECK(dlc_weights_destroy(copy) == DLC_OK);

  /* Published over while mapped, and loaded over: the library's bytes stay. */
  OK(dlc_weights_create(&other, 0, NULL, 0, &weights, &error));
  OK(dlc_weights_create(&other, 0, NULL, 0, &copy, &error));
  OK(dlc_weights_publish(copy, weights, &error));
  OK(dlc_weights_publish(copy, weights, &error));
  OK(dlc_weights_publish(copy, weights, &error));
  OK(dlc_weights_load_memory(copy, saved, bytes, &error));
  OK(dlc_weights_set_seed(weights, 1, &error));
  CHECK(memcmp(before, data, sizeof(data)) == 0);
  CHECK(dlc_weights_destroy(weights) == DLC_OK);
  CHECK(dlc_weights_destroy(copy) == DLC_OK);

  /* Not laid out so: copied. */
  parameters[B].data -= 64;
  OK(dlc_memory(&other, bounds, NULL, &memory, &error));
  CHECK(memory.weights == sizeof(data[0]));
  parameters[B].data += 64;
  data[1].step = 1;
  OK(dlc_memory(&other, bounds, NULL, &memory, &error));
  CHECK(memory.weights == sizeof(data[0]));
  data[1].step = 0;
  other.data_bytes -= 64;
  OK(dlc_memory(&other, bounds, NULL, &memory, &error));
  CHECK(memory.weights == sizeof(data[0]));
}

static void names(void) {
  CHECK(!strcmp(dlc_status_name(DLC_BUSY), "DLC_BUSY") && !strcmp(dlc_status_name(999), "unknown"));
  /* Programs and files hold these numbers. */
  CHECK(DLC_BUSY == 1 && DLC_BAD_ARGUMENT == 2 && DLC_BAD_SHAPE == 3 && DLC_BAD_TYPE == 4 && DLC_BAD_VALUE == 5 &&
        DLC_BAD_LAYOUT == 6 && DLC_BAD_DEVICE == 7 && DLC_BAD_FILE == 8 && DLC_IO == 9 && DLC_NO_MEMORY == 10 &&
        DLC_VERSION == 11 && DLC_UNSUPPORTED_CPU == 12 && DLC_UNSUPPORTED == 13 && DLC_NO_WEIGHTS == 14);
}

int main(void) {
  for (int i = 0; i < ROWS * PIXELS; i++)
    image[i] = (uint8_t)(i * 91);
  errno = 4321;
  names();
  models();
  variants();
  context_options();
  lifetimes();
  values();
  copy_and_publish();
  modes();
  mapped();
  CHECK(errno == 4321);
  return finish();
}
