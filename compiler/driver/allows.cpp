#include "compiler/driver/allows.h"

#include <algorithm>

#include "compiler/model/allows.h"
#include "core/base/strings.h"

namespace space::driver {

void apply_allows(const model::Program& program, std::vector<diagnostics::Diagnostic>& found,
                  diagnostics::DiagnosticSink& sink) {
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
          .help("law 4 and lints can be allowed; the other laws and errors hold");
      continue;
    }
    const std::size_t removed =
        std::erase_if(found, [&](const diagnostics::Diagnostic& diagnostic) {
          return model::silences(allow, diagnostic);
        });
    if (removed == 0)
      sink.report(diagnostics::unused_allow, allow.span, row->code).help("take the comment out");
  }
}

}  // namespace space::driver
