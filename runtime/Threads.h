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

/// One thread of a context's own.
struct Worker {
  pthread_t handle;
  std::atomic<int32_t> id;        // the system's number for it
  std::atomic<int32_t> processor; // where it fell asleep; -1 while awake
};

/// A context's own workers. The calling thread is worker 0 and takes part.
///
/// One 64-bit ticket hands out the work: its high half counts loops, its low
/// half is the next iteration. A worker claims an iteration by a
/// compare-exchange on the whole ticket, so that one which slept through the
/// end of a loop can never claim from the next with the old loop's body.
class Threads {
public:
  /// Starts `count - 1` threads, in `place`, with all signals blocked.
  dlc_status start(int32_t count, bool usesTiles, Worker *place,
                   dlc_error *error);
  /// Ends and joins them.
  void stop();

  /// A dlc_parallel_for whose `user` is a Threads.
  static void run(void *user, int64_t n, dlc_body body, void *arg);

private:
  static void *main(void *threads);
  void runPart(int64_t base, uint32_t n, dlc_body body, void *arg);
  void work(int32_t worker);
  uint32_t waitForLoop(uint32_t seen, Worker &self);
  void wake();
  void waitForEnd(uint32_t n);

  alignas(64) std::atomic<uint64_t> ticket{closed};
  alignas(64) std::atomic<uint32_t> done{0};
  alignas(64) std::atomic<uint32_t> callerSleeps{0};
  std::atomic<uint32_t> sleepers{0};
  std::atomic<bool> stopping{false};
  // The loop; written only while the ticket is closed.
  std::atomic<uint32_t> count{0};
  std::atomic<int64_t> base{0};
  std::atomic<dlc_body> body{nullptr};
  std::atomic<void *> arg{nullptr};

  std::atomic<int32_t> named{0}; // gives each thread its worker number
  Worker *workers = nullptr;
  int32_t started = 0, spins = 0;
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
