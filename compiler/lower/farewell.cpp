// Roots of states that leave (`removed { destroy = true }`): remote and providers alone, so that
// tofu destroys what their state holds. A mission's farewells are a flight of their own,
// `ENV/SPACE/@MISSION`; its stages go backwards: what was made last leaves first.
#include <algorithm>

#include "compiler/lower/root_builder.h"
#include "compiler/model/farewells.h"
#include "core/base/filesystem.h"

namespace space::lower {

namespace {

using model::Farewell;

std::string keyed(const std::string& name, const std::string& key) {
  return key.empty() ? name : name + "--" + key;
}

// "000", "010" …: as stages of a mission are called.
std::string stage_label(std::size_t nth) {
  const std::string tens = std::to_string(nth);
  return std::string(tens.size() < 2 ? 2 - tens.size() : 0, '0') + tens + "0";
}

LoweredRoot farewell_root(const Environment& env, const Farewell& farewell,
                          const std::string& stage_id, const std::string& stage,
                          std::set<std::uint32_t>& secrets) {
  const model::ResolvedProgram& program = env.program();
  const model::StateBook& book = env.checked.states();
  RootBuilder builder{env, {}, {}, {}, {}, {}, {}, {}, {}, Zone::Code};
  LoweredRoot& root = builder.root;
  root.procedure = keyed(farewell.name.procedure, farewell.name.procedure_key);
  root.stage = stage;
  root.id = stage_id + "/" + root.procedure;
  const source::Span from = program.tree()[farewell.removed->from].span;
  root.origin = base::relative_path(env.layout.project_folder, env.sources.file(from.file).path());
  root.from = from;
  const View view{farewell.like, "", nullptr, ""};
  lower_backend(builder, view, book.lock.states[farewell.locked].address);
  for (const model::FarewellProvider& provider :
       model::farewell_providers(program, book, farewell)) {
    const std::string& name = provider.locked->name;
    root.required_providers.push_back({name, provider.locked->source, provider.version});
    for (const model::ConfigId id : provider.configs)
      lower_configuration(builder, view, name, program[id]);
  }
  return finish_root(builder, secrets);
}

LoweredFlight farewell_flight(const Environment& env, std::vector<const Farewell*> leaving) {
  const model::ResolvedProgram& program = env.program();
  const auto& locked = env.checked.states().lock.states;
  const auto stage_of = [&](const Farewell* one) { return locked[one->locked].stage; };
  std::stable_sort(leaving.begin(), leaving.end(),
                   [&](const Farewell* a, const Farewell* b) { return stage_of(a) > stage_of(b); });
  const Farewell& first = *leaving.front();
  const model::Flight& like = *first.like;
  LoweredFlight out;
  runplan::Flight& plan = out.plan;
  plan.farewell = true;
  plan.environment = first.name.environment;
  plan.space = first.name.space;
  plan.region = program[like.space].region;
  plan.mission = first.name.mission;
  plan.key = first.name.key;
  plan.id = plan.environment + "/" + plan.space + "/@" + like.folder_name;
  plan.namespace_name = like.namespace_name;
  out.file_stem = plan.id;
  std::set<std::uint32_t> secrets;
  const Farewell* before = nullptr;
  for (const Farewell* one : leaving) {
    if (before == nullptr || stage_of(before) != stage_of(one))
      plan.stages.push_back({stage_label(plan.stages.size()), {}});
    before = one;
    const std::string& stage = plan.stages.back().label;
    out.roots.push_back(farewell_root(env, *one, plan.id + "/" + stage, stage, secrets));
    plan.stages.back().roots.push_back(out.roots.back().id);
  }
  for (const std::uint32_t secret : secrets) plan.secrets.push_back(secret_of(env, like, secret));
  return out;
}

}  // namespace

std::vector<LoweredFlight> lower_farewells(const Environment& env) {
  std::map<std::string, std::vector<const Farewell*>> flights;
  for (const Farewell& farewell : env.checked.states().farewells) {
    flights[farewell.like->id].push_back(&farewell);
  }
  std::vector<LoweredFlight> out;
  for (auto& [id, leaving] : flights) out.push_back(farewell_flight(env, std::move(leaving)));
  return out;
}

}  // namespace space::lower
