#include "compiler/driver/allows.h"

#include <algorithm>
#include <utility>

#include "compiler/model/allows.h"
#include "core/base/strings.h"
#include "core/diagnostics/fixes.h"
#include "core/diagnostics/words.h"

namespace space::driver {

void apply_allows(const model::Program& program, const source::SourceSet& sources,
                  std::vector<diagnostics::Diagnostic>& found,
                  std::vector<diagnostics::Silenced>& silenced, diagnostics::DiagnosticSink& sink) {
  for (const model::AllowDirective& allow : program.allows) {
    const diagnostics::Descriptor* row = diagnostics::find_descriptor(allow.code);
    if (row == nullptr) {
      std::vector<std::string_view> codes;
      for (const diagnostics::Descriptor* known : diagnostics::catalogue())
        codes.push_back(known->code);
      const auto near = base::closest(allow.code, codes);
      sink.report(diagnostics::unknown_allow, allow.span, allow.code)
          .help(near ? fmt::format("did you mean `{}`?", *near) : "");
      continue;
    }
    if (row->allow == diagnostics::Allow::Never) {
      sink.report(diagnostics::not_allowable, allow.span, row->code)
          .help(std::string(diagnostics::allow_help(*row)));
      continue;
    }
    const auto rest = std::stable_partition(
        found.begin(), found.end(),
        [&](const auto& diagnostic) { return !model::silences(allow, diagnostic); });
    const bool needed = rest != found.end();
    for (auto one = rest; one != found.end(); ++one) {
      silenced.push_back(
          {std::move(*one), diagnostics::Silenced::By::Comment, allow.reason, allow.span});
    }
    found.erase(rest, found.end());
    if (!needed)
      sink.report(diagnostics::unused_allow, allow.span, row->code)
          .help("take the comment out")
          .fix(diagnostics::without_line("take the comment out", sources, allow.span));
  }
}

}  // namespace space::driver
