/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Library toy.so: a model's library as programs use it: linked, opened by path
 * a thousand times, and in two copies at once. */
#include "Check.h"
#include "Typed.h"
#include <dirent.h>
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static dlc_error error = DLC_ERROR_INIT;
static const uint8_t image[] = {1, 2, 3, 4, 5, 6, 7, 8};
static const int32_t label[] = {0, 2};

/* The program a user writes; this one is linked with the .o and the archive. */
static void linked(void) {
  toy_weights *weights = NULL;
  toy_context *context = NULL;
  toy_train_step_hyper hyper = TOY_TRAIN_STEP_HYPER_INIT;
  float scores[6], loss, first;
  OK(toy_weights_create(NULL, 0, &weights, &error));
  OK(toy_context_create(weights, (toy_dims){.batch = 2}, NULL, &context, &error));
  OK(toy_predict(context, 2, image, scores, &error));
  OK(toy_train_step(context, 2, image, label, NULL, &first, &error));
  for (int i = 0; i < 50; i++)
    OK(toy_train_step(context, 2, image, label, &hyper, &loss, &error));
  CHECK(loss < first);
  hyper.learning_rate = 0;
  OK(toy_weights_save(weights, "library.safetensors", &error));
  OK(toy_weights_load(weights, "library.safetensors", &error));
  CHECK(toy_weights_step(weights) == 51);
  WANT(toy_predict(context, 3, image, scores, &error), DLC_BAD_SHAPE,
       "predict: batch is 3, this context was created for at most 2");
  toy_weights *other = weights;
  WANT(toy_weights_create_v1(7, NULL, 0, &other, &error), DLC_VERSION, "signature");
  CHECK(!other);
  CHECK(toy_context_destroy(context) == DLC_OK);
  CHECK(toy_weights_destroy(weights) == DLC_OK);
  unlink("library.safetensors");
}

static int count(const char *folder) {
  int n = 0;
  DIR *dir = opendir(folder);
  while (readdir(dir))
    n++;
  closedir(dir);
  return n;
}

struct opened {
  void *library;
  const dlc_model *model;
  dlc_weights *weights;
  dlc_context *context;
};
/* The functions of the library itself, through the names it exports. */
static void use(struct opened *o, const char *path, int threads) {
  dlc_context_options options = DLC_CONTEXT_OPTIONS_INIT;
  int64_t bounds[] = {2, 0};
  options.threads = threads;
  o->library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  CHECK(o->library);
  dlc_model_accessor accessor = (dlc_model_accessor)(uintptr_t)dlsym(o->library, DLC_MODEL_ACCESSOR);
  dlc_status (*create)(uint64_t, const void *, size_t, dlc_weights **, dlc_error *) = 0;
  dlc_status (*create_context)(dlc_weights *, const int64_t *, const dlc_context_options *, dlc_context **,
                               dlc_error *) = 0;
  dlc_status (*predict)(dlc_context *, int64_t, const uint8_t *, float *, dlc_error *) = 0;
  *(void **)&create = dlsym(o->library, "toy_weights_create_v1");
  *(void **)&create_context = dlsym(o->library, "toy_context_create_v1");
  *(void **)&predict = dlsym(o->library, "toy_predict");
  CHECK(accessor && create && create_context && predict);
  o->model = accessor();
  float scores[6];
  OK(create(0, NULL, 0, &o->weights, &error));
  OK(create_context(o->weights, bounds, &options, &o->context, &error));
  OK(predict(o->context, 2, image, scores, &error));
}
static void finish_use(struct opened *o) {
  dlc_status (*destroy_context)(dlc_context *) = 0, (*destroy)(dlc_weights *) = 0;
  *(void **)&destroy_context = dlsym(o->library, "toy_context_destroy");
  *(void **)&destroy = dlsym(o->library, "toy_weights_destroy");
  CHECK(destroy_context(o->context) == DLC_OK);
  CHECK(destroy(o->weights) == DLC_OK);
  CHECK(dlclose(o->library) == 0);
}

int main(int argc, char **argv) {
  struct opened a, b;
  char copy[] = "./toy-copy-XXXXXX", command[4096];
  CHECK(argc == 2);
  linked();
  use(&a, argv[1], 0);
  finish_use(&a);
  CHECK(!dlopen(argv[1], RTLD_NOW | RTLD_NOLOAD)); /* really gone */
  int files = count("/proc/self/fd"), threads = count("/proc/self/task");
  for (int i = 0; i < 1000; i++) {
    use(&a, argv[1], i % 8 == 0 ? 3 : 0);
    finish_use(&a);
  }
  CHECK(count("/proc/self/fd") == files && count("/proc/self/task") == threads);

  int file = mkstemp(copy);
  CHECK(file >= 0);
  snprintf(command, sizeof(command), "cp '%s' '%s'", argv[1], copy);
  CHECK(!system(command));
  use(&a, argv[1], 2);
  use(&b, copy, 2);
  CHECK(a.model != b.model && a.model != toy_model());
  finish_use(&a);
  finish_use(&b);
  close(file);
  unlink(copy);

  /* A program with a runtime of its own can drive it by its description. */
  a.library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
  a.model = ((dlc_model_accessor)(uintptr_t)dlsym(a.library, DLC_MODEL_ACCESSOR))();
  int64_t bounds[] = {2, 0}, dims[] = {2, 0};
  float scores[6];
  void *arguments[] = {(void *)(uintptr_t)image, scores};
  OK(dlc_weights_create(a.model, 0, NULL, 0, &a.weights, &error));
  OK(dlc_context_create(a.weights, bounds, NULL, &a.context, &error));
  OK(dlc_call(a.context, dlc_model_find(a.model, "predict"), dims, arguments, &error));
  CHECK(dlc_context_destroy(a.context) == DLC_OK);
  CHECK(dlc_weights_destroy(a.weights) == DLC_OK);
  CHECK(dlclose(a.library) == 0);
  return finish();
}
