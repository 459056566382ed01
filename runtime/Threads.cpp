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

dlc_status Threads::start(int32_t wanted, bool tiles, Worker *place, dlc_error *error) {
  workers = place;
  count = wanted;
  usesTiles = tiles;
  // Spinning bridges the gap between two loops of one call (about 30 us), but
  // with more threads than processors it only keeps the others from working.
  cpu_set_t set;
  bool fits = !sched_getaffinity(0, sizeof(set), &set) && CPU_COUNT(&set) >= wanted;
  spins = fits ? 1500 : 0;
  for (int32_t i = 0; i < wanted; ++i)
    new (workers + i) Worker{{closed}, {0}, {-1}, {}};

  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  int failed = 0;
  for (; started < wanted - 1 && !failed; started += !failed)
    failed = pthread_create(&workers[started + 1].handle, nullptr, main, this);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (!failed)
    return DLC_OK;
  int32_t got = started;
  stop();
  return fail(error, DLC_NO_MEMORY) << "the system started " << got + 1 << " of " << wanted
                                    << " threads and refused another";
}

void Threads::stop() {
  stopping.store(true);
  loop.fetch_add(1);
  futexWake(&loop, INT32_MAX);
  for (int32_t i = 1; i <= started; ++i)
    pthread_join(workers[i].handle, nullptr);
  started = 0;
}

void *Threads::main(void *argument) {
  auto &threads = *static_cast<Threads *>(argument);
  FloatingPoint guard(threads.usesTiles);
  int32_t worker = ++threads.named;
  Worker &self = threads.workers[worker];
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
  for (int32_t i = 0; i < spins; ++i, pause())
    if (uint32_t now = loop.load(); now != seen)
      return now;
  // Counted before the futex looks at the number once more: a caller that
  // advances it after that look sees the count and wakes.
  self.processor.store(sched_getcpu());
  sleepers.fetch_add(1);
  uint32_t now;
  while ((now = loop.load()) == seen)
    futexWait(&loop, seen);
  sleepers.fetch_sub(1);
  self.processor.store(-1);
  return now;
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
  int32_t moved[most], movedCount = 0;
  for (int32_t i = 1; i <= started && movedCount < most; ++i) {
    int32_t id = workers[i].id.load();
    if (here < 0 || workers[i].processor.load() != here ||
        sched_getaffinity(id, sizeof(cpu_set_t), &before[movedCount]))
      continue;
    cpu_set_t others = before[movedCount];
    CPU_CLR(here, &others);
    if (CPU_COUNT(&others) && !sched_setaffinity(id, sizeof(others), &others))
      moved[movedCount++] = id;
  }
  futexWake(&loop, INT32_MAX);
  for (int32_t i = 0; i < movedCount; ++i)
    sched_setaffinity(moved[i], sizeof(cpu_set_t), &before[i]);
}

/// Runs one iteration of the victim's share; false when none is left.
bool Threads::claim(int32_t victim, int32_t worker) {
  std::atomic<uint64_t> &share = workers[victim].share;
  while (true) {
    // The fields are read between the share and the compare-exchange. They
    // change only after every share was closed, so when the exchange succeeds
    // they belong to the loop of the share.
    uint64_t seen = share.load(std::memory_order_acquire);
    uint32_t index = uint32_t(seen), n = length.load(std::memory_order_acquire);
    int64_t first = base.load(std::memory_order_acquire);
    dlc_body run = body.load(std::memory_order_acquire);
    void *with = arg.load(std::memory_order_acquire);
    if (index >= firstOf(victim + 1, n))
      return false;
    if (!share.compare_exchange_weak(seen, seen + 1, std::memory_order_acq_rel))
      continue;
    run(with, first + index, worker);
    if (done.fetch_add(1) + 1 == n && callerSleeps.load())
      futexWake(&done, 1);
    return true;
  }
}

void Threads::work(int32_t worker) {
  for (int32_t i = 0; i < count; ++i)
    while (claim((worker + i) % count, worker))
      ;
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
  uint32_t old = loop.load(std::memory_order_relaxed);
  auto set = [&](uint32_t number, int32_t worker, uint64_t next) {
    workers[worker].share.store(uint64_t(number) << 32 | next);
  };
  for (int32_t i = 0; i < count; ++i)
    set(old, i, closed);
  base.store(first, std::memory_order_release);
  body.store(run, std::memory_order_release);
  arg.store(with, std::memory_order_release);
  length.store(n, std::memory_order_release);
  done.store(0, std::memory_order_release);
  for (int32_t i = 0; i < count; ++i)
    set(old + 1, i, firstOf(i, n));
  // Last: a worker that waits for a new number must find the shares open when
  // it sees one, or it sits that loop out.
  loop.store(old + 1);
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
    static_cast<Threads *>(user)->runPart(base, uint32_t(std::min(n - base, most)), body, arg);
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
    if (index < 0 || index >= self.n || worker < 0 || worker >= self.loop.maxWorkers) {
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
