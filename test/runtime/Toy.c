/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "Toy.h"
#include <stddef.h>
#include <string.h>
#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

int toy_prepared;
void (*toy_on_prepare)(void);

/* --- Code, as the compiler would emit it: from the frame alone --------------
 */

static uint32_t mix(uint64_t a, uint64_t b) {
  uint64_t x = a * 0x9e3779b97f4a7c15u + b * 0xbf58476d1ce4e5b9u + 1;
  x ^= x >> 29;
  x *= 0x94d049bb133111ebu;
  return (uint32_t)(x >> 33);
}

static int32_t initialise(const struct dlc_frame *frame) {
  struct toy_state *state = (struct toy_state *)frame->state;
  for (int i = 0; i < PIXELS * CLASSES; i++)
    state->w[i / CLASSES][i % CLASSES] = (float)(mix((uint64_t)state->seed, (uint64_t)i) % 1000) * 1e-3f - 0.5f;
  for (int k = 0; k < CLASSES; k++) {
    state->b[k] = 0;
    state->mask[k] = 1;
  }
  return 0;
}

/* The prepared block: w / 255, then b where the mask is set; BEST transposes w.
 */
struct packed {
  float w[PIXELS * CLASSES], b[CLASSES];
};
static void pack(const struct dlc_frame *frame, int transposed) {
  const struct toy_state *state = (const struct toy_state *)frame->state;
  struct packed *packed = (struct packed *)frame->prepared;
  __atomic_fetch_add(&toy_prepared, 1, __ATOMIC_RELAXED);
  if (toy_on_prepare)
    toy_on_prepare();
  for (int p = 0; p < PIXELS; p++)
    for (int k = 0; k < CLASSES; k++)
      packed->w[transposed ? k * PIXELS + p : p * CLASSES + k] = state->w[p][k] / 255;
  for (int k = 0; k < CLASSES; k++)
    packed->b[k] = state->mask[k] ? state->b[k] : 0;
}
static int32_t prepare_best(const struct dlc_frame *frame) { return pack(frame, 1), 0; }
static int32_t prepare_plain(const struct dlc_frame *frame) {
  frame->arena[frame->offsets[0]] = 1; /* it has its own plan */
  return pack(frame, 0), 0;
}

static void scores(const struct dlc_frame *frame, int transposed, int64_t row, const uint8_t *image, float *out) {
  const struct packed *packed = (const struct packed *)frame->prepared;
  (void)row;
  for (int k = 0; k < CLASSES; k++) {
    out[k] = packed->b[k];
    for (int p = 0; p < PIXELS; p++)
      out[k] += (float)image[p] * packed->w[transposed ? k * PIXELS + p : p * CLASSES + k];
  }
}
static int32_t predict(const struct dlc_frame *frame, int transposed) {
  const uint8_t *image = (const uint8_t *)frame->arguments[0];
  float *out = (float *)frame->arguments[1];
  for (int64_t i = 0; i < frame->dims[BATCH]; i++)
    scores(frame, transposed, i, image + i * PIXELS, out + i * CLASSES);
  return 0;
}
static int32_t predict_best(const struct dlc_frame *frame) { return predict(frame, 1); }
static int32_t predict_plain(const struct dlc_frame *frame) { return predict(frame, 0); }

/* One row's error, and its gradient into the row's own place in the arena:
 * summed afterwards in the order of rows, whoever ran them. */
struct row {
  float loss, g[PIXELS][CLASSES], gb[CLASSES];
};
static void train_row(void *argument, int64_t i, int32_t worker) {
  const struct dlc_frame *frame = (const struct dlc_frame *)argument;
  const struct toy_state *state = (const struct toy_state *)frame->state;
  const uint8_t *image = (const uint8_t *)frame->arguments[0] + i * PIXELS;
  struct row *row = (struct row *)(frame->arena + frame->offsets[0]) + i;
  unsigned char *scratch = frame->arena + frame->offsets[1] + 64 * worker;
  memset(scratch, (int)i, 64);
  row->loss = 0;
  for (int k = 0; k < CLASSES; k++) {
    float score = state->b[k], e;
    for (int p = 0; p < PIXELS; p++)
      score += (float)image[p] / 255 * state->w[p][k];
    e = score - (float)(((const int32_t *)frame->arguments[1])[i] == k);
    e += (float)(mix((uint64_t)state->seed ^ (uint64_t)i, (uint64_t)state->step) % 64) * 1e-4f;
    row->loss += e * e;
    row->gb[k] = 2 * e;
    for (int p = 0; p < PIXELS; p++)
      row->g[p][k] = 2 * e * (float)image[p] / 255;
  }
}
static int32_t train(const struct dlc_frame *frame) {
  struct toy_state *state = (struct toy_state *)frame->state;
  const struct row *rows = (const struct row *)(frame->arena + frame->offsets[0]);
  int64_t n = frame->dims[BATCH];
  float rate = *(const float *)frame->arguments[2], loss = 0, g[PIXELS][CLASSES] = {{0}}, gb[CLASSES] = {0};
  frame->parallel_for(frame->user, n, train_row, (void *)(uintptr_t)frame);
  for (int64_t i = 0; i < n; i++) {
    loss += rows[i].loss / (float)n;
    for (int k = 0; k < CLASSES; k++) {
      gb[k] += rows[i].gb[k] / (float)n;
      for (int p = 0; p < PIXELS; p++)
        g[p][k] += rows[i].g[p][k] / (float)n;
    }
  }
  for (int k = 0; k < CLASSES; k++) {
    state->b[k] -= rate * gb[k];
    for (int p = 0; p < PIXELS; p++) {
      state->v[p][k] = 0.5f * state->v[p][k] + g[p][k];
      state->w[p][k] -= rate * state->v[p][k];
    }
  }
  state->calls++;
  state->step++;
  *(float *)frame->arguments[3] = loss;
  return 0;
}

static int32_t lookup(const struct dlc_frame *frame) {
  const struct toy_state *state = (const struct toy_state *)frame->state;
  for (int64_t i = 0; i < frame->dims[COUNT]; i++) {
    int64_t index = ((const int64_t *)frame->arguments[0])[i];
    if (index < 0 || index >= PIXELS * CLASSES) {
      /* -7: pretends that the index was computed inside */
      *frame->fault = (struct dlc_fault){index == -7 ? -1 : 0, i, index, PIXELS * CLASSES};
      return 1;
    }
    ((float *)frame->arguments[1])[i] = (&state->w[0][0])[index];
  }
  return 0;
}

static void spread_one(void *argument, int64_t i, int32_t worker) {
  const struct dlc_frame *frame = (const struct dlc_frame *)argument;
  ((int64_t *)frame->arguments[0])[i] = i;
  ((int64_t *)frame->arguments[1])[i] = worker;
}
static int32_t spread(const struct dlc_frame *frame) {
  frame->parallel_for(frame->user, frame->dims[COUNT], spread_one, (void *)(uintptr_t)frame);
  return 0;
}

static void halve_one(void *argument, int64_t i, int32_t worker) {
  const struct dlc_frame *frame = (const struct dlc_frame *)argument;
  volatile float value = ((const float *)frame->arguments[0])[i];
  (void)worker;
  ((float *)frame->arguments[1])[i] = value / 2;
#if defined(__x86_64__)
  ((int32_t *)frame->arguments[2])[i] = (int32_t)(_mm_getcsr() & ~0x3fu);
#else
  ((int32_t *)frame->arguments[2])[i] = 0x1f80;
#endif
}
static int32_t rounding(const struct dlc_frame *frame) {
  frame->parallel_for(frame->user, frame->dims[COUNT], halve_one, (void *)(uintptr_t)frame);
#if defined(__x86_64__)
  _mm_setcsr(0x1f80 | 0x8040); /* code that leaves flush-to-zero on is not the
                                  caller's problem */
#endif
  return 0;
}

/* --- Plans and shapes -------------------------------------------------------
 */

static int64_t no_plan(const int64_t *dims, int32_t workers, int64_t *offsets) {
  (void)dims, (void)workers, (void)offsets;
  return 0;
}
static int64_t prepare_plan(const int64_t *dims, int32_t workers, int64_t *offsets) {
  (void)dims, (void)workers;
  offsets[0] = 0;
  return 64;
}
static int64_t train_plan(const int64_t *dims, int32_t workers, int64_t *offsets) {
  int64_t rows;
  if (dims[BATCH] > (int64_t)1 << 54)
    return -1;
  rows = (dims[BATCH] * (int64_t)sizeof(struct row) + 63) / 64 * 64;
  offsets[0] = 0;
  offsets[1] = rows;
  return rows + 64 * workers;
}
static void predict_shapes(const int64_t *dims, int64_t *extents) {
  int64_t all[] = {dims[BATCH], PIXELS, dims[BATCH], CLASSES};
  memcpy(extents, all, sizeof(all));
}

/* --- The description --------------------------------------------------------
 */

#define LENGTH(array) ((int32_t)(sizeof(array) / sizeof((array)[0])))
static const struct dlc_dim dims[] = {{"batch", 0, (int64_t)1 << 60, 0}, {"count", 0, 5000, 16}};
static const struct dlc_extent image_extents[] = {{0, BATCH, 0}, {PIXELS, DLC_CONSTANT, 0}};
static const struct dlc_extent scores_extents[] = {{0, BATCH, 0}, {CLASSES, DLC_CONSTANT, 0}};
static const struct dlc_extent batch_extent[] = {{0, BATCH, 0}}, count_extent[] = {{0, COUNT, 0}};
static const struct dlc_argument predict_arguments[] = {
    {"image", DLC_INPUT, DLC_U8, 2, 0, 0, image_extents, 0},
    {"scores", DLC_OUTPUT, DLC_F32, 2, 0, 0, scores_extents, 0},
};
static const struct dlc_argument train_arguments[] = {
    {"image", DLC_INPUT, DLC_U8, 2, 0, 0, image_extents, 0},
    {"label", DLC_INPUT, DLC_I32, 1, 1, CLASSES, batch_extent, 0},
    {"learning_rate", DLC_HYPER, DLC_F32, 0, 0, 0, NULL, 0x3f000000},
    {"loss", DLC_OUTPUT, DLC_F32, 0, 0, 0, NULL, 0},
};
static const struct dlc_argument lookup_arguments[] = {
    {"index", DLC_INPUT, DLC_I64, 1, 0, 0, count_extent, 0},
    {"value", DLC_OUTPUT, DLC_F32, 1, 0, 0, count_extent, 0},
};
/* An argument of each remaining integer type shows that their values are
 * checked. */
static const struct dlc_argument spread_arguments[] = {
    {"index", DLC_OUTPUT, DLC_I64, 1, 0, 0, count_extent, 0},
    {"worker", DLC_OUTPUT, DLC_I64, 1, 0, 0, count_extent, 0},
    {"token", DLC_INPUT, DLC_I64, 1, 1, 1000, count_extent, 0},
    {"small", DLC_INPUT, DLC_I8, 1, 1, 100, count_extent, 0},
    {"byte", DLC_INPUT, DLC_U8, 1, 1, 10, count_extent, 0},
    {"flag", DLC_INPUT, DLC_I1, 1, 0, 0, count_extent, 0},
};
static const struct dlc_argument rounding_arguments[] = {
    {"value", DLC_INPUT, DLC_F32, 1, 0, 0, count_extent, 0},
    {"halved", DLC_OUTPUT, DLC_F32, 1, 0, 0, count_extent, 0},
    {"control", DLC_OUTPUT, DLC_I32, 1, 0, 0, count_extent, 0},
};
static const struct dlc_function functions[] = {
    {"predict", LENGTH(predict_arguments), 0, predict_arguments, predict_shapes},
    {"train_step", LENGTH(train_arguments), DLC_TRAINS | DLC_UNPREPARED, train_arguments, NULL},
    {"lookup", LENGTH(lookup_arguments), 0, lookup_arguments, NULL},
    {"spread", LENGTH(spread_arguments), 0, spread_arguments, NULL},
    {"rounding", LENGTH(rounding_arguments), 0, rounding_arguments, NULL},
};
static const int64_t w_extents[] = {PIXELS, CLASSES}, b_extents[] = {CLASSES};
#define PLACE(field) offsetof(struct toy_state, field), sizeof(((struct toy_state *)0)->field)
static const struct dlc_parameter parameters[] = {
    {"w", DLC_PARAMETER, DLC_F32, 2, 1, w_extents, PLACE(w), -1},
    {"b", DLC_PARAMETER, DLC_F32, 1, 1, b_extents, PLACE(b), -1},
    {"mask", DLC_PARAMETER, DLC_I1, 1, 0, b_extents, PLACE(mask), -1},
    {"momentum.v/w", DLC_SLOT, DLC_F32, 2, 1, w_extents, PLACE(v), -1},
    {"calls", DLC_SLOT, DLC_I64, 0, 1, NULL, PLACE(calls), -1},
};
static const struct dlc_entry best_entries[] = {
    {predict_best, no_plan, 0, 0}, {train, train_plan, 2, 0}, {lookup, NULL, 0, 0},
    {spread, NULL, 0, 0},          {rounding, NULL, 0, 0},
};
static const struct dlc_entry plain_entries[] = {
    {predict_plain, no_plan, 0, 0}, {train, train_plan, 2, 0}, {lookup, NULL, 0, 0},
    {spread, NULL, 0, 0},           {NULL, NULL, 0, 0},
};
static const struct dlc_variant variants[] = {
    {"impossible",
     (uint64_t)1 << 40,
     sizeof(struct packed),
     -1,
     {NULL, NULL, 0, 0},
     {NULL, NULL, 0, 0},
     best_entries,
     NULL},
    {"best", 0, sizeof(struct packed), -1, {initialise, NULL, 0, 0}, {prepare_best, no_plan, 0, 0}, best_entries, NULL},
    {"plain",
     0,
     sizeof(struct packed),
     -1,
     {initialise, NULL, 0, 0},
     {prepare_plain, prepare_plan, 1, 0},
     plain_entries,
     NULL},
};
static const dlc_model model = {
    sizeof(dlc_model),
    DLC_ABI,
    0x1234abcd,
    "toy",
    "by hand",
    "x86_64",
    "",
    LENGTH(dims),
    LENGTH(parameters),
    LENGTH(functions),
    LENGTH(variants),
    dims,
    parameters,
    functions,
    variants,
    sizeof(struct toy_state),
    NULL,
    0,
    0,
    0,
    0xfeedface,
    NULL,
    NULL,
    NULL,
};

const dlc_model *toy_model(void) { return &model; }
dlc_model toy_changed(void) { return model; }
