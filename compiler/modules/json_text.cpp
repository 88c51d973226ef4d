#include "compiler/modules/json_text.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "core/base/json_reader.h"

namespace space::modules {

namespace {

using base::JsonReader;
using Kind = JsonValue::Kind;

class JsonTreeReader {
 public:
  JsonTreeReader(source::FileId file, std::string_view text)
      : file_(file), text_(text), in_(text) {}

  bool read(JsonValue& value) { return read_value(value) && in_.finish(); }

  JsonMistake mistake() const {
    const auto size = static_cast<std::uint32_t>(text_.size());
    const std::uint32_t begin = std::min(static_cast<std::uint32_t>(in_.offset()), size);
    return {std::string(in_.problem()), {file_, begin, std::min(begin + 1, size)}};
  }

 private:
  bool read_value(JsonValue& value) {
    const JsonReader::Kind kind = in_.peek();
    value.span = {file_, static_cast<std::uint32_t>(in_.offset()), 0};
    switch (kind) {
      case JsonReader::Kind::Null:
        in_.read_null();
        break;
      case JsonReader::Kind::Bool:
        value.kind = Kind::Bool;
        in_.read(value.truth);
        break;
      case JsonReader::Kind::Number: {
        value.kind = Kind::Number;
        std::string_view decimal;
        in_.read_number(decimal);
        value.text = decimal;
        break;
      }
      case JsonReader::Kind::String:
        value.kind = Kind::String;
        in_.read(value.text);
        break;
      case JsonReader::Kind::Array:
        read_array(value);
        break;
      case JsonReader::Kind::Object:
        read_object(value);
        break;
      case JsonReader::Kind::Nothing:
        return in_.fail("expected a value");
    }
    value.span.end = static_cast<std::uint32_t>(in_.offset());
    return !in_.failed();
  }

  void read_array(JsonValue& value) {
    value.kind = Kind::Array;
    in_.begin_array();
    while (in_.next_element()) {
      if (!read_value(value.elements.emplace_back())) return;
    }
  }

  void read_object(JsonValue& value) {
    value.kind = Kind::Object;
    in_.begin_object();
    for (;;) {
      const std::size_t before = in_.offset();
      std::string name;
      if (!in_.next_member(name)) return;
      JsonMember& member = value.members.emplace_back();
      member.name = std::move(name);
      member.name_span = name_after(before);
      if (!read_value(member.value)) return;
    }
  }

  // Between `offset` and a member's name there is nothing but blanks and a comma.
  source::Span name_after(std::size_t offset) const {
    const std::size_t begin = text_.find('"', offset) + 1;
    std::size_t end = begin;
    while (text_[end] != '"') end += text_[end] == '\\' ? 2 : 1;
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  source::FileId file_;
  std::string_view text_;
  JsonReader in_;
};

std::size_t utf8_size(std::string_view hex) {
  std::uint32_t point = 0;
  for (const char c : hex) {
    const auto digit = static_cast<std::uint32_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    point = point * 16 + digit;
  }
  return point < 0x80 ? 1 : point < 0x800 ? 2 : 3;
}

}  // namespace

std::optional<JsonValue> read_json(source::FileId file, std::string_view text,
                                   JsonMistake& mistake) {
  JsonTreeReader reader(file, text);
  JsonValue value;
  if (reader.read(value)) return value;
  mistake = reader.mistake();
  return std::nullopt;
}

std::vector<std::uint32_t> offsets_of(std::string_view raw, std::uint32_t begin) {
  std::vector<std::uint32_t> offsets;
  offsets.reserve(raw.size() + 1);
  for (std::size_t at = 0; at < raw.size();) {
    std::size_t read = 1, written = 1;
    if (raw[at] == '\\') {
      read = 2;
      if (raw[at + 1] == 'u') {
        const bool pair = (raw[at + 2] | 0x20) == 'd' && raw[at + 3] >= '8';
        read = pair ? 12 : 6;
        written = pair ? 4 : utf8_size(raw.substr(at + 2, 4));
      }
    }
    offsets.insert(offsets.end(), written, begin + static_cast<std::uint32_t>(at));
    at += read;
  }
  offsets.push_back(begin + static_cast<std::uint32_t>(raw.size()));
  return offsets;
}

}  // namespace space::modules
