#include "core/diagnostics/words.h"

#include "core/base/hash.h"
#include "core/diagnostics/render.h"

namespace space::diagnostics {

std::string_view severity_word(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return "error";
    case Severity::Warning:
      return "warning";
    case Severity::Info:
      return "info";
    case Severity::Hint:
      return "hint";
  }
  return "";
}

std::string_view applicability_word(Applicability applicability) {
  switch (applicability) {
    case Applicability::MachineApplicable:
      return "machine-applicable";
    case Applicability::MaybeIncorrect:
      return "maybe-incorrect";
    case Applicability::HasPlaceholders:
      return "has-placeholders";
    case Applicability::Unspecified:
      return "unspecified";
  }
  return "";
}

std::string_view allow_help(const Descriptor& row) {
  switch (row.allow) {
    case Allow::WithReason:
      return "write `# spacec:allow CODE reason=\"…\"` before the block where it is";
    case Allow::Freely:
      return "`lint = { CODE = \"off\" }` in `project`, `--allow CODE`, or `# spacec:allow CODE "
             "reason=\"…\"` before a block";
    case Allow::Never:
      break;
  }
  return "lints can be allowed, and laws 4 and 7 with a reason; other laws and errors hold";
}

std::string_view code_of(const Diagnostic& diagnostic) {
  return diagnostic.descriptor == nullptr ? std::string_view() : diagnostic.descriptor->code;
}

std::string_view category_of(const Diagnostic& diagnostic) {
  constexpr std::string_view k_categories[] = {"syntax",  "names",   "types", "environments",
                                               "modules", "remotes", "lints", "governance",
                                               "run",     "internal"};
  const std::string_view code = code_of(diagnostic);
  if (code.size() < 4 || code[3] < '0' || code[3] > '9') return "internal";
  return k_categories[code[3] - '0'];
}

Summary summarize(const std::vector<Diagnostic>& diagnostics) {
  Summary summary;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.severity == Severity::Error) ++summary.errors;
    if (diagnostic.severity == Severity::Warning) ++summary.warnings;
  }
  return summary;
}

std::string fingerprint(const Diagnostic& diagnostic, const source::SourceSet& sources) {
  std::string text(code_of(diagnostic));
  text += '\0';
  if (diagnostic.primary.span.valid()) text += sources.file(diagnostic.primary.span.file).path();
  text += '\0';
  text += diagnostic.message;
  return base::sha256_hex(text);
}

}  // namespace space::diagnostics
