/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* The reflective C API of compiled models: what the typed header of a model
 * stands on, and what tools and other languages call.
 *
 *   dlc_model    the constant description of a library: functions, shapes, code
 *   dlc_weights  parameters, optimizer state, step and seed; shared by contexts
 *   dlc_context  the memory and threads of one caller, made for upper bounds
 *
 * Every function that can fail returns a dlc_status and takes a dlc_error last
 * (NULL: the words are not wanted). A call that fails writes nothing but the
 * error, with the two exceptions named at dlc_call. Nothing is printed, no
 * environment variable is read, errno and the floating-point control register
 * are as before the call.
 *
 * Needs C99 or C++17. The symbols carry DLC_ABI, so that libraries of two
 * versions can live in one program. */
#ifndef DLC_RUNTIME_H
#define DLC_RUNTIME_H
#include "dlc/abi.h"
#include "dlc/dlpack.h"
#include <stddef.h>
#include <stdint.h>

#define dlc_status_name dlc_status_name_v1
#define dlc_model_check dlc_model_check_v1
#define dlc_model_find dlc_model_find_v1
#define dlc_model_variant dlc_model_variant_v1
#define dlc_memory dlc_memory_v1
#define dlc_shapes_of dlc_shapes_of_v1
#define dlc_weights_create dlc_weights_create_v1
#define dlc_weights_destroy dlc_weights_destroy_v1
#define dlc_weights_initialise dlc_weights_initialise_v1
#define dlc_weights_load dlc_weights_load_v1
#define dlc_weights_resume dlc_weights_resume_v1
#define dlc_weights_save dlc_weights_save_v1
#define dlc_weights_load_memory dlc_weights_load_memory_v1
#define dlc_weights_save_memory dlc_weights_save_memory_v1
#define dlc_weights_copy dlc_weights_copy_v1
#define dlc_weights_publish dlc_weights_publish_v1
#define dlc_weights_step dlc_weights_step_v1
#define dlc_weights_seed dlc_weights_seed_v1
#define dlc_weights_set_seed dlc_weights_set_seed_v1
#define dlc_weights_get dlc_weights_get_v1
#define dlc_weights_set dlc_weights_set_v1
#define dlc_weights_model dlc_weights_model_v1
#define dlc_context_create dlc_context_create_v1
#define dlc_context_destroy dlc_context_destroy_v1
#define dlc_context_variant dlc_context_variant_v1
#define dlc_context_model dlc_context_model_v1
#define dlc_call dlc_call_v1
#define dlc_call_dlpack dlc_call_dlpack_v1
#define dlc_shuffle dlc_shuffle_v1

/* Functions that neither allocate, lock nor make a system call when they run
 * on a context without threads of its own say so where the compiler checks it.
 */
#if defined(__clang__) && defined(__has_attribute)
#if __has_attribute(nonblocking)
#define DLC_NONBLOCKING __attribute__((nonblocking))
#endif
#endif
#ifndef DLC_NONBLOCKING
#define DLC_NONBLOCKING
#endif
/* The archive's symbols are hidden in what they are linked into; the shared
 * runtime is built with DLC_API exporting them. */
#ifndef DLC_API
#define DLC_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* --- Errors ------------------------------------------------------------- */

/* What went wrong; the values are never renumbered. */
enum {
  DLC_OK = 0,
  /* Held by another call now, try again: nothing is broken. */
  DLC_BUSY = 1,
  /* A pointer, index or option that cannot be meant. */
  DLC_BAD_ARGUMENT = 2,
  /* An extent or a dimension departs from what is declared. */
  DLC_BAD_SHAPE = 3,
  /* An element type departs from what is declared. */
  DLC_BAD_TYPE = 4,
  /* A label, token or index out of range. */
  DLC_BAD_VALUE = 5,
  /* Strides not dense, address not aligned, or an output overlaps. */
  DLC_BAD_LAYOUT = 6,
  /* The tensor is in memory that the context cannot reach. */
  DLC_BAD_DEVICE = 7,
  /* The checkpoint is damaged, hostile, or of another model. */
  DLC_BAD_FILE = 8,
  /* The operating system refused to read or write. */
  DLC_IO = 9,
  DLC_NO_MEMORY = 10,
  /* Header, library and runtime do not belong together. */
  DLC_VERSION = 11,
  /* No variant of the library runs on this processor. */
  DLC_UNSUPPORTED_CPU = 12,
  /* The library was compiled without this ability. */
  DLC_UNSUPPORTED = 13,
  /* The weights are external and none are loaded yet. */
  DLC_NO_WEIGHTS = 14,
  /* There is no GPU, or none that runs the library's code. */
  DLC_NO_DEVICE = 15,
  /* The GPU's driver is older than the library's code needs. */
  DLC_OLD_DRIVER = 16,
  /* The GPU or its driver failed, in its own words. */
  DLC_DEVICE_FAILED = 17,
};
typedef int32_t dlc_status;

/* The caller's; filled by the call it is passed to: `code` is what the call
 * returned, `message` one line without a final period, "" on success. */
typedef struct dlc_error {
  uint32_t size; /* sizeof(dlc_error) */
  int32_t code;
  char message[504];
} dlc_error;
#ifdef __cplusplus
#define DLC_ERROR_INIT {sizeof(dlc_error), 0, ""}
#else
#define DLC_ERROR_INIT {sizeof(dlc_error), 0, {0}}
#endif

/* "DLC_BAD_SHAPE"; "unknown" for a value this runtime does not know. */
DLC_API const char *dlc_status_name(dlc_status status) DLC_NONBLOCKING;

/* --- Models ------------------------------------------------------------- */

typedef struct dlc_model dlc_model;
typedef struct dlc_weights dlc_weights;
typedef struct dlc_context dlc_context;

/* A model's library has one accessor, `<m>_model`. One that was linked as .so
 * exports it under this fixed name too, for programs that open it by path. */
#define DLC_MODEL_ACCESSOR "dlc_model_v1"
typedef const dlc_model *(*dlc_model_accessor)(void);

/* Whether this runtime understands the description. `signature` is the value
 * baked into a typed header; 0 is not compared. DLC_VERSION otherwise. */
DLC_API dlc_status dlc_model_check(const dlc_model *model, uint64_t signature, dlc_error *error) DLC_NONBLOCKING;

/* Index of a function by name, or -1. */
DLC_API int32_t dlc_model_find(const dlc_model *model, const char *function) DLC_NONBLOCKING;

/* Index of the variant a context would use: the first that runs on this
 * processor, or the one named `variant` when that is not NULL. -1 with
 * DLC_UNSUPPORTED_CPU or DLC_BAD_ARGUMENT in `error`. */
DLC_API int32_t dlc_model_variant(const dlc_model *model, const char *variant, dlc_error *error);

/* Extents of all arguments of a function, in order, for actual dimensions
 * (one per named dimension of the model). Writes the sum of the ranks.
 * DLC_BAD_SHAPE, with nothing written, for dimensions that a call would be
 * refused for whatever the context's bounds. */
DLC_API dlc_status dlc_shapes_of(const dlc_model *model, int32_t function, const int64_t *dims, int64_t *extents,
                                 dlc_error *error) DLC_NONBLOCKING;

/* --- Weights ------------------------------------------------------------ */

/* Creates weights. `data`, `bytes`: a checkpoint in memory, or NULL for the
 * model's own values (embedded ones, and its initialisers run with seed 0).
 * `signature`: see dlc_model_check; a typed header passes its own. */
DLC_API dlc_status dlc_weights_create(const dlc_model *model, uint64_t signature, const void *data, size_t bytes,
                                      dlc_weights **weights, dlc_error *error);

/* Frees weights; NULL is fine. DLC_BUSY while a context of them exists. */
DLC_API dlc_status dlc_weights_destroy(dlc_weights *weights);

/* Back to the model's own values, drawn with `seed`: optimizer state as at
 * create, step 0. */
DLC_API dlc_status dlc_weights_initialise(dlc_weights *weights, int64_t seed, dlc_error *error);

/* Loads a safetensors file. With the metadata and optimizer state that
 * dlc_weights_save writes, everything is as when it was saved; without them
 * the parameters alone are taken, the optimizer starts anew and step is 0. All
 * is checked before anything changes. Calls under way finish on the old values.
 */
DLC_API dlc_status dlc_weights_load(dlc_weights *weights, const char *path, dlc_error *error);
/* The same, but a file that cannot continue a training run is refused. */
DLC_API dlc_status dlc_weights_resume(dlc_weights *weights, const char *path, dlc_error *error);
/* The same from memory; nothing is kept of `data`. */
DLC_API dlc_status dlc_weights_load_memory(dlc_weights *weights, const void *data, size_t bytes, dlc_error *error);

/* Saves a safetensors file: a reader of `path` sees the old file or the new
 * one, also after a crash or loss of power. `path` + ".partial" exists
 * meanwhile. */
DLC_API dlc_status dlc_weights_save(dlc_weights *weights, const char *path, dlc_error *error);
/* The same into memory. `*bytes` is the room at `data` and becomes the size;
 * `data` NULL asks for the size alone. */
DLC_API dlc_status dlc_weights_save_memory(dlc_weights *weights, void *data, size_t *bytes, dlc_error *error);

/* Creates other weights with the values of `from`, optimizer state included. */
DLC_API dlc_status dlc_weights_copy(dlc_weights *from, dlc_weights **weights, dlc_error *error);
/* Gives `to` the values of `from`, both of one model: calls under way on `to`
 * finish on the old values, later ones see the new. DLC_BUSY while a call on
 * `to` still runs on what the publish before this one replaced. */
DLC_API dlc_status dlc_weights_publish(dlc_weights *from, dlc_weights *to, dlc_error *error);

/* Training steps done, and the seed of everything random in them. */
DLC_API int64_t dlc_weights_step(dlc_weights *weights);
DLC_API int64_t dlc_weights_seed(dlc_weights *weights);
DLC_API dlc_status dlc_weights_set_seed(dlc_weights *weights, int64_t seed, dlc_error *error);

/* Copies parameter or slot `index` of the description out or in, row-major;
 * `bytes` must be its size. */
DLC_API dlc_status dlc_weights_get(dlc_weights *weights, int32_t index, void *value, size_t bytes, dlc_error *error);
DLC_API dlc_status dlc_weights_set(dlc_weights *weights, int32_t index, const void *value, size_t bytes,
                                   dlc_error *error);

DLC_API const dlc_model *dlc_weights_model(const dlc_weights *weights) DLC_NONBLOCKING;

/* --- Contexts ----------------------------------------------------------- */

typedef struct dlc_context_options {
  uint32_t size; /* sizeof(dlc_context_options) */
  /* 0 or 1: the caller's alone; n: it and n - 1 of the context's own. They do
   * not outlive a fork: a child process makes its own context. */
  int32_t threads;
  /* By name; NULL: the best for this processor. */
  const char *variant;
  /* The caller's own: runs every index once, in any order, on any threads, and
   * returns when all are done. It passes workers below `max_workers`, no two at
   * once the same. */
  dlc_parallel_for parallel_for;
  void *user;
  int32_t max_workers;
  int32_t reserved;
  /* 64-byte aligned memory for the context, at least what dlc_memory says, kept
   * until it is destroyed; or NULL: allocated. */
  void *arena;
  uint64_t arena_bytes;
  /* What runs the calls, as DLPack has it: kDLCPU, kDLCUDA, or 0: the processor
   * in a library compiled for it, else the library's device. What is asked for
   * is used or refused, never replaced. A device's context has no threads; its
   * arena, where given, is the device's memory. */
  int32_t device_type;
  /* Which device, from 0. */
  int32_t device_id;
  /* The device's stream for the context's work (a CUstream), kept until the
   * context is destroyed; or NULL: one of its own. A call waits for its work,
   * so that results are there, host memory may be used again and data errors
   * are its own. One of which the host learns nothing does not: with a stream
   * of the caller's, all arguments on the device (hyper-parameters too), and a
   * function that neither trains nor computes indices that could be out of
   * range. Its work is then in the stream, and arguments stay as they are until
   * that is done; should the device fail, a later call says so. Training,
   * loading weights and destroying the context wait for such calls. */
  void *stream;
  /* Of a library made with --profile, on a device: host memory where each call
   * leaves the times of its function's launches, in the order of the library's
   * report, kept until the context is destroyed. Four int64_t for each: when
   * the last run of it began and ended, the sum of all its runs, in nanoseconds
   * by the device's clock since the context's first call, and their number.
   * NULL: nothing is measured, and launches go together instead of one by one.
   * A processor's context does not look here: its code counts in the arena. */
  int64_t *times;
  uint64_t times_bytes;
} dlc_context_options;
#define DLC_CONTEXT_OPTIONS_INIT {sizeof(dlc_context_options), 0, NULL, NULL, NULL, 0, 0, NULL, 0, 0, 0, NULL, NULL, 0}

typedef struct dlc_memory_info {
  uint32_t size; /* sizeof(dlc_memory_info) */
  uint32_t reserved;
  /* Bytes of one weights handle: parameters and optimizer state; 0 where the
   * library's own pages serve. Load and publish hold them twice for a time. */
  uint64_t weights;
  /* Packed and folded copies of them for the variant, in the weights handle. */
  uint64_t prepared;
  /* Bytes of one context: its arena, and its tables beside it. */
  uint64_t arena;
  uint64_t context;
} dlc_memory_info;
#define DLC_MEMORY_INFO_INIT {sizeof(dlc_memory_info), 0, 0, 0, 0, 0}

/* What a context with these bounds and options would use (`options->arena` is
 * not looked at); nothing stays allocated. */
DLC_API dlc_status dlc_memory(const dlc_model *model, const int64_t *bounds, const dlc_context_options *options,
                              dlc_memory_info *memory, dlc_error *error);

/* Creates a context. `bounds`: the largest size of each named dimension of the
 * model, in its order; 0, or NULL for all, is the default. `options` may be
 * NULL. All memory is allocated and touched here. */
DLC_API dlc_status dlc_context_create(dlc_weights *weights, const int64_t *bounds, const dlc_context_options *options,
                                      dlc_context **context, dlc_error *error);

/* Joins the context's threads and frees it; NULL is fine. DLC_BUSY inside a
 * call. */
DLC_API dlc_status dlc_context_destroy(dlc_context *context);

/* Index of the variant in use. */
DLC_API int32_t dlc_context_variant(const dlc_context *context) DLC_NONBLOCKING;
DLC_API const dlc_model *dlc_context_model(const dlc_context *context) DLC_NONBLOCKING;

/* Calls a function of the model. `dims`: the size of each named dimension of
 * the model, in its order (those the function does not use are not looked at).
 * `arguments`: one address per argument in declared order, outputs included;
 * NULL is an empty tensor or, for a hyper-parameter, its default.
 *
 * DLC_BUSY: another call runs on this context, a training step runs on the
 * weights (or any call, when this one trains), or another context is preparing
 * them after a step. Outputs are unspecified after DLC_BAD_VALUE found by the
 * model's own code and after a parallel_for that broke its contract
 * (DLC_BAD_ARGUMENT), which is also the only way to damage parameters. */
DLC_API dlc_status dlc_call(dlc_context *context, int32_t function, const int64_t *dims, void *const *arguments,
                            dlc_error *error) DLC_NONBLOCKING;

/* The same for tensors that carry their own type and shape; the dimensions are
 * found from the inputs. `count` must be the number of arguments; a NULL
 * hyper-parameter has its default. */
DLC_API dlc_status dlc_call_dlpack(dlc_context *context, int32_t function, const DLTensor *const *arguments,
                                   int32_t count, dlc_error *error) DLC_NONBLOCKING;

/* --- Data --------------------------------------------------------------- */

/* Writes a permutation of 0 .. n-1 that depends on (seed, epoch, n) alone.
 * Fisher-Yates from the back: at i = n-1 .. 1, swap i with the high half of
 * d(i) * (i + 1), where d(i) is half i % 2 (low words first) of Philox4x32-10
 * with key `seed` and counter {i / 2 (64 bits), 0xffffffff, epoch}. */
DLC_API void dlc_shuffle(uint64_t seed, int64_t epoch, int64_t n, int64_t *order) DLC_NONBLOCKING;

#ifdef __cplusplus
}
#endif
#endif
