// Number: as cty has them, binary floating point of up to 512 bits, nearest even; printed as the
// shortest decimal that reads back. Like cty's, a number knows how many bits it was made with (512
// where it was read from text, 64 where it came from an integer, 53 from a double), and a result
// has the larger one of its operands: `length([1]) / 3` prints 512 bits of thirds, `length([1]) /
// length([1, 2, 3])` only 64. Integers that fit in 64 bits take a fast path. Immutable, cheap to
// copy.
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
  static std::optional<Number> parse_integer(std::string_view digits,
                                             int base);    // base 2 to 62; exact
  static std::optional<Number> from_double(double value);  // nothing for infinities and NaN

  std::string to_string() const;  // as tofu converts a number to a string
  std::optional<std::int64_t> to_int64()
      const;  // nothing when it is no whole number or does not fit
  double to_double() const;
  bool is_integer() const;
  bool is_negative() const;
  bool is_zero() const;

  friend Number operator+(const Number& a, const Number& b);
  friend Number operator-(const Number& a, const Number& b);
  friend Number operator*(const Number& a, const Number& b);
  static std::optional<Number> divide(const Number& a,
                                      const Number& b);    // nothing for division by zero
  static Number modulo(const Number& a, const Number& b);  // as tofu's %: by zero it is a
  Number negated() const;
  Number absolute() const;
  Number floor() const;
  Number ceil() const;
  std::string to_string_digits(
      int digits) const;                        // with so many digits after the point; as Go's %.Nf
  std::string to_scientific(int digits) const;  // as Go's %.Ne; -1: the shortest that reads back
  std::string to_general(int digits) const;     // as Go's %.Ng; -1: the shortest that reads back
  std::string to_radix(int base) const;  // of the whole part, lower case; base 2, 8, 10 or 16
  friend bool operator==(const Number& a, const Number& b);
  friend std::strong_ordering operator<=>(const Number& a, const Number& b);

 private:
  friend struct BigNumber;

  std::int64_t small_ = 0;
  std::shared_ptr<const BigNumber> big_;  // set where the number is no small integer
  std::uint16_t precision_ = 64;          // in bits
  bool negative_zero_ = false;            // tofu prints it as -0; it equals 0
};

}  // namespace space::values
