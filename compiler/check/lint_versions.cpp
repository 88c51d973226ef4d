// A provider that may be any version, or any from one on: the next `tofu init -upgrade` brings what
// nobody tried.
#include "compiler/check/lints.h"

namespace space::check {

namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

// Does one of the constraints keep later versions out?
bool is_bounded(std::string_view version) {
  while (!version.empty()) {
    const std::size_t comma = version.find(',');
    const std::string_view one = trimmed(version.substr(0, comma));
    const bool open = one.empty() || one.front() == '>' || one.starts_with("!=");
    if (!open) return true;
    version = comma == version.npos ? std::string_view() : version.substr(comma + 1);
  }
  return false;
}

}  // namespace

void lint_versions(Context& context) {
  for (const model::Provider& provider : context.program.providers) {
    if (is_bounded(provider.version)) continue;
    context.sink
        .report(diagnostics::floating_version, context.program.tree()[provider.decl->version].span,
                provider.name, fmt::format("that is `{}`", provider.version))
        .help("keep the next major version out: `version = \"~> 1.68\"`, say");
  }
}

}  // namespace space::check
