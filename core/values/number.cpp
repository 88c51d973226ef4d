#include "core/values/number.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <boost/multiprecision/cpp_int.hpp>

#include "core/base/check.h"
#include "core/values/decimal.h"

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

  // Rounds to `precision` bits, to nearest even. `sticky`: something nonzero was cut off below the
  // mantissa already.
  static Number rounded(BigNumber number, unsigned precision, bool sticky) {
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
        if (side > 0 || (side == 0 && (sticky || bit_test(magnitude, 0)))) ++magnitude;
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
    return rounded(std::move(result), precision, remainder != 0);
  }
};

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
  if (exponent >= 0) return BigNumber::rounded({mantissa * power, 0}, k_text_precision, false);
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
  return BigNumber::rounded({value, 0}, precision, false);
}

std::optional<Number> Number::from_double(double value) {
  if (!std::isfinite(value)) return std::nullopt;
  int exponent = 0;
  const double fraction = std::frexp(value, &exponent);
  const auto mantissa = static_cast<std::int64_t>(std::ldexp(fraction, 53));
  return BigNumber::rounded({Integer(mantissa), exponent - 53}, 53, false);
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

std::optional<std::int64_t> Number::to_int64() const {
  if (!big_) return small_;
  if (!is_integer()) return std::nullopt;
  const auto bits = static_cast<std::int64_t>(msb(abs(big_->mantissa))) + 1;
  if (bits + big_->exponent > 64) return std::nullopt;
  const Integer whole = big_->whole();
  if (whole > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
  if (whole < std::numeric_limits<std::int64_t>::min()) return std::nullopt;
  return static_cast<std::int64_t>(whole);
}

double Number::to_double() const {
  if (!big_) return static_cast<double>(small_);
  // Round once, to 53 bits; what is subnormal is rounded again by ldexp, which no caller can tell.
  const Number narrow = BigNumber::rounded(*big_, 53, false);
  if (!narrow.big_) return static_cast<double>(narrow.small_);
  const auto mantissa = static_cast<std::int64_t>(narrow.big_->mantissa);
  const auto exponent = std::clamp<std::int64_t>(narrow.big_->exponent, -100'000, 100'000);
  return std::ldexp(static_cast<double>(mantissa), static_cast<int>(exponent));
}

bool Number::is_integer() const { return !big_ || big_->exponent >= 0; }
bool Number::is_negative() const { return big_ ? big_->mantissa < 0 : small_ < 0; }
bool Number::is_zero() const { return !big_ && small_ == 0; }

Number operator+(const Number& a, const Number& b) {
  const unsigned precision = BigNumber::larger_precision(a, b);
  std::int64_t small = 0;
  if (!a.big_ && !b.big_ && precision >= 64 &&
      !__builtin_add_overflow(a.small_, b.small_, &small)) {
    Number sum(small);
    sum.negative_zero_ = a.negative_zero_ && b.negative_zero_;
    sum.precision_ = static_cast<std::uint16_t>(precision);
    return sum;
  }
  BigNumber x = BigNumber::of(a), y = BigNumber::of(b);
  const std::int64_t exponent = BigNumber::align(x, y);
  return BigNumber::rounded({x.mantissa + y.mantissa, exponent}, precision, false);
}

Number operator-(const Number& a, const Number& b) { return a + b.negated(); }

Number operator*(const Number& a, const Number& b) {
  const unsigned precision = BigNumber::larger_precision(a, b);
  std::int64_t small = 0;
  if (!a.big_ && !b.big_ && precision >= 64 &&
      !__builtin_mul_overflow(a.small_, b.small_, &small)) {
    Number product(small);
    product.precision_ = static_cast<std::uint16_t>(precision);
    return BigNumber::with_zero_sign(std::move(product), a, b);
  }
  // cty multiplies with 512 bits and keeps as many as the operands or the product need.
  const BigNumber x = BigNumber::of(a), y = BigNumber::of(b);
  Number product =
      BigNumber::rounded({x.mantissa * y.mantissa, x.exponent + y.exponent}, 512, false);
  const BigNumber big = BigNumber::of(product);
  const unsigned needed = big.mantissa == 0 ? 0 : static_cast<unsigned>(msb(abs(big.mantissa))) + 1;
  return BigNumber::with_zero_sign(BigNumber::make(big, std::max(precision, needed)), a, b);
}

std::optional<Number> Number::divide(const Number& a, const Number& b) {
  if (b.is_zero()) return std::nullopt;
  Number quotient =
      BigNumber::divide(BigNumber::of(a), BigNumber::of(b), BigNumber::larger_precision(a, b));
  return BigNumber::with_zero_sign(std::move(quotient), a, b);
}

Number Number::modulo(const Number& a, const Number& b) {
  if (b.is_zero()) return a;
  const std::optional<Number> ratio = divide(a, b);
  const Number whole = BigNumber::rounded({BigNumber::of(*ratio).whole(), 0}, a.precision_, false);
  const BigNumber x = BigNumber::of(b), y = BigNumber::of(whole);
  const Number multiple =
      BigNumber::rounded({x.mantissa * y.mantissa, x.exponent + y.exponent}, a.precision_, false);
  BigNumber left = BigNumber::of(a), right = BigNumber::of(multiple);
  const std::int64_t exponent = BigNumber::align(left, right);
  return BigNumber::rounded({left.mantissa - right.mantissa, exponent}, a.precision_, false);
}

Number Number::negated() const {
  if (!big_ && small_ != std::numeric_limits<std::int64_t>::min()) {
    Number result = *this;
    result.small_ = -small_;
    result.negative_zero_ = small_ == 0 && !negative_zero_;
    return result;
  }
  BigNumber big = BigNumber::of(*this);
  big.mantissa = -big.mantissa;
  return BigNumber::make(std::move(big), precision_);
}

Number Number::absolute() const { return is_negative() || negative_zero_ ? negated() : *this; }

Number Number::floor() const {
  if (is_integer()) return *this;
  Integer whole = big_->whole();
  if (is_negative()) --whole;
  return BigNumber::rounded({whole, 0}, precision_, false);
}

Number Number::ceil() const {
  Number result = negated().floor().negated();
  if (!is_zero()) result.negative_zero_ = false;
  return result;
}

bool operator==(const Number& a, const Number& b) {
  if (!a.big_ && !b.big_) return a.small_ == b.small_;
  return (a <=> b) == 0;
}

std::strong_ordering operator<=>(const Number& a, const Number& b) {
  if (!a.big_ && !b.big_) return a.small_ <=> b.small_;
  BigNumber x = BigNumber::of(a), y = BigNumber::of(b);
  BigNumber::align(x, y);
  return x.mantissa.compare(y.mantissa) <=> 0;
}

}  // namespace space::values
