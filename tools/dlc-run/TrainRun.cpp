// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dlc-run/TrainRun.h"
#include "data/Failure.h"
#include "data/Text.h"
#include "data/Write.h"
#include "dlc-run/Parameters.h"
#include "dlc-run/Report.h"
#include "dlc-run/TrainLog.h"
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <unistd.h>

namespace dlc {

namespace {
/// Everything a run needs, made in the order in which mistakes should be told.
class Run {
public:
  explicit Run(const TrainOptions &options);
  int train();

private:
  const TrainOptions &options;
  Library library;
  Plan plan;
  Dataset data, test;
  Dims dims, testDims;
  std::unique_ptr<Weights> weights;
  std::unique_ptr<Context> context;
  std::unique_ptr<Evaluation> evaluation;
  std::unique_ptr<Trainer> trainer;
  TrainLog log;
  History history;
  Progress progress;
  bool hasBest = false;
  std::pair<double, double> best; ///< cost of best.safetensors
  int signal = 0;                 ///< that ended the run

  void bindData();
  void checkClasses() const;
  void beginWeights();
  void rememberPast();
  void announce() const;
  void runEpochs();
  void finishEpoch(Epoch &epoch);
  void writeReport(bool examineModel);
  Dims bounds() const;
};
} // namespace

/// Hours of training must not end at a folder that cannot be written.
static void requireWritable(const std::string &path) {
  if (path.empty() || path == "-")
    return;
  std::filesystem::path folder = std::filesystem::path(path).parent_path();
  if (access(folder.empty() ? "." : folder.c_str(), W_OK))
    throw Failure("cannot write '" + printable(path) + "': " + std::strerror(errno));
}

/// Less is better: accuracy goes first where there is one, then the loss.
static std::pair<double, double> costOf(double accuracy, double loss) {
  return {std::isnan(accuracy) ? 0 : -accuracy, loss};
}

static std::string makeFolder(const TrainOptions &options) {
  std::string folder = options.folder;
  if (folder.empty()) {
    folder = options.model.substr(0, options.model.rfind(".so"));
    if (folder == options.model)
      folder += ".checkpoints";
  }
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    throw Failure("cannot create folder '" + printable(folder) + "': " + error.message());
  if (access(folder.c_str(), W_OK))
    throw Failure("cannot write into folder '" + printable(folder) + "': " + std::strerror(errno));
  return folder;
}

Run::Run(const TrainOptions &options)
    : options(options), library(options.model), data(options.data, "--data", options.dataLimit),
      test(options.test, "--test", options.dataLimit), log(options.json, options.epochs) {
  plan.function = functionIndex(*library, options.function);
  const dlc_function &function = library->functions[plan.function];
  if (!(function.flags & DLC_TRAINS))
    throw Failure(printable(function.name) + ": this function does not train, expected one that writes parameters");
  plan.hypers = parseHypers(function, options.hypers);
  plan.schedule = Schedule(options.schedule);
  plan.scheduled = options.scheduled;
  if (!plan.schedule.isConstant())
    argumentIndex(function, plan.scheduled, DLC_HYPER);
  plan.epochs = options.epochs;
  plan.stopAfter = options.steps;
  bindData();
  checkClasses();
  requireWritable(options.report);
  requireWritable(options.history);
  plan.folder = makeFolder(options);
  beginWeights();
  context = options.profile.context(library, *weights, bounds(), options.runner);
  trainer = std::make_unique<Trainer>(library, *weights, *context, plan, data, dims);
  if (!options.resume.empty())
    rememberPast();
}

void Run::bindData() {
  dims.assign(library->dim_count, -1);
  data.bind(*library, plan.function, dims);
  plan.batch = options.batch;
  if (!plan.batch && data.rowDim() >= 0)
    plan.batch = library->dims[data.rowDim()].bound > 0 ? library->dims[data.rowDim()].bound : 64;
  if (data.rowDim() < 0)
    plan.batch = 1;
  else if (!isWithin(library->dims[data.rowDim()], plan.batch))
    throw Failure("--batch: " + std::to_string(plan.batch) + " is outside the model's " +
                  range(library->dims[data.rowDim()]));
  plan.batch = std::min(plan.batch, data.rows());
  std::vector<int> users = {plan.function};
  testDims.assign(library->dim_count, -1);
  if (!test.empty()) {
    int evaluate = functionIndex(*library, options.evaluate);
    users.push_back(evaluate);
    test.bind(*library, evaluate, testDims);
    test.requireUsed(*library, {evaluate});
    Dims largest = testDims;
    if (test.rowDim() >= 0)
      largest[test.rowDim()] = plan.batch;
    evaluation = std::make_unique<Evaluation>(*library, evaluate, largest);
  }
  data.requireUsed(*library, users);
}

void Run::checkClasses() const {
  int predict = findFunction(*library, options.predict);
  if (options.classes.empty() || predict < 0)
    return;
  for (const dlc_argument &argument : arguments(library->functions[predict]))
    if (int64_t classes = classCount(argument); classes > 0 && classes != static_cast<int64_t>(options.classes.size()))
      throw Failure("--classes: " + std::to_string(options.classes.size()) + " names, but " +
                    printable(options.predict) + " tells " + std::to_string(classes) + " classes apart");
}

/// What a continued run knows of the time before: its curve, and how good the
/// best was.
void Run::rememberPast() {
  if (std::filesystem::exists(options.history)) {
    history = parseHistory(options.history, readFile(options.history, options.dataLimit));
    std::erase_if(history.epochs,
                  [&](const Epoch &epoch) { return epoch.number > weights->step() / trainer->stepsPerEpoch(); });
  }
  std::string path = plan.folder + "/best.safetensors";
  if (!evaluation || !std::filesystem::exists(path))
    return;
  Weights previous(library, 0);
  previous.load(path);
  Context other(previous, bounds(), options.runner);
  Score score = evaluation->run(other, test, testDims, plan.batch);
  hasBest = true;
  best = costOf(score.accuracy, score.loss);
}

/// Upper bounds that hold for training and evaluation.
Dims Run::bounds() const {
  Dims all = dims;
  for (size_t i = 0; i < all.size(); i++)
    all[i] = std::max(dims[i], testDims[i]);
  if (data.rowDim() >= 0)
    all[data.rowDim()] = plan.batch;
  return all;
}

void Run::beginWeights() {
  weights = std::make_unique<Weights>(library, options.seed);
  if (!options.weights.empty())
    weights->startFrom(options.weights, options.seed);
  if (options.resume.empty())
    return;
  weights->resume(options.resume);
  if (options.seedOption->count() && weights->seed() != options.seed)
    throw Failure("--seed: " + std::to_string(options.seed) + ", but " + printable(options.resume) +
                  " continues a run with seed " + std::to_string(weights->seed()));
}

void Run::announce() const {
  log.model(library, plan, memoryOf(library, bounds(), options.runner), library->variants[context->variant()],
            options.runner);
  log.data(data, test, *trainer, plan.batch);
  if (!options.resume.empty())
    log.resumed(options.resume, weights->step());
}

/// Evaluates, saves, and keeps the best.
void Run::finishEpoch(Epoch &epoch) {
  if (evaluation) {
    Score score = evaluation->run(*context, test, testDims, plan.batch);
    epoch.testLoss = score.loss;
    epoch.accuracy = score.accuracy;
    if (!std::isfinite(score.loss))
      throw Failure(format("test loss is %f after epoch %lld; ", score.loss, (long long)epoch.number) +
                    trainer->lastSaved());
  }
  epoch.checkpoint = trainer->save("epoch-" + std::to_string(epoch.number) + ".safetensors");
  auto cost = costOf(epoch.accuracy, evaluation ? epoch.testLoss : epoch.loss);
  if (!hasBest || cost < best) {
    hasBest = true;
    best = cost;
    weights->save(plan.folder + "/best.safetensors");
  }
  progress.clear();
  log.epoch(epoch);
  history.epochs.push_back(epoch);
}

/// `examineModel`: also ask the model about the test set, which a run that
/// failed does not.
void Run::writeReport(bool examineModel) {
  if (options.report.empty() && options.history.empty())
    return;
  history.model = library->name;
  history.compiler = library->compiler;
  history.variant = library->variants[context->variant()].name;
  history.parameters = parameterSizes(*library)[""].elements;
  history.trainRows = data.rows();
  history.testRows = test.empty() ? 0 : test.rows();
  history.classes = options.classes;
  int predict = findFunction(*library, options.predict);
  std::string missing = !examineModel  ? "the run failed"
                        : test.empty() ? "there is no --test"
                        : predict < 0  ? "the model has no " + printable(options.predict)
                                       : "";
  if (missing.empty())
    missing = examine(*library, predict, *context, test, testDims, plan.batch, history);
  if (!options.history.empty())
    writeFile(options.history, toJson(history));
  if (options.report.empty())
    return;
  writeFile(options.report, drawReport(history));
  log.report(options.report, missing.empty()
                                 ? "curves, confusion matrix, " + std::to_string(history.pictures.size()) + " pictures"
                                 : "curves; " + missing);
}

void Run::runEpochs() {
  while (weights->step() < trainer->totalSteps()) {
    Epoch epoch;
    Trainer::End end = trainer->runEpoch(epoch, progress);
    bool whole = weights->step() % trainer->stepsPerEpoch() == 0;
    if (whole)
      finishEpoch(epoch);
    if (end == Trainer::End::Epoch)
      continue;
    std::string saved = epoch.checkpoint;
    if (!whole)
      saved = trainer->save("step-" + std::to_string(weights->step()) + ".safetensors");
    progress.clear();
    log.stopped(epoch, weights->step(), saved);
    signal = end == Trainer::End::Interrupted ? Interrupt::signal() : 0;
    return;
  }
}

int Run::train() {
  announce();
  Interrupt interrupt; // from here on there is something to save
  try {
    runEpochs();
  } catch (const Failure &) {
    progress.clear();
    writeReport(
        /*examineModel=*/false); // how it came to this is what one wants to see
    throw;
  }
  options.profile.write(*context, options.json);
  writeReport(/*examineModel=*/true);
  return signal ? 128 + signal : 0;
}

int train(const TrainOptions &options) {
  if (!options.weights.empty() && !options.resume.empty())
    throw Usage("train: --weights begins a run and --resume continues one, "
                "expected one of them");
  return Run(options).train();
}

} // namespace dlc
