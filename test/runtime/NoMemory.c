/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Each allocation and each thread in turn is refused (the linker puts the two
 * functions below before the C library's): every function says DLC_NO_MEMORY,
 * changes nothing, and leaves nothing behind. */
#include "Check.h"
#include "Toy.h"
#include <errno.h>
#include <pthread.h>
#include <unistd.h>

static int allowed = -1; /* allocations until one is refused; < 0: all work */
static int threads_allowed = -1;

int __real_posix_memalign(void **, size_t, size_t);
int __wrap_posix_memalign(void **, size_t, size_t);
int __wrap_posix_memalign(void **memory, size_t alignment, size_t size) {
  if (allowed == 0)
    return ENOMEM;
  if (allowed > 0)
    --allowed;
  return __real_posix_memalign(memory, alignment, size);
}
int __real_pthread_create(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
int __wrap_pthread_create(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *), void *argument) {
  if (threads_allowed == 0)
    return EAGAIN;
  if (threads_allowed > 0)
    --threads_allowed;
  return __real_pthread_create(thread, attributes, body, argument);
}

static dlc_error error = DLC_ERROR_INIT;
static const int64_t bounds[] = {ROWS, 0};
static char checkpoint[4096], before[4096], after[4096];
static size_t checkpoint_bytes = sizeof(checkpoint);
static dlc_weights *weights, *other, *made;
static dlc_context *context, *made_context;

static dlc_status create(void) {
  return dlc_weights_create(toy_model(), 0, checkpoint, checkpoint_bytes, &made, &error);
}
static dlc_status copy(void) { return dlc_weights_copy(weights, &made, &error); }
static dlc_status publish(void) { return dlc_weights_publish(other, weights, &error); }
static dlc_status load(void) { return dlc_weights_load_memory(weights, checkpoint, checkpoint_bytes, &error); }
static dlc_status initialise(void) { return dlc_weights_initialise(weights, 8, &error); }
static dlc_status save(void) { return dlc_weights_save(weights, "memory.safetensors", &error); }
static dlc_status save_memory(void) {
  static char room[4096];
  size_t bytes = sizeof(room);
  return dlc_weights_save_memory(weights, room, &bytes, &error);
}
static dlc_status make_context(void) {
  dlc_context_options options = DLC_CONTEXT_OPTIONS_INIT;
  options.variant = "plain"; /* whose packed copy these weights do not have yet */
  options.threads = 3;
  return dlc_context_create(weights, bounds, &options, &made_context, &error);
}
static dlc_status measure(void) {
  dlc_memory_info info = DLC_MEMORY_INFO_INIT;
  return dlc_memory(toy_model(), bounds, NULL, &info, &error);
}

static void values(char *to) {
  size_t bytes = sizeof(before);
  memset(to, 0, sizeof(before));
  OK(dlc_weights_save_memory(weights, to, &bytes, &error));
}

/* Refuses the first allocation of `call`, then the second, until it works. */
static void each_allocation_of(const char *name, dlc_status (*call)(void)) {
  int refused = 0;
  for (int n = 0;; n++) {
    values(before);
    made = NULL;
    made_context = NULL;
    allowed = n;
    dlc_status status = call();
    allowed = -1;
    if (status == DLC_OK)
      break;
    ++refused;
    WANT(status, DLC_NO_MEMORY, "out of memory");
    CHECK(!made && !made_context);
    values(after);
    CHECK(memcmp(before, after, sizeof(before)) == 0);
    float out[ROWS * CLASSES];
    uint8_t image[ROWS * PIXELS] = {0};
    int64_t dims[] = {ROWS, 0};
    void *arguments[] = {image, out};
    OK(dlc_call(context, PREDICT, dims, arguments, &error));
    if (refused > 50)
      break;
  }
  fprintf(stderr, "%s: %d allocations\n", name, refused);
  CHECK(refused > 0 && refused <= 50);
  CHECK(dlc_context_destroy(made_context) == DLC_OK);
  CHECK(dlc_weights_destroy(made) == DLC_OK);
}

int main(void) {
  dlc_weights *source;
  OK(dlc_weights_create(toy_model(), 0, NULL, 0, &source, &error));
  OK(dlc_weights_initialise(source, 3, &error));
  OK(dlc_weights_save_memory(source, checkpoint, &checkpoint_bytes, &error));
  CHECK(dlc_weights_destroy(source) == DLC_OK);
  for (int round = 0; round < 2; round++) {
    OK(dlc_weights_create(toy_model(), 0, NULL, 0, &weights, &error));
    OK(dlc_weights_copy(weights, &other, &error));
    OK(dlc_context_create(weights, bounds, NULL, &context, &error));
    each_allocation_of("create", create);
    each_allocation_of("copy", copy);
    each_allocation_of("publish", publish);
    each_allocation_of("load", load);
    each_allocation_of("initialise", initialise);
    each_allocation_of("save", save);
    each_allocation_of("save_memory", save_memory);
    each_allocation_of("memory", measure);
    each_allocation_of("context", make_context);
    CHECK(dlc_context_destroy(context) == DLC_OK);
    CHECK(dlc_weights_destroy(weights) == DLC_OK);
    CHECK(dlc_weights_destroy(other) == DLC_OK);
  }
  CHECK(access("memory.safetensors.partial", F_OK) != 0);
  unlink("memory.safetensors");

  OK(dlc_weights_create(toy_model(), 0, NULL, 0, &weights, &error));
  for (int n = 0; n < 2; n++) {
    threads_allowed = n;
    WANT(make_context(), DLC_NO_MEMORY,
         n ? "the system started 2 of 3 threads and refused another"
           : "the system started 1 of 3 threads and refused another");
  }
  threads_allowed = -1;
  CHECK(dlc_weights_destroy(weights) == DLC_OK);
  return finish();
}
