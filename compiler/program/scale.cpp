// `scale`: read and kept; what its arguments mean comes with autoscaling.
#include "compiler/program/block_reader.h"
#include "compiler/program/constructs.h"
#include "compiler/program/naming.h"

namespace space::program {

std::optional<model::ScaleDecl> read_scale(Context& context, syntax::Node block) {
  model::ScaleDecl scale;
  const bool named = read_header(context, block, "scale", k_one_name, scale);
  read_body(context, block, {"scale", {}, {}, &scale.arguments}, describe("scale", scale.name),
            scale.header);
  sort_by_text(scale.arguments,
               [](const model::Attribute& it) { return std::string_view(it.name.text); });
  if (!named) return std::nullopt;
  check_name(scale.name, NameRule::Folder, context.sink);
  return scale;
}

}  // namespace space::program
