// What a reference becomes in a root (docs/architecture.md has the table): a variable or a local of
// that root.
#include <functional>

#include "compiler/lower/root_builder.h"
#include "core/values/render.h"

namespace space::lower {

namespace {

using model::Flight;
using model::Reference;
using model::RefKind;

const model::ResolvedProgram& program_of(const RootBuilder& builder) {
  return builder.env.program();
}

std::string use_variable(RootBuilder& builder, LoweredVariable variable) {
  const std::string name = variable.name;
  builder.zones[name].insert(builder.zone);
  builder.variables.emplace(name, std::move(variable));
  return "var." + name;
}

std::string mission_variable(RootBuilder& builder, const View& view, const Reference& reference) {
  const model::ResolvedProgram& program = program_of(builder);
  const model::VariableDecl& decl = program[view.flight->mission].decl->variables[reference.index];
  LoweredVariable variable;
  variable.name = view.prefix.empty() ? decl.name.text : view.prefix + "var__" + decl.name.text;
  const bool declared = builder.variables.contains(variable.name);
  if (!declared) {
    const std::size_t flight = static_cast<std::size_t>(view.flight - program.flights.data());
    variable.type =
        builder.env.checked.types().variables[view.flight->mission.index()][reference.index];
    variable.description = eval::literal_string(program.tree(), decl.description).value_or("");
    if (variable.description.empty()) variable.description = decl.documentation;
    variable.sensitive = eval::literal_bool(program.tree(), decl.sensitive).value_or(false);
    variable.nullable = eval::literal_bool(program.tree(), decl.nullable).value_or(true);
    variable.from = decl.header;
    const auto& value = builder.env.checked.types().flight_values[flight][reference.index];
    variable.source = runplan::FromValues{value.value_or(values::Value::null(variable.type))};
  }
  const std::string name = variable.name;
  const std::string text = use_variable(builder, std::move(variable));
  if (!declared && view.prefix.empty()) {
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
  const model::Secret& secret = program_of(builder).secrets[reference.entity];
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
std::string place_variable(RootBuilder& builder, const View& view, const std::string& name,
                           values::Value value, source::Span from) {
  LoweredVariable variable;
  variable.name = view.prefix + "flight__" + name;
  variable.type = value.type();
  variable.nullable = false;
  variable.source = runplan::FromValues{std::move(value)};
  variable.from = from;
  return use_variable(builder, std::move(variable));
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
  const model::ResolvedProgram& program = program_of(builder);
  const Flight& flight = *view.flight;
  const std::string name = view.prefix + "flight";
  use_local(builder, name, program[flight.mission].decl->header, [&] {
    return synthetic(values::to_hcl(
        values::Value::object({{"mission", values::Value::string(program[flight.mission].name)},
                               {"namespace", values::Value::string(flight.namespace_name)},
                               {"region", values::Value::string(program[flight.space].region)},
                               {"space", values::Value::string(program[flight.space].name)}})));
  });
  return "local." + name + "." + std::string(member);
}

std::string instance(RootBuilder& builder, const View& view, std::string_view member) {
  const model::ResolvedProgram& program = program_of(builder);
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

std::string output_variable(RootBuilder& builder, std::string name, const Flight& producer,
                            const model::Procedure& procedure, const std::string& key,
                            std::size_t index, const model::OutputType* wider) {
  const model::ResolvedProgram& program = program_of(builder);
  const std::size_t id = static_cast<std::size_t>(&procedure - program.procedures.data());
  const model::OutputType& type = builder.env.checked.types().outputs[id][index];
  const model::OutputDecl& decl = outputs_of(program, procedure)[index];
  LoweredVariable variable;
  variable.name = std::move(name);
  variable.type = wider != nullptr ? wider->type : type.type;
  variable.sensitive = type.sensitive || (wider != nullptr && wider->sensitive);
  variable.nullable = type.optional;
  const std::string root = root_id(program, producer, procedure, key);
  variable.source = runplan::FromOutput{root, decl.name.text};
  variable.from = decl.header;
  builder.reads.insert(root);
  return use_variable(builder, std::move(variable));
}

std::string procedure_name(const View& view, const model::Procedure& procedure,
                           const std::string& key) {
  std::string name = view.prefix + "procedure__" + procedure.name;
  if (procedure.keyed) name += "__" + key;
  return name;
}

std::string procedure_output(RootBuilder& builder, const View& view, const Reference& reference) {
  const model::ResolvedProgram& program = program_of(builder);
  const model::Procedure& procedure = program[reference.procedure];
  const std::string key = reference.key.value_or("");
  const std::string name = procedure_name(view, procedure, key) + "__" +
                           outputs_of(program, procedure)[reference.index].name.text;
  return output_variable(builder, name, *view.flight, procedure, key, reference.index, nullptr);
}

// Objects are laid out as values::to_hcl lays out nested objects: one entry a line, keys quoted
// where they must be.
std::string object_text(const std::vector<std::pair<std::string, std::string>>& entries,
                        int indent) {
  if (entries.empty()) return "{}";
  std::size_t width = 0;
  const auto key_text = [](const std::string& key) {
    return key.find('-') == std::string::npos ? key : values::quote_hcl(key);
  };
  const auto plain = [](const std::string& value) { return value.find('\n') == std::string::npos; };
  for (const auto& [key, value] : entries) {
    if (plain(value)) width = std::max(width, key_text(key).size());
  }
  std::string text = "{\n";
  for (const auto& [key, value] : entries) {
    const std::string name = key_text(key);
    const std::size_t pad = plain(value) ? width - name.size() : 0;
    text += std::string(static_cast<std::size_t>(indent) + 2, ' ') + name + std::string(pad, ' ') +
            " = " + value + "\n";
  }
  return text + std::string(static_cast<std::size_t>(indent), ' ') + "}";
}

std::string procedure_object(RootBuilder& builder, const View& view, const Reference& reference) {
  const model::ResolvedProgram& program = program_of(builder);
  const model::Procedure& procedure = program[reference.procedure];
  return use_local(
      builder, view.prefix + "procedure__" + procedure.name, procedure.decl->header, [&] {
        std::vector<std::pair<std::string, std::string>> keys;
        for (const std::string& key : procedure.keys) {
          std::vector<std::pair<std::string, std::string>> outputs;
          const auto& decls = outputs_of(program, procedure);
          for (std::size_t i = 0; i < decls.size(); ++i) {
            const std::string name =
                procedure_name(view, procedure, key) + "__" + decls[i].name.text;
            outputs.emplace_back(decls[i].name.text, output_variable(builder, name, *view.flight,
                                                                     procedure, key, i, nullptr));
          }
          keys.emplace_back(key, object_text(outputs, 2));
        }
        return synthetic(object_text(keys, 0));
      });
}

// One export of one flight: the output itself where it is just that, else the export's expression,
// here.
std::string export_value(RootBuilder& builder, const std::string& base_name, const Flight& producer,
                         std::size_t index) {
  const model::ResolvedProgram& program = program_of(builder);
  const model::ExportDecl& decl = program[producer.mission].decl->exports[index];
  const model::OutputType& type =
      builder.env.checked.types().exports[producer.mission.index()][index];
  const std::string name = base_name + "__" + decl.name.text;
  if (const auto traversal = eval::as_traversal(program.tree(), decl.value)) {
    const Reference* inner = program.reference(traversal->head);
    if (inner != nullptr && inner->kind == RefKind::ProcedureOutput &&
        inner->consumed == traversal->steps.size()) {
      return output_variable(builder, name, producer, program[inner->procedure],
                             inner->key.value_or(""), inner->index, &type);
    }
  }
  const View inside{&producer, base_name + "__", nullptr, ""};
  return use_local(builder, name, decl.span,
                   [&] { return rewrite_expression(builder, inside, decl.value); });
}

std::string export_name(const View& view, const model::Mission& mission,
                        const Reference& reference) {
  return view.prefix + (reference.common ? "common__" : "mission__") + mission.name;
}

std::string exports_of_flight(RootBuilder& builder, const std::string& base_name,
                              const Flight& producer, int indent) {
  const auto& decls = program_of(builder)[producer.mission].decl->exports;
  std::vector<std::pair<std::string, std::string>> entries;
  for (std::size_t i = 0; i < decls.size(); ++i)
    entries.emplace_back(decls[i].name.text, export_value(builder, base_name, producer, i));
  return object_text(entries, indent);
}

std::string export_reference(RootBuilder& builder, const View& view, const Reference& reference) {
  const model::ResolvedProgram& program = program_of(builder);
  const model::Mission& mission = program[reference.mission];
  const auto flights = model::producer_flights(program, *view.flight, reference);
  std::string name = export_name(view, mission, reference);
  if (reference.key) name += "__" + *reference.key;
  if (reference.space.valid()) name += "__" + program[reference.space].name;
  SPACE_CHECK(!flights.empty(), "a reader flies where its producer does not: check lets none pass");
  if (reference.kind == RefKind::ExportValue)
    return export_value(builder, name, program[flights.front()], reference.index);
  if (reference.kind == RefKind::ExportSpace) {
    return use_local(builder, name, mission.decl->header, [&] {
      return synthetic(exports_of_flight(builder, name, program[flights.front()], 0));
    });
  }
  return use_local(builder, name, mission.decl->header, [&] {
    const bool by_key = mission.keyed && !reference.key;
    std::map<std::string, std::vector<std::pair<std::string, std::string>>>
        groups;  // by key; one "" without keys
    for (const model::FlightId id : flights) {
      const Flight& producer = program[id];
      const std::string key = by_key ? program[producer.instance].key : "";
      const std::string& space = program[producer.space].name;
      const std::string inner = name + (by_key ? "__" + key : "") + "__" + space;
      groups[key].emplace_back(space, exports_of_flight(builder, inner, producer, by_key ? 4 : 2));
    }
    if (!by_key) return synthetic(object_text(groups[""], 0));
    std::vector<std::pair<std::string, std::string>> entries;
    for (const auto& [key, spaces] : groups) entries.emplace_back(key, object_text(spaces, 2));
    return synthetic(object_text(entries, 0));
  });
}

}  // namespace

std::string root_id(const model::ResolvedProgram& program, const Flight& flight,
                    const model::Procedure& procedure, const std::string& key) {
  return flight.id + "/" + program.stage_of(procedure).name.text + "/" +
         model::rooted_name(procedure, key);
}

std::string lower_reference(RootBuilder& builder, const View& view, const Reference& reference) {
  const model::ResolvedProgram& program = program_of(builder);
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
      return place_variable(builder, view, "environment",
                            values::Value::string(program[view.flight->environment].name),
                            reference.span);
    case RefKind::FlightUnique:
      return place_variable(builder, view, "unique",
                            values::Value::string(view.flight->namespace_name + "--" +
                                                  program[view.flight->environment].name),
                            reference.span);
    case RefKind::FlightFact:
      return place_variable(builder, view, "facts__" + reference.name,
                            program[view.flight->environment].facts.at(reference.name),
                            reference.span);
    case RefKind::InstanceKey:
      return instance(builder, view, "key");
    case RefKind::InstanceValue:
      return instance(builder, view, "value");
    case RefKind::ProcedureOutput:
      return procedure_output(builder, view, reference);
    case RefKind::ProcedureObject:
      return procedure_object(builder, view, reference);
    case RefKind::ExportValue:
    case RefKind::ExportObject:
    case RefKind::ExportSpace:
      return export_reference(builder, view, reference);
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
