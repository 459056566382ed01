// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Who runs the iterations of a parallel loop.
#ifndef DLC_RUNTIME_THREADS_H
#define DLC_RUNTIME_THREADS_H
#include "dlc/runtime.h"
#include <atomic>
#include <pthread.h>

namespace dlc::v1 {

/// All iterations in order on the calling thread, as worker 0.
void serialFor(void *user, int64_t n, dlc_body body, void *arg);

/// One who takes part: the caller (the first) or a thread of the context.
struct alignas(64) Worker {
  /// Its share of the loop: the loop's number in the high half, the next of
  /// its iterations in the low half. Others take from it when theirs is done.
  std::atomic<uint64_t> share;
  std::atomic<int32_t> id;        // the system's number for the thread
  std::atomic<int32_t> processor; // where it fell asleep; -1 while awake
  pthread_t handle;
};

/// A context's own workers. The calling thread is worker 0 and takes part.
///
/// Each worker has a share of consecutive iterations, the same in every loop of
/// the same length, so that what it wrote is in its caches when it comes back;
/// who is done takes from the others' shares. An iteration is claimed by a
/// compare-exchange on a share, loop number included, so that one who slept
/// through the end of a loop can never claim from the next with the old body.
class Threads {
public:
  /// Starts `count - 1` threads, with all signals blocked; `place` holds
  /// `count` workers.
  dlc_status start(int32_t count, bool usesTiles, Worker *place, dlc_error *error);
  /// Ends and joins them.
  void stop();

  /// A dlc_parallel_for whose `user` is a Threads.
  static void run(void *user, int64_t n, dlc_body body, void *arg);

private:
  static void *main(void *threads);
  void runPart(int64_t base, uint32_t n, dlc_body body, void *arg);
  void work(int32_t worker);
  bool claim(int32_t victim, int32_t worker);
  uint32_t waitForLoop(uint32_t seen, Worker &self);
  void wake();
  void waitForEnd(uint32_t n);
  /// The first iteration of a worker's share of n.
  uint32_t firstOf(int32_t worker, uint32_t n) const {
    return uint32_t(uint64_t(n) * uint64_t(worker) / uint64_t(count));
  }

  alignas(64) std::atomic<uint32_t> loop{0}; // number of the newest
  alignas(64) std::atomic<uint32_t> done{0};
  alignas(64) std::atomic<uint32_t> callerSleeps{0};
  std::atomic<uint32_t> sleepers{0};
  std::atomic<bool> stopping{false};
  // The loop; written only while every share is closed.
  std::atomic<uint32_t> length{0};
  std::atomic<int64_t> base{0};
  std::atomic<dlc_body> body{nullptr};
  std::atomic<void *> arg{nullptr};

  std::atomic<int32_t> named{0}; // gives each thread its worker number
  Worker *workers = nullptr;
  int32_t count = 1, started = 0, spins = 0;
  bool usesTiles = false;

  static constexpr uint64_t closed = 0xffffffff; // low half: nothing to claim
};

/// The caller's parallel_for, watched: iterations run with the floating-point
/// state compiled code expects, and a loop that skips or repeats iterations or
/// names a worker that does not exist is noticed rather than believed.
struct HostedLoop {
  dlc_parallel_for parallelFor = nullptr;
  void *user = nullptr;
  int32_t maxWorkers = 1;
  bool usesTiles = false;
  /// Set when the hook broke its contract; the call then fails.
  std::atomic<bool> broken{false};

  /// A dlc_parallel_for whose `user` is a HostedLoop.
  static void run(void *user, int64_t n, dlc_body body, void *arg);
};

} // namespace dlc::v1
#endif
