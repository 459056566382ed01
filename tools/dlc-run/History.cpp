// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dlc-run/History.h"
#include "data/Base64.h"
#include "data/Failure.h"
#include "dlc-run/Json.h"
#include <algorithm>

namespace dlc {

std::string toJson(const History &history) {
  Json out = {{"format", 1},
              {"model", history.model},
              {"compiler", history.compiler},
              {"variant", history.variant},
              {"parameters", history.parameters},
              {"train_rows", history.trainRows},
              {"test_rows", history.testRows}};
  out["epochs"] = Json::array();
  for (const Epoch &epoch : history.epochs) {
    Json entry = {{"epoch", epoch.number}, {"loss", epoch.loss}};
    if (!std::isnan(epoch.testLoss))
      entry["test_loss"] = epoch.testLoss;
    if (!std::isnan(epoch.accuracy))
      entry["accuracy"] = epoch.accuracy;
    if (!std::isnan(epoch.samplesPerSecond))
      entry["samples_per_second"] = epoch.samplesPerSecond;
    if (!epoch.checkpoint.empty())
      entry["checkpoint"] = epoch.checkpoint;
    out["epochs"].push_back(entry);
  }
  out["classes"] = history.classes;
  out["confusion"] = history.confusion;
  out["pictures"] = Json::array();
  for (const Picture &picture : history.pictures) {
    Json entry = {{"width", picture.width},
                  {"height", picture.height},
                  {"truth", picture.truth},
                  {"prediction", picture.prediction},
                  {"pixels", toBase64(picture.pixels)}};
    if (!std::isnan(picture.confidence))
      entry["confidence"] = picture.confidence;
    out["pictures"].push_back(entry);
  }
  return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

/// A whole number of a size that sums and pixels can be made of.
static int64_t whole(const Json &value) {
  constexpr int64_t most = int64_t(1) << 40;
  if (!value.is_number_integer() || value.get<int64_t>() < -most || value.get<int64_t>() > most)
    throw Failure(printable(value.dump(-1, ' ', false, Json::error_handler_t::replace)) + ", expected a whole number");
  return value.get<int64_t>();
}

static std::vector<std::vector<int64_t>> parseMatrix(const Json &rows) {
  std::vector<std::vector<int64_t>> matrix;
  for (const Json &row : rows) {
    matrix.emplace_back();
    for (const Json &cell : row)
      matrix.back().push_back(std::max<int64_t>(0, whole(cell)));
    if (matrix.back().size() != rows.size())
      throw Failure("the confusion matrix is not square");
  }
  return matrix;
}

static Epoch parseEpoch(const Json &entry) {
  Epoch epoch;
  epoch.number = whole(entry.at("epoch"));
  if (epoch.number < 1 || epoch.number > 1'000'000'000)
    throw Failure("epoch " + std::to_string(epoch.number) + ", expected 1..1000000000");
  auto number = [&](const char *key) {
    return entry.contains(key) && entry[key].is_number() ? entry[key].get<double>() : NAN;
  };
  epoch.loss = number("loss");
  epoch.testLoss = number("test_loss");
  epoch.accuracy = number("accuracy");
  epoch.samplesPerSecond = number("samples_per_second");
  epoch.checkpoint = entry.value("checkpoint", "");
  return epoch;
}

static Picture parsePicture(const Json &entry) {
  Picture picture;
  picture.width = whole(entry.at("width"));
  picture.height = whole(entry.at("height"));
  picture.truth = whole(entry.at("truth"));
  picture.prediction = whole(entry.at("prediction"));
  picture.confidence = entry.contains("confidence") ? entry["confidence"].get<double>() : NAN;
  picture.pixels = fromBase64(entry.at("pixels").get<std::string>());
  if (picture.width < 1 || picture.height < 1 || picture.width > 4096 || picture.height > 4096 ||
      picture.width * picture.height != static_cast<int64_t>(picture.pixels.size()))
    throw Failure("a picture's pixels are not width x height many");
  return picture;
}

History parseHistory(const std::string &path, const Bytes &text) {
  try {
    auto shallow = [](int depth, Json::parse_event_t, Json &) {
      if (depth > 8)
        throw Failure("nested too deeply");
      return true;
    };
    Json json = Json::parse(text.begin(), text.end(), shallow);
    if (json.at("format") != 1)
      throw Failure("format " + printable(json.at("format").dump()) + ", expected 1");
    History history;
    history.model = json.at("model").get<std::string>();
    history.compiler = json.value("compiler", "");
    history.variant = json.value("variant", "");
    history.parameters = whole(json.value("parameters", Json(0)));
    history.trainRows = whole(json.value("train_rows", Json(0)));
    history.testRows = whole(json.value("test_rows", Json(0)));
    for (const Json &entry : json.at("epochs"))
      history.epochs.push_back(parseEpoch(entry));
    if (json.contains("classes"))
      history.classes = json["classes"].get<std::vector<std::string>>();
    if (json.contains("confusion"))
      history.confusion = parseMatrix(json["confusion"]);
    if (json.contains("pictures"))
      for (const Json &entry : json["pictures"])
        history.pictures.push_back(parsePicture(entry));
    return history;
  } catch (const Json::exception &error) {
    throw Failure(printable(path) + ": not a training history: " + printable(error.what()));
  } catch (const Failure &failure) {
    throw Failure(printable(path) + ": not a training history: " + failure.what());
  }
}

} // namespace dlc
