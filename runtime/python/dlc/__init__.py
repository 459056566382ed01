# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compiled models from Python: NumPy arrays in, NumPy arrays out.

    import dlc
    model = dlc.load("fashion.so")
    weights = model.weights()                        # its own values
    context = weights.context(batch=64, threads=2)   # upper bounds
    probabilities = context.predict(image=images)
    loss = context.train_step(image=images, label=labels, learning_rate=1e-3)
    weights.save("fashion.safetensors")

Arrays are passed without copies when they are dense and of the declared type;
anything else is refused in the words of the C API, never converted. Objects of
other libraries are taken through DLPack. Calls release the interpreter's lock,
so that contexts on several threads run at once. Needs NumPy and
libdlc_runtime.so, no compiler.
"""

from ._api import Error
from ._model import Context, Model, Weights, load, shuffle

__all__ = ["Context", "Error", "Model", "Weights", "load", "shuffle"]
