/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Many threads and many ways to run a loop: the same bits, DLC_BUSY where two
 * would meet, and never a torn read. */
#include "Check.h"
#include "Toy.h"
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static dlc_error error = DLC_ERROR_INIT;
static uint8_t image[ROWS * PIXELS];
static int32_t label[ROWS] = {0, 1, 2, 2, 1, 0, 0, 1};
static const int64_t bounds[] = {ROWS, 5000};

static dlc_status predict(dlc_context *context, float *out, dlc_error *told) {
  int64_t dims[] = {ROWS, 0};
  void *arguments[] = {image, out};
  return dlc_call(context, PREDICT, dims, arguments, told);
}
static dlc_status train(dlc_context *context, float *loss, dlc_error *told) {
  int64_t dims[] = {ROWS, 0};
  void *arguments[] = {image, label, NULL, loss};
  return dlc_call(context, TRAIN, dims, arguments, told);
}

/* --- Callers' loops ---------------------------------------------------------
 */

static void serial(void *user, int64_t n, dlc_body body, void *arg) {
  (void)user;
  for (int64_t i = 0; i < n; i++)
    body(arg, i, 0);
}
static void reversed(void *user, int64_t n, dlc_body body, void *arg) {
  (void)user;
  for (int64_t i = n; i-- > 0;)
    body(arg, i, (int32_t)(i % 7));
}
static void shuffled(void *user, int64_t n, dlc_body body, void *arg) {
  int64_t *permutation = malloc(sizeof(int64_t) * (size_t)n);
  dlc_shuffle(9, (*(int64_t *)user)++, n, permutation);
  for (int64_t i = 0; i < n; i++)
    body(arg, permutation[i], (int32_t)(permutation[i] * 5 % 7));
  free(permutation);
}
struct slice {
  int64_t n;
  dlc_body body;
  void *arg;
  int32_t worker;
};
static void *run_slice(void *argument) {
  struct slice *slice = argument;
#if defined(__x86_64__)
  __builtin_ia32_ldmxcsr(0x1f80 | 0x8040); /* a pool that flushes denormals */
#endif
  for (int64_t i = slice->worker; i < slice->n; i += 7)
    slice->body(slice->arg, i, slice->worker);
  return NULL;
}
static void seven_workers(void *user, int64_t n, dlc_body body, void *arg) {
  pthread_t threads[7];
  struct slice slices[7];
  (void)user;
  for (int w = 0; w < 7; w++) {
    slices[w] = (struct slice){n, body, arg, w};
    pthread_create(&threads[w], NULL, run_slice, &slices[w]);
  }
  for (int w = 0; w < 7; w++)
    pthread_join(threads[w], NULL);
}
static void forgets_one(void *user, int64_t n, dlc_body body, void *arg) { serial(user, n - 1, body, arg); }
static void repeats_one(void *user, int64_t n, dlc_body body, void *arg) {
  serial(user, n, body, arg);
  body(arg, 0, 0);
}
static void invents_a_worker(void *user, int64_t n, dlc_body body, void *arg) {
  (void)user;
  for (int64_t i = 0; i < n; i++)
    body(arg, i, i == 3 ? 7 : 0);
}
static void goes_beyond(void *user, int64_t n, dlc_body body, void *arg) {
  serial(user, n, body, arg);
  body(arg, n, 0);
  body(arg, -1, 0);
}

/* Trains five steps under the options and writes the parameters. */
static void five_steps(const dlc_context_options *options, float *w) {
  dlc_weights *weights;
  dlc_context *context;
  float loss;
  OK(dlc_weights_create(toy_model(), 0, NULL, 0, &weights, &error));
  OK(dlc_context_create(weights, bounds, options, &context, &error));
  for (int i = 0; i < 5; i++)
    OK(train(context, &loss, &error));
  OK(dlc_weights_get(weights, W, w, sizeof(float) * PIXELS * CLASSES, &error));
  CHECK(dlc_context_destroy(context) == DLC_OK);
  CHECK(dlc_weights_destroy(weights) == DLC_OK);
}

static void the_same_bits_however_loops_run(void) {
  const dlc_parallel_for loops[] = {serial, reversed, shuffled, seven_workers};
  float expected[PIXELS * CLASSES], w[PIXELS * CLASSES];
  int64_t epoch = 0;
  five_steps(NULL, expected);
  for (int i = 0; i < 4; i++) {
    dlc_context_options options = DLC_CONTEXT_OPTIONS_INIT;
    options.parallel_for = loops[i];
    options.user = &epoch;
    options.max_workers = 7;
    five_steps(&options, w);
    CHECK(memcmp(w, expected, sizeof(w)) == 0);
  }
  CHECK(epoch == 5);
  for (int threads = 1; threads <= 9; threads++) {
    dlc_context_options options = DLC_CONTEXT_OPTIONS_INIT;
    options.threads = threads;
    five_steps(&options, w);
    CHECK(memcmp(w, expected, sizeof(w)) == 0);
  }
}

static void a_broken_loop_is_noticed(void) {
  const dlc_parallel_for loops[] = {forgets_one, repeats_one, invents_a_worker, goes_beyond};
  for (int i = 0; i < 4; i++) {
    dlc_weights *weights;
    dlc_context *context;
    float loss, out[ROWS * CLASSES];
    dlc_context_options options = DLC_CONTEXT_OPTIONS_INIT;
    options.parallel_for = loops[i];
    options.max_workers = 7;
    OK(dlc_weights_create(toy_model(), 0, NULL, 0, &weights, &error));
    OK(dlc_context_create(weights, bounds, &options, &context, &error));
    WANT(train(context, &loss, &error), DLC_BAD_ARGUMENT,
         "train_step: parallel_for must run every index once, on workers 0 to "
         "6, before it returns");
    OK(predict(context, out, &error)); /* has no loop */
    CHECK(dlc_context_destroy(context) == DLC_OK);
    CHECK(dlc_weights_destroy(weights) == DLC_OK);
  }
}

/* Denormals and rounding are the model's on every thread that runs it. */
static void every_worker_computes_alike(void) {
  enum { N = 700 };
  static float value[N], halved[N];
  static int32_t control[N];
  int64_t dims[] = {0, N};
  void *arguments[] = {value, halved, control};
  for (int i = 0; i < N; i++)
    value[i] = 0x1p-149f * (float)(2 * i + 2);
  for (int own = 0; own < 2; own++) {
    dlc_weights *weights;
    dlc_context *context;
    dlc_context_options options = DLC_CONTEXT_OPTIONS_INIT;
    options.threads = own ? 3 : 0;
    options.parallel_for = own ? NULL : seven_workers;
    options.max_workers = 7;
    OK(dlc_weights_create(toy_model(), 0, NULL, 0, &weights, &error));
    OK(dlc_context_create(weights, bounds, &options, &context, &error));
    memset(halved, 0, sizeof(halved));
    memset(control, 0, sizeof(control));
    OK(dlc_call(context, ROUNDING, dims, arguments, &error));
    int wrong = 0;
    for (int i = 0; i < N; i++)
      wrong += halved[i] != 0x1p-149f * (float)(i + 1) || control[i] != 0x1f80;
    CHECK(!wrong);
    CHECK(dlc_context_destroy(context) == DLC_OK);
    CHECK(dlc_weights_destroy(weights) == DLC_OK);
  }
}

/* --- Own workers ------------------------------------------------------------
 */

static void every_index_once(void) {
  enum { N = 5000 };
  static int64_t index[N], worker[N], token[N];
  static int8_t small[N];
  static uint8_t byte[N], flag[N];
  void *arguments[] = {index, worker, token, small, byte, flag};
  dlc_weights *weights;
  dlc_context *context;
  dlc_context_options options = DLC_CONTEXT_OPTIONS_INIT;
  options.threads = 4;
  OK(dlc_weights_create(toy_model(), 0, NULL, 0, &weights, &error));
  OK(dlc_context_create(weights, bounds, &options, &context, &error));
  unsigned seen = 0;
  int wrong = 0;
  /* As many rounds as it takes for another worker to come: on a busy machine the first may miss hundreds. */
  const time_t end = time(NULL) + 60;
  for (int round = 0; round < 400 || (!(seen & (seen - 1)) && time(NULL) < end); round++) {
    int64_t n = round % 5 ? round % 50 : N, dims[] = {0, n};
    memset(index, -1, sizeof(index));
    memset(worker, -1, sizeof(worker));
    OK(dlc_call(context, SPREAD, dims, arguments, &error));
    for (int64_t i = 0; i < n; i++) {
      wrong += index[i] != i || worker[i] < 0 || worker[i] > 3;
      seen |= 1u << (worker[i] & 31);
    }
    wrong += n < N && index[n] != -1;
    if (round % 50 == 49)
      usleep(2000); /* long enough for them to fall asleep */
  }
  CHECK(!wrong);
  CHECK(seen & (seen - 1)); /* not the caller alone */
  CHECK(dlc_context_destroy(context) == DLC_OK);
  CHECK(dlc_weights_destroy(weights) == DLC_OK);
}

static volatile sig_atomic_t signalled_main;
static pthread_t main_thread;
static void on_signal(int number) {
  (void)number;
  signalled_main += pthread_equal(pthread_self(), main_thread) ? 1 : 1000;
}
static void signals_go_to_the_program(void) {
  dlc_weights *weights;
  dlc_context *context;
  dlc_context_options options = DLC_CONTEXT_OPTIONS_INIT;
  struct sigaction action;
  sigset_t block, before, now;
  options.threads = 4;
  memset(&action, 0, sizeof(action));
  action.sa_handler = on_signal;
  main_thread = pthread_self();
  sigaction(SIGUSR1, &action, NULL);
  OK(dlc_weights_create(toy_model(), 0, NULL, 0, &weights, &error));
  OK(dlc_context_create(weights, bounds, &options, &context, &error));
  pthread_sigmask(SIG_BLOCK, NULL, &now);
  CHECK(!sigismember(&now, SIGUSR1));
  sigemptyset(&block);
  sigaddset(&block, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &block, &before);
  for (int i = 0; i < 20; i++) {
    kill(getpid(), SIGUSR1); /* no other thread takes it while this one cannot */
    usleep(100);
  }
  CHECK(signalled_main == 0);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  CHECK(signalled_main == 1);
  CHECK(dlc_context_destroy(context) == DLC_OK);
  CHECK(dlc_weights_destroy(weights) == DLC_OK);
}

/* --- Sharing weights --------------------------------------------------------
 */

static dlc_weights *shared[2];
static float scores[2][ROWS * CLASSES];
static int stop, wrong_answers, wrong_status, busy, answers;

static void *reader(void *argument) {
  int which = (int)(intptr_t)argument;
  dlc_error told = DLC_ERROR_INIT;
  dlc_context *context;
  float out[ROWS * CLASSES];
  int wrong = 0;
  if (dlc_context_create(shared[which], bounds, NULL, &context, &told))
    return __atomic_add_fetch(&wrong_status, 1, __ATOMIC_RELAXED), NULL;
  for (int i = 0; i < 2000; i++) {
    memset(out, 0, sizeof(out));
    wrong += predict(context, out, &told) != DLC_OK || memcmp(out, scores[which], sizeof(out)) != 0;
  }
  wrong += dlc_context_destroy(context) != DLC_OK;
  __atomic_add_fetch(&wrong_answers, wrong, __ATOMIC_RELAXED);
  return NULL;
}
static void sixteen_threads_on_two_weights(void) {
  pthread_t threads[16];
  for (int s = 0; s < 2; s++) {
    dlc_context *context;
    OK(dlc_weights_create(toy_model(), 0, NULL, 0, &shared[s], &error));
    OK(dlc_weights_initialise(shared[s], s + 1, &error));
    OK(dlc_context_create(shared[s], bounds, NULL, &context, &error));
    OK(predict(context, scores[s], &error));
    CHECK(dlc_context_destroy(context) == DLC_OK);
  }
  CHECK(memcmp(scores[0], scores[1], sizeof(scores[0])) != 0);
  for (int i = 0; i < 16; i++)
    pthread_create(&threads[i], NULL, reader, (void *)(intptr_t)(i % 2));
  for (int i = 0; i < 16; i++)
    pthread_join(threads[i], NULL);
  CHECK(!wrong_answers && !wrong_status);
  for (int s = 0; s < 2; s++)
    CHECK(dlc_weights_destroy(shared[s]) == DLC_OK);
}

/* While one thread trains and publishes, others read the published weights and
 * the trained ones: each answer belongs to some whole step. */
enum { STEPS = 300 };
static float whole[STEPS + 1][ROWS * CLASSES];
static int known(const float *out) {
  for (int s = 0; s <= STEPS; s++)
    if (!memcmp(out, whole[s], sizeof(whole[s])))
      return 1;
  return 0;
}
static void *watcher(void *argument) {
  int which = (int)(intptr_t)argument;
  dlc_error told = DLC_ERROR_INIT;
  dlc_context *context;
  float out[ROWS * CLASSES];
  if (dlc_context_create(shared[which], bounds, NULL, &context, &told))
    return __atomic_add_fetch(&wrong_status, 1, __ATOMIC_RELAXED), NULL;
  while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
    dlc_status status = predict(context, out, &told);
    if (status == DLC_BUSY && which == 0)
      __atomic_add_fetch(&busy, 1, __ATOMIC_RELAXED);
    else if (status)
      __atomic_add_fetch(&wrong_status, 1, __ATOMIC_RELAXED); /* the published weights are never busy */
    else if (!known(out))
      __atomic_add_fetch(&wrong_answers, 1, __ATOMIC_RELAXED);
    else
      __atomic_add_fetch(&answers, 1, __ATOMIC_RELAXED);
    if (which == 0)
      sched_yield();
  }
  if (dlc_context_destroy(context))
    __atomic_add_fetch(&wrong_status, 1, __ATOMIC_RELAXED);
  return NULL;
}
static void training_while_others_read(void) {
  pthread_t threads[4];
  dlc_context *trainer;
  float loss;
  for (int s = 0; s < 2; s++)
    OK(dlc_weights_create(toy_model(), 0, NULL, 0, &shared[s], &error));
  OK(dlc_context_create(shared[0], bounds, NULL, &trainer, &error));
  for (int s = 0; s <= STEPS; s++) {
    OK(predict(trainer, whole[s], &error));
    OK(train(trainer, &loss, &error));
  }
  OK(dlc_weights_initialise(shared[0], 0, &error));
  wrong_answers = wrong_status = 0;
  for (int i = 0; i < 4; i++)
    pthread_create(&threads[i], NULL, watcher, (void *)(intptr_t)(i % 2));
  int refused = 0;
  for (int s = 0; s < STEPS;) {
    dlc_error told = DLC_ERROR_INIT;
    dlc_status status = train(trainer, &loss, &told);
    s += status == DLC_OK;
    refused += status == DLC_BUSY;
    if (status && status != DLC_BUSY)
      ++wrong_status;
    status = dlc_weights_publish(shared[0], shared[1], &told);
    if (status && status != DLC_BUSY)
      ++wrong_status;
    if (s % 16 == 0)
      usleep(100);
  }
  while (__atomic_load_n(&answers, __ATOMIC_RELAXED) < 100)
    sched_yield();
  __atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
  for (int i = 0; i < 4; i++)
    pthread_join(threads[i], NULL);
  CHECK(!wrong_answers && !wrong_status);
  CHECK(answers >= 100);
  CHECK(dlc_weights_step(shared[0]) == STEPS);
  CHECK(dlc_context_destroy(trainer) == DLC_OK);
  for (int s = 0; s < 2; s++)
    CHECK(dlc_weights_destroy(shared[s]) == DLC_OK);
  fprintf(stderr, "%d answers, %d readers and %d trainers refused\n", answers, busy, refused);
}

/* --- Being refused, made certain by calling from inside a call ---------------
 */

static dlc_context *outer, *inner;
static int tried;
static void meddles(void *user, int64_t n, dlc_body body, void *arg) {
  float out[ROWS * CLASSES], loss;
  dlc_weights *weights = user, *copy;
  size_t bytes;
  serial(NULL, n, body, arg);
  ++tried;
  WANT(train(outer, &loss, &error), DLC_BUSY, "train_step: another call runs on this context");
  WANT(predict(inner, out, &error), DLC_BUSY, "predict: weights are being trained by another call");
  WANT(train(inner, &loss, &error), DLC_BUSY, "train_step: weights are in use by another call");
  WANT(dlc_weights_save(weights, "busy.safetensors", &error), DLC_BUSY, "weights are being trained");
  WANT(dlc_weights_save_memory(weights, NULL, &bytes, &error), DLC_BUSY, "weights are being trained");
  WANT(dlc_weights_copy(weights, &copy, &error), DLC_BUSY, "weights are being trained");
  WANT(dlc_weights_publish(weights, shared[1], &error), DLC_BUSY, "weights are being trained");
  WANT(dlc_weights_publish(shared[1], weights, &error), DLC_BUSY, "weights are being trained");
  WANT(dlc_weights_initialise(weights, 1, &error), DLC_BUSY, "weights are being trained");
  WANT(dlc_weights_set_seed(weights, 1, &error), DLC_BUSY, "weights are in use by a call");
  WANT(dlc_weights_set(weights, B, out, 12, &error), DLC_BUSY, "weights are in use by a call");
  WANT(dlc_weights_get(weights, B, out, 12, &error), DLC_BUSY, "weights are being trained");
  CHECK(dlc_context_destroy(outer) == DLC_BUSY);
  CHECK(dlc_weights_destroy(weights) == DLC_BUSY);
  CHECK(dlc_weights_step(weights) == 0);
}
static void whoever_meets_a_training_step(void) {
  float loss, out[ROWS * CLASSES];
  dlc_context *late;
  for (int s = 0; s < 2; s++)
    OK(dlc_weights_create(toy_model(), 0, NULL, 0, &shared[s], &error));
  dlc_context_options options = DLC_CONTEXT_OPTIONS_INIT;
  options.parallel_for = meddles;
  options.max_workers = 1;
  options.user = shared[0];
  OK(dlc_context_create(shared[0], bounds, &options, &outer, &error));
  OK(dlc_context_create(shared[0], bounds, NULL, &inner, &error));
  OK(train(outer, &loss, &error));
  CHECK(tried == 1);
  OK(predict(inner, out, &error));
  OK(dlc_context_create(shared[0], bounds, NULL, &late, &error));
  CHECK(dlc_context_destroy(late) == DLC_OK);
  CHECK(dlc_context_destroy(outer) == DLC_OK);
  CHECK(dlc_context_destroy(inner) == DLC_OK);
  for (int s = 0; s < 2; s++)
    CHECK(dlc_weights_destroy(shared[s]) == DLC_OK);
}

/* Weights are prepared by one context; another is told to come again. */
static void tries_to_predict(void) {
  float out[ROWS * CLASSES];
  ++tried;
  toy_on_prepare = NULL;
  WANT(predict(inner, out, &error), DLC_BUSY, "predict: another context is preparing the weights, which changed");
  WANT(predict(outer, out, &error), DLC_BUSY, "predict: another call runs on this context");
}
static void whoever_meets_preparing(void) {
  float loss, out[ROWS * CLASSES];
  OK(dlc_weights_create(toy_model(), 0, NULL, 0, &shared[0], &error));
  OK(dlc_context_create(shared[0], bounds, NULL, &outer, &error));
  OK(dlc_context_create(shared[0], bounds, NULL, &inner, &error));
  OK(train(outer, &loss, &error));
  tried = 0;
  toy_on_prepare = tries_to_predict;
  OK(predict(outer, out, &error));
  CHECK(tried == 1 && !toy_on_prepare);
  OK(predict(inner, out, &error));
  CHECK(dlc_context_destroy(outer) == DLC_OK);
  CHECK(dlc_context_destroy(inner) == DLC_OK);
  CHECK(dlc_weights_destroy(shared[0]) == DLC_OK);
}

/* Replacing weights under a call that runs: once at any time, again when that
 * call has ended. `user` says how. */
static char saved[4096];
static size_t saved_bytes = sizeof(saved);
static void replaces(void *user, int64_t n, dlc_body body, void *arg) {
  float out[ROWS * CLASSES];
  serial(NULL, n, body, arg);
  for (int again = 0; again < 2; again++) {
    dlc_status wanted = again ? DLC_BUSY : DLC_OK;
    const char *words = again ? "a call still runs on values replaced" : "";
    if (*(int *)user == 0)
      WANT(dlc_weights_publish(shared[1], shared[0], &error), wanted, words);
    else if (*(int *)user == 1)
      WANT(dlc_weights_load_memory(shared[0], saved, saved_bytes, &error), wanted, words);
    else
      WANT(dlc_weights_initialise(shared[0], 5, &error), wanted, words);
    OK(predict(inner, out, &error)); /* on what was published */
  }
  ++tried;
}
static void replacing_under_a_call(void) {
  static int64_t index[9], worker[9], token[9];
  static int8_t small[9];
  static uint8_t byte[9], flag[9];
  void *arguments[] = {index, worker, token, small, byte, flag};
  int64_t dims[] = {0, 9};
  int way;
  dlc_context_options options = DLC_CONTEXT_OPTIONS_INIT;
  options.parallel_for = replaces;
  options.max_workers = 1;
  options.user = &way;
  for (int s = 0; s < 2; s++)
    OK(dlc_weights_create(toy_model(), 0, NULL, 0, &shared[s], &error));
  OK(dlc_weights_save_memory(shared[1], saved, &saved_bytes, &error));
  OK(dlc_context_create(shared[0], bounds, &options, &outer, &error));
  OK(dlc_context_create(shared[0], bounds, NULL, &inner, &error));
  tried = 0;
  for (way = 0; way < 3; way++) {
    OK(dlc_call(outer, SPREAD, dims, arguments, &error));
    CHECK(index[8] == 8);
    OK(dlc_weights_publish(shared[1], shared[0], &error));
  }
  CHECK(tried == 3);
  CHECK(dlc_context_destroy(outer) == DLC_OK);
  CHECK(dlc_context_destroy(inner) == DLC_OK);
  for (int s = 0; s < 2; s++)
    CHECK(dlc_weights_destroy(shared[s]) == DLC_OK);
}

int main(void) {
  for (int i = 0; i < ROWS * PIXELS; i++)
    image[i] = (uint8_t)(i * 29);
  the_same_bits_however_loops_run();
  a_broken_loop_is_noticed();
  every_worker_computes_alike();
  every_index_once();
  signals_go_to_the_program();
  sixteen_threads_on_two_weights();
  training_while_others_read();
  whoever_meets_a_training_step();
  whoever_meets_preparing();
  replacing_under_a_call();
  return finish();
}
