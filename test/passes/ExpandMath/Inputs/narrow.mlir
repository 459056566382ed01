// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Every function of `math` on 16-bit floats. The binary ones stand alone:
// on x86 LLVM 22 converts a bf16 vector that lives across blocks (the branch of
// sin) to f32 and back, the latter by a function call.
func.func @vector_bf16(%x: vector<8xbf16>) -> vector<8xbf16> {
  %0 = math.exp %x : vector<8xbf16>
  %1 = math.exp2 %0 : vector<8xbf16>
  %2 = math.expm1 %1 : vector<8xbf16>
  %3 = math.log %2 : vector<8xbf16>
  %4 = math.log2 %3 : vector<8xbf16>
  %5 = math.log10 %4 : vector<8xbf16>
  %6 = math.log1p %5 : vector<8xbf16>
  %7 = math.sin %6 : vector<8xbf16>
  %8 = math.cos %7 : vector<8xbf16>
  %9 = math.tan %8 : vector<8xbf16>
  %10 = math.asin %9 : vector<8xbf16>
  %11 = math.acos %10 : vector<8xbf16>
  %12 = math.atan %11 : vector<8xbf16>
  %13 = math.sinh %12 : vector<8xbf16>
  %14 = math.cosh %13 : vector<8xbf16>
  %15 = math.tanh %14 : vector<8xbf16>
  %16 = math.asinh %15 : vector<8xbf16>
  %17 = math.acosh %16 : vector<8xbf16>
  %18 = math.atanh %17 : vector<8xbf16>
  %19 = math.erf %18 : vector<8xbf16>
  %20 = math.erfc %19 : vector<8xbf16>
  %21 = math.cbrt %20 : vector<8xbf16>
  %22 = math.rsqrt %21 : vector<8xbf16>
  %23 = math.sqrt %22 : vector<8xbf16>
  %24 = math.absf %23 : vector<8xbf16>
  %25 = math.floor %24 : vector<8xbf16>
  %26 = math.ceil %25 : vector<8xbf16>
  %27 = math.trunc %26 : vector<8xbf16>
  %28 = math.round %27 : vector<8xbf16>
  %29 = math.roundeven %28 : vector<8xbf16>
  %30 = math.clampf %29 to [%x, %x] : vector<8xbf16>
  %31:2 = math.sincos %30 : vector<8xbf16>
  return %31#1 : vector<8xbf16>
}
func.func @binary_vector_bf16(%x: vector<8xbf16>, %y: vector<8xbf16>, %n: vector<8xi32>) -> vector<8xbf16> {
  %0 = math.atan2 %x, %y : vector<8xbf16>
  %1 = math.powf %0, %y : vector<8xbf16>
  %2 = math.copysign %1, %y : vector<8xbf16>
  %3 = math.fpowi %2, %n : vector<8xbf16>, vector<8xi32>
  %4 = math.fma %3, %x, %y : vector<8xbf16>
  %5 = math.clampf %4 to [%x, %x] : vector<8xbf16>
  %6:2 = math.sincos %5 : vector<8xbf16>
  return %6#1 : vector<8xbf16>
}
func.func @convert_vector_bf16(%x: vector<8xf64>) -> vector<8xf64> {
  %0 = arith.truncf %x : vector<8xf64> to vector<8xbf16>
  %1 = arith.extf %0 : vector<8xbf16> to vector<8xf64>
  return %1 : vector<8xf64>
}
func.func @scalar_f16(%x: f16) -> f16 {
  %0 = math.exp %x : f16
  %1 = math.exp2 %0 : f16
  %2 = math.expm1 %1 : f16
  %3 = math.log %2 : f16
  %4 = math.log2 %3 : f16
  %5 = math.log10 %4 : f16
  %6 = math.log1p %5 : f16
  %7 = math.sin %6 : f16
  %8 = math.cos %7 : f16
  %9 = math.tan %8 : f16
  %10 = math.asin %9 : f16
  %11 = math.acos %10 : f16
  %12 = math.atan %11 : f16
  %13 = math.sinh %12 : f16
  %14 = math.cosh %13 : f16
  %15 = math.tanh %14 : f16
  %16 = math.asinh %15 : f16
  %17 = math.acosh %16 : f16
  %18 = math.atanh %17 : f16
  %19 = math.erf %18 : f16
  %20 = math.erfc %19 : f16
  %21 = math.cbrt %20 : f16
  %22 = math.rsqrt %21 : f16
  %23 = math.sqrt %22 : f16
  %24 = math.absf %23 : f16
  %25 = math.floor %24 : f16
  %26 = math.ceil %25 : f16
  %27 = math.trunc %26 : f16
  %28 = math.round %27 : f16
  %29 = math.roundeven %28 : f16
  %30 = math.clampf %29 to [%x, %x] : f16
  %31:2 = math.sincos %30 : f16
  return %31#1 : f16
}
func.func @binary_scalar_f16(%x: f16, %y: f16, %n: i32) -> f16 {
  %0 = math.atan2 %x, %y : f16
  %1 = math.powf %0, %y : f16
  %2 = math.copysign %1, %y : f16
  %3 = math.fpowi %2, %n : f16, i32
  %4 = math.fma %3, %x, %y : f16
  %5 = math.clampf %4 to [%x, %x] : f16
  %6:2 = math.sincos %5 : f16
  return %6#1 : f16
}
func.func @convert_scalar_f16(%x: f64) -> f64 {
  %0 = arith.truncf %x : f64 to f16
  %1 = arith.extf %0 : f16 to f64
  return %1 : f64
}
