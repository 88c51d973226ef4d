// Decimal: digits and where the point stands, 0.DIGITS * 10^point, between a binary number and its
// text. The rounding and the forms are those of Go's math/big, because what tofu prints is what
// they print.
#pragma once

#include <cstdint>
#include <string>

namespace space::values {

struct Decimal {
  std::string digits;  // without trailing zeros; empty: zero
  std::int64_t point = 0;

  void trim();
  void round(std::int64_t digit_count);  // to nearest, ties to even
  // The fewest digits that lie between the bounds; Bounds::Inclusive where a bound itself reads
  // back too.
  enum class Bounds { Inclusive, Exclusive };
  void shorten(const Decimal& lower, const Decimal& upper, Bounds bounds);

  std::string fixed(int decimals) const;       // -1: as many as there are
  std::string scientific(int decimals) const;  // d.ddde+XX
  std::string general(int digit_count) const;  // %g: the shorter of both; -1: as many as there are

 private:
  char at(std::size_t nth) const { return nth < digits.size() ? digits[nth] : '0'; }
  void round_up(std::size_t digit_count);
  void round_down(std::size_t digit_count);
};

}  // namespace space::values
