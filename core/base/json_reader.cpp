#include "core/base/json_reader.h"

#include <charconv>
#include <vector>

#include "core/base/escapes.h"
#include "core/base/strings.h"

namespace space::base {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool JsonReader::fail(std::string message) {
  if (!failed_) {
    error_ = "byte " + std::to_string(at_) + ": ";
    place_ = error_.size();
    error_ += message;
  }
  failed_ = true;
  return false;
}

void JsonReader::skip_space() {
  while (at_ < text_.size() &&
         (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r')) {
    ++at_;
  }
}

JsonReader::Kind JsonReader::peek() {
  if (failed_) return Kind::Nothing;
  skip_space();
  if (at_ == text_.size()) return Kind::Nothing;
  switch (text_[at_]) {
    case '{':
      return Kind::Object;
    case '[':
      return Kind::Array;
    case '"':
      return Kind::String;
    case 't':
    case 'f':
      return Kind::Bool;
    case 'n':
      return Kind::Null;
    default:
      return text_[at_] == '-' || is_digit(text_[at_]) ? Kind::Number : Kind::Nothing;
  }
}

bool JsonReader::expect(char c, const char* what) {
  if (failed_) return false;
  skip_space();
  if (at_ == text_.size() || text_[at_] != c) return fail(std::string("expected ") + what);
  ++at_;
  return true;
}

bool JsonReader::enter() {
  if (++depth_ > k_depth) return fail("too deeply nested");
  fresh_ = true;
  return true;
}

bool JsonReader::begin_object() { return expect('{', "an object") && enter(); }
bool JsonReader::begin_array() { return expect('[', "an array") && enter(); }

// Consumes the comma before an element that is not the first, or the closing bracket.
bool JsonReader::first_or_comma(char closing, bool& closed) {
  if (failed_) return false;
  skip_space();
  const bool first = fresh_;
  fresh_ = false;
  closed = at_ < text_.size() && text_[at_] == closing;
  if (closed) {
    ++at_;
    --depth_;
    return true;
  }
  return first || expect(',', closing == '}' ? "`,` or `}`" : "`,` or `]`");
}

bool JsonReader::next_member(std::string& key) {
  bool closed = false;
  if (!first_or_comma('}', closed) || closed) return false;
  skip_space();
  if (at_ == text_.size() || text_[at_] != '"') return fail("expected a member's name");
  key.clear();
  return scan_string(&key) && expect(':', "`:`");
}

bool JsonReader::next_element() {
  bool closed = false;
  if (!first_or_comma(']', closed) || closed) return false;
  if (peek() == Kind::Nothing) return fail("expected a value");
  return true;
}

bool JsonReader::read(std::string& text) {
  if (failed_) return false;
  if (peek() != Kind::String) return fail("expected a string");
  text.clear();
  return scan_string(&text);
}

bool JsonReader::word(std::string_view text) {
  if (failed_) return false;
  skip_space();
  if (text_.substr(at_, text.size()) != text) return fail("expected `" + std::string(text) + "`");
  at_ += text.size();
  return true;
}

bool JsonReader::read_null() { return word("null"); }

bool JsonReader::read(bool& value) {
  if (peek() != Kind::Bool) return fail("expected true or false");
  value = text_[at_] == 't';
  return word(value ? "true" : "false");
}

bool JsonReader::read_number(std::string_view& text) {
  if (peek() != Kind::Number) return fail("expected a number");
  return scan_number(text);
}

bool JsonReader::read(std::int64_t& value) {
  std::string_view text;
  if (!read_number(text)) return false;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size())
    return fail("expected a whole number");
  return true;
}

bool JsonReader::scan_number(std::string_view& text) {
  const std::size_t begin = at_;
  const auto digits = [this] {
    const std::size_t first = at_;
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    return at_ > first;
  };
  const auto here = [this](char c) { return at_ < text_.size() && text_[at_] == c; };
  if (here('-')) ++at_;
  if (here('0')) {
    ++at_;
  } else if (!digits()) {
    return fail("expected a digit");
  }
  if (here('.')) {
    ++at_;
    if (!digits()) return fail("expected a digit");
  }
  if (here('e') || here('E')) {
    ++at_;
    if (here('+') || here('-')) ++at_;
    if (!digits()) return fail("expected a digit");
  }
  text = text_.substr(begin, at_ - begin);
  return true;
}

// At the opening quote. `out` may be null: then the text is checked and dropped.
bool JsonReader::scan_string(std::string* out) {
  ++at_;
  for (;;) {
    const std::size_t begin = at_;
    unsigned char seen = 0;
    while (at_ < text_.size()) {
      const auto c = static_cast<unsigned char>(text_[at_]);
      if (c == '"' || c == '\\' || c < 0x20) break;
      seen |= c;
      ++at_;
    }
    const std::string_view run = text_.substr(begin, at_ - begin);
    if ((seen & 0x80U) != 0 && find_invalid_utf8(run)) return fail("the string is not valid UTF-8");
    if (out != nullptr) out->append(run);
    if (at_ == text_.size()) return fail("the string is not closed");
    if (text_[at_] == '"') {
      ++at_;
      return true;
    }
    if (text_[at_] != '\\') return fail("a control character in a string");
    ++at_;
    if (!scan_escape(out)) return false;
  }
}

bool JsonReader::hex4(std::uint32_t& unit) {
  if (text_.size() - at_ < 4) return fail("the string is not closed");
  const char* begin = text_.data() + at_;
  const auto [end, problem] = std::from_chars(begin, begin + 4, unit, 16);
  if (problem != std::errc() || end != begin + 4) return fail("expected four hex digits");
  at_ += 4;
  return true;
}

bool JsonReader::scan_escape(std::string* out) {
  if (at_ == text_.size()) return fail("the string is not closed");
  std::uint32_t point = 0;
  switch (text_[at_++]) {
    case '"':
      point = '"';
      break;
    case '\\':
      point = '\\';
      break;
    case '/':
      point = '/';
      break;
    case 'b':
      point = '\b';
      break;
    case 'f':
      point = '\f';
      break;
    case 'n':
      point = '\n';
      break;
    case 'r':
      point = '\r';
      break;
    case 't':
      point = '\t';
      break;
    case 'u': {
      if (!hex4(point)) return false;
      if (point >= 0xdc00 && point < 0xe000) return fail("a lone surrogate");
      if (point >= 0xd800 && point < 0xdc00) {
        std::uint32_t low = 0;
        if (text_.substr(at_, 2) != "\\u") return fail("a lone surrogate");
        at_ += 2;
        if (!hex4(low)) return false;
        if (low < 0xdc00 || low > 0xdfff) return fail("a lone surrogate");
        point = 0x10000U + ((point - 0xd800U) << 10U) + (low - 0xdc00U);
      }
      break;
    }
    default:
      return fail("an unknown escape");
  }
  if (out != nullptr) append_utf8(*out, point);
  return true;
}

// Without recursion: `kinds` holds the open brackets inside this value.
std::string_view JsonReader::raw() {
  if (peek() == Kind::Nothing) {
    fail("expected a value");
    return {};
  }
  const std::size_t begin = at_;
  std::vector<char> open;
  std::string key;
  do {
    switch (peek()) {
      case Kind::Object:
        begin_object();
        open.push_back('}');
        break;
      case Kind::Array:
        begin_array();
        open.push_back(']');
        break;
      case Kind::String:
        scan_string(nullptr);
        break;
      case Kind::Number: {
        std::string_view number;
        scan_number(number);
        break;
      }
      case Kind::Bool:
        word(text_[at_] == 't' ? "true" : "false");
        break;
      case Kind::Null:
        word("null");
        break;
      case Kind::Nothing:
        fail("expected a value");
        break;
    }
    while (!failed_ && !open.empty()) {
      if (open.back() == '}' ? next_member(key) : next_element()) break;
      if (!failed_) open.pop_back();
    }
  } while (!failed_ && !open.empty());
  return failed_ ? std::string_view() : text_.substr(begin, at_ - begin);
}

bool JsonReader::finish() {
  if (failed_) return false;
  skip_space();
  return at_ == text_.size() || fail("something follows the end");
}

}  // namespace space::base
