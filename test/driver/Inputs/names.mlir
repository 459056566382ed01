// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Names that are no identifiers, reserved words, the header's own, or the same
// once they are identifiers; text that would end a comment; defaults of all types.
module attributes {dl.options = "", dl.interface = {
    dims = [{name = "int", low = 0 : i64, high = 1000 : i64, bound = 8 : i64}, {name = "a.b", low = 0 : i64, high = 100 : i64, bound = 0 : i64}, {name = "a-b", low = 0 : i64, high = 100 : i64, bound = 0 : i64}],
    functions = [
      {name = "weights_create", arguments = [
        {name = "class", kind = "input", type = f16, dims = ["int", "a-b"]},
        {name = "context", kind = "input", type = i1, dims = ["a.b"]},
        {name = "int", kind = "input", type = i8, dims = []},
        {name = "*/ #error /* ??/ \0A", kind = "output", type = bf16, dims = []},
        {name = "error", kind = "output", type = f64, dims = ["int"]}]},
      {name = "get", arguments = [
        {name = "size", kind = "hyper", type = f32, dims = [], default = 0x7F800000 : f32},
        {name = "n", kind = "hyper", type = f64, dims = [], default = 0x7FF8000000000000 : f64},
        {name = "i", kind = "hyper", type = i64, dims = [], default = -9223372036854775808 : i64},
        {name = "h", kind = "hyper", type = bf16, dims = [], default = 1.5 : bf16},
        {name = "b", kind = "hyper", type = i1, dims = [], default = true},
        {name = "u", kind = "hyper", type = ui8, dims = [], default = 255 : ui8},
        {name = "i3", kind = "hyper", type = i32, dims = [], default = -2147483648 : i32},
        {name = "f", kind = "hyper", type = f32, dims = [], default = 1.0e-40 : f32},
        {name = "g", kind = "hyper", type = f32, dims = [], default = 3.0 : f32}]},
      {name = "pre.dict", arguments = []}, {name = "pre-dict", arguments = []}],
    state = [], state_bytes = 64 : i64, data_bytes = 0 : i64}} {
  dl.variant @sse attributes {target = #dl.target<arch = "x86_64", cpu = "x86-64-v2", features = "", vector_bits = 128, vector_registers = 16, fma = false, l1 = 32768, l2 = 262144, features_mask = 1>} {
    llvm.func @weights_create(%frame: !llvm.ptr) -> i32 {
      %ok = llvm.mlir.constant(0 : i32) : i32
      llvm.return %ok : i32
    }
    llvm.func @get(%frame: !llvm.ptr) -> i32 {
      %ok = llvm.mlir.constant(0 : i32) : i32
      llvm.return %ok : i32
    }
    llvm.func @pre.dict(%frame: !llvm.ptr) -> i32 {
      %ok = llvm.mlir.constant(0 : i32) : i32
      llvm.return %ok : i32
    }
    llvm.func @"pre-dict"(%frame: !llvm.ptr) -> i32 {
      %ok = llvm.mlir.constant(0 : i32) : i32
      llvm.return %ok : i32
    }
  }
}
