# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Models, weights and contexts as objects."""

import ctypes
import os
from ctypes import byref, c_int64, c_size_t, c_void_p

import numpy

from . import _abi, _api


def load(path):
    """Opens a model's library (.so)."""
    return Model(path)


def shuffle(seed, epoch, n):
    """The order of an epoch's samples, a function of its arguments alone."""
    order = numpy.empty(n, numpy.int64)
    _api.shuffle(seed, epoch, n, order.ctypes.data)
    return order


def _path(path):
    return os.fsencode(path)


# A stream that is ordered with what other libraries do without naming one
# (CU_STREAM_LEGACY).
_DEFAULT_STREAM = 1


def _options(threads, variant, device, stream):
    """What a context is created with. `device`: None, "cpu", "cuda" or "cuda:1"."""
    kind, _, number = (device or "").partition(":")
    kinds = {"": 0, "cpu": _abi.CPU, "cuda": _abi.CUDA}
    if kind not in kinds or (number and not number.isdigit()):
        raise ValueError(f"unknown device {device!r}, expected 'cpu', 'cuda' or 'cuda:NUMBER'")
    if kind == "cuda" and stream is None:
        stream = _DEFAULT_STREAM
    return _abi.ContextOptions(threads=threads, variant=variant.encode() if variant else None, device_type=kinds[kind],
                               device_id=int(number or 0), stream=stream)


class _Borrowed:
    """A tensor on a device, of whoever has `__dlpack__`, while a call uses it."""

    def __init__(self, value, stream):
        self._capsule = value.__dlpack__(stream=stream)  # which waits for what writes it
        self.tensor = _abi.DlTensor.from_address(_abi.capsule_pointer(self._capsule, b"dltensor"))
        self.ndim, self.shape = self.tensor.ndim, tuple(self.tensor.shape[:self.tensor.ndim])
        self.value = value


def _is_on_device(value):
    return hasattr(value, "__dlpack_device__") and value.__dlpack_device__()[0] != _abi.CPU


class Model:
    """The description of a library: `functions`, `dims`, `parameters`, `variants`."""

    def __init__(self, path):
        library = ctypes.CDLL(os.fspath(os.path.abspath(path)))
        try:
            accessor = getattr(library, f"dlc_model_v{_abi.ABI}")
        except AttributeError:
            raise _api.Error("DLC_VERSION", f"'{path}' is no library of dlc, or of another version of it") from None
        accessor.restype, accessor.argtypes = ctypes.POINTER(_abi.Model), ()
        self._library = library  # the description lies in it
        self._pointer = accessor()
        _api.model_check(self._pointer, 0)
        model = self._model = self._pointer.contents
        self.name = model.name.decode()
        self.dims = [model.dims[i].name.decode() for i in range(model.dim_count)]
        self.functions = {model.functions[i].name.decode(): Function(self, i) for i in range(model.function_count)}
        self.parameters = [model.parameters[i].name.decode() for i in range(model.parameter_count)]
        self.variants = [model.variants[i].name.decode() for i in range(model.variant_count)]

    def __repr__(self):
        return f"<dlc model {self.name}: {', '.join(map(repr, self.functions.values()))}>"

    def weights(self, path=None):
        """New weights: the model's own values, or a checkpoint's."""
        weights = Weights(self)
        if path is not None:
            weights.load(path)
        return weights

    def _bounds(self, bounds):
        unknown = [name for name in bounds if name not in self.dims]
        if unknown:
            raise TypeError(f"{self.name} has no dimension {unknown[0]!r}, only {', '.join(self.dims) or 'none'}")
        return (c_int64 * max(len(self.dims), 1))(*[bounds.get(name, 0) for name in self.dims])

    def memory(self, threads=0, variant=None, device=None, **bounds):
        """Bytes of weights, prepared copies, and a context with these bounds."""
        info = _abi.MemoryInfo()
        options = _options(threads, variant, device, None)
        _api.memory(self._pointer, self._bounds(bounds), byref(options), byref(info))
        return {name: getattr(info, name) for name in ("weights", "prepared", "arena", "context")}


class Function:
    """The signature of a function."""

    def __init__(self, model, index):
        function = model._model.functions[index]
        self.index, self.name = index, function.name.decode()
        self.trains = bool(function.flags & _abi.TRAINS)
        self._model = model
        self._arguments = [function.arguments[i] for i in range(function.argument_count)]
        self._names = [argument.name.decode() for argument in self._arguments]

    def __repr__(self):
        inputs, outputs = [], []
        for name, argument in zip(self._names, self._arguments):
            extents = [self._model.dims[e.dim] if e.dim >= 0 else "?" if e.dim == _abi.COMPUTED else str(e.size)
                       for e in argument.extents[:argument.rank]]
            text = f"{name}: {_abi.TYPES[argument.type][0]}[{' x '.join(extents)}]"
            (outputs if argument.kind == _abi.OUTPUT else inputs).append(text)
        return f"{self.name}({', '.join(inputs)}) -> ({', '.join(outputs)})"

    def _extents(self, arrays):
        """The extents of every argument, once the inputs have said what the dimensions are."""
        dims = (c_int64 * max(len(self._model.dims), 1))()
        for argument, array in zip(self._arguments, arrays):
            if array is None or argument.rank != array.ndim:
                continue
            for extent, size in zip(argument.extents[:argument.rank], array.shape):
                if extent.dim >= 0:
                    dims[extent.dim] = size
        flat = (c_int64 * max(sum(argument.rank for argument in self._arguments), 1))()
        _api.shapes_of(self._model._pointer, self.index, dims, flat)
        at, result = 0, []
        for argument in self._arguments:
            result.append(tuple(flat[at:at + argument.rank]))
            at += argument.rank
        return result

    def _bind(self, given, out, stream=None):
        """One array per argument: inputs as given, outputs new, on the host, or from `out`."""
        for name in list(given) + list(out):
            if name not in self._names:
                raise TypeError(f"{self.name} has no argument {name!r}, only {', '.join(self._names)}")
        arrays = []
        for name, argument in zip(self._names, self._arguments):
            value = out.get(name) if argument.kind == _abi.OUTPUT else given.get(name)
            if value is None and argument.kind == _abi.INPUT:
                raise TypeError(f"{self.name} misses argument {name!r}")
            if argument.kind == _abi.HYPER and value is not None:
                value = numpy.asarray(value, _abi.TYPES[argument.type][1])
            elif value is not None and _is_on_device(value):
                value = _Borrowed(value, stream)
            elif value is not None and not isinstance(value, numpy.ndarray):
                value = numpy.from_dlpack(value) if hasattr(value, "__dlpack__") else numpy.asarray(value)
            arrays.append(value)
        extents = self._extents(arrays)
        for i, argument in enumerate(self._arguments):
            if argument.kind == _abi.OUTPUT and arrays[i] is None:
                arrays[i] = numpy.empty(extents[i], _abi.TYPES[argument.type][1])
            elif argument.kind == _abi.OUTPUT and not (isinstance(arrays[i], _Borrowed) or arrays[i].flags.writeable):
                raise TypeError(f"{self.name}: output {self._names[i]!r} is read-only")
        return arrays

    def _view(self, argument, array):
        """The array as DLPack says it; the C side compares it with what is declared."""
        if isinstance(array, _Borrowed):
            return array.tensor
        code, bits = {"f": 2, "i": 0, "u": 1, "b": 6}.get(array.dtype.kind, 255), array.dtype.itemsize * 8
        if _abi.TYPES[argument.type][0] == "bf16" and array.dtype == numpy.uint16:
            code = 4
        shape = (c_int64 * max(array.ndim, 1))(*array.shape)
        # A stride that is no whole number of elements is one that is not dense.
        size = array.dtype.itemsize or 1
        strides = (c_int64 * max(array.ndim, 1))(*[s // size if s % size == 0 else -1 for s in array.strides])
        return _abi.DlTensor(array.ctypes.data, 1, 0, array.ndim, code, min(bits, 255), 1, shape, strides, 0)

    def _call(self, handle, given, out, stream):
        arrays = self._bind(given, out or {}, stream)
        tensors = [None if a is None else self._view(argument, a) for argument, a in zip(self._arguments, arrays)]
        pointers = (ctypes.POINTER(_abi.DlTensor) * max(len(tensors), 1))(
            *[None if tensor is None else ctypes.pointer(tensor) for tensor in tensors])
        _api.call_dlpack(handle, self.index, pointers, len(tensors))
        results = [array.value if isinstance(array, _Borrowed) else array[()] if array.ndim == 0 else array
                   for argument, array in zip(self._arguments, arrays) if argument.kind == _abi.OUTPUT]
        return results[0] if len(results) == 1 else tuple(results)


class Weights:
    """Parameters, optimizer state, step and seed. Shared by any number of contexts."""

    def __init__(self, model, handle=None):
        self.model = model
        self._handle = handle or c_void_p()
        if handle is None:
            _api.weights_create(model._pointer, 0, None, 0, byref(self._handle))

    def __del__(self):
        if getattr(self, "_handle", None):
            _api.weights_destroy(self._handle)

    def context(self, threads=0, variant=None, device=None, stream=None, **bounds):
        """Memory and threads for one caller, for sizes up to the named bounds.

        `device`: "cpu", "cuda" or "cuda:1"; None: the processor in a library
        compiled for it. `stream`: a GPU's, as an address (torch's
        `torch.cuda.current_stream().cuda_stream`); None: the default one. A call
        between tensors of the GPU alone may return before its outputs are written
        (dlc_context_options.stream): what follows in that stream finds them, and
        inputs are kept until then."""
        return Context(self, _options(threads, variant, device, stream), bounds)

    def load(self, path):
        _api.weights_load(self._handle, _path(path))

    def resume(self, path):
        """Loads a checkpoint, and refuses one that cannot continue a training run."""
        _api.weights_resume(self._handle, _path(path))

    def save(self, path):
        _api.weights_save(self._handle, _path(path))

    def load_bytes(self, data):
        _api.weights_load_memory(self._handle, bytes(data), len(data))

    def save_bytes(self):
        size = c_size_t()
        _api.weights_save_memory(self._handle, None, byref(size))
        data = ctypes.create_string_buffer(size.value)
        _api.weights_save_memory(self._handle, data, byref(size))
        return data.raw[:size.value]

    def initialise(self, seed=0):
        """Back to the model's own values, drawn with `seed`; step 0."""
        _api.weights_initialise(self._handle, seed)

    def copy(self):
        handle = c_void_p()
        _api.weights_copy(self._handle, byref(handle))
        return Weights(self.model, handle)

    def publish(self, to):
        """Gives another handle these values while calls on it go on."""
        _api.weights_publish(self._handle, to._handle)

    @property
    def step(self):
        return _api.weights_step(self._handle)

    @property
    def seed(self):
        return _api.weights_seed(self._handle)

    @seed.setter
    def seed(self, value):
        _api.weights_set_seed(self._handle, value)

    def _parameter(self, name):
        try:
            index = self.model.parameters.index(name)
        except ValueError:
            raise KeyError(name) from None
        parameter = self.model._model.parameters[index]
        return index, parameter.extents[:parameter.rank], _abi.TYPES[parameter.type][1]

    def __getitem__(self, name):
        """A copy of a parameter or slot."""
        index, shape, dtype = self._parameter(name)
        array = numpy.empty(shape, dtype)
        _api.weights_get(self._handle, index, array.ctypes.data, array.nbytes)
        return array

    def __setitem__(self, name, value):
        index, shape, dtype = self._parameter(name)
        array = numpy.ascontiguousarray(value, dtype)
        if array.shape != tuple(shape):
            raise ValueError(f"parameter {name!r} has shape {tuple(shape)}, given {array.shape}")
        _api.weights_set(self._handle, index, array.ctypes.data, array.nbytes)


class Context:
    """One caller's memory and threads. Each function of the model is a method
    that takes inputs by name and returns its outputs; `out={name: array}` gives
    arrays to write them to. On a GPU, arguments may be tensors of that GPU, of
    any library that speaks DLPack; outputs without `out` come to the host."""

    def __init__(self, weights, options, bounds):
        self.weights = weights  # lives at least as long
        self._handle = c_void_p()
        self._stream = options.stream
        _api.context_create(weights._handle, weights.model._bounds(bounds), byref(options), byref(self._handle))

    def __del__(self):
        if getattr(self, "_handle", None):
            _api.context_destroy(self._handle)

    def __getattr__(self, name):
        functions = self.weights.model.functions if "weights" in self.__dict__ else {}
        if name not in functions:
            raise AttributeError(f"no function {name!r}, only {', '.join(functions)}")
        return lambda out=None, **inputs: functions[name]._call(self._handle, inputs, out, self._stream)

    def __dir__(self):
        return [*super().__dir__(), *self.weights.model.functions]

    @property
    def variant(self):
        return self.weights.model.variants[_api.context_variant(self._handle)]
