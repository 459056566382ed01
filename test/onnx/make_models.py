#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Remakes the small models under cases/, with ONNX Runtime's results.

    python3 make_models.py            (needs numpy, onnx, onnxruntime; made with onnx 1.23.2, onnxruntime 1.32.0)

One model per family: every operator is an output of its own. Inputs and results
are the initialisers in:NAME and out:NAME of data.onnx. Files are the same bytes
on every run.
"""
import os
import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

HERE = os.path.dirname(os.path.abspath(__file__))
F, I, B = TensorProto.FLOAT, TensorProto.INT64, TensorProto.BOOL


class Model:
    def __init__(self, opset=17):
        self.opset, self.nodes, self.inputs, self.constants, self.outputs, self.values, self.count = opset, [], [], [], [], [], 0
        self.random = np.random.default_rng(0)

    def input(self, name, dims, shape, type=F, low=-2.0, high=2.0):
        """A graph input of extents `dims` (names or numbers), fed with `shape`."""
        self.inputs.append(helper.make_tensor_value_info(name, type, dims))
        if type == F:
            value = self.random.uniform(low, high, shape).astype(np.float32)
        else:
            value = self.random.integers(int(low), int(high), shape).astype({I: np.int64, B: np.bool_}[type])
        self.values.append((name, value))
        return name

    def const(self, value, type=None):
        array = np.array(value, dtype=type)
        if array.dtype == np.float64:
            array = array.astype(np.float32)
        self.count += 1
        self.constants.append(numpy_helper.from_array(array, f"c{self.count}"))
        return f"c{self.count}"

    def weight(self, name, *shape):
        self.constants.append(numpy_helper.from_array(self.random.uniform(-1, 1, shape).astype(np.float32), name))
        return name

    def op(self, kind, *inputs, outputs=1, **attributes):
        self.count += 1
        names = [f"v{self.count}"] if outputs == 1 else [f"v{self.count}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, name=f"{kind.lower()}_{self.count}", **attributes))
        return names[0] if outputs == 1 else names

    def out(self, *names):
        self.outputs += names

    def model(self):
        graph = helper.make_graph(self.nodes, "g", self.inputs, [helper.make_empty_tensor_value_info(n) for n in self.outputs], self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", self.opset)], ir_version=8)
        inferred = onnx.shape_inference.infer_shapes(model)
        types = {v.name: v for v in list(inferred.graph.value_info) + list(inferred.graph.output)}
        del graph.output[:]
        graph.output.extend(types[n] for n in self.outputs)
        model.graph.CopyFrom(graph)
        return model

    def save(self, name, reference=True):
        folder = os.path.join(HERE, "cases", name)
        os.makedirs(folder, exist_ok=True)
        model = self.model()
        with open(os.path.join(folder, "model.onnx"), "wb") as f:
            f.write(model.SerializeToString(deterministic=True))
        if not reference:
            return
        session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
        results = session.run(self.outputs, dict(self.values))
        data = [numpy_helper.from_array(v, "in:" + n) for n, v in self.values]
        data += [numpy_helper.from_array(np.asarray(v), "out:" + n) for n, v in zip(self.outputs, results)]
        save_data(folder, data)


def save_data(folder, tensors):
    """Inputs and results as the initialisers of a model without nodes."""
    graph = helper.make_graph([], "data", [], [], tensors)
    with open(os.path.join(folder, "data.onnx"), "wb") as f:
        f.write(helper.make_model(graph, opset_imports=[], ir_version=8).SerializeToString(deterministic=True))


def pointwise():
    m = Model(20)
    x, y = m.input("x", ["n", 3], (2, 3)), m.input("y", [3], (3,))
    p = m.op("Abs", x)
    for kind in "Abs Ceil Cos Erf Exp Floor Neg Reciprocal Relu Round Sigmoid Sign Sin Softplus Softsign Tanh Identity Elu Selu HardSigmoid HardSwish Mish Gelu IsNaN".split():
        m.out(m.op(kind, x))
    m.out(m.op("Sqrt", p), m.op("Log", p), m.op("Gelu", x, approximate="tanh"), m.op("LeakyRelu", x, alpha=0.1))
    for kind in "Add Sub Mul Div Max Min".split():
        m.out(m.op(kind, x, y))
    m.out(m.op("Pow", p, m.const(2.5)), m.op("Pow", x, m.const(2.0)), m.op("PRelu", x, m.weight("slope", 3)))
    m.out(m.op("Clip", x, m.const(-1.0), m.const(1.0)), m.op("Clip", x, "", m.const(0.5)), m.op("Clip", x, m.const(-0.5)))
    m.out(m.op("Sum", x, y, x), m.op("Mean", x, y), m.op("Mod", x, y, fmod=1))
    m.save("pointwise")


def logic():
    m = Model()
    x, y, i, j = m.input("x", ["n", 3], (2, 3)), m.input("y", [3], (3,)), m.input("i", ["n", 3], (2, 3), I, -9, 9), m.input("j", [3], (3,), I, 1, 5)
    less, more = m.op("Less", x, y), m.op("GreaterOrEqual", x, y)
    m.out(less, more, m.op("LessOrEqual", x, y), m.op("Greater", x, y), m.op("Equal", i, j), m.op("And", less, more), m.op("Or", less, more),
          m.op("Xor", less, more), m.op("Not", less), m.op("Where", less, x, y), m.op("Mod", i, j), m.op("Div", i, j), m.op("Sub", i, j),
          m.op("Cast", x, to=I), m.op("Cast", i, to=F), m.op("Cast", less, to=F), m.op("Cast", x, to=B))
    m.save("logic")


def reduction():
    m = Model(18)
    x = m.input("x", ["n", 3, 4], (2, 3, 4))
    for kind in "Max Mean Min Prod Sum L1 L2 SumSquare LogSumExp".split():
        m.out(m.op("Reduce" + kind, x, m.const([-1]), keepdims=0), m.op("Reduce" + kind, x, m.const([1, 2])))
    m.out(m.op("ReduceSum", x), m.op("ReduceMean", x, keepdims=0), m.op("ReduceSum", x, noop_with_empty_axes=1))
    m.out(m.op("ArgMax", x, axis=1), m.op("ArgMin", x, axis=-1, keepdims=0), m.op("CumSum", x, m.const(1)),
          m.op("CumSum", x, m.const(2), exclusive=1, reverse=1))
    m.save("reduction")


def movement():
    m = Model(18)
    x, i = m.input("x", ["n", 4, 6], (2, 4, 6)), m.input("i", ["n", 2], (2, 2), I, 0, 4)
    k = lambda v: m.const(v, np.int64)
    m.out(m.op("Reshape", x, k([0, -1, 3])), m.op("Reshape", x, k([-1, 24])), m.op("Flatten", x, axis=2), m.op("Transpose", x), m.op("Transpose", x, perm=[1, 0, 2]),
          m.op("Unsqueeze", x, k([0, -1])), m.op("Squeeze", m.op("Unsqueeze", x, k([1])), k([1])), m.op("Concat", x, x, axis=-1),
          *m.op("Split", x, k([1, 3]), outputs=2, axis=1), *m.op("Split", x, outputs=4, axis=2, num_outputs=4),
          m.op("Slice", x, k([1, -2]), k([3, 1 << 40]), k([1, 2])), m.op("Slice", x, k([-1]), k([-(1 << 40)]), k([2]), k([-2])),
          m.op("Slice", x, k([0]), k([100]), k([1]), k([3])), m.op("Gather", x, k([3, -1]), axis=1), m.op("Gather", x, k(-2), axis=2),
          m.op("Gather", x, m.op("Sub", i, k(4)), axis=1), m.op("Expand", m.op("Slice", x, k([0]), k([1]), k([1])), k([1, 5, 1])),
          m.op("Tile", x, k([1, 2, 3])), m.op("Pad", x, k([0, 1, 2, 0, 0, 3]), m.const(7.0)), m.op("Pad", x, k([0, 0, 2, 0, 0, 1]), mode="reflect"),
          m.op("Pad", x, k([0, 0, 1, 0, 0, 2]), mode="edge"), m.op("Pad", x, k([0, -1, 1, 0, 0, -2])), m.op("Trilu", x, k(1)), m.op("Trilu", x, upper=0),
          m.op("Dropout", x), m.op("OneHot", i, k(5), m.const([0.0, 2.0])))
    y = m.op("Unsqueeze", x, k([0]))
    m.out(m.op("Resize", y, "", m.const([1.0, 1.0, 2.0, 2.0]), mode="nearest", coordinate_transformation_mode="asymmetric", nearest_mode="floor"),
          m.op("DepthToSpace", m.op("Transpose", y, perm=[0, 2, 1, 3]), blocksize=2), m.op("Shape", x))
    m.save("movement")


def shapes():
    """What exporters write: extents computed by nodes, never by data."""
    m = Model(17)
    x, ids = m.input("x", ["batch", "seq", 8], (2, 3, 8)), m.input("ids", ["batch", "seq"], (2, 3), I, 0, 5)
    k = lambda v: m.const(v, np.int64)
    shape = m.op("Shape", x)
    batch, seq = m.op("Gather", shape, k(0)), m.op("Gather", shape, k(1))
    wide = lambda v: m.op("Unsqueeze", v, k([0]))
    heads = m.op("Reshape", x, m.op("Concat", wide(batch), wide(seq), k([2]), m.op("Div", k([8]), k([2])), axis=0))
    m.out(heads, m.op("Reshape", m.op("Transpose", heads, perm=[0, 2, 1, 3]), m.op("Concat", wide(m.op("Mul", batch, k(2))), wide(seq), k([-1]), axis=0)))
    m.out(m.op("Slice", m.const(np.arange(16).reshape(1, 16)), k([0]), wide(seq), k([1])))
    m.out(m.op("ConstantOfShape", m.op("Concat", wide(seq), wide(seq), axis=0), value=numpy_helper.from_array(np.array([1.5], np.float32))))
    m.out(m.op("Range", k(0), seq, k(1)), m.op("Add", m.op("Range", k(2), m.op("Add", seq, k(2)), k(1)), seq))
    target = m.op("Concat", wide(batch), k([-1]), wide(seq), axis=0)
    ones = m.op("ConstantOfShape", m.op("Shape", target), value=numpy_helper.from_array(np.array([1], np.int64)))
    m.out(m.op("Expand", m.op("Unsqueeze", ids, k([1])), m.op("Where", m.op("Equal", target, m.op("Mul", ones, k(-1))), ones, target)))
    m.out(m.op("Div", x, m.op("Sqrt", m.op("Cast", m.op("Gather", shape, k(2)), to=F))), m.op("Cast", shape, to=F))
    m.out(m.op("Tile", m.op("Reshape", x, m.op("Concat", k([1]), wide(batch), wide(seq), k([8]), axis=0)), k([2, 1, 1, 1])))
    m.save("shapes")


def contraction():
    m = Model(17)
    a, b, c = m.input("a", ["n", 3, 4], (2, 3, 4)), m.input("b", [4, 5], (4, 5)), m.input("c", ["n", 4, 2], (2, 4, 2))
    v, w = m.weight("vector", 4), m.weight("weight", 6, 4)
    d = m.op("Reshape", a, m.const([-1, 4], np.int64))
    m.out(m.op("MatMul", a, b), m.op("MatMul", a, c), m.op("MatMul", a, v), m.op("MatMul", v, b), m.op("MatMul", v, v), m.op("MatMul", v, c),
          m.op("Gemm", d, w, m.weight("bias", 6), transB=1), m.op("Gemm", d, b, alpha=0.5),
          m.op("Gemm", d, b, m.const(2.0), beta=3.0),
          m.op("Einsum", a, c, equation="bij,bjk->bik"), m.op("Einsum", a, c, equation="bij,bjk->kib"), m.op("Einsum", a, c, equation="bij,bkl->bil"),
          m.op("Einsum", a, equation="bij->jb"), m.op("Einsum", a, b, equation="bij,jk"))
    m.save("contraction")


def convolution():
    m = Model(17)
    x, s = m.input("x", ["n", 4, 7, 8], (2, 4, 7, 8)), m.input("s", ["n", 4, 9], (2, 4, 9))
    w = m.weight("w", 6, 4, 3, 3)
    m.out(m.op("Conv", x, w, pads=[1, 1, 1, 1]), m.op("Conv", x, w, m.weight("b", 6), strides=[2, 1], dilations=[1, 2], pads=[0, 1, 2, 3]),
          m.op("Conv", x, m.weight("depth", 4, 1, 3, 3), group=4), m.op("Conv", x, w, auto_pad="SAME_UPPER", strides=[2, 2]),
          m.op("Conv", x, w, auto_pad="SAME_LOWER", strides=[2, 3]), m.op("Conv", s, m.weight("w1", 3, 4, 2)),
          m.op("ConvTranspose", x, m.weight("t", 4, 3, 3, 3), m.weight("tb", 3), strides=[2, 2], pads=[1, 1, 1, 1], output_padding=[1, 1]),
          m.op("ConvTranspose", x, m.weight("t2", 4, 2, 2, 2), strides=[2, 2], group=2),
          m.op("MaxPool", x, kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1]), m.op("MaxPool", x, kernel_shape=[2, 2], strides=[2, 2], ceil_mode=1),
          m.op("MaxPool", s, kernel_shape=[2]), m.op("AveragePool", x, kernel_shape=[3, 3], pads=[1, 1, 1, 1]),
          m.op("AveragePool", x, kernel_shape=[2, 2], strides=[2, 2], pads=[1, 0, 0, 0], count_include_pad=1),
          m.op("GlobalAveragePool", x), m.op("GlobalMaxPool", x))
    m.save("convolution")


def normalization():
    m = Model(17)
    x = m.input("x", ["n", 4, 5, 3], (2, 4, 5, 3))
    c = [m.weight(n, 4) for n in ("scale", "bias", "mean")]
    variance = m.const([0.5, 1.0, 1.5, 2.0])
    m.out(m.op("BatchNormalization", x, *c, variance, epsilon=1e-3), m.op("LayerNormalization", x, m.weight("g", 3), m.weight("h", 3)),
          m.op("LayerNormalization", x, m.weight("g2", 5, 3), axis=2, epsilon=1e-2), m.op("InstanceNormalization", x, c[0], c[1]),
          m.op("Softmax", x), m.op("Softmax", x, axis=1), m.op("LogSoftmax", x, axis=-2), m.op("LpNormalization", x, axis=1))
    m.save("normalization")


def opset11():
    """What became an input later is an attribute here, and Softmax flattens."""
    m = Model(11)
    x = m.input("x", ["n", 4, 6], (2, 4, 6))
    m.out(m.op("Softmax", x, axis=1), m.op("LogSoftmax", x), m.op("ReduceSum", x, axes=[1], keepdims=0), m.op("ReduceMean", x, axes=[-1]), m.op("Unsqueeze", x, axes=[0]),
          m.op("Squeeze", m.op("Unsqueeze", x, axes=[2]), axes=[2]), *m.op("Split", x, outputs=2, axis=1, split=[1, 3]), m.op("Clip", x, m.const(0.0)),
          m.op("Pad", x, m.const([0, 1, 0, 0, 0, 1])), m.op("Dropout", x, ratio=0.3))
    m.save("opset11")


def opset28():
    """The newest operator set: operators that have a version of their own between 19 and it."""
    m = Model(28)
    x, image = m.input("x", ["n", 4, 6], (2, 4, 6)), m.input("image", ["n", 4, 5, 5], (2, 4, 5, 5))
    shape = m.op("Shape", x, start=0, end=2)
    m.out(m.op("Reshape", x, m.const([0, -1])), m.op("Transpose", x, perm=[0, 2, 1]), m.op("Flatten", x, axis=2), m.op("Squeeze", m.op("Unsqueeze", x, m.const([2])), m.const([2])),
          m.op("Pad", x, m.const([1, 1]), m.const(0.5), m.const([2])), m.op("Identity", x), m.op("Cast", m.op("Cast", x, to=I), to=F), m.op("Gelu", x, approximate="tanh"),
          m.op("ReduceMax", x, m.const([1]), keepdims=0), m.op("ReduceMin", x, m.const([-1])), m.op("IsNaN", x), m.op("Equal", x, x), m.op("Expand", m.const(1.5), shape),
          m.op("Add", m.op("ConstantOfShape", shape, value=helper.make_tensor("value", F, [1], [2.5])), m.const(1.0)),
          m.op("AveragePool", image, kernel_shape=[2, 2], strides=[2, 2]), m.op("MaxPool", image, kernel_shape=[3, 3]), m.op("GlobalAveragePool", image),
          m.op("Conv", image, m.weight("w", 3, 4, 3, 3)), m.op("InstanceNormalization", image, m.weight("scale", 4), m.weight("bias", 4)),
          m.op("HardSwish", x), m.op("Selu", x), m.op("Elu", x), m.op("Softplus", x), m.op("ThresholdedRelu", x))
    m.save("opset28")


def branches():
    """If whose condition is shape arithmetic takes one branch; functions are imported in place."""
    m = Model(17)
    x = m.input("x", ["n", 1, 3], (2, 1, 3))
    rank = m.op("Size", m.op("Shape", x))
    yes = helper.make_graph([helper.make_node("Squeeze", [x, "axis"], ["y"])], "yes", [], [helper.make_tensor_value_info("y", F, None)],
                            [numpy_helper.from_array(np.array([1], np.int64), "axis")])
    no = helper.make_graph([helper.make_node("Identity", [x], ["z"])], "no", [], [helper.make_tensor_value_info("z", F, None)])
    m.out(m.op("If", m.op("Equal", rank, m.const(3)), then_branch=yes, else_branch=no))
    m.save("branches")


for family in (pointwise, logic, reduction, movement, shapes, contraction, convolution, normalization, opset11, opset28, branches):
    family()

# A model in which nearly everything is wrong: --check names all of it in one run.
m = Model(17)
x = m.input("x", ["n", 4], (2, 4))
m.out(m.op("Det", x), m.op("Hardmax", x), m.op("MaxPool", m.op("Unsqueeze", m.op("Unsqueeze", x, m.const([1])), m.const([1])), kernel_shape=[1, 2], dilations=[1, 2]),
      m.op("Reshape", x, m.op("Cast", m.op("ReduceSum", x), to=I)), m.op("Cast", x, to=TensorProto.UINT16), m.op("Relu", m.op("Det", x)))
m.save("unsupported", reference=False)
