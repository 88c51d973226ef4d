// The values of every flight, converted to their variables' types. A mistake is reported once,
// where the value stands.
#include <set>

#include "compiler/model/queries.h"
#include "compiler/typing/context.h"

namespace space::typing {

namespace {

// (variable's declaration, expression): a value used in many flights is judged once.
using Judged = std::pair<const model::VariableDecl*, model::ExprId>;
using Seen = std::set<Judged>;

void missing(Context& context, const model::Flight& flight, const model::VariableDecl& decl,
             Seen& seen) {
  if (!seen.insert({&decl, model::ExprId(flight.environment.index())}).second) return;
  const std::string& mission = context.program[flight.mission].name;
  const std::string& environment = context.program[flight.environment].name;
  context.sink.report(diagnostics::missing_value, decl.header, decl.name.text, mission, environment)
      .help(fmt::format("give it in `values \"{}\" \"{}\" {{ {} = … }}`, or declare a `default`",
                        mission, environment, decl.name.text));
}

Verdict check_variable(Context& context, model::MissionId mission, const model::VariableDecl& decl,
                       const values::Type& type, model::ExprId expr, const values::Value& value) {
  const std::string what = fmt::format("variable `{}`", decl.name.text);
  const bool nullable = model::bool_setting(context.program, decl.nullable).value_or(true);
  if (value.is_null() && !nullable) {
    context.sink.report(diagnostics::null_value, context.tree()[expr].span, what)
        .related(context.tree()[decl.nullable].span, "declared here")
        .help("give a value, or take `nullable = false` out");
    return Verdict::Reported;
  }
  return check_value(context, expr, value, mission, {type, what, {}});
}

// A default that no flight needs is held to its type too.
void check_defaults(Context& context, std::map<Judged, Verdict>& seen) {
  for (std::size_t m = 0; m < context.program.missions.size(); ++m) {
    const auto& decls = context.program.missions[m].decl->variables;
    for (std::size_t i = 0; i < decls.size(); ++i) {
      const model::ExprId expr = decls[i].default_value;
      if (!expr.valid()) continue;
      const Judged key{&decls[i], expr};
      if (seen.contains(key)) continue;
      const model::MissionId mission(m);
      const values::Value value = quiet_value(context, expr, mission);
      seen.emplace(key, check_variable(context, mission, decls[i], context.types.variables[m][i],
                                       expr, value));
    }
  }
}

}  // namespace

void convert_values(Context& context) {
  std::map<Judged, Verdict> seen;
  Seen absent;
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
          const Judged key{&decls[i], expr};
          auto judged = seen.find(key);
          if (judged == seen.end()) {
            const Verdict verdict =
                check_variable(context, flight.mission, decls[i], types[i], expr, *given.value);
            judged = seen.emplace(key, verdict).first;
          }
          if (judged->second == Verdict::Fits) {
            out = values::convert(*given.value, types[i]).value;
            // What an expression gives may differ from instance to instance.
            if (!out) {
              judged->second =
                  check_variable(context, flight.mission, decls[i], types[i], expr, *given.value);
            }
          }
        }
      }
      converted.push_back(std::move(out));
    }
    context.types.flight_values.push_back(std::move(converted));
  }
  check_defaults(context, seen);
}

}  // namespace space::typing
