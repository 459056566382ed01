# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Python.py PACKAGES TOY.so: the Python package on the toy model's library.
# Without NumPy this is skipped (exit 77).
import os
import sys
import tempfile
import threading

try:
    import numpy
except ImportError:
    sys.exit(77)

sys.path.insert(0, sys.argv[1])
import dlc


def refused(code, words, call):
    try:
        call()
    except (dlc.Error, TypeError, ValueError, KeyError, AttributeError) as error:
        assert getattr(error, "code", type(error).__name__) == code, (error, getattr(error, "code", None))
        assert words in str(error), error
    else:
        assert False, f"not refused: {words}"


model = dlc.load(sys.argv[2])
assert model.name == "toy" and model.dims == ["batch", "count"], model
assert repr(model.functions["train_step"]) == (
    "train_step(image: ui8[batch x 4], label: i32[batch], learning_rate: f32[]) -> (loss: f32[])")
assert model.functions["train_step"].trains and not model.functions["predict"].trains
assert model.memory(batch=8)["weights"] == 384

weights = model.weights()
context = weights.context(batch=8, threads=2)
assert context.variant == "best" and "predict" in dir(context)
rng = numpy.random.default_rng(1)
image = rng.integers(0, 256, (8, 4), numpy.uint8)
label = (image[:, 0] % 3).astype(numpy.int32)
scores = context.predict(image=image)
expected = image.astype(numpy.float32) / 255 @ weights["w"] + weights["b"]
assert scores.shape == (8, 3) and numpy.allclose(scores, expected, atol=1e-5)

# Fewer rows, none, and views that are dense or are not.
assert numpy.array_equal(context.predict(image=image[2:5]), scores[2:5])
assert context.predict(image=image[:0]).shape == (0, 3)
refused("DLC_BAD_LAYOUT", "argument 'image' has stride", lambda: context.predict(image=image[::2]))
refused("DLC_BAD_LAYOUT", "argument 'image' has stride", lambda: context.predict(image=numpy.asfortranarray(image)))
refused("DLC_BAD_TYPE", "is f32[8x4], expected ui8[batch x 4]",
        lambda: context.predict(image=image.astype(numpy.float32)))
refused("DLC_BAD_SHAPE", "is ui8[1x32x32], expected ui8[batch x 4]",
        lambda: context.predict(image=numpy.zeros((1, 32, 32), numpy.uint8)))
refused("DLC_BAD_SHAPE", "batch is 9, this context was created for at most 8",
        lambda: context.predict(image=numpy.zeros((9, 4), numpy.uint8)))
refused("TypeError", "has no argument 'imgae', only image", lambda: context.predict(imgae=image))
refused("TypeError", "misses argument 'image'", lambda: context.predict())
refused("AttributeError", "no function 'predcit', only predict", lambda: context.predcit(image=image))
refused("TypeError", "no dimension 'bacth', only batch, count", lambda: weights.context(bacth=4))
refused("DLC_BAD_ARGUMENT", "batch has no default", lambda: weights.context())
label[3] = 3
refused("DLC_BAD_VALUE", "argument 'label' holds 3 at position 3", lambda: context.train_step(image=image, label=label))
label[3] = 0

# Outputs can be the caller's, and DLPack brings other libraries' arrays.
mine = numpy.empty((8, 3), numpy.float32)
assert context.predict(image=image, out={"scores": mine}) is mine and numpy.array_equal(mine, scores)
mine.flags.writeable = False
refused("TypeError", "output 'scores' is read-only", lambda: context.predict(image=image, out={"scores": mine}))


class Foreign:
    def __dlpack__(self, **options):
        return image.__dlpack__(**options)

    def __dlpack_device__(self):
        return image.__dlpack_device__()


assert numpy.array_equal(context.predict(image=Foreign()), scores)

# Training, checkpoints, parameters.
first = context.train_step(image=image, label=label)
losses = [context.train_step(image=image, label=label, learning_rate=0.25) for _ in range(100)]
assert weights.step == 101 and losses[-1] < first
weights.seed = -5
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "toy.safetensors")
    weights.save(path)
    again = model.weights(path)
    assert again.step == 101 and again.seed == -5 and numpy.array_equal(again["w"], weights["w"])
    again.initialise(3)
    again.resume(path)
    assert again.save_bytes() == weights.save_bytes() == open(path, "rb").read()
    again.load_bytes(weights.save_bytes())
    refused("DLC_IO", "no such file", lambda: model.weights(path + "x"))
    refused("DLC_BAD_FILE", "", lambda: again.load_bytes(b"12345678{}"))
copy = weights.copy()
copy["b"] = [7, 8, 9]
assert list(copy["b"]) == [7, 8, 9] and list(weights["b"]) != [7, 8, 9]
refused("ValueError", "parameter 'b' has shape (3,), given (2,)", lambda: copy.__setitem__("b", [1, 2]))
refused("KeyError", "bias", lambda: copy["bias"])
copy.publish(weights)
assert list(weights["b"]) == [7, 8, 9]

# Contexts on several threads at once.
expected, wrong = context.predict(image=image), []


def use():
    mine = weights.context(batch=8)
    for _ in range(200):
        if not numpy.array_equal(mine.predict(image=image), expected):
            wrong.append(1)


threads = [threading.Thread(target=use) for _ in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
assert not wrong
assert sorted(dlc.shuffle(1, 2, 50)) == list(range(50)) and list(dlc.shuffle(0, 0, 10)) == [4, 5, 9, 1, 2, 6, 3, 8, 7, 0]
refused("DLC_VERSION", "is no library of dlc", lambda: dlc.load(os.path.join(sys.argv[1], "..", "libdlc_runtime.so")))
