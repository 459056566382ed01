// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Written by tools/math-check/coefficients.py; do not edit.
#ifndef DLC_PASSES_EXPANDMATH_COEFFICIENTS_H
#define DLC_PASSES_EXPANDMATH_COEFFICIENTS_H
#include <cstdint>

namespace dlc::coefficients {

/// (exp(r) - 1 - r) / r^2; error relative to exp(r) - 1,
/// on [-0.34692, 0.34692]; error 1.41e-8 = 2^-26.08.
inline constexpr double expF32[] = {
    0x1.fffffe0000000p-2, 0x1.5554aa0000000p-3, 0x1.5557980000000p-5, 0x1.122c020000000p-7, 0x1.6ac9200000000p-10,
};

/// (exp(r) - 1 - r) / r^2; error relative to exp(r) - 1,
/// on [-0.34692, 0.34692]; error 3.65e-19 = 2^-61.25.
inline constexpr double expF64[] = {
    0x1.0000000000000p-1,  0x1.5555555555559p-3,  0x1.5555555555558p-5,  0x1.111111110f730p-7,
    0x1.6c16c16c179d1p-10, 0x1.a01a01af893a8p-13, 0x1.a01a0196119eap-16, 0x1.71ddf962b2846p-19,
    0x1.27e50e4d27fe4p-22, 0x1.af5cd4bd8be41p-26, 0x1.1f13d845fccf7p-29,
};

/// (2^r - 1) / r; error relative to 2^r,
/// on [-0.5005, 0.5005]; error 3.35e-9 = 2^-28.15.
inline constexpr double exp2F32[] = {
    0x1.62e4300000000p-1, 0x1.ebfbe00000000p-3,  0x1.c6af7c0000000p-5,
    0x1.3b29e80000000p-7, 0x1.5f08b60000000p-10, 0x1.4491e00000000p-13,
};

/// (2^r - 1) / r; error relative to 2^r,
/// on [-0.5005, 0.5005]; error 4.82e-18 = 2^-57.53.
inline constexpr double exp2F64[] = {
    0x1.62e42fefa39efp-1,  0x1.ebfbdff82c5abp-3,  0x1.c6b08d704a225p-5,  0x1.3b2ab6fb9ef4ep-7,
    0x1.5d87fe785cc58p-10, 0x1.4309131272cbcp-13, 0x1.ffcbfdd5a8cbcp-17, 0x1.62bfbe87cd752p-20,
    0x1.b521e37d3225cp-24, 0x1.e62af80cd5cc1p-28, 0x1.ee9a52871288bp-32,
};

/// (2^r - 1) / r; error relative to 2^r,
/// on [-0.5005, 0.5005]; error 7.9e-13 = 2^-40.2.
inline constexpr double exp2ForF32[] = {
    0x1.62e42fef850adp-1,  0x1.ebfbdff80d042p-3,  0x1.c6b08dd6e715ap-5,  0x1.3b2ab73937823p-7,
    0x1.5d874582212c8p-10, 0x1.430874c51856bp-13, 0x1.00dc7a0cd726dp-16, 0x1.640a605bdbe31p-20,
};

/// (log(1 + f) - f + f^2/2) / f^3; error relative to log(1 + f),
/// on [-0.292893, 0.414214]; error 1.54e-9 = 2^-29.28.
inline constexpr double logF32[] = {
    0x1.5555480000000p-2,  -0x1.00006e0000000p-2, 0x1.99a53e0000000p-3,  -0x1.552fe00000000p-3, 0x1.23041a0000000p-3,
    -0x1.00f7e00000000p-3, 0x1.efd2a00000000p-4,  -0x1.bfa0800000000p-4, 0x1.b72c500000000p-5,
};

/// (2 atanh(s)/s - 2) / s^2 in s^2; error relative to log,
/// on [2.94402e-8, 0.0294402]; error 1.23e-18 = 2^-59.5.
inline constexpr double logF64[] = {
    0x1.5555555555592p-1, 0x1.999999997ff56p-2, 0x1.24924941dc8d6p-2, 0x1.c71c5218ba684p-3,
    0x1.74663bfa00b8bp-3, 0x1.39a2019cc863fp-3, 0x1.2f02c26e04ca8p-3,
};

/// 2 atanh(s)/(s ln 2) in s^2, to serve f32; relative error,
/// on [2.94402e-8, 0.0294402]; error 2.66e-14 = 2^-45.1.
inline constexpr double logForF32[] = {
    0x1.71547652b8251p+1, 0x1.ec709dc53c67cp-1, 0x1.2776c2934342bp-1,
    0x1.a61a2ec3becb4p-2, 0x1.4795576831e5ep-2, 0x1.21b0d7278a37ep-2,
};

/// (atanh(s)/s - 1 - s^2/3) / s^4 in s^2; error relative to atanh(s),
/// on [2.94402e-7, 0.0294402]; error 7.55e-23 = 2^-73.49.
inline constexpr double logPair[] = {
    0x1.9999999999996p-3, 0x1.2492492492f50p-3, 0x1.c71c71c596bd1p-4, 0x1.745d18293d79cp-4,
    0x1.3b1364d03aeeep-4, 0x1.11206e257300bp-4, 0x1.de3d98f837e58p-5, 0x1.eac4809352eecp-5,
};

/// (sin(r) - r) / r^3 in r^2; error relative to sin(r),
/// on [6.17467e-7, 0.617467]; error 4.01e-9 = 2^-27.89.
inline constexpr double sinF32[] = {
    -0x1.5555460000000p-3,
    0x1.1107780000000p-7,
    -0x1.9953e20000000p-13,
};

/// (cos(r) - 1 + r^2/2) / r^4 in r^2; error relative to cos(r),
/// on [6.17467e-6, 0.617467]; error 1.18e-10 = 2^-32.99.
inline constexpr double cosF32[] = {
    0x1.55554a0000000p-5,
    -0x1.6c0c280000000p-10,
    0x1.99e80c0000000p-16,
};

/// (sin(r) - r) / r^3 in r^2; error relative to sin(r),
/// on [6.17467e-7, 0.617467]; error 3.74e-18 = 2^-57.89.
inline constexpr double sinF64[] = {
    -0x1.5555555555548p-3, 0x1.111111110f730p-7,   -0x1.a01a019be9280p-13,
    0x1.71de35553657ap-19, -0x1.ae5e4b8ffed61p-26, 0x1.5d8b59ea4fb1bp-33,
};

/// (cos(r) - 1 + r^2/2) / r^4 in r^2; error relative to cos(r),
/// on [6.17467e-6, 0.617467]; error 5.72e-20 = 2^-63.92.
inline constexpr double cosF64[] = {
    0x1.555555555554bp-5,   -0x1.6c16c16c1500dp-10, 0x1.a01a019c8dd16p-16,
    -0x1.27e4f7f04f7cep-22, 0x1.1ee9dacb0c38ep-29,  -0x1.8fa5ec50a4880p-37,
};

/// (atan(t) - t) / t^3 in t^2; error relative to atan(t),
/// on [1.0e-6, 1.0]; error 4.64e-18 = 2^-57.58.
inline constexpr double atanF64[] = {
    -0x1.5555555555526p-2, 0x1.99999999955b0p-3,  -0x1.249249237f460p-3, 0x1.c71c717fcb437p-4,   -0x1.745d11ae2bfa4p-4,
    0x1.3b136696f3513p-4,  -0x1.110e510d995d9p-4, 0x1.e1bba54748472p-5,  -0x1.ae5e6dcd1667dp-5,  0x1.82dac735fb765p-5,
    -0x1.59a3d51d746d7p-5, 0x1.2c2e08d874a02p-5,  -0x1.e9f9083c6a4cep-6, 0x1.683b8daf2fff3p-6,   -0x1.c78d837dd5c41p-7,
    0x1.d7b5f5f6ecbfep-8,  -0x1.7a365c25cfa2cp-9, 0x1.b3f64527fa2c7p-11, -0x1.3f326d74e11b9p-13, 0x1.bbe77c647d4cbp-17,
};

/// (asin(t) - t) / t^3 in t^2; error relative to asin(t),
/// on [1.0e-6, 0.25]; error 9.54e-19 = 2^-59.86.
inline constexpr double asinF64[] = {
    0x1.5555555555577p-3, 0x1.333333332e130p-4,  0x1.6db6db7212790p-5, 0x1.f1c71a94eb298p-6, 0x1.6e8bdee133064p-6,
    0x1.1c49f04aefa98p-6, 0x1.ca1f8f22e56dcp-7,  0x1.75857bffa7a69p-7, 0x1.613cd5f89f02dp-7, 0x1.e5f17281a8177p-9,
    0x1.639d982246678p-6, -0x1.57fef5fd1b388p-6, 0x1.0b4726fae9e49p-5,
};

/// (tanh(x) - x) / x^3 in x^2; error relative to tanh(x),
/// on [1.0e-6, 0.30261]; error 1.14e-9 = 2^-29.71.
inline constexpr double tanhF32[] = {
    -0x1.55554a0000000p-2, 0x1.110cee0000000p-3, -0x1.b91e7e0000000p-5, 0x1.58e5180000000p-6, -0x1.99219e0000000p-8,
};

/// (tanh(x) - x) / x^3 in x^2; error relative to tanh(x),
/// on [1.0e-6, 0.30261]; error 5.82e-19 = 2^-60.58.
inline constexpr double tanhF64[] = {
    -0x1.555555555554fp-2,  0x1.1111111110790p-3,  -0x1.ba1ba1b97cbbdp-5,  0x1.664f4859444a3p-6,
    -0x1.226e2f0ef409fp-7,  0x1.d6d29abbf38c4p-9,  -0x1.7d8fc8cfc8b82p-10, 0x1.348355e8a110ep-11,
    -0x1.e96c438efef9fp-13, 0x1.5d6a4e0c5bc08p-14, -0x1.46f831ed6ad4bp-16,
};

/// erf(x)/x - 1 in x^2; error relative to erf(x),
/// on [1.0e-6, 0.9025]; error 9.11e-10 = 2^-30.03.
inline constexpr double erfF32[] = {
    0x1.06eba80000000p-3, -0x1.8127400000000p-2,  0x1.ce2d640000000p-4,  -0x1.b801240000000p-6,
    0x1.544b080000000p-8, -0x1.a618100000000p-11, 0x1.4fa9220000000p-14,
};

/// erf(x)/x - 1 in x^2; error relative to erf(x),
/// on [1.0e-6, 1.0]; error 1.1e-17 = 2^-56.34.
inline constexpr double erfF64[] = {
    0x1.06eba8214db69p-3,  -0x1.812746b037a25p-2,  0x1.ce2f21a04590fp-4,  -0x1.b82ce31356daap-6,
    0x1.565bcd2cd952dp-8,  -0x1.c02db94ef6eb8p-11, 0x1.f9a3bd36e3366p-14, -0x1.f4dd4927e5f78p-17,
    0x1.ba6e1a7d708b6p-20, -0x1.63c061e23aa62p-23, 0x1.143a77366bfdap-26, -0x1.cc1f798f1eb51p-30,
    0x1.4664d6629ffd1p-33,
};

/// log2(erfc(x)); error of 1 - 2^that relative to erf(x),
/// on [0.94, 4.0]; error 4.1e-11 = 2^-34.51.
inline constexpr double erfTailF32[] = {
    0x1.102dee0000000p-12, -0x1.a12c440000000p+0, -0x1.d3ca720000000p-1, -0x1.4017540000000p-3,
    0x1.294b120000000p-5,  -0x1.8ba11a0000000p-8, 0x1.4ab1380000000p-11, -0x1.0224780000000p-15,
};

/// exp(x^2) erfc(x) (1 + 2x) in t = (x - 4)/(x + 4); relative error for x in
/// [0, 28], on [-1.0, 0.75]; error 3.88e-17 = 2^-54.52.
inline constexpr double erfcF64[] = {
    0x1.3ba5916e9fd7fp+0,   -0x1.1df1ad154a28fp-3,  0x1.f7f5df66fb5f6p-7,   0x1.16ecefcfa53d1p-4,
    -0x1.9ddb23c3daea8p-4,  0x1.7fee004e14795p-4,   -0x1.0fb06dff7022cp-4,  0x1.3079edf5bfd0ap-5,
    -0x1.0962385414fe8p-6,  0x1.49c672e757549p-8,   -0x1.8d4abf630e87dp-11, -0x1.a1df876698b38p-13,
    0x1.3be26abaf0f5dp-13,  -0x1.994b28cd822fbp-16, -0x1.78d3eb508ad39p-17, 0x1.7e8d8052508a9p-18,
    0x1.46b47352ce268p-22,  -0x1.b32cde03985e8p-21, 0x1.276f080c28735p-24,  0x1.a0a8bb1c445eep-24,
    -0x1.3fa735fabb5a6p-26, -0x1.3cec0d1aaf69dp-27, 0x1.dc9e38a7fd278p-29,  0x1.4c2248cd2cd32p-30,
};

/// ln 2, as a sum of parts of 15, 24 bits.
inline constexpr double ln2F32[] = {
    0x1.62e4000000000p-1,
    0x1.7f7d1c0000000p-20,
};

/// ln 2, as a sum of parts of 41, 53 bits.
inline constexpr double ln2F64[] = {
    0x1.62e42fefa4000p-1,
    -0x1.8432a1b0e2634p-43,
};

/// ln 2, as a sum of parts of 53, 53 bits.
inline constexpr double ln2Pair[] = {
    0x1.62e42fefa39efp-1,
    0x1.abc9e3b39803fp-56,
};

/// 1/ln 2, as a sum of parts of 53, 53 bits.
inline constexpr double log2ePair[] = {
    0x1.71547652b82fep+0,
    0x1.777d0ffda0d24p-56,
};

/// 1/ln 2, as a sum of parts of 24, 24 bits.
inline constexpr double log2eF32[] = {
    0x1.7154760000000p+0,
    0x1.4ae0c00000000p-26,
};

/// 1/ln 10, as a sum of parts of 24, 24 bits.
inline constexpr double log10eF32[] = {
    0x1.bcb7b20000000p-2,
    -0x1.5b235e0000000p-27,
};

/// 1/ln 10, as a sum of parts of 53, 53 bits.
inline constexpr double log10ePair[] = {
    0x1.bcb7b1526e50ep-2,
    0x1.95355baaafad3p-57,
};

/// log10 2, as a sum of parts of 15, 24 bits.
inline constexpr double log10of2F32[] = {
    0x1.3440000000000p-2,
    0x1.3509f80000000p-18,
};

/// log10 2, as a sum of parts of 41, 53 bits.
inline constexpr double log10of2F64[] = {
    0x1.34413509f8000p-2,
    -0x1.80433b83b532ap-44,
};

/// pi/2, for fused reduction, as a sum of parts of 24, 24, 24 bits.
inline constexpr double halfPiF32[] = {
    0x1.921fb60000000p+0,
    -0x1.777a5c0000000p-25,
    -0x1.ee59da0000000p-50,
};

/// pi/2, for products exact without fusing, as a sum of parts of 12, 12, 12, 24
/// bits.
inline constexpr double halfPiShortF32[] = {
    0x1.9220000000000p+0,
    -0x1.2ae0000000000p-18,
    -0x1.dea0000000000p-31,
    0x1.1846980000000p-44,
};

/// pi/2, for fused reduction, as a sum of parts of 53, 53, 53 bits.
inline constexpr double halfPiF64[] = {
    0x1.921fb54442d18p+0,
    0x1.1a62633145c07p-54,
    -0x1.f1976b7ed8fbcp-110,
};

/// pi/2, for products exact without fusing, as a sum of parts of 32, 32, 32, 53
/// bits.
inline constexpr double halfPiShortF64[] = {
    0x1.921fb54400000p+0,
    0x1.0b4611a600000p-34,
    0x1.3198a2e000000p-69,
    0x1.b839a252049c1p-104,
};

/// The binary digits of 2/pi behind 64 zeros, for Payne and Hanek's reduction.
inline constexpr uint64_t twoOverPiDigits[21] = {
    0x0000000000000000, 0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561,
    0xb7246e3a424dd2e0, 0x06492eea09d1921c, 0xfe1deb1cb129a73e, 0xe88235f52ebb4484, 0xe99c7026b45f7e41,
    0x3991d639835339f4, 0x9c845f8bbdf9283b, 0x1ff897ffde05980f, 0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7,
    0x4f463f669e5fea2d, 0x7527bac7ebe5f17b, 0x3d0739f78a5292ea, 0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab,
    0xf0cfbc209af4361d,
};

} // namespace dlc::coefficients

#endif // DLC_PASSES_EXPANDMATH_COEFFICIENTS_H
