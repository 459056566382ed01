# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Functions of tensors, compiled and compared with their definition.

Inputs are small integers, so that every sum is exact in f32 whatever its order
and results must be equal to the last bit.
"""
import ctypes
import itertools
import math
import os
import random
import subprocess

import model

TYPES = {"f32": ctypes.c_float, "f64": ctypes.c_double, "i64": ctypes.c_int64}


def places(shape):
    return itertools.product(*map(range, shape))


class Tensor:
    """Numbers by place, row-major."""

    def __init__(self, shape, values=None, type="f32", constant=None):
        self.shape, self.type, self.constant, self.parameter = tuple(shape), type, constant, False
        self.values = list(values) if values is not None else [0.0] * math.prod(self.shape)

    @classmethod
    def random(cls, shape, seed, low=-4, high=4, type="f32"):
        source = random.Random(seed)
        return cls(shape, [source.randint(low, high) for _ in range(math.prod(shape))], type)

    @classmethod
    def splat(cls, shape, value):
        """A constant of the function and no argument of it."""
        return cls(shape, [value] * math.prod(shape), constant=value)

    def asParameter(self):
        """The same numbers, as state of the model."""
        self.parameter = True
        return self

    def isArgument(self):
        return self.constant is None and not self.parameter

    def dense(self):
        def rows(shape, values):
            if not shape:
                return f"{values[0]:.1f}"
            step = len(values) // shape[0]
            return f"[{', '.join(rows(shape[1:], values[i * step:(i + 1) * step]) for i in range(shape[0]))}]"
        return f"dense<{rows(self.shape, self.values)}> : {self.text()}"

    def flat(self, place):
        number = 0
        for index, extent in zip(place, self.shape):
            number = number * extent + index
        return number

    def __getitem__(self, place):
        return self.values[self.flat(place)]

    def __setitem__(self, place, value):
        self.values[self.flat(place)] = value

    def text(self):
        return f"tensor<{''.join(f'{extent}x' for extent in self.shape)}{self.type}>"

    def array(self):
        return (TYPES[self.type] * len(self.values))(*self.values)


def equal(a, b):
    return a == b or (a != a and b != b)


class Module:
    """Functions that are compiled together. Each is one op, followed by a
    negation that the kernel computes as its epilogue."""

    def __init__(self, name):
        self.name, self.functions, self.calls = name, [], []

    def add(self, op, attributes, inputs, expected):
        name = f"f{len(self.calls)}"
        arguments = ", ".join(f"%x{i}: {x.text()}" for i, x in enumerate(inputs) if x.isArgument())
        constants = ""
        for i, x in enumerate(inputs):
            if x.constant is not None:
                constants += f"  %x{i} = dl.constant dense<{x.constant:.1f}> : {x.text()}\n"
            elif x.parameter:
                self.functions.append(f"dl.parameter @{name}_x{i} : {x.text()} = {x.dense()}\n")
                constants += f"  %x{i} = dl.read @{name}_x{i} : {x.text()}\n"
        types = ", ".join(x.text() for x in inputs)
        operands = ", ".join(f"%x{i}" for i in range(len(inputs)))
        result = expected.text()
        self.functions.append(
            f'func.func @{name}({arguments}) -> ({result} {{dl.name = "result"}}) attributes {{dl.entry}} {{\n'
            f"{constants}"
            f"  %r = dl.{op} {operands} {{{attributes}}} : ({types}) -> {result}\n"
            f"  %n = dl.neg %r : ({result}) -> {result}\n"
            f"  return %n : {result}\n}}\n")
        self.calls.append((name, f"{op} {{{attributes}}} on {types}", inputs, expected))

    def check(self, folder, cpu, edit=None):
        """Compiles and calls every function with 1 and 3 threads; exits with the differences. `edit` changes the text
        of the kernels, their schedules for instance, before they are generated."""
        os.makedirs(folder, exist_ok=True)
        source, library = os.path.join(folder, self.name + ".mlir"), os.path.join(folder, self.name + ".so")
        with open(source, "w") as file:
            file.write("\n".join(self.functions))
        if edit:
            kernels = os.path.join(folder, self.name + ".kernels.mlir")
            subprocess.run(["dlc", source, f"--cpu={cpu}", "--emit=kernels", "-o", kernels], check=True)
            with open(kernels) as file:
                text = file.read()
            with open(kernels, "w") as file:
                file.write(edit(text))
            subprocess.run(["dlc", "--from=kernels", kernels, "-o", library], check=True)
        else:
            subprocess.run(["dlc", source, f"--cpu={cpu}", "-o", library], check=True)
        compiled = model.Model(library)
        weights, failures = compiled.weights(), []
        for threads in (1, 3):
            context = weights.context(threads=threads)
            for name, what, inputs, expected in self.calls:
                out = (TYPES[expected.type] * len(expected.values))()
                compiled.call(name, context.handle, *[x.array() for x in inputs if x.isArgument()], out)
                wrong = [i for i, (a, b) in enumerate(zip(out, expected.values)) if not equal(-a, b)]
                if wrong:
                    failures.append(f"{what}, {threads} threads: {len(wrong)} of {len(out)} differ, "
                                    f"element {wrong[0]} is {-out[wrong[0]]}, expected {expected.values[wrong[0]]}")
        if failures:
            raise SystemExit("\n".join(failures))


def array(values):
    return f"array<i64: {', '.join(map(str, values))}>"
