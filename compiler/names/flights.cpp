// Flights: instances × environments × spaces of each mission, and what is evaluated for each: the
// values of its variables, its remote's settings, its secrets' sources.
#include <algorithm>
#include <set>

#include "compiler/model/given_values.h"
#include "compiler/names/static_scope.h"
#include "core/base/filesystem.h"
#include "core/base/strings.h"

namespace space::names {

namespace {

using model::Flight;

bool holds(const std::vector<model::SpaceId>& spaces, model::SpaceId id) {
  return std::find(spaces.begin(), spaces.end(), id) != spaces.end();
}

StaticPlace place_of(const Context& context, const Flight& flight) {
  StaticPlace place;
  place.mission = flight.mission;
  place.flight = &flight;
  if (!flight.mission.valid()) return place;  // a past one
  const model::Instance& instance = context.resolved[flight.instance];
  if (context.resolved[flight.mission].keyed) {
    place.instance_key = instance.key;
    place.instance_value = instance.value;
  }
  return place;
}

// `values` blocks by mission and environment, checked against what they name.
struct ValuesOf {
  const model::ValuesDecl* shared = nullptr;
  std::vector<const model::ValuesDecl*>
      by_environment;  // by EnvironmentId; null where there is none
};

void check_values_names(Context& context, const model::ValuesDecl& decl,
                        const model::MissionDecl& mission, const model::Environment* environment) {
  for (const model::Attribute& attribute : decl.values) {
    const std::size_t index = find_decl(mission.variables, attribute.name.text);
    if (index == k_npos) {
      auto report =
          context.sink.report(diagnostics::unknown_member, attribute.name.span,
                              fmt::format("mission {}", mission.name.text), attribute.name.text);
      report.label("no such variable").related(mission.header, "the mission is declared here");
      std::vector<std::string> beside;
      for (const model::Attribute& other : decl.values) beside.push_back(other.name.text);
      suggest(context, report, attribute.name.text, attribute.name.span,
              decl_names_of(mission.variables), "variables", beside);
    } else if (environment != nullptr && environment->kind != model::EnvironmentKind::Sandbox &&
               !mission.variables[index].varies.valid()) {
      context.sink.report(diagnostics::does_not_vary, attribute.name.span, attribute.name.text)
          .related(mission.variables[index].header, "this declares no `varies`")
          .help(fmt::format(
              "declare `varies` on the variable, or give the value once, in `values \"{}\"`",
              mission.name.text));
    }
  }
}

std::vector<ValuesOf> values_by_mission(Context& context) {
  const model::ResolvedProgram& resolved = context.resolved;
  std::vector<ValuesOf> out(resolved.missions.size());
  for (ValuesOf& values : out) values.by_environment.resize(resolved.environments.size(), nullptr);
  for (const model::ValuesDecl& decl : context.program.values) {
    const std::size_t mission = find_name(resolved.missions, decl.name.text);
    if (mission == k_npos) {
      auto report = context.sink.report(diagnostics::unknown_name, decl.name.span, "mission",
                                        decl.name.text, "");
      suggest(context, report, decl.name.text, decl.name.span, names_of(resolved.missions),
              "missions");
      continue;
    }
    const model::Environment* environment = nullptr;
    if (decl.environment.text.empty()) {
      if (out[mission].shared == nullptr) out[mission].shared = &decl;
    } else {
      const std::size_t found = find_name(resolved.environments, decl.environment.text);
      if (found == k_npos) {
        auto report = context.sink.report(diagnostics::unknown_name, decl.environment.span,
                                          "environment", decl.environment.text, "");
        suggest(context, report, decl.environment.text, decl.environment.span,
                names_of(resolved.environments), "environments");
        continue;
      }
      environment = &resolved.environments[found];
      if (out[mission].by_environment[found] == nullptr) out[mission].by_environment[found] = &decl;
    }
    check_values_names(context, decl, *resolved.missions[mission].decl, environment);
  }
  return out;
}

void evaluate_variables(Context& context, Flight& flight, const ValuesOf& values) {
  const auto& variables = context.resolved[flight.mission].decl->variables;
  const StaticPlace place = place_of(context, flight);
  std::vector<model::VariableValue> found;
  for (const model::VariableDecl& variable : variables) {
    model::VariableValue value;
    const model::ValuesDecl* own = values.by_environment[flight.environment.index()];
    for (const model::ValuesDecl* decl : {own, values.shared}) {
      if (const model::Attribute* attribute = model::given(decl, variable.name.text)) {
        value.expr = attribute->value;
        value.from = decl;
        break;
      }
    }
    const model::ExprId expr = value.expr.valid() ? value.expr : variable.default_value;
    if (expr.valid()) {
      value.value = evaluate_static(context, place, expr);
    } else {
      for (const model::ValuesDecl* decl : {own, values.shared}) {
        const model::Attribute* attribute =
            model::given_misspelt(decl, variable.name.text, variables);
        if (attribute != nullptr) value.expr = attribute->value;
      }
    }
    found.push_back(std::move(value));
  }
  flight.variables = std::move(found);
}

void evaluate_remote_settings(Context& context, Flight& flight) {
  const model::RemoteId remote = context.resolved[flight.space].remote;
  if (!remote.valid()) return;
  const StaticPlace place = place_of(context, flight);
  const auto evaluate = [&](const std::vector<model::Attribute>& attributes) {
    std::map<std::string, values::Value> found;
    for (const model::Attribute& attribute : attributes)
      found.emplace(attribute.name.text, evaluate_static(context, place, attribute.value));
    return found;
  };
  const model::RemoteDecl& decl = *context.resolved[remote].decl;
  flight.remote.arguments = evaluate(decl.arguments);
  for (const model::Block& block : decl.blocks) {
    const bool is_lowered_as_it_stands = block.type.text == "encryption";
    flight.remote.blocks.push_back(is_lowered_as_it_stands ? std::map<std::string, values::Value>()
                                                           : evaluate(block.body.attributes));
  }
}

void evaluate_secrets(Context& context, Flight& flight) {
  const StaticPlace place = place_of(context, flight);
  for (std::size_t i = 0; i < context.resolved.secrets.size(); ++i) {
    const model::Secret& secret = context.resolved.secrets[i];
    model::SecretSettings settings;
    settings.secret = model::SecretId(i);
    if (secret.arguments.valid()) {
      const values::Value value = evaluate_static(context, place, secret.arguments);
      const bool list = secret.method == model::Secret::Method::Command;
      const bool usable = value.is_known() && !value.is_null();
      if (usable && !list && value.type().kind() == values::TypeKind::String) {
        settings.arguments.push_back(value.as_string());
      } else if (usable && list &&
                 (value.type().kind() == values::TypeKind::Tuple ||
                  value.type().kind() == values::TypeKind::List)) {
        for (const values::Value& part : value.as_list()) {
          if (part.is_known() && !part.is_null() && part.type().kind() == values::TypeKind::String)
            settings.arguments.push_back(part.as_string());
        }
      } else if (usable && &flight == context.resolved.flights.data()) {
        context.sink.report(
            diagnostics::type_mismatch, context.program.expressions[secret.arguments].span,
            list ? "`from_command`" : "a secret's source", list ? "a list of strings" : "a string",
            value.kind() == values::TypeKind::Tuple ? "a list" : values::describe(value.type()));
      }
    }
    flight.secrets.push_back(std::move(settings));
  }
}

// Flights that `spaces.lock` has states of and the code has no more, as far as their environment
// and their space are there.
void make_past_flights(Context& context) {
  model::ResolvedProgram& resolved = context.resolved;
  std::set<std::string> there;
  for (const Flight& flight : resolved.flights) there.insert(flight.id);
  for (const model::StateName& name : context.inputs.locked) {
    const std::size_t environment = find_name(resolved.environments, name.environment);
    const std::size_t space = find_name(resolved.spaces, name.space);
    if (environment == k_npos || space == k_npos) continue;
    Flight flight;
    flight.id = model::flight_id(name);
    if (!there.insert(flight.id).second) continue;
    flight.environment = model::EnvironmentId(environment);
    flight.space = model::SpaceId(space);
    flight.folder_name = base::file_name(flight.id);
    flight.namespace_name = flight.folder_name + "--" + name.space;
    resolved.past_flights.push_back(std::move(flight));
  }
  std::sort(resolved.past_flights.begin(), resolved.past_flights.end(),
            [](const Flight& a, const Flight& b) { return a.id < b.id; });
  for (Flight& flight : resolved.past_flights) {
    evaluate_remote_settings(context, flight);
    evaluate_secrets(context, flight);
  }
}

}  // namespace

void make_flights(Context& context) {
  model::ResolvedProgram& resolved = context.resolved;
  const std::vector<ValuesOf> values = values_by_mission(context);
  for (std::size_t m = 0; m < resolved.missions.size(); ++m) {
    const model::Mission& mission = resolved.missions[m];
    for (const model::EnvironmentId environment : mission.environments) {
      for (const model::SpaceId space : mission.spaces) {
        const auto& narrowed = resolved[environment].spaces;
        if (narrowed && !holds(*narrowed, space)) continue;
        for (const model::InstanceId instance : mission.instances) {
          Flight flight;
          flight.mission = model::MissionId(m);
          flight.instance = instance;
          flight.space = space;
          flight.environment = environment;
          flight.folder_name = mission.name;
          if (mission.keyed) flight.folder_name += "--" + resolved[instance].key;
          flight.namespace_name = flight.folder_name + "--" + resolved[space].name;
          flight.id =
              resolved[environment].name + "/" + resolved[space].name + "/" + flight.folder_name;
          resolved.flights.push_back(std::move(flight));
        }
      }
    }
  }
  std::sort(resolved.flights.begin(), resolved.flights.end(),
            [](const Flight& a, const Flight& b) { return a.id < b.id; });
  for (std::size_t i = 0; i < resolved.flights.size(); ++i) {
    resolved.missions[resolved.flights[i].mission.index()].flights.push_back(model::FlightId(i));
  }
  for (Flight& flight : resolved.flights) {
    evaluate_variables(context, flight, values[flight.mission.index()]);
    evaluate_remote_settings(context, flight);
    evaluate_secrets(context, flight);
  }
  make_past_flights(context);
}

}  // namespace space::names
