// Numbers from text and to text.
#include <algorithm>
#include <cmath>

#include "core/values/big_number.h"
#include "core/values/number.h"

namespace space::values {

namespace {

constexpr unsigned k_text_precision = 512;
constexpr std::int64_t k_largest_exponent = 20'000;  // decimal; more is no number that anyone means

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::optional<Number> Number::parse(std::string_view decimal) {
  std::string_view text = decimal;
  bool negative = false;
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  std::string digits;
  std::int64_t exponent = 0;
  bool any = false, point = false;
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    if (is_digit(text[i])) {
      any = true;
      if (!digits.empty() || text[i] != '0') digits += text[i];
      if (point) --exponent;
    } else if (text[i] == '.' && !point) {
      point = true;
    } else {
      break;
    }
  }
  if (!any) return std::nullopt;
  if (i < text.size()) {
    if (text[i] != 'e' && text[i] != 'E') return std::nullopt;
    ++i;
    bool down = false;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) down = text[i++] == '-';
    if (i == text.size()) return std::nullopt;
    std::int64_t written = 0;
    for (; i < text.size(); ++i) {
      if (!is_digit(text[i])) return std::nullopt;
      written = std::min<std::int64_t>(written * 10 + (text[i] - '0'), 1'000'000'000);
    }
    exponent += down ? -written : written;
  }
  Number zero;
  zero.precision_ = k_text_precision;
  if (digits.empty()) {
    zero.negative_zero_ = negative;
    return zero;
  }
  if (exponent > k_largest_exponent || exponent < -k_largest_exponent) return std::nullopt;
  if (exponent == 0 && digits.size() <= 18) {
    std::int64_t small = 0;
    for (const char c : digits) small = small * 10 + (c - '0');
    zero.small_ = negative ? -small : small;
    return zero;
  }
  Integer mantissa(digits);
  if (negative) mantissa = -mantissa;
  const Integer power =
      boost::multiprecision::pow(Integer(10), static_cast<unsigned>(std::abs(exponent)));
  if (exponent >= 0) return BigNumber::rounded({mantissa * power, 0}, k_text_precision);
  return BigNumber::divide({mantissa, 0}, {power, 0}, k_text_precision);
}

std::optional<Number> Number::parse_integer(std::string_view digits, int base) {
  bool negative = false;
  if (!digits.empty() && (digits.front() == '+' || digits.front() == '-')) {
    negative = digits.front() == '-';
    digits.remove_prefix(1);
  }
  if (digits.empty() || base < 2 || base > 62) return std::nullopt;
  Integer value = 0;
  for (const char c : digits) {
    int digit = 62;
    if (is_digit(c)) digit = c - '0';
    // Up to base 36 both cases are one digit; above, capitals follow the small letters.
    if (c >= 'a' && c <= 'z') digit = c - 'a' + 10;
    if (c >= 'A' && c <= 'Z') digit = base <= 36 ? c - 'A' + 10 : c - 'A' + 36;
    if (digit >= base) return std::nullopt;
    value = value * base + digit;
  }
  const unsigned bits = value == 0 ? 0 : static_cast<unsigned>(msb(value)) + 1;
  // Go's big.Float.SetInt takes as many bits as the integer has, 64 at least.
  const unsigned precision = std::min(std::max(bits, 64U), 60'000U);
  if (negative) value = -value;
  return BigNumber::rounded({value, 0}, precision);
}

std::optional<Number> Number::from_double(double value) {
  if (!std::isfinite(value)) return std::nullopt;
  if (value == 0 && std::signbit(value)) return Number().negated();
  int exponent = 0;
  const double fraction = std::frexp(value, &exponent);
  const auto mantissa = static_cast<std::int64_t>(std::ldexp(fraction, 53));
  return BigNumber::rounded({Integer(mantissa), exponent - 53}, 53);
}

std::string Number::to_string() const {
  if (!big_) return negative_zero_ ? "-0" : std::to_string(small_);
  const Decimal decimal = BigNumber::shortest(*big_, precision_);
  return (big_->mantissa < 0 ? "-" : "") + decimal.fixed(-1);
}

std::string Number::to_string_digits(int digits) const {
  const BigNumber big = BigNumber::of(*this);
  Decimal decimal = BigNumber::decimal(abs(big.mantissa), big.exponent);
  decimal.round(decimal.point + digits);
  return (big.mantissa < 0 ? "-" : "") + decimal.fixed(digits);
}

std::string Number::to_scientific(int digits) const {
  const BigNumber big = BigNumber::of(*this);
  Decimal decimal = digits < 0 ? BigNumber::shortest(big, precision_)
                               : BigNumber::decimal(abs(big.mantissa), big.exponent);
  if (digits >= 0) decimal.round(digits + 1);
  return (big.mantissa < 0 ? "-" : "") + decimal.scientific(digits);
}

std::string Number::to_general(int digits) const {
  const BigNumber big = BigNumber::of(*this);
  Decimal decimal = digits < 0 ? BigNumber::shortest(big, precision_)
                               : BigNumber::decimal(abs(big.mantissa), big.exponent);
  if (digits >= 0) decimal.round(std::max(digits, 1));
  return (big.mantissa < 0 ? "-" : "") + decimal.general(digits);
}

std::string Number::to_radix(int base) const {
  Integer whole = BigNumber::of(*this).whole();
  if (whole == 0) return "0";
  const bool negative = whole < 0;
  if (negative) whole = -whole;
  std::string digits;
  while (whole != 0) {
    const auto digit = static_cast<std::size_t>(static_cast<unsigned>(whole % base));
    digits += "0123456789abcdefghijklmnopqrstuvwxyz"[digit];
    whole /= base;
  }
  if (negative) digits += '-';
  std::reverse(digits.begin(), digits.end());
  return digits;
}

}  // namespace space::values
