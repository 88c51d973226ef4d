#include "compiler/modules/interface.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "compiler/modules/literal.h"
#include "compiler/typing/type_expression.h"
#include "core/source/source_set.h"
#include "core/values/convert.h"
#include "core/values/render.h"

namespace space::modules {

namespace {

class VariableReader {
 public:
  VariableReader(const eval::ExprTree& tree, const NamedBlock& block, const std::string& called,
                 ModuleSink& sink)
      : tree_(tree), block_(block), called_(called), sink_(sink) {}

  model::ModuleVariable read() {
    variable_.name = block_.name;
    variable_.type = values::Type::any();
    variable_.span = block_.span;
    variable_.has_validation = block_.has_validation;
    for (const Arguments& layer : block_.layers) read_layer(layer);
    return std::move(variable_);
  }

 private:
  // In tofu's order: a default that an override brings meets the type that stands by then, and a
  // type that it brings meets the default.
  void read_layer(const Arguments& layer) {
    const auto find = [&](std::string_view name) {
      const auto found = layer.find(name);
      return found == layer.end() ? nullptr : &found->second;
    };
    const auto set = [&](std::string_view name, bool& into) {
      if (const Argument* found = find(name)) into = says_true(tree_, found->value);
    };
    set("sensitive", variable_.sensitive);
    set("ephemeral", variable_.ephemeral);
    set("nullable", variable_.nullable);
    set("const", variable_.is_const);
    if (const Argument* found = find("description"))
      variable_.description = text_of(tree_, found->value).value_or("");
    if (const Argument* found = find("deprecated")) {
      if (auto text = text_of(tree_, found->value); text && !text->empty())
        variable_.deprecated = std::move(*text);
    }
    const Argument* type = find("type");
    const Argument* written = find("default");
    if (type != nullptr) variable_.type = read_type(type->value);
    if (written != nullptr) {
      variable_.has_default = true;
      variable_.default_value = literal_of(tree_, written->value);
    }
    const Argument* changed = written != nullptr ? written : type;
    if (changed != nullptr && variable_.default_value) fit_default(changed->span);
  }

  void fit_default(source::Span span) {
    values::Conversion conversion = values::convert(*variable_.default_value, variable_.type);
    if (!conversion.value) {
      const values::ConversionError& error = conversion.error;
      sink_
          .report(diagnostics::module_syntax, span, called_,
                  fmt::format("the default of variable `{}` does not fit its type", block_.name))
          .note(error.path.empty() ? error.message
                                   : fmt::format("{}: {}", error.path, error.message));
      variable_.default_value.reset();
      return;
    }
    variable_.default_value = std::move(conversion.value);
    if (!variable_.nullable && variable_.default_value->is_null()) {
      sink_.report(
          diagnostics::module_syntax, span, called_,
          fmt::format("the default of variable `{}` is null, which it does not take", block_.name));
    }
  }

  values::Type read_type(eval::ExprId id) {
    // tofu still takes the names of old: a list, a map of anything.
    const eval::Expr& written = tree_[id];
    if (written.kind == eval::ExprKind::Variable && written.name == "list")
      return values::Type::list(values::Type::any());
    if (written.kind == eval::ExprKind::Variable && written.name == "map")
      return values::Type::map(values::Type::any());
    const auto nothing_named = [](std::string_view) -> std::optional<values::Type> {
      return std::nullopt;
    };
    values::Type type = typing::type_from_expression(tree_, id, nothing_named, sink_);
    if (!type.has_refinement()) return type;
    sink_
        .report(diagnostics::module_syntax, written.span, called_,
                fmt::format("tofu has no type `{}`", values::to_string(type)))
        .help("types such as `cidr` are the language's own: a module takes `string` or `number`");
    return type.without_refinements();
  }

  const eval::ExprTree& tree_;
  const NamedBlock& block_;
  const std::string& called_;
  ModuleSink& sink_;
  model::ModuleVariable variable_;
};

model::ModuleOutput read_output(const eval::ExprTree& tree, const NamedBlock& block) {
  model::ModuleOutput output;
  output.name = block.name;
  output.span = block.span;
  const auto set = [&](std::string_view name, bool& into) {
    if (const Argument* found = block.find(name)) into = says_true(tree, found->value);
  };
  set("sensitive", output.sensitive);
  set("ephemeral", output.ephemeral);
  // An empty text in an override file changes nothing.
  const auto set_text = [&](std::string_view name, std::string& into) {
    for (const Arguments& layer : block.layers) {
      const auto found = layer.find(name);
      if (found == layer.end()) continue;
      if (auto text = text_of(tree, found->second.value); text && !text->empty())
        into = std::move(*text);
    }
  };
  set_text("description", output.description);
  set_text("deprecated", output.deprecated);
  return output;
}

model::ModuleCall read_call(const eval::ExprTree& tree, const NamedBlock& block) {
  const auto text = [&](std::string_view name) {
    const Argument* found = block.find(name);
    return found == nullptr ? std::string() : text_of(tree, found->value).value_or("");
  };
  return {block.name, text("source"), text("version"), block.span};
}

}  // namespace

std::vector<model::ModuleVariable> read_variables(const ModuleFolder& folder,
                                                  const std::string& called, ModuleSink& sink) {
  std::vector<model::ModuleVariable> variables;
  for (const NamedBlock& block : folder.variables)
    variables.push_back(VariableReader(folder.expressions, block, called, sink).read());
  return variables;
}

namespace {

// The variables that make an output sensitive where they are given what is.
std::vector<std::string> carried(const ReadFolder& entry, const ReadFolders& all,
                                 const NamedBlock& output) {
  const auto is_sensitive = [&](std::set<std::string> given) {
    return OutputValues(all, {&entry, std::move(given)}).of(entry, output).marks_deep().sensitive;
  };
  std::set<std::string> names;
  for (const model::ModuleVariable& variable : entry.variables) names.insert(variable.name);
  std::vector<std::string> carries;
  if (!is_sensitive(names)) return carries;
  for (const std::string& name : names) {
    if (is_sensitive({name})) carries.push_back(name);
  }
  return carries;
}

}  // namespace

void read_interface(const ReadFolder& entry, const ReadFolders& all, model::ModuleInterface& into) {
  const eval::ExprTree& tree = entry.folder.expressions;
  into.variables = entry.variables;
  OutputValues values(all);
  for (const NamedBlock& block : entry.folder.outputs) {
    model::ModuleOutput& output = into.outputs.emplace_back(read_output(tree, block));
    output.value = values.of(entry, block);
    if (!output.sensitive && !output.value.marks_deep().sensitive)
      output.carries = carried(entry, all, block);
  }
  for (const NamedBlock& block : entry.folder.calls) into.calls.push_back(read_call(tree, block));
  into.tofu_versions = entry.folder.tofu_versions;
  std::sort(into.tofu_versions.begin(), into.tofu_versions.end());
}

}  // namespace space::modules
