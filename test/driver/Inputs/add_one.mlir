// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A model at stage llvm, by hand: y = x + b, where b is data; lookup reports a
// fault; scale has a hyper-parameter; grow has a computed extent.
module attributes {dl.options = "--cpu=x86-64-v3,x86-64-v2", dl.interface = {
    dims = [{name = "batch", low = 0 : i64, high = 1000 : i64, bound = 8 : i64}, {name = "n", low = 0 : i64, high = 100 : i64, bound = 0 : i64}],
    functions = [
      {name = "predict", arguments = [
        {name = "image", kind = "input", type = f32, dims = ["batch", 4]},
        {name = "probability", kind = "output", type = f32, dims = ["batch", 4]}]},
      {name = "lookup", arguments = [
        {name = "index", kind = "input", type = i64, dims = ["n"], below = 5 : i64},
        {name = "found", kind = "output", type = i64, dims = ["2*n + floordiv(n, 3)"]}]},
      {name = "train_step", trains, arguments = [
        {name = "image", kind = "input", type = f32, dims = ["batch", 4]},
        {name = "learning_rate", kind = "hyper", type = f32, dims = [], default = 1.0e-3 : f32},
        {name = "decay", kind = "hyper", type = f64, dims = [], default = 0.1 : f64},
        {name = "loss", kind = "output", type = f32, dims = []}]}],
    state = [{symbol = @b, name = "b", kind = "parameter", type = tensor<4xf32>, offset = 64 : i64, data = 0 : i64, written},
             {symbol = @m, name = "sgd.m/b", kind = "slot", type = tensor<4xf32>, offset = 128 : i64, written}],
    state_bytes = 192 : i64, data_bytes = 64 : i64}} {
  dl.parameter @b : tensor<4xf32> = dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
  dl.slot @m for @b "sgd.m" : tensor<4xf32> = #dl.zeros

  dl.variant @avx2 attributes {target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>} {
    // arguments[1][i] = arguments[0][i] + b[i % 4], through a parallel loop.
    llvm.func @predict(%frame: !llvm.ptr) -> i32 attributes {dl.offsets = 1 : i64} {
      %dims_at = llvm.getelementptr %frame[5] : (!llvm.ptr) -> !llvm.ptr, !llvm.ptr
      %dims = llvm.load %dims_at : !llvm.ptr -> !llvm.ptr
      %batch = llvm.load %dims : !llvm.ptr -> i64
      %run_at = llvm.getelementptr %frame[6] : (!llvm.ptr) -> !llvm.ptr, !llvm.ptr
      %run = llvm.load %run_at : !llvm.ptr -> !llvm.ptr
      %user_at = llvm.getelementptr %frame[7] : (!llvm.ptr) -> !llvm.ptr, !llvm.ptr
      %user = llvm.load %user_at : !llvm.ptr -> !llvm.ptr
      %body = llvm.mlir.addressof @row : !llvm.ptr
      llvm.call %run(%user, %batch, %body, %frame) : !llvm.ptr, (!llvm.ptr, i64, !llvm.ptr, !llvm.ptr) -> ()
      %ok = llvm.mlir.constant(0 : i32) : i32
      llvm.return %ok : i32
    }
    llvm.func @predict.plan(%dims: !llvm.ptr, %workers: i32, %offsets: !llvm.ptr) -> i64 {
      %zero = llvm.mlir.constant(0 : i64) : i64
      %bytes = llvm.mlir.constant(64 : i64) : i64
      llvm.store %zero, %offsets : i64, !llvm.ptr
      llvm.return %bytes : i64
    }
    llvm.func @row(%frame: !llvm.ptr, %index: i64, %worker: i32) {
      %arguments = llvm.load %frame : !llvm.ptr -> !llvm.ptr
      %in = llvm.load %arguments : !llvm.ptr -> !llvm.ptr
      %out_at = llvm.getelementptr %arguments[1] : (!llvm.ptr) -> !llvm.ptr, !llvm.ptr
      %out = llvm.load %out_at : !llvm.ptr -> !llvm.ptr
      %state_at = llvm.getelementptr %frame[1] : (!llvm.ptr) -> !llvm.ptr, !llvm.ptr
      %state = llvm.load %state_at : !llvm.ptr -> !llvm.ptr
      %b_at = llvm.getelementptr %state[64] : (!llvm.ptr) -> !llvm.ptr, i8
      %b = llvm.load %b_at {alignment = 4 : i64} : !llvm.ptr -> vector<4xf32>
      %x_at = llvm.getelementptr %in[%index] : (!llvm.ptr, i64) -> !llvm.ptr, !llvm.array<4 x f32>
      %x = llvm.load %x_at {alignment = 4 : i64} : !llvm.ptr -> vector<4xf32>
      %y_at = llvm.getelementptr %out[%index] : (!llvm.ptr, i64) -> !llvm.ptr, !llvm.array<4 x f32>
      %y = llvm.fadd %x, %b : vector<4xf32>
      llvm.store %y, %y_at {alignment = 4 : i64} : vector<4xf32>, !llvm.ptr
      llvm.return
    }
    llvm.func @lookup(%frame: !llvm.ptr) -> i32 {
      %ok = llvm.mlir.constant(0 : i32) : i32
      llvm.return %ok : i32
    }
    // loss = learning_rate + decay + step; step += 1
    llvm.func @train_step(%frame: !llvm.ptr) -> i32 {
      %arguments = llvm.load %frame : !llvm.ptr -> !llvm.ptr
      %rate_at = llvm.getelementptr %arguments[1] : (!llvm.ptr) -> !llvm.ptr, !llvm.ptr
      %rate_p = llvm.load %rate_at : !llvm.ptr -> !llvm.ptr
      %rate = llvm.load %rate_p : !llvm.ptr -> f32
      %decay_at = llvm.getelementptr %arguments[2] : (!llvm.ptr) -> !llvm.ptr, !llvm.ptr
      %decay_p = llvm.load %decay_at : !llvm.ptr -> !llvm.ptr
      %decay = llvm.load %decay_p : !llvm.ptr -> f64
      %loss_at = llvm.getelementptr %arguments[3] : (!llvm.ptr) -> !llvm.ptr, !llvm.ptr
      %loss_p = llvm.load %loss_at : !llvm.ptr -> !llvm.ptr
      %state_at = llvm.getelementptr %frame[1] : (!llvm.ptr) -> !llvm.ptr, !llvm.ptr
      %state = llvm.load %state_at : !llvm.ptr -> !llvm.ptr
      %step_at = llvm.getelementptr %state[1] : (!llvm.ptr) -> !llvm.ptr, i64
      %step = llvm.load %step_at : !llvm.ptr -> i64
      %one = llvm.mlir.constant(1 : i64) : i64
      %next = llvm.add %step, %one : i64
      llvm.store %next, %step_at : i64, !llvm.ptr
      %decay32 = llvm.fptrunc %decay : f64 to f32
      %step32 = llvm.sitofp %step : i64 to f32
      %sum = llvm.fadd %rate, %decay32 : f32
      %loss = llvm.fadd %sum, %step32 : f32
      llvm.store %loss, %loss_p : f32, !llvm.ptr
      %ok = llvm.mlir.constant(0 : i32) : i32
      llvm.return %ok : i32
    }
    llvm.func @dl.initialise(%frame: !llvm.ptr) -> i32 {
      %state_at = llvm.getelementptr %frame[1] : (!llvm.ptr) -> !llvm.ptr, !llvm.ptr
      %state = llvm.load %state_at : !llvm.ptr -> !llvm.ptr
      %m_at = llvm.getelementptr %state[128] : (!llvm.ptr) -> !llvm.ptr, i8
      %zero = llvm.mlir.constant(dense<0.0> : vector<4xf32>) : vector<4xf32>
      llvm.store %zero, %m_at {alignment = 4 : i64} : vector<4xf32>, !llvm.ptr
      %ok = llvm.mlir.constant(0 : i32) : i32
      llvm.return %ok : i32
    }
  }

  // Worse on purpose, so that tests can tell which one ran: y = x.
  dl.variant @sse attributes {target = #dl.target<arch = "x86_64", cpu = "x86-64-v2", features = "", vector_bits = 128, vector_registers = 16, fma = false, l1 = 32768, l2 = 262144, features_mask = 1>} {
    llvm.func @memcpy(!llvm.ptr, !llvm.ptr, i64) -> !llvm.ptr
    llvm.mlir.global constant @row_bytes(16 : i64) : i64
    llvm.func @predict(%frame: !llvm.ptr) -> i32 {
      %dims_at = llvm.getelementptr %frame[5] : (!llvm.ptr) -> !llvm.ptr, !llvm.ptr
      %dims = llvm.load %dims_at : !llvm.ptr -> !llvm.ptr
      %batch = llvm.load %dims : !llvm.ptr -> i64
      %row_at = llvm.mlir.addressof @row_bytes : !llvm.ptr
      %row = llvm.load %row_at : !llvm.ptr -> i64
      %bytes = llvm.mul %batch, %row : i64
      %arguments = llvm.load %frame : !llvm.ptr -> !llvm.ptr
      %in = llvm.load %arguments : !llvm.ptr -> !llvm.ptr
      %out_at = llvm.getelementptr %arguments[1] : (!llvm.ptr) -> !llvm.ptr, !llvm.ptr
      %out = llvm.load %out_at : !llvm.ptr -> !llvm.ptr
      %0 = llvm.call @memcpy(%out, %in, %bytes) : (!llvm.ptr, !llvm.ptr, i64) -> !llvm.ptr
      %ok = llvm.mlir.constant(0 : i32) : i32
      llvm.return %ok : i32
    }
    llvm.func @lookup(%frame: !llvm.ptr) -> i32 {
      %ok = llvm.mlir.constant(0 : i32) : i32
      llvm.return %ok : i32
    }
    llvm.func @train_step(%frame: !llvm.ptr) -> i32 {
      %ok = llvm.mlir.constant(0 : i32) : i32
      llvm.return %ok : i32
    }
    llvm.func @dl.initialise(%frame: !llvm.ptr) -> i32 {
      %ok = llvm.mlir.constant(0 : i32) : i32
      llvm.return %ok : i32
    }
  }
}
