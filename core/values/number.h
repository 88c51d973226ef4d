// Number: as cty has them, 512-bit binary floating point, nearest even; printed as the shortest decimal that reads back.
// Integers that fit in 64 bits take a fast path. Immutable, cheap to copy.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace space::values {

struct BigNumber;  // the 512-bit form, in number.cpp alone

class Number {
 public:
  Number() = default;
  explicit Number(std::int64_t integer) : small_(integer) {}
  static std::optional<Number> parse(std::string_view decimal);  // 1, 1.5, 1e9; sign allowed

  std::string to_string() const;              // as tofu converts a number to a string
  std::optional<std::int64_t> to_int64() const;  // nothing when it is no whole number or does not fit
  double to_double() const;
  bool is_integer() const;
  bool is_negative() const;
  bool is_zero() const;

  friend Number operator+(const Number& a, const Number& b);
  friend Number operator-(const Number& a, const Number& b);
  friend Number operator*(const Number& a, const Number& b);
  static std::optional<Number> divide(const Number& a, const Number& b);  // nothing for division by zero
  static std::optional<Number> modulo(const Number& a, const Number& b);  // as tofu's %
  Number negated() const;
  friend bool operator==(const Number& a, const Number& b);
  friend std::strong_ordering operator<=>(const Number& a, const Number& b);

  const BigNumber& big() const;  // for the functions (floor, log, pow …) in number_functions.cpp
  static Number from_big(const BigNumber& big);

 private:
  std::int64_t small_ = 0;
  mutable std::shared_ptr<const BigNumber> big_;  // set where the number is not small, or was asked for
  bool is_small_ = true;
};

}  // namespace space::values
