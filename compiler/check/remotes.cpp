// Law 5, the remotes' side: a known type, arguments that it takes and that are the user's to write,
// and locking.
#include <algorithm>

#include "compiler/check/laws.h"

namespace space::check {

namespace {

using model::ArgumentRole;

std::vector<std::string> writable_arguments(const model::RemoteType& type) {
  std::vector<std::string> names;
  for (const model::RemoteArgument& argument : type.arguments) {
    if (argument.role != ArgumentRole::Owned && argument.role != ArgumentRole::Secret)
      names.emplace_back(argument.name);
  }
  return names;
}

void check_argument(Context& context, const model::RemoteType& type,
                    const model::Attribute& attribute) {
  const model::RemoteArgument* argument = model::find_argument(type, attribute.name.text);
  if (argument == nullptr) {
    const std::vector<std::string> names = writable_arguments(type);
    const std::vector<std::string_view> views(names.begin(), names.end());
    const auto near = base::closest(attribute.name.text, views);
    context.sink
        .report(diagnostics::remote_argument, attribute.name.span, type.name, attribute.name.text)
        .help(near ? fmt::format("did you mean `{}`?", *near)
                   : fmt::format("it takes {}", base::list_names(names, 12)));
    return;
  }
  if (argument->role == ArgumentRole::Owned) {
    context.sink
        .report(diagnostics::owned_argument, attribute.name.span, attribute.name.text, type.name)
        .label("the state address is written here")
        .help("leave it out: every procedure gets an address of its own");
  } else if (argument->role == ArgumentRole::Secret) {
    context.sink.report(diagnostics::secret_in_remote, attribute.name.span, attribute.name.text)
        .help(argument->environment.empty()
                  ? std::string("give it by `env = { NAME = secret.x }`")
                  : fmt::format("give it by `env = {{ {} = secret.x }}`", argument->environment));
  }
}

bool is_set(const model::ResolvedProgram& program, const model::Attribute& attribute) {
  const eval::Expr& node = program.tree()[attribute.value];
  if (node.kind != eval::ExprKind::Literal) return true;
  if (!node.literal.is_known() || node.literal.is_null()) return false;
  return node.literal.type().kind() != values::TypeKind::Bool || node.literal.as_bool();
}

void check_locking(Context& context, const model::Remote& remote, const model::RemoteType& type) {
  const model::Attribute* refused = nullptr;
  bool locked = type.locking == model::Locking::Always;
  for (const model::Attribute& attribute : remote.decl->arguments) {
    const model::RemoteArgument* argument = model::find_argument(type, attribute.name.text);
    if (argument == nullptr || argument->role != ArgumentRole::Lock) continue;
    if (is_set(context.program, attribute)) {
      locked = true;
    } else {
      refused = &attribute;
      locked = locked && type.locking != model::Locking::Always;
    }
  }
  if (locked) return;
  context.sink
      .report(diagnostics::remote_does_not_lock,
              refused != nullptr ? refused->span : remote.decl->header, remote.name,
              "two runs at once would lose one's state")
      .help(std::string(type.lock_help));
}

}  // namespace

void check_remotes(Context& context) {
  for (const model::Remote& remote : context.program.remotes) {
    const model::RemoteType* type = model::find_remote_type(remote.type);
    if (type == nullptr) {
      std::vector<std::string> names;
      for (const model::RemoteType& known : model::remote_types()) names.emplace_back(known.name);
      const std::vector<std::string_view> views(names.begin(), names.end());
      const auto near = base::closest(remote.type, views);
      context.sink.report(diagnostics::unknown_remote_type, remote.decl->type.span, remote.type)
          .help(near ? fmt::format("did you mean `{}`?", *near)
                     : fmt::format("the types are {}", base::list_names(names, 12)));
      continue;
    }
    for (const model::Attribute& attribute : remote.decl->arguments)
      check_argument(context, *type, attribute);
    for (const model::Block& block : remote.decl->blocks) {
      if (block.type.text == "encryption") continue;
      if (std::find(type->blocks.begin(), type->blocks.end(), block.type.text) !=
          type->blocks.end())
        continue;
      context.sink.report(diagnostics::remote_argument, block.header, type->name, block.type.text);
    }
    for (const model::RemoteArgument& argument : type->arguments) {
      if (argument.role != ArgumentRole::Required) continue;
      const auto& given = remote.decl->arguments;
      if (std::any_of(given.begin(), given.end(),
                      [&](const auto& attribute) { return attribute.name.text == argument.name; }))
        continue;
      if (remote.environment.contains(std::string(argument.environment))) continue;
      context.sink.report(diagnostics::remote_missing_argument, remote.decl->header, type->name,
                          argument.name);
    }
    check_locking(context, remote, *type);
  }
}

}  // namespace space::check
