# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""dlc's random numbers again, from their definition (dialects/dl/Random.td).

Philox4x32-10 of Salmon et al. 2011: key = seed, counter = {block (64 bits),
stream, step}, block = element / 4, word = element mod 4. Plain Python, so that
tests need nothing else; some 10,000 elements take a tenth of a second.
"""
import math
import struct

MASK = 0xFFFFFFFF


def block(seed, index, stream, step):
    """The four 32-bit words of one block."""
    c = [index & MASK, index >> 32, stream & MASK, step & MASK]
    k0, k1 = seed & MASK, (seed >> 32) & MASK
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(p1 >> 32) ^ c[1] ^ k0, p1 & MASK, (p0 >> 32) ^ c[3] ^ k1, p0 & MASK]
        k0, k1 = (k0 + 0x9E3779B9) & MASK, (k1 + 0xBB67AE85) & MASK
    return c


def uniform(count, seed, stream, step=0):
    """`count` numbers in [0, 1): (bits >> 8) 2^-24."""
    words = [w for index in range((count + 3) // 4) for w in block(seed, index, stream, step)]
    return [(w >> 8) * 2.0**-24 for w in words[:count]]


def fans(shape):
    """(fan in, fan out): the last two axes of a matrix; of a filter [O, I, k...], I k and O k."""
    if len(shape) == 2:
        return shape[0], shape[1]
    taps = math.prod(shape[2:])
    return shape[1] * taps, shape[0] * taps


def to_f32(value):
    """The nearest f32, as a Python float."""
    return struct.unpack("<f", struct.pack("<f", value))[0]


def initial(kind, shape, stream, seed=0):
    """Elements of a parameter, row-major: `kind` is zeros, he_uniform or glorot_uniform; every value is an f32."""
    count = math.prod(shape)
    if kind == "zeros":
        return [0.0] * count
    fan_in, fan_out = fans(shape)
    limit = math.sqrt(6.0 / (fan_in if kind == "he_uniform" else fan_in + fan_out))
    return [to_f32(limit * (2.0 * u - 1.0)) for u in uniform(count, seed, stream)]
