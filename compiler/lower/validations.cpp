#include "compiler/lower/validations.h"

#include "compiler/model/queries.h"
#include "core/values/convert.h"
#include "core/values/refined.h"
#include "core/values/render.h"

namespace space::lower {

namespace {

using values::Type;
using values::TypeKind;

LoweredBlock validation(const LoweredVariable& variable, std::string condition,
                        const std::string& message) {
  const auto line = [&](const char* name, std::string text) {
    return Assignment{
        name, {{std::move(text), variable.from, runplan::MappingKind::Derived}}, variable.from};
  };
  LoweredBlock block;
  block.type = "validation";
  block.from = variable.from;
  block.assignments = {line("condition", std::move(condition)),
                       line("error_message", values::quote_hcl(message))};
  return block;
}

// A way from the variable to one refined part of its type.
struct Step {
  enum class Kind : std::uint8_t { Name, Place, Each } kind = Kind::Each;
  std::string name;       // Name
  std::size_t place = 0;  // Place, of a tuple
};
struct Part {
  std::vector<Step> way;
  values::Refinement refinement = values::Refinement::None;
};

void find_parts(const Type& type, std::vector<Step>& way, std::vector<Part>& parts) {
  if (!type.has_refinement()) return;
  const auto into = [&](const Type& inner, Step step) {
    way.push_back(std::move(step));
    find_parts(inner, way, parts);
    way.pop_back();
  };
  switch (type.kind()) {
    case TypeKind::List:
    case TypeKind::Set:
    case TypeKind::Map:
      return into(type.element(), {Step::Kind::Each, "", 0});
    case TypeKind::Object:
      for (const auto& [name, attribute] : type.attributes())
        into(attribute.type, {Step::Kind::Name, name, 0});
      return;
    case TypeKind::Tuple:
      for (std::size_t i = 0; i < type.elements().size(); ++i)
        into(type.elements()[i], {Step::Kind::Place, "", i});
      return;
    default:
      parts.push_back({way, type.refinement()});
  }
}

enum class Null : std::uint8_t { Passes, CannotBe };

std::string holds_at(const std::string& value, const Part& part, std::size_t at, Null null) {
  std::string test;
  if (at == part.way.size()) {
    test = values::refined_condition(part.refinement, value);
  } else {
    const Step& step = part.way[at];
    if (step.kind == Step::Kind::Each) {
      const std::string item = at == 0 ? "item" : "item" + std::to_string(at);
      test = "alltrue([for " + item + " in " + value + " : " +
             holds_at(item, part, at + 1, Null::Passes) + "])";
    } else {
      std::string inner = "[" + std::to_string(step.place) + "]";
      if (step.kind == Step::Kind::Name) {
        inner = values::is_identifier(step.name) ? "." + step.name
                                                 : "[" + values::quote_hcl(step.name) + "]";
      }
      test = holds_at(value + inner, part, at + 1, Null::Passes);
    }
  }
  return null == Null::Passes ? value + " == null ? true : " + test : test;
}

std::string words_of(const std::vector<Step>& way) {
  std::string text;
  for (const Step& step : way) {
    if (step.kind == Step::Kind::Each) {
      text += "[*]";
    } else if (step.kind == Step::Kind::Place) {
      text += "[" + std::to_string(step.place) + "]";
    } else {
      text += (text.empty() ? "" : ".") + step.name;
    }
  }
  return text;
}

std::string unless_null(const LoweredVariable& variable, const std::string& test) {
  const std::string name = "var." + variable.name;
  return variable.nullable ? name + " == null ? true : " + test : test;
}

}  // namespace

std::vector<LoweredBlock> refined_validations(const LoweredVariable& variable,
                                              const std::string& subject) {
  std::vector<Part> parts;
  std::vector<Step> way;
  find_parts(variable.type, way, parts);
  std::vector<LoweredBlock> blocks;
  for (const Part& part : parts) {
    const values::RefinedType& type = values::refined_type(part.refinement);
    const std::string words = words_of(part.way);
    blocks.push_back(validation(variable,
                                holds_at("var." + variable.name, part, 0,
                                         variable.nullable ? Null::Passes : Null::CannotBe),
                                (words.empty() ? subject : "`" + words + "` of " + subject) +
                                    " must be " + std::string(type.noun) + ", like " +
                                    std::string(type.example) + "."));
  }
  return blocks;
}

std::vector<LoweredBlock> rule_validations(const LoweredVariable& variable,
                                           const model::ResolvedProgram& program,
                                           const model::VariableDecl& decl) {
  std::vector<LoweredBlock> blocks;
  const std::string name = "var." + variable.name;
  const auto add = [&](const std::string& test, const std::string& must) {
    blocks.push_back(validation(variable, unless_null(variable, test),
                                "variable `" + decl.name.text + "` must " + must + "."));
  };
  if (const values::Value* min = model::setting(program, decl.min)) {
    const std::string number = values::to_hcl_line(*min);
    add(name + " >= " + number, "be at least " + number);
  }
  if (const values::Value* max = model::setting(program, decl.max)) {
    const std::string number = values::to_hcl_line(*max);
    add(name + " <= " + number, "be at most " + number);
  }
  if (const auto pattern = model::text_setting(program, decl.pattern)) {
    add("can(regex(" + values::quote_hcl(*pattern) + ", " + name + "))",
        "match `" + *pattern + "`");
  }
  if (const values::Value* one_of = model::setting(program, decl.one_of)) {
    const values::Conversion list =
        values::convert(*one_of, Type::list(variable.type.without_refinements()));
    SPACE_CHECK(list.value.has_value(), "a `one_of` that typing did not refuse");
    const std::string items = values::to_hcl_line(*list.value);
    add("contains(" + items + ", " + name + ")", "be one of " + items);
  }
  return blocks;
}

}  // namespace space::lower
