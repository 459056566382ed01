#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Derives the polynomials of passes/ExpandMath and prints Coefficients.h.

    pip install mpmath
    python3 tools/math-check/coefficients.py > passes/ExpandMath/Coefficients.h

Each fit is Remez's exchange on a grid, in 50 digits, with the weight that makes
the error relative to the function finally returned. Coefficients are rounded to
the working format one by one, lowest first, and the rest is fitted again around
each rounding, so the error printed is that of the polynomial as compiled
(evaluation in the kernel adds its own rounding). There is no randomness.
"""
import sys
from mpmath import (mp, mpf, mpc, pi, sqrt, log, exp, expm1, log1p, sin, cos, atan, asin, atanh, tanh, erf, erfc,
                    floor, matrix, lu_solve, frexp, ldexp, nstr, cospi)

mp.dps = 50
LN2 = log(mpf(2))


def rounded(value, bits):
    """`value` to the nearest number of `bits` significant bits."""
    if value == 0:
        return mpf(0)
    _, exponent = frexp(value)
    return ldexp(mp.nint(ldexp(value, bits - exponent)), exponent - bits)


def remez(target, weight, powers, points):
    """Minimax coefficients of sum c_k x^powers[k] for target on points."""
    n = len(powers)
    basis = [[x ** p for p in powers] for x in points]
    reference = [(2 * i + 1) * len(points) // (2 * (n + 1)) for i in range(n + 1)]
    best = None
    for _ in range(30):
        a = matrix(n + 1, n + 1)
        b = matrix(n + 1, 1)
        for row, i in enumerate(reference):
            for k in range(n):
                a[row, k] = basis[i][k] * weight[i]
            a[row, n] = (-1) ** row
            b[row] = target[i] * weight[i]
        try:
            solution = lu_solve(a, b)
        except ZeroDivisionError:  # points symmetric about 0 with an odd power
            reference = [i + 1 for i in reference[:-1]] + reference[-1:]
            continue
        c = [solution[k] for k in range(n)]
        error = [(t - mp.fdot(c, row)) * w for t, row, w in zip(target, basis, weight)]
        worst = max(abs(e) for e in error)
        if best is None or worst < best[0]:
            best = (worst, c)
        if worst <= abs(solution[n]) * mpf("1.01"):
            break
        # One extremum per run of equal sign; keep the n + 1 best neighbours.
        runs = []
        for i, e in enumerate(error):
            if runs and (e > 0) == (error[runs[-1]] > 0):
                if abs(e) > abs(error[runs[-1]]):
                    runs[-1] = i
            else:
                runs.append(i)
        while len(runs) > n + 1:
            runs.pop(0 if abs(error[runs[0]]) < abs(error[runs[-1]]) else -1)
        if len(runs) < n + 1:
            break
        reference = runs
    return best


def fit(name, text, f, weight, powers, interval, bits):
    """Fits, rounds and prints one array."""
    low, high = map(mpf, interval)
    powers = list(powers)
    count = 24 * (len(powers) + 1)
    points = [(low + high) / 2 - (high - low) / 2 * cospi(mpf(2 * i + 1) / (2 * count)) for i in range(count)]
    full = [f(x) for x in points]
    weights = [weight(x) for x in points]
    target, left, fixed = full, powers, []
    minimax, c = remez(target, weights, left, points)
    while left:
        fixed.append(rounded(c[0], bits))
        target = [t - fixed[-1] * x ** left[0] for t, x in zip(target, points)]
        left, c = left[1:], c[1:]
        if left:  # keep the old tail where the exchange does not improve it
            tail = max(abs((t - sum(k * x ** p for k, p in zip(c, left))) * w)
                       for t, x, w in zip(target, points, weights))
            refitted, better = remez(target, weights, left, points)
            if refitted < tail:
                c = better
    error = max(abs(t * w) for t, w in zip(target, weights))
    print(f"/// {text}\n/// on [{nstr(low, 6)}, {nstr(high, 6)}]; error {nstr(error, 3)} = 2^{nstr(log(error, 2), 4)}.")
    print(f"inline constexpr double {name}[] = {{")
    for c in fixed:
        print(f"    {float(c).hex()},")
    print("};\n")
    print(f"{name}: {len(powers)} terms, 2^{nstr(log(minimax, 2), 4)} before and 2^{nstr(log(error, 2), 4)} after rounding",
          file=sys.stderr)


def parts(name, text, value, widths):
    """Prints `value` as a sum of numbers of the given widths in bits."""
    print(f"/// {text}, as a sum of parts of {', '.join(map(str, widths))} bits.")
    print(f"inline constexpr double {name}[] = {{")
    rest = value
    for bits in widths:
        part = rounded(rest, bits)
        print(f"    {float(part).hex()},")
        rest -= part
    print("};\n")


def two_over_pi_words(count):
    """Binary digits of 2/pi behind 64 zero bits, 64 to a word."""
    mp.prec = 64 * count + 64
    digits = int(floor(ldexp(2 / pi, 64 * (count - 1))))
    mp.dps = 50
    print("/// The binary digits of 2/pi behind 64 zeros, for Payne and Hanek's reduction.")
    print(f"inline constexpr uint64_t twoOverPiDigits[{count}] = {{")
    for i in range(count):
        word = digits >> (64 * (count - 1 - i)) & (2 ** 64 - 1)
        print(f"    {word:#018x},")
    print("};\n")


def erfcx(x):
    """exp(x^2) erfc(x), by mpmath's erfc with digits to spare."""
    return exp(x * x) * erfc(x)


print('''// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Written by tools/math-check/coefficients.py; do not edit.
#ifndef DLC_PASSES_EXPANDMATH_COEFFICIENTS_H
#define DLC_PASSES_EXPANDMATH_COEFFICIENTS_H
#include <cstdint>

namespace dlc::coefficients {
''')

F32, F64 = 24, 53
half = LN2 / 2 * mpf("1.001")
for bits, suffix, n in ((F32, "F32", 5), (F64, "F64", 11)):
    fit("exp" + suffix, "(exp(r) - 1 - r) / r^2; error relative to exp(r) - 1,", lambda r: (expm1(r) - r) / r ** 2,
        lambda r: abs(r ** 2 / expm1(r)), range(n), (-half, half), bits)
for bits, suffix, n in ((F32, "F32", 6), (F64, "F64", 11), (F64, "ForF32", 8)):
    fit("exp2" + suffix, "(2^r - 1) / r; error relative to 2^r,", lambda r: expm1(r * LN2) / r, lambda r: abs(r),
        range(n), (mpf("-0.5005"), mpf("0.5005")), bits)

root = sqrt(mpf(2))
fit("logF32", "(log(1 + f) - f + f^2/2) / f^3; error relative to log(1 + f),",
    lambda f: (log1p(f) - f + f * f / 2) / f ** 3, lambda f: abs(f ** 3 / log1p(f)), range(9),
    (1 / root - 1, root - 1), F32)
z = ((root - 1) / (root + 1)) ** 2 * mpf("1.0001")
fit("logF64", "(2 atanh(s)/s - 2) / s^2 in s^2; error relative to log,",
    lambda z: (2 * atanh(sqrt(z)) / sqrt(z) - 2) / z, lambda z: z / (2 * atanh(sqrt(z)) / sqrt(z)), range(7),
    (z * mpf("1e-6"), z), F64)
fit("logForF32", "2 atanh(s)/(s ln 2) in s^2, to serve f32; relative error,",
    lambda z: 2 * atanh(sqrt(z)) / sqrt(z) / LN2, lambda z: 1 / (2 * atanh(sqrt(z)) / sqrt(z) / LN2), range(6),
    (z * mpf("1e-6"), z), F64)
fit("logPair", "(atanh(s)/s - 1 - s^2/3) / s^4 in s^2; error relative to atanh(s),",
    lambda z: (atanh(sqrt(z)) / sqrt(z) - 1 - z / 3) / z ** 2, lambda z: z ** 2 / (atanh(sqrt(z)) / sqrt(z)), range(8),
    (z * mpf("1e-5"), z), F64)

for bits, suffix, n in ((F32, "F32", 3), (F64, "F64", 6)):
    top = (pi / 4) ** 2 * mpf("1.001")
    fit("sin" + suffix, "(sin(r) - r) / r^3 in r^2; error relative to sin(r),",
        lambda z: (sin(sqrt(z)) - sqrt(z)) / sqrt(z) ** 3, lambda z: sqrt(z) ** 3 / sin(sqrt(z)), range(n),
        (top * mpf("1e-6"), top), bits)
    fit("cos" + suffix, "(cos(r) - 1 + r^2/2) / r^4 in r^2; error relative to cos(r),",
        lambda z: (cos(sqrt(z)) - 1 + z / 2) / z ** 2, lambda z: z ** 2 / cos(sqrt(z)), range(n),
        (top * mpf("1e-5"), top), bits)
fit("atanF64", "(atan(t) - t) / t^3 in t^2; error relative to atan(t),",
    lambda z: (atan(sqrt(z)) - sqrt(z)) / sqrt(z) ** 3, lambda z: sqrt(z) ** 3 / atan(sqrt(z)), range(20),
    (mpf("1e-6"), mpf(1)), F64)
fit("asinF64", "(asin(t) - t) / t^3 in t^2; error relative to asin(t),",
    lambda z: (asin(sqrt(z)) - sqrt(z)) / sqrt(z) ** 3, lambda z: sqrt(z) ** 3 / asin(sqrt(z)), range(13),
    (mpf("1e-6"), mpf("0.25")), F64)

for bits, suffix, n in ((F32, "F32", 5), (F64, "F64", 11)):
    fit("tanh" + suffix, "(tanh(x) - x) / x^3 in x^2; error relative to tanh(x),",
        lambda z: (tanh(sqrt(z)) - sqrt(z)) / sqrt(z) ** 3, lambda z: sqrt(z) ** 3 / tanh(sqrt(z)), range(n),
        (mpf("1e-6"), mpf("0.5501") ** 2), bits)

for bits, suffix, n, top in ((F32, "F32", 7, "0.95"), (F64, "F64", 13, "1")):
    fit("erf" + suffix, "erf(x)/x - 1 in x^2; error relative to erf(x),",
        lambda z: erf(sqrt(z)) / sqrt(z) - 1, lambda z: sqrt(z) / erf(sqrt(z)), range(n),
        (mpf("1e-6"), mpf(top) ** 2), bits)
fit("erfTailF32", "log2(erfc(x)); error of 1 - 2^that relative to erf(x),",
    lambda x: log(erfc(x)) / LN2, lambda x: erfc(x) / erf(x) * LN2, range(8), (mpf("0.94"), mpf("4")), F32)
fit("erfcF64", "exp(x^2) erfc(x) (1 + 2x) in t = (x - 4)/(x + 4); relative error for x in [0, 28],",
    lambda t: erfcx(4 * (1 + t) / (1 - t)) * (1 + 8 * (1 + t) / (1 - t)),
    lambda t: 1 / (erfcx(4 * (1 + t) / (1 - t)) * (1 + 8 * (1 + t) / (1 - t))), range(24),
    (mpf(-1), mpf(24) / 32), F64)

parts("ln2F32", "ln 2", LN2, (15, 24))
parts("ln2F64", "ln 2", LN2, (41, 53))
parts("ln2Pair", "ln 2", LN2, (53, 53))
parts("log2ePair", "1/ln 2", 1 / LN2, (53, 53))
parts("log2eF32", "1/ln 2", 1 / LN2, (24, 24))
parts("log10eF32", "1/ln 10", 1 / log(mpf(10)), (24, 24))
parts("log10ePair", "1/ln 10", 1 / log(mpf(10)), (53, 53))
parts("log10of2F32", "log10 2", log(mpf(2), 10), (15, 24))
parts("log10of2F64", "log10 2", log(mpf(2), 10), (41, 53))
parts("halfPiF32", "pi/2, for fused reduction", pi / 2, (24, 24, 24))
parts("halfPiShortF32", "pi/2, for products exact without fusing", pi / 2, (12, 12, 12, 24))
parts("halfPiF64", "pi/2, for fused reduction", pi / 2, (53, 53, 53))
parts("halfPiShortF64", "pi/2, for products exact without fusing", pi / 2, (32, 32, 32, 53))
two_over_pi_words(21)
print('''} // namespace dlc::coefficients

#endif // DLC_PASSES_EXPANDMATH_COEFFICIENTS_H''')
