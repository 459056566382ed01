# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The small models of the step-by-step references: parameters in declared
order as (name, shape, initialiser, stream), as in Inputs/<model>-small-*.mlir.
"""
STEPS, BATCH, RATE, SEED = 20, 16, 1e-3, 1

PARAMETERS = {
    "mlp": [
        ("w1", (784, 32), "he_uniform", 1), ("b1", (32,), "zeros", 0),
        ("w2", (32, 10), "glorot_uniform", 2), ("b2", (10,), "zeros", 0),
    ],
    "cnn": [
        ("k1", (4, 1, 3, 3), "he_uniform", 1), ("c1", (4, 1, 1), "zeros", 0),
        ("k2", (8, 4, 3, 3), "he_uniform", 2), ("c2", (8, 1, 1), "zeros", 0),
        ("w1", (200, 10), "glorot_uniform", 3), ("b1", (10,), "zeros", 0),
    ],
    "rnn": [
        ("wx", (28, 16), "glorot_uniform", 1), ("wh", (16, 16), "glorot_uniform", 2), ("bh", (16,), "zeros", 0),
        ("w", (16, 10), "glorot_uniform", 3), ("b", (10,), "zeros", 0),
    ],
}
