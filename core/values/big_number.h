// BigNumber: the binary form behind Number, of any number of bits, and its exact arithmetic and
// decimal digits. For number.cpp and number_text.cpp alone.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>

#include <boost/multiprecision/cpp_int.hpp>

#include "core/values/decimal.h"
#include "core/values/number.h"

namespace space::values {

using Integer = boost::multiprecision::cpp_int;

// mantissa * 2^exponent, the mantissa odd (or zero, with exponent 0) and of no more bits than the
// number's precision.
struct BigNumber {
  Integer mantissa;
  std::int64_t exponent = 0;

  static BigNumber of(const Number& number) {
    if (number.big_) return *number.big_;
    return normalized({Integer(number.small_), 0});
  }

  static BigNumber normalized(BigNumber number) {
    if (number.mantissa == 0) return {};
    const unsigned zeros = lsb(abs(number.mantissa));
    if (zeros > 0) {
      const bool negative = number.mantissa < 0;
      Integer magnitude = abs(number.mantissa);
      magnitude >>= zeros;
      number.mantissa = negative ? Integer(-magnitude) : magnitude;
      number.exponent += zeros;
    }
    return number;
  }

  // Rounds to `precision` bits, to nearest even. `cut_off`: what was left out below the mantissa
  // already.
  enum class CutOff { Nothing, Something };
  static Number rounded(BigNumber number, unsigned precision, CutOff cut_off = CutOff::Nothing) {
    bool negative = number.mantissa < 0;
    Integer magnitude = abs(number.mantissa);
    if (magnitude != 0) {
      const auto bits = static_cast<unsigned>(msb(magnitude)) + 1;
      if (bits > precision) {
        const unsigned cut = bits - precision;
        const Integer half = Integer(1) << (cut - 1);
        Integer rest = magnitude & ((Integer(1) << cut) - 1);
        magnitude >>= cut;
        number.exponent += cut;
        const int side = rest.compare(half);
        if (side > 0 || (side == 0 && (cut_off == CutOff::Something || bit_test(magnitude, 0))))
          ++magnitude;
      }
    }
    number.mantissa = negative ? Integer(-magnitude) : magnitude;
    return make(normalized(std::move(number)), precision);
  }

  static Number make(BigNumber number, unsigned precision) {
    Number result;
    result.precision_ = static_cast<std::uint16_t>(precision);
    // Under 64 bits of precision the shortest decimal of an integer may end in zeros that its own
    // digits do not have.
    const unsigned limit = std::min(precision, 63U);
    if (number.mantissa == 0) return result;
    const auto bits = static_cast<std::int64_t>(msb(abs(number.mantissa))) + 1;
    if (number.exponent >= 0 && bits + number.exponent <= limit) {
      const Integer whole =
          number.mantissa * (Integer(1) << static_cast<unsigned>(number.exponent));
      result.small_ = static_cast<std::int64_t>(whole);
      return result;
    }
    result.big_ = std::make_shared<const BigNumber>(std::move(number));
    return result;
  }

  Integer whole() const {  // towards zero
    if (exponent >= 0) return mantissa * (Integer(1) << static_cast<unsigned>(exponent));
    const Integer magnitude = abs(mantissa) >> static_cast<unsigned>(-exponent);
    return mantissa < 0 ? Integer(-magnitude) : magnitude;
  }

  static unsigned larger_precision(const Number& a, const Number& b) {
    return std::max(a.precision_, b.precision_);
  }

  // Both mantissas over one exponent.
  static std::int64_t align(BigNumber& a, BigNumber& b) {
    const std::int64_t exponent = std::min(a.exponent, b.exponent);
    a.mantissa *= Integer(1) << static_cast<unsigned>(a.exponent - exponent);
    b.mantissa *= Integer(1) << static_cast<unsigned>(b.exponent - exponent);
    return exponent;
  }

  // Its digits: 0.DIGITS * 10^point, exactly.
  static Decimal decimal(Integer magnitude, std::int64_t exponent) {
    Decimal decimal;
    if (magnitude == 0) return decimal;
    std::int64_t point = 0;
    if (exponent >= 0) {
      magnitude <<= static_cast<unsigned>(exponent);
    } else {
      magnitude *= boost::multiprecision::pow(Integer(5), static_cast<unsigned>(-exponent));
      point = exponent;
    }
    decimal.digits = magnitude.str();
    decimal.point = static_cast<std::int64_t>(decimal.digits.size()) + point;
    decimal.trim();
    return decimal;
  }

  static bool is_negative_or_negative_zero(const Number& number) {
    return number.is_negative() || number.negative_zero_;
  }

  // A product or quotient of zero has the sign that its parts give it.
  static Number with_zero_sign(Number number, const Number& a, const Number& b) {
    if (number.is_zero()) {
      number.negative_zero_ = is_negative_or_negative_zero(a) != is_negative_or_negative_zero(b);
    }
    return number;
  }

  // The fewest digits that read back to the same number of so many bits, as Go's big.Float finds
  // them.
  static Decimal shortest(const BigNumber& number, unsigned precision) {
    Integer magnitude = abs(number.mantissa);
    Decimal exact = decimal(magnitude, number.exponent);
    if (magnitude == 0) return exact;
    const auto bits = static_cast<unsigned>(msb(magnitude)) + 1;
    const unsigned shift = precision + 1 - bits;  // a half of the last place is 1 then
    magnitude <<= shift;
    const std::int64_t exponent = number.exponent - shift;
    const Decimal lower = decimal(magnitude - 1, exponent);
    const Decimal upper = decimal(magnitude + 1, exponent);
    const bool even = !bit_test(magnitude, 1);
    exact.shorten(lower, upper, even ? Decimal::Bounds::Inclusive : Decimal::Bounds::Exclusive);
    return exact;
  }

  static Number divide(const BigNumber& a, const BigNumber& b, unsigned precision) {
    // Enough bits that the quotient has two more than asked for; what is cut off only decides a
    // tie.
    Integer numerator = abs(a.mantissa);
    const Integer denominator = abs(b.mantissa);
    if (numerator == 0) return make({}, precision);
    const auto width =
        static_cast<std::int64_t>(msb(numerator)) - static_cast<std::int64_t>(msb(denominator));
    const std::int64_t shift =
        std::max<std::int64_t>(0, static_cast<std::int64_t>(precision) + 3 - width);
    numerator <<= static_cast<unsigned>(shift);
    Integer quotient, remainder;
    divide_qr(numerator, denominator, quotient, remainder);
    const bool negative = (a.mantissa < 0) != (b.mantissa < 0);
    BigNumber result{negative ? Integer(-quotient) : quotient, a.exponent - b.exponent - shift};
    return rounded(std::move(result), precision,
                   remainder != 0 ? CutOff::Something : CutOff::Nothing);
  }
};

}  // namespace space::values
