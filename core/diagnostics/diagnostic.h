// Diagnostic: the one record behind every form (text, JSON lines, SARIF, LSP). What it says: a
// code, a severity, a message, a primary span with its label, related spans, notes, helps, and
// fixes an editor can apply. Wording: lower case, no period, backticks round code; the message says
// what is, `help` says what would work; a label reads alone.
#pragma once

#include <cstdint>
#include <source_location>
#include <string>
#include <string_view>
#include <vector>

#include "core/source/span.h"

namespace space::diagnostics {

enum class Severity : std::uint8_t { Error, Warning, Info, Hint };

// May `# spacec:allow` silence it? Never (laws and errors), WithReason (kept in isolation.json
// too), Freely (lints).
enum class Allow : std::uint8_t { Never, WithReason, Freely };

// One row of the catalogue. `code` is "SPC3001", `name` "stage-order"; `title` is the message's
// pattern.
struct Descriptor {
  std::string_view code;
  std::string_view name;
  Severity severity;
  Allow allow;
  std::string_view title;
};

// rustc's four levels.
enum class Applicability : std::uint8_t {
  MachineApplicable,
  MaybeIncorrect,
  HasPlaceholders,
  Unspecified
};

struct Label {
  source::Span span;
  std::string text;
};

struct Edit {
  source::Span span;
  std::string text;
};

struct Fix {
  std::string title;
  Applicability applicability = Applicability::Unspecified;
  std::vector<Edit> edits;
};

// What the diagnostic is about, by name, for machines; each part may be empty.
struct Subject {
  std::string environment, space, mission, stage, procedure;
};

struct Diagnostic {
  const Descriptor* descriptor = nullptr;
  Severity severity = Severity::Error;  // after --deny and project levels
  std::string message;
  Label primary;  // an invalid span: about no place (a missing project block, the command line)
  std::vector<Label> related;
  std::vector<std::string> notes;
  std::vector<std::string> help;
  std::vector<Fix> fixes;
  Subject subject;
  // The line of ours that reported it. In no output: for tests that show each check is needed.
  std::source_location origin;
};

}  // namespace space::diagnostics
