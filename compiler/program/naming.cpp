#include "compiler/program/naming.h"

#include <fmt/core.h>

#include <algorithm>
#include <numeric>
#include <optional>

#include "core/base/strings.h"

namespace space::program {

namespace {

constexpr std::size_t k_longest = 30;

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_device(std::string_view name) {
  for (const std::string_view device : {"con", "prn", "aux", "nul"}) {
    if (name == device) return true;
  }
  const bool port = name.starts_with("com") || name.starts_with("lpt");
  return port && name.size() == 4 && name[3] >= '1' && name[3] <= '9';
}

std::optional<std::string> folder_objection(std::string_view name) {
  const bool letters = std::all_of(name.begin(), name.end(), [](char c) {
    return is_lower(c) || is_digit(c) || c == '_' || c == '-';
  });
  if (name.empty()) return "it is empty";
  if (!letters) return "a name has lower-case letters, digits, `-` and `_`";
  if (!is_lower(name[0])) return "a name begins with a lower-case letter";
  if (name.size() > k_longest)
    return fmt::format("it has {} characters, and {} is the most", name.size(), k_longest);
  if (name.find("--") != std::string_view::npos) return "`--` joins names in addresses";
  if (is_device(name))
    return "it is the name of a device on Windows, where no folder may be called so";
  return std::nullopt;
}

std::optional<std::string> tofu_objection(std::string_view name) {
  if (name.empty()) return "it is empty";
  const auto letter = [](char c) {
    return is_lower(c) || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80) != 0;
  };
  const bool fine = letter(name[0]) && std::all_of(name.begin(), name.end(), [&](char c) {
                      return letter(c) || is_digit(c) || c == '-';
                    });
  if (!fine)
    return "tofu's names have letters, digits, `-` and `_`, and begin with a letter or `_`";
  return std::nullopt;
}

// The nearest name that may be used, or nothing.
std::optional<std::string> corrected(std::string_view name) {
  std::string better;
  for (const char c : base::to_lower_ascii(name)) {
    const bool fine = is_lower(c) || is_digit(c) || c == '_' || c == '-';
    const char put = fine ? c : '_';
    if (put == '-' && !better.empty() && better.back() == '-') continue;
    better += put;
  }
  if (better == name || folder_objection(better)) return std::nullopt;
  return better;
}

// Names of arguments of tofu's `module` blocks, which no variable may have.
bool is_kept_by_tofu(std::string_view name) {
  constexpr std::string_view k_kept[] = {"source",     "version",  "providers",
                                         "count",      "for_each", "lifecycle",
                                         "depends_on", "locals",   "provider"};
  return std::find(std::begin(k_kept), std::end(k_kept), name) != std::end(k_kept);
}

int compare_keys(const NameKey& a, const NameKey& b) {
  const int first = a.first.compare(b.first);
  return first != 0 ? first : a.second.compare(b.second);
}

bool equal_but_for_dashes(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  return std::equal(a.begin(), a.end(), b.begin(),
                    [](char x, char y) { return (x == '-' ? '_' : x) == (y == '-' ? '_' : y); });
}

std::string spelled(const NameKey& key) {
  return key.second.empty() ? std::string(key.first) : fmt::format("{} {}", key.first, key.second);
}

void report_similar(std::span<const NameKey> keys, const std::vector<std::uint32_t>& order,
                    std::string_view kind, diagnostics::DiagnosticSink& sink) {
  bool dash = false, underscore = false;
  for (const NameKey& key : keys) {
    dash = dash || key.first.find('-') != std::string_view::npos ||
           key.second.find('-') != std::string_view::npos;
    underscore = underscore || key.first.find('_') != std::string_view::npos ||
                 key.second.find('_') != std::string_view::npos;
  }
  if (!dash || !underscore) return;
  const auto folded = [&](std::uint32_t at) {
    std::string text = fmt::format("{} {}", keys[at].first, keys[at].second);
    std::replace(text.begin(), text.end(), '-', '_');
    return text;
  };
  std::vector<std::pair<std::string, std::uint32_t>> by_fold;
  for (const std::uint32_t at : order) by_fold.emplace_back(folded(at), at);
  // Among equals the order stays that of the names: which of them comes first in a file says
  // nothing.
  std::stable_sort(by_fold.begin(), by_fold.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 1; i < by_fold.size(); ++i) {
    const NameKey& first = keys[by_fold[i - 1].second];
    const NameKey& second = keys[by_fold[i].second];
    if (!equal_but_for_dashes(first.first, second.first) ||
        !equal_but_for_dashes(first.second, second.second))
      continue;
    sink.report(diagnostics::similar_names, second.span, kind, spelled(second), spelled(first))
        .label("too like the other")
        .related(first.span, "the other one")
        .help("rename one of them: on some backends and file systems the two would be one");
  }
}

}  // namespace

void check_name(const model::Name& name, NameRule rule, diagnostics::DiagnosticSink& sink) {
  std::optional<std::string> objection =
      rule == NameRule::Tofu ? tofu_objection(name.text) : folder_objection(name.text);
  if (!objection && rule == NameRule::Environment) {
    if (name.text == "modules" || name.text == "maps" || name.text == "docs") {
      objection = "`out/` has a folder of that name beside the environments";
    }
  }
  if (!objection && rule == NameRule::Variable && is_kept_by_tofu(name.text)) {
    objection = "tofu keeps that name for itself, and refuses a variable that is called so";
  }
  if (!objection) return;
  auto report = sink.report(diagnostics::invalid_name, name.span, name.text, *objection);
  if (rule == NameRule::Tofu) return;
  if (const auto better = corrected(name.text))
    report.help(fmt::format("`{}` would work", *better));
}

namespace {

std::string repeated_help(std::string_view kind) {
  return kind == "procedure" ? "call one of them otherwise: in a mission a name means one "
                               "procedure, in whatever stage"
                             : "call one of them otherwise, or take one out";
}

}  // namespace

std::vector<std::uint32_t> order_names(std::span<const NameKey> keys, std::string_view kind,
                                       Repeats repeats, diagnostics::DiagnosticSink& sink) {
  std::vector<std::uint32_t> order(keys.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const int names = compare_keys(keys[a], keys[b]);
    return names != 0 ? names < 0 : a < b;
  });
  std::vector<std::uint32_t> kept;
  kept.reserve(order.size());
  for (const std::uint32_t at : order) {
    if (kept.empty() || compare_keys(keys[kept.back()], keys[at]) != 0) {
      kept.push_back(at);
    } else if (repeats == Repeats::Report) {
      sink.report(diagnostics::duplicate_name, keys[at].span, kind, spelled(keys[at]))
          .label("declared again here")
          .related(keys[kept.back()].span, "first declared here")
          .help(repeated_help(kind));
    }
  }
  if (repeats == Repeats::Report) report_similar(keys, kept, kind, sink);
  return kept;
}

}  // namespace space::program
