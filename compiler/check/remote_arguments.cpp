#include "compiler/check/remote_arguments.h"

#include <algorithm>
#include <optional>

#include "compiler/check/object_keys.h"

namespace space::check {

namespace {

using model::ArgumentRole;
using model::NestedForm;

// The arguments of a remote, or of what is nested in one; `prefix` is then "exec.".
struct Table {
  const model::RemoteType& type;
  std::span<const model::RemoteArgument> arguments;
  std::string prefix;
};

// One that is written: its name, and its value where that is an expression of its own.
using Given = ObjectKey;

std::vector<std::string> writable(const Table& table) {
  std::vector<std::string> names;
  for (const model::RemoteArgument& argument : table.arguments) {
    if (argument.role != ArgumentRole::Owned && argument.role != ArgumentRole::Secret)
      names.emplace_back(argument.name);
  }
  return names;
}

void help_for_unknown(const Context& context, diagnostics::DiagnosticSink::Builder& report,
                      const Table& table, const model::Name& name,
                      const std::vector<std::string>& beside) {
  const model::RemoteNested* nested =
      table.prefix.empty() ? model::find_nested(table.type, name.text) : nullptr;
  if (nested != nullptr) {
    report.help(fmt::format("it is a block: write `{} {{ … }}`", name.text));
    return;
  }
  std::vector<std::string> names = writable(table);
  const std::string all = base::list_names(names, 12);
  if (table.prefix.empty()) {
    for (const model::RemoteNested& block : table.type.nested) names.emplace_back(block.name);
  }
  diagnostics::respell(report, {name.text, name.span, context.sources.text(name.span), beside},
                       {names.begin(), names.end()}, fmt::format("it takes {}", all));
}

void check_secrets(Context& context, const std::string& argument, eval::ExprId value) {
  if (!value.valid()) return;
  for (const eval::Traversal& traversal : eval::free_references(context.program.tree(), value)) {
    const model::Reference* reference = context.program.reference(traversal.head);
    if (reference == nullptr || reference->kind != model::RefKind::Secret) continue;
    context.sink.report(diagnostics::secret_in_remote, traversal.span, argument)
        .help(
            "give credentials by `env = { NAME = secret.x }`, and a passphrase in an `encryption` "
            "block");
  }
}

// What says where the states are is one word, but for what is nested and kubernetes' files.
void check_single(Context& context, const Table& table, const model::RemoteArgument& argument,
                  const Given& given) {
  const bool is_single = model::says_where(argument.role) && argument.name != "config_paths" &&
                         model::find_nested(table.type, argument.name) == nullptr;
  if (!is_single || !given.value.valid()) return;
  const eval::ExprTree& tree = context.program.tree();
  if (!eval::is_collection(tree, given.value)) return;
  context.sink.report(diagnostics::type_mismatch, tree[given.value].span,
                      fmt::format("`{}{}`", table.prefix, argument.name), "a string",
                      tree[given.value].kind == eval::ExprKind::Tuple ? "a list" : "a collection");
}

void check_argument(Context& context, const Table& table, const Given& given,
                    const std::vector<std::string>& beside) {
  const model::Name& name = given.name;
  const model::RemoteArgument* argument = model::find_argument(table.arguments, name.text);
  const std::string whole = table.prefix + name.text;
  if (argument == nullptr) {
    auto report =
        context.sink.report(diagnostics::remote_argument, name.span, table.type.name, whole);
    help_for_unknown(context, report, table, name, beside);
  } else if (argument->role == ArgumentRole::Owned) {
    context.sink.report(diagnostics::owned_argument, name.span, whole, table.type.name)
        .label("the state address is written here")
        .help("leave it out: every procedure gets an address of its own");
  } else if (argument->role == ArgumentRole::Secret) {
    context.sink.report(diagnostics::secret_in_remote, name.span, whole)
        .help(fmt::format("give it by `env = {{ {} = secret.x }}`", argument->environment));
  } else {
    check_single(context, table, *argument, given);
    check_secrets(context, whole, given.value);
  }
}

// By a name that it does not take, which was reported.
bool is_meant(const Table& table, const model::RemoteArgument& argument, const Given& given) {
  if (model::find_argument(table.arguments, given.name.text) != nullptr) return false;
  const std::vector<std::string> names = writable(table);
  return diagnostics::only_near(given.name.text, {names.begin(), names.end()}) == argument.name;
}

// `at`: whose arguments these are.
void check_missing(Context& context, const model::Remote& remote, const Table& table,
                   const std::vector<Given>& given, source::Span at) {
  const auto name_of = [](const Given& one) { return one.name.text; };
  for (const model::RemoteArgument& argument : table.arguments) {
    if (argument.role != ArgumentRole::Required && argument.role != ArgumentRole::Needed) continue;
    if (std::ranges::find(given, argument.name, name_of) != given.end()) continue;
    if (std::ranges::any_of(given,
                            [&](const Given& one) { return is_meant(table, argument, one); }))
      continue;
    if (remote.environment.contains(std::string(argument.environment))) continue;
    context.sink.report(diagnostics::remote_missing_argument, at, table.type.name,
                        table.prefix + std::string(argument.name));
  }
}

void check_all(Context& context, const model::Remote& remote, const Table& table,
               const std::vector<Given>& given, source::Span at) {
  std::vector<std::string> names;
  for (const Given& one : given) names.push_back(one.name.text);
  for (const Given& one : given) check_argument(context, table, one, names);
  check_missing(context, remote, table, given, at);
}

std::vector<Given> given_by(const std::vector<model::Attribute>& attributes) {
  std::vector<Given> given;
  for (const model::Attribute& attribute : attributes)
    given.push_back({attribute.name, attribute.value});
  return given;
}

// What an object's argument is in a flight; nothing where no flight uses the remote or the value is
// not known.
std::optional<values::Value> value_of(const model::ResolvedProgram& program,
                                      const model::Remote& remote, const std::string& argument) {
  for (const model::Flight& flight : program.flights) {
    const model::RemoteId id = program[flight.space].remote;
    if (!id.valid() || &program[id] != &remote) continue;
    const auto found = flight.remote.arguments.find(argument);
    const bool known = found != flight.remote.arguments.end() && found->second.is_known() &&
                       !found->second.is_null();
    return known ? std::optional(found->second) : std::nullopt;
  }
  return std::nullopt;
}

void check_object(Context& context, const model::Remote& remote, const model::RemoteType& type,
                  const model::RemoteNested& nested, const model::Attribute& attribute) {
  const Table table{type, nested.arguments, attribute.name.text + "."};
  if (const auto keys = written_keys(context.program.tree(), attribute.value))
    return check_all(context, remote, table, *keys, attribute.name.span);
  check_secrets(context, attribute.name.text, attribute.value);
  const auto value = value_of(context.program, remote, attribute.name.text);
  if (!value) return;
  const source::Span at = context.program.tree()[attribute.value].span;
  if (value->kind() != values::TypeKind::Object && value->kind() != values::TypeKind::Map) {
    context.sink.report(diagnostics::type_mismatch, at, "`" + attribute.name.text + "`",
                        "an object", values::describe(value->type()));
    return;
  }
  std::vector<Given> keys;
  for (const auto& [name, inner] : value->as_map()) keys.push_back({{name, at}, {}});
  check_all(context, remote, table, keys, at);
}

void check_block(Context& context, const model::Remote& remote, const model::RemoteType& type,
                 const model::Block& block) {
  const model::RemoteNested* nested = model::find_nested(type, block.type.text);
  if (nested == nullptr || nested->form == NestedForm::Object) {
    const Table table{type, type.arguments, ""};
    const bool is_argument = model::find_argument(type, block.type.text) != nullptr;
    auto report =
        context.sink.report(diagnostics::remote_argument, block.header, type.name, block.type.text);
    if (is_argument) {
      report.help(fmt::format("it is an argument: write `{} = {}`", block.type.text,
                              nested != nullptr ? "{ … }" : "…"));
    } else {
      help_for_unknown(context, report, table, block.type, {});
    }
    return;
  }
  if (!block.labels.empty()) {
    context.sink.report(
        diagnostics::wrong_labels, block.labels.front().span, block.type.text, "no label",
        block.labels.size() == 1 ? std::string("one") : std::to_string(block.labels.size()));
  }
  const Table table{type, nested->arguments, block.type.text + "."};
  check_all(context, remote, table, given_by(block.body.attributes), block.header);
  for (const model::Block& inner : block.body.blocks) {
    context.sink.report(diagnostics::remote_argument, inner.header, type.name,
                        table.prefix + inner.type.text);
  }
}

}  // namespace

void check_remote_arguments(Context& context, const model::Remote& remote,
                            const model::RemoteType& type) {
  const auto& arguments = remote.decl->arguments;
  std::vector<Given> given = given_by(arguments);
  for (Given& one : given) {  // what an object holds is looked at key by key
    const model::RemoteNested* nested = model::find_nested(type, one.name.text);
    if (nested != nullptr && nested->form == NestedForm::Object) one.value = {};
  }
  check_all(context, remote, {type, type.arguments, ""}, given, remote.decl->header);
  for (const model::Attribute& attribute : arguments) {
    const model::RemoteNested* nested = model::find_nested(type, attribute.name.text);
    if (nested != nullptr && nested->form == NestedForm::Object)
      check_object(context, remote, type, *nested, attribute);
  }
  for (const model::Block& block : remote.decl->blocks) {
    if (block.type.text != "encryption") check_block(context, remote, type, block);
  }
}

}  // namespace space::check
