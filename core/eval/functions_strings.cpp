// chomp endswith indent join lower startswith split strcontains strrev substr title trim trimprefix
// trimspace trimsuffix upper.
#include <algorithm>

#include "core/base/strings.h"
#include "core/eval/function_families.h"
#include "core/values/text.h"

namespace space::eval {

using values::Type;
using values::Value;

namespace {

constexpr std::size_t k_longest = std::size_t{64} << 20;  // a text that a function makes

FunctionResult upper(Arguments arguments, const FunctionContext&) {
  return give(text(values::to_upper(text_of(arguments[0]))));
}
FunctionResult lower(Arguments arguments, const FunctionContext&) {
  return give(text(values::to_lower(text_of(arguments[0]))));
}
FunctionResult title(Arguments arguments, const FunctionContext&) {
  return give(text(values::to_title(text_of(arguments[0]))));
}

FunctionResult reverse_text(Arguments arguments, const FunctionContext&) {
  std::string_view rest = text_of(arguments[0]);
  std::string reversed(rest.size(), '\0');
  std::size_t end = rest.size();
  while (!rest.empty()) {
    const std::size_t size = values::first_grapheme(rest);
    end -= size;
    rest.copy(reversed.data() + end, size);
    rest.remove_prefix(size);
  }
  return give(text(std::move(reversed)));
}

// The byte where the nth grapheme ends, or the end of the text.
std::size_t after_graphemes(std::string_view whole, std::int64_t count) {
  std::size_t at = 0;
  for (; count > 0 && at < whole.size(); --count) at += values::first_grapheme(whole.substr(at));
  return at;
}

FunctionResult substring(Arguments arguments, const FunctionContext&) {
  std::string_view rest = text_of(arguments[0]);
  const auto from = arguments[1].as_number().to_int64();
  const auto length = arguments[2].as_number().to_int64();
  if (!from) return refuse(1, "a whole number is required");
  if (!length) return refuse(2, "a whole number is required");
  std::int64_t offset = *from;
  // From the end, a length of 0 reads to the end, as tofu has it.
  if (offset < 0) {
    offset += static_cast<std::int64_t>(values::count_graphemes(rest));
  } else if (*length == 0) {
    return give(text(""));
  }
  if (offset > 0) rest.remove_prefix(after_graphemes(rest, offset));
  if (*length > 0) rest = rest.substr(0, after_graphemes(rest, *length));
  return give(text(std::string(rest)));
}

FunctionResult join(Arguments arguments, const FunctionContext&) {
  if (arguments.size() < 2) return refuse_call("at least one list is required");
  for (const Value& list : arguments.subspan(1)) {
    if (!list.is_wholly_known()) return give(Value::unknown(Type::string()));
  }
  std::string joined;
  bool first = true;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    for (const Value& element : arguments[i].as_list()) {
      if (element.is_null()) return refuse(i, "an element is null");
      if (!first) joined += text_of(arguments[0]);
      first = false;
      joined += element.as_string();
      if (joined.size() > k_longest) return refuse_call("the text becomes too long");
    }
  }
  return give(text(std::move(joined)));
}

FunctionResult split(Arguments arguments, const FunctionContext&) {
  const std::string_view separator = text_of(arguments[0]);
  std::string_view rest = text_of(arguments[1]);
  values::ValueList parts;
  if (separator.empty()) {
    for (std::size_t size = 0; !rest.empty(); rest.remove_prefix(size)) {
      size = values::first_code_point(rest).size;
      parts.push_back(text(std::string(rest.substr(0, size))));
    }
    return give(Value::list(Type::string(), std::move(parts)));
  }
  for (;;) {
    const std::size_t at = rest.find(separator);
    parts.push_back(text(std::string(rest.substr(0, at))));
    if (at == std::string_view::npos) break;
    rest.remove_prefix(at + separator.size());
  }
  return give(Value::list(Type::string(), std::move(parts)));
}

FunctionResult chomp(Arguments arguments, const FunctionContext&) {
  std::string_view rest = text_of(arguments[0]);
  while (rest.ends_with('\n') || rest.ends_with('\r')) rest.remove_suffix(1);
  return give(text(std::string(rest)));
}

FunctionResult indent(Arguments arguments, const FunctionContext&) {
  const auto spaces = arguments[0].as_number().to_int64();
  const std::string& lines = text_of(arguments[1]);
  if (!spaces || *spaces < 0) return refuse(0, "a whole number that is not negative is required");
  const auto breaks = static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n'));
  if (static_cast<std::uint64_t>(*spaces) > k_longest / (breaks + 1))
    return refuse(0, "the text becomes too long");
  return give(text(
      base::replace_all(lines, "\n", "\n" + std::string(static_cast<std::size_t>(*spaces), ' '))));
}

std::string_view trim_space_text(std::string_view rest) {
  while (!rest.empty()) {
    const values::CodePoint first = values::first_code_point(rest);
    if (!values::is_space(first.code)) break;
    rest.remove_prefix(first.size);
  }
  // The last character starts at a byte that is no continuation.
  while (!rest.empty()) {
    std::size_t at = rest.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(rest[at]) & 0xC0) == 0x80) --at;
    if (!values::is_space(values::first_code_point(rest.substr(at)).code)) break;
    rest = rest.substr(0, at);
  }
  return rest;
}

FunctionResult trim_space(Arguments arguments, const FunctionContext&) {
  return give(text(std::string(trim_space_text(text_of(arguments[0])))));
}

bool holds_character(std::string_view set, std::int32_t code) {
  while (!set.empty()) {
    const values::CodePoint first = values::first_code_point(set);
    if (first.code == code) return true;
    set.remove_prefix(first.size);
  }
  return false;
}

FunctionResult trim(Arguments arguments, const FunctionContext&) {
  std::string_view rest = text_of(arguments[0]);
  const std::string_view cut = text_of(arguments[1]);
  while (!rest.empty()) {
    const values::CodePoint first = values::first_code_point(rest);
    if (!holds_character(cut, first.code)) break;
    rest.remove_prefix(first.size);
  }
  while (!rest.empty()) {
    std::size_t at = rest.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(rest[at]) & 0xC0) == 0x80) --at;
    if (!holds_character(cut, values::first_code_point(rest.substr(at)).code)) break;
    rest = rest.substr(0, at);
  }
  return give(text(std::string(rest)));
}

FunctionResult trim_prefix(Arguments arguments, const FunctionContext&) {
  std::string_view rest = text_of(arguments[0]);
  if (rest.starts_with(text_of(arguments[1]))) rest.remove_prefix(text_of(arguments[1]).size());
  return give(text(std::string(rest)));
}

FunctionResult trim_suffix(Arguments arguments, const FunctionContext&) {
  std::string_view rest = text_of(arguments[0]);
  if (rest.ends_with(text_of(arguments[1]))) rest.remove_suffix(text_of(arguments[1]).size());
  return give(text(std::string(rest)));
}

FunctionResult starts_with(Arguments arguments, const FunctionContext&) {
  if (!arguments[0].is_known()) {
    return give(text_of(arguments[1]).empty() ? Value::boolean(true)
                                              : Value::unknown(Type::boolean()));
  }
  return give(Value::boolean(text_of(arguments[0]).starts_with(text_of(arguments[1]))));
}
FunctionResult ends_with(Arguments arguments, const FunctionContext&) {
  return give(Value::boolean(text_of(arguments[0]).ends_with(text_of(arguments[1]))));
}
FunctionResult contains_text(Arguments arguments, const FunctionContext&) {
  return give(
      Value::boolean(text_of(arguments[0]).find(text_of(arguments[1])) != std::string::npos));
}

constexpr Behaviour k_functions[] = {
    {"upper", upper},
    {"lower", lower},
    {"title", title},
    {"strrev", reverse_text},
    {"substr", substring},
    {"join", join},
    {"split", split},
    {"chomp", chomp},
    {"indent", indent},
    {"trimspace", trim_space},
    {"trim", trim},
    {"trimprefix", trim_prefix},
    {"trimsuffix", trim_suffix},
    {"startswith", starts_with, ParameterSet{1}},
    {"endswith", ends_with},
    {"strcontains", contains_text},
};

}  // namespace

std::span<const Behaviour> string_functions() { return k_functions; }

}  // namespace space::eval
