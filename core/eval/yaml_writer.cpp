#include "core/eval/yaml_writer.h"

#include <string_view>
#include <vector>

#include "core/values/text.h"

namespace space::eval {

using values::TypeKind;
using values::Value;

namespace {

constexpr std::size_t k_width = 80;
constexpr int k_indent = 2;
constexpr std::size_t k_longest_simple_key = 128;

bool is_break(std::int32_t code) {
  return code == '\r' || code == '\n' || code == 0x85 || code == 0x2028 || code == 0x2029;
}

// What libyaml writes as it is; a tab and everything beyond the basic plane are not.
bool is_printable(std::int32_t code) {
  return code == '\n' || (code >= 0x20 && code <= 0x7E) || (code >= 0xA0 && code <= 0xD7FF) ||
         (code >= 0xE000 && code <= 0xFFFD && code != 0xFEFF);
}

struct Analysis {
  bool multiline = false;
  bool block_allowed = true;
};

Analysis analyze(std::string_view text) {
  Analysis analysis;
  analysis.block_allowed = !text.empty();
  bool before_space = false;
  while (!text.empty()) {
    const values::CodePoint point = values::first_code_point(text);
    text.remove_prefix(point.size);
    if (!is_printable(point.code)) analysis.block_allowed = false;
    if (is_break(point.code)) {
      analysis.multiline = true;
      if (before_space) analysis.block_allowed = false;
      before_space = false;
    } else {
      before_space = point.code == ' ';
      if (before_space && text.empty()) analysis.block_allowed = false;
    }
  }
  return analysis;
}

// libyaml's emitter with the few states that are needed here.
class Writer {
 public:
  std::string document(const Value& value) {
    node(value, Context::Root);
    write_indent();
    // What could go on must be ended.
    if (open_ended_) {
      indicator("...", true, false, false);
      write_indent();
    }
    return std::move(out_);
  }

 private:
  enum class Context { Root, SequenceItem, MappingKey, MappingValue };

  void put(char c) {
    out_ += c;
    ++column_;
  }
  void put_text(std::string_view text) {
    out_ += text;
    column_ += 1;  // one character
  }
  void put_break() {
    out_ += '\n';
    column_ = 0;
  }

  void write_indent() {
    const auto indent = static_cast<std::size_t>(indent_ < 0 ? 0 : indent_);
    if (!indention_ || column_ > indent || (column_ == indent && !whitespace_)) put_break();
    while (column_ < indent) put(' ');
    whitespace_ = true;
    indention_ = true;
  }

  void indicator(std::string_view text, bool need_whitespace, bool is_whitespace,
                 bool is_indention) {
    if (need_whitespace && !whitespace_) put(' ');
    for (const char c : text) put(c);
    whitespace_ = is_whitespace;
    indention_ = indention_ && is_indention;
    open_ended_ = false;
  }

  void node(const Value& value, Context context) {
    if (value.is_null()) return scalar("null", Quotes::None, context);
    switch (value.kind()) {
      case TypeKind::Bool:
        return scalar(value.as_bool() ? "true" : "false", Quotes::None, context);
      case TypeKind::Number:
        return scalar(value.as_number().to_string(), Quotes::None, context);
      case TypeKind::String:
        return scalar(value.as_string(), Quotes::Text, context);
      case TypeKind::Map:
      case TypeKind::Object:
        return mapping(value.as_map());
      default:
        return sequence(value.as_list(), context);
    }
  }

  void sequence(const values::ValueList& elements, Context context) {
    if (elements.empty()) {
      indicator("[", true, true, false);
      return indicator("]", false, false, false);
    }
    const int before = indent_;
    // In a mapping a list is not indented further.
    const bool in_mapping = context == Context::MappingKey || context == Context::MappingValue;
    increase_indent(in_mapping && !indention_);
    for (const Value& element : elements) {
      write_indent();
      indicator("-", true, false, true);
      node(element, Context::SequenceItem);
    }
    indent_ = before;
  }

  void mapping(const values::ValueMap& entries) {
    if (entries.empty()) {
      indicator("{", true, true, false);
      return indicator("}", false, false, false);
    }
    const int before = indent_;
    increase_indent(false);
    for (const auto& [key, value] : entries) {
      write_indent();
      const bool simple = !analyze(key).multiline && key.size() <= k_longest_simple_key;
      if (simple) {
        scalar(key, Quotes::Text, Context::MappingKey);
        indicator(":", false, false, false);
      } else {
        indicator("?", true, false, true);
        scalar(key, Quotes::Text, Context::MappingValue);
        write_indent();
        indicator(":", true, false, true);
      }
      node(value, Context::MappingValue);
    }
    indent_ = before;
  }

  void increase_indent(bool indentless) {
    if (indent_ < 0) {
      indent_ = 0;
    } else if (!indentless) {
      indent_ += k_indent;
    }
  }

  enum class Quotes { None, Text };

  void scalar(std::string_view text, Quotes quotes, Context context) {
    const int before = indent_;
    indent_ = indent_ < 0 ? k_indent : indent_ + k_indent;
    if (quotes == Quotes::None) {
      plain(text);
      open_ended_ = open_ended_ || context == Context::Root;
    } else {
      const bool key = context == Context::MappingKey;
      const bool literal =
          text.find('\n') != std::string_view::npos && analyze(text).block_allowed && !key;
      if (literal) {
        literal_block(text);
      } else {
        double_quoted(text, !key);
      }
    }
    indent_ = before;
  }

  void plain(std::string_view text) {
    if (!whitespace_) put(' ');
    for (const char c : text) put(c);
    whitespace_ = false;
    indention_ = false;
  }

  void escape(std::int32_t code) {
    put('\\');
    switch (code) {
      case 0x00:
        return put('0');
      case 0x07:
        return put('a');
      case 0x08:
        return put('b');
      case 0x09:
        return put('t');
      case 0x0A:
        return put('n');
      case 0x0B:
        return put('v');
      case 0x0C:
        return put('f');
      case 0x0D:
        return put('r');
      case 0x1B:
        return put('e');
      case '"':
        return put('"');
      case '\\':
        return put('\\');
      case 0x85:
        return put('N');
      case 0xA0:
        return put('_');
      case 0x2028:
        return put('L');
      case 0x2029:
        return put('P');
      default:
        break;
    }
    const int digits = code <= 0xFF ? 2 : code <= 0xFFFF ? 4 : 8;
    put(digits == 2 ? 'x' : digits == 4 ? 'u' : 'U');
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
      put("0123456789ABCDEF"[static_cast<std::size_t>((code >> shift) & 15)]);
    }
  }

  void double_quoted(std::string_view text, bool may_break) {
    indicator("\"", true, false, false);
    bool after_space = false;
    for (std::size_t i = 0; i < text.size();) {
      const values::CodePoint point = values::first_code_point(text.substr(i));
      if (!is_printable(point.code) || is_break(point.code) || point.code == '"' ||
          point.code == '\\') {
        escape(point.code);
        after_space = false;
      } else if (point.code == ' ') {
        if (may_break && !after_space && column_ > k_width && i > 0 && i + 1 < text.size()) {
          write_indent();
          if (text[i + 1] == ' ') put('\\');
        } else {
          put(' ');
        }
        after_space = true;
      } else {
        put_text(text.substr(i, point.size));
        after_space = false;
      }
      i += point.size;
    }
    indicator("\"", false, false, false);
    whitespace_ = false;
    indention_ = false;
  }

  void literal_block(std::string_view text) {
    indicator("|", true, false, false);
    if (text.front() == ' ' || text.front() == '\n') indicator("2", false, false, false);
    if (!text.ends_with('\n')) {
      indicator("-", false, false, false);
    } else if (text.size() == 1 || text[text.size() - 2] == '\n') {
      indicator("+", false, false, false);
    }
    put_break();
    indention_ = true;
    whitespace_ = true;
    bool at_start = true;
    for (std::size_t i = 0; i < text.size();) {
      const values::CodePoint point = values::first_code_point(text.substr(i));
      if (is_break(point.code)) {
        out_ += text.substr(i, point.size);
        column_ = 0;
        indention_ = true;
        at_start = true;
      } else {
        if (at_start) write_indent();
        put_text(text.substr(i, point.size));
        indention_ = false;
        at_start = false;
      }
      i += point.size;
    }
  }

  std::string out_;
  std::size_t column_ = 0;
  int indent_ = -1;
  bool whitespace_ = true;
  bool indention_ = true;
  bool open_ended_ = false;
};

}  // namespace

std::string to_yaml(const Value& value) { return Writer().document(value); }

}  // namespace space::eval
