/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* A model as the compiler would emit it, written by hand: softmax regression
 * over 28 x 28 bytes with momentum. The tools are tested against it, so that
 * their tests need no compiler; it really learns. The build makes wrong
 * libraries of it too: FEATURES and ABI replace what it needs and was made for.
 *
 *   z = x / 255 . w + b,  loss = mean -log softmax(z)[label]
 *   v = momentum v + dloss,  w = w - learning_rate v */
#include "dlc/abi.h"
#include <math.h>
#include <string.h>

#ifndef FEATURES
#define FEATURES DLC_CPU_SSE42
#endif
#ifndef ABI
#define ABI DLC_ABI
#endif
enum { PIXELS = 28 * 28, CLASSES = 10 };

/* The state block: seed, step, then parameters and their slots at multiples
 * of 64. */
#define ALIGNED(n) (((n) + 63) / 64 * 64)
enum {
  W_BYTES = PIXELS * CLASSES * 4,
  B_BYTES = CLASSES * 4,
  W = 64,
  B = ALIGNED(W + W_BYTES),
  VW = ALIGNED(B + B_BYTES),
  VB = ALIGNED(VW + W_BYTES),
  STATE_BYTES = ALIGNED(VB + B_BYTES),
};
static float *at(const struct dlc_frame *f, int64_t offset) { return (float *)(f->state + offset); }

static int32_t initialise(const struct dlc_frame *f) {
  int64_t seed;
  memcpy(&seed, f->state, 8);
  uint64_t random = (uint64_t)seed * 2 + 1;
  memset(f->state + W, 0, STATE_BYTES - W);
  for (int i = 0; i < PIXELS * CLASSES; i++) {
    random = random * 6364136223846793005u + 1442695040888963407u;
    at(f, W)[i] = ((float)(random >> 40) * 0x1p-24f - 0.5f) * 0.02f;
  }
  return 0;
}

/* Probabilities of one row. */
static void forward(const struct dlc_frame *f, const uint8_t *image, float *p) {
  memcpy(p, at(f, B), B_BYTES);
  for (int i = 0; i < PIXELS; i++)
    for (int k = 0; k < CLASSES; k++)
      p[k] += (float)image[i] / 255 * at(f, W)[i * CLASSES + k];
  float most = p[0], sum = 0;
  for (int k = 1; k < CLASSES; k++)
    most = p[k] > most ? p[k] : most;
  for (int k = 0; k < CLASSES; k++)
    sum += p[k] = expf(p[k] - most);
  for (int k = 0; k < CLASSES; k++)
    p[k] /= sum;
}

static int32_t predict(const struct dlc_frame *f) {
  for (int64_t row = 0; row < f->dims[0]; row++)
    forward(f, (const uint8_t *)f->arguments[0] + row * PIXELS, (float *)f->arguments[1] + row * CLASSES);
  return 0;
}

static int32_t evaluate(const struct dlc_frame *f) {
  const uint8_t *label = f->arguments[1];
  float p[CLASSES];
  double loss = 0;
  int64_t hits = 0;
  for (int64_t row = 0; row < f->dims[0]; row++) {
    forward(f, (const uint8_t *)f->arguments[0] + row * PIXELS, p);
    int best = 0;
    for (int k = 1; k < CLASSES; k++)
      best = p[k] > p[best] ? k : best;
    hits += best == label[row];
    loss -= logf(p[label[row]]);
  }
  memcpy(f->arguments[2], &loss, 8);
  memcpy(f->arguments[3], &hits, 8);
  return 0;
}

/* Arena: the gradients of w and b. */
static int64_t planTraining(const int64_t *dims, int32_t workers, int64_t *offsets) {
  (void)dims, (void)workers;
  offsets[0] = 0;
  offsets[1] = ALIGNED(W_BYTES);
  return ALIGNED(W_BYTES) + ALIGNED(B_BYTES);
}
static int64_t planNothing(const int64_t *dims, int32_t workers, int64_t *offsets) {
  (void)dims, (void)workers, (void)offsets;
  return 0;
}

static void update(float *value, float *velocity, const float *gradient, int n, float rate, float momentum) {
  for (int i = 0; i < n; i++) {
    velocity[i] = momentum * velocity[i] + gradient[i];
    value[i] -= rate * velocity[i];
  }
}

static void advance(const struct dlc_frame *f) {
  int64_t step;
  memcpy(&step, f->state + 8, 8);
  step++;
  memcpy(f->state + 8, &step, 8);
}

/* A training function whose loss is its learning rate: makes schedules visible.
 */
static int32_t tellRate(const struct dlc_frame *f) {
  memcpy(f->arguments[4], f->arguments[2], 4);
  advance(f);
  return 0;
}

static int32_t train(const struct dlc_frame *f) {
  const uint8_t *label = f->arguments[1];
  float rate, momentum, p[CLASSES];
  memcpy(&rate, f->arguments[2], 4);
  memcpy(&momentum, f->arguments[3], 4);
  float *gw = (float *)(f->arena + f->offsets[0]), *gb = (float *)(f->arena + f->offsets[1]);
  memset(gw, 0, W_BYTES);
  memset(gb, 0, B_BYTES);
  int64_t n = f->dims[0];
  double loss = 0;
  for (int64_t row = 0; row < n; row++) {
    const uint8_t *image = (const uint8_t *)f->arguments[0] + row * PIXELS;
    forward(f, image, p);
    loss -= logf(p[label[row]]);
    p[label[row]] -= 1;
    for (int k = 0; k < CLASSES; k++)
      gb[k] += p[k] /= (float)n;
    for (int i = 0; i < PIXELS; i++)
      if (image[i])
        for (int k = 0; k < CLASSES; k++)
          gw[i * CLASSES + k] += (float)image[i] / 255 * p[k];
  }
  update(at(f, W), at(f, VW), gw, PIXELS * CLASSES, rate, momentum);
  update(at(f, B), at(f, VB), gb, CLASSES, rate, momentum);
  advance(f);
  *(float *)f->arguments[4] = (float)(loss / (double)(n ? n : 1));
  return 0;
}

/* --- The description ---------------------------------------------------- */
#define FIXED(n) {n, DLC_CONSTANT, 0}
static const struct dlc_dim dims[] = {{"batch", 0, 4096, 64}};
static const struct dlc_extent image[] = {{0, 0, 0}, FIXED(28), FIXED(28)}, label[] = {{0, 0, 0}},
                               scores[] = {{0, 0, 0}, FIXED(CLASSES)};
#define IMAGE {"image", DLC_INPUT, DLC_U8, 3, 0, 0, image, 0}
#define LABEL {"label", DLC_INPUT, DLC_U8, 1, 1, CLASSES, label, 0}
static const struct dlc_argument predictArguments[] = {IMAGE,
                                                       {"probabilities", DLC_OUTPUT, DLC_F32, 2, 0, 0, scores, 0}};
static const struct dlc_argument evaluateArguments[] = {
    IMAGE, LABEL, {"loss", DLC_OUTPUT, DLC_F64, 0, 0, 0, 0, 0}, {"hits", DLC_OUTPUT, DLC_I64, 0, 0, 0, 0, 0}};
static const struct dlc_argument trainArguments[] = {
    IMAGE,
    LABEL,
    {"learning_rate", DLC_HYPER, DLC_F32, 0, 0, 0, 0, 0x3c23d70a}, /* 0.01f */
    {"momentum", DLC_HYPER, DLC_F32, 0, 0, 0, 0, 0x3f666666},      /* 0.9f */
    {"loss", DLC_OUTPUT, DLC_F32, 0, 0, 0, 0, 0}};

static void imageShape(const int64_t *d, int64_t *e) { e[0] = d[0], e[1] = 28, e[2] = 28; }
static void predictShapes(const int64_t *d, int64_t *e) { imageShape(d, e), e[3] = d[0], e[4] = CLASSES; }
static void labelledShapes(const int64_t *d, int64_t *e) { imageShape(d, e), e[3] = d[0]; }

static const struct dlc_function functions[] = {{"predict", 2, 0, predictArguments, predictShapes},
                                                {"evaluate", 4, 0, evaluateArguments, labelledShapes},
                                                {"train_step", 5, DLC_TRAINS, trainArguments, labelledShapes},
                                                {"tell_rate", 5, DLC_TRAINS, trainArguments, labelledShapes}};
static const struct dlc_entry entries[] = {{predict, planNothing, 0, 0},
                                           {evaluate, planNothing, 0, 0},
                                           {train, planTraining, 2, 0},
                                           {tellRate, planNothing, 0, 0}};

/* Two variants of the same code: what is tested is how one is chosen. */
#define VARIANT(name, features) {name, features, 0, -1, {initialise, planNothing, 0, 0}, {0, 0, 0, 0}, entries}
static const struct dlc_variant variants[] = {VARIANT("avx2", DLC_CPU_AVX2_FMA | FEATURES),
                                              VARIANT("x86-64-v2", FEATURES)};

static const int64_t wShape[] = {PIXELS, CLASSES}, bShape[] = {CLASSES};
static const struct dlc_parameter parameters[] = {{"w", DLC_PARAMETER, DLC_F32, 2, 1, wShape, W, W_BYTES, -1},
                                                  {"b", DLC_PARAMETER, DLC_F32, 1, 1, bShape, B, B_BYTES, -1},
                                                  {"sgd.velocity/w", DLC_SLOT, DLC_F32, 2, 1, wShape, VW, W_BYTES, -1},
                                                  {"sgd.velocity/b", DLC_SLOT, DLC_F32, 1, 1, bShape, VB, B_BYTES, -1}};

static const struct dlc_model model = {.size = sizeof(struct dlc_model),
                                       .abi = ABI,
                                       .signature = 1,
                                       .name = "softmax",
                                       .compiler = "hand",
                                       .target = "x86_64-pc-linux-gnu",
                                       .options = "",
                                       .dim_count = 1,
                                       .parameter_count = 4,
                                       .function_count = 4,
                                       .variant_count = 2,
                                       .dims = dims,
                                       .parameters = parameters,
                                       .functions = functions,
                                       .variants = variants,
                                       .state_bytes = STATE_BYTES,
                                       .fingerprint = 2};

__attribute__((visibility("default"))) const struct dlc_model *dlc_model_v1(void) { return &model; }
