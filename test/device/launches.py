# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Five calls at each of two batch sizes; all handles are destroyed."""
import sys

from model import CUDA, Model

model = Model(sys.argv[1])
weights = model.weights()
context = weights.context(8, device=CUDA)
for rows in (3, 8) * 5:
    context.predict(rows, bytes(rows * 28 * 28))
context.destroy()
weights.destroy()
