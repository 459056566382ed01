# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What options.times is refused for: too little room, a library without timers. `profile.py runtime timed plain`"""
import ctypes
import sys
from ctypes import byref, c_int64, c_size_t, c_uint64, c_void_p

from model import CUDA, Error, Options


class WithTimes(ctypes.Structure):
    _fields_ = [*Options._fields_, ("times", c_void_p), ("times_bytes", c_uint64)]


runtime = ctypes.CDLL(sys.argv[1])


def create(path, room):
    library, weights = ctypes.CDLL(path), c_void_p()
    library.dlc_model_v1.restype = c_void_p
    assert runtime.dlc_weights_create_v1(c_void_p(library.dlc_model_v1()), c_uint64(0), None, c_size_t(0), byref(weights), None) == 0
    error, context, times = Error(ctypes.sizeof(Error)), c_void_p(), (c_int64 * 1000)()
    options = WithTimes(size=ctypes.sizeof(WithTimes), device_type=CUDA, times=ctypes.addressof(times), times_bytes=room)
    status = runtime.dlc_context_create_v1(weights, (c_int64 * 2)(4, 4), byref(options), byref(context), byref(error))
    runtime.dlc_context_destroy_v1(context)
    runtime.dlc_weights_destroy_v1(weights)
    return status, error.message.decode()


BAD_ARGUMENT, UNSUPPORTED = 2, 13
timed, plain = sys.argv[2:]
assert create(timed, 8000) == (0, "")
status, message = create(timed, 31)
assert status == BAD_ARGUMENT and "options.times has 31 bytes, the launches of m need" in message, message
status, message = create(plain, 8000)
assert (status, message) == (UNSUPPORTED, "m has no timers: compile it with --profile")
