#include "core/diagnostics/apply_fixes.h"

#include <algorithm>

namespace space::diagnostics {

namespace {

bool touch(source::Span a, source::Span b) {
  return a.file == b.file && a.begin <= b.end && b.begin <= a.end;
}

bool same(const Edit& a, const Edit& b) {
  return a.span.file == b.span.file && a.span.begin == b.span.begin && a.span.end == b.span.end &&
         a.text == b.text;
}

// All of a fix or nothing of it.
bool may_apply(const Fix& fix, const std::vector<Edit>& accepted) {
  return std::none_of(fix.edits.begin(), fix.edits.end(), [&](const Edit& edit) {
    return std::any_of(accepted.begin(), accepted.end(),
                       [&](const Edit& other) { return touch(edit.span, other.span); });
  });
}

bool is_applied(const Fix& fix, const std::vector<Edit>& accepted) {
  return std::all_of(fix.edits.begin(), fix.edits.end(), [&](const Edit& edit) {
    return std::any_of(accepted.begin(), accepted.end(),
                       [&](const Edit& other) { return same(edit, other); });
  });
}

bool is_for_machines(const Fix& fix) {
  return fix.applicability == Applicability::MachineApplicable && !fix.edits.empty() &&
         std::all_of(fix.edits.begin(), fix.edits.end(),
                     [](const Edit& edit) { return edit.span.valid(); });
}

}  // namespace

FixedTexts apply_fixes(const std::vector<Diagnostic>& findings, const source::SourceSet& sources) {
  FixedTexts result;
  std::vector<Edit> accepted;
  for (const Diagnostic& finding : findings) {
    // The first that may be applied: the others are other ways to mend the same.
    const auto fix = std::find_if(finding.fixes.begin(), finding.fixes.end(), is_for_machines);
    if (fix == finding.fixes.end() || is_applied(*fix, accepted)) continue;
    if (!may_apply(*fix, accepted)) {
      ++result.waiting;
      continue;
    }
    accepted.insert(accepted.end(), fix->edits.begin(), fix->edits.end());
    ++result.applied;
  }
  // From the end of each text on, so that places before stay what they are.
  std::sort(accepted.begin(), accepted.end(),
            [](const Edit& a, const Edit& b) { return a.span.begin > b.span.begin; });
  for (const Edit& edit : accepted) {
    const source::SourceFile& file = sources.file(edit.span.file);
    const std::string text(file.text());
    FixedText& fixed = result.texts.try_emplace(file.path(), FixedText{text, text}).first->second;
    fixed.after.replace(edit.span.begin, edit.span.end - edit.span.begin, edit.text);
  }
  return result;
}

}  // namespace space::diagnostics
