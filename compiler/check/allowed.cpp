// What `project` allows: providers by their addresses, modules by their folders and addresses. Each
// is held to the list where it is written, and modules that modules call where these call them.
#include <algorithm>

#include "compiler/check/laws.h"
#include "core/eval/glob.h"

namespace space::check {

namespace {

using Patterns = std::optional<std::vector<std::string>>;

bool matches(const Patterns& patterns, const std::string& text) {
  return !patterns || std::ranges::any_of(*patterns, [&](const std::string& pattern) {
    return eval::matches_path(pattern, text);
  });
}

void refuse(Context& context, source::Span span, std::string_view what, const std::string& name,
            std::string_view list, const Patterns& allowed,
            std::source_location origin = std::source_location::current()) {
  const model::ProjectDecl& project = *context.program.program->project;
  const eval::ExprId expr = list == "providers" ? project.providers : project.sources;
  context.sink.report(diagnostics::not_allowed, {span, origin}, what, name, list)
      .related(context.program.tree()[expr].span, "what is allowed stands here")
      .help(allowed->empty() ? std::string("none is allowed")
                             : fmt::format("allowed are {}", base::list_names(*allowed)));
}

class Sources {
 public:
  explicit Sources(Context& context)
      : context_(context), allowed_(context.program.project.sources) {}

  void check() {
    for (const model::Procedure& procedure : context_.program.procedures) check(procedure);
    for (const model::Interface& interface : context_.program.interfaces) {
      for (const model::Implementation& one : interface.implementations) hold(one.source, one.span);
    }
    for (const auto& [key, module] : context_.modules) {
      for (const model::ModuleCall& call : module.calls) {
        if (!call.source.starts_with(".")) hold(call.source, call.span);
      }
    }
  }

 private:
  void check(const model::Procedure& procedure) {
    const eval::ExprTree& tree = context_.program.tree();
    if (procedure.body == model::Procedure::BodyKind::Local)
      hold(procedure.source, tree[procedure.decl->source].span);
    for (const model::RemoteModule& module : model::remote_modules(context_.program, procedure))
      hold(module.address, tree[module.source].span);
    for (const model::BodyModule& module :
         model::body_modules(context_.program, procedure, context_.sources))
      hold(module.path, tree[module.source].span);
  }

  // A git address says its `ref` behind `?`: which one is for others to say.
  void hold(const std::string& source, source::Span span) {
    const std::string place = source.substr(0, source.find('?'));
    const bool is_own = source.empty() || source.starts_with("std/");
    if (!is_own && !matches(allowed_, place))
      refuse(context_, span, "module", place, "sources", allowed_);
  }

  Context& context_;
  const Patterns& allowed_;
};

}  // namespace

void check_allowed(Context& context) {
  const Patterns& providers = context.program.project.providers;
  for (const model::Provider& provider : context.program.providers) {
    if (provider.source.empty()) continue;
    const std::string source = model::normalized_source(provider.source, provider.name);
    if (!matches(providers, source)) {
      refuse(context, context.program.tree()[provider.decl->source].span, "provider", source,
             "providers", providers);
    }
  }
  if (context.program.project.sources) Sources(context).check();
}

}  // namespace space::check
