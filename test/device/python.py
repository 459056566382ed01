# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The Python package on the simulated GPU: arrays of the host and tensors of the device, in and out."""
import ctypes
import sys
from ctypes import byref, c_int64, c_size_t, c_uint64, c_void_p

import numpy

import dlc
from dlc import _abi

cuda = ctypes.CDLL("libcuda.so.1")
new_capsule = ctypes.PYFUNCTYPE(ctypes.py_object, c_void_p, ctypes.c_char_p, c_void_p)(("PyCapsule_New", ctypes.pythonapi))


def require(status):
    assert status == 0, status


class OnDevice:
    """A tensor as other libraries have one."""

    def __init__(self, array, number=0):
        self.array, self.number, self.address, self.streams = array, number, c_uint64(), []
        require(cuda.cuMemAlloc_v2(byref(self.address), c_size_t(max(1, array.nbytes))))
        require(cuda.cuMemcpyHtoDAsync_v2(self.address, c_void_p(array.ctypes.data), c_size_t(array.nbytes), None))
        require(cuda.cuStreamSynchronize(None))

    def __dlpack_device__(self):
        return (_abi.CUDA, self.number)

    def __dlpack__(self, stream=None):
        self.streams.append(stream)
        code = {"f": 2, "u": 1, "i": 0}[self.array.dtype.kind]
        self.tensor = _abi.DlTensor(self.address.value, _abi.CUDA, self.number, self.array.ndim, code,
                                    self.array.itemsize * 8, 1, (c_int64 * 4)(*self.array.shape), None, 0)
        return new_capsule(ctypes.addressof(self.tensor), b"dltensor", None)

    def read(self):
        require(cuda.cuMemcpyDtoHAsync_v2(c_void_p(self.array.ctypes.data), self.address, c_size_t(self.array.nbytes), None))
        require(cuda.cuStreamSynchronize(None))
        return self.array

    def free(self):
        require(cuda.cuMemFree_v2(self.address))


def refused(kind, words, call):
    try:
        call()
    except (dlc.Error, ValueError) as error:
        assert getattr(error, "code", type(error).__name__) == kind and words in str(error), error
    else:
        assert False, f"not refused: {words}"


model = dlc.load(sys.argv[1])
weights = model.weights()
context = weights.context(device="cuda", batch=3)
assert context.variant == "sm_80" and model.memory(device="cuda:0", batch=3)["weights"] > 0
image = (numpy.arange(3 * 28 * 28) * 7 % 256).astype(numpy.uint8).reshape(3, 28, 28)
label = numpy.array([0, 3, 9], numpy.uint8)
there = OnDevice(image)
loss = context.train_step(image=there, label=label)  # so that probabilities depend on the picture
assert weights.step == 1 and 2 < loss < 3 and there.streams == [1], (loss, there.streams)
expected = context.predict(image=image)
assert expected.shape == (3, 10) and abs(expected - 0.1).max() > 0.01
assert numpy.array_equal(context.predict(image=there), expected)
out = OnDevice(numpy.zeros((3, 10), numpy.float32))
assert context.predict(image=there, out={"probabilities": out}) is out
assert numpy.array_equal(out.read(), expected)

# A stream of the caller's, and more than one context.
stream = c_void_p()
require(cuda.cuStreamCreate(byref(stream), 1))
other = weights.context(device="cuda:0", stream=stream.value, batch=3)
there.streams.clear()
assert numpy.array_equal(other.predict(image=there), expected) and there.streams == [stream.value]

there.number = 1
refused("DLC_BAD_DEVICE", "argument 'image' is on device 2:1", lambda: context.predict(image=there))
refused("ValueError", "unknown device 'gpu', expected 'cpu', 'cuda'", lambda: weights.context(device="gpu", batch=3))
refused("ValueError", "unknown device 'cuda:x'", lambda: weights.context(device="cuda:x", batch=3))
refused("DLC_NO_DEVICE", "CUDA device 7, there are 1", lambda: model.weights().context(device="cuda:7", batch=3))
refused("DLC_UNSUPPORTED", "compiled without --device=cpu", lambda: weights.context(device="cpu", batch=3))
there.free()
out.free()
del other, context, weights
require(cuda.cuStreamDestroy_v2(stream))
