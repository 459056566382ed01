// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The threads of one block as fibers of this thread. A fiber runs until it must
// wait for others; then the next one runs.
#ifndef DLC_TOOLS_SIMULATE_THREADS_H
#define DLC_TOOLS_SIMULATE_THREADS_H

#include <cstdint>
#include <functional>
#include <string>

namespace dlc::simulate {

constexpr unsigned warpSize = 32;

/// Runs `body` in `count` fibers, numbered from 0, to their ends. False with
/// `error` set when some wait for what the others never do.
bool runBlock(unsigned block, unsigned count, const std::function<void()> &body, std::string &error);

unsigned currentThread(), currentBlock(), threadCount();
/// Waits until all threads [first, first + count) have arrived.
void meet(unsigned first, unsigned count);

} // namespace dlc::simulate
#endif // DLC_TOOLS_SIMULATE_THREADS_H
