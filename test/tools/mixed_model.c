/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* A model without parameters whose functions have what softmax_model.c lacks:
 * two named dimensions, a computed extent, indices, narrow floats, and inputs
 * that are passed whole.
 *
 *   mix: sum[i] = scale * sum_k x[i, k],  row[i, :] = table[index[i], :],
 *        positive[i] = sum[i] > 0,  twice = [0, 1, ...] with 2 rows elements
 *   fit: loss = mean sum of x + table[0, 0]; trains nothing but the step
 * counter */
#include "dlc/abi.h"
#include <string.h>

enum { ENTRIES = 4 };

static uint16_t truncated(float value) { /* to bf16, exact for what the tests use */
  uint32_t bits;
  memcpy(&bits, &value, 4);
  return (uint16_t)(bits >> 16);
}

static int32_t mix(const struct dlc_frame *f) {
  int64_t rows = f->dims[0], width = f->dims[1];
  const float *x = f->arguments[0], *table = f->arguments[1];
  const int64_t *index = f->arguments[2];
  const double *scale = f->arguments[3];
  uint16_t *sum = f->arguments[4];
  float *row = f->arguments[5];
  uint8_t *positive = f->arguments[6];
  int32_t *twice = f->arguments[7];
  for (int64_t i = 0; i < rows; i++) {
    float total = 0;
    for (int64_t k = 0; k < width; k++)
      total += x[i * width + k];
    sum[i] = truncated((float)(*scale * total));
    positive[i] = *scale * total > 0;
    memcpy(row + i * width, table + index[i] * width, (size_t)width * 4);
    twice[2 * i] = (int32_t)(2 * i);
    twice[2 * i + 1] = (int32_t)(2 * i + 1);
  }
  return 0;
}

static int32_t fit(const struct dlc_frame *f) {
  int64_t rows = f->dims[0], width = f->dims[1], step;
  const float *x = f->arguments[0], *table = f->arguments[1];
  double total = 0;
  for (int64_t i = 0; i < rows * width; i++)
    total += x[i];
  *(double *)f->arguments[3] = total / (double)(rows ? rows : 1) + table[0];
  memcpy(&step, f->state + 8, 8);
  step++;
  memcpy(f->state + 8, &step, 8);
  return 0;
}

static const struct dlc_dim dims[] = {{"rows", 1, 0, 0}, {"width", 1, 8, 0}};
static const struct dlc_extent matrix[] = {{0, 0, 0}, {0, 1, 0}},
                               tableShape[] = {{ENTRIES, DLC_CONSTANT, 0}, {0, 1, 0}}, vector[] = {{0, 0, 0}},
                               doubled[] = {{0, DLC_COMPUTED, 0}};
#define X {"x", DLC_INPUT, DLC_F32, 2, 0, 0, matrix, 0}
#define TABLE {"table", DLC_INPUT, DLC_F32, 2, 0, 0, tableShape, 0}
#define INDEX {"index", DLC_INPUT, DLC_I64, 1, 1, ENTRIES, vector, 0}
static const struct dlc_argument mixArguments[] = {
    X,
    TABLE,
    INDEX,
    {"scale", DLC_HYPER, DLC_F64, 0, 0, 0, 0, 0x4000000000000000}, /* 2.0 */
    {"sum", DLC_OUTPUT, DLC_BF16, 1, 0, 0, vector, 0},
    {"row", DLC_OUTPUT, DLC_F32, 2, 0, 0, matrix, 0},
    {"positive", DLC_OUTPUT, DLC_I1, 1, 0, 0, vector, 0},
    {"twice", DLC_OUTPUT, DLC_I32, 1, 0, 0, doubled, 0}};
static const struct dlc_argument fitArguments[] = {X, TABLE, INDEX, {"loss", DLC_OUTPUT, DLC_F64, 0, 0, 0, 0, 0}};

static void inputShapes(const int64_t *d, int64_t *e) {
  e[0] = d[0], e[1] = d[1], e[2] = ENTRIES, e[3] = d[1], e[4] = d[0];
}
static void mixShapes(const int64_t *d, int64_t *e) {
  inputShapes(d, e);
  e[5] = d[0], e[6] = d[0], e[7] = d[1], e[8] = d[0], e[9] = 2 * d[0];
}
static int64_t planNothing(const int64_t *d, int32_t workers, int64_t *offsets) {
  (void)d, (void)workers, (void)offsets;
  return 0;
}

static const struct dlc_function functions[] = {{"mix", 8, 0, mixArguments, mixShapes},
                                                {"fit", 4, DLC_TRAINS, fitArguments, inputShapes}};
static const struct dlc_entry entries[] = {{mix, planNothing, 0, 0}, {fit, planNothing, 0, 0}};
static const struct dlc_variant variants[] = {{"x86-64-v2", DLC_CPU_SSE42, 0, -1, {0, 0, 0, 0}, {0, 0, 0, 0}, entries}};
/* Self-tests; SUM is the wrong one in a library that is made to fail. */
#ifndef SUM
#define SUM 0x40c0 /* 6.0 as bf16 */
#endif
static const int64_t testDims[] = {2, 2};
static const float testX[] = {1, 2, -3, -4}, testTable[] = {0, 1, 2, 3, 4, 5, 6, 7}, testRow[] = {6, 7, 0, 1.000001f};
static const int64_t testIndex[] = {3, 0};
static const uint16_t testSum[] = {SUM, 0xc160}; /* -14.0 */
static const uint8_t testPositive[] = {1, 0};
static const int32_t testTwice[] = {0, 1, 2, 3};
static const double testLoss = -2;
static const void *const mixValues[] = {testX, testTable, testIndex, 0, testSum, testRow, testPositive, testTwice};
static const void *const fitValues[] = {testX, testTable, testIndex, &testLoss};
static const struct dlc_self_test selfTests[] = {{"mix", 0, 0, testDims, mixValues, 1e-5, 1e-6},
                                                 {"fit", 1, 0, testDims, fitValues, 1e-12, 0}};
static const struct dlc_model model = {.size = sizeof(struct dlc_model),
                                       .abi = DLC_ABI,
                                       .signature = 3,
                                       .name = "mixed",
                                       .compiler = "hand",
                                       .target = "x86_64-pc-linux-gnu",
                                       .options = "",
                                       .dim_count = 2,
                                       .function_count = 2,
                                       .variant_count = 1,
                                       .dims = dims,
                                       .functions = functions,
                                       .variants = variants,
                                       .state_bytes = 64,
                                       .fingerprint = 4,
                                       .self_test_count = 2,
                                       .self_tests = selfTests};

__attribute__((visibility("default"))) const struct dlc_model *dlc_model_v1(void) { return &model; }
