// What a reference becomes in a root (docs/architecture.md has the table): a variable or a local of
// that root. What other roots give is in reads.cpp.
#include <algorithm>

#include "compiler/lower/reads.h"
#include "compiler/lower/validations.h"
#include "core/values/convert.h"
#include "core/values/render.h"

namespace space::lower {

std::string use_variable(RootBuilder& builder, LoweredVariable variable) {
  const std::string name = variable.name;
  builder.zones[name].insert(builder.zone);
  builder.variables.emplace(name, std::move(variable));
  return "var." + name;
}

Text synthetic(std::string text) {
  return {{std::move(text), {}, runplan::MappingKind::Synthetic}};
}

std::string use_local(RootBuilder& builder, const std::string& name, source::Span from,
                      const std::function<Text()>& make) {
  if (!builder.locals.contains(name)) {
    builder.locals.emplace(name,
                           Assignment{name, {}, from});  // first, so that nothing comes back here
    Text text = make();
    builder.locals.at(name).text = std::move(text);
  }
  return "local." + name;
}

namespace {

using model::Flight;
using model::Reference;
using model::RefKind;

// `values "M" "E" { token = secret.x }`: which secret a variable's value is, where it is one.
std::optional<std::uint32_t> secret_given(const model::ResolvedProgram& program,
                                          const Flight& flight, std::size_t variable) {
  const model::ExprId expr = flight.variables[variable].expr;
  const auto traversal =
      expr.valid() ? eval::as_traversal(program.tree(), expr) : std::optional<eval::Traversal>();
  const Reference* given = traversal ? program.reference(traversal->head) : nullptr;
  return given != nullptr && given->kind == RefKind::Secret ? std::optional(given->entity)
                                                            : std::nullopt;
}

std::string mission_variable(RootBuilder& builder, const View& view, const Reference& reference) {
  const model::ResolvedProgram& program = builder.env.program();
  const model::VariableDecl& decl = program[view.flight->mission].decl->variables[reference.index];
  LoweredVariable variable;
  variable.name = view.prefix.empty() ? decl.name.text : view.prefix + "var__" + decl.name.text;
  const bool declared = builder.variables.contains(variable.name);
  if (!declared) {
    const std::size_t flight = static_cast<std::size_t>(view.flight - program.flights.data());
    variable.type =
        builder.env.checked.types().variables[view.flight->mission.index()][reference.index];
    variable.description = model::text_setting(program, decl.description).value_or("");
    if (variable.description.empty()) variable.description = decl.documentation;
    variable.sensitive = model::bool_setting(program, decl.sensitive).value_or(false);
    variable.ephemeral = model::bool_setting(program, decl.ephemeral).value_or(false);
    variable.nullable = model::bool_setting(program, decl.nullable).value_or(true);
    variable.from = decl.header;
    if (decl.varies.valid()) variable.variance = Variance::Varies;
    if (const auto given = secret_given(program, *view.flight, reference.index)) {
      variable.sensitive = true;
      variable.source = runplan::FromSecret{program.secrets[*given].name};
      builder.secrets.insert(*given);
    } else {
      const auto& value = builder.env.checked.types().flight_values[flight][reference.index];
      variable.source = runplan::FromValues{value.value_or(values::Value::null(variable.type))};
    }
    variable.validations = refined_validations(variable, "variable `" + decl.name.text + "`");
    for (LoweredBlock& block : rule_validations(variable, program, decl))
      variable.validations.push_back(std::move(block));
  }
  const std::string name = variable.name;
  const std::string text = use_variable(builder, std::move(variable));
  if (!declared) {
    for (const model::ValidationDecl& validation : decl.validations) {
      LoweredBlock block;
      block.type = "validation";
      block.from = validation.span;
      block.assignments.push_back({"condition",
                                   rewrite_expression(builder, view, validation.condition),
                                   program.tree()[validation.condition].span});
      block.assignments.push_back({"error_message",
                                   rewrite_expression(builder, view, validation.error_message),
                                   program.tree()[validation.error_message].span});
      builder.variables.at(name).validations.push_back(std::move(block));
    }
  }
  return text;
}

std::string secret(RootBuilder& builder, const Reference& reference) {
  const model::Secret& secret = builder.env.program().secrets[reference.entity];
  builder.secrets.insert(reference.entity);
  LoweredVariable variable;
  variable.name = "secret__" + secret.name;
  variable.type = values::Type::string();
  variable.sensitive = true;
  variable.nullable = false;
  variable.source = runplan::FromSecret{secret.name};
  variable.from = secret.decl->header;
  return use_variable(builder, std::move(variable));
}

// What differs from environment to environment reaches a root as a variable, so that its code is
// the same in each.
LoweredVariable place_variable(const View& view, const std::string& name, values::Value value,
                               source::Span from) {
  LoweredVariable variable;
  variable.name = view.prefix + "flight__" + name;
  variable.type = value.type();
  variable.nullable = false;
  variable.source = runplan::FromValues{std::move(value)};
  variable.variance = Variance::Varies;
  variable.from = from;
  return variable;
}

// Of the type that it has in all environments, so that the variable is the same in each.
std::string flight_fact_variable(RootBuilder& builder, const View& view,
                                 const Reference& reference) {
  const model::ResolvedProgram& program = builder.env.program();
  const values::Value& value = program[view.flight->environment].facts.at(reference.name);
  const auto& types = builder.env.checked.types().facts;
  const auto type = types.find(reference.name);
  const values::Conversion converted =
      values::convert(value, type == types.end() ? values::Type::any() : type->second);
  LoweredVariable variable = place_variable(view, "facts__" + reference.name,
                                            converted.value.value_or(value), reference.span);
  variable.nullable =
      std::any_of(program.environments.begin(), program.environments.end(),
                  [&](const model::Environment& environment) {
                    const auto fact = environment.facts.find(reference.name);
                    return fact != environment.facts.end() && fact->second.is_null();
                  });
  return use_variable(builder, std::move(variable));
}

std::string local(RootBuilder& builder, const View& view, const model::LocalDecl& decl) {
  const std::string name =
      view.prefix.empty() ? decl.name.text : view.prefix + "local__" + decl.name.text;
  const Zone zone = builder.zone;
  return use_local(builder, name, decl.span, [&] {
    builder.zone = zone == Zone::Code ? zone : Zone::Code;  // a local may be read anywhere
    Text text = rewrite_expression(builder, view, decl.value);
    builder.zone = zone;
    return text;
  });
}

std::string flight_fact(RootBuilder& builder, const View& view, std::string_view member) {
  const model::ResolvedProgram& program = builder.env.program();
  const Flight& flight = *view.flight;
  const std::string name = view.prefix + "flight";
  const source::Span from =
      flight.mission.valid() ? program[flight.mission].decl->header : builder.root.from;
  use_local(builder, name, from, [&] {
    return synthetic(values::to_hcl(values::Value::object(
        {{"mission", values::Value::string(model::mission_name(program, flight))},
         {"namespace", values::Value::string(flight.namespace_name)},
         {"region", values::Value::string(program[flight.space].region)},
         {"space", values::Value::string(program[flight.space].name)}})));
  });
  return "local." + name + "." + std::string(member);
}

std::string instance(RootBuilder& builder, const View& view, std::string_view member) {
  const model::ResolvedProgram& program = builder.env.program();
  std::string key;
  values::Value value;
  source::Span from;
  if (view.procedure != nullptr && view.procedure->keyed) {
    const auto& keys = view.procedure->keys;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (keys[i] == view.key) value = view.procedure->key_values[i];
    }
    key = view.key;
    from = view.procedure->decl->header;
  } else {
    const model::Instance& of_mission = program[view.flight->instance];
    key = of_mission.key;
    value = of_mission.value;
    from = program[of_mission.mission].decl->header;
  }
  const std::string name = view.prefix + "instance";
  use_local(builder, name, from, [&] {
    return synthetic(values::to_hcl(
        values::Value::object({{"key", values::Value::string(key)}, {"value", value}})));
  });
  return "local." + name + "." + std::string(member);
}

}  // namespace

std::string lower_reference(RootBuilder& builder, const View& view, const Reference& reference) {
  const model::ResolvedProgram& program = builder.env.program();
  const std::string as_written(builder.env.sources.text(reference.span));
  switch (reference.kind) {
    case RefKind::Variable:
      return mission_variable(builder, view, reference);
    case RefKind::TopLocal:
      return local(builder, view, program.program->locals[reference.index]);
    case RefKind::MissionLocal:
      return local(builder, view, program[reference.mission].decl->locals[reference.index]);
    case RefKind::Secret:
      return secret(builder, reference);
    case RefKind::FlightMission:
      return flight_fact(builder, view, "mission");
    case RefKind::FlightSpace:
      return flight_fact(builder, view, "space");
    case RefKind::FlightRegion:
      return flight_fact(builder, view, "region");
    case RefKind::FlightNamespace:
      return flight_fact(builder, view, "namespace");
    case RefKind::FlightEnvironment:
      return use_variable(
          builder, place_variable(view, "environment",
                                  values::Value::string(program[view.flight->environment].name),
                                  reference.span));
    case RefKind::FlightUnique:
      return use_variable(
          builder, place_variable(view, "unique",
                                  values::Value::string(view.flight->namespace_name + "--" +
                                                        program[view.flight->environment].name),
                                  reference.span));
    case RefKind::FlightFact:
      return flight_fact_variable(builder, view, reference);
    case RefKind::InstanceKey:
      return instance(builder, view, "key");
    case RefKind::InstanceValue:
      return instance(builder, view, "value");
    case RefKind::ProcedureOutput:
      return lower_procedure_output(builder, view, reference);
    case RefKind::ProcedureObject:
      return lower_procedure_object(builder, view, reference);
    case RefKind::ExportValue:
    case RefKind::ExportObject:
    case RefKind::ExportSpace:
      return lower_export(builder, view, reference);
    case RefKind::Unknown:
    case RefKind::Environment:
    case RefKind::Space:
    case RefKind::Provider:
    case RefKind::Remote:
    case RefKind::TypeName:
    case RefKind::Interface:
    case RefKind::Mission:
    case RefKind::Body:
    case RefKind::Change:
      return as_written;
  }
  return as_written;
}

}  // namespace space::lower
