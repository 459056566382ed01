/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Checks that say what was seen and go on, and the one way a test ends. */
#ifndef DLC_TEST_CHECK_H
#define DLC_TEST_CHECK_H
#include "dlc/runtime.h"
#include <stdio.h>
#include <string.h>

static int failures, checks;

#define CHECK(condition)                                                                                               \
  do {                                                                                                                 \
    ++checks;                                                                                                          \
    if (!(condition)) {                                                                                                \
      ++failures;                                                                                                      \
      fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__, #condition);                                        \
    }                                                                                                                  \
  } while (0)

/* The call succeeds; `error` is what was passed to it. */
#define OK(call) WANT(call, DLC_OK, "")

/* The call returns `status`, the error holds it, and its message contains
 * `words`. */
#define WANT(call, status, words)                                                                                      \
  do {                                                                                                                 \
    dlc_status got = (call);                                                                                           \
    ++checks;                                                                                                          \
    if (got != (status) || error.code != got || !strstr(error.message, words) ||                                       \
        (got == DLC_OK && error.message[0])) {                                                                         \
      ++failures;                                                                                                      \
      fprintf(stderr, "%s:%d: %s\n  got  %s: %s\n  want %s: %s\n", __FILE__, __LINE__, #call, dlc_status_name(got),    \
              error.message, dlc_status_name(status), words);                                                          \
    }                                                                                                                  \
  } while (0)

static inline int finish(void) {
  if (!checks)
    ++failures;
  fprintf(stderr, "%d checks, %d failed\n", checks, failures);
  return failures != 0;
}
#endif
