// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Threads.h"
#include "Cpu.h"
#include "Errors.h"
#include <algorithm>
#include <csignal>
#include <linux/futex.h>
#include <new>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace dlc::v1;

void dlc::v1::serialFor(void *, int64_t n, dlc_body body, void *arg) {
  for (int64_t i = 0; i < n; ++i)
    body(arg, i, 0);
}

static void futexWait(const void *word, uint32_t expected) {
  syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, expected, nullptr, nullptr, 0);
}
static void futexWake(const void *word, int count) {
  syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, count, nullptr, nullptr, 0);
}

/// The half of the ticket that counts loops, for the futex (x86-64 and AArch64
/// Linux are little-endian).
static const void *loopHalf(const std::atomic<uint64_t> &ticket) {
  return reinterpret_cast<const uint32_t *>(&ticket) + 1;
}

dlc_status Threads::start(int32_t count, bool tiles, Worker *place,
                          dlc_error *error) {
  workers = place;
  usesTiles = tiles;
  // Spinning bridges the gap between two loops of one call and between calls
  // that follow each other (about 1 ms), but with more threads than processors
  // it only keeps the others from working.
  cpu_set_t set;
  bool fits =
      !sched_getaffinity(0, sizeof(set), &set) && CPU_COUNT(&set) >= count;
  spins = fits ? 1500 : 0;

  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  int failed = 0;
  for (; started < count - 1 && !failed; started += !failed) {
    Worker &worker = *new (workers + started) Worker{{}, {0}, {-1}};
    failed = pthread_create(&worker.handle, nullptr, main, this);
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (!failed)
    return DLC_OK;
  int32_t got = started;
  stop();
  return fail(error, DLC_NO_MEMORY)
         << "the system started " << got + 1 << " of " << count
         << " threads and refused another";
}

void Threads::stop() {
  stopping.store(true);
  ticket.store((ticket.load() | closed) + (uint64_t(1) << 32));
  futexWake(loopHalf(ticket), INT32_MAX);
  for (int32_t i = 0; i < started; ++i)
    pthread_join(workers[i].handle, nullptr);
  started = 0;
}

void *Threads::main(void *argument) {
  auto &threads = *static_cast<Threads *>(argument);
  FloatingPoint guard(threads.usesTiles);
  int32_t worker = ++threads.named;
  Worker &self = threads.workers[worker - 1];
  self.id.store(int32_t(syscall(SYS_gettid)));
  uint32_t seen = 0;
  while (true) {
    seen = threads.waitForLoop(seen, self);
    if (threads.stopping.load())
      return nullptr;
    threads.work(worker);
  }
}

uint32_t Threads::waitForLoop(uint32_t seen, Worker &self) {
  auto now = [&] { return uint32_t(ticket.load() >> 32); };
  for (int32_t i = 0; i < spins; ++i, pause())
    if (now() != seen)
      return now();
  // Counted before the futex looks at the ticket once more: a caller that
  // advances the ticket after that look sees the count and wakes.
  self.processor.store(sched_getcpu());
  sleepers.fetch_add(1);
  while (now() == seen)
    futexWait(loopHalf(ticket), seen);
  sleepers.fetch_sub(1);
  self.processor.store(-1);
  return now();
}

/// Wakes the workers that sleep, elsewhere than here. Linux likes to wake a
/// thread where it fell asleep; when that is the processor that the caller is
/// about to keep busy, it waits there until a tick moves it (4 ms; measured:
/// two threads slower than one). So one that sleeps here is woken with this
/// processor struck off its affinity, which then is what it was.
void Threads::wake() {
  int32_t here = sched_getcpu();
  // The first few; with more, somebody else is awake and the tick is fair.
  constexpr int32_t most = 8;
  cpu_set_t before[most];
  int32_t moved[most], count = 0;
  for (int32_t i = 0; i < started && count < most; ++i) {
    int32_t id = workers[i].id.load();
    if (workers[i].processor.load() != here || here < 0 ||
        sched_getaffinity(id, sizeof(cpu_set_t), &before[count]))
      continue;
    cpu_set_t others = before[count];
    CPU_CLR(here, &others);
    if (CPU_COUNT(&others) && !sched_setaffinity(id, sizeof(others), &others))
      moved[count++] = id;
  }
  futexWake(loopHalf(ticket), INT32_MAX);
  for (int32_t i = 0; i < count; ++i)
    sched_setaffinity(moved[i], sizeof(cpu_set_t), &before[i]);
}

void Threads::work(int32_t worker) {
  while (true) {
    // The fields are read between the ticket and the compare-exchange. They
    // change only after the ticket was closed, so when the exchange succeeds
    // they belong to the loop of the ticket.
    uint64_t seen = ticket.load(std::memory_order_acquire);
    uint32_t index = uint32_t(seen), n = count.load(std::memory_order_acquire);
    int64_t first = base.load(std::memory_order_acquire);
    dlc_body run = body.load(std::memory_order_acquire);
    void *with = arg.load(std::memory_order_acquire);
    if (index >= n)
      return;
    if (!ticket.compare_exchange_weak(seen, seen + 1,
                                      std::memory_order_acq_rel))
      continue;
    run(with, first + index, worker);
    if (done.fetch_add(1) + 1 == n && callerSleeps.load())
      futexWake(&done, 1);
  }
}

void Threads::waitForEnd(uint32_t n) {
  for (int32_t i = 0; i < spins; ++i, pause())
    if (done.load(std::memory_order_acquire) == n)
      return;
  callerSleeps.store(1);
  for (uint32_t now; (now = done.load()) != n;)
    futexWait(&done, now);
  callerSleeps.store(0);
}

void Threads::runPart(int64_t first, uint32_t n, dlc_body run, void *with) {
  // Closed under the old loop's number: a worker that waits for a new number
  // must find the loop open when it sees one, or it sits that loop out.
  uint64_t loop = (ticket.load(std::memory_order_relaxed) >> 32) + 1;
  ticket.store((loop - 1) << 32 | closed);
  base.store(first, std::memory_order_release);
  body.store(run, std::memory_order_release);
  arg.store(with, std::memory_order_release);
  count.store(n, std::memory_order_release);
  done.store(0, std::memory_order_release);
  ticket.store(loop << 32);
  if (sleepers.load())
    wake();
  work(0);
  waitForEnd(n);
}

void Threads::run(void *user, int64_t n, dlc_body body, void *arg) {
  if (n <= 1)
    return serialFor(nullptr, n, body, arg);
  KeepErrno keep; // futexes set it
  constexpr int64_t most = INT32_MAX;
  for (int64_t base = 0; base < n; base += most)
    static_cast<Threads *>(user)->runPart(
        base, uint32_t(std::min(n - base, most)), body, arg);
}

namespace {
struct HostedBody {
  HostedLoop &loop;
  int64_t n;
  dlc_body body;
  void *arg;
  std::atomic<int64_t> ran{0};

  static void run(void *argument, int64_t index, int32_t worker) {
    auto &self = *static_cast<HostedBody *>(argument);
    if (index < 0 || index >= self.n || worker < 0 ||
        worker >= self.loop.maxWorkers) {
      self.loop.broken.store(true, std::memory_order_relaxed);
      return;
    }
    FloatingPoint guard(self.loop.usesTiles);
    self.body(self.arg, index, worker);
    self.ran.fetch_add(1, std::memory_order_release);
  }
};
} // namespace

void HostedLoop::run(void *user, int64_t n, dlc_body body, void *arg) {
  auto &loop = *static_cast<HostedLoop *>(user);
  HostedBody hosted{loop, n, body, arg};
  if (n > 0)
    loop.parallelFor(loop.user, n, HostedBody::run, &hosted);
  if (n > 0 && hosted.ran.load(std::memory_order_acquire) != n)
    loop.broken.store(true, std::memory_order_relaxed);
}
