// format and formatlist: C's printf as Go and cty have it.
#include <algorithm>
#include <cctype>

#include "core/base/strings.h"
#include "core/eval/function_families.h"
#include "core/values/convert.h"
#include "core/values/render.h"
#include "core/values/text.h"

namespace space::eval {

using values::Number;
using values::Type;
using values::TypeKind;
using values::Value;

namespace {

constexpr int k_widest = 1'000'000;

// `%-08.3[2]f`, taken apart.
struct Verb {
  std::string raw;
  std::size_t argument = 1;  // from 1
  char mode = 0;
  bool zero = false, sharp = false, plus = false, minus = false, blank = false;
  std::optional<int> width, precision;
};

struct Failure {
  std::size_t argument = FunctionError::k_call;  // among the values, from 0
  std::string message;
};

std::optional<int> read_number(std::string_view format, std::size_t& at) {
  int number = 0;
  const std::size_t begin = at;
  for (; at < format.size() && std::isdigit(static_cast<unsigned char>(format[at])); ++at) {
    number = std::min(number * 10 + (format[at] - '0'), k_widest);
  }
  if (at == begin) return std::nullopt;
  return number;
}

// From the `%` at `at`; leaves `at` behind the letter. Nothing for what is no verb.
std::optional<Verb> read_verb(std::string_view format, std::size_t& at, std::size_t next_argument) {
  Verb verb;
  verb.argument = next_argument;
  const std::size_t begin = at++;
  for (bool flags = true; flags && at < format.size();) {
    switch (format[at]) {
      case '0':
        verb.zero = true;
        break;
      case '#':
        verb.sharp = true;
        break;
      case '-':
        verb.minus = true;
        break;
      case '+':
        verb.plus = true;
        break;
      case ' ':
        verb.blank = true;
        break;
      default:
        flags = false;
    }
    if (flags) ++at;
  }
  verb.width = read_number(format, at);
  if (at < format.size() && format[at] == '.') {
    ++at;
    verb.precision = read_number(format, at).value_or(0);
  }
  if (at < format.size() && format[at] == '[') {
    ++at;
    const bool zero = at < format.size() && format[at] == '0';
    const std::optional<int> index = read_number(format, at);
    if (!index || zero || at >= format.size() || format[at] != ']') return std::nullopt;
    ++at;
    verb.argument = static_cast<std::size_t>(*index);
  }
  if (at >= format.size() || !std::isalpha(static_cast<unsigned char>(format[at])))
    return std::nullopt;
  verb.mode = format[at++];
  verb.raw = std::string(format.substr(begin, at - begin));
  return verb;
}

std::string pad(const Verb& verb, std::string value) {
  if (!verb.width) return value;
  const std::size_t length = values::count_graphemes(value);
  const auto wanted = static_cast<std::size_t>(*verb.width);
  if (length >= wanted) return value;
  const std::string padding(wanted - length, verb.zero ? '0' : ' ');
  return verb.minus ? value + padding : padding + value;
}

std::string sign_of(const Verb& verb, bool negative) {
  return negative ? "-" : verb.plus ? "+" : verb.blank ? " " : "";
}

std::string format_integer(const Verb& verb, const Number& number) {
  const int base = verb.mode == 'b' ? 2 : verb.mode == 'o' ? 8 : verb.mode == 'd' ? 10 : 16;
  std::string digits = number.absolute().to_radix(base);
  std::string prefix;
  if (verb.sharp && base != 10) prefix = base == 2 ? "0b" : base == 8 ? "0" : "0x";
  if (verb.mode == 'X') {
    std::transform(digits.begin(), digits.end(), digits.begin(), [](char c) {
      return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    if (!prefix.empty()) prefix = "0X";
  }
  if (verb.precision) {
    if (number.is_zero() && *verb.precision == 0) return {};
    const auto least = static_cast<std::size_t>(*verb.precision);
    if (digits.size() < least) digits.insert(0, least - digits.size(), '0');
  }
  const std::string sign = sign_of(verb, number.is_negative());
  const std::size_t length = sign.size() + prefix.size() + digits.size();
  const auto width = static_cast<std::size_t>(verb.width.value_or(0));
  if (length >= width) return sign + prefix + digits;
  const std::size_t missing = width - length;
  if (verb.minus) return sign + prefix + digits + std::string(missing, ' ');
  if (verb.zero && !verb.precision) return sign + prefix + std::string(missing, '0') + digits;
  return std::string(missing, ' ') + sign + prefix + digits;
}

// Go's formats keep the sign of -0, but for those of whole numbers.
bool shows_minus(const Number& number) {
  return number.is_negative() || (number.is_zero() && number.to_string().starts_with('-'));
}

std::string format_float(const Verb& verb, const Number& number) {
  const Number magnitude = number.absolute();
  std::string digits;
  switch (verb.mode) {
    case 'f':
      digits = magnitude.to_string_digits(verb.precision.value_or(6));
      break;
    case 'e':
    case 'E':
      digits = magnitude.to_scientific(verb.precision.value_or(6));
      break;
    default:
      digits = magnitude.to_general(verb.precision.value_or(-1));
  }
  if (verb.mode == 'E' || verb.mode == 'G') {
    std::replace(digits.begin(), digits.end(), 'e', 'E');
  }
  const std::string sign = sign_of(verb, shows_minus(number));
  const auto width = static_cast<std::size_t>(verb.width.value_or(0));
  const std::size_t length = sign.size() + digits.size();
  if (length >= width) return sign + digits;
  const std::size_t missing = width - length;
  if (verb.minus) return sign + digits + std::string(missing, ' ');
  if (verb.zero) return sign + std::string(missing, '0') + digits;
  return std::string(missing, ' ') + sign + digits;
}

std::string unsuitable(const Verb& verb, const std::string& why) {
  return "`" + verb.raw + "` cannot write this value: " + why;
}

std::optional<Failure> write(const Verb& verb, const Value& value, std::size_t argument,
                             std::string& out) {
  const auto fail = [&](const std::string& why) {
    return Failure{argument, unsuitable(verb, why)};
  };
  if (verb.mode != 'v' && value.is_null()) return fail("it is null");
  const auto converted = [&](const Type& wanted) { return values::convert(value, wanted); };
  switch (verb.mode) {
    case 'v': {
      const bool plain = !verb.sharp && !value.is_null();
      if (plain && value.kind() == TypeKind::String) {
        out += pad(verb, value.as_string());
      } else if (plain && value.kind() == TypeKind::Number) {
        const Number& number = value.as_number();
        out += pad(verb, (shows_minus(number) ? "-" : "") + number.absolute().to_general(-1));
      } else {
        out += pad(verb, values::to_json(value));
      }
      return std::nullopt;
    }
    case 't': {
      const values::Conversion truth = converted(Type::boolean());
      if (!truth.value) return fail(truth.error.message);
      out += truth.value->as_bool() ? "true" : "false";
      return std::nullopt;
    }
    case 'b':
    case 'd':
    case 'o':
    case 'x':
    case 'X':
    case 'e':
    case 'E':
    case 'f':
    case 'g':
    case 'G': {
      const values::Conversion number = converted(Type::number());
      if (!number.value) return fail(number.error.message);
      const bool whole = std::string_view("bdoxX").find(verb.mode) != std::string_view::npos;
      if (whole && !number.value->as_number().is_integer())
        return fail("a whole number is required");
      out += whole ? format_integer(verb, number.value->as_number())
                   : format_float(verb, number.value->as_number());
      return std::nullopt;
    }
    case 's':
    case 'q': {
      const values::Conversion string = converted(Type::string());
      if (!string.value) return fail(string.error.message);
      std::string_view kept = string.value->as_string();
      if (verb.precision.value_or(0) > 0) {
        std::size_t size = 0;
        for (int i = 0; i < *verb.precision && size < kept.size(); ++i)
          size += values::first_grapheme(kept.substr(size));
        kept = kept.substr(0, size);
      }
      std::string written(kept);
      if (verb.mode == 'q') written = values::to_json(text(std::move(written)));
      out += pad(verb, std::move(written));
      return std::nullopt;
    }
    default:
      return Failure{FunctionError::k_call, "`" + verb.raw +
                                                "` has no meaning: there is no verb `" +
                                                std::string(1, verb.mode) + "`"};
  }
}

std::optional<Failure> format_text(std::string_view format, std::span<const Value> values,
                                   std::string& out) {
  std::size_t next = 1, highest = 0;
  for (std::size_t at = 0; at < format.size();) {
    if (format[at] != '%') {
      out += format[at++];
      continue;
    }
    if (format.substr(at, 2) == "%%") {
      out += '%';
      at += 2;
      continue;
    }
    const std::size_t begin = at;
    const std::optional<Verb> verb = read_verb(format, at, next);
    if (!verb) {
      return Failure{FunctionError::k_call, "the format is not complete at `" +
                                                std::string(format.substr(begin, at - begin + 1)) +
                                                "`"};
    }
    highest = std::max(highest, verb->argument);
    if (verb->argument > values.size()) {
      return Failure{FunctionError::k_call, "`" + verb->raw + "` wants value " +
                                                std::to_string(verb->argument) +
                                                ", and there are " + std::to_string(values.size())};
    }
    if (auto failure = write(*verb, values[verb->argument - 1], verb->argument - 1, out))
      return failure;
    next = verb->argument + 1;
  }
  if (highest < values.size()) {
    return Failure{highest, highest == 0 ? std::string("the format has no verb for this value")
                                         : "the format uses only " + std::to_string(highest) +
                                               " of the values"};
  }
  return std::nullopt;
}

FunctionResult refuse_format(const Failure& failure) {
  if (failure.argument == FunctionError::k_call) return refuse(0, failure.message);
  return refuse(failure.argument + 1, failure.message);
}

FunctionResult format(Arguments arguments, const FunctionContext&) {
  if (!std::all_of(arguments.begin(), arguments.end(),
                   [](const Value& value) { return value.is_wholly_known(); })) {
    return give(Value::unknown(Type::string()));
  }
  std::string out;
  if (const auto failure = format_text(text_of(arguments[0]), arguments.subspan(1), out))
    return refuse_format(*failure);
  return give(text(std::move(out)));
}

bool is_sequence(const Value& value) {
  const TypeKind kind = value.kind();
  return kind == TypeKind::List || kind == TypeKind::Set || kind == TypeKind::Tuple;
}

FunctionResult format_list(Arguments arguments, const FunctionContext&) {
  if (!arguments[0].is_known()) return give(Value::unknown(Type::list(Type::string())));
  const Arguments given = arguments.subspan(1);
  std::optional<std::size_t> length;
  std::size_t chooser = 0;
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (!given[i].is_known() && (is_sequence(given[i]) || given[i].kind() == TypeKind::Any)) {
      return give(Value::unknown(Type::list(Type::string())));
    }
    if (!is_sequence(given[i]) || given[i].is_null()) continue;
    const std::size_t size = given[i].as_list().size();
    if (length && *length != size) {
      return refuse(i + 1, "it has " + std::to_string(size) + " elements, and argument " +
                               std::to_string(chooser + 1) + " has " + std::to_string(*length));
    }
    if (!length) chooser = i;
    length = size;
  }
  values::ValueList lines;
  std::vector<Value> row(given.size());
  for (std::size_t nth = 0; nth < length.value_or(1); ++nth) {
    bool known = true;
    for (std::size_t i = 0; i < given.size(); ++i) {
      row[i] = is_sequence(given[i]) && !given[i].is_null() ? given[i].as_list()[nth] : given[i];
      known = known && row[i].is_wholly_known();
    }
    if (!known) {
      lines.push_back(Value::unknown(Type::string()));
      continue;
    }
    std::string out;
    if (const auto failure = format_text(text_of(arguments[0]), row, out))
      return refuse_format(*failure);
    lines.push_back(text(std::move(out)));
  }
  return give(Value::list(Type::string(), std::move(lines)));
}

// The format itself must be known, but the values need not: a list keeps the lines that are.
constexpr Behaviour k_functions[] = {
    {"format", format, ~ParameterSet{1}},
    {"formatlist", format_list, ~ParameterSet{1}},
};

}  // namespace

std::span<const Behaviour> format_functions() { return k_functions; }

}  // namespace space::eval
