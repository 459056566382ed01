// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// Columns of examples, bound to a function's inputs by name.
#ifndef DLC_TOOLS_RUN_DATASET_H
#define DLC_TOOLS_RUN_DATASET_H
#include "dlc-run/Call.h"
#include <utility>

namespace dlc {

struct Column {
  std::string name, file;
  Array array;
};

/// Arrays whose first extents agree: the rows. Inputs of a function whose first
/// extent is not its row dimension (a graph's edges, say) are passed whole.
class Dataset {
public:
  /// Reads "image=FILE,label=FILE" given as `option` ("--data").
  Dataset(const std::vector<std::string> &given, const std::string &option, int64_t limit);

  /// Checks that the columns are what a function takes: present, of its types
  /// and shapes, with equal rows, and values of checked integers in range.
  /// Enters the dimensions they fix, except the row dimension, whose index is
  /// `rowDim()` after.
  void bind(const dlc_model &model, int function, Dims &dims);
  /// Throws Failure for a column that no bound function takes.
  void requireUsed(const dlc_model &model, const std::vector<int> &functions) const;

  int64_t rows() const { return rowCount; }
  int rowDim() const { return row; }
  bool empty() const { return columns.empty(); }
  const Column *find(const std::string &name) const;
  const std::vector<Column> &all() const { return columns; }

  /// Copies rows order[0] .. order[n - 1] into the call's own buffers.
  void gather(Call &call, const int64_t *order, int64_t n) const;
  /// Points the call at rows first .. of the files themselves.
  void view(Call &call, int64_t first) const;

private:
  Column *find(const std::string &name);
  std::string option;
  std::vector<Column> columns;
  int64_t rowCount = 1;
  int row = -1;
  bool bound = false;
};

} // namespace dlc
#endif
