#include <nlohmann/json.hpp>

#include "core/base/check.h"
#include "core/values/render.h"

namespace space::values {

namespace {

// As Go's encoding/json escapes: <, > and & too, and the two line separators of JavaScript.
void write_string(std::string_view text, std::string& out) {
  constexpr std::string_view k_hex = "0123456789abcdef";
  out += '"';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\b') {
      out += "\\b";
    } else if (c == '\f') {
      out += "\\f";
    } else if (byte < 0x20 || c == '<' || c == '>' || c == '&') {
      out += "\\u00";
      out += k_hex[byte >> 4];
      out += k_hex[byte & 15];
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

// Reads by events, so that numbers come as their own text (a double would lose digits), and depth
// has a bound.
class Reader final : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return add(Value::null()); }
  bool boolean(bool value) override { return add(Value::boolean(value)); }
  bool number_integer(number_integer_t value) override { return number(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return number(std::to_string(value)); }
  bool number_float(number_float_t, const string_t& text) override { return number(text); }
  bool string(string_t& text) override { return add(Value::string(std::move(text))); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(true); }
  bool key(string_t& name) override {
    levels_.back().key = std::move(name);
    return true;
  }
  bool end_object() override {
    Value made = Value::object(std::move(levels_.back().entries));
    levels_.pop_back();
    return add(std::move(made));
  }
  bool start_array(std::size_t) override { return open(false); }
  bool end_array() override {
    Value made = Value::tuple(std::move(levels_.back().elements));
    levels_.pop_back();
    return add(std::move(made));
  }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    if (error_.empty())
      error_ = "it is no JSON: byte " + std::to_string(position) + " is not expected";
    return false;
  }

  std::optional<Value> result;
  std::string take_error() { return std::move(error_); }

 private:
  struct Level {
    bool is_object;
    std::string key;
    ValueMap entries;
    ValueList elements;
  };
  static constexpr std::size_t k_depth = 1'000;

  bool open(bool object) {
    if (levels_.size() >= k_depth) {
      error_ = "it nests deeper than " + std::to_string(k_depth) + " levels";
      return false;
    }
    levels_.push_back({object, {}, {}, {}});
    return true;
  }
  bool number(const std::string& text) {
    std::optional<Number> parsed = Number::parse(text);
    if (!parsed) {
      error_ = "`" + text + "` is no number that can be held";
      return false;
    }
    return add(Value::number(std::move(*parsed)));
  }
  bool add(Value value) {
    if (levels_.empty()) {
      result = std::move(value);
    } else if (levels_.back().is_object) {
      levels_.back().entries.insert_or_assign(levels_.back().key, std::move(value));
    } else {
      levels_.back().elements.push_back(std::move(value));
    }
    return true;
  }

  std::vector<Level> levels_;
  std::string error_;
};

}  // namespace

std::string to_json(const Value& value) {
  std::string out;
  write(value, out);
  return out;
}

std::optional<Value> from_json(std::string_view json, std::string& error) {
  Reader reader;
  if (!nlohmann::json::sax_parse(json.begin(), json.end(), &reader)) {
    error = reader.take_error();
    if (error.empty()) error = "it is no JSON";
    return std::nullopt;
  }
  return std::move(reader.result);
}

}  // namespace space::values
