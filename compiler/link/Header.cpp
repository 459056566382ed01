// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The typed header of a model. test/runtime/Typed.h is one by hand.
#include "compiler/link/Describe.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"
#include <tuple>

using namespace mlir;
using llvm::formatv;

namespace dlc {
namespace {

/// Text from a model inside a comment: no end of comment, no new line.
std::string comment(StringRef text) {
  std::string result;
  for (char c : text) {
    if (c == '/' && !result.empty() && result.back() == '*')
      result += ' ';
    result += c >= ' ' && c != 0x7f ? c : '?';
  }
  // A trigraph or a comment within the comment would be warned of.
  for (size_t at; (at = result.find("/*")) != std::string::npos;)
    result.insert(at + 1, " ");
  for (size_t at; (at = result.find("??")) != std::string::npos;)
    result.insert(at + 1, " ");
  return result;
}

/// A default as a C initialiser, with digits enough to be exact (C99 has
/// hexadecimal floats, C++ before 17 has not); 16-bit floats are their bits.
std::string literal(Attribute value) {
  if (auto floating = dyn_cast<FloatAttr>(value)) {
    llvm::APFloat number = floating.getValue();
    bool isDouble = floating.getType().isF64();
    if (!isDouble && !floating.getType().isF32())
      return std::to_string(number.bitcastToAPInt().getZExtValue());
    std::string sign = number.isNegative() ? "-" : "";
    if (!number.isFinite())
      return sign + (number.isNaN() ? "(0.0f / 0.0f)" : "(1e38f * 10)");
    SmallString<32> text;
    number.toString(text, /*FormatPrecision=*/isDouble ? 17 : 9);
    std::string digits = text.str().str();
    if (digits.find_first_of(".E") == std::string::npos)
      digits += ".0";
    return digits + (isDouble ? "" : "f");
  }
  auto integer = cast<IntegerAttr>(value);
  llvm::APInt bits = integer.getValue();
  if (integer.getType().isUnsignedInteger() || integer.getType().isInteger(1))
    return std::to_string(bits.getZExtValue());
  if (bits.getBitWidth() == 64)
    return bits.isMinSignedValue() ? "INT64_MIN" : formatv("INT64_C({0})", bits.getSExtValue()).str();
  return std::to_string(bits.getSExtValue());
}

class Writer {
public:
  Writer(const Interface &interface, const Names &names)
      : interface(interface), names(names), m(names.model), M(names.upper), out(text) {}

  std::string write() {
    start();
    for (size_t i = 0; i < interface.functions.size(); ++i)
      declareFunction(i);
    out << "\n#ifdef __cplusplus\n}\n"
           "#if __cplusplus >= 202002L\n#include <cstdio>\n#include <span>\n"
           "#ifndef DLC_HAS_SPAN\n#define DLC_HAS_SPAN\n#endif\n#endif\n";
    writeClasses();
    out << "#endif\n#endif\n";
    return std::move(text);
  }

private:
  void start() {
    out << formatv("/* Model {0}: its functions in C and C++. Written by dlc together "
                   "with the\n * library; a header of another model is refused when "
                   "weights are created. */\n"
                   "#ifndef {1}_H\n#define {1}_H\n#include \"dlc/runtime.h\"\n\n"
                   "#ifdef __cplusplus\nextern \"C\" {{\n#endif\n\n"
                   "/* Types of their own, so that the weights of one model do not pass "
                   "for\n * another's. */\n"
                   "typedef struct {0}_weights {0}_weights;\n"
                   "typedef struct {0}_context {0}_context;\n\n"
                   "/* The description, for dlc/runtime.h and tools. */\n"
                   "const dlc_model *{0}_model(void);\n\n",
                   m, guard());
    out << "/* Upper bounds of a context; 0 is the default. */\n"
        << "typedef struct " << m << "_dims {\n";
    for (auto [dim, name] : llvm::zip(interface.dims, names.dims)) {
      out << "  int64_t " << name << "; /* " << comment(dim.name) << ": " << dim.low << " to " << dim.high;
      if (dim.bound)
        out << ", default " << dim.bound;
      out << " */\n";
    }
    if (interface.dims.empty())
      out << "  int64_t none; /* this model has no named dimensions */\n";
    out << "} " << m << "_dims;\n\n";
    out << "#define " << M << "_SIGNATURE UINT64_C(" << llvm::format_hex(signatureOf(interface, m), 18) << ")\n\n";

    const char *handles =
        R"(/* Weights and contexts: see the function of the same name in dlc/runtime.h. */
dlc_status $_weights_create_v1(uint64_t signature, const void *data, size_t bytes,
                               $_weights **weights, dlc_error *error);
static inline dlc_status $_weights_create(const void *data, size_t bytes,
                                          $_weights **weights, dlc_error *error) {
  return $_weights_create_v1(@_SIGNATURE, data, bytes, weights, error);
}
dlc_status $_weights_destroy($_weights *weights);
dlc_status $_weights_initialise($_weights *weights, int64_t seed, dlc_error *error);
dlc_status $_weights_load($_weights *weights, const char *path, dlc_error *error);
dlc_status $_weights_resume($_weights *weights, const char *path, dlc_error *error);
dlc_status $_weights_load_memory($_weights *weights, const void *data, size_t bytes,
                                 dlc_error *error);
dlc_status $_weights_save($_weights *weights, const char *path, dlc_error *error);
dlc_status $_weights_save_memory($_weights *weights, void *data, size_t *bytes,
                                 dlc_error *error);
dlc_status $_weights_copy($_weights *from, $_weights **weights, dlc_error *error);
dlc_status $_weights_publish($_weights *from, $_weights *to, dlc_error *error);
int64_t $_weights_step($_weights *weights);
int64_t $_weights_seed($_weights *weights);
dlc_status $_weights_set_seed($_weights *weights, int64_t seed, dlc_error *error);
dlc_status $_weights_get($_weights *weights, int32_t index, void *value, size_t bytes,
                         dlc_error *error);
dlc_status $_weights_set($_weights *weights, int32_t index, const void *value,
                         size_t bytes, dlc_error *error);
static inline const dlc_model *$_weights_model(const $_weights *weights) {
  (void)weights;
  return $_model();
}

dlc_status $_context_create_v1($_weights *weights, const int64_t *bounds,
                               const dlc_context_options *options,
                               $_context **context, dlc_error *error);
static inline dlc_status $_context_create($_weights *weights, $_dims dims,
                                          const dlc_context_options *options,
                                          $_context **context, dlc_error *error) {
  const int64_t bounds[] = {%};
  return $_context_create_v1(weights, bounds, options, context, error);
}
dlc_status $_context_destroy($_context *context);
int32_t $_context_variant(const $_context *context) DLC_NONBLOCKING;

dlc_status $_memory_v1(const int64_t *bounds, const dlc_context_options *options,
                       dlc_memory_info *memory, dlc_error *error);
/* What a context with these bounds would use, before there is one. */
static inline dlc_status $_memory($_dims dims, const dlc_context_options *options,
                                  dlc_memory_info *memory, dlc_error *error) {
  const int64_t bounds[] = {%};
  return $_memory_v1(bounds, options, memory, error);
}

/* The order of an epoch, for programs that link nothing but this library; all
 * libraries have the same. */
void $_shuffle(uint64_t seed, int64_t epoch, int64_t n, int64_t *order) DLC_NONBLOCKING;
#undef dlc_shuffle
#define dlc_shuffle $_shuffle
)";
    std::string bounds;
    for (const std::string &dim : names.dims)
      bounds += (bounds.empty() ? "dims." : ", dims.") + dim;
    if (bounds.empty())
      bounds = "dims.none";
    for (const char *c = handles; *c; ++c) {
      if (*c == '$')
        out << m;
      else if (*c == '@')
        out << M;
      else if (*c == '%')
        out << bounds;
      else
        out << *c;
    }
  }

  /// Parameters of a call after the context, in order.
  std::vector<std::string> parameters(size_t index) {
    const Interface::Function &function = interface.functions[index];
    const Names::Function &name = names.functions[index];
    std::vector<std::string> inputs, outputs;
    for (const std::string &dim : name.dimNames)
      inputs.push_back("int64_t " + dim);
    for (auto [argument, id] : llvm::zip(function.arguments, name.arguments)) {
      std::string type = cType(argument.type).str();
      if (argument.kind == Interface::Kind::Input)
        inputs.push_back("const " + type + " *" + id);
      else if (argument.kind == Interface::Kind::Output)
        outputs.push_back(type + " *" + id);
    }
    if (!name.hyper.empty())
      inputs.push_back("const " + name.hyper + " *hyper");
    inputs.insert(inputs.end(), outputs.begin(), outputs.end());
    inputs.push_back("dlc_error *error");
    return inputs;
  }

  void declareHyper(size_t index) {
    const Interface::Function &function = interface.functions[index];
    const Names::Function &name = names.functions[index];
    if (name.hyper.empty())
      return;
    std::string values;
    out << "\ntypedef struct " << name.hyper << " {\n  uint32_t size; "
        << "/* sizeof(" << name.hyper << "): fields are only ever added */\n";
    for (auto [argument, id] : llvm::zip(function.arguments, name.arguments)) {
      if (argument.kind != Interface::Kind::Hyper)
        continue;
      out << "  " << cType(argument.type) << " " << id << ";\n";
      values += ", " + literal(argument.defaultValue);
    }
    out << "} " << name.hyper << ";\n#define " << name.macro << " {sizeof(" << name.hyper << ")" << values << "}\n";
  }

  void declareFunction(size_t index) {
    const Interface::Function &function = interface.functions[index];
    const Names::Function &name = names.functions[index];
    declareHyper(index);
    out << "\n/* " << comment(function.name) << ": ";
    SmallVector<std::string> inputs, outputs;
    for (const Interface::Argument &argument : function.arguments) {
      std::string one = comment(argument.name) + " " + comment(describe(argument));
      if (argument.below)
        one += " in [0, " + std::to_string(*argument.below) + ")";
      (argument.kind == Interface::Kind::Output ? outputs : inputs).push_back(one);
    }
    out << llvm::join(inputs, ", ");
    if (!outputs.empty())
      out << (inputs.empty() ? "-> " : " -> ") << llvm::join(outputs, ", ");
    if (function.trains)
      out << "; trains the weights";
    if (!name.hyper.empty())
      out << "; hyper NULL: the defaults";
    out << " */\ndlc_status " << name.symbol << "(" << m << "_context *context, " << llvm::join(parameters(index), ", ")
        << ") DLC_NONBLOCKING;\n";
    if (name.shape.empty())
      return;
    std::vector<std::string> shape;
    for (const std::string &dim : name.dimNames)
      shape.push_back("int64_t " + dim);
    for (auto [argument, id] : llvm::zip(function.arguments, name.arguments))
      if (argument.kind == Interface::Kind::Output && !argument.dims.empty())
        shape.push_back(formatv("int64_t {0}[{1}]", id, argument.dims.size()));
    shape.push_back("dlc_error *error");
    out << "dlc_status " << name.shape << "(" << llvm::join(shape, ", ") << ") DLC_NONBLOCKING;\n";
  }

  /// Owners that destroy what they hold; every call as a method.
  void writeClasses() {
    const char *classes = R"(
namespace $_cxx {
#ifdef DLC_HAS_SPAN
/* Whether a span has as many elements as its shape says. */
inline bool dlc_check_span(const char *name, size_t given, uint64_t expected, dlc_error *error) {
  if (given == expected)
    return true;
  if (error) {
    error->code = DLC_BAD_SHAPE;
    std::snprintf(error->message, sizeof error->message,
                  "argument '%s' has %zu elements, expected %llu", name, given,
                  static_cast<unsigned long long>(expected));
  }
  return false;
}
#endif
/* Owns weights; destroy its contexts first. False when creating failed. */
class Weights {
public:
  explicit Weights(dlc_error *error = nullptr, const void *data = nullptr, size_t bytes = 0) {
    $_weights_create(data, bytes, &handle, error);
  }
  Weights(Weights &&other) noexcept : handle(other.handle) { other.handle = nullptr; }
  Weights &operator=(Weights &&other) noexcept {
    $_weights *mine = handle;
    handle = other.handle;
    other.handle = mine;
    return *this;
  }
  ~Weights() { $_weights_destroy(handle); }
  explicit operator bool() const { return handle != nullptr; }
  $_weights *get() const { return handle; }
  dlc_status load(const char *path, dlc_error *error = nullptr) { return $_weights_load(handle, path, error); }
  dlc_status resume(const char *path, dlc_error *error = nullptr) { return $_weights_resume(handle, path, error); }
  dlc_status save(const char *path, dlc_error *error = nullptr) const { return $_weights_save(handle, path, error); }
  dlc_status initialise(int64_t seed, dlc_error *error = nullptr) { return $_weights_initialise(handle, seed, error); }
  dlc_status publishTo(Weights &other, dlc_error *error = nullptr) const { return $_weights_publish(handle, other.handle, error); }
  int64_t step() const { return $_weights_step(handle); }
  int64_t seed() const { return $_weights_seed(handle); }

private:
  $_weights *handle = nullptr;
};

/* Owns a context. False when creating failed. */
class Context {
public:
  Context(const Weights &weights, $_dims dims, dlc_error *error = nullptr,
          const dlc_context_options *options = nullptr) {
    $_context_create(weights.get(), dims, options, &handle, error);
  }
  Context(Context &&other) noexcept : handle(other.handle) { other.handle = nullptr; }
  Context &operator=(Context &&other) noexcept {
    $_context *mine = handle;
    handle = other.handle;
    other.handle = mine;
    return *this;
  }
  ~Context() { $_context_destroy(handle); }
  explicit operator bool() const { return handle != nullptr; }
  $_context *get() const { return handle; }
)";
    for (const char *c = classes; *c; ++c)
      if (*c == '$')
        out << m;
      else
        out << *c;
    for (size_t i = 0; i < interface.functions.size(); ++i) {
      const Names::Function &name = names.functions[i];
      std::vector<std::string> list = parameters(i);
      SmallVector<std::string> words = {"handle"};
      for (const std::string &parameter : list)
        words.push_back(parameter.substr(parameter.find_last_of(" *") + 1));
      out << "  dlc_status " << method(name) << "(" << llvm::join(list, ", ") << " = nullptr) { return " << name.symbol
          << "(" << llvm::join(words, ", ") << "); }\n";
    }
    out << "#ifdef DLC_HAS_SPAN\n"
           "  /* The same for spans, whose sizes are checked. */\n";
    for (size_t i = 0; i < interface.functions.size(); ++i)
      writeSpanMethod(i);
    out << "#endif\n\nprivate:\n  " << m << "_context *handle = nullptr;\n};\n"
        << "} // namespace " << m << "_cxx\n";
  }

  /// One call that takes spans in place of pointers, but for scalars.
  void writeSpanMethod(size_t index) {
    const Interface::Function &function = interface.functions[index];
    const Names::Function &name = names.functions[index];
    std::vector<std::string> list = parameters(index), words, shape = name.dimNames;
    llvm::StringSet<> scalars;
    for (auto [argument, id] : llvm::zip(function.arguments, name.arguments))
      if (argument.dims.empty())
        scalars.insert(id);
    for (std::string &parameter : list) {
      bool tensor = StringRef(parameter).contains(" *") && !StringRef(parameter).ends_with(" *hyper") &&
                    !StringRef(parameter).ends_with(" *error") &&
                    !scalars.contains(StringRef(parameter).rsplit('*').second);
      StringRef type, id;
      std::tie(type, id) = StringRef(parameter).rsplit(tensor ? " *" : " ");
      id.consume_front("*");
      words.push_back(id.str() + (tensor ? ".data()" : ""));
      if (tensor)
        parameter = "std::span<" + type.str() + "> " + id.str();
    }
    std::string checks, extents;
    unsigned computed = 0;
    for (auto [argument, id] : llvm::zip(function.arguments, name.arguments)) {
      if (argument.dims.empty())
        continue;
      std::string product;
      if (argument.kind == Interface::Kind::Output) {
        std::string array = "dlc_extents" + std::to_string(computed++);
        extents += (extents.empty() ? "" : ", ") + array + "[" + std::to_string(argument.dims.size()) + "]";
        shape.push_back(array);
        for (size_t axis = 0; axis < argument.dims.size(); ++axis)
          product += (axis ? " * uint64_t(" : "uint64_t(") + array + "[" + std::to_string(axis) + "])";
      } else {
        for (const dl::DimExpr &extent : argument.dims)
          product += (product.empty() ? "uint64_t(" : " * uint64_t(") + extentText(extent, name) + ")";
      }
      checks +=
          formatv("    if (!dlc_check_span(\"{0}\", {0}.size(), {1}, error)) return DLC_BAD_SHAPE;\n", id, product);
    }
    if (checks.empty()) // nothing but scalars: it would be the same method twice
      return;
    out << "  dlc_status " << method(name) << "(" << llvm::join(list, ", ") << " = nullptr) {\n";
    if (!extents.empty())
      out << "    int64_t " << extents << ";\n    if (dlc_status status = " << name.shape << "("
          << llvm::join(shape, ", ") << ", error)) return status;\n";
    out << checks << "    return " << method(name) << "(" << llvm::join(words, ", ") << ");\n  }\n";
  }

  /// An input's extent: a number, or the parameter that is its dimension.
  std::string extentText(const dl::DimExpr &extent, const Names::Function &name) {
    for (auto [index, id] : llvm::zip(name.dims, name.dimNames))
      if (extent == dl::DimExpr::symbol(interface.dims[index].name))
        return id;
    return std::to_string(extent.constant());
  }

  /// The function's name without the model's, unless the class has that word.
  std::string method(const Names::Function &name) {
    std::string word = name.symbol.substr(m.size() + 1);
    bool taken = word == "get" || word == "Context" || word == "handle" || makeIdentifier(word) != word;
    return taken ? word + "_" : word;
  }

  std::string guard() { return "DLC_MODEL_" + M; }

  const Interface &interface;
  const Names &names;
  const std::string &m, &M;
  std::string text;
  llvm::raw_string_ostream out;
};
} // namespace

std::string writeHeader(const Interface &interface, const Names &names) { return Writer(interface, names).write(); }

} // namespace dlc
