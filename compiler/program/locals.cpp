#include "compiler/program/block_reader.h"
#include "compiler/program/constructs.h"
#include "compiler/program/naming.h"

namespace space::program {

void read_locals(Context& context, syntax::Node block, std::vector<model::LocalDecl>& locals) {
  read_labels(context, block, "locals", k_no_label);
  std::vector<model::Attribute> attributes;
  read_body(context, block, {"locals", {}, {}, &attributes}, "`locals`", header_of(block));
  for (model::Attribute& attribute : attributes) {
    check_name(attribute.name, NameRule::Folder, context.sink);
    locals.push_back({std::move(attribute.name), attribute.value, attribute.span});
  }
}

}  // namespace space::program
