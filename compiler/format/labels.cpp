#include "compiler/format/labels.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <cstdint>
#include <optional>

#include "core/base/escapes.h"

namespace space::format {
namespace {

// The text that a quoted label stands for; nothing where it has what escapes cannot say.
std::optional<std::string> decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    if (++i == text.size()) return std::nullopt;
    if (const char c = base::escaped_character(text[i]); c != '\0') {
      out += c;
    } else if (const std::size_t read = base::unescape_code_point(text.substr(i), out); read > 0) {
      i += read - 1;
    } else {
      return std::nullopt;
    }
  }
  return out;
}

// Letters, marks, numbers, punctuation, symbols and the plain space.
bool is_printable(std::int32_t point) {
  if (point == ' ') return true;
  const auto category = utf8proc_category(point);
  return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_SO);
}

std::string encode(std::string_view text) {
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size();) {
    utf8proc_int32_t point = 0;
    const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                                       static_cast<utf8proc_ssize_t>(text.size() - at), &point);
    const std::string_view bytes = text.substr(at, size > 0 ? static_cast<std::size_t>(size) : 1);
    at += bytes.size();
    const char letter = bytes.size() == 1 ? base::escape_letter(bytes[0]) : '\0';
    if (letter != '\0') {
      out += '\\';
      out += letter;
    } else if (size <= 0 || is_printable(point)) {
      out += bytes;
    } else if (point < 0x10000) {
      out += fmt::format("\\u{:04x}", point);
    } else {
      out += fmt::format("\\U{:08x}", point);
    }
  }
  return out + '"';
}

}  // namespace

std::string canonical_label(std::string_view written) {
  if (written.empty() || written.front() != '"') return '"' + std::string(written) + '"';
  // `$` and `%` may be escapes of templates: such a label is left as it is.
  if (written.size() < 2 || written.find_first_of("$%") != std::string_view::npos)
    return std::string(written);
  const auto text = decode(written.substr(1, written.size() - 2));
  return text ? encode(*text) : std::string(written);
}

}  // namespace space::format
