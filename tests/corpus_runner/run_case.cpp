#include "tests/corpus_runner/run_case.h"

#include <algorithm>
#include <set>

#include "compiler/driver/workspace.h"
#include "core/base/strings.h"
#include "core/diagnostics/words.h"
#include "stdlib/stdlib.h"

namespace space::corpus {

namespace {

constexpr std::string_view k_standard = "std/";

Expectation found_of(const diagnostics::Diagnostic& diagnostic, const source::SourceSet& sources,
                     const Case& from) {
  Expectation found;
  found.severity = diagnostics::severity_word(diagnostic.severity);
  found.code = diagnostics::code_of(diagnostic);
  found.message = one_line(diagnostic.message);
  const source::Span span = diagnostic.primary.span;
  if (!span.valid()) return found;
  const source::SourceFile& file = sources.file(span.file);
  found.file = file.path();
  const auto begin = file.position(span.begin), end = file.position(span.end);
  found.begin = {begin.line, begin.column};
  found.end = {end.line, end.column};
  for (const Section& section : from.sections) {
    if (section.path != found.file) continue;
    found.begin.line = bare_line(section, begin.line);
    found.end.line = bare_line(section, end.line);
  }
  return found;
}

void give_up_early(std::vector<diagnostics::Diagnostic>& list) {
  std::set<source::FileId> given_up;
  std::erase_if(list, [&](const auto& one) {
    if (!diagnostics::code_of(one).starts_with("SPC0")) return false;
    return !given_up.insert(one.primary.span.file).second;
  });
}

base::MemoryFileSystem files_of(const Input& input) {
  base::MemoryFileSystem files;
  for (const auto& [path, text] : input.files) files.add(path, text);
  for (const auto& [path, target] : input.symlinks) files.add_symlink(path, target);
  return files;
}

Outcome outcome_of(driver::Compilation compilation, const Case& from, const Setting& setting) {
  Outcome outcome{std::move(compilation), {}};
  if (setting.recovery == Setting::Recovery::Off) give_up_early(outcome.compilation.diagnostics);
  for (const auto& diagnostic : outcome.compilation.diagnostics) {
    outcome.found.push_back(found_of(diagnostic, *outcome.compilation.sources, from));
  }
  std::sort(outcome.found.begin(), outcome.found.end());
  return outcome;
}

}  // namespace

std::string one_line(const std::string& message) {
  std::string line = base::replace_all(message, "\\", "\\\\");
  line = base::replace_all(line, "\r", "\\r");
  return base::replace_all(line, "\n", "\\n");
}

Input input_of(const Case& from, const Setting& setting) {
  Input input;
  if (!from.prelude.empty()) {
    const auto at = setting.preludes.find(from.prelude);
    if (at != setting.preludes.end()) input.files["prelude.space"] = at->second;
  }
  for (const Section& section : from.sections) {
    if (section.kind == Section::Kind::Symlink) {
      input.symlinks[section.path] = section.argument;
    } else if (section.path.starts_with(k_standard)) {
      input.standard_library[section.path.substr(k_standard.size())] = section_text(section);
    } else {
      input.files[section.path] = section_text(section);
    }
  }
  return input;
}

Outcome run(const Input& input, const Case& from, const Setting& setting) {
  return run_edited({}, input, from, setting);
}

Outcome run_edited(const std::vector<Input>& before, const Input& input, const Case& from,
                   const Setting& setting) {
  base::MemoryFileSystem standard_library;
  for (const base::EmbeddedFile& file : stdlib::files())
    standard_library.add(file.path, std::string(file.bytes));
  for (const auto& [path, text] : input.standard_library) standard_library.add(path, text);
  driver::CompileOptions options;
  options.paths = input.paths;
  options.standard_library = &standard_library;
  if (!setting.dropped.empty()) {
    options.keep = [&](const diagnostics::Diagnostic& one) {
      return diagnostics::code_of(one) != setting.dropped && origin_of(one) != setting.dropped;
    };
  }
  if (before.empty()) return outcome_of(driver::compile(files_of(input), options), from, setting);
  base::MemoryFileSystem files;
  driver::Workspace workspace(files, options);
  for (const Input& earlier : before) {
    files = files_of(earlier);
    workspace.analyze();
  }
  files = files_of(input);
  return outcome_of(workspace.analyze(), from, setting);
}

// Compilers name files relative to where they run, or to the root that options.cmake maps away.
std::string origin_of(const diagnostics::Diagnostic& diagnostic) {
  std::string_view file = diagnostic.origin.file_name();
  while (file.starts_with("../")) file.remove_prefix(3);
  return std::string(file) + ":" + std::to_string(diagnostic.origin.line());
}

}  // namespace space::corpus
