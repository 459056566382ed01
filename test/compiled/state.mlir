// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// State that is overwritten while others still want the old value.
// RUN: dlc-verify %s
dl.parameter @a : tensor<7xf32> = #dl.uniform<stream = 1, low = -1.0 : f64, high = 3.0 : f64>
dl.parameter @b : tensor<7xf32> = #dl.normal<stream = 2, deviation = 0.5 : f64>
dl.slot @count : tensor<i64> = #dl.zeros
dl.slot @flags : tensor<5xi1> = #dl.zeros

// Each becomes what the other was.
func.func @swap() attributes {dl.entry} {
  %a = dl.read @a : tensor<7xf32>
  %b = dl.read @b : tensor<7xf32>
  dl.write @a, %b : tensor<7xf32>
  dl.write @b, %a : tensor<7xf32>
  return
}

// The old value goes to the user, the new one to both.
func.func @old_and_new(%x: tensor<7xf32>) -> (tensor<7xf32>, tensor<7xf32>, tensor<f32>) attributes {dl.entry} {
  %a = dl.read @a : tensor<7xf32>
  %n = dl.add %a, %x : (tensor<7xf32>, tensor<7xf32>) -> tensor<7xf32>
  dl.write @a, %n : tensor<7xf32>
  dl.write @b, %n : tensor<7xf32>
  %s = dl.reduce_sum %a {axes = array<i64: 0>} : (tensor<7xf32>) -> tensor<f32>
  return %a, %n, %s : tensor<7xf32>, tensor<7xf32>, tensor<f32>
}

// A reversed reading of what is being written.
func.func @reversed() attributes {dl.entry} {
  %a = dl.read @a : tensor<7xf32>
  %r = dl.reverse %a {axes = array<i64: 0>} : (tensor<7xf32>) -> tensor<7xf32>
  %n = dl.add %a, %r : (tensor<7xf32>, tensor<7xf32>) -> tensor<7xf32>
  dl.write @a, %n : tensor<7xf32>
  return
}

// A folded value replaces what the rest of the kernel still reads.
func.func @folded(%x: tensor<7x9xf32>) -> tensor<7x9xf32> attributes {dl.entry} {
  %a = dl.read @a : tensor<7xf32>
  %n = dl.reduce_sum %x {axes = array<i64: 1>} : (tensor<7x9xf32>) -> tensor<7xf32>
  dl.write @a, %n : tensor<7xf32>
  %t = dl.mul %a, %a : (tensor<7xf32>, tensor<7xf32>) -> tensor<7xf32>
  %c = dl.reshape %t {dims = [7, 1]} : (tensor<7xf32>) -> tensor<7x1xf32>
  %m = dl.reshape %n {dims = [7, 1]} : (tensor<7xf32>) -> tensor<7x1xf32>
  %y = dl.mul %x, %c : (tensor<7x9xf32>, tensor<7x1xf32>) -> tensor<7x9xf32>
  %z = dl.sub %y, %m : (tensor<7x9xf32>, tensor<7x1xf32>) -> tensor<7x9xf32>
  return %z : tensor<7x9xf32>
}

// Scalars and booleans as state; the step counts calls that write.
func.func @counted(%x: tensor<5xf32>) -> (tensor<i64>, tensor<i64>, tensor<5xi1>) attributes {dl.entry} {
  %count = dl.read @count : tensor<i64>
  %step = dl.step : tensor<i64>
  %one = dl.constant dense<1> : tensor<i64>
  %next = dl.add %count, %one : (tensor<i64>, tensor<i64>) -> tensor<i64>
  dl.write @count, %next : tensor<i64>
  %flags = dl.read @flags : tensor<5xi1>
  %zero = dl.constant dense<0.0> : tensor<f32>
  %p = dl.compare gt, %x, %zero : (tensor<5xf32>, tensor<f32>) -> tensor<5xi1>
  %f = dl.xor %flags, %p : (tensor<5xi1>, tensor<5xi1>) -> tensor<5xi1>
  dl.write @flags, %f : tensor<5xi1>
  return %next, %step, %flags : tensor<i64>, tensor<i64>, tensor<5xi1>
}

// Arguments, constants and one value twice.
func.func @passed_on(%x: tensor<?xf32> {dl.dims = ["n"]}, %i: tensor<?xi1> {dl.dims = ["n"]})
    -> (tensor<?xf32> {dl.dims = ["n"]}, tensor<?xf32> {dl.dims = ["n"]}, tensor<?xf32> {dl.dims = ["n"]}, tensor<?xi1> {dl.dims = ["n"]}, tensor<3xi32>, tensor<f16>, tensor<?x1xf32> {dl.dims = ["n", 1]})
    attributes {dl.entry} {
  %y = dl.neg %x : (tensor<?xf32>) -> tensor<?xf32>
  %c = dl.constant dense<[1, -2, 3]> : tensor<3xi32>
  %h = dl.constant dense<0.5> : tensor<f16>
  %v = dl.reshape %y {dims = ["n", 1]} : (tensor<?xf32>) -> tensor<?x1xf32>
  return %x, %y, %y, %i, %c, %h, %v : tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xi1>, tensor<3xi32>, tensor<f16>, tensor<?x1xf32>
}
