#include "core/values/number.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/values/big_number.h"

namespace space::values {

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
  const Number narrow = BigNumber::rounded(*big_, 53);
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
  return BigNumber::rounded({x.mantissa + y.mantissa, exponent}, precision);
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
  Number product = BigNumber::rounded({x.mantissa * y.mantissa, x.exponent + y.exponent}, 512);
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
  const Number whole = BigNumber::rounded({BigNumber::of(*ratio).whole(), 0}, a.precision_);
  const BigNumber x = BigNumber::of(b), y = BigNumber::of(whole);
  const Number multiple =
      BigNumber::rounded({x.mantissa * y.mantissa, x.exponent + y.exponent}, a.precision_);
  BigNumber left = BigNumber::of(a), right = BigNumber::of(multiple);
  const std::int64_t exponent = BigNumber::align(left, right);
  Number rest = BigNumber::rounded({left.mantissa - right.mantissa, exponent}, a.precision_);
  rest.negative_zero_ = a.negative_zero_ && !b.is_negative();
  return rest;
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

// Neither keeps the sign of -0.
Number Number::floor() const {
  if (is_integer()) return is_zero() ? Number() : *this;
  Integer whole = big_->whole();
  if (is_negative()) --whole;
  return BigNumber::rounded({whole, 0}, precision_);
}

Number Number::ceil() const {
  Number result = negated().floor().negated();
  result.negative_zero_ = false;
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
