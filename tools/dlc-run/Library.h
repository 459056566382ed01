// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// A compiled model opened from its .so, and owners for the runtime's handles.
///
/// The runtime used is this program's own (libdlc_runtime.a): a library's
/// description is plain data and code pointers whose layout DLC_ABI fixes, and
/// dlc_model_check refuses one of another ABI in words.
#ifndef DLC_TOOLS_RUN_LIBRARY_H
#define DLC_TOOLS_RUN_LIBRARY_H
#include "dlc-run/Runner.h"
#include "dlc-run/Signature.h"
#include "dlc/runtime.h"
#include <memory>
#include <string>

namespace dlc {

struct Error : dlc_error {
  Error() : dlc_error DLC_ERROR_INIT {}
};

/// Throws Failure with the runtime's words unless `status` is DLC_OK.
void require(dlc_status status, const Error &error);

/// Never unloaded: the program ends with it.
class Library {
public:
  /// Throws Failure for a file that is no library, one of another machine or
  /// ABI, and a library that holds no model.
  explicit Library(const std::string &path);

  const dlc_model &operator*() const { return *model; }
  const dlc_model *operator->() const { return model; }
  /// The report of kernels in a library made with --profile; else NULL.
  const char *profileReport() const;
  const std::string path;

private:
  void *handle = nullptr;
  const dlc_model *model = nullptr;
};

class Weights {
public:
  /// The model's own values, drawn with `seed`.
  Weights(const Library &library, int64_t seed);
  /// Everything in a checkpoint that can continue training; Failure for one
  /// that cannot.
  void resume(const std::string &path);
  /// A checkpoint's values for use; its step and optimizer state come along
  /// when it has them.
  void load(const std::string &path);
  /// A checkpoint's parameters as a new beginning: optimizer state fresh, step
  /// 0.
  void startFrom(const std::string &path, int64_t seed);
  void save(const std::string &path);
  int64_t step() const { return dlc_weights_step(handle.get()); }
  int64_t seed() const { return dlc_weights_seed(handle.get()); }
  dlc_weights *get() const { return handle.get(); }

private:
  struct Destroy {
    void operator()(dlc_weights *weights) const { dlc_weights_destroy(weights); }
  };
  std::unique_ptr<dlc_weights, Destroy> handle;
};

/// Memory that a context gets from its owner: see dlc_context_options.
struct ContextMemory {
  void *arena = nullptr;
  uint64_t arenaBytes = 0;
  int64_t *times = nullptr;
  uint64_t timesBytes = 0;
};

class Context {
public:
  /// `bounds`: the largest value of each dimension; -1 and 0 take the model's
  /// default, or the smallest legal size where there is none (the dimension is
  /// not used).
  Context(const Weights &weights, const Dims &bounds, const Runner &runner, const ContextMemory &memory = {});
  virtual ~Context() = default;
  virtual void call(int function, const Dims &dims, const std::vector<void *> &arguments);
  int variant() const { return dlc_context_variant(handle.get()); }

private:
  struct Destroy {
    void operator()(dlc_context *context) const { dlc_context_destroy(context); }
  };
  std::unique_ptr<dlc_context, Destroy> handle;
};

/// The bounds that a context gets: see Context.
Dims boundsFor(const dlc_model &model, Dims bounds);

/// What a context would use, without making one.
dlc_memory_info memoryOf(const Library &library, const Dims &bounds, const Runner &runner);

/// Shapes of all arguments of a function for actual dimensions.
std::vector<Shape> shapesOf(const dlc_model &model, int function, const Dims &dims);

} // namespace dlc
#endif
