/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* dlc_shuffle: a permutation, the same everywhere and forever. */
#include "Check.h"
#include <stdlib.h>

static int is_permutation(const int64_t *order, int64_t n) {
  char *seen = calloc((size_t)n, 1);
  int64_t found = 0;
  for (int64_t i = 0; i < n; i++)
    if (order[i] >= 0 && order[i] < n && !seen[order[i]]++)
      found++;
  free(seen);
  return found == n;
}

int main(void) {
  enum { N = 10007 };
  static int64_t a[N], b[N];
  /* tools that shuffle elsewhere (Python) are held to these */
  static const int64_t zero[10] = {4, 5, 9, 1, 2, 6, 3, 8, 7, 0}, other[10] = {0, 7, 6, 2, 3, 4, 5, 1, 8, 9};
  dlc_shuffle(0, 0, 10, a);
  CHECK(memcmp(a, zero, sizeof(zero)) == 0);
  dlc_shuffle(0x123456789abcdef0, 7, 10, a);
  CHECK(memcmp(a, other, sizeof(other)) == 0);
  for (int64_t n = 1; n < 200; n++) {
    dlc_shuffle(5, n, n, a);
    CHECK(is_permutation(a, n));
  }
  dlc_shuffle(1, 0, N, a);
  CHECK(is_permutation(a, N));
  dlc_shuffle(1, 0, N, b);
  CHECK(memcmp(a, b, sizeof(a)) == 0);
  dlc_shuffle(1, 1, N, b);
  CHECK(memcmp(a, b, sizeof(a)) != 0);
  dlc_shuffle(2, 0, N, b);
  CHECK(memcmp(a, b, sizeof(a)) != 0);
  /* No position prefers a value: of 6000 epochs each of 6 values comes first in
   * 1000, give or take five standard deviations (29 each). */
  int count[6][6] = {{0}};
  for (int64_t epoch = 0; epoch < 6000; epoch++) {
    dlc_shuffle(77, epoch, 6, a);
    for (int i = 0; i < 6; i++)
      count[i][a[i]]++;
  }
  for (int i = 0; i < 6; i++)
    for (int k = 0; k < 6; k++)
      CHECK(count[i][k] > 855 && count[i][k] < 1145);
  dlc_shuffle(1, 1, 0, NULL);
  dlc_shuffle(1, 1, -1, a);
  dlc_shuffle(1, 1, 5, NULL);
  return finish();
}
