// What other roots give: outputs of procedures, and exports of missions, which are lowered into
// their readers (docs/decisions/0001).
#include "compiler/lower/reads.h"

#include <algorithm>

#include "compiler/lower/validations.h"
#include "core/values/render.h"

namespace space::lower {

namespace {

using model::Flight;
using model::Reference;
using model::RefKind;

std::string output_variable(RootBuilder& builder, std::string name, const Flight& producer,
                            const model::Procedure& procedure, const std::string& key,
                            std::size_t index, const model::OutputType* wider) {
  const model::ResolvedProgram& program = builder.env.program();
  const std::size_t id = static_cast<std::size_t>(&procedure - program.procedures.data());
  const model::OutputType& type = builder.env.checked.types().outputs[id][index];
  const model::OutputDecl& decl = model::outputs_of(program, procedure)[index];
  LoweredVariable variable;
  variable.name = std::move(name);
  variable.type = wider != nullptr ? wider->type : type.type;
  variable.sensitive = type.sensitive || (wider != nullptr && wider->sensitive);
  variable.nullable = type.optional;
  const std::string root = root_id(program, producer, procedure, key);
  variable.source = runplan::FromOutput{root, decl.name.text};
  variable.from = decl.header;
  variable.validations = refined_validations(
      variable, "output `" + decl.name.text + "` of procedure `" + procedure.name + "`");
  builder.reads.insert(root);
  return use_variable(builder, std::move(variable));
}

std::string procedure_name(const View& view, const model::Procedure& procedure,
                           const std::string& key) {
  std::string name = view.prefix + "procedure__" + procedure.name;
  if (procedure.keyed) name += "__" + key;
  return name;
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

// What an export declares sensitive is so in its readers, whatever it reads.
void hide(Text& text) {
  const bool many_lines = std::any_of(text.begin(), text.end(), [](const Piece& piece) {
    return piece.text.find('\n') != std::string::npos;
  });
  // After a heredoc a parenthesis stands in a line of its own.
  text.insert(text.begin(), {"sensitive(", {}, runplan::MappingKind::Synthetic});
  text.push_back({many_lines ? "\n)" : ")", {}, runplan::MappingKind::Synthetic});
}

// One export of one flight: the output itself where it is just that, else the export's expression,
// here.
std::string export_value(RootBuilder& builder, const std::string& base_name, const Flight& producer,
                         std::size_t index) {
  const model::ResolvedProgram& program = builder.env.program();
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
  return use_local(builder, name, decl.span, [&] {
    Text text = rewrite_expression(builder, inside, decl.value);
    if (type.sensitive) hide(text);
    return text;
  });
}

std::string export_name(const View& view, const model::Mission& mission,
                        const Reference& reference) {
  return view.prefix + (reference.common ? "common__" : "mission__") + mission.name;
}

std::string exports_of_flight(RootBuilder& builder, const std::string& base_name,
                              const Flight& producer, int indent) {
  const auto& decls = builder.env.program()[producer.mission].decl->exports;
  std::vector<std::pair<std::string, std::string>> entries;
  for (std::size_t i = 0; i < decls.size(); ++i)
    entries.emplace_back(decls[i].name.text, export_value(builder, base_name, producer, i));
  return object_text(entries, indent);
}

}  // namespace

std::string root_id(const model::ResolvedProgram& program, const Flight& flight,
                    const model::Procedure& procedure, const std::string& key) {
  return flight.id + "/" + program.stage_of(procedure).name.text + "/" +
         model::rooted_name(procedure, key);
}

std::string lower_procedure_output(RootBuilder& builder, const View& view,
                                   const Reference& reference) {
  const model::ResolvedProgram& program = builder.env.program();
  const model::Procedure& procedure = program[reference.procedure];
  const std::string key = reference.key.value_or("");
  const std::string name = procedure_name(view, procedure, key) + "__" +
                           model::outputs_of(program, procedure)[reference.index].name.text;
  return output_variable(builder, name, *view.flight, procedure, key, reference.index, nullptr);
}

std::string lower_procedure_object(RootBuilder& builder, const View& view,
                                   const Reference& reference) {
  const model::ResolvedProgram& program = builder.env.program();
  const model::Procedure& procedure = program[reference.procedure];
  return use_local(
      builder, view.prefix + "procedure__" + procedure.name, procedure.decl->header, [&] {
        std::vector<std::pair<std::string, std::string>> keys;
        for (const std::string& key : procedure.keys) {
          std::vector<std::pair<std::string, std::string>> outputs;
          const auto& decls = model::outputs_of(program, procedure);
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

std::string lower_export(RootBuilder& builder, const View& view, const Reference& reference) {
  const model::ResolvedProgram& program = builder.env.program();
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

}  // namespace space::lower
