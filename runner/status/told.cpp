#include "runner/status/told.h"

#include "core/base/strings.h"
#include "runner/status/text.h"

namespace space::status {

std::string block_text(const runplan::RunEvent& finished, const Told& told, const Style& style) {
  std::string text = finished_line(finished, style) + "\n";
  if (!told.plan.empty()) {
    const std::string clean = printable(told.plan);
    for (const std::string_view line : base::split(clean, '\n'))
      text += line.empty() ? "\n" : "  " + std::string(line) + "\n";
  }
  for (const auto& diagnostic : told.diagnostics) text += diagnostic_text(diagnostic, style, "  ");
  return text;
}

}  // namespace space::status
