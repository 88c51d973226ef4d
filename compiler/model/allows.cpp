#include "compiler/model/allows.h"

namespace space::model {

bool silences(const AllowDirective& allow, const diagnostics::Diagnostic& finding) {
  return finding.descriptor->code == allow.code &&
         finding.descriptor->allow != diagnostics::Allow::Never &&
         allow.scope.contains(finding.primary.span);
}

}  // namespace space::model
