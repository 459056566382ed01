// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dlc-run/TrainLog.h"
#include "dlc-run/Json.h"
#include "dlc-run/Parameters.h"
#include <cstdio>

namespace dlc {

static void print(const std::string &text) {
  std::fputs(text.c_str(), stdout);
  std::fflush(stdout); // a log file is watched while training goes on
}

static Json orNull(double value) { return std::isnan(value) ? Json(nullptr) : Json(value); }

void TrainLog::model(const Library &library, const Plan &plan, const dlc_memory_info &memory,
                     const dlc_variant &variant, const Runner &runner) const {
  auto sizes = parameterSizes(*library);
  Size parameters = sizes[""];
  if (json) {
    Json hypers = Json::object();
    for (const auto &[name, value] : plan.hypers)
      hypers[name] = value;
    Json state = Json::object();
    for (const auto &[name, size] : sizes)
      if (!name.empty())
        state[name] = size.bytes;
    return print(line({{"event", "model"},
                       {"model", jsonText(library->name)},
                       {"variant", jsonText(variant.name)},
                       {"threads", runner.threads},
                       {"parameters", parameters.elements},
                       {"hyper", hypers},
                       {"memory",
                        {{"parameters", parameters.bytes},
                         {"state", state},
                         {"prepared", memory.prepared},
                         {"arena", memory.arena}}}}));
  }
  // "adam 0.001": the optimizer is known from its state, the rate from the
  // function.
  std::string optimizer, state;
  for (const auto &[name, size] : sizes)
    if (!name.empty()) {
      optimizer += (optimizer.empty() ? ", " : " ") + printable(name);
      state += ", " + printable(name) + " " + megabytes(size.bytes);
    }
  if (auto rate = plan.hypers.find("learning_rate"); rate != plan.hypers.end())
    optimizer += (optimizer.empty() ? ", learning rate " : " ") + shortest(rate->second, true);
  print(format("model    %s parameters%s; memory: weights %s%s, arena %s; %s\n", grouped(parameters.elements).c_str(),
               optimizer.c_str(), megabytes(parameters.bytes).c_str(), state.c_str(), megabytes(memory.arena).c_str(),
               runner.describe(variant).c_str()));
}

void TrainLog::data(const Dataset &train, const Dataset &test, const Trainer &trainer, int64_t batch) const {
  int64_t last = train.rows() - (trainer.stepsPerEpoch() - 1) * batch;
  if (json)
    return print(line({{"event", "data"},
                       {"train_rows", train.rows()},
                       {"test_rows", test.empty() ? 0 : test.rows()},
                       {"steps_per_epoch", trainer.stepsPerEpoch()},
                       {"batch", batch},
                       {"last_batch", last}}));
  std::string tested = test.empty() ? "" : ", " + grouped(test.rows()) + " test";
  print(format(
      "data     %s train%s, %s steps an epoch (%s)\n", grouped(train.rows()).c_str(), tested.c_str(),
      grouped(trainer.stepsPerEpoch()).c_str(),
      (last == batch ? "batch " + grouped(batch) : "batch " + grouped(batch) + ", last " + grouped(last)).c_str()));
}

void TrainLog::resumed(const std::string &file, int64_t step) const {
  if (json)
    return print(line({{"event", "resume"}, {"checkpoint", jsonText(file)}, {"step", step}}));
  print("resume   " + printable(file) + " at step " + grouped(step) + "\n");
}

void TrainLog::epoch(const Epoch &epoch) const {
  if (json)
    return print(line({{"event", "epoch"},
                       {"epoch", epoch.number},
                       {"epochs", epochs},
                       {"loss", orNull(epoch.loss)},
                       {"test_loss", orNull(epoch.testLoss)},
                       {"accuracy", orNull(epoch.accuracy)},
                       {"samples_per_second", orNull(epoch.samplesPerSecond)},
                       {"saved", jsonText(epoch.checkpoint)}}));
  std::string tested;
  if (!std::isnan(epoch.testLoss))
    tested += format("  test loss %.4f", epoch.testLoss);
  if (!std::isnan(epoch.accuracy))
    tested += format("  accuracy %.2f%%", 100 * epoch.accuracy);
  print(format("epoch %lld/%lld  loss %.4f%s  %s samples/s  saved %s\n", (long long)epoch.number, (long long)epochs,
               epoch.loss, tested.c_str(), grouped(std::llround(epoch.samplesPerSecond)).c_str(),
               printable(epoch.checkpoint).c_str()));
}

void TrainLog::stopped(const Epoch &epoch, int64_t step, const std::string &saved) const {
  if (json)
    return print(line({{"event", "stop"},
                       {"epoch", epoch.number},
                       {"step", step},
                       {"loss", orNull(epoch.loss)},
                       {"saved", jsonText(saved)}}));
  print(format("stopped  at step %s of epoch %lld/%lld  loss %.4f  saved %s\n", grouped(step).c_str(),
               (long long)epoch.number, (long long)epochs, epoch.loss, printable(saved).c_str()));
}

void TrainLog::report(const std::string &path, const std::string &what) const {
  if (json)
    return print(line({{"event", "report"}, {"path", jsonText(path)}}));
  print("report   " + printable(path) + "  (" + what + ")\n");
}

} // namespace dlc
