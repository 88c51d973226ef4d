#include "compiler/check/lints.h"

namespace space::check {

bool is_ours(const Context& context, source::Span span) {
  return !context.sources.file(span.file).path().starts_with("std/");
}

void check_lints(Context& context) {
  lint_unused(context);
  lint_stages(context);
  lint_versions(context);
  lint_expressions(context);
}

}  // namespace space::check
