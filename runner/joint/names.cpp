#include "runner/joint/names.h"

#include <algorithm>
#include <charconv>

namespace space::joint {

namespace {

constexpr std::size_t k_digits = 5;
constexpr std::string_view k_head = "module.";
constexpr std::string_view k_between = "__";

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

// The number of `pNNNNN` at the beginning of a text.
std::optional<std::size_t> number_at(std::string_view text) {
  if (text.size() <= k_digits || text[0] != 'p') return std::nullopt;
  std::size_t number = 0;
  const char* begin = text.data() + 1;
  const auto read = std::from_chars(begin, begin + k_digits, number);
  if (read.ec != std::errc() || read.ptr != begin + k_digits) return std::nullopt;
  return number;
}

}  // namespace

std::string module_name(std::size_t root) {
  const std::string digits = std::to_string(root);
  return "p" + std::string(k_digits - std::min(k_digits, digits.size()), '0') + digits;
}

std::string module_address(std::size_t root) { return std::string(k_head) + module_name(root); }

std::string inner_name(std::size_t root, std::string_view name) {
  return module_name(root) + std::string(k_between) + std::string(name);
}

std::optional<Inner> split_name(std::string_view joint_name) {
  const auto number = number_at(joint_name);
  if (!number) return std::nullopt;
  joint_name.remove_prefix(k_digits + 1);
  if (!joint_name.starts_with(k_between)) return std::nullopt;
  return Inner{*number, std::string(joint_name.substr(k_between.size()))};
}

std::optional<Inner> split_address(std::string_view joint_address) {
  if (!joint_address.starts_with(k_head)) return std::nullopt;
  joint_address.remove_prefix(k_head.size());
  const auto number = number_at(joint_address);
  if (!number) return std::nullopt;
  joint_address.remove_prefix(k_digits + 1);
  if (joint_address.empty()) return Inner{*number, ""};
  if (joint_address.front() != '.') return std::nullopt;
  return Inner{*number, std::string(joint_address.substr(1))};
}

std::string without_modules(std::string_view text) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t found = text.find(k_head, at);
    if (found == std::string_view::npos) break;
    const bool begins = found == 0 || (!is_name_char(text[found - 1]) && text[found - 1] != '.');
    const std::string_view rest = text.substr(found + k_head.size());
    const std::size_t end = found + k_head.size() + k_digits + 1;
    const bool is_ours = begins && number_at(rest) && end < text.size() && text[end] == '.' &&
                         end + 1 < text.size() && is_name_char(text[end + 1]);
    out += text.substr(at, (is_ours ? found : found + k_head.size()) - at);
    at = is_ours ? end + 1 : found + k_head.size();
  }
  out += text.substr(std::min(at, text.size()));
  return out;
}

}  // namespace space::joint
