/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Saving and loading: what comes back, and what a damaged, foreign or hostile
 * file is told. */
#include "Check.h"
#include "Toy.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static dlc_error error = DLC_ERROR_INIT;
static uint8_t image[ROWS * PIXELS];
static int32_t label[ROWS] = {0, 1, 2, 2, 1, 0, 0, 1};
static float loss;
static const int64_t bounds[] = {ROWS, 0};
static char good[8192];
static size_t good_bytes;

static dlc_weights *create(void) {
  dlc_weights *weights = NULL;
  OK(dlc_weights_create(toy_model(), 0, NULL, 0, &weights, &error));
  return weights;
}
static void train(dlc_weights *weights, int steps) {
  dlc_context *context;
  int64_t dims[] = {ROWS, 0};
  void *arguments[] = {image, label, NULL, &loss};
  OK(dlc_context_create(weights, bounds, NULL, &context, &error));
  for (int i = 0; i < steps; i++)
    OK(dlc_call(context, TRAIN, dims, arguments, &error));
  CHECK(dlc_context_destroy(context) == DLC_OK);
}
/* All values as the checkpoint writes them; equal bytes mean equal weights. */
static size_t bytes_of(dlc_weights *weights, char *to) {
  size_t bytes = sizeof(good);
  OK(dlc_weights_save_memory(weights, to, &bytes, &error));
  return bytes;
}
static int same(dlc_weights *a, dlc_weights *b) {
  static char x[sizeof(good)], y[sizeof(good)];
  size_t n = bytes_of(a, x);
  return n == bytes_of(b, y) && memcmp(x, y, n) == 0;
}
static int exists(const char *path) { return access(path, F_OK) == 0; }

static void round_trip(void) {
  dlc_weights *a = create(), *b = create(), *straight = create();
  OK(dlc_weights_initialise(a, -7, &error));
  OK(dlc_weights_initialise(straight, -7, &error));
  train(a, 3);
  CHECK(!same(a, b));
  OK(dlc_weights_save(a, "round.safetensors", &error));
  CHECK(!exists("round.safetensors.partial"));
  OK(dlc_weights_load(b, "round.safetensors", &error));
  CHECK(same(a, b) && dlc_weights_step(b) == 3 && dlc_weights_seed(b) == -7);
  /* Resuming goes on as if nothing had happened. */
  OK(dlc_weights_resume(b, "round.safetensors", &error));
  train(b, 4);
  train(straight, 7);
  CHECK(same(b, straight));
  /* Saving over a file replaces it. */
  OK(dlc_weights_save(b, "round.safetensors", &error));
  OK(dlc_weights_load(a, "round.safetensors", &error));
  CHECK(dlc_weights_step(a) == 7);

  size_t bytes = 0;
  OK(dlc_weights_save_memory(a, NULL, &bytes, &error));
  size_t room = bytes - 1;
  static char memory[sizeof(good)];
  memory[bytes - 1] = 'x';
  WANT(dlc_weights_save_memory(a, memory, &room, &error), DLC_BAD_ARGUMENT, "given room for");
  CHECK(room == bytes && memory[bytes - 1] == 'x');
  memory[bytes] = 'y';
  OK(dlc_weights_save_memory(a, memory, &room, &error));
  CHECK(memory[bytes] == 'y');
  FILE *file = fopen("round.safetensors", "rb");
  good_bytes = fread(good, 1, sizeof(good), file);
  fclose(file);
  CHECK(good_bytes == bytes && memcmp(good, memory, bytes) == 0);
  uint64_t header;
  memcpy(&header, good, 8);
  CHECK(header % 8 == 0 && bytes == 8 + header + 48 + 12 + 3 + 48 + 8);
  CHECK(dlc_weights_destroy(a) == DLC_OK);
  CHECK(dlc_weights_destroy(b) == DLC_OK);
  CHECK(dlc_weights_destroy(straight) == DLC_OK);
}

/* Any bit of a small file, flipped: refused in words, or of no effect. */
static void every_flipped_bit(void) {
  dlc_weights *weights = create(), *loaded = create(), *untouched = create();
  OK(dlc_weights_load_memory(loaded, good, good_bytes, &error));
  int refused = 0, harmless = 0;
  for (size_t at = 0; at < good_bytes; at++)
    for (int bit = 0; bit < 8; bit++) {
      good[at] ^= (char)(1 << bit);
      dlc_status status = dlc_weights_load_memory(weights, good, good_bytes, &error);
      good[at] ^= (char)(1 << bit);
      if (status) {
        refused++;
        CHECK(status == DLC_BAD_FILE && error.message[0]);
        if (at % 64 == 0 && !bit)
          CHECK(same(weights, untouched));
      } else {
        harmless++;
        fprintf(stderr, "harmless flip of bit %d at byte %zu\n", bit, at);
        CHECK(same(weights, loaded));
        OK(dlc_weights_initialise(weights, 0, &error));
      }
    }
  CHECK(same(weights, untouched));
  CHECK(refused == (int)good_bytes * 8 && !harmless);
  for (size_t length = 0; length < good_bytes; length++)
    CHECK(dlc_weights_load_memory(weights, good, length, &error) == DLC_BAD_FILE);
  CHECK(same(weights, untouched));
  CHECK(dlc_weights_destroy(weights) == DLC_OK);
  CHECK(dlc_weights_destroy(loaded) == DLC_OK);
  CHECK(dlc_weights_destroy(untouched) == DLC_OK);
}

/* A file from a header's text, with `data` bytes of zeros behind it. */
static size_t compose(char *to, const char *header, size_t data) {
  uint64_t length = strlen(header);
  memcpy(to, &length, 8);
  memcpy(to + 8, header, length);
  memset(to + 8 + length, 0, data);
  return 8 + length + data;
}

#define W_ENTRY "\"w\":{\"dtype\":\"F32\",\"shape\":[4,3],\"data_offsets\":[0,48]}"
#define B_ENTRY "\"b\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[48,60]}"
#define MASK_ENTRY "\"mask\":{\"dtype\":\"BOOL\",\"shape\":[3],\"data_offsets\":[60,63]}"
#define ALL W_ENTRY "," B_ENTRY "," MASK_ENTRY

static void hostile(void) {
  static const struct {
    const char *header, *words;
    size_t data;
  } cases[] = {
      {"", "expected '{'", 0},
      {"[]", "expected '{'", 0},
      {"{", "expected '\"'", 0},
      {"{}", "it has no tensor 'w', which model toy needs", 0},
      {"{" ALL "}x", "expected nothing after the header", 63},
      {"{" ALL ",}", "expected '\"'", 63},
      {"{" ALL, "expected '}'", 63},
      {"{" W_ENTRY "," W_ENTRY "}", "tensor 'w' is there twice", 63},
      {"{\"w\":{\"dtype\":\"F32\",\"shape\":[4,3],\"data_offsets\":[0,48],"
       "\"more\":1}}",
       "each once", 48},
      {"{\"w\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[4,3],\"data_"
       "offsets\":[0,48]}}",
       "each once", 48},
      {"{\"w\":{\"dtype\":\"F32\",\"shape\":[4,3]}}", "each once", 48},
      {"{\"w\":{}}", "dtype, shape and data_offsets of tensor 'w'", 48},
      {"{\"w\":[]}", "expected '{'", 48},
      {"{\"w\":{\"dtype\":\"F64\",\"shape\":[4,3],\"data_offsets\":[0,48]}}",
       "tensor 'w' is 'F64' [4x3], expected 'F32' [4x3]", 48},
      {"{\"w\":{\"dtype\":\"F32\",\"shape\":[3,4],\"data_offsets\":[0,48]}}", "is 'F32' [3x4], expected 'F32' [4x3]",
       48},
      {"{\"w\":{\"dtype\":\"F32\",\"shape\":[12],\"data_offsets\":[0,48]}}", "is 'F32' [12]", 48},
      {"{\"w\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,48]}}", "is 'F32' []", 48},
      {"{\"w\":{\"dtype\":\"F32\",\"shape\":[4,3],\"data_offsets\":[0,47]}}", "has 47 bytes, its shape needs 48", 48},
      {"{\"w\":{\"dtype\":\"F32\",\"shape\":[4,3],\"data_offsets\":[48,0]}}", "an end that is not before", 48},
      {"{\"w\":{\"dtype\":\"F32\",\"shape\":[4,-3],\"data_offsets\":[0,48]}}", "a number without sign", 48},
      {"{\"w\":{\"dtype\":\"F32\",\"shape\":[4,3.0],\"data_offsets\":[0,48]}}", "expected ']'", 48},
      {"{\"w\":{\"dtype\":\"F32\",\"shape\":[4,03],\"data_offsets\":[0,48]}}", "leading zeros", 48},
      {"{\"w\":{\"dtype\":\"F32\",\"shape\":[4,18446744073709551616],\"data_"
       "offsets\":[0,48]}}",
       "below 2^64", 48},
      {"{\"w\":{\"dtype\":\"F32\",\"shape\":[4,9223372036854775808],\"data_"
       "offsets\":[0,48]}}",
       "below 2^63", 48},
      {"{\"w\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]"
       ",\"data_offsets\":[0,4]}}",
       "at most 16 extents", 4},
      {"{\"w\":{\"dtype\":\"F32\",\"shape\":[4,3],\"data_offsets\":["
       "18446744073709551568,18446744073709551615]}}",
       "has 47 bytes", 48},
      {"{\"w\":{\"dtype\":\"F32\",\"shape\":[4,3],\"data_offsets\":["
       "18446744073709551567,18446744073709551615]}}",
       "tensor 'w' begins at byte 18446744073709551567", 48},
      {"{" W_ENTRY ",\"b\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":["
       "44,56]}," MASK_ENTRY "}",
       "tensor 'b' begins at byte 44 of the data, expected 48", 63},
      {"{" W_ENTRY ",\"b\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[52,64]}}",
       "tensor 'b' begins at byte 52 of the data, expected 48", 64},
      {"{" ALL "}", "its tensors need 63 bytes of data, it has 64", 64},
      {"{" ALL "}", "its tensors need 63 bytes of data, it has 62: it is cut short", 62},
      {"{" W_ENTRY "," B_ENTRY "}", "it has no tensor 'mask', which model toy needs", 60},
      {"{" ALL ",\"w2\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[63,67]}}",
       "tensor 'w2' is not one of model toy", 67},
      {"{" ALL ",\"adam.m/"
       "w2\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[63,67]}}",
       "tensor 'adam.m/w2' is not one of model toy", 67},
      {"{" ALL ",\"a\x1b[2J\":{}}", "no control character in a string", 63},
      {"{" ALL ",\"a\xc2\x9b"
       "2J\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[63,67]}}",
       "tensor 'a?2J' is not", 67},
      {"{\"\\x\":{}}", "an escape of JSON", 0},
      {"{\"\\u12g4\":{}}", "four hexadecimal digits", 0},
      {"{\"\\u12", "four hexadecimal digits", 0},
      {"{\"w\\", "an escape of JSON", 0},
      {"{\"w", "the end of a string", 0},
      {"{\"__metadata__\":{},\"__metadata__\":{}," ALL "}", "__metadata__ once", 63},
      {"{\"__metadata__\":[]," ALL "}", "expected '{'", 63},
      {"{\"__metadata__\":{\"a\":1}," ALL "}", "expected '\"'", 63},
      {"{\"__metadata__\":{\"dlc.format\":\"2\"}," ALL "}", "it has checkpoint format 2, this library reads up to 1",
       63},
      {"{\"__metadata__\":{\"dlc.format\":\"1\"}," ALL "}", "its metadata is incomplete", 63},
      {"{\"__metadata__\":{\"dlc.format\":\"one\"}," ALL "}", "metadata 'dlc.format' is 'one'", 63},
      {"{\"__metadata__\":{\"dlc.step\":\"-1\"}," ALL "}", "metadata 'dlc.step' is '-1'", 63},
      {"{\"__metadata__\":{\"dlc.seed\":\"9223372036854775808\"}," ALL "}", "metadata 'dlc.seed'", 63},
      {"{\"__metadata__\":{\"dlc.step\":\"1\",\"dlc.step\":\"1\"}," ALL "}", "metadata 'dlc.step'", 63},
      {"{\"__metadata__\":{\"dlc.header\":\"12\"}," ALL "}", "metadata 'dlc.header'", 63},
      {"{\"__metadata__\":{\"dlc.format\":\"1\",\"dlc.step\":\"1\",\"dlc."
       "seed\":\"0\",\"dlc.header\":\"0000000000000000\"}," ALL "}",
       "the checksum of its header differs", 63},
  };
  dlc_weights *weights = create(), *untouched = create();
  static char file[4096];
  for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
    size_t bytes = compose(file, cases[i].header, cases[i].data);
    WANT(dlc_weights_load_memory(weights, file, bytes, &error), DLC_BAD_FILE, cases[i].words);
    CHECK(same(weights, untouched));
  }
  uint64_t lengths[] = {UINT64_MAX, UINT64_MAX - 7, (uint64_t)1 << 63, 100000001, 4096 - 7};
  for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
    memcpy(file, &lengths[i], 8);
    WANT(dlc_weights_load_memory(weights, file, sizeof(file), &error), DLC_BAD_FILE, "the header is said to have");
  }
  WANT(dlc_weights_load_memory(weights, file, 7, &error), DLC_BAD_FILE, "has at least 8 bytes, this one has 7");
  /* A million brackets are a wrong byte, not a stack overflow. */
  size_t deep = 1 << 20;
  char *brackets = malloc(deep);
  memset(brackets, '{', deep);
  uint64_t length = deep - 8;
  memcpy(brackets, &length, 8);
  WANT(dlc_weights_load_memory(weights, brackets, deep, &error), DLC_BAD_FILE, "header byte 1: expected '\"'");
  free(brackets);
  /* More tensors than any checkpoint of the model has are not looked up. */
  char *many = malloc(1 << 16);
  size_t at = (size_t)sprintf(many, "{" ALL);
  for (int i = 0; i < 200; i++)
    at += (size_t)sprintf(many + at,
                          ",\"o%d.s/"
                          "w\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[63,63]}",
                          i);
  sprintf(many + at, "}");
  char *crowd = malloc(1 << 17);
  WANT(dlc_weights_load_memory(weights, crowd, compose(crowd, many, 63), &error), DLC_BAD_FILE,
       "it has more than 96 tensors, model toy has 5");
  free(many);
  free(crowd);
  CHECK(same(weights, untouched));
  WANT(dlc_weights_load_memory(weights, NULL, 5, &error), DLC_BAD_ARGUMENT, "no checkpoint given");
  WANT(dlc_weights_load_memory(NULL, file, 5, &error), DLC_BAD_ARGUMENT, "weights is NULL");
  CHECK(dlc_weights_destroy(weights) == DLC_OK);
  CHECK(dlc_weights_destroy(untouched) == DLC_OK);
}

/* Files that other programs write: any order, any spelling of JSON, no
 * metadata. */
static void weights_alone(void) {
  dlc_weights *weights = create();
  static char file[4096];
  float w[PIXELS * CLASSES], v[PIXELS * CLASSES], zero[PIXELS * CLASSES] = {0}, b[CLASSES] = {9, 9, 9};
  size_t bytes = compose(file,
                         " { \"mask\" "
                         ":{\"shape\":[3],\"dtype\":\"BOOL\",\n\"data_offsets\":[60,63]},\r\n"
                         "\"__metadata__\":{\"format\":\"pt\"}, "
                         "\"\\u0077\":{\"dtype\":\"F32\",\"shape\":[4 , 3],"
                         "\"data_offsets\":[0,48]},\"b\":{\"dtype\":\"F32\",\"shape\":[3],\"data_"
                         "offsets\":[48,60]},"
                         "\"adam.m\\/"
                         "w\":{\"dtype\":\"F32\",\"shape\":[7],\"data_offsets\":[63,91]}}  ",
                         91);
  train(weights, 2);
  OK(dlc_weights_set_seed(weights, 5, &error));
  OK(dlc_weights_load_memory(weights, file, bytes, &error));
  OK(dlc_weights_get(weights, W, w, sizeof(w), &error));
  OK(dlc_weights_get(weights, V, v, sizeof(v), &error));
  CHECK(memcmp(w, zero, sizeof(w)) == 0 && memcmp(v, zero, sizeof(v)) == 0);
  CHECK(dlc_weights_step(weights) == 0 && dlc_weights_seed(weights) == 5);
  FILE *out = fopen("alone.safetensors", "wb");
  fwrite(file, 1, bytes, out);
  fclose(out);
  OK(dlc_weights_load(weights, "alone.safetensors", &error));
  WANT(dlc_weights_resume(weights, "alone.safetensors", &error), DLC_BAD_FILE,
       "'alone.safetensors': it has no metadata of dlc, so training cannot "
       "resume from it");
  /* An i1 is 0 or 1 in a file too. */
  file[bytes - 91 + 62] = 2;
  OK(dlc_weights_set(weights, B, b, sizeof(b), &error));
  WANT(dlc_weights_load_memory(weights, file, bytes, &error), DLC_BAD_VALUE, "parameter 'mask' holds 2 at position 2");
  OK(dlc_weights_get(weights, B, b, sizeof(b), &error));
  CHECK(b[0] == 9);
  CHECK(dlc_weights_destroy(weights) == DLC_OK);
}

/* Libraries of the same parameters with other optimizers read each other's
 * files. */
static void other_libraries(void) {
  dlc_model without = toy_changed(), partly = toy_changed(), renamed = toy_changed();
  without.parameter_count = 3;
  partly.parameter_count = 4;
  renamed.name = "other";
  struct dlc_parameter parameters[5];
  memcpy(parameters, renamed.parameters, sizeof(parameters));
  parameters[B].name = "bias \"1\"\n\xc3\xa9";
  renamed.parameters = parameters;
  dlc_weights *toy = create(), *inference, *half, *other;
  OK(dlc_weights_create(&without, 0, NULL, 0, &inference, &error));
  OK(dlc_weights_create(&partly, 0, NULL, 0, &half, &error));
  OK(dlc_weights_create(&renamed, 0, NULL, 0, &other, &error));
  static char file[8192];
  float a[PIXELS * CLASSES], b[PIXELS * CLASSES];
  train(toy, 2);
  size_t bytes = bytes_of(toy, file);
  OK(dlc_weights_load_memory(inference, file, bytes, &error)); /* the slot is of no use to it */
  OK(dlc_weights_get(inference, W, a, sizeof(a), &error));
  OK(dlc_weights_get(toy, W, b, sizeof(b), &error));
  CHECK(memcmp(a, b, sizeof(a)) == 0 && dlc_weights_step(inference) == 2);

  bytes = bytes_of(inference, file);
  OK(dlc_weights_load_memory(toy, file, bytes, &error)); /* no slots: weights alone */
  CHECK(dlc_weights_step(toy) == 0);
  OK(dlc_weights_save(inference, "inference.safetensors", &error));
  WANT(dlc_weights_resume(toy, "inference.safetensors", &error), DLC_BAD_FILE, "it has no slot ");
  bytes = bytes_of(half, file);
  WANT(dlc_weights_load_memory(toy, file, bytes, &error), DLC_BAD_FILE,
       "it has slot 'momentum.v/w' but not 'calls': the optimizer's state is "
       "incomplete");
  /* A name that needs escapes comes back as it was, and another model is named.
   */
  bytes = bytes_of(other, file);
  WANT(dlc_weights_load_memory(toy, file, bytes, &error), DLC_BAD_FILE,
       "is not one of model toy (the file is of model 'other')");
  OK(dlc_weights_load_memory(other, file, bytes, &error));
  CHECK(dlc_weights_destroy(toy) == DLC_OK);
  CHECK(dlc_weights_destroy(half) == DLC_OK);
  CHECK(dlc_weights_destroy(other) == DLC_OK);
  CHECK(dlc_weights_destroy(inference) == DLC_OK);
}

static void the_system_refuses(void) {
  dlc_weights *weights = create();
  struct rlimit limit, small;
  mkdir("folder", 0777);
  WANT(dlc_weights_load(weights, "missing.safetensors", &error), DLC_IO,
       "cannot open 'missing.safetensors': no such file or folder");
  WANT(dlc_weights_load(weights, "folder", &error), DLC_BAD_FILE, "'folder' is not a regular file");
  WANT(dlc_weights_load(weights, "/dev/zero", &error), DLC_BAD_FILE, "'/dev/zero' is not a regular file");
  WANT(dlc_weights_load(weights, "round.safetensors/x", &error), DLC_IO, "a part of the path is not a folder");
  WANT(dlc_weights_save(weights, "missing/x.safetensors", &error), DLC_IO,
       "cannot write 'missing/x.safetensors': no such file or folder");
  WANT(dlc_weights_save(weights, "folder", &error), DLC_IO, "it exists and is not a regular file");
  WANT(dlc_weights_save(weights, "/dev/null", &error), DLC_IO, "it exists and is not a regular file");
  WANT(dlc_weights_save(weights, NULL, &error), DLC_BAD_ARGUMENT, "path is NULL");
  WANT(dlc_weights_load(weights, NULL, &error), DLC_BAD_ARGUMENT, "no checkpoint given");
  mkfifo("pipe", 0666);
  WANT(dlc_weights_load(weights, "pipe", &error), DLC_BAD_FILE, "'pipe' is not a regular file");
  WANT(dlc_weights_load(weights, "bad\nname\x1b[31m", &error), DLC_IO, "cannot open 'bad?name?[31m'");

  /* The disk is full: the old file stays, nothing is left beside it, and the
   * signal that the limit raises does not end the program. */
  OK(dlc_weights_save(weights, "full.safetensors", &error));
  getrlimit(RLIMIT_FSIZE, &limit);
  train(weights, 1);
  for (rlim_t most = 0; most < good_bytes; most += 97) {
    small = limit;
    small.rlim_cur = most;
    setrlimit(RLIMIT_FSIZE, &small);
    dlc_status status = dlc_weights_save(weights, "full.safetensors", &error);
    setrlimit(RLIMIT_FSIZE, &limit);
    CHECK(status == DLC_IO && strstr(error.message, "cannot write 'full.safetensors': file too large"));
    CHECK(!exists("full.safetensors.partial"));
  }
  sigset_t blocked, pending;
  sigpending(&pending);
  pthread_sigmask(SIG_BLOCK, NULL, &blocked);
  CHECK(!sigismember(&pending, SIGXFSZ) && !sigismember(&blocked, SIGXFSZ));
  dlc_weights *old = create(), *fresh = create();
  OK(dlc_weights_load(old, "full.safetensors", &error));
  CHECK(same(old, fresh));

  /* What a killed save left is used again; one under way is not disturbed; a
   * link is not followed. */
  FILE *stale = fopen("full.safetensors.partial", "wb");
  fputs("left over, and longer than nothing", stale);
  fclose(stale);
  OK(dlc_weights_save(weights, "full.safetensors", &error));
  OK(dlc_weights_load(old, "full.safetensors", &error));
  CHECK(same(old, weights));
  int other = open("full.safetensors.partial", O_WRONLY | O_CREAT, 0666);
  flock(other, LOCK_EX);
  WANT(dlc_weights_save(weights, "full.safetensors", &error), DLC_BUSY,
       "another save to 'full.safetensors' is under way");
  CHECK(exists("full.safetensors.partial"));
  close(other);
  OK(dlc_weights_save(weights, "full.safetensors", &error));
  CHECK(symlink("round.safetensors", "full.safetensors.partial") == 0);
  WANT(dlc_weights_save(weights, "full.safetensors", &error), DLC_IO, "too many symbolic links");
  unlink("full.safetensors.partial");
  CHECK(link("round.safetensors", "full.safetensors.partial") == 0);
  WANT(dlc_weights_save(weights, "full.safetensors", &error), DLC_IO, "it is not a file of its own");
  unlink("full.safetensors.partial");
  OK(dlc_weights_load(old, "round.safetensors", &error));
  CHECK(dlc_weights_destroy(old) == DLC_OK);
  CHECK(dlc_weights_destroy(fresh) == DLC_OK);
  CHECK(dlc_weights_destroy(weights) == DLC_OK);
}

/* A file of each format version that was ever written still loads. */
static void committed_formats(const char *folder) {
  char path[1024];
  dlc_weights *weights = create(), *expected = create();
  train(expected, 2);
  snprintf(path, sizeof(path), "%s/format-1.safetensors", folder);
  if (getenv("DLC_TEST_BLESS"))
    OK(dlc_weights_save(expected, path, &error));
  OK(dlc_weights_resume(weights, path, &error));
  CHECK(same(weights, expected));
  CHECK(dlc_weights_destroy(weights) == DLC_OK);
  CHECK(dlc_weights_destroy(expected) == DLC_OK);
}

int main(int argc, char **argv) {
  for (int i = 0; i < ROWS * PIXELS; i++)
    image[i] = (uint8_t)(i * 29);
  char folder[64] = "checkpoints-XXXXXX";
  CHECK(argc == 2);
  char *formats = realpath(argv[1], NULL);
  CHECK(mkdtemp(folder) && !chdir(folder));
  errno = 99;
  round_trip();
  every_flipped_bit();
  hostile();
  weights_alone();
  other_libraries();
  the_system_refuses();
  committed_formats(formats);
  free(formats);
  CHECK(!chdir(".."));
  char command[128];
  snprintf(command, sizeof(command), "rm -r %s", folder);
  CHECK(!system(command));
  return finish();
}
