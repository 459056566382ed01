// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A weights handle from inside.
#ifndef DLC_RUNTIME_WEIGHTS_H
#define DLC_RUNTIME_WEIGHTS_H
#include "Device.h"
#include "Gate.h"
#include "dlc/runtime.h"
#include <atomic>
#include <pthread.h>

namespace dlc::v1 {

/// What a variant made of the parameters: packed, folded, cast.
struct Prepared {
  unsigned char *memory = nullptr; ///< NULL until a context wants the variant
  /// Version of the parameters it was made from; `renewing` while it is made.
  std::atomic<uint64_t> version{0};
  static constexpr uint64_t renewing = ~uint64_t(0);
};

/// Which of a block's two copies is the newer one.
enum class Newest : int { Both, Host, Device, Moving };

/// One complete set of values.
struct Block {
  unsigned char *state = nullptr;
  /// The state is the library's own, mapped bytes and must not be written.
  bool mapped = false;
  Prepared *prepared = nullptr; ///< one per variant
  /// Counts changes of the parameters; 0: external and not loaded.
  std::atomic<uint64_t> version{0};
  /// The same values on a device, NULL until a call wants them there.
  unsigned char *onDevice = nullptr;
  /// Work on the device that nobody has waited for may read them there.
  std::atomic<bool> hasUnwaited{false};
  /// Seed and step are always right in `state`.
  std::atomic<Newest> newest{Newest::Host};

  int64_t seed() const { return word(0); }
  int64_t step() const { return word(1); }
  void setSeed(int64_t seed) { __atomic_store_n(words(), seed, __ATOMIC_RELAXED); }
  void setStep(int64_t step) { __atomic_store_n(words() + 1, step, __ATOMIC_RELAXED); }

private:
  int64_t *words() const { return reinterpret_cast<int64_t *>(state); }
  int64_t word(int i) const { return __atomic_load_n(words() + i, __ATOMIC_RELAXED); }
};

/// Holds a mutex of the C library in a scope. Only functions that manage
/// handles take it; calls of the model never do.
class Lock {
public:
  explicit Lock(pthread_mutex_t &mutex) : mutex(mutex) { pthread_mutex_lock(&mutex); }
  ~Lock() { pthread_mutex_unlock(&mutex); }
  Lock(const Lock &) = delete;

private:
  pthread_mutex_t &mutex;
};

/// Whether a block keeps a prepared block for the variant. One made at compile
/// time is read where it lies in the library, or copied to the device.
inline bool keepsPrepared(const dlc_variant &variant) {
  return variant.prepared_data < 0 ? variant.prepare.code != nullptr : variant.device != 0;
}

} // namespace dlc::v1

struct dlc_weights {
  const dlc_model *model;
  int32_t variant; ///< the one that runs the initialisers
  dlc::v1::Gate gate;
  dlc::v1::Block blocks[2];
  pthread_mutex_t mutex;   ///< create, destroy, load, publish, ... exclude each other
  int64_t contexts;        ///< under the mutex
  dlc::v1::Device *device; ///< where variants for a device run, once one did
  int64_t deviceContexts;  ///< of them, those on the device

  dlc::v1::Block &front() { return blocks[gate.front()]; }
};

namespace dlc::v1 {

/// A handle whose blocks are empty, or NULL without memory.
dlc_weights *newWeights(const dlc_model *model, int32_t variant);
void freeWeights(dlc_weights *weights);

/// Allocates what `block` lacks: its state, and a prepared block for each
/// variant that `like` has one for. DLC_NO_MEMORY otherwise.
dlc_status fillBlock(const dlc_weights &weights, Block &block, const Block *like, dlc_error *error);
void emptyBlock(const dlc_weights &weights, Block &block);

/// The library's embedded bytes, when they are laid out as a state block and no
/// function writes it: then all processes that use the library share its pages.
const unsigned char *mappedState(const dlc_model &model);

/// Makes the state of a mapped block its own. The caller alone may write it.
dlc_status ownState(const dlc_weights &weights, Block &block, dlc_error *error);

/// Gives `block` the model's own values, drawn with `seed`. Its version becomes
/// 0 when the values are external.
dlc_status initialise(dlc_weights &weights, Block &block, int64_t seed, dlc_error *error);

/// Allocates the prepared block of a variant and makes it, unless the
/// parameters are being trained now (then the first call makes it). Under the
/// mutex.
dlc_status wantVariant(dlc_weights &weights, int32_t variant, dlc_error *error);

/// Makes every prepared block of `block` that is allocated; nobody else sees it
/// yet.
dlc_status prepareAll(const dlc_weights &weights, Block &block, dlc_error *error);

/// Runs `initialise` or `prepare`: code of the model outside any call.
/// Allocates its arena for the time.
dlc_status runOnce(const dlc_weights &weights, const dlc_variant &variant, const dlc_entry &entry, Block &block,
                   unsigned char *prepared, dlc_error *error);

/// Writes into the block behind and turns it to the front: how load, publish
/// and initialise change everything at once or nothing.
///
///   Replacement next(weights);
///   if (next.begin(error)) ...; fill next.block(); return next.finish(error);
class Replacement {
public:
  explicit Replacement(dlc_weights &weights) : weights(weights), lock(weights.mutex) {}
  ~Replacement();
  /// DLC_BUSY, DLC_NO_MEMORY.
  dlc_status begin(dlc_error *error);
  Block &block() { return weights.blocks[back]; }
  /// Prepares the block and brings it to the front. The one that was there is
  /// freed when `keep` is false and nobody reads it.
  dlc_status finish(bool keep, dlc_error *error);

private:
  dlc_weights &weights;
  Lock lock;
  int back = -1;
};

} // namespace dlc::v1
#endif
