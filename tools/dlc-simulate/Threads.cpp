// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/dlc-simulate/Threads.h"
#include <memory>
#include <ucontext.h>
#include <vector>

namespace dlc::simulate {
namespace {
constexpr size_t stackBytes = 1 << 18;

struct Fiber {
  ucontext_t context;
  std::unique_ptr<char[]> stack{new char[stackBytes]};
  bool done = false, waits = false;
};

struct Meeting {
  unsigned arrived = 0;
  uint64_t round = 0;
};

/// What runs at present; the program has one.
struct Block {
  unsigned number = 0, current = 0;
  std::vector<Fiber> fibers;
  std::vector<Meeting> meetings; // of each warp, and last of the block
  ucontext_t caller;
  const std::function<void()> *body = nullptr;
};
Block block;

/// Gives way to the next fiber that has something to do; back to the caller when there is none.
void pass() {
  unsigned from = block.current, count = block.fibers.size();
  for (unsigned i = 1; i <= count; ++i) {
    Fiber &next = block.fibers[(from + i) % count];
    if (next.done || next.waits)
      continue;
    block.current = (from + i) % count;
    if (block.current != from)
      swapcontext(&block.fibers[from].context, &next.context);
    return;
  }
  swapcontext(&block.fibers[from].context, &block.caller);
}

void enter() {
  (*block.body)();
  block.fibers[block.current].done = true;
  pass();
}
} // namespace

bool runBlock(unsigned number, unsigned count, const std::function<void()> &body, std::string &error) {
  block.number = number;
  block.current = 0;
  block.body = &body;
  block.fibers.resize(count);
  block.meetings.assign((count + warpSize - 1) / warpSize + 1, {});
  for (Fiber &fiber : block.fibers) {
    fiber.done = fiber.waits = false;
    getcontext(&fiber.context);
    fiber.context.uc_stack.ss_sp = fiber.stack.get();
    fiber.context.uc_stack.ss_size = stackBytes;
    fiber.context.uc_link = nullptr;
    makecontext(&fiber.context, enter, 0);
  }
  swapcontext(&block.caller, &block.fibers[0].context);
  unsigned stuck = 0;
  for (Fiber &fiber : block.fibers)
    stuck += !fiber.done;
  if (stuck)
    error = std::to_string(stuck) + " of " + std::to_string(count) + " threads of block " + std::to_string(number) +
            " wait for others that have ended";
  return stuck == 0;
}

unsigned currentThread() { return block.current; }
unsigned currentBlock() { return block.number; }
unsigned threadCount() { return block.fibers.size(); }

void meet(unsigned first, unsigned count) {
  bool isBlock = count == block.fibers.size() && count > warpSize;
  Meeting &meeting = isBlock ? block.meetings.back() : block.meetings[first / warpSize];
  if (++meeting.arrived == count) {
    meeting.arrived = 0;
    ++meeting.round;
    for (unsigned i = first; i < first + count; ++i)
      block.fibers[i].waits = false;
    return;
  }
  uint64_t round = meeting.round;
  while (meeting.round == round) {
    block.fibers[block.current].waits = true;
    pass();
  }
}

} // namespace dlc::simulate
