#include "core/values/order.h"

#include <algorithm>
#include <cstdint>

#include "core/base/check.h"
#include "core/base/escapes.h"

namespace space::values {

namespace {

void append_quoted(std::string_view text, std::string& out) {
  constexpr std::string_view k_rare = "\a\b\f\v", k_letters = "abfv";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (const char letter = base::escape_letter(c); letter != '\0') {
      out += '\\';
      out += letter;
    } else if (const auto rare = k_rare.find(c); rare != std::string_view::npos) {
      out += '\\';
      out += k_letters[rare];
    } else if (byte < 0x20 || byte == 0x7F) {
      out += "\\x";
      base::append_hex(out, byte);
    } else {
      out += c;
    }
  }
  out += '"';
}

void append_order_text(const Value& value, std::string& out) {
  if (!value.is_known()) {
    out += '?';
    return;
  }
  if (value.is_null()) {
    out += '~';
    return;
  }
  switch (value.kind()) {
    case TypeKind::Number:
      out += value.as_number().to_general(10);
      return;
    case TypeKind::Bool:
      out += value.as_bool() ? 'T' : 'F';
      return;
    case TypeKind::String:
      append_quoted(value.as_string(), out);
      return;
    case TypeKind::Map:
      out += '{';
      for (const auto& [key, entry] : value.as_map()) {
        append_quoted(key, out);
        out += ':';
        append_order_text(entry, out);
        out += ';';
      }
      out += '}';
      return;
    case TypeKind::Object:
      out += '<';
      for (const auto& [name, attribute] : value.as_map()) {
        append_order_text(attribute, out);
        out += ';';
      }
      out += '>';
      return;
    default: {
      const bool tuple = value.kind() == TypeKind::Tuple;
      out += tuple ? '<' : '[';
      for (const Value& element : value.as_list()) {
        append_order_text(element, out);
        out += ';';
      }
      out += tuple ? '>' : ']';
    }
  }
}

int rank(const Value& value) { return value.is_null() ? 2 : value.is_known() ? 0 : 1; }

bool less_primitive(const Value& a, const Value& b) {
  switch (a.kind()) {
    case TypeKind::String:
      return a.as_string() < b.as_string();
    case TypeKind::Number:
      return a.as_number() < b.as_number();
    default:
      return !a.as_bool() && b.as_bool();
  }
}

bool is_primitive_kind(TypeKind kind) {
  return kind == TypeKind::String || kind == TypeKind::Number || kind == TypeKind::Bool;
}

// Whether the types could never be one, whatever the unknown parts of `any` turn out to be.
bool may_conform(const Type& a, const Type& b) {
  if (a.kind() == TypeKind::Any || b.kind() == TypeKind::Any) return true;
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case TypeKind::List:
    case TypeKind::Set:
    case TypeKind::Map:
      return may_conform(a.element(), b.element());
    case TypeKind::Tuple:
      return std::equal(a.elements().begin(), a.elements().end(), b.elements().begin(),
                        b.elements().end(), may_conform);
    case TypeKind::Object:
      return std::equal(a.attributes().begin(), a.attributes().end(), b.attributes().begin(),
                        b.attributes().end(), [](const auto& x, const auto& y) {
                          return x.first == y.first && may_conform(x.second.type, y.second.type);
                        });
    default:
      return true;
  }
}

bool has_unknown_type(const Value& value) {
  if (value.is_wholly_known()) return false;
  if (!value.is_known()) return value.type().has_any();
  if (value.is_null()) return false;
  switch (value.kind()) {
    case TypeKind::List:
    case TypeKind::Set:
    case TypeKind::Tuple:
      return std::any_of(value.as_list().begin(), value.as_list().end(), has_unknown_type);
    case TypeKind::Map:
    case TypeKind::Object:
      return std::any_of(value.as_map().begin(), value.as_map().end(),
                         [](const auto& entry) { return has_unknown_type(entry.second); });
    default:
      return false;
  }
}

std::optional<bool> equal_lists(const ValueList& a, const ValueList& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::optional<bool> same = equal(a[i], b[i]);
    if (!same || !*same) return same;
  }
  return true;
}

std::optional<bool> equal_maps(const ValueMap& a, const ValueMap& b) {
  if (a.size() != b.size()) return false;
  for (auto x = a.begin(), y = b.begin(); x != a.end(); ++x, ++y) {
    if (x->first != y->first) return false;
  }
  for (auto x = a.begin(), y = b.begin(); x != a.end(); ++x, ++y) {
    const std::optional<bool> same = equal(x->second, y->second);
    if (!same || !*same) return same;
  }
  return true;
}

}  // namespace

void sort_and_unique(ValueList& elements) {
  if (elements.size() < 2) return;
  const bool primitive = std::all_of(elements.begin(), elements.end(), [&](const Value& element) {
    return is_primitive_kind(element.kind()) && element.kind() == elements.front().kind();
  });
  if (primitive) {
    std::stable_sort(elements.begin(), elements.end(), [](const Value& a, const Value& b) {
      const int x = rank(a), y = rank(b);
      return x != y ? x < y : x == 0 && less_primitive(a, b);
    });
  } else {
    struct Keyed {
      int rank;
      std::string text;
      Value value;
    };
    std::vector<Keyed> keyed;
    keyed.reserve(elements.size());
    for (Value& element : elements) {
      std::string text;
      append_order_text(element, text);
      keyed.push_back({rank(element), std::move(text), std::move(element)});
    }
    std::stable_sort(keyed.begin(), keyed.end(), [](const Keyed& a, const Keyed& b) {
      return a.rank != b.rank ? a.rank < b.rank : a.text < b.text;
    });
    // Two that differ can share a text (numbers of more than ten digits): look through the whole
    // run of it.
    ValueList kept;
    kept.reserve(keyed.size());
    std::size_t run = 0;
    for (std::size_t i = 0; i < keyed.size(); ++i) {
      if (i > 0 && (keyed[i].rank != keyed[i - 1].rank || keyed[i].text != keyed[i - 1].text)) {
        run = kept.size();
      }
      const bool repeat = std::any_of(
          kept.begin() + static_cast<std::ptrdiff_t>(run), kept.end(),
          [&](const Value& seen) { return equal(seen, keyed[i].value).value_or(false); });
      if (!repeat) kept.push_back(std::move(keyed[i].value));
    }
    elements = std::move(kept);
    return;
  }
  elements.erase(
      std::unique(elements.begin(), elements.end(),
                  [](const Value& a, const Value& b) { return equal(a, b).value_or(false); }),
      elements.end());
}

Value without_marks_deep(const Value& value) {
  if (value.marks_deep() == Marks{}) return value;
  if (!value.is_known() || value.is_null()) return value.without_marks();
  switch (value.kind()) {
    case TypeKind::List:
    case TypeKind::Tuple: {
      ValueList elements = value.as_list();
      for (Value& element : elements) element = without_marks_deep(element);
      return value.kind() == TypeKind::Tuple
                 ? Value::tuple(std::move(elements))
                 : Value::list(value.type().element(), std::move(elements));
    }
    case TypeKind::Map:
    case TypeKind::Object: {
      ValueMap entries = value.as_map();
      for (auto& [key, entry] : entries) entry = without_marks_deep(entry);
      return value.kind() == TypeKind::Object
                 ? Value::object(std::move(entries))
                 : Value::map(value.type().element(), std::move(entries));
    }
    default:
      return value.without_marks();
  }
}

std::optional<bool> equal(const Value& a, const Value& b) {
  if (a.is_null() && b.is_null()) return true;
  if (!a.is_known() || !b.is_known()) {
    if (a.is_null() || b.is_null() || (!a.is_known() && !b.is_known())) return std::nullopt;
    const Value& unknown = a.is_known() ? b : a;
    if (unknown.type().has_any() || a.type() == b.type()) return std::nullopt;
    return false;
  }
  if (a.is_null() || b.is_null()) return false;
  if (has_unknown_type(a) || has_unknown_type(b)) {
    if (!may_conform(a.type(), b.type())) return false;
    return std::nullopt;
  }
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case TypeKind::String:
      return a.as_string() == b.as_string();
    case TypeKind::Number:
      return a.as_number() == b.as_number();
    case TypeKind::Bool:
      return a.as_bool() == b.as_bool();
    case TypeKind::List:
    case TypeKind::Tuple:
      if (!(a.type() == b.type())) return false;
      return equal_lists(a.as_list(), b.as_list());
    case TypeKind::Set: {
      if (!(a.type() == b.type())) return false;
      const auto known = [](const Value& element) { return element.is_known(); };
      if (!std::all_of(a.as_list().begin(), a.as_list().end(), known) ||
          !std::all_of(b.as_list().begin(), b.as_list().end(), known)) {
        return std::nullopt;
      }
      // Both are in order and without repeats.
      return equal_lists(a.as_list(), b.as_list()).value_or(false);
    }
    case TypeKind::Map:
    case TypeKind::Object:
      if (!(a.type() == b.type())) return false;
      return equal_maps(a.as_map(), b.as_map());
    case TypeKind::Any:
      break;
  }
  SPACE_CHECK(false, "a known value has a type");
  return std::nullopt;
}

}  // namespace space::values
