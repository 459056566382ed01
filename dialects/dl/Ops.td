// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The whole dialect, family by family.
#ifndef DL_OPS
#define DL_OPS
include "Pointwise.td"
include "Contraction.td"
include "Convolution.td"
include "Reduction.td"
include "Movement.td"
include "Pooling.td"
include "Normalization.td"
include "Loss.td"
include "Random.td"
include "Training.td"
include "State.td"
include "Control.td"
include "Kernel.td"
#endif // DL_OPS
