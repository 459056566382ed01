// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/RemarkOutput.h"
#include "mlir/IR/Remarks.h"
#include "llvm/Remarks/RemarkSerializer.h"
#include "llvm/Support/Regex.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

namespace dlc {

/// LLVM's own streamer writes to the final path at once; a compilation that
/// fails leaves nothing.
struct RemarkOutput::File {
  std::string bytes;
  llvm::raw_string_ostream stream{bytes};
  std::unique_ptr<llvm::remarks::RemarkSerializer> serializer;
};

namespace {
template <typename FileT> struct Streamer : remark::detail::MLIRRemarkStreamerBase {
  explicit Streamer(std::shared_ptr<FileT> file) : file(std::move(file)) {}
  void streamOptimizationRemark(const remark::detail::Remark &remark) override {
    if (file->serializer)
      file->serializer->emit(remark.generateRemark());
  }
  std::shared_ptr<FileT> file;
};
} // namespace

RemarkOutput::RemarkOutput() = default;
RemarkOutput::~RemarkOutput() = default;

/// Bitstreams are asked for by name; everything else that is a file is YAML.
static llvm::remarks::Format formatOf(const RemarkOptions &options) {
  bool binary =
      options.format.empty() ? StringRef(options.output).ends_with(".bitstream") : options.format == "bitstream";
  return binary ? llvm::remarks::Format::Bitstream : llvm::remarks::Format::YAML;
}

bool RemarkOutput::start(MLIRContext &context, const RemarkOptions &options, std::string &error) {
  if (!options.wanted())
    return true;
  std::unique_ptr<Streamer<File>> streamer;
  if (!options.output.empty()) {
    file = std::make_shared<File>();
    auto serializer = llvm::remarks::createRemarkSerializer(formatOf(options), file->stream);
    if (!serializer) {
      error = "cannot write remarks: " + llvm::toString(serializer.takeError());
      return false;
    }
    file->serializer = std::move(*serializer);
    streamer = std::make_unique<Streamer<File>>(file);
  }
  // LLVM 22 heeds `all` only for kinds that have a filter of their own: they are
  // joined here. A file without a filter has everything.
  std::string all = options.filters() ? options.all : ".*";
  auto either = [&](const std::string &filter) -> std::optional<std::string> {
    if (all.empty() && filter.empty())
      return std::nullopt;
    return all.empty() ? filter : filter.empty() ? all : "(" + all + ")|(" + filter + ")";
  };
  remark::RemarkCategories categories{std::nullopt, either(options.passed), either(options.missed),
                                      either(options.analysis), either(options.failed)};
  if (failed(remark::enableOptimizationRemarks(context, std::move(streamer),
                                               std::make_unique<remark::RemarkEmittingPolicyAll>(), categories,
                                               /*printAsEmitRemarks=*/options.output.empty()))) {
    error = "cannot listen to remarks";
    return false;
  }
  return true;
}

std::string RemarkOutput::take() {
  if (!file)
    return "";
  file->serializer->finalize();
  file->serializer.reset();
  return std::move(file->bytes);
}

std::string checkRemarkOptions(const RemarkOptions &options) {
  for (auto [option, filter] :
       {std::pair("--remarks-filter", &options.all), std::pair("--remarks-filter-passed", &options.passed),
        std::pair("--remarks-filter-missed", &options.missed), std::pair("--remarks-filter-failed", &options.failed),
        std::pair("--remarks-filter-analyse", &options.analysis)})
    if (std::string error; !filter->empty() && !llvm::Regex(*filter).isValid(error))
      return std::string(option) + ": '" + *filter + "' is no regular expression: " + error;
  bool isFile = !options.format.empty() && options.format != "emitRemark";
  if (isFile && options.output.empty())
    return "--remark-format=" + options.format + " needs --remarks-output-file";
  if (options.format == "emitRemark" && !options.output.empty())
    return "--remark-format=emitRemark writes no file, --remarks-output-file gives one";
  return "";
}

} // namespace dlc
