#include "core/values/decimal.h"

#include <algorithm>

namespace space::values {

void Decimal::trim() {
  while (!digits.empty() && digits.back() == '0') digits.pop_back();
  if (digits.empty()) point = 0;
}

void Decimal::round_up(std::size_t digit_count) {
  if (digit_count >= digits.size()) return;
  while (digit_count > 0 && digits[digit_count - 1] >= '9') --digit_count;
  if (digit_count == 0) {
    digits = "1";
    ++point;
    return;
  }
  ++digits[digit_count - 1];
  digits.resize(digit_count);
}

void Decimal::round_down(std::size_t digit_count) {
  if (digit_count >= digits.size()) return;
  digits.resize(digit_count);
  trim();
}

void Decimal::round(std::int64_t digit_count) {
  if (digit_count < 0) {
    digits.clear();
    point = 0;
    return;
  }
  const auto count = static_cast<std::size_t>(digit_count);
  if (count >= digits.size()) return;
  bool up = digits[count] >= '5';
  if (digits[count] == '5' && count + 1 == digits.size()) {
    up = count > 0 && ((digits[count - 1] - '0') & 1) != 0;
  }
  if (up) {
    round_up(count);
  } else {
    round_down(count);
  }
}

void Decimal::shorten(const Decimal& lower, const Decimal& upper, Bounds bounds) {
  const bool inclusive = bounds == Bounds::Inclusive;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const char digit = digits[i], low = lower.at(i), high = upper.at(i);
    const bool down = low != digit || (inclusive && i + 1 == lower.digits.size());
    const bool up = digit != high && (inclusive || digit + 1 < high || i + 1 < upper.digits.size());
    if (down && up) return round(static_cast<std::int64_t>(i) + 1);
    if (down) return round_down(i + 1);
    if (up) return round_up(i + 1);
  }
}

std::string Decimal::fixed(int decimals) const {
  std::string text;
  if (point > 0) {
    const auto whole = static_cast<std::size_t>(point);
    text = digits.substr(0, whole);
    if (text.size() < whole) text.append(whole - text.size(), '0');
  } else {
    text = "0";
  }
  const std::int64_t size = static_cast<std::int64_t>(digits.size());
  const std::int64_t count = decimals < 0 ? std::max<std::int64_t>(size - point, 0) : decimals;
  if (count > 0) {
    text += '.';
    for (std::int64_t i = 0; i < count; ++i) {
      const std::int64_t nth = point + i;
      text += nth < 0 ? '0' : at(static_cast<std::size_t>(nth));
    }
  }
  return text;
}

std::string Decimal::scientific(int decimals) const {
  std::string text(1, at(0));
  const std::size_t count =
      decimals < 0 ? (digits.empty() ? 0 : digits.size() - 1) : static_cast<std::size_t>(decimals);
  if (count > 0) {
    text += '.';
    for (std::size_t i = 1; i <= count; ++i) text += at(i);
  }
  const std::int64_t exponent = digits.empty() ? 0 : point - 1;
  text += 'e';
  text += exponent < 0 ? '-' : '+';
  const std::string written = std::to_string(exponent < 0 ? -exponent : exponent);
  if (written.size() < 2) text += '0';
  return text + written;
}

std::string Decimal::general(int digit_count) const {
  const auto size = static_cast<std::int64_t>(digits.size());
  const std::int64_t limit = digit_count < 0 ? size : std::max(digit_count, 1);
  std::int64_t threshold = limit;
  if (threshold > size && size >= point) threshold = size;
  if (digit_count < 0) threshold = 6;
  const std::int64_t exponent = point - 1;
  if (exponent < -4 || exponent >= threshold) {
    const std::int64_t shown = std::min(limit, size);
    return scientific(static_cast<int>(std::max<std::int64_t>(shown, 1) - 1));
  }
  return fixed(static_cast<int>(std::max<std::int64_t>(size - point, 0)));
}

}  // namespace space::values
