#include "compiler/program/block_reader.h"
#include "compiler/program/constructs.h"
#include "compiler/program/naming.h"

namespace space::program {

std::optional<model::TypeDecl> read_type(Context& context, syntax::Node block) {
  model::TypeDecl type;
  const bool named = read_header(context, block, "type", k_one_name, type);
  read_body(context, block, {"type", {}, {}, &type.attributes}, describe("type", type.name),
            type.header);
  sort_by_text(type.attributes,
               [](const model::Attribute& it) { return std::string_view(it.name.text); });
  if (!named) return std::nullopt;
  check_name(type.name, NameRule::Folder, context.sink);
  return type;
}

}  // namespace space::program
