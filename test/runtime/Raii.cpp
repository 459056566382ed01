// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// dlc/runtime.hpp: the same calls with handles and spans.
#include "Check.h"
#include "Toy.h"
#include "dlc/runtime.hpp"
#include <array>
#include <vector>

static dlc::Error error;

static bool said(const char *words) {
  bool has = strstr(error.message(), words);
  if (!has)
    fprintf(stderr, "got %s\n", error.message());
  return has;
}

int main() {
  std::vector<uint8_t> image(ROWS * PIXELS, 9);
  std::array<int32_t, ROWS> label = {0, 1, 2};
  float scores[ROWS * CLASSES], loss = -1, rate = 0.25f;
  dlc::Weights weights = dlc::Weights::create(*toy_model(), error);
  CHECK(weights);
  CHECK(!weights.context({}, {}, error) && said("batch has no default"));
  {
    dlc::Context context = weights.context({ROWS}, {}, error);
    CHECK(context && &context.model() == toy_model());
    CHECK(context.call("predict", {dlc::Tensor(image, {ROWS, PIXELS}), dlc::Tensor(scores, {ROWS, CLASSES})}, error));
    int64_t dims[] = {ROWS, 0};
    float plain[ROWS * CLASSES];
    void *arguments[] = {image.data(), plain};
    CHECK(!dlc_call(context.get(), PREDICT, dims, arguments, error));
    CHECK(!memcmp(plain, scores, sizeof(plain)));
    CHECK(context.call(TRAIN, {dlc::Tensor(image, {ROWS, PIXELS}), dlc::Tensor(label, {ROWS}), nullptr, loss}, error));
    CHECK(loss >= 0 && weights.step() == 1);
    CHECK(context.call(TRAIN, {dlc::Tensor(image, {ROWS, PIXELS}), dlc::Tensor(label, {ROWS}), rate, loss}, error));

    // What does not fit is refused, a shape that is not the data's included.
    CHECK(
        !context.call("predict", {dlc::Tensor(scores, {ROWS, CLASSES}), dlc::Tensor(scores, {ROWS, CLASSES})}, error));
    CHECK(said("argument 'image' is f32[8x3], expected ui8[batch x 4]"));
    CHECK(!context.call("predict", {dlc::Tensor(image, {ROWS, 5}), dlc::Tensor(scores, {ROWS, CLASSES})}, error));
    CHECK(said("argument 'image' has no shape"));
    CHECK(!context.call("predict", {dlc::Tensor(image, {ROWS, PIXELS})}, error) && said("given 1 arguments"));
    CHECK(!context.call("absent", {}, error) && error.code() == DLC_BAD_ARGUMENT);
    uint16_t half[4] = {};
    CHECK(!context.call("predict", {dlc::Tensor::bf16(half, {1, 4}), dlc::Tensor(scores, {ROWS, CLASSES})}, error));
    CHECK(said("is bf16[1x4]"));

    // Handles move, and an assigned-to one does not leak.
    dlc::Context moved = std::move(context);
    CHECK(moved && !context);
    moved = weights.context({ROWS}, dlc::Options().withThreads(2).withVariant("plain"), error);
    CHECK(moved && dlc_context_variant(moved.get()) == PLAIN);
  }
  int64_t loops = 0;
  auto loop = [&](int64_t n, auto body) {
    ++loops;
    while (n--)
      body(n, int32_t(n % 3));
  };
  dlc::Weights other = weights.copy(error);
  {
    dlc::Context context = other.context({ROWS}, dlc::Options().withParallelFor(loop, 3), error);
    CHECK(context.call(TRAIN, {dlc::Tensor(image, {ROWS, PIXELS}), dlc::Tensor(label, {ROWS}), nullptr, loss}, error));
  }
  CHECK(loops == 1 && other.step() == 3 && weights.step() == 2);
  CHECK(other.publishTo(weights, error) && weights.step() == 3);
  CHECK(weights.save("raii.safetensors", error) && other.initialise(4, error) && other.seed() == 4);
  CHECK(other.resume("raii.safetensors", error) && other.load("raii.safetensors", error) && other.step() == 3);
  remove("raii.safetensors");
  int64_t order[20], again[20];
  dlc::shuffle(1, 2, order);
  dlc_shuffle(1, 2, 20, again);
  CHECK(!memcmp(order, again, sizeof(order)));
  return finish();
}
