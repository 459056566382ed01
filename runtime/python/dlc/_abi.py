# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The structures of dlc/abi.h, dlc/dlpack.h and dlc/runtime.h, field for field."""

from ctypes import (CFUNCTYPE, POINTER, PYFUNCTYPE, Structure, c_char, c_char_p, c_int32, c_int64, c_uint8, c_uint16,
                    c_uint32, c_uint64, c_void_p, py_object, pythonapi, sizeof)

ABI = 1
INPUT, OUTPUT, HYPER = 0, 1, 2
CONSTANT, COMPUTED = -1, -2
TRAINS = 1
CPU, CUDA = 1, 2  # DLDeviceType

# Element type -> (name in messages, NumPy dtype, DLPack code, bits). NumPy has
# no bf16: its bits travel as uint16.
TYPES = {
    1: ("f64", "float64", 2, 64), 2: ("f32", "float32", 2, 32), 3: ("f16", "float16", 2, 16),
    4: ("bf16", "uint16", 4, 16), 5: ("i64", "int64", 0, 64), 6: ("i32", "int32", 0, 32), 7: ("i8", "int8", 0, 8),
    8: ("i1", "bool", 6, 8), 9: ("ui8", "uint8", 1, 8),
}


class Dim(Structure):
    _fields_ = [("name", c_char_p), ("low", c_int64), ("high", c_int64), ("bound", c_int64)]


class Extent(Structure):
    _fields_ = [("size", c_int64), ("dim", c_int32), ("reserved", c_int32)]


class Argument(Structure):
    _fields_ = [("name", c_char_p), ("kind", c_int32), ("type", c_int32), ("rank", c_int32), ("checked", c_int32),
                ("bound", c_int64), ("extents", POINTER(Extent)), ("default_bits", c_uint64)]


class Parameter(Structure):
    _fields_ = [("name", c_char_p), ("kind", c_int32), ("type", c_int32), ("rank", c_int32), ("written", c_int32),
                ("extents", POINTER(c_int64)), ("offset", c_int64), ("bytes", c_int64), ("data", c_int64)]


class Function(Structure):
    _fields_ = [("name", c_char_p), ("argument_count", c_int32), ("flags", c_int32), ("arguments", POINTER(Argument)),
                ("shapes", c_void_p)]


class Entry(Structure):
    _fields_ = [("code", c_void_p), ("plan", c_void_p), ("offset_count", c_int32), ("reserved", c_int32)]


class Variant(Structure):
    _fields_ = [("name", c_char_p), ("features", c_uint64), ("prepared_bytes", c_int64), ("prepared_data", c_int64),
                ("initialise", Entry), ("prepare", Entry), ("entries", POINTER(Entry)),
                ("device", c_void_p)]


class Model(Structure):
    _fields_ = [("size", c_uint32), ("abi", c_uint32), ("signature", c_uint64), ("name", c_char_p),
                ("compiler", c_char_p), ("target", c_char_p), ("options", c_char_p), ("dim_count", c_int32),
                ("parameter_count", c_int32), ("function_count", c_int32), ("variant_count", c_int32),
                ("dims", POINTER(Dim)), ("parameters", POINTER(Parameter)), ("functions", POINTER(Function)),
                ("variants", POINTER(Variant)), ("state_bytes", c_int64), ("data", c_void_p), ("data_bytes", c_int64),
                ("weights_mode", c_int32), ("reserved", c_int32), ("fingerprint", c_uint64), ("reserved2", c_void_p)]


class DlTensor(Structure):
    _fields_ = [("data", c_void_p), ("device_type", c_int32), ("device_id", c_int32), ("ndim", c_int32),
                ("code", c_uint8), ("bits", c_uint8), ("lanes", c_uint16), ("shape", POINTER(c_int64)),
                ("strides", POINTER(c_int64)), ("byte_offset", c_uint64)]


class ErrorStruct(Structure):
    _fields_ = [("size", c_uint32), ("code", c_int32), ("message", c_char * 504)]

    def __init__(self):
        super().__init__(sizeof(ErrorStruct))


class ContextOptions(Structure):
    _fields_ = [("size", c_uint32), ("threads", c_int32), ("variant", c_char_p), ("parallel_for", c_void_p),
                ("user", c_void_p), ("max_workers", c_int32), ("reserved", c_int32), ("arena", c_void_p),
                ("arena_bytes", c_uint64), ("device_type", c_int32), ("device_id", c_int32), ("stream", c_void_p)]

    def __init__(self, **fields):
        super().__init__(size=sizeof(ContextOptions), **fields)


class MemoryInfo(Structure):
    _fields_ = [("size", c_uint32), ("reserved", c_uint32), ("weights", c_uint64), ("prepared", c_uint64),
                ("arena", c_uint64), ("context", c_uint64)]

    def __init__(self):
        super().__init__(sizeof(MemoryInfo))


# The address in a capsule of the name that its content says.
capsule_pointer = PYFUNCTYPE(c_void_p, py_object, c_char_p)(("PyCapsule_GetPointer", pythonapi))

Accessor = CFUNCTYPE(POINTER(Model))
