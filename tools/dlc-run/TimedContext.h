// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// A context that keeps the times of its launches, for libraries made with
/// --profile.
#ifndef DLC_TOOLS_RUN_TIMEDCONTEXT_H
#define DLC_TOOLS_RUN_TIMEDCONTEXT_H
#include "dlc-run/Json.h"
#include "dlc-run/Library.h"

namespace dlc {

/// Where a context's calls leave the times of their launches: on a processor
/// the arena, which compiled code counts in (passes/PlanMemory/Profile.h), for a
/// device memory of its own. Begins with the library's report, of the variant
/// that runs alone.
class TimersMemory {
public:
  /// Throws Failure for a library without timers.
  TimersMemory(const Library &library, const Dims &bounds, const Runner &runner);

protected:
  struct Free {
    void operator()(unsigned char *memory) const;
  };
  bool isDevice = false;
  Json described, functionsDescribed;
  ContextMemory memory;

private:
  std::unique_ptr<unsigned char, Free> arena;
  std::vector<int64_t> times;
};

class TimedContext : private TimersMemory, public Context {
public:
  /// Throws Failure for a library without timers.
  TimedContext(const Library &library, const Weights &weights, const Dims &bounds, const Runner &runner);
  void call(int function, const Dims &dims, const std::vector<void *> &arguments) override;
  /// Forgets the calls so far.
  void restart();

  struct Record { ///< as compiled code and the runtime have it, in ticks
    int64_t began, ended, sum, runs;
  };
  struct Launch { ///< all calls together
    std::string kernel;
    double ticks = 0;
    int64_t runs = 0;
  };
  struct Function {
    bool timed = false;              ///< the library tells where its records are
    Json described;                  ///< the function in the library's report
    const Record *records = nullptr; ///< of the last call
    int64_t calls = 0;
    double seconds = 0; ///< in these calls
    std::vector<Launch> launches;
    std::vector<std::vector<Record>> kept; ///< of the first calls, for medians and traces
  };
  const Function &function(int index) const { return functions[index]; }
  size_t functionCount() const { return functions.size(); }
  /// The library's report of this context's variant, without functions.
  const Json &report() const { return described; }
  double secondsPerTick() const;
  /// Whether the times are a device's.
  bool isOnDevice() const { return isDevice; }

private:
  std::vector<Function> functions;
  double start;
  int64_t startTicks;
};

} // namespace dlc
#endif
