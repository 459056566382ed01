// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dlc-run/Trainer.h"
#include "data/Failure.h"
#include "data/Text.h"
#include <algorithm>
#include <chrono>
#include <csignal>
#include <numeric>

namespace dlc {

static volatile std::sig_atomic_t caught = 0;

Interrupt::Interrupt() {
  struct sigaction action{};
  action.sa_handler = [](int number) { caught = number; };
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

int Interrupt::signal() { return caught; }

static Dims boundsOf(Dims dims, const Dataset &data, int64_t batch) {
  if (data.rowDim() >= 0)
    dims[data.rowDim()] = batch;
  return dims;
}

Trainer::Trainer(const Library &library, Weights &weights, Context &context, const Plan &plan, const Dataset &train,
                 const Dims &dims)
    : library(library), weights(weights), context(context), plan(plan), train(train), dims(dims),
      call(*library, plan.function, boundsOf(dims, train, plan.batch)),
      loss(argumentIndex(library->functions[plan.function], "loss", DLC_OUTPUT)),
      perEpoch((train.rows() + plan.batch - 1) / plan.batch), order(train.rows()) {
  if (call.signature().arguments[loss].rank || !isFloat(call.signature().arguments[loss].type))
    throw Failure(printable(call.signature().name) + ": output 'loss' is " +
                  describe(*library, call.signature().arguments[loss]) + ", expected one floating-point number");
}

Trainer::End Trainer::runEpoch(Epoch &epoch, Progress &progress) {
  const dlc_function &signature = call.signature();
  int64_t step = weights.step(), number = step / perEpoch, rows = 0;
  epoch = Epoch{};
  epoch.number = number + 1;
  if (ordered != number) {
    dlc_shuffle(static_cast<uint64_t>(weights.seed()), number, train.rows(), order.data());
    ordered = number;
  }
  for (const auto &[name, value] : plan.hypers)
    call.set(findArgument(signature, name, DLC_HYPER), value);
  int scheduled = plan.schedule.isConstant() ? -1 : findArgument(signature, plan.scheduled, DLC_HYPER);
  std::string head = "epoch " + std::to_string(number + 1) + "/" + std::to_string(plan.epochs);
  double sum = 0;
  auto start = std::chrono::steady_clock::now();
  End end = End::Epoch;
  for (; step < (number + 1) * perEpoch && end == End::Epoch; step++) {
    int64_t first = step % perEpoch * plan.batch, n = std::min(plan.batch, train.rows() - first);
    if (scheduled >= 0)
      call.set(scheduled, plan.schedule.at(step, perEpoch, totalSteps(), plan.hypers.at(plan.scheduled)));
    train.gather(call, order.data() + first, n);
    if (train.rowDim() >= 0)
      dims[train.rowDim()] = n;
    call.run(context, dims);
    double now = element(call.data(loss), signature.arguments[loss].type, 0);
    if (!std::isfinite(now))
      throw Failure(format("loss is %f at step %lld of %s; ", now, (long long)step + 1, head.c_str()) + lastSaved());
    sum += now * static_cast<double>(n);
    rows += n;
    double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    epoch.loss = sum / static_cast<double>(rows);
    epoch.samplesPerSecond = static_cast<double>(rows) / std::max(seconds, 1e-9);
    progress.show(head, first / plan.batch + 1, perEpoch,
                  format("loss %.4f  %s samples/s", epoch.loss, grouped(std::llround(epoch.samplesPerSecond)).c_str()));
    if (++taken == plan.stopAfter)
      end = End::Stopped;
    if (Interrupt::signal())
      end = End::Interrupted;
  }
  if (weights.step() != step)
    throw Failure(printable(signature.name) + ": after a step the weights' step is " + std::to_string(weights.step()) +
                  ", expected " + std::to_string(step) + ": it does not train");
  return end;
}

std::string Trainer::save(const std::string &name) {
  // A last step may have spoilt the parameters without showing in its own loss.
  for (int i = 0; i < library->parameter_count; i++) {
    const dlc_parameter &parameter = library->parameters[i];
    if (!isFloat(parameter.type))
      continue;
    Bytes value(parameter.bytes);
    Error error;
    require(dlc_weights_get(weights.get(), i, value.data(), value.size(), &error), error);
    for (int64_t k = 0, n = parameter.bytes / typeSize(parameter.type); k < n; k++)
      if (!std::isfinite(element(value.data(), parameter.type, k)))
        throw Failure(format("parameter '%s' is %f at position %lld after step %lld; ",
                             printable(parameter.name).c_str(), element(value.data(), parameter.type, k), (long long)k,
                             (long long)weights.step()) +
                      lastSaved());
  }
  std::string path = plan.folder + "/" + name;
  weights.save(path);
  last = path;
  return path;
}

} // namespace dlc
