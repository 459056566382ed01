// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the compiler makes of a model: variants (one per target), kernels and
// launches, and the loops' parallel op. Users do not write these; tests do.
#ifndef DL_KERNEL
#define DL_KERNEL
include "DlBase.td"
include "mlir/Interfaces/FunctionInterfaces.td"
include "mlir/Interfaces/CallInterfaces.td"

def Dl_TargetAttr : AttrDef<Dl_Dialect, "Target"> {
  let mnemonic = "target";
  let summary = "what the passes need to know of a machine";
  let description = [{
    `arch`: x86_64, aarch64, ...; `cpu` and `features` as LLVM spells them;
    `vector_bits` and `vector_registers`: the vector shape the generators use;
    `fma`: whether fused multiply-add is an instruction; `l1`, `l2`: cache bytes
    of one core; `features_mask`: DLC_CPU_* bits the runtime tests.
  }];
  let parameters = (ins StringRefParameter<>:$arch, StringRefParameter<>:$cpu, StringRefParameter<>:$features,
      "int64_t":$vector_bits, "int64_t":$vector_registers, "bool":$fma, "int64_t":$l1, "int64_t":$l2, "int64_t":$features_mask);
  let assemblyFormat = "`<` struct(params) `>`";
}
def Dl_ScheduleAttr : AttrDef<Dl_Dialect, "Schedule"> {
  let mnemonic = "schedule";
  let summary = "how a kernel is to be generated: chosen by TileKernels, obeyed by the generators";
  let description = [{
    `generator`: which generator (contract, conv, pointwise, rows, columns, ...);
    `rows` x `vectors`: the register tile (rows by vectors of `lanes` elements);
    `unroll`: steps of the innermost loop per trip; `block_m`, `block_k`:
    blocking of the second cache level (0: none); `stage_rows`: whether the
    scalar operand's rows are first copied to where they lie less than a page
    apart from the same cache sets; `pack`: how the vectorised
    operand is read (prepared: panels packed by prepare; panel: packed panel by
    panel into scratch; direct: in place); `grain`: units of work per task
    (panels of columns where there are some, a block of rows' after another's);
    `prefetch`: steps of the innermost loop ahead, for small tiles (0: none);
    `parts`: into how many a sum is cut that few tasks would make, each with
    sums of its own, added in order afterwards.
  }];
  let parameters = (ins StringRefParameter<>:$generator, "int64_t":$lanes, "int64_t":$rows, "int64_t":$vectors, "int64_t":$unroll,
      "int64_t":$block_m, "int64_t":$block_k, StringRefParameter<>:$pack, "int64_t":$grain, "int64_t":$prefetch,
      DefaultValuedParameter<"bool", "false">:$stage_rows, DefaultValuedParameter<"int64_t", "1">:$parts);
  let assemblyFormat = "`<` struct(params) `>`";
}

def Dl_VariantOp : Dl_Op<"variant", [Symbol, SymbolTable, IsolatedFromAbove, NoTerminator, SingleBlock]> {
  let summary = "the model's functions for one target";
  let description = "Example: `dl.variant @avx512 attributes {target = #dl.target<...>} { func.func @predict(...) ... }`";
  let arguments = (ins SymbolNameAttr:$sym_name, Dl_TargetAttr:$target);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "$sym_name attr-dict-with-keyword $body";
  let family = "Kernel";
}
def Dl_KernelOp : Dl_Op<"kernel", [Symbol, IsolatedFromAbove, SingleBlock]> {
  let summary = "one loop nest: a root with the pointwise and movement ops fused around it";
  let description = [{
    The body computes whole tensors from the block arguments, which are the
    launch's operands, and yields the launch's results. Extents of arguments
    stand in `argument_dims`, one array each.
    Example: `dl.kernel @relu(...) {...}` (see test/passes/FormKernels/example.mlir)
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, ArrayAttr:$argument_dims, OptionalAttr<Dl_ScheduleAttr>:$schedule);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "$sym_name attr-dict-with-keyword $body";
  let hasVerifier = 1;
  let family = "Kernel";
}
def Dl_LaunchOp : Dl_Op<"launch", [Pure, DeclareOpInterfaceMethods<SymbolUserOpInterface>, DeclareOpInterfaceMethods<Dl_DimsOpInterface>]> {
  let summary = "runs a kernel";
  let description = "Example: `%y = dl.launch @relu(%x) : (tensor<?x4xf32>) -> tensor<?x4xf32>`";
  let arguments = (ins FlatSymbolRefAttr:$kernel, Variadic<Dl_AnyTensor>:$inputs);
  let results = (outs Variadic<Dl_AnyTensor>:$results);
  let assemblyFormat = "$kernel `(` $inputs `)` attr-dict `:` functional-type(operands, results)";
  let family = "Kernel";
}
def Dl_ParallelOp : Dl_Op<"parallel", [SingleBlockImplicitTerminator<"YieldOp">]> {
  let summary = "`count` independent tasks, in any order, on any number of workers";
  let description = [{
    The body's arguments are the task and the worker that runs it. What it
    computes may depend on the task only; the worker names scratch memory.
    Example: `dl.parallel %n { ^bb0(%task: index, %worker: index): ... }`
  }];
  let arguments = (ins Index:$count);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "$count $body attr-dict";
  let family = "Kernel";
}

//===----------------------------------------------------------------------===//
// How compiled code reaches its data: fields of the runtime's frame
// (runtime/include/dlc/abi.h).
//===----------------------------------------------------------------------===//

def Dl_Frame : Type<CPred<"::llvm::isa<::mlir::LLVM::LLVMPointerType>($_self)">, "a frame pointer", "::mlir::LLVM::LLVMPointerType">,
    BuildableType<"::mlir::LLVM::LLVMPointerType::get($_builder.getContext())">;
def Dl_Space : I32EnumAttr<"Space", "where a buffer lives", [
    I32EnumAttrCase<"argument", 0>, I32EnumAttrCase<"state", 1>, I32EnumAttrCase<"prepared", 2>,
    I32EnumAttrCase<"arena", 3>, I32EnumAttrCase<"data", 4>]> {
  let cppNamespace = "::dlc::dl";
  let genSpecializedAttr = 0;
}
def Dl_SpaceAttr : EnumAttr<Dl_Dialect, Dl_Space, "space">;
def Dl_BufferOp : Dl_Op<"buffer", [Pure]> {
  let summary = "a flat buffer of the frame";
  let description = [{
    `index` is the argument's number for `argument`, the entry of the offset
    table for `arena`, and a byte offset elsewhere; `size` is the number of elements.
    Example: `%b = dl.buffer %frame argument 0 [%n] : memref<?xf32>`
  }];
  let arguments = (ins Dl_Frame:$frame, Dl_SpaceAttr:$space, I64Attr:$index, Index:$size);
  let results = (outs MemRefRankOf<[AnyType], [1]>:$result);
  let assemblyFormat = "$frame $space $index `[` $size `]` attr-dict `:` type($result)";
  let family = "Kernel";
}
def Dl_FrameDimOp : Dl_Op<"frame_dim", [Pure]> {
  let summary = "the value of the model's dimension number `index`";
  let description = "Example: `%batch = dl.frame_dim %frame 0 : index`";
  let arguments = (ins Dl_Frame:$frame, I64Attr:$index);
  let results = (outs Index:$result);
  let assemblyFormat = "$frame $index attr-dict `:` type($result)";
  let family = "Kernel";
}
def Dl_FaultOp : Dl_Op<"fault"> {
  let summary = "reports a data error: `value` at `position` lies outside [0, bound)";
  let description = [{
    `site` is the argument's number, or -2 for an index computed inside the
    model. Of several reports one is kept.
    Example: `dl.fault %frame site -2 (%position, %value, %bound)`
  }];
  let arguments = (ins Dl_Frame:$frame, I64Attr:$site, I64:$position, I64:$value, I64:$bound);
  let assemblyFormat = "$frame `site` $site `(` $position `,` $value `,` $bound `)` attr-dict";
  let family = "Kernel";
}
def Dl_FaultExitOp : Dl_Op<"fault_exit"> {
  let summary = "ends the call with status 1 if a data error was reported";
  let description = "Stands before the first write of state. Example: `dl.fault_exit %frame`";
  let arguments = (ins Dl_Frame:$frame);
  let assemblyFormat = "$frame attr-dict";
  let family = "Kernel";
}
#endif // DL_KERNEL
