// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dlc-run/Runner.h"
#include "data/Device.h"
#include "data/Failure.h"

namespace dlc {

void Runner::addTo(CLI::App *command, bool oneVariant) {
  number(command, "--threads", threads, 1, 4096, "threads")->capture_default_str();
  option(command, "--device", device, "NAME", "cpu, cuda or cuda:N; default: cpu in a library compiled for it")
      ->check(CLI::Validator(
          [](const std::string &given) {
            dlc_context_options options{};
            return readDevice(given, options) ? "" : "expected cpu, cuda or cuda:N, given '" + printable(given) + "'";
          },
          ""));
  if (oneVariant)
    option(command, "--variant", variant, "NAME", "code to use instead of the best for this machine");
}

dlc_context_options Runner::options() const {
  dlc_context_options options = DLC_CONTEXT_OPTIONS_INIT;
  options.threads = threads;
  options.variant = variant.empty() ? nullptr : variant.c_str();
  readDevice(device, options);
  return options;
}

int Runner::choose(const dlc_model &model, dlc_error *error) const {
  int32_t kind = options().device_type;
  if (!variant.empty() || !kind)
    return dlc_model_variant(&model, variant.empty() ? nullptr : variant.c_str(), error);
  for (int i = 0; i < model.variant_count; i++) {
    const dlc_variant &one = model.variants[i];
    if ((one.device ? one.device->kind : int32_t(kDLCPU)) == kind && dlc_model_variant(&model, one.name, error) >= 0)
      return i;
  }
  return -1;
}

std::string Runner::describe(const dlc_variant &chosen) const {
  std::string name = printable(chosen.name);
  return chosen.device ? name : name + ", " + std::to_string(threads) + (threads == 1 ? " thread" : " threads");
}

} // namespace dlc
