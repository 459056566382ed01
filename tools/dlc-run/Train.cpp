// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// dlc train: options, the lines a person reads, and the order of things.
#include "dlc-run/Commands.h"
#include "dlc-run/TrainRun.h"

namespace dlc {

Command addTrain(CLI::App &app) {
  auto o = std::make_shared<TrainOptions>();
  CLI::App *command = app.add_subcommand("train", "train a compiled model on data files");
  option(command, "model", o->model, "MODEL.so", "compiled model")->required();
  option(command, "--data", o->data, "NAME=FILE,...", "training data: .npy, IDX, .safetensors[:TENSOR], also .gz")
      ->required();
  option(command, "--test", o->test, "NAME=FILE,...", "test data, evaluated after each epoch");
  number(command, "--epochs", o->epochs, 1, 1000000, "epochs in all, those of --resume included")
      ->capture_default_str();
  number(command, "--batch", o->batch, 0, INT32_MAX, "rows per step; 0: the model's default");
  number(command, "--steps", o->steps, 0, INT64_MAX, "stop after so many steps and save; 0: never");
  o->seedOption =
      number(command, "--seed", o->seed, 0, INT64_MAX, "of initial values, order and dropout")->capture_default_str();
  option(command, "--hyper", o->hypers, "NAME=VALUE", "a hyper-parameter, such as learning_rate");
  option(command, "--schedule", o->schedule, "HOW", "constant, exponential:FACTOR, onecycle:MAX")
      ->capture_default_str();
  option(command, "--scheduled", o->scheduled, "NAME", "the hyper-parameter it moves")->capture_default_str();
  option(command, "--weights", o->weights, "FILE", "begin with the parameters of a checkpoint");
  option(command, "--resume", o->resume, "FILE", "continue the run of a checkpoint");
  option(command, "--out", o->folder, "DIR", "for checkpoints; default: the model without .so");
  option(command, "--function", o->function, "NAME", "training function")->capture_default_str();
  option(command, "--evaluate", o->evaluate, "NAME", "evaluation function")->capture_default_str();
  option(command, "--predict", o->predict, "NAME", "function the report asks")->capture_default_str();
  option(command, "--report", o->report, "FILE.svg", "draw curves, confusion matrix and pictures");
  option(command, "--history", o->history, "FILE.json", "write the report's numbers");
  option(command, "--classes", o->classes, "NAME,...", "what the report calls the classes")->delimiter(',');
  o->runner.addTo(command);
  o->profile.addTo(command);
  number(command, "--data-limit", o->dataLimit, 1, INT64_MAX, "most bytes of one data file; default: 16 GiB");
  command->add_flag("--json", o->json, "one JSON object a line");
  return {command, [o] { return train(*o); }};
}

} // namespace dlc
