// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Help.h"
#include "compiler/Compile.h"
#include "compiler/Targets.h"
#include "llvm/ADT/StringExtras.h"

namespace dlc {

std::string helpText() {
  return versionText() + R"(: compiles deep-learning models ahead of time

  dlc MODEL.mlir|MODEL.onnx -o MODEL.so     a library with the model's functions, and MODEL.h
  dlc MODEL.onnx --train --loss=NAME -o MODEL.so     the same with training; see dlc help training
  dlc run|train|bench|test|info|report MODEL.so ...  uses a compiled model; each has its own --help
  dlc compare MODEL.onnx MODEL.so           the first value that departs from the reference
  dlc export --weights FILE MODEL.onnx -o NEW.onnx   trained weights back into an ONNX file

  -o FILE              what to write, by suffix: .so .o .a .s .ll .ptx .mlir; - is standard output
  --header=FILE        the typed header (beside a .so by default)
  --name=NAME          prefix of all symbols (default: from the name of the output)
  --cpu=NAME,...       processors to generate code for: dlc help cpu; --device=cuda: dlc help gpu
  --dim=NAME=LOW..HIGH limits of a named dimension (repeatable); HIGH is also its default bound
  --function=NAME,...  the functions to compile (default: all)
  --weights=MODE       the model's own weights: embed, external or constant; see dlc help weights
  --self-test[=FILE]   embed calls whose results are known, for dlc test; see dlc help self-test
  --check              write nothing; list everything in the model that is not supported
  --report=FILE        kernels, their costs and memory; --profile times them: see dlc help report
  --depfile=FILE       dependencies for make and ninja
  --emit=STAGE         stop after a stage and write the module; see dlc help stages
  --from=STAGE         the input is what a stage wrote; --save-stages=DIR: write all of them
  --version            the version, alone

dlc help TOPIC: )" +
         llvm::join(topics(), ", ") + "\n";
}

static const char stages[] =
    R"(A model goes through these stages; what each writes is a complete input of the next:

  dl       tensors and functions on pure values, as graph algebra leaves them
  kernels  what is computed together, once for each processor (dl.variant)
  loops    every kernel as loops over vectors, memory planned
  llvm     LLVM's dialect alone

  dlc --emit=kernels model.mlir -o -            shows a stage
  dlc --emit=nvvm --device=cuda model.mlir -o - shows stage llvm of the kernels for a GPU alone
  dlc --save-stages=stages model.mlir -o m.so   keeps all of them
  dlc --from=loops stages/loops.mlir -o m.so    goes on from one: the same library
)";

static const char outputs[] = R"(The suffix of -o says what is written:

  .so    a shared library that needs the C library alone (for a GPU, its driver when
         it is used), and its header
  .o .a  the model without the runtime: link it with libdlc_runtime.a
  .ptx   the kernels for a GPU, with --device=cuda
  .s     assembly      .ll  LLVM's IR      .mlir  the model at stage dl, or --emit's

Several outputs appear together or not at all. An output that exists and is no file (a
device, a pipe) is written to and never replaced.
)";

static const char training[] =
    R"(--train adds train_step and evaluate to a model that has predict alone. Both take the
arguments of predict and label; train_step returns the mean loss, evaluate sums.

  --loss=NAME          cross_entropy (labels are class numbers), cross_entropy_dense
                       (labels are distributions), bce, mse; NAME:OUTPUT picks an output
  --optimizer=NAME     sgd, momentum, adam (default), adamw; its rate is the argument
                       learning_rate of each step
  --freeze=GLOB,...    parameters that stay as they are, by name

  dlc --check --train --loss=NAME MODEL.onnx    lists what would train

A softmax or sigmoid before the loss is left out of it, and a warning says so.
)";

static const char report[] =
    R"(--report tells, for every processor and GPU, what was fused into each kernel in the model's own node
names, how it is generated, what it computes and moves, and how a call's memory is shared:

  dlc MODEL --report=json                      to standard output; nothing else is written
  dlc MODEL -o m.so --report=m.html            a page beside the library

Amounts are expressions over the dimensions, with values for the bounds of --dim (else 64).

  dlc MODEL --profile -o m.so                  the same library with timers
  dlc run m.so --input ... --profile           a table of kernels and their times; train and bench too
  dlc bench m.so --profile=trace.json          a trace for Perfetto or chrome://tracing
  dlc bench m.so --report=m.html               the page with times, beside this machine's limits

With --device=cuda a GPU's launches are timed by its own events (and go one by one, not as a graph);
of a GPU the page has what was reached, not the machine's limits.

(dlc report draws the history of a training.)
)";

static const char selfTest[] =
    R"(--self-test embeds one call of every function, its inputs and its results, which the
reference evaluator computes while compiling. dlc test makes these calls on the machine it
runs on, in every variant of the code, and prints a line for each.

  --self-test              inputs are random and the same on every machine
  --self-test=FILE         inputs by name (image, or predict.image) from a .npz or .safetensors
  --self-test-budget=N     steps that evaluating one function may take (default 2000000000)

A function that trains is called three times, so that the loss has seen two updates. Floats
may depart by 1e-4 of the value and of the largest result in f32, 1e-9 in f64, 2^-6 in f16,
2^-3 in bf16; integers may not.
)";

static const char weights[] =
    R"(--weights=embed, the default, puts the model's own weights into the library, which starts
with them and may load, save or train others. What code wants packed it packs when they are set.

--weights=constant, the default for ONNX without --train, makes constants of them. All that depends on weights alone is computed
while compiling; the library holds the results as code reads them, needs no time and no
memory to start, and refuses to load or save weights. No function may train.

--weights=external leaves them in a safetensors file beside it, named like it. The library
then starts without weights: the app loads the file (weights_load, weights_load_memory), or
another of the same names and shapes; until then calls are refused with DLC_NO_WEIGHTS.
A model whose weights are all drawn by initialisers has no file: creating the handle draws
them.

--checkpoint=FILE takes the values from a .safetensors or .npz file, as training saved them,
instead of those the model is declared with; each parameter must be there, by name. A model
whose weights are drawn needs one for --weights=constant:

  dlc model.mlir --function=predict --checkpoint=best.safetensors --weights=constant -o m.so
)";

static const char remarks[] =
    R"(Passes say what they did and what they did not, on request; the options are mlir-opt's:

  --remarks-filter=REGEX            every remark of the categories whose whole name matches
  --remarks-filter-passed=REGEX     what was done
  --remarks-filter-missed=REGEX     what was not done, though one might expect it
  --remarks-filter-analyse=REGEX    what is worth knowing
  --remarks-output-file=FILE        a file for llvm-remarkutil instead: .bitstream, otherwise YAML
  --remark-format=NAME              yaml or bitstream, whatever the file is called

The categories: differentiation, folding, fusion, prepare, tiling, memory.

  dlc --remarks-filter-missed='.*' model.mlir -o m.so
  dlc --remarks-filter='tiling|memory' --remarks-output-file=m.yaml model.mlir -o m.so
)";

static const char limits[] =
    R"(What a compilation may spend on values that it can compute itself:

  --fold-limit=BYTES       constants that folding makes or reads; an op with a larger operand
                           or result stays in the model. Default 8192; 0 folds nothing
  --self-test-budget=N     steps that evaluating one function for --self-test may take

  dlc --remarks-filter-missed=folding model.mlir -o m.so    names the ops that were kept

What --weights=constant computes has no limit: it is weights, and is stored, not folded.
)";

std::vector<std::string> topics() {
  return {"cpu", "gpu", "limits", "outputs", "remarks", "report", "self-test", "stages", "training", "weights"};
}

std::string topicText(llvm::StringRef topic) {
  if (topic == "stages")
    return stages;
  if (topic == "limits")
    return limits;
  if (topic == "remarks")
    return remarks;
  if (topic == "training")
    return training;
  if (topic == "self-test")
    return selfTest;
  if (topic == "weights")
    return weights;
  if (topic == "outputs")
    return outputs;
  if (topic == "report")
    return report;
  if (topic == "cpu")
    return "--cpu takes one or more of: " + llvm::join(cpuNames(), ", ") + R"(.

Several make one library that picks the best for the machine it runs on. Without --cpu
that is x86-64-v4,x86-64-v3,x86-64-v2 on every machine. 'native' is what this machine's
processor can do; such a library refuses to run, in words, where that is missing.

armv8-a and the names after it are AArch64, of which one library may hold several too; all
generate 128-bit NEON. Link an .o or .a for it with lib/aarch64-linux-gnu/libdlc_runtime.a.
)";
  if (topic == "gpu")
    return R"(--device=cuda generates code for an NVIDIA GPU, --device=cpu,cuda for both, between which
a program chooses when it creates a context (dlc_context_options.device_type), and dlc run, train,
bench, test and compare with --device. What is asked for is used or refused, never replaced.

The library needs NVIDIA's driver (libcuda.so.1) when it is used, and nothing of CUDA when
it is linked or opened. Parameters stay on the GPU; checkpoints are the same on both.
-o MODEL.ptx writes the kernels alone, --emit=nvvm what they are made of. --report tells of their
launches too, and --profile times them: dlc help report.

The kernels are in the library as PTX, of which the driver makes machine code when a model
is first used on a GPU. Where NVIDIA's assembler is installed (ptxas, of the CUDA toolkit; in
PATH, $CUDA_HOME/bin or /usr/local/cuda/bin), that code lies beside the PTX for every GPU of
--gpu: such a one needs no time to start, others go on from the PTX. --ptxas=FILE names
another, without which nothing is written; --ptxas=none makes the same library on every machine.

--precision=tf32 lets the GPU's matrix units multiply f32 as well, products and convolutions
alike: factors are rounded to 11 bits, sums are f32's. Without it every f32 is a whole one.

--gpu=NAME,... takes: )" +
           llvm::join(gpuNames(), ", ") + R"(.
The first is the default. PTX is for the oldest one named and runs on all later GPUs, but
sm_90a's, which may use what that one alone has.
)";
  return "";
}

} // namespace dlc
