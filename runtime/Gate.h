// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Who may touch a pair of blocks, decided in one atomic word.
#ifndef DLC_RUNTIME_GATE_H
#define DLC_RUNTIME_GATE_H
#include <atomic>
#include <cstdint>

namespace dlc::v1 {

/// One of two blocks is in front. Readers count themselves on the block that is
/// in front when they enter and stay on it; one trainer excludes all readers of
/// the front; one writer prepares the block behind, while readers go on, and
/// turns it to the front. Nobody waits: an entry that cannot be had is refused.
class Gate {
public:
  /// The front block, now counted as read, or -1 while a trainer holds it.
  int enter() {
    uint64_t word = state.load(std::memory_order_relaxed);
    do {
      if (word & training)
        return -1;
    } while (!state.compare_exchange_weak(word, word + oneReader(front(word)), std::memory_order_acquire,
                                          std::memory_order_relaxed));
    return front(word);
  }
  void leave(int block) { state.fetch_sub(oneReader(block), std::memory_order_release); }

  /// The front block for one trainer alone, or -1 while anybody reads, trains
  /// or writes.
  int train() {
    uint64_t word = state.load(std::memory_order_relaxed);
    do {
      if (word & (training | writing) || readers(word, front(word)))
        return -1;
    } while (!state.compare_exchange_weak(word, word | training, std::memory_order_acquire, std::memory_order_relaxed));
    return front(word);
  }
  void endTraining() { state.fetch_and(~training, std::memory_order_release); }

  /// The block behind, for one writer, or -1 while somebody trains, writes, or
  /// still reads it from when it was in front.
  int write() {
    uint64_t word = state.load(std::memory_order_relaxed);
    do {
      if (word & (training | writing) || readers(word, !front(word)))
        return -1;
    } while (!state.compare_exchange_weak(word, word | writing, std::memory_order_acquire, std::memory_order_relaxed));
    return !front(word);
  }
  /// Ends writing; `turn` brings the written block to the front.
  void endWriting(bool turn) {
    uint64_t word = state.load(std::memory_order_relaxed);
    while (!state.compare_exchange_weak(word, (word & ~writing) ^ uint64_t(turn), std::memory_order_acq_rel,
                                        std::memory_order_relaxed))
      ;
  }

  int front() const { return front(state.load(std::memory_order_acquire)); }
  /// True when nobody reads the block behind: nobody can start to, either.
  bool backIsIdle() const {
    uint64_t word = state.load(std::memory_order_acquire);
    return !readers(word, !front(word));
  }

private:
  // Bit 0: which block is in front; 1 and 2: flags; 4..33 and 34..63: readers.
  static constexpr uint64_t training = 2, writing = 4;
  static constexpr int shift(int block) { return block ? 34 : 4; }
  static int front(uint64_t word) { return int(word & 1); }
  static uint64_t oneReader(int block) { return uint64_t(1) << shift(block); }
  static uint64_t readers(uint64_t word, int block) { return word >> shift(block) & ((uint64_t(1) << 30) - 1); }

  std::atomic<uint64_t> state{0};
};

} // namespace dlc::v1
#endif
