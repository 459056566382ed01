// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A context's own workers: each joins every loop, each iteration runs once.
#include "Check.h"
#include "Threads.h"
#include <chrono>
#include <thread>

using namespace dlc::v1;

namespace {
constexpr int32_t workers = 2, loops = 20000; // two: they spin

/// One loop of as many iterations as workers; none ends before all have begun,
/// which takes a worker for each: one that sits the loop out is missed.
struct Meeting {
  std::atomic<int32_t> here{0};
  std::atomic<bool> missed{false};

  static void attend(void *self, int64_t, int32_t) {
    auto &meeting = *static_cast<Meeting *>(self);
    ++meeting.here;
    auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (meeting.here.load() < workers && !meeting.missed.load()) {
      std::this_thread::yield();
      if (std::chrono::steady_clock::now() > end)
        meeting.missed.store(true);
    }
  }
};

struct Counts {
  std::atomic<int32_t> ran[1000] = {};
  std::atomic<bool> stranger{false};

  static void count(void *self, int64_t index, int32_t worker) {
    auto &counts = *static_cast<Counts *>(self);
    ++counts.ran[index];
    if (worker < 0 || worker >= workers)
      counts.stranger.store(true);
  }
};

void allJoin(Threads &threads) {
  bool missed = false;
  for (int32_t i = 0; i < loops && !missed; ++i) {
    Meeting meeting;
    Threads::run(&threads, workers, Meeting::attend, &meeting);
    missed = meeting.missed.load();
  }
  CHECK(!missed);
}

void eachOnce(Threads &threads) {
  for (int64_t n : {0, 1, 2, 3, 7, 1000})
    for (int32_t repeat = 0; repeat < 50; ++repeat) {
      Counts counts;
      Threads::run(&threads, n, Counts::count, &counts);
      bool once = !counts.stranger.load();
      for (int64_t i = 0; i < 1000; ++i)
        once &= counts.ran[i].load() == (i < n);
      CHECK(once);
    }
}
} // namespace

int main() {
  Worker places[workers];
  Threads threads;
  dlc_error error = DLC_ERROR_INIT;
  CHECK(!threads.start(workers, false, places, &error));
  allJoin(threads);
  eachOnce(threads);
  threads.stop();
  return finish();
}
