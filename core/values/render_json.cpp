#include <vector>

#include "core/base/check.h"
#include "core/base/escapes.h"
#include "core/base/strings.h"
#include "core/values/render.h"
#include "core/values/text.h"

namespace space::values {

namespace {

// As Go's encoding/json escapes: <, > and & too, and the two line separators of JavaScript.
void write_string(std::string_view text, std::string& out) {
  out += '"';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto byte = static_cast<unsigned char>(c);
    if (const char letter = base::escape_letter(c); letter != '\0') {
      out += '\\';
      out += letter;
    } else if (c == '\b') {
      out += "\\b";
    } else if (c == '\f') {
      out += "\\f";
    } else if (byte < 0x20 || c == '<' || c == '>' || c == '&') {
      out += "\\u00";
      base::append_hex(out, byte);
    } else if (text.substr(i, 3) == "\xE2\x80\xA8" || text.substr(i, 3) == "\xE2\x80\xA9") {
      out += text[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      out += c;
    }
  }
  out += '"';
}

void write(const Value& value, std::string& out) {
  SPACE_CHECK(value.is_known(), "an unknown value has no JSON");
  if (value.is_null()) {
    out += "null";
    return;
  }
  switch (value.kind()) {
    case TypeKind::String:
      return write_string(value.as_string(), out);
    case TypeKind::Number:
      out += value.as_number().to_string();
      return;
    case TypeKind::Bool:
      out += value.as_bool() ? "true" : "false";
      return;
    case TypeKind::Map:
    case TypeKind::Object: {
      out += '{';
      bool first = true;
      for (const auto& [key, entry] : value.as_map()) {
        if (!first) out += ',';
        first = false;
        write_string(key, out);
        out += ':';
        write(entry, out);
      }
      out += '}';
      return;
    }
    default: {
      out += '[';
      bool first = true;
      for (const Value& element : value.as_list()) {
        if (!first) out += ',';
        first = false;
        write(element, out);
      }
      out += ']';
    }
  }
}

// Reads with a stack of its own, so that depth costs no stack, and numbers keep all of their
// digits.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::optional<Value> read() {
    // Every turn reads one value or the end of one, and what may follow it.
    for (bool value_due = true;;) {
      skip_space();
      if (value_due) {
        if (at_ < text_.size() && (text_[at_] == '{' || text_[at_] == '[')) {
          if (levels_.size() >= k_depth)
            return fail("it nests deeper than " + std::to_string(k_depth) + " levels");
          levels_.push_back({text_[at_++] == '{', {}, {}, {}});
          skip_space();
          const bool empty =
              at_ < text_.size() && text_[at_] == (levels_.back().is_object ? '}' : ']');
          if (!empty) {
            if (!next_key()) return std::nullopt;
            continue;
          }
          ++at_;
          close();
        } else if (!scalar()) {
          return std::nullopt;
        }
        value_due = false;
        continue;
      }
      if (levels_.empty()) {
        if (at_ < text_.size()) return unexpected();
        return std::move(last_);
      }
      Level& level = levels_.back();
      if (level.is_object) {
        const auto [entry, is_new] = level.entries.try_emplace(std::move(level.key), last_);
        // As tofu: the last one counts, if it has the type of the others.
        if (!is_new && entry->second.type() != last_.type())
          return fail("the property `" + entry->first + "` stands twice, with two types");
        if (!is_new) entry->second = std::move(last_);
      } else {
        level.elements.push_back(std::move(last_));
      }
      if (take(',')) {
        if (!next_key()) return std::nullopt;
        value_due = true;
      } else if (take(level.is_object ? '}' : ']')) {
        close();
      } else {
        return unexpected();
      }
    }
  }

  std::string error;

 private:
  struct Level {
    bool is_object;
    std::string key;
    ValueMap entries;
    ValueList elements;
  };
  static constexpr std::size_t k_depth = 1'000;

  std::nullopt_t fail(std::string why) {
    if (error.empty()) error = std::move(why);
    return std::nullopt;
  }
  std::nullopt_t unexpected() {
    if (at_ >= text_.size()) return fail("it is no JSON: it ends too early");
    return fail("it is no JSON: byte " + std::to_string(at_ + 1) + " is not expected");
  }
  void skip_space() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
      ++at_;
  }
  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool take_word(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }
  void close() {
    Level& level = levels_.back();
    last_ = level.is_object ? Value::object(std::move(level.entries))
                            : Value::tuple(std::move(level.elements));
    levels_.pop_back();
  }

  bool next_key() {
    if (!levels_.back().is_object) return true;
    skip_space();
    if (at_ >= text_.size() || text_[at_] != '"') return unexpected(), false;
    if (!string(levels_.back().key)) return false;
    skip_space();
    if (!take(':')) return unexpected(), false;
    return true;
  }

  bool scalar() {
    if (at_ < text_.size() && text_[at_] == '"') {
      std::string text;
      if (!string(text)) return false;
      last_ = Value::string(std::move(text));
      return true;
    }
    if (take_word("null")) return last_ = Value::null(), true;
    if (take_word("true")) return last_ = Value::boolean(true), true;
    if (take_word("false")) return last_ = Value::boolean(false), true;
    return number();
  }

  void digits() {
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
  }

  bool number() {
    const std::size_t begin = at_;
    const auto some_digits = [&] {
      const std::size_t before = at_;
      digits();
      return at_ > before;
    };
    take('-');
    if (!take('0') && !some_digits()) return unexpected(), false;
    if (take('.') && !some_digits()) return unexpected(), false;
    if (take('e') || take('E')) {
      if (!take('+')) take('-');
      if (!some_digits()) return unexpected(), false;
    }
    const std::string_view written = text_.substr(begin, at_ - begin);
    std::optional<Number> parsed = Number::parse(written);
    if (!parsed) return fail("`" + std::string(written) + "` is no number that can be held"), false;
    last_ = Value::number(std::move(*parsed));
    return true;
  }

  std::optional<unsigned> hex4() {
    unsigned code = 0;
    if (at_ + 4 > text_.size()) return std::nullopt;
    for (int i = 0; i < 4; ++i) {
      const auto digit = base::hex_digit(text_[at_++]);
      if (!digit) return std::nullopt;
      code = code * 16 + *digit;
    }
    return code;
  }

  bool escape(std::string& out) {
    const char c = at_ < text_.size() ? text_[at_++] : '\0';
    constexpr std::string_view k_letters = "\"\\/bfnrt", k_meanings = "\"\\/\b\f\n\r\t";
    if (const std::size_t found = k_letters.find(c); c != '\0' && found != std::string_view::npos) {
      out += k_meanings[found];
      return true;
    }
    if (c != 'u') return --at_, unexpected(), false;
    const std::optional<unsigned> first = hex4();
    if (!first) return unexpected(), false;
    unsigned code = *first;
    if (code >= 0xD800 && code < 0xDC00 && text_.substr(at_, 2) == "\\u") {
      const std::size_t before = at_;
      at_ += 2;
      const std::optional<unsigned> second = hex4();
      if (second && *second >= 0xDC00 && *second < 0xE000) {
        code = 0x10000 + ((code - 0xD800) << 10) + (*second - 0xDC00);
      } else {
        at_ = before;
      }
    }
    // Half of a pair alone is replaced, as Go does it.
    if (code >= 0xD800 && code < 0xE000) code = 0xFFFD;
    base::append_utf8(out, code);
    return true;
  }

  bool string(std::string& out) {
    out.clear();
    ++at_;
    for (;;) {
      const std::size_t begin = at_;
      while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\\' &&
             static_cast<unsigned char>(text_[at_]) >= 0x20) {
        ++at_;
      }
      out += text_.substr(begin, at_ - begin);
      if (take('"')) return true;
      if (!take('\\')) return unexpected(), false;
      if (!escape(out)) return false;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Level> levels_;
  Value last_;
};

}  // namespace

std::string to_json(const Value& value) {
  std::string out;
  write(value, out);
  return out;
}

std::optional<Value> from_json(std::string_view json, std::string& error) {
  if (base::find_invalid_utf8(json)) {
    error = "it is no UTF-8";
    return std::nullopt;
  }
  Reader reader(json);
  std::optional<Value> value = reader.read();
  if (!value) error = std::move(reader.error);
  return value;
}

}  // namespace space::values
