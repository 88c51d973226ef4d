// `removed { destroy = true }`: its root is remote and providers alone, so these must be there
// until the state is empty.
#include "compiler/model/farewells.h"

#include <algorithm>

#include "compiler/check/states.h"
#include "compiler/model/remote_place.h"

namespace space::check {

namespace {

template <class Entity>
bool has(const std::vector<Entity>& all, const std::string& name) {
  return std::any_of(all.begin(), all.end(), [&](const Entity& one) { return one.name == name; });
}

// Why there is no flight to take its remote from.
std::string no_flight(const model::ResolvedProgram& program, const model::StateName& name) {
  if (!has(program.environments, name.environment))
    return fmt::format("environment `{}` is not in the code", name.environment);
  if (!has(program.spaces, name.space))
    return fmt::format("space `{}` is not in the code", name.space);
  return "it is moved in the same build; build once with the `moved` alone";
}

// Why a configuration is not there; empty where all are.
std::string no_provider(const model::ResolvedProgram& program, const model::StateBook& book,
                        const model::Farewell& farewell) {
  for (const model::FarewellProvider& provider :
       model::farewell_providers(program, book, farewell)) {
    const std::string& name = provider.locked->name;
    if (model::lacks_source(program, name)) continue;
    if (!provider.declared.valid() && !provider.configs.empty())
      return fmt::format("it was made with provider `{}`, which is not declared", name);
    for (std::size_t i = 0; i < provider.configs.size(); ++i) {
      if (provider.configs[i].valid()) continue;
      const std::string& label = provider.locked->configurations[i];
      return fmt::format("it was made with configuration `provider \"{}\"{}`, which is not there",
                         name, label.empty() ? "" : fmt::format(" \"{}\"", label));
    }
  }
  return "";
}

}  // namespace

void check_farewells(Context& context, model::StateBook& book) {
  for (model::Farewell& farewell : book.farewells) {
    const model::LockedState& locked = book.lock.states[farewell.locked];
    farewell.like = model::flight_of(context.program, farewell.name);
    std::string why;
    if (farewell.like == nullptr) {
      why = no_flight(context.program, farewell.name);
    } else if (!model::is_place_known(context.program, *farewell.like)) {
      continue;  // its remote was reported
    } else if (const std::string now = model::remote_place(context.program, *farewell.like);
               now != locked.backend) {
      why = fmt::format("its state is in `{}`, and the code says `{}`", locked.backend, now);
    } else {
      why = no_provider(context.program, book, farewell);
    }
    if (why.empty()) continue;
    const source::Span span = context.program.tree()[farewell.removed->from].span;
    context.sink.report(diagnostics::no_farewell, span, model::to_string(farewell.name), why)
        .related(locked.span, "the state that leaves")
        .help(
            "its resources are destroyed with the remote and the providers that made them: keep "
            "these until the state is empty, or write `destroy = false` to leave what is there");
  }
}

}  // namespace space::check
