/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* A trainer that saves every step is killed at ten random steps, at moments it
 * cannot foresee; each time another resumes from the file. The end has the bytes
 * of a run that was never disturbed. */
#include "Check.h"
#include "Toy.h"
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { STEPS = 200, KILLS = 10, LONGEST = 14, AHEAD = 4 };
static dlc_error error = DLC_ERROR_INIT;
static const char *path = "kill.safetensors";

/* Resumes if there is a file, and trains to the end, saving all the time. Says
 * so at each step, and waits for its death after `most` of them: however late the
 * signal comes, no run ends before it. */
static void train_to_end(int save, int report, int most) {
  dlc_weights *weights;
  dlc_context *context;
  int64_t bounds[] = {ROWS, 0}, dims[] = {ROWS, 0}, order[ROWS], ordered = -1;
  uint8_t image[ROWS * PIXELS];
  int32_t label[ROWS];
  float loss;
  void *arguments[] = {image, label, NULL, &loss};
  OK(dlc_weights_create(toy_model(), 0, NULL, 0, &weights, &error));
  OK(dlc_context_create(weights, bounds, NULL, &context, &error));
  if (save && access(path, F_OK) == 0)
    OK(dlc_weights_resume(weights, path, &error));
  for (int64_t step = dlc_weights_step(weights); step < STEPS; step++) {
    if (ordered != step / 4)
      dlc_shuffle(3, ordered = step / 4, ROWS, order);
    for (int i = 0; i < ROWS; i++) {
      label[i] = (int32_t)(order[i] % CLASSES);
      for (int p = 0; p < PIXELS; p++)
        image[i * PIXELS + p] = (uint8_t)(order[i] * 31 + p * 7 + step % 4);
    }
    if (report >= 0)
      CHECK(write(report, "", 1) == 1);
    OK(dlc_call(context, TRAIN, dims, arguments, &error));
    if (save)
      OK(dlc_weights_save(weights, path, &error));
    while (--most == 0)
      pause();
  }
  if (!save)
    OK(dlc_weights_save(weights, "straight.safetensors", &error));
  CHECK(dlc_context_destroy(context) == DLC_OK);
  CHECK(dlc_weights_destroy(weights) == DLC_OK);
}

static size_t read_all(const char *name, char *to, size_t room) {
  FILE *file = fopen(name, "rb");
  size_t n = file ? fread(to, 1, room, file) : 0;
  if (file)
    fclose(file);
  return n;
}

static uint32_t draw(uint32_t below) {
  static uint32_t state;
  state = (state ? state : (uint32_t)time(NULL)) * 1664525 + 1013904223;
  return (state >> 8) % below;
}

int main(void) {
  unlink(path);
  train_to_end(0, -1, 0);
  int killed = 0, status = 0;
  while (1) {
    int steps[2], target = killed < KILLS ? 1 + (int)draw(LONGEST) : 0;
    char byte;
    CHECK(pipe(steps) == 0);
    pid_t child = fork();
    if (child == 0) {
      train_to_end(1, steps[1], target ? target + AHEAD : 0);
      _exit(failures != 0);
    }
    close(steps[1]);
    if (target) {
      for (int i = 0; i < target; i++)
        CHECK(read(steps[0], &byte, 1) == 1);
      usleep(draw(1000)); /* in the step, in the save, between two */
      kill(child, SIGKILL);
    } else {
      while (read(steps[0], &byte, 1) == 1) {
      }
    }
    close(steps[0]);
    waitpid(child, &status, 0);
    if (!target)
      break;
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    ++killed;
    /* Whatever the moment, the file is whole. */
    dlc_weights *weights;
    OK(dlc_weights_create(toy_model(), 0, NULL, 0, &weights, &error));
    if (access(path, F_OK) == 0)
      OK(dlc_weights_resume(weights, path, &error));
    fprintf(stderr, "killed at step %d of a run, %d are saved\n", target, (int)dlc_weights_step(weights));
    CHECK(dlc_weights_step(weights) < STEPS);
    CHECK(dlc_weights_destroy(weights) == DLC_OK);
  }
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  static char a[4096], b[4096];
  size_t n = read_all("straight.safetensors", a, sizeof(a));
  CHECK(n > 0 && n == read_all(path, b, sizeof(b)) && memcmp(a, b, n) == 0);
  return finish();
}
