// The values of every flight, converted to their variables' types. A mistake is reported once,
// where the value stands.
#include <set>

#include "compiler/typing/context.h"

namespace space::typing {

namespace {

// (variable's declaration, expression): a value used in many flights is judged once.
using Seen = std::set<std::pair<const model::VariableDecl*, model::ExprId>>;

void missing(Context& context, const model::Flight& flight, const model::VariableDecl& decl,
             Seen& seen) {
  if (!seen.insert({&decl, model::ExprId(flight.environment.index())}).second) return;
  const std::string& mission = context.program[flight.mission].name;
  const std::string& environment = context.program[flight.environment].name;
  context.sink.report(diagnostics::missing_value, decl.header, decl.name.text, mission, environment)
      .help(fmt::format("give it in `values \"{}\" \"{}\" {{ {} = … }}`, or declare a `default`",
                        mission, environment, decl.name.text));
}

}  // namespace

void convert_values(Context& context) {
  Seen seen, absent;
  for (const model::Flight& flight : context.program.flights) {
    const auto& decls = context.program[flight.mission].decl->variables;
    const auto& types = context.types.variables[flight.mission.index()];
    std::vector<std::optional<values::Value>> converted;
    for (std::size_t i = 0; i < decls.size(); ++i) {
      std::optional<values::Value> out;
      if (i < flight.variables.size()) {
        const model::VariableValue& given = flight.variables[i];
        if (!given.value && given.expr.valid()) {
          // Misspelt in `values`: reported there.
        } else if (!given.value) {
          missing(context, flight, decls[i], absent);
        } else {
          const model::ExprId expr = given.expr.valid() ? given.expr : decls[i].default_value;
          values::Conversion conversion = values::convert(*given.value, types[i]);
          if (conversion.value) {
            out = std::move(conversion.value);
          } else if (given.value->is_known() && seen.insert({&decls[i], expr}).second) {
            require_convertible(context, *given.value, types[i], context.tree()[expr].span,
                                fmt::format("variable `{}`", decls[i].name.text));
          }
        }
      }
      converted.push_back(std::move(out));
    }
    context.types.flight_values.push_back(std::move(converted));
  }
}

}  // namespace space::typing
