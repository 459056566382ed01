# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A compiled classifier through the typed functions that its header declares.

The models of these tests have entries predict(image), train_step(image, label,
learning_rate) and evaluate(image, label), all over ui8 pictures.
"""
import ctypes

CLASSES = 10
CUDA = 2  # kDLCUDA


class Error(ctypes.Structure):
    _fields_ = [("size", ctypes.c_uint32), ("code", ctypes.c_int32), ("message", ctypes.c_char * 504)]


class Description(ctypes.Structure):
    """The first fields of struct dlc_model (runtime/include/dlc/abi.h)."""
    _fields_ = [("size", ctypes.c_uint32), ("abi", ctypes.c_uint32), ("signature", ctypes.c_uint64), ("name", ctypes.c_char_p)]


class Options(ctypes.Structure):
    """struct dlc_context_options."""
    _fields_ = [
        ("size", ctypes.c_uint32), ("threads", ctypes.c_int32), ("variant", ctypes.c_char_p),
        ("parallel_for", ctypes.c_void_p), ("user", ctypes.c_void_p), ("max_workers", ctypes.c_int32),
        ("reserved", ctypes.c_int32), ("arena", ctypes.c_void_p), ("arena_bytes", ctypes.c_uint64),
        ("device_type", ctypes.c_int32), ("device_id", ctypes.c_int32), ("stream", ctypes.c_void_p),
    ]


Body = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int64, ctypes.c_int32)
ParallelFor = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int64, Body, ctypes.c_void_p)


class Refused(Exception):
    """A call that did not return DLC_OK; `code` is the status."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class Model:
    """`real` is the type of its probabilities, losses and learning rate."""

    def __init__(self, path, real=ctypes.c_float):
        self.library, self.real = ctypes.CDLL(path), real
        describe = self.library.dlc_model_v1
        describe.restype = ctypes.POINTER(Description)
        self.name = describe().contents.name.decode()

    def function(self, name):
        return getattr(self.library, f"{self.name}_{name}")

    def call(self, function, *arguments):
        """Calls <model>_<function>, the error struct last; raises Refused."""
        error = Error(ctypes.sizeof(Error))
        if self.function(function)(*arguments, ctypes.byref(error)):
            raise Refused(error.code, error.message.decode())

    def weights(self, checkpoint=None):
        """The model's own values, or those of a safetensors file in memory."""
        return Weights(self, checkpoint)


class Weights:
    def __init__(self, model, checkpoint):
        self.model, self.handle = model, ctypes.c_void_p()
        size = ctypes.c_size_t(len(checkpoint) if checkpoint else 0)
        # Signature 0: there is no header here to compare with.
        model.call("weights_create_v1", ctypes.c_uint64(0), checkpoint, size, ctypes.byref(self.handle))

    def load(self, path):
        self.model.call("weights_load", self.handle, str(path).encode())

    def save(self, path):
        self.model.call("weights_save", self.handle, str(path).encode())

    def bytes(self):
        """The checkpoint that `save` would write."""
        size = ctypes.c_size_t()
        self.model.call("weights_save_memory", self.handle, None, ctypes.byref(size))
        data = ctypes.create_string_buffer(size.value)
        self.model.call("weights_save_memory", self.handle, data, ctypes.byref(size))
        return data.raw

    def destroy(self):
        if self.model.function("weights_destroy")(self.handle):
            raise Refused(1, "weights are in use")

    def context(self, *bounds, threads=1, schedule=None, parallel_for=None, workers=0, device=0):
        """`bounds`: the largest batch, then the other named dimensions of the model. `schedule(n)`, when given, yields
        (index, worker) in the order in which the caller's own parallel_for runs n bodies on `workers` workers;
        `parallel_for(n, body, arg)` is one that runs them itself, as body(arg, index, worker)."""
        if schedule:
            def parallel_for(n, body, arg):
                for index, worker in schedule(n):
                    body(arg, index, worker)

        return Context(self, bounds, threads, parallel_for, workers, device)


class Context:
    def __init__(self, weights, bounds, threads, parallel_for, workers, device):
        self.weights, self.model, self.handle = weights, weights.model, ctypes.c_void_p()
        options = Options(size=ctypes.sizeof(Options), threads=threads, device_type=device)
        if parallel_for:
            self.parallel_for = ParallelFor(lambda user, n, body, arg: parallel_for(n, body, arg))  # as long as the library may call it
            options.parallel_for, options.max_workers = ctypes.cast(self.parallel_for, ctypes.c_void_p), workers
        self.model.call("context_create_v1", weights.handle, (ctypes.c_int64 * len(bounds))(*bounds), ctypes.byref(options),
                        ctypes.byref(self.handle))
        self.extra = [ctypes.c_int64(bound) for bound in bounds[1:]]

    def destroy(self):
        if self.model.function("context_destroy")(self.handle):
            raise Refused(1, "the context is in use")

    def predict(self, rows, images):
        """Probabilities, row-major [rows, 10]."""
        out = (self.model.real * (rows * CLASSES))()
        self.model.call("predict", self.handle, ctypes.c_int64(rows), *self.extra, images, out)
        return list(out)

    def train_step(self, images, labels):
        """The loss before a step of the default learning rate."""
        loss = self.model.real()
        self.model.call("train_step", self.handle, ctypes.c_int64(len(labels)), *self.extra, images, labels, None, ctypes.byref(loss))
        return loss.value

    def evaluate(self, images, labels):
        """(sum of losses, hits)."""
        loss, hits = self.model.real(), ctypes.c_int64()
        self.model.call("evaluate", self.handle, ctypes.c_int64(len(labels)), *self.extra, images, labels, ctypes.byref(loss),
                        ctypes.byref(hits))
        return loss.value, hits.value
