# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A compiled model through the generic C API (runtime/include/dlc), on NumPy arrays.

The structures mirror abi.h and runtime.h field by field.
"""
import ctypes as c
import pathlib

import numpy

POINTER, I32, I64, U32, U64 = c.POINTER, c.c_int32, c.c_int64, c.c_uint32, c.c_uint64
TYPES = {1: numpy.float64, 2: numpy.float32, 3: numpy.float16, 5: numpy.int64, 6: numpy.int32, 7: numpy.int8, 8: numpy.bool_, 9: numpy.uint8}
INPUT, OUTPUT, HYPER = 0, 1, 2


def structure(name, *fields):
    return type(name, (c.Structure,), {"_fields_": list(fields)})


Error = structure("Error", ("size", U32), ("code", I32), ("message", c.c_char * 504))
Dim = structure("Dim", ("name", c.c_char_p), ("low", I64), ("high", I64), ("bound", I64))
Extent = structure("Extent", ("size", I64), ("dim", I32), ("reserved", I32))
Argument = structure("Argument", ("name", c.c_char_p), ("kind", I32), ("type", I32), ("rank", I32), ("checked", I32), ("bound", I64),
                     ("extents", POINTER(Extent)), ("default_bits", U64))
Function = structure("Function", ("name", c.c_char_p), ("argument_count", I32), ("flags", I32), ("arguments", POINTER(Argument)),
                     ("shapes", c.c_void_p))
Description = structure("Description", ("size", U32), ("abi", U32), ("signature", U64), ("name", c.c_char_p), ("compiler", c.c_char_p),
                        ("target", c.c_char_p), ("options", c.c_char_p), ("dim_count", I32), ("parameter_count", I32),
                        ("function_count", I32), ("variant_count", I32), ("dims", POINTER(Dim)), ("parameters", c.c_void_p),
                        ("functions", POINTER(Function)))
Options = structure("Options", ("size", U32), ("threads", I32), ("variant", c.c_char_p), ("parallel_for", c.c_void_p), ("user", c.c_void_p),
                    ("max_workers", I32), ("reserved", I32), ("arena", c.c_void_p), ("arena_bytes", U64))


class Library:
    """`runtime` is libdlc_runtime.so, `path` the model's library."""

    def __init__(self, runtime, path):
        self.runtime, self.model = c.CDLL(str(runtime)), c.CDLL(str(path))
        describe = self.model.dlc_model_v1
        describe.restype = POINTER(Description)
        self.pointer = describe()
        self.description = self.pointer.contents

    def call(self, function, *arguments):
        error = Error(c.sizeof(Error))
        if getattr(self.runtime, f"dlc_{function}_v1")(*arguments, c.byref(error)):
            raise RuntimeError(error.message.decode())

    def weights(self, path=None):
        handle = c.c_void_p()
        self.call("weights_create", self.pointer, U64(0), None, c.c_size_t(0), c.byref(handle))
        if path:
            self.call("weights_load", handle, str(pathlib.Path(path)).encode())
        return handle

    def function(self, name, weights, inputs, threads):
        """A call without arguments that runs `name` on `inputs` (by name; contiguous arrays of the declared types)
        and returns its outputs, which it overwrites the next time. The only function there is when `name` is None."""
        functions = [self.description.functions[i] for i in range(self.description.function_count)]
        names = [function.name.decode() for function in functions]
        index = names.index(name) if name else 0
        arguments = [functions[index].arguments[i] for i in range(functions[index].argument_count)]
        dims = (I64 * max(1, self.description.dim_count))()
        for argument in arguments:
            if argument.kind == INPUT:
                for axis in range(argument.rank):
                    if argument.extents[axis].dim >= 0:
                        dims[argument.extents[axis].dim] = inputs[argument.name.decode()].shape[axis]
        context, options = c.c_void_p(), Options(size=c.sizeof(Options), threads=threads)
        self.call("context_create", weights, dims, c.byref(options), c.byref(context))
        extents = (I64 * max(1, sum(argument.rank for argument in arguments)))()
        self.call("shapes_of", self.pointer, I32(index), dims, extents)
        arrays, outputs, first = [], {}, 0
        for argument in arguments:
            shape = extents[first : first + argument.rank]
            first += argument.rank
            label = argument.name.decode()
            if argument.kind == OUTPUT:
                outputs[label] = numpy.empty(shape, TYPES[argument.type])
            arrays.append(outputs.get(label) if argument.kind == OUTPUT else inputs.get(label))
            if argument.kind == INPUT and (arrays[-1].dtype != TYPES[argument.type] or list(arrays[-1].shape) != shape):
                raise RuntimeError(f"{label} is {arrays[-1].dtype}{arrays[-1].shape}, expected {TYPES[argument.type]}{shape}")
        addresses = (c.c_void_p * len(arrays))(*[None if array is None else array.ctypes.data for array in arrays])
        run, error = self.runtime.dlc_call_v1, Error(c.sizeof(Error))
        reference = c.byref(error)

        def call(keep=(arrays, context)):
            if run(context, index, dims, addresses, reference):
                raise RuntimeError(error.message.decode())
            return outputs

        return call
