// Law 6: only declared outputs and exports are read. (Undeclared ones are found where names are
// resolved; what is left is the data source that reads a whole state.)
#include "compiler/check/laws.h"

namespace space::check {

void check_reads(Context& context) {
  for (const model::Procedure& procedure : context.program.procedures) {
    for (const model::Block& block : procedure.decl->body) {
      if (block.type.text != "data" || block.labels.empty() ||
          block.labels[0].text != "terraform_remote_state")
        continue;
      context.sink.report(diagnostics::undeclared_read, block.header)
          .label("no type, no stage and no isolation can be proven of it")
          .help(
              "read a declared output, `procedure.NAME.OUTPUT`, or an export, "
              "`mission.NAME.EXPORT`");
    }
  }
}

}  // namespace space::check
