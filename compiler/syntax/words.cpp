#include "compiler/syntax/words.h"

#include <fmt/format.h>

#include <algorithm>

namespace space::syntax {
namespace {

constexpr std::size_t k_shown_bytes = 40;

bool is_operator_byte(char c) {
  return std::string_view("=!<>&|:.").find(c) != std::string_view::npos;
}

}  // namespace

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || static_cast<unsigned char>(c) >= 0x80;
}

std::string shown(std::string_view text) {
  bool cut = false;
  if (text.size() > k_shown_bytes) {
    std::size_t size = k_shown_bytes;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
    text = text.substr(0, size);
    cut = true;
  }
  std::string out;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return cut ? out + "…" : out;
}

std::string code(std::string_view text) { return "`" + shown(text) + "`"; }

std::string_view Words::word_at(std::size_t at) const {
  if (at >= text_.size()) return {};
  std::size_t end = at;
  if (is_name_byte(text_[at])) {
    while (end < text_.size() && is_name_byte(text_[end])) ++end;
  } else if (is_operator_byte(text_[at])) {
    while (end < text_.size() && end - at < 3 && is_operator_byte(text_[end])) ++end;
  } else if (text_[at] == '"') {
    for (++end; end < text_.size() && text_[end] != '"' && text_[end] != '\n';) ++end;
    if (end < text_.size() && text_[end] == '"') ++end;
  } else {
    ++end;
  }
  return text_.substr(at, end - at);
}

std::string_view Words::word_before(std::size_t at) const {
  while (at > 0 && (text_[at - 1] == ' ' || text_[at - 1] == '\t')) --at;
  if (at == 0 || text_[at - 1] == '\n') return {};
  std::size_t begin = at - 1;
  const char last = text_[begin];
  const auto same = [last](char c) {
    return is_name_byte(last) ? is_name_byte(c) : is_operator_byte(last) && is_operator_byte(c);
  };
  if (is_name_byte(last) || is_operator_byte(last)) {
    while (begin > 0 && at - begin < k_shown_bytes && same(text_[begin - 1])) --begin;
  }
  if (last == '"') {
    while (begin > 0 && at - begin < k_shown_bytes && text_[begin - 1] != '"' &&
           text_[begin - 1] != '\n')
      --begin;
    if (begin > 0 && text_[begin - 1] == '"') --begin;
  }
  if (last == '{' && begin > 0 && (text_[begin - 1] == '$' || text_[begin - 1] == '%')) --begin;
  return text_.substr(begin, at - begin);
}

std::size_t Words::past_spaces(std::size_t at) const {
  while (at < text_.size() && (text_[at] == ' ' || text_[at] == '\t')) ++at;
  return at;
}

std::string Words::found(std::size_t at) const {
  at = past_spaces(at);
  if (at >= text_.size()) return "found the end of the file";
  if (text_[at] == '\n' || text_[at] == '\r') return "found the end of the line";
  if (text_[at] == '#' || rest(at).substr(0, 2) == "//") return "found a comment";
  return "found " + code(word_at(at));
}

std::size_t Words::line_end(std::size_t at) const {
  std::size_t end = std::min(text_.find('\n', at), text_.size());
  while (end > at && (text_[end - 1] == '\r' || text_[end - 1] == ' ')) --end;
  return end;
}

}  // namespace space::syntax
