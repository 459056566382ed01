# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The functions of dlc/runtime.h, found in libdlc_runtime.so."""

import ctypes
import os
from ctypes import POINTER, byref, c_char_p, c_int32, c_int64, c_size_t, c_uint64, c_void_p

from . import _abi


class Error(Exception):
    """What a call of the runtime refused. `code` is its name: "DLC_BAD_SHAPE"."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def _open():
    here = os.path.dirname(os.path.abspath(__file__))
    name = "libdlc_runtime.so"
    # In the package, or where it is installed and built: <lib>/python/dlc.
    for folder in (here, os.path.dirname(os.path.dirname(here))):
        if os.path.exists(os.path.join(folder, name)):
            return ctypes.CDLL(os.path.join(folder, name))
    return ctypes.CDLL(name)


_runtime = _open()
_model, _handle, _error = POINTER(_abi.Model), c_void_p, POINTER(_abi.ErrorStruct)
_dims = POINTER(c_int64)


def _function(name, result, *arguments):
    function = getattr(_runtime, f"dlc_{name}_v{_abi.ABI}")
    function.restype, function.argtypes = result, arguments
    return function


status_name = _function("status_name", c_char_p, c_int32)
shuffle = _function("shuffle", None, c_uint64, c_int64, c_int64, c_void_p)
model_variant = _function("model_variant", c_int32, _model, c_char_p, _error)
context_variant = _function("context_variant", c_int32, _handle)
context_destroy = _function("context_destroy", c_int32, _handle)
weights_destroy = _function("weights_destroy", c_int32, _handle)
weights_step = _function("weights_step", c_int64, _handle)
weights_seed = _function("weights_seed", c_int64, _handle)


def _checked(name, *arguments):
    """A function whose status becomes an exception; the error is added last."""
    function = _function(name, c_int32, *arguments, _error)

    def call(*values):
        error = _abi.ErrorStruct()
        status = function(*values, byref(error))
        if status:
            raise Error(status_name(status).decode(), error.message.decode(errors="replace"))

    return call


model_check = _checked("model_check", _model, c_uint64)
memory = _checked("memory", _model, _dims, POINTER(_abi.ContextOptions), POINTER(_abi.MemoryInfo))
shapes_of = _checked("shapes_of", _model, c_int32, _dims, _dims)
weights_create = _checked("weights_create", _model, c_uint64, c_void_p, c_size_t, POINTER(_handle))
weights_initialise = _checked("weights_initialise", _handle, c_int64)
weights_load = _checked("weights_load", _handle, c_char_p)
weights_resume = _checked("weights_resume", _handle, c_char_p)
weights_save = _checked("weights_save", _handle, c_char_p)
weights_load_memory = _checked("weights_load_memory", _handle, c_char_p, c_size_t)
weights_save_memory = _checked("weights_save_memory", _handle, c_void_p, POINTER(c_size_t))
weights_copy = _checked("weights_copy", _handle, POINTER(_handle))
weights_publish = _checked("weights_publish", _handle, _handle)
weights_set_seed = _checked("weights_set_seed", _handle, c_int64)
weights_get = _checked("weights_get", _handle, c_int32, c_void_p, c_size_t)
weights_set = _checked("weights_set", _handle, c_int32, c_void_p, c_size_t)
context_create = _checked("context_create", _handle, _dims, POINTER(_abi.ContextOptions), POINTER(_handle))
call_dlpack = _checked("call_dlpack", _handle, c_int32, POINTER(POINTER(_abi.DlTensor)), c_int32)
