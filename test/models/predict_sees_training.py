# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Prediction uses the present parameters: it changes when they are trained, and
equals a fresh load of what was saved, bit for bit; likewise after loading the
old values back into weights whose packed copies are newer.
"""
import sys

import fashion
from model import Model

library, checkpoint = sys.argv[1:]
pictures = fashion.Pictures("train", 64)
model = Model(library)
weights = model.weights()
context = weights.context(64)
weights.save(checkpoint + ".before")
before = context.predict(64, pictures.images)
for _ in range(3):
    context.train_step(pictures.images, pictures.labels)
after = context.predict(64, pictures.images)
assert before != after, "three steps of training did not change the prediction"
assert all(abs(sum(after[i : i + 10]) - 1) < 1e-5 for i in range(0, 640, 10)), "probabilities do not sum to 1"

weights.save(checkpoint)
fresh = model.weights()
fresh.load(checkpoint)
assert fresh.context(64).predict(64, pictures.images) == after, "a fresh load predicts something else"
weights.load(checkpoint + ".before")
assert context.predict(64, pictures.images) == before, "loading the first values did not bring the first prediction back"
