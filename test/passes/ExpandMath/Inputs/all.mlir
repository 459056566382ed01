// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Every function of `math` on floats, one chain per type.
func.func @vector_f32(%x: vector<16xf32>, %y: vector<16xf32>, %n: vector<16xi32>) -> vector<16xf32> {
  %0 = math.exp %x : vector<16xf32>
  %1 = math.exp2 %0 : vector<16xf32>
  %2 = math.expm1 %1 : vector<16xf32>
  %3 = math.log %2 : vector<16xf32>
  %4 = math.log2 %3 : vector<16xf32>
  %5 = math.log10 %4 : vector<16xf32>
  %6 = math.log1p %5 : vector<16xf32>
  %7 = math.sin %6 : vector<16xf32>
  %8 = math.cos %7 : vector<16xf32>
  %9 = math.tan %8 : vector<16xf32>
  %10 = math.asin %9 : vector<16xf32>
  %11 = math.acos %10 : vector<16xf32>
  %12 = math.atan %11 : vector<16xf32>
  %13 = math.sinh %12 : vector<16xf32>
  %14 = math.cosh %13 : vector<16xf32>
  %15 = math.tanh %14 : vector<16xf32>
  %16 = math.asinh %15 : vector<16xf32>
  %17 = math.acosh %16 : vector<16xf32>
  %18 = math.atanh %17 : vector<16xf32>
  %19 = math.erf %18 : vector<16xf32>
  %20 = math.erfc %19 : vector<16xf32>
  %21 = math.cbrt %20 : vector<16xf32>
  %22 = math.rsqrt %21 : vector<16xf32>
  %23 = math.sqrt %22 : vector<16xf32>
  %24 = math.absf %23 : vector<16xf32>
  %25 = math.floor %24 : vector<16xf32>
  %26 = math.ceil %25 : vector<16xf32>
  %27 = math.trunc %26 : vector<16xf32>
  %28 = math.round %27 : vector<16xf32>
  %29 = math.roundeven %28 : vector<16xf32>
  %30 = math.atan2 %29, %y : vector<16xf32>
  %31 = math.powf %30, %y : vector<16xf32>
  %32 = math.copysign %31, %y : vector<16xf32>
  %33 = math.fpowi %32, %n : vector<16xf32>, vector<16xi32>
  %34 = math.fma %33, %x, %y : vector<16xf32>
  %35 = vector.fma %34, %x, %y : vector<16xf32>
  %36:2 = math.sincos %35 : vector<16xf32>
  %37 = math.clampf %36#0 to [%36#1, %x] : vector<16xf32>
  return %37 : vector<16xf32>
}
func.func @vector_f64(%x: vector<8xf64>, %y: vector<8xf64>, %n: vector<8xi32>) -> vector<8xf64> {
  %0 = math.exp %x : vector<8xf64>
  %1 = math.exp2 %0 : vector<8xf64>
  %2 = math.expm1 %1 : vector<8xf64>
  %3 = math.log %2 : vector<8xf64>
  %4 = math.log2 %3 : vector<8xf64>
  %5 = math.log10 %4 : vector<8xf64>
  %6 = math.log1p %5 : vector<8xf64>
  %7 = math.sin %6 : vector<8xf64>
  %8 = math.cos %7 : vector<8xf64>
  %9 = math.tan %8 : vector<8xf64>
  %10 = math.asin %9 : vector<8xf64>
  %11 = math.acos %10 : vector<8xf64>
  %12 = math.atan %11 : vector<8xf64>
  %13 = math.sinh %12 : vector<8xf64>
  %14 = math.cosh %13 : vector<8xf64>
  %15 = math.tanh %14 : vector<8xf64>
  %16 = math.asinh %15 : vector<8xf64>
  %17 = math.acosh %16 : vector<8xf64>
  %18 = math.atanh %17 : vector<8xf64>
  %19 = math.erf %18 : vector<8xf64>
  %20 = math.erfc %19 : vector<8xf64>
  %21 = math.cbrt %20 : vector<8xf64>
  %22 = math.rsqrt %21 : vector<8xf64>
  %23 = math.sqrt %22 : vector<8xf64>
  %24 = math.absf %23 : vector<8xf64>
  %25 = math.floor %24 : vector<8xf64>
  %26 = math.ceil %25 : vector<8xf64>
  %27 = math.trunc %26 : vector<8xf64>
  %28 = math.round %27 : vector<8xf64>
  %29 = math.roundeven %28 : vector<8xf64>
  %30 = math.atan2 %29, %y : vector<8xf64>
  %31 = math.powf %30, %y : vector<8xf64>
  %32 = math.copysign %31, %y : vector<8xf64>
  %33 = math.fpowi %32, %n : vector<8xf64>, vector<8xi32>
  %34 = math.fma %33, %x, %y : vector<8xf64>
  %35 = vector.fma %34, %x, %y : vector<8xf64>
  %36:2 = math.sincos %35 : vector<8xf64>
  %37 = math.clampf %36#0 to [%36#1, %x] : vector<8xf64>
  return %37 : vector<8xf64>
}
func.func @scalar_f32(%x: f32, %y: f32, %n: i32) -> f32 {
  %0 = math.exp %x : f32
  %1 = math.exp2 %0 : f32
  %2 = math.expm1 %1 : f32
  %3 = math.log %2 : f32
  %4 = math.log2 %3 : f32
  %5 = math.log10 %4 : f32
  %6 = math.log1p %5 : f32
  %7 = math.sin %6 : f32
  %8 = math.cos %7 : f32
  %9 = math.tan %8 : f32
  %10 = math.asin %9 : f32
  %11 = math.acos %10 : f32
  %12 = math.atan %11 : f32
  %13 = math.sinh %12 : f32
  %14 = math.cosh %13 : f32
  %15 = math.tanh %14 : f32
  %16 = math.asinh %15 : f32
  %17 = math.acosh %16 : f32
  %18 = math.atanh %17 : f32
  %19 = math.erf %18 : f32
  %20 = math.erfc %19 : f32
  %21 = math.cbrt %20 : f32
  %22 = math.rsqrt %21 : f32
  %23 = math.sqrt %22 : f32
  %24 = math.absf %23 : f32
  %25 = math.floor %24 : f32
  %26 = math.ceil %25 : f32
  %27 = math.trunc %26 : f32
  %28 = math.round %27 : f32
  %29 = math.roundeven %28 : f32
  %30 = math.atan2 %29, %y : f32
  %31 = math.powf %30, %y : f32
  %32 = math.copysign %31, %y : f32
  %33 = math.fpowi %32, %n : f32, i32
  %34 = math.fma %33, %x, %y : f32
  %35:2 = math.sincos %34 : f32
  %36 = math.clampf %35#0 to [%35#1, %x] : f32
  return %36 : f32
}
func.func @scalar_f64(%x: f64, %y: f64, %n: i64) -> f64 {
  %0 = math.exp %x : f64
  %1 = math.exp2 %0 : f64
  %2 = math.expm1 %1 : f64
  %3 = math.log %2 : f64
  %4 = math.log2 %3 : f64
  %5 = math.log10 %4 : f64
  %6 = math.log1p %5 : f64
  %7 = math.sin %6 : f64
  %8 = math.cos %7 : f64
  %9 = math.tan %8 : f64
  %10 = math.asin %9 : f64
  %11 = math.acos %10 : f64
  %12 = math.atan %11 : f64
  %13 = math.sinh %12 : f64
  %14 = math.cosh %13 : f64
  %15 = math.tanh %14 : f64
  %16 = math.asinh %15 : f64
  %17 = math.acosh %16 : f64
  %18 = math.atanh %17 : f64
  %19 = math.erf %18 : f64
  %20 = math.erfc %19 : f64
  %21 = math.cbrt %20 : f64
  %22 = math.rsqrt %21 : f64
  %23 = math.sqrt %22 : f64
  %24 = math.absf %23 : f64
  %25 = math.floor %24 : f64
  %26 = math.ceil %25 : f64
  %27 = math.trunc %26 : f64
  %28 = math.round %27 : f64
  %29 = math.roundeven %28 : f64
  %30 = math.atan2 %29, %y : f64
  %31 = math.powf %30, %y : f64
  %32 = math.copysign %31, %y : f64
  %33 = math.fpowi %32, %n : f64, i64
  %34 = math.fma %33, %x, %y : f64
  %35:2 = math.sincos %34 : f64
  %36 = math.clampf %35#0 to [%35#1, %x] : f64
  return %36 : f64
}
func.func @rows_f32(%x: vector<2x4xf32>, %y: vector<2x4xf32>, %n: vector<2x4xi32>) -> vector<2x4xf32> {
  %0 = math.exp %x : vector<2x4xf32>
  %1 = math.exp2 %0 : vector<2x4xf32>
  %2 = math.expm1 %1 : vector<2x4xf32>
  %3 = math.log %2 : vector<2x4xf32>
  %4 = math.log2 %3 : vector<2x4xf32>
  %5 = math.log10 %4 : vector<2x4xf32>
  %6 = math.log1p %5 : vector<2x4xf32>
  %7 = math.sin %6 : vector<2x4xf32>
  %8 = math.cos %7 : vector<2x4xf32>
  %9 = math.tan %8 : vector<2x4xf32>
  %10 = math.asin %9 : vector<2x4xf32>
  %11 = math.acos %10 : vector<2x4xf32>
  %12 = math.atan %11 : vector<2x4xf32>
  %13 = math.sinh %12 : vector<2x4xf32>
  %14 = math.cosh %13 : vector<2x4xf32>
  %15 = math.tanh %14 : vector<2x4xf32>
  %16 = math.asinh %15 : vector<2x4xf32>
  %17 = math.acosh %16 : vector<2x4xf32>
  %18 = math.atanh %17 : vector<2x4xf32>
  %19 = math.erf %18 : vector<2x4xf32>
  %20 = math.erfc %19 : vector<2x4xf32>
  %21 = math.cbrt %20 : vector<2x4xf32>
  %22 = math.rsqrt %21 : vector<2x4xf32>
  %23 = math.sqrt %22 : vector<2x4xf32>
  %24 = math.absf %23 : vector<2x4xf32>
  %25 = math.floor %24 : vector<2x4xf32>
  %26 = math.ceil %25 : vector<2x4xf32>
  %27 = math.trunc %26 : vector<2x4xf32>
  %28 = math.round %27 : vector<2x4xf32>
  %29 = math.roundeven %28 : vector<2x4xf32>
  %30 = math.atan2 %29, %y : vector<2x4xf32>
  %31 = math.powf %30, %y : vector<2x4xf32>
  %32 = math.copysign %31, %y : vector<2x4xf32>
  %33 = math.fpowi %32, %n : vector<2x4xf32>, vector<2x4xi32>
  %34 = math.fma %33, %x, %y : vector<2x4xf32>
  %35:2 = math.sincos %34 : vector<2x4xf32>
  %36 = math.clampf %35#0 to [%35#1, %x] : vector<2x4xf32>
  return %36 : vector<2x4xf32>
}
func.func @integers(%x: vector<4xi32>, %n: vector<4xi32>) -> vector<4xi32> {
  %0 = math.ipowi %x, %n : vector<4xi32>
  return %0 : vector<4xi32>
}
