#include "core/runplan/json_writer.h"

#include <array>
#include <charconv>

#include "core/base/escapes.h"
#include "core/base/strings.h"

namespace space::runplan {

namespace {

// Length of the valid UTF-8 sequence at the start of `text`, 0 where there is none.
std::size_t utf8_length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return 0;
  return base::find_invalid_utf8(text.substr(0, length)) ? 0 : length;
}

bool is_plain(unsigned char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\'; }

void append_escaped(std::string& out, char c) {
  out += '\\';
  if (const char letter = base::escape_letter(c); letter != '\0') {
    out += letter;
  } else {
    out += "u00";
    base::append_hex(out, static_cast<unsigned char>(c));
  }
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t i = 0;
  while (i < text.size()) {
    std::size_t run = i;
    while (run < text.size() && is_plain(static_cast<unsigned char>(text[run]))) ++run;
    out.append(text, i, run - i);
    if (run == text.size()) break;
    i = run;
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      append_escaped(out, text[i]);
      ++i;
    } else if (const std::size_t length = utf8_length(text.substr(i)); length > 0) {
      out.append(text, i, length);
      i += length;
    } else {
      out += "\xef\xbf\xbd";
      ++i;
    }
  }
  out += '"';
}

std::string compact_json(std::string_view json) {
  std::string text;
  text.reserve(json.size());
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (!in_string && (c == ' ' || c == '\n' || c == '\r' || c == '\t')) continue;
    text += c;
    if (c == '"') in_string = !in_string;
    if (c == '\\' && i + 1 < json.size()) text += json[++i];  // inside a string alone
  }
  return text;
}

void JsonWriter::before_value() {
  if (needs_comma_) text_ += ',';
  if (wants_line_) text_ += '\n';
  wants_line_ = false;
}

void JsonWriter::open(char bracket) {
  before_value();
  text_ += bracket;
  needs_comma_ = false;
}

void JsonWriter::close(char bracket) {
  if (wants_line_) text_ += '\n';
  wants_line_ = false;
  text_ += bracket;
  needs_comma_ = true;
}

void JsonWriter::key(std::string_view name) {
  before_value();
  append_json_string(text_, name);
  text_ += ':';
  needs_comma_ = false;
}

void JsonWriter::string(std::string_view text) {
  before_value();
  append_json_string(text_, text);
  needs_comma_ = true;
}

void JsonWriter::integer(std::int64_t value) {
  before_value();
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  text_.append(digits.data(), end);
  needs_comma_ = true;
}

void JsonWriter::boolean(bool value) { raw(value ? "true" : "false"); }

void JsonWriter::raw(std::string_view json) {
  before_value();
  text_ += json;
  needs_comma_ = true;
}

void JsonWriter::strings(std::string_view name, const std::vector<std::string>& list) {
  key(name);
  begin_array();
  for (const std::string& text : list) string(text);
  end_array();
}

void JsonWriter::strings_if_any(std::string_view name, const std::vector<std::string>& list) {
  if (!list.empty()) strings(name, list);
}

}  // namespace space::runplan
