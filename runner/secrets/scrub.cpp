#include "runner/secrets/scrub.h"

#include <algorithm>

#include "core/base/strings.h"
#include "core/runplan/json_writer.h"

namespace space::secrets {

namespace {

std::string as_json(std::string_view value) {
  std::string text;
  runplan::append_json_string(text, value);
  return text.substr(1, text.size() - 2);
}

// Go's encoding/json, which tofu prints with, writes these three as \u00XX.
std::string as_go_json(std::string_view value) {
  std::string text = as_json(value);
  text = base::replace_all(text, "<", "\\u003c");
  text = base::replace_all(text, ">", "\\u003e");
  return base::replace_all(text, "&", "\\u0026");
}

std::string as_url(std::string_view value) {
  static constexpr char k_hex[] = "0123456789ABCDEF";
  std::string text;
  for (const char c : value) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || c == '~';
    if (plain) {
      text += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    text += '%';
    text += k_hex[byte >> 4U];
    text += k_hex[byte & 15U];
  }
  return text;
}

std::string as_base64(std::string_view value) {
  static constexpr char k_digits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i + 2 < value.size(); i += 3) {
    const auto at = [&](std::size_t n) {
      return static_cast<std::uint32_t>(static_cast<unsigned char>(value[i + n]));
    };
    const std::uint32_t bits = (at(0) << 16U) | (at(1) << 8U) | at(2);
    for (const unsigned shift : {18U, 12U, 6U, 0U}) text += k_digits[(bits >> shift) & 63U];
  }
  return text;  // whole groups alone: what follows depends on what stands after the value
}

}  // namespace

void Scrubber::add_form(std::string form) {
  if (form.size() < k_shortest) return;
  const auto longer = [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  };
  const auto at = std::lower_bound(forms_.begin(), forms_.end(), form, longer);
  if (at == forms_.end() || *at != form) forms_.insert(at, std::move(form));
}

void Scrubber::add(std::string_view value) {
  if (value.size() < k_shortest) return;
  add_form(std::string(value));
  add_form(as_json(value));
  add_form(as_go_json(value));
  if (value.size() <= k_large) {
    add_form(as_url(value));
    add_form(as_base64(value));
  }
  // tofu prints text of several lines line by line.
  const auto lines = base::split(value, '\n');
  if (lines.size() < 2) return;
  for (std::size_t i = 0; i < std::min(lines.size(), k_most_lines); ++i) {
    const std::string_view line = base::trim(lines[i]);
    if (line.size() < 2 * k_shortest) continue;
    add_form(std::string(line));
    add_form(as_json(line));
    add_form(as_go_json(line));
  }
}

std::string Scrubber::scrub(std::string_view text) const {
  std::string clean(text);
  for (const std::string& form : forms_) {
    if (form.size() <= clean.size() && clean.find(form) != std::string::npos)
      clean = base::replace_all(clean, form, "(secret)");
  }
  return clean;
}

}  // namespace space::secrets
