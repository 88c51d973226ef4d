// `values "MISSION" "ENVIRONMENT"`, and `values "MISSION"` for what does not vary. The labels are
// references: whether there is such a mission is compiler/names' to say.
#include "compiler/program/block_reader.h"
#include "compiler/program/constructs.h"
#include "compiler/program/naming.h"

namespace space::program {

std::optional<model::ValuesDecl> read_values(Context& context, syntax::Node block) {
  constexpr Labels k_labels{1, 2, "one or two labels, the mission and the environment"};
  model::ValuesDecl values;
  std::vector<model::Name> labels;
  const bool named = read_header(context, block, "values", k_labels, values, &labels);
  if (labels.size() == 2) values.environment = std::move(labels[1]);
  read_body(context, block, {"values", {}, {}, &values.values}, describe("values", values.name),
            values.header);
  sort_by_text(values.values,
               [](const model::Attribute& it) { return std::string_view(it.name.text); });
  if (!named) return std::nullopt;
  return values;
}

}  // namespace space::program
