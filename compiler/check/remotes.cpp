// Law 5, the remotes' side: a known type, its arguments (remote_arguments.h), and locking.
#include "compiler/check/remote_arguments.h"
#include "compiler/model/remote_place.h"

namespace space::check {

namespace {

using model::ArgumentRole;

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
  if (locked || !model::has_known_arguments(remote)) return;
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
      const source::Span span = remote.decl->type.span;
      auto report = context.sink.report(diagnostics::unknown_remote_type, span, remote.type);
      diagnostics::respell(report, {remote.type, span, context.sources.text(span)},
                           {names.begin(), names.end()},
                           fmt::format("the types are {}", base::list_names(names, 12)));
      continue;
    }
    check_remote_arguments(context, remote, *type);
    check_locking(context, remote, *type);
  }
}

}  // namespace space::check
