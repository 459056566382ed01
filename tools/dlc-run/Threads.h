// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// How many threads this process may use.
#ifndef DLC_TOOLS_RUN_THREADS_H
#define DLC_TOOLS_RUN_THREADS_H
namespace dlc {

/// The processors in the affinity mask, fewer when the control group's quota
/// allows less; at least 1.
int availableThreads();

} // namespace dlc
#endif
