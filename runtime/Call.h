// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// One call of a model's function, in three steps: the dimensions are checked,
// then the arguments, then the code runs. Nothing here allocates or locks.
#ifndef DLC_RUNTIME_CALL_H
#define DLC_RUNTIME_CALL_H
#include "Context.h"
#include "Errors.h"

namespace dlc::v1 {

struct Call {
  dlc_context &context;
  int32_t index;
  const dlc_function &function;
  dlc_error *error;

  const dlc_model &model() const { return *context.model; }
  /// A failure whose message starts with the function's name.
  Failure fail(dlc_status status) const {
    Failure failure(error, status);
    failure << function.name << ": ";
    return failure;
  }
};

/// Holds a context for a call; `held()` is false where another call has it.
class Hold {
public:
  explicit Hold(dlc_context &context) : context(context) {
    has = !context.busy.exchange(true, std::memory_order_acquire);
  }
  ~Hold() {
    if (has)
      context.busy.store(false, std::memory_order_release);
  }
  Hold(const Hold &) = delete;
  bool held() const { return has; }

private:
  dlc_context &context;
  bool has;
};

/// Refuses a context or function that is not there.
dlc_status findFunction(dlc_context *context, int32_t function, dlc_error *error) DLC_NONBLOCKING;

/// context.dims against the bounds; clears those the function does not use.
dlc_status checkDims(const Call &call) DLC_NONBLOCKING;

/// context.arguments, for the extents in context.extents: none missing, aligned
/// to their element, no output over anything else, indices in range. Puts the
/// defaults of absent hyper-parameters in place.
dlc_status checkArguments(const Call &call) DLC_NONBLOCKING;

/// Runs the code on weights that are up to date.
dlc_status run(const Call &call) DLC_NONBLOCKING;

} // namespace dlc::v1
#endif
