/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* app_open MODEL.so: opens a model by path with the shared runtime. */
#include "dlc/runtime.h"
#include <dlfcn.h>
#include <stdio.h>

int main(int argc, char **argv) {
  void *library = argc == 2 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
  if (!library)
    return fprintf(stderr, "%s\n", dlerror()), 1;
  dlc_model_accessor accessor = NULL;
  *(void **)&accessor = dlsym(library, DLC_MODEL_ACCESSOR);
  dlc_error error = DLC_ERROR_INIT;
  dlc_weights *weights = NULL;
  dlc_context *context = NULL;
  uint8_t image[4] = {1, 2, 3, 4};
  float scores[3];
  int64_t dims[] = {1, 0};
  void *arguments[] = {image, scores};
  if (dlc_weights_create(accessor(), 0, NULL, 0, &weights, &error) ||
      dlc_context_create(weights, dims, NULL, &context, &error) ||
      dlc_call(context, dlc_model_find(accessor(), "predict"), dims, arguments, &error))
    return fprintf(stderr, "%s\n", error.message), 1;
  printf("%.3f\n", scores[0]);
  dlc_context_destroy(context);
  return dlc_weights_destroy(weights);
}
