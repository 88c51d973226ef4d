// regex regexall replace. RE2 has the syntax of Go's regexp, which tofu uses, and its promise of
// linear time.
#include <re2/re2.h>

#include <algorithm>
#include <cctype>

#include "core/base/strings.h"
#include "core/eval/function_families.h"
#include "core/values/render.h"
#include "core/values/text.h"

namespace space::eval {

using values::Type;
using values::TypeKind;
using values::Value;

namespace {

using Groups = std::vector<re2::StringPiece>;

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Go takes `(?<name>…)` too, and this RE2 only `(?P<name>…)`.
std::string with_old_group_names(std::string_view pattern) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\' && i + 1 < pattern.size()) {
      out += pattern[i++];
    } else if (pattern.substr(i, 3) == "(?<" && i + 3 < pattern.size() &&
               is_name_character(pattern[i + 3])) {
      out += "(?P<";
      i += 2;
      continue;
    }
    out += pattern[i];
  }
  return out;
}

class Pattern {
 public:
  explicit Pattern(std::string_view text) : expression_(with_old_group_names(text), options()) {}

  bool valid() const { return expression_.ok(); }
  std::string problem() const {
    return "this is no regular expression that can be read: " + expression_.error();
  }
  int group_count() const { return expression_.NumberOfCapturingGroups(); }
  const std::map<int, std::string>& names() const { return expression_.CapturingGroupNames(); }

  bool match(std::string_view text, std::size_t from, Groups& groups) const {
    groups.resize(static_cast<std::size_t>(group_count()) + 1);
    return expression_.Match(text, from, text.size(), re2::RE2::UNANCHORED, groups.data(),
                             static_cast<int>(groups.size()));
  }

 private:
  static re2::RE2::Options options() {
    re2::RE2::Options options;
    options.set_log_errors(false);
    return options;
  }
  re2::RE2 expression_;
};

std::size_t offset(std::string_view text, const re2::StringPiece& piece) {
  return static_cast<std::size_t>(piece.data() - text.data());
}

std::size_t width_at(std::string_view text, std::size_t at) {
  return values::first_code_point(text.substr(at)).size;
}

// One value a match: the text, a tuple of the groups, or an object of the named ones.
Value result_of(const Pattern& pattern, const Groups& groups) {
  const auto group = [&](std::size_t nth) {
    const re2::StringPiece& piece = groups[nth];
    return piece.data() == nullptr ? Value::null(Type::string()) : text(std::string(piece));
  };
  if (groups.size() == 1) return group(0);
  if (!pattern.names().empty()) {
    values::ValueMap attributes;
    for (const auto& [index, name] : pattern.names())
      attributes[name] = group(static_cast<std::size_t>(index));
    return Value::object(std::move(attributes));
  }
  values::ValueList elements;
  for (std::size_t i = 1; i < groups.size(); ++i) elements.push_back(group(i));
  return Value::tuple(std::move(elements));
}

Type result_type(const Pattern& pattern) {
  if (pattern.group_count() == 0) return Type::string();
  if (pattern.names().empty()) {
    return Type::tuple(
        std::vector<Type>(static_cast<std::size_t>(pattern.group_count()), Type::string()));
  }
  std::map<std::string, values::ObjectAttribute> attributes;
  for (const auto& [index, name] : pattern.names())
    attributes[name] = {Type::string(), false, nullptr};
  return Type::object(std::move(attributes));
}

std::optional<std::string> problem_of(const Pattern& pattern) {
  if (!pattern.valid()) return pattern.problem();
  const auto named = static_cast<int>(pattern.names().size());
  if (named != 0 && named != pattern.group_count()) return "either all groups have a name, or none";
  return std::nullopt;
}

FunctionResult regex(Arguments arguments, const FunctionContext&) {
  const Pattern pattern(text_of(arguments[0]));
  if (const auto problem = problem_of(pattern)) return refuse(0, *problem);
  if (!arguments[1].is_known()) return give(Value::unknown(result_type(pattern)));
  Groups groups;
  if (!pattern.match(text_of(arguments[1]), 0, groups))
    return refuse(1, "the pattern matches no part of it");
  return give(result_of(pattern, groups));
}

FunctionResult regex_all(Arguments arguments, const FunctionContext&) {
  const Pattern pattern(text_of(arguments[0]));
  if (const auto problem = problem_of(pattern)) return refuse(0, *problem);
  if (!arguments[1].is_known()) return give(Value::unknown(Type::list(result_type(pattern))));
  const std::string_view subject = text_of(arguments[1]);
  values::ValueList results;
  Groups groups;
  std::optional<std::size_t> previous_end;
  for (std::size_t at = 0; at <= subject.size();) {
    if (!pattern.match(subject, at, groups)) break;
    const std::size_t begin = offset(subject, groups[0]), end = begin + groups[0].size();
    // No empty match right after another one.
    bool accept = true;
    if (end == at) {
      accept = !(previous_end && *previous_end == begin);
      at += at < subject.size() ? width_at(subject, at) : 1;
    } else {
      at = end;
    }
    previous_end = end;
    if (accept) results.push_back(result_of(pattern, groups));
  }
  return give(Value::list(result_type(pattern), std::move(results)));
}

// `$1`, `${1}`, `$name`, `${name}` and `$$`, as Go's Regexp.Expand reads them: a bare name is as
// long as it can be.
void expand(const Pattern& pattern, const Groups& groups, std::string_view replacement,
            std::string& out) {
  for (std::size_t i = 0; i < replacement.size(); ++i) {
    if (replacement[i] != '$') {
      out += replacement[i];
      continue;
    }
    std::string_view rest = replacement.substr(i + 1);
    if (rest.starts_with('$')) {
      out += '$';
      ++i;
      continue;
    }
    const bool braces = rest.starts_with('{');
    if (braces) rest.remove_prefix(1);
    std::size_t size = 0;
    while (size < rest.size() && is_name_character(rest[size])) ++size;
    if (size == 0 || (braces && (size >= rest.size() || rest[size] != '}'))) {
      out += '$';
      continue;
    }
    const std::string_view name = rest.substr(0, size);
    i += size + (braces ? 2 : 0);
    const bool number =
        std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
    std::size_t index = groups.size();
    if (number && name.size() < 9) {
      index = 0;
      for (const char c : name) index = index * 10 + static_cast<std::size_t>(c - '0');
    } else {
      for (const auto& [nth, group] : pattern.names()) {
        if (group == name) index = static_cast<std::size_t>(nth);
      }
    }
    if (index < groups.size()) out += std::string_view(groups[index].data(), groups[index].size());
  }
}

FunctionResult replace_pattern(const Value& subject_value, std::string_view expression,
                               std::string_view replacement) {
  const Pattern pattern(expression);
  if (!pattern.valid()) return refuse(1, pattern.problem());
  const std::string_view subject = text_of(subject_value);
  std::string out;
  Groups groups;
  std::size_t last_end = 0;
  for (std::size_t at = 0; at <= subject.size();) {
    if (!pattern.match(subject, at, groups)) break;
    const std::size_t begin = offset(subject, groups[0]), end = begin + groups[0].size();
    out += subject.substr(last_end, begin - last_end);
    if (end > last_end || begin == 0) expand(pattern, groups, replacement, out);
    last_end = end;
    const std::size_t width = at < subject.size() ? width_at(subject, at) : 0;
    if (at + width > end) {
      at += width;
    } else if (at + 1 > end) {
      ++at;
    } else {
      at = end;
    }
  }
  out += subject.substr(last_end);
  return give(text(std::move(out)));
}

FunctionResult replace(Arguments arguments, const FunctionContext&) {
  const std::string& what = text_of(arguments[1]);
  if (what.size() > 1 && what.starts_with('/') && what.ends_with('/')) {
    return replace_pattern(arguments[0], std::string_view(what).substr(1, what.size() - 2),
                           text_of(arguments[2]));
  }
  if (!what.empty())
    return give(text(base::replace_all(text_of(arguments[0]), what, text_of(arguments[2]))));
  // Nothing stands before, between and after all characters.
  std::string out = text_of(arguments[2]);
  std::string_view rest = text_of(arguments[0]);
  while (!rest.empty()) {
    const std::size_t size = values::first_code_point(rest).size;
    out += rest.substr(0, size);
    out += text_of(arguments[2]);
    rest.remove_prefix(size);
  }
  return give(text(std::move(out)));
}

constexpr Behaviour k_functions[] = {
    // The pattern alone tells the type.
    {"regex", regex, ParameterSet{2}},
    {"regexall", regex_all, ParameterSet{2}},
    {"replace", replace},
};

}  // namespace

std::span<const Behaviour> regex_functions() { return k_functions; }

}  // namespace space::eval
