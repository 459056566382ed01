# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Calls with tensors on the host and on the simulated GPU, in all mixtures."""
import ctypes
import sys
from ctypes import POINTER, byref, c_int32, c_int64, c_size_t, c_uint64, c_void_p

from model import CUDA, Error, Options

HOST, ROWS, CLASSES, PIXELS = 1, 3, 10, 28 * 28
BAD_VALUE, BAD_DEVICE = 5, 7
runtime, library, cuda = ctypes.CDLL(sys.argv[1]), ctypes.CDLL(sys.argv[2]), ctypes.CDLL("libcuda.so.1")
library.dlc_model_v1.restype = c_void_p


class Tensor(ctypes.Structure):
    """struct DLTensor."""
    _fields_ = [("data", c_void_p), ("device", c_int32), ("id", c_int32), ("ndim", c_int32), ("code", ctypes.c_uint8),
                ("bits", ctypes.c_uint8), ("lanes", ctypes.c_uint16), ("shape", POINTER(c_int64)), ("strides", c_void_p),
                ("offset", c_uint64)]


def tensor(address, shape, code, bits, device, number=0):
    return Tensor(address, device, number, len(shape), code, bits, 1, (c_int64 * max(1, len(shape)))(*shape), None, 0)


def require(status):
    assert status == 0, status


def runtime_call(name, *arguments):
    """(status, message)"""
    error = Error(ctypes.sizeof(Error))
    return getattr(runtime, f"dlc_{name}_v1")(*arguments, byref(error)), error.message.decode()


class Memory:
    """Bytes on the device, from `shift` on."""

    def __init__(self, data, shift=0):
        self.base, self.size = c_uint64(), len(data)
        require(cuda.cuMemAlloc_v2(byref(self.base), c_size_t(len(data) + shift)))
        self.address = self.base.value + shift
        require(cuda.cuMemcpyHtoDAsync_v2(c_uint64(self.address), bytes(data), c_size_t(len(data)), None))
        require(cuda.cuStreamSynchronize(None))

    def write(self, data):
        require(cuda.cuMemcpyHtoDAsync_v2(c_uint64(self.address), data, c_size_t(len(data)), None))
        require(cuda.cuStreamSynchronize(None))

    def read(self):
        data = ctypes.create_string_buffer(self.size)
        require(cuda.cuMemcpyDtoHAsync_v2(data, c_uint64(self.address), c_size_t(self.size), None))
        require(cuda.cuStreamSynchronize(None))
        return data.raw

    def free(self):
        require(cuda.cuMemFree_v2(self.base))


weights, context, stream = c_void_p(), c_void_p(), c_void_p()
assert runtime_call("weights_create", c_void_p(library.dlc_model_v1()), c_uint64(0), None, c_size_t(0), byref(weights))[0] == 0
require(cuda.cuStreamCreate(byref(stream), 1))
options = Options(size=ctypes.sizeof(Options), device_type=CUDA, stream=stream)
assert runtime_call("context_create", weights, (c_int64 * 1)(ROWS), byref(options), byref(context)) == (0, "")


def call(function, *tensors, on=None):
    pointers = (POINTER(Tensor) * len(tensors))(*[ctypes.pointer(t) if t else None for t in tensors])
    return runtime_call("call_dlpack", on or context, c_int32(function), pointers, c_int32(len(tensors)))


def image(address, device, number=0):
    return tensor(address, (ROWS, 28, 28), 1, 8, device, number)


def output(address, device):
    return tensor(address, (ROWS, CLASSES), 2, 32, device)


pixels = bytes(i * 7 % 256 for i in range(ROWS * PIXELS))
label = Memory(bytes([0, 3, 9]))
loss = (ctypes.c_float * 1)()
x = Memory(pixels)
# A step, so that probabilities depend on the picture: label and picture on the device, the loss on the host.
assert call(1, image(x.address, CUDA), tensor(label.address, (ROWS,), 1, 8, CUDA), None, tensor(ctypes.addressof(loss), (), 2, 32, HOST)) == (0, "")
assert loss[0] > 2

host = (ctypes.c_float * (ROWS * CLASSES))()
assert call(0, image(ctypes.cast(pixels, c_void_p).value, HOST), output(ctypes.addressof(host), HOST)) == (0, "")
expected = bytes(host)
assert any(abs(p - 0.1) > 0.01 for p in host)
y = Memory(bytes(len(expected)))
for shift in (0, 0, 4):  # where they were; elsewhere; where no access of 16 bytes begins, which is copied
    there = Memory(pixels, shift)
    y.write(bytes(len(expected)))
    assert call(0, image(there.address, CUDA), output(y.address, CUDA)) == (0, "")
    assert y.read() != expected, "a call waited, of which the host learns nothing"
    require(cuda.cuStreamSynchronize(stream))
    assert y.read() == expected, f"other results with the picture {shift} bytes off"
    there.free()

status, message = call(0, image(x.address, CUDA, 1), output(y.address, CUDA))
assert status == BAD_DEVICE and "is on device 2:1, expected host memory or device 2:0" in message, message
bad = Memory(bytes([0, 10, 9]))
status, message = call(1, image(x.address, CUDA), tensor(bad.address, (ROWS,), 1, 8, CUDA), None, tensor(ctypes.addressof(loss), (), 2, 32, HOST))
assert status == BAD_VALUE and "argument 'label' holds 10 at position 1, expected a value in [0, 10)" in message, message
# One on the host, be it the smallest, and the call waits.
y.write(bytes(len(expected)))
assert call(0, image(ctypes.cast(pixels, c_void_p).value, HOST), output(y.address, CUDA)) == (0, "") and y.read() == expected

# A step on another stream does not write weights that a call still reads.
other, options.stream = c_void_p(), None
assert runtime_call("context_create", weights, (c_int64 * 1)(ROWS), byref(options), byref(other)) == (0, "")
y.write(bytes(len(expected)))
assert call(0, image(x.address, CUDA), output(y.address, CUDA)) == (0, "") and y.read() != expected
assert call(1, image(x.address, CUDA), tensor(label.address, (ROWS,), 1, 8, CUDA), None, tensor(ctypes.addressof(loss), (), 2, 32, HOST), on=other) == (0, "")
assert y.read() == expected, "a step changed the weights of a call before it"
assert call(0, image(x.address, CUDA), output(ctypes.addressof(host), HOST), on=other) == (0, "") and bytes(host) != expected
# With a stream of its own a call waits: nobody else could.
y.write(bytes(len(expected)))
assert call(0, image(x.address, CUDA), output(y.address, CUDA), on=other) == (0, "") and y.read() == bytes(host)
runtime.dlc_context_destroy_v1(other)
for memory in (x, y, label, bad):
    memory.free()
runtime.dlc_context_destroy_v1(context)
runtime.dlc_weights_destroy_v1(weights)
require(cuda.cuStreamDestroy_v2(stream))
