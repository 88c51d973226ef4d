#include <algorithm>

#include "core/base/check.h"
#include "core/base/escapes.h"
#include "core/values/render.h"
#include "core/values/text.h"

namespace space::values {

namespace {

// Columns as `tofu fmt` counts them to align: one a grapheme cluster.
std::size_t width(std::string_view text) { return count_graphemes(text); }

class Writer {
 public:
  enum class Lines { One, Many };
  explicit Writer(Lines lines) : lines_(lines) {}

  void write(const Value& value, int indent) {
    SPACE_CHECK(value.is_known(), "an unknown value has no text");
    SPACE_CHECK(value.marks() == Marks{}, "a marked value has no text");
    if (value.is_null()) {
      out_ += "null";
      return;
    }
    switch (value.kind()) {
      case TypeKind::String:
        out_ += quote_hcl(value.as_string());
        return;
      case TypeKind::Number:
        out_ += value.as_number().to_string();
        return;
      case TypeKind::Bool:
        out_ += value.as_bool() ? "true" : "false";
        return;
      case TypeKind::Map:
      case TypeKind::Object:
        return entries(value.as_map(), indent);
      default:
        return elements(value.as_list(), indent);
    }
  }

  std::string take() { return std::move(out_); }

 private:
  static bool has_lines(const Value& value) {
    if (value.is_null()) return false;
    switch (value.kind()) {
      case TypeKind::Map:
      case TypeKind::Object:
        return !value.as_map().empty();
      case TypeKind::List:
      case TypeKind::Set:
      case TypeKind::Tuple:
        for (const Value& element : value.as_list()) {
          if (has_lines(element)) return true;
        }
        return false;
      default:
        return false;
    }
  }

  void line(int indent) {
    out_ += '\n';
    out_.append(static_cast<std::size_t>(indent), ' ');
  }

  // A list stands on one line unless an element needs more; then each element has its own.
  void elements(const ValueList& list, int indent) {
    bool split = false;
    if (lines_ == Lines::Many) {
      for (const Value& element : list) split = split || has_lines(element);
    }
    out_ += '[';
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (split) {
        line(indent + 2);
      } else if (i > 0) {
        out_ += ", ";
      }
      write(list[i], indent + 2);
      if (split) out_ += ',';
    }
    if (split) line(indent);
    out_ += ']';
  }

  static std::string key_text(const std::string& key) {
    // A bare `null`, `true` or `for` would be read as something else.
    const bool word = key == "null" || key == "true" || key == "false" || key == "for";
    return is_identifier(key) && !word ? key : quote_hcl(key);
  }

  void entries(const ValueMap& map, int indent) {
    if (map.empty()) {
      out_ += "{}";
      return;
    }
    if (lines_ == Lines::One) {
      out_ += "{ ";
      bool first = true;
      for (const auto& [key, entry] : map) {
        if (!first) out_ += ", ";
        first = false;
        out_ += key_text(key);
        out_ += " = ";
        write(entry, indent);
      }
      out_ += " }";
      return;
    }
    std::vector<std::pair<std::string, const Value*>> rows;
    rows.reserve(map.size());
    for (const auto& [key, entry] : map) rows.emplace_back(key_text(key), &entry);
    out_ += '{';
    // `=` is aligned over a run of neighbouring one-line entries; an entry of many lines stands for
    // itself.
    for (std::size_t begin = 0; begin < rows.size();) {
      std::size_t end = begin, widest = 0;
      for (; end < rows.size() && !has_lines(*rows[end].second); ++end) {
        widest = std::max(widest, width(rows[end].first));
      }
      if (end == begin) widest = width(rows[end++].first);
      for (std::size_t i = begin; i < end; ++i) {
        line(indent + 2);
        out_ += rows[i].first;
        out_.append(widest - width(rows[i].first), ' ');
        out_ += " = ";
        write(*rows[i].second, indent + 2);
      }
      begin = end;
    }
    line(indent);
    out_ += '}';
  }

  Lines lines_;
  std::string out_;
};

}  // namespace

std::string to_hcl(const Value& value, int indent) {
  Writer writer(Writer::Lines::Many);
  writer.write(value, indent);
  return writer.take();
}

std::string to_hcl_line(const Value& value) {
  Writer writer(Writer::Lines::One);
  writer.write(value, 0);
  return writer.take();
}

std::string quote_hcl(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 2);
  out += '"';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (const char letter = base::escape_letter(c); letter != '\0') {
      out += '\\';
      out += letter;
    } else if (c == '$' || c == '%') {
      out += c;
      if (i + 1 < text.size() && text[i + 1] == '{') out += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += "\\u00";
      base::append_hex(out, static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  out += '"';
  return out;
}

bool is_identifier(std::string_view text) {
  if (text.empty()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    const bool later = (c >= '0' && c <= '9') || c == '-';
    if (!letter && (i == 0 || !later)) return false;
  }
  return true;
}

}  // namespace space::values
