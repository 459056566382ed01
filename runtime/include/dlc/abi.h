/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* What a compiled model and the runtime say to each other. Users include
 * dlc/runtime.h; this file is for the two sides of the descriptor alone: the
 * compiler emits one constant `struct dlc_model` per library (compiler/link),
 * the runtime reads it and calls the functions it names.
 *
 * Rules: plain C99, fixed-width fields, no field is ever reordered; a change
 * raises DLC_ABI, which is part of every runtime symbol's name. */
#ifndef DLC_ABI_H
#define DLC_ABI_H
#include <stdint.h>

#define DLC_ABI 1

#ifdef __cplusplus
extern "C" {
#endif

/* Element types; the values are stored in libraries and never renumbered. */
enum {
  DLC_F64 = 1,
  DLC_F32 = 2,
  DLC_F16 = 3,
  DLC_BF16 = 4,
  DLC_I64 = 5,
  DLC_I32 = 6,
  DLC_I8 = 7,
  DLC_I1 = 8,
  DLC_U8 = 9,
};

/* A named dimension. `low` and `high` are hard limits, `bound` is the default
 * upper bound of a context (0: the caller must give one). */
struct dlc_dim {
  const char *name;
  int64_t low, high, bound;
};

/* One extent of an argument: a constant (dim < 0: `size`), a named dimension
 * (dim >= 0), or an expression of named dimensions (dim == DLC_COMPUTED), which
 * the function's `shapes` computes. Inputs never have computed extents. */
enum { DLC_CONSTANT = -1, DLC_COMPUTED = -2 };
struct dlc_extent {
  int64_t size;
  int32_t dim;
  int32_t reserved;
};

enum { DLC_INPUT = 0, DLC_OUTPUT = 1, DLC_HYPER = 2 };
struct dlc_argument {
  const char *name;
  int32_t kind; /* DLC_INPUT, DLC_OUTPUT, DLC_HYPER (a rank-0 input with a default) */
  int32_t type; /* element type */
  int32_t rank;
  int32_t checked; /* integer input: values must lie in [0, bound) */
  int64_t bound;
  const struct dlc_extent *extents; /* rank of them */
  uint64_t default_bits;            /* DLC_HYPER: the default, as stored, low bytes first */
};

/* A parameter or a slot (optimizer state and other state kept for a parameter
 * or for the model) in the state block. Row-major, 64-byte aligned offsets. */
enum { DLC_PARAMETER = 0, DLC_SLOT = 1 };
struct dlc_parameter {
  const char *name; /* checkpoint key: "w1", slots "adam.m/w1" */
  int32_t kind, type, rank;
  int32_t written; /* some function of the library writes it */
  const int64_t *extents;
  int64_t offset, bytes; /* in the state block */
  int64_t data;          /* offset of its value in the embedded data, -1: `initialise` computes it. When no
                          * function trains and the data is laid out as the state block is (data - offset is the
                          * same multiple of 64 for all, with zeros for seed and step), it is used where it lies. */
};

/* A data error found by compiled code: argument number `site` (-2: an index computed inside the model; -1, as the
 * runtime sets it: no error) holds `value` at row-major `position`, which must lie in [0, bound). */
struct dlc_fault {
  int64_t site, position, value, bound;
};

typedef void (*dlc_body)(void *arg, int64_t index, int32_t worker);
typedef void (*dlc_parallel_for)(void *user, int64_t n, dlc_body body, void *arg);

/* Runs kernel number `kernel` with `blocks` blocks (0: not at all). `parameters` are its parameters, 8 bytes each; the
 * first is the runtime's to fill in: where to report a data error, or what to look at before it does anything. */
typedef void (*dlc_launch)(void *device, int32_t kernel, int64_t blocks, int64_t *parameters);
/* Where the device has the constant that lies at `host`. */
typedef void *(*dlc_constant)(void *device, const void *host);
/* Launches from here on do nothing when a data error was reported. */
typedef void (*dlc_guard)(void *device);
/* With --profile: the entry's launch number `timer` begins, or (`ends`) all of it has been given. In loops the same
 * number comes again. */
typedef void (*dlc_mark)(void *device, int32_t timer, int32_t ends);

/* Everything a call of compiled code needs. Compiled code loads fields by
 * number: never reorder. */
struct dlc_frame {
  void *const *arguments;        /* 0: the function's arguments in declared order (inputs and outputs) */
  unsigned char *state;          /* 1: the state block: seed (i64) at 0, step (i64) at 8, parameters from 64 */
  unsigned char *prepared;       /* 2: this variant's prepared block (read-only but in `prepare`) */
  unsigned char *arena;          /* 3: 64-byte aligned */
  const int64_t *offsets;        /* 4: what `plan` wrote */
  const int64_t *dims;           /* 5: actual values of the model's named dimensions */
  dlc_parallel_for parallel_for; /* 6: never NULL */
  void *user;                    /* 7 */
  const unsigned char *data;     /* 8: embedded or external weight bytes */
  struct dlc_fault *fault;       /* 9 */
  /* Host code of a variant for a GPU has arguments, state, prepared block and arena in the device's memory, no
   * `parallel_for`, data or fault, and calls these instead. None of them waits, and none can fail: the runtime tells
   * when the call ends. */
  dlc_launch launch;     /* 10 */
  dlc_constant constant; /* 11 */
  dlc_guard guard;       /* 12 */
  void *device;          /* 13: their first argument */
  dlc_mark mark;         /* 14 */
};
/* 0, or 1: a data error, told in frame->fault, and no state was changed. */
typedef int32_t (*dlc_code)(const struct dlc_frame *frame);
/* Offsets of the arena's tensors for dimensions `dims` (upper bounds) and this
 * many workers; returns the arena's bytes, or -1 when they exceed 2^62. */
typedef int64_t (*dlc_plan)(const int64_t *dims, int32_t workers, int64_t *offsets);
/* Extents of all arguments in order, for actual dimensions. */
typedef void (*dlc_shapes)(const int64_t *dims, int64_t *extents);

/* DLC_TRAINS: the function writes state (and advances the step). DLC_UNPREPARED: it does not read the prepared block,
 * so that the runtime need not renew it before the call (a training step that packs its own operands). */
enum { DLC_TRAINS = 1, DLC_UNPREPARED = 2 };
struct dlc_function {
  const char *name;
  int32_t argument_count, flags;
  const struct dlc_argument *arguments;
  dlc_shapes shapes;
};

/* What a function asks of its dimensions besides their limits: in words, what is given (beginning with the op),
 * and both sides as expressions that end in " = ", or "" for a number. `exact`: they are equal, else given is at
 * least expected. `find` returns the first that the dimensions do not meet, with its two sides, or -1. */
struct dlc_requirement {
  const char *what, *given, *expected;
  int32_t exact, reserved;
};
typedef int64_t (*dlc_find)(const int64_t *dims, int64_t *given, int64_t *expected);
struct dlc_requirements {
  const struct dlc_requirement *list;
  dlc_find find;
};

/* One function's code in one variant. */
struct dlc_entry {
  dlc_code code;
  dlc_plan plan;
  int32_t offset_count;
  int32_t timers; /* launches that code for a GPU marks, 0: none */
};

/* CPU features a variant needs; bits are tested by the runtime with CPUID, or the auxiliary vector on AArch64. */
enum {
  DLC_CPU_SSE42 = 1 << 0,
  DLC_CPU_AVX2_FMA = 1 << 1,
  DLC_CPU_AVX512 = 1 << 2, /* F, BW, DQ, VL, CD */
  DLC_CPU_AVX512_BF16 = 1 << 3,
  DLC_CPU_AVX512_VNNI = 1 << 4,
  DLC_CPU_AMX = 1 << 5,
  DLC_CPU_NEON = 1 << 6,
  DLC_CPU_ARMV82 = 1 << 7, /* FP16, DotProd, LSE, CRC32, RDM */
};

/* Device code: one module, its kernels by number, and constants of its host code. */
struct dlc_kernel {
  const char *name;
  int32_t threads, parameters; /* of a block; 8 bytes each */
  int32_t shared_bytes;        /* of a block, which a launch brings */
  int32_t reports;             /* whether it may report a data error; it does not look for one, then */
};
struct dlc_constant_data {
  const void *host;
  int64_t bytes;
};
struct dlc_device_image {    /* a cubin */
  int32_t capability, exact; /* for it and later ones of its major number, or for none other */
  const unsigned char *bytes;
  int64_t size;
};
struct dlc_device_code {
  int32_t kind;       /* DLPack's device type: kDLCUDA */
  int32_t capability; /* the least compute capability, 10 * major + minor */
  int32_t exact;      /* no other than that one */
  int32_t driver;     /* the oldest CUDA version that the driver must have, as cuDriverGetVersion says it */
  const char *text;   /* PTX */
  int32_t kernel_count, constant_count, image_count;
  const struct dlc_kernel *kernels;
  const struct dlc_constant_data *constants;
  const struct dlc_device_image *images; /* the same in machine code, oldest first */
};

struct dlc_variant {
  const char *name;            /* "avx512", "avx2", "x86-64-v2", "neon" */
  uint64_t features;           /* DLC_CPU_* that must be present */
  int64_t prepared_bytes;      /* size of the prepared block */
  int64_t prepared_data;       /* offset in the embedded data of a block made at compile time, -1: `prepare` makes it */
  struct dlc_entry initialise; /* writes every parameter that has no data; code may be NULL */
  struct dlc_entry prepare;    /* state -> prepared; code may be NULL */
  const struct dlc_entry *entries;      /* one per function, in the order of `functions` */
  const struct dlc_device_code *device; /* what the entries launch; NULL: they are the processor's */
};

/* A call whose results are known: `dlc test` makes it with the model's own values and seed 0, in every variant that
 * the machine runs, `calls` times on the same inputs (0: once), and compares what the last wrote. An output may depart
 * by absolute + relative * |expected|; integers may not. */
struct dlc_self_test {
  const char *name;
  int32_t function, calls;
  const int64_t *dims;          /* actual values of the model's named dimensions */
  const void *const *arguments; /* inputs and expected outputs in declared order; NULL: a hyper-parameter's default */
  double relative, absolute;
};

/* The symbol of the backend for CUDA, a constant of the runtime's own. */
#define DLC_CUDA_BACKEND "dlc_cuda_v1"
struct dlc_backend;

struct dlc_model {
  uint32_t size, abi;                   /* sizeof(struct dlc_model), DLC_ABI */
  uint64_t signature;                   /* hash of names, types and shapes: header and library must agree */
  const char *name, *compiler, *target; /* "fashion", "dlc 0.1.0 (LLVM 22.1.8)", triple */
  const char *options;                  /* the options it was compiled with, one line */
  int32_t dim_count, parameter_count, function_count, variant_count; /* variants: best first */
  const struct dlc_dim *dims;
  const struct dlc_parameter *parameters;
  const struct dlc_function *functions;
  const struct dlc_variant *variants;
  int64_t state_bytes;
  const unsigned char *data; /* 64-byte aligned embedded bytes, or NULL */
  int64_t data_bytes;
  int32_t weights_mode; /* 0 embed, 1 external, 2 constant (no load, no train) */
  int32_t self_test_count;
  uint64_t fingerprint;                   /* hash of parameter names, types, shapes: checkpoints */
  const struct dlc_self_test *self_tests; /* what --self-test embedded */
  const struct dlc_requirements
      *requirements;                 /* one per function, `find` NULL where it asks nothing; NULL: none asks */
  const struct dlc_backend *backend; /* the part of the runtime that reaches the variants' device; NULL: there is none.
                                      * Named here, so that libraries for processors alone do not link it. */
};

#ifdef __cplusplus
}
#endif
#endif
