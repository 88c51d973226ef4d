#include "compiler/driver/levels.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "core/base/strings.h"
#include "core/diagnostics/catalogue.h"
#include "core/diagnostics/words.h"

namespace space::driver {

namespace {

using diagnostics::Allow;
using diagnostics::Descriptor;
using diagnostics::Diagnostic;
using diagnostics::Severity;
using diagnostics::Silenced;

enum class Level : std::uint8_t { Off, Warn, Error };
using Levels = std::map<std::string_view, Level>;  // by code

constexpr std::string_view k_warnings = "warnings";
constexpr std::string_view k_levels[] = {"off", "warn", "error"};  // in the order of Level

// What a level would take away from a diagnostic that must stay; empty: it may have that level.
std::string_view refusal(const Descriptor& row, Level level) {
  if (level == Level::Error) return "";
  if (level == Level::Off && row.allow == Allow::WithReason)
    return "is allowed with a reason alone, where it is";
  return row.severity == Severity::Error ? "is an error, and stays one" : "";
}

std::string nearest_diagnostic(std::string_view word, std::vector<std::string_view> known = {}) {
  for (const Descriptor* row : diagnostics::catalogue()) {
    known.push_back(row->code);
    known.push_back(row->name);
  }
  if (const auto near = base::closest(word, known)) return fmt::format("did you mean `{}`?", *near);
  return "`spacec explain` lists all codes and names";
}

std::optional<Level> level_of(const eval::ExprTree& tree, eval::ExprId value) {
  const auto word = eval::literal_string(tree, value);
  const auto at =
      word ? std::find(std::begin(k_levels), std::end(k_levels), *word) : std::end(k_levels);
  if (at == std::end(k_levels)) return std::nullopt;
  return static_cast<Level>(at - std::begin(k_levels));
}

Levels project_levels(const model::Program& program, diagnostics::DiagnosticSink& sink) {
  Levels levels;
  if (!program.project) return levels;
  std::map<std::string_view, source::Span> set;
  for (const model::Attribute& one : program.project->lint) {
    const Descriptor* row = diagnostics::find_descriptor(one.name.text);
    if (row == nullptr) {
      sink.report(diagnostics::invalid_value, one.name.span, one.name.text, "is no diagnostic")
          .help(nearest_diagnostic(one.name.text));
      continue;
    }
    const auto [first, is_new] = set.emplace(row->code, one.name.span);
    if (!is_new) {
      sink.report(diagnostics::duplicate_argument, one.name.span, row->code)
          .related(first->second, "the first one");
      continue;
    }
    const eval::Expr& value = program.expressions[one.value];
    if (value.kind == eval::ExprKind::Invalid) continue;  // the parser has said why
    const auto level = level_of(program.expressions, one.value);
    if (!level) {
      sink.report(diagnostics::invalid_value, value.span, one.name.text, "has a level that is none")
          .help("levels are \"off\", \"warn\" and \"error\", written out");
      continue;
    }
    if (const auto why = refusal(*row, *level); !why.empty()) {
      sink.report(diagnostics::invalid_value, value.span, one.name.text, why)
          .label("takes it lower")
          .help(std::string(diagnostics::allow_help(*row)));
      continue;
    }
    levels[row->code] = *level;
  }
  return levels;
}

bool contains(const std::vector<const Descriptor*>& rows, const Descriptor* row) {
  return std::find(rows.begin(), rows.end(), row) != rows.end();
}

Level effective(const Diagnostic& diagnostic, const Levels& project, const CommandLevels& command) {
  if (contains(command.denied, diagnostic.descriptor)) return Level::Error;
  if (contains(command.allowed, diagnostic.descriptor)) return Level::Off;
  const auto at = project.find(diagnostic.descriptor->code);
  const Level level = at != project.end()                      ? at->second
                      : diagnostic.severity == Severity::Error ? Level::Error
                      : diagnostic.severity == Severity::Hint  ? Level::Off
                                                               : Level::Warn;
  const bool denied = command.warnings == CommandLevels::Warnings::Denied;
  return level == Level::Warn && denied ? Level::Error : level;
}

base::Result<std::vector<const Descriptor*>> rows_of(const std::vector<std::string>& words,
                                                     std::string_view option,
                                                     std::vector<std::string_view> more) {
  std::vector<const Descriptor*> rows;
  for (const std::string& word : words) {
    const Descriptor* row = diagnostics::find_descriptor(word);
    if (row == nullptr) {
      return base::Error{fmt::format("{}: `{}` is no diagnostic", option, word),
                         nearest_diagnostic(word, more)};
    }
    if (!contains(rows, row)) rows.push_back(row);
  }
  std::sort(rows.begin(), rows.end(),
            [](const Descriptor* a, const Descriptor* b) { return a->code < b->code; });
  return rows;
}

}  // namespace

base::Result<CommandLevels> command_levels(const std::vector<std::string>& denied,
                                           const std::vector<std::string>& allowed) {
  CommandLevels levels;
  std::vector<std::string> codes = denied;
  if (std::erase(codes, k_warnings) > 0) levels.warnings = CommandLevels::Warnings::Denied;
  auto denied_rows = rows_of(codes, "--deny", {k_warnings});
  if (!denied_rows) return denied_rows.error();
  auto allowed_rows = rows_of(allowed, "--allow", {});
  if (!allowed_rows) return allowed_rows.error();
  for (const Descriptor* row : *allowed_rows) {
    if (const auto why = refusal(*row, Level::Off); !why.empty()) {
      return base::Error{fmt::format("--allow: `{}` {}", row->code, why),
                         std::string(diagnostics::allow_help(*row))};
    }
    if (contains(*denied_rows, row)) {
      return base::Error{fmt::format("`{}` is both denied and allowed", row->code), "say one"};
    }
  }
  levels.denied = std::move(*denied_rows);
  levels.allowed = std::move(*allowed_rows);
  return levels;
}

std::vector<std::string> level_words(const CommandLevels& levels) {
  std::vector<std::string> words;
  if (levels.warnings == CommandLevels::Warnings::Denied) words.push_back("deny=warnings");
  for (const Descriptor* row : levels.denied) words.push_back(fmt::format("deny={}", row->code));
  for (const Descriptor* row : levels.allowed) words.push_back(fmt::format("allow={}", row->code));
  return words;
}

void apply_levels(const model::Program& program, const CommandLevels& command,
                  std::vector<Diagnostic>& found, std::vector<Silenced>& silenced,
                  diagnostics::DiagnosticSink& sink) {
  const Levels project = project_levels(program, sink);
  std::vector<Diagnostic> stay;
  stay.reserve(found.size());
  for (Diagnostic& diagnostic : found) {
    const Level level = effective(diagnostic, project, command);
    const bool is_opt_in = diagnostic.severity == Severity::Hint;
    if (level == Level::Off) {
      if (!is_opt_in) silenced.push_back({std::move(diagnostic), Silenced::By::Level, "", {}});
      continue;
    }
    if (level == Level::Warn && is_opt_in) diagnostic.severity = Severity::Warning;
    if (level == Level::Error) diagnostic.severity = Severity::Error;
    stay.push_back(std::move(diagnostic));
  }
  found = std::move(stay);
}

void sort_silenced(std::vector<Silenced>& silenced, const source::SourceSet& sources) {
  const auto key = [&](const Silenced& one) {
    const source::Span span = one.diagnostic.primary.span;
    return std::make_tuple(
        span.valid() ? std::string_view(sources.file(span.file).path()) : std::string_view(),
        span.begin, one.diagnostic.descriptor->code, std::string_view(one.diagnostic.message));
  };
  std::stable_sort(silenced.begin(), silenced.end(),
                   [&](const Silenced& a, const Silenced& b) { return key(a) < key(b); });
  const auto same = [&](const Silenced& a, const Silenced& b) { return key(a) == key(b); };
  silenced.erase(std::unique(silenced.begin(), silenced.end(), same), silenced.end());
}

}  // namespace space::driver
