// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// Labels, tokens and other indices as files hold them.
#ifndef DLC_TOOLS_RUN_INDICES_H
#define DLC_TOOLS_RUN_INDICES_H
#include "data/Array.h"
#include "dlc/abi.h"
#include <string>

namespace dlc {

/// Prepares an array for an argument whose values are indices; does nothing for
/// any other. Throws Failure naming `file` and the position of a value outside
/// [0, bound). Another integer type becomes the argument's, which loses
/// nothing: NumPy's labels are i64, IDX labels ui8, and a model has one of
/// them.
void fitIndices(const dlc_argument &argument, const std::string &file, Array &array);

} // namespace dlc
#endif
