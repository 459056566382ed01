/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Runs what --self-test embedded into MODEL (its prefix), where there is no
 * dlc-run: prints a line for each test that fails, then how many passed. */
#include "dlc/runtime.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define JOIN(a, b) a##b
#define ACCESSOR(model) JOIN(model, _model)
const dlc_model *ACCESSOR(MODEL)(void);

static size_t width(int32_t type) {
  static const size_t bytes[] = {0, 8, 4, 2, 2, 8, 4, 1, 1, 1};
  return bytes[type];
}

static double half(uint16_t bits, int exponent_bits) {
  int mantissa = 15 - exponent_bits, bias = (1 << (exponent_bits - 1)) - 1;
  int e = bits >> mantissa & ((1 << exponent_bits) - 1);
  double f = bits & ((1 << mantissa) - 1), sign = bits >> 15 ? -1 : 1;
  if (e == (1 << exponent_bits) - 1)
    return f != 0 ? NAN : sign * INFINITY;
  return sign * (e ? ldexp(1 + ldexp(f, -mantissa), e - bias) : ldexp(f, 1 - bias - mantissa));
}

static double element(const void *data, int32_t type, int64_t i) {
  switch (type) {
  case DLC_F64:
    return ((const double *)data)[i];
  case DLC_F32:
    return (double)((const float *)data)[i];
  case DLC_F16:
    return half(((const uint16_t *)data)[i], 5);
  case DLC_BF16:
    return half(((const uint16_t *)data)[i], 8);
  case DLC_I64:
    return (double)((const int64_t *)data)[i];
  case DLC_I32:
    return ((const int32_t *)data)[i];
  case DLC_I8:
    return ((const int8_t *)data)[i];
  default:
    return ((const uint8_t *)data)[i];
  }
}

/* Whether the output is what it must be; says where it is not. */
static int agrees(const struct dlc_self_test *test, const struct dlc_argument *argument, const void *got,
                  const void *expected, int64_t count) {
  int64_t i;
  for (i = 0; i < count; i++) {
    double have = element(got, argument->type, i), want = element(expected, argument->type, i);
    double allowed = argument->type <= DLC_BF16 ? test->absolute + test->relative * fabs(want) : 0;
    if (have == want || (isnan(have) && isnan(want)) || fabs(have - want) <= allowed)
      continue;
    printf("%s: output '%s' is %.9g at position %lld, expected %.9g\n", test->name, argument->name, have, (long long)i,
           want);
    return 0;
  }
  return 1;
}

static int run(const dlc_model *model, const struct dlc_self_test *test, const char *variant, int threads) {
  const struct dlc_function *function = &model->functions[test->function];
  dlc_error error = DLC_ERROR_INIT;
  dlc_context_options options = DLC_CONTEXT_OPTIONS_INIT;
  dlc_weights *weights = NULL;
  dlc_context *context = NULL;
  int64_t bounds[64], extents[512], *next = extents, sizes[64];
  void *arguments[64];
  int good = 0;
  int32_t i, axis, n;

  options.variant = variant;
  options.threads = threads;
  for (i = 0; i < model->dim_count; i++)
    bounds[i] = test->dims[i] ? test->dims[i] : 1;
  if (dlc_shapes_of(model, test->function, test->dims, extents, &error) ||
      dlc_weights_create(model, 0, NULL, 0, &weights, &error) ||
      dlc_context_create(weights, bounds, &options, &context, &error))
    goto done;
  for (i = 0; i < function->argument_count; i++) {
    for (sizes[i] = 1, axis = 0; axis < function->arguments[i].rank; axis++)
      sizes[i] *= *next++;
    arguments[i] = aligned_alloc(64, ((size_t)sizes[i] * width(function->arguments[i].type) + 64) / 64 * 64);
    if (function->arguments[i].kind != DLC_OUTPUT)
      memcpy(arguments[i], test->arguments[i], (size_t)sizes[i] * width(function->arguments[i].type));
  }
  for (n = 0; n < (test->calls ? test->calls : 1); n++)
    if (dlc_call(context, test->function, test->dims, arguments, &error))
      goto done;
  good = 1;
  for (i = 0; i < function->argument_count; i++) {
    if (function->arguments[i].kind == DLC_OUTPUT)
      good &= agrees(test, &function->arguments[i], arguments[i], test->arguments[i], sizes[i]);
    free(arguments[i]);
  }
done:
  if (error.code)
    printf("%s: %s\n", test->name, error.message);
  dlc_context_destroy(context);
  dlc_weights_destroy(weights);
  return good;
}

int main(void) {
  const dlc_model *model = ACCESSOR(MODEL)();
  int passed = 0, failed = 0, v, i;
  for (v = 0; v < model->variant_count; v++)
    for (i = 0; i < model->self_test_count; i++) {
      int good = run(model, &model->self_tests[i], model->variants[v].name, 1 + i % 2);
      passed += good;
      failed += !good;
    }
  printf("%d passed, %d failed\n", passed, failed);
  return failed || !passed;
}
