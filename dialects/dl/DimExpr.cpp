// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/Dims.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CheckedArithmetic.h"
#include <set>

using namespace mlir;
using namespace dlc::dl;

DimExpr::DimExpr(int64_t value) {
  if (value)
    sum[{}] = value;
}

DimExpr DimExpr::symbol(StringRef name) {
  DimExpr result;
  result.sum[{Atom{name.str(), nullptr, nullptr}}] = 1;
  return result;
}

std::string DimExpr::Atom::str() const {
  return numerator ? "floordiv(" + numerator->str() + ", " + denominator->str() + ")" : name;
}

bool DimExpr::Atom::operator==(const Atom &other) const {
  if (!numerator || !other.numerator)
    return !numerator && !other.numerator && name == other.name;
  return *numerator == *other.numerator && *denominator == *other.denominator;
}

bool DimExpr::Atom::operator<(const Atom &other) const {
  if (!numerator && !other.numerator)
    return name < other.name;
  return str() < other.str();
}

bool DimExpr::isConstant() const { return sum.empty() || (sum.size() == 1 && sum.begin()->first.empty()); }
int64_t DimExpr::constant() const { return isConstant() && !sum.empty() ? sum.begin()->second : 0; }

void DimExpr::add(const Monomial &monomial, int64_t coefficient) {
  int64_t &slot = sum[monomial];
  slot = static_cast<int64_t>(static_cast<uint64_t>(slot) + static_cast<uint64_t>(coefficient));
  if (slot == 0)
    sum.erase(monomial);
}

DimExpr DimExpr::operator+(const DimExpr &other) const {
  DimExpr result = *this;
  for (auto &[monomial, coefficient] : other.sum)
    result.add(monomial, coefficient);
  return result;
}

DimExpr DimExpr::operator-(const DimExpr &other) const { return *this + other * DimExpr(-1); }

DimExpr DimExpr::operator*(const DimExpr &other) const {
  DimExpr result;
  for (auto &[left, a] : sum)
    for (auto &[right, b] : other.sum) {
      Monomial both = left;
      both.insert(both.end(), right.begin(), right.end());
      llvm::sort(both);
      result.add(both, static_cast<int64_t>(static_cast<uint64_t>(a) * static_cast<uint64_t>(b)));
    }
  return result;
}

FailureOr<DimExpr> DimExpr::exactDiv(const DimExpr &other) const {
  if (other.sum.size() != 1)
    return *this == other && !sum.empty() ? FailureOr<DimExpr>(DimExpr(1)) : FailureOr<DimExpr>(failure());
  auto &[divisor, b] = *other.sum.begin();
  DimExpr result;
  for (auto &[monomial, a] : sum) {
    if (a % b != 0)
      return failure();
    Monomial rest = monomial;
    for (const Atom &atom : divisor) {
      auto it = llvm::find_if(rest, [&](const Atom &x) { return x.str() == atom.str(); });
      if (it == rest.end())
        return failure();
      rest.erase(it);
    }
    result.add(rest, a / b);
  }
  return result;
}

DimExpr DimExpr::floorDiv(const DimExpr &divisor) const {
  if (FailureOr<DimExpr> exact = exactDiv(divisor); succeeded(exact))
    return *exact;
  if (isConstant() && divisor.isConstant() && divisor.constant() > 0) {
    int64_t a = constant(), b = divisor.constant();
    return DimExpr(a / b - (a % b < 0));
  }
  DimExpr result;
  result.sum[{Atom{"", std::make_shared<DimExpr>(*this), std::make_shared<DimExpr>(divisor)}}] = 1;
  return result;
}

std::string DimExpr::str() const {
  if (sum.empty())
    return "0";
  std::string text;
  // The constant is the smallest monomial: it is written last, as people do.
  auto write = [&](const Monomial &monomial, int64_t coefficient) {
    bool negative = coefficient < 0;
    uint64_t magnitude = negative ? 0 - static_cast<uint64_t>(coefficient) : coefficient;
    if (text.empty())
      text += negative ? "-" : "";
    else
      text += negative ? " - " : " + ";
    if (monomial.empty() || magnitude != 1)
      text += std::to_string(magnitude) + (monomial.empty() ? "" : "*");
    text += llvm::join(llvm::map_range(monomial, [](const Atom &a) { return a.str(); }), "*");
  };
  for (auto &[monomial, coefficient] : sum)
    if (!monomial.empty())
      write(monomial, coefficient);
  if (auto it = sum.find({}); it != sum.end())
    write({}, it->second);
  return text;
}

std::vector<std::string> DimExpr::symbols() const {
  std::set<std::string> names;
  for (auto &[monomial, coefficient] : sum)
    for (const Atom &atom : monomial) {
      if (!atom.numerator) {
        names.insert(atom.name);
        continue;
      }
      for (const DimExpr *part : {atom.numerator.get(), atom.denominator.get()})
        for (std::string &name : part->symbols())
          names.insert(name);
    }
  return {names.begin(), names.end()};
}

FailureOr<int64_t> DimExpr::evaluate(const std::map<std::string, int64_t> &values) const {
  int64_t total = 0;
  for (auto &[monomial, coefficient] : sum) {
    std::optional<int64_t> term = coefficient;
    for (const Atom &atom : monomial) {
      int64_t value;
      if (atom.numerator) {
        FailureOr<int64_t> a = atom.numerator->evaluate(values), b = atom.denominator->evaluate(values);
        if (failed(a) || failed(b) || *b <= 0)
          return failure();
        value = *a / *b - (*a % *b < 0);
      } else {
        auto it = values.find(atom.name);
        if (it == values.end())
          return failure();
        value = it->second;
      }
      if (!(term = llvm::checkedMul(*term, value)))
        return failure();
    }
    std::optional<int64_t> next = llvm::checkedAdd(total, *term);
    if (!next)
      return failure();
    total = *next;
  }
  return total;
}

/// What `a` and `b` give in any combination; nothing where one is unbounded or the result overflows.
static DimExpr::Bounds multiplied(const DimExpr::Bounds &a, const DimExpr::Bounds &b) {
  std::optional<int64_t> low, high;
  for (const std::optional<int64_t> &x : {a.first, a.second})
    for (const std::optional<int64_t> &y : {b.first, b.second}) {
      std::optional<int64_t> product = x && y ? llvm::checkedMul(*x, *y) : std::nullopt;
      if (!product)
        return a.first && b.first && *a.first >= 0 && *b.first >= 0
                   ? DimExpr::Bounds{llvm::checkedMul(*a.first, *b.first), std::nullopt}
                   : DimExpr::Bounds{};
      low = std::min(low.value_or(*product), *product);
      high = std::max(high.value_or(*product), *product);
    }
  return {low, high};
}

DimExpr::Bounds DimExpr::rangeWithin(const std::map<std::string, std::pair<int64_t, int64_t>> &limits) const {
  auto rangeOf = [&](const Atom &atom) -> Bounds {
    if (!atom.numerator) {
      auto found = limits.find(atom.name);
      return found == limits.end() ? Bounds{} : Bounds{found->second.first, found->second.second};
    }
    Bounds a = atom.numerator->rangeWithin(limits), b = atom.denominator->rangeWithin(limits);
    if (!b.first || *b.first < 1)
      return {};
    auto floor = [](int64_t x, int64_t y) { return x / y - (x % y < 0); };
    // Of a sum of one sign, the divisor at the other end.
    std::optional<int64_t> low, high;
    if (a.first && *a.first >= 0)
      low = b.second ? floor(*a.first, *b.second) : 0;
    else if (a.first)
      low = floor(*a.first, *b.first);
    if (a.second && *a.second >= 0)
      high = floor(*a.second, *b.first);
    else if (a.second)
      high = b.second ? floor(*a.second, *b.second) : -1;
    return {low, high};
  };
  Bounds total{0, 0};
  for (auto &[monomial, coefficient] : sum) {
    Bounds term{1, 1};
    for (const Atom &atom : monomial)
      term = multiplied(term, rangeOf(atom));
    if (coefficient < 0)
      std::swap(term.first, term.second);
    for (auto [part, whole] : {std::pair(&term.first, &total.first), std::pair(&term.second, &total.second)}) {
      std::optional<int64_t> product = *part ? llvm::checkedMul(**part, coefficient) : std::nullopt;
      *whole = product && *whole ? llvm::checkedAdd(**whole, *product) : std::nullopt;
    }
  }
  return total;
}

DimExpr DimExpr::substitute(const std::map<std::string, DimExpr> &values) const {
  DimExpr result;
  for (auto &[monomial, coefficient] : sum) {
    DimExpr term(coefficient);
    for (const Atom &atom : monomial) {
      if (atom.numerator)
        term = term * atom.numerator->substitute(values).floorDiv(atom.denominator->substitute(values));
      else if (auto it = values.find(atom.name); it != values.end())
        term = term * it->second;
      else
        term = term * DimExpr::symbol(atom.name);
    }
    result = result + term;
  }
  return result;
}

namespace {
/// sum := product (('+' | '-') product)*; product := factor ('*' factor)*;
/// factor := int | '-' factor | name | 'floordiv' '(' sum ',' sum ')' | '(' sum ')'
struct Parser {
  StringRef rest;
  unsigned depth = 0;
  bool eat(char c) {
    rest = rest.ltrim();
    return rest.consume_front(StringRef(&c, 1));
  }
  FailureOr<DimExpr> factor() {
    if (++depth > 100)
      return failure();
    FailureOr<DimExpr> result = factorBody();
    --depth;
    return result;
  }
  FailureOr<DimExpr> factorBody() {
    rest = rest.ltrim();
    if (eat('-')) {
      FailureOr<DimExpr> inner = factor();
      return failed(inner) ? inner : FailureOr<DimExpr>(*inner * DimExpr(-1));
    }
    if (eat('(')) {
      FailureOr<DimExpr> inner = parseSum();
      return succeeded(inner) && eat(')') ? inner : FailureOr<DimExpr>(failure());
    }
    if (!rest.empty() && llvm::isDigit(rest.front())) {
      int64_t value;
      if (rest.consumeInteger(10, value))
        return failure();
      return DimExpr(value);
    }
    StringRef name = rest.take_while([](char c) { return llvm::isAlnum(c) || c == '_' || c == '.' || c == '?'; });
    if (name.empty())
      return failure();
    rest = rest.drop_front(name.size());
    if (name != "floordiv")
      return DimExpr::symbol(name);
    if (!eat('('))
      return failure();
    FailureOr<DimExpr> a = parseSum();
    if (failed(a) || !eat(','))
      return failure();
    FailureOr<DimExpr> b = parseSum();
    if (failed(b) || !eat(')'))
      return failure();
    return a->floorDiv(*b);
  }
  FailureOr<DimExpr> parseProduct() {
    FailureOr<DimExpr> left = factor();
    while (succeeded(left) && eat('*')) {
      FailureOr<DimExpr> right = factor();
      left = failed(right) ? right : FailureOr<DimExpr>(*left * *right);
    }
    return left;
  }
  FailureOr<DimExpr> parseSum() {
    FailureOr<DimExpr> left = parseProduct();
    while (succeeded(left)) {
      bool plus = eat('+');
      if (!plus && !eat('-'))
        break;
      FailureOr<DimExpr> right = parseProduct();
      left = failed(right) ? right : FailureOr<DimExpr>(plus ? *left + *right : *left - *right);
    }
    return left;
  }
};
} // namespace

FailureOr<DimExpr> DimExpr::parse(StringRef text) {
  Parser parser{text};
  FailureOr<DimExpr> result = parser.parseSum();
  return succeeded(result) && parser.rest.trim().empty() ? result : FailureOr<DimExpr>(failure());
}

FailureOr<DimExpr> DimExpr::fromAttr(Attribute attr) {
  if (auto integer = dyn_cast_or_null<IntegerAttr>(attr))
    return DimExpr(integer.getInt());
  if (auto text = dyn_cast_or_null<StringAttr>(attr))
    return parse(text.getValue());
  return failure();
}

Attribute DimExpr::toAttr(MLIRContext *context) const {
  if (isConstant())
    return IntegerAttr::get(IntegerType::get(context, 64), constant());
  return StringAttr::get(context, str());
}

DimExpr dlc::dl::product(ArrayRef<DimExpr> dims) {
  DimExpr result(1);
  for (const DimExpr &dim : dims)
    result = result * dim;
  return result;
}

DimExpr dlc::dl::spanOf(const DimExpr &count, int64_t step) {
  return count == DimExpr(0) ? count : (count - 1) * DimExpr(step) + 1;
}

ArrayAttr dlc::dl::toAttr(MLIRContext *context, ArrayRef<DimExpr> dims) {
  SmallVector<Attribute> attrs;
  for (const DimExpr &dim : dims)
    attrs.push_back(dim.toAttr(context));
  return ArrayAttr::get(context, attrs);
}

FailureOr<DimVector> dlc::dl::fromAttr(ArrayAttr attr) {
  DimVector dims;
  for (Attribute entry : attr) {
    FailureOr<DimExpr> dim = DimExpr::fromAttr(entry);
    if (failed(dim))
      return failure();
    dims.push_back(*dim);
  }
  return dims;
}

FailureOr<SmallVector<int64_t>> dlc::dl::staticExtents(std::optional<Location> location, ArrayAttr attr) {
  SmallVector<int64_t> extents;
  for (Attribute entry : attr) {
    FailureOr<DimExpr> dim = DimExpr::fromAttr(entry);
    if (failed(dim))
      return emitOptionalError(location, "extent ", entry, " is neither an integer nor a dimension expression");
    if (dim->isConstant() && dim->constant() < 0)
      return emitOptionalError(location, "extent ", entry, " is negative");
    extents.push_back(dim->isConstant() ? dim->constant() : ShapedType::kDynamic);
  }
  return extents;
}
