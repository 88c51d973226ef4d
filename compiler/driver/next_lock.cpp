#include "compiler/driver/next_lock.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "compiler/driver/state_lock_file.h"
#include "compiler/model/queries.h"

namespace space::driver {

namespace {

using Roots = std::unordered_map<std::string_view, const lower::LoweredRoot*>;  // never iterated

std::vector<model::LockedProvider> providers_of(const lower::LoweredRoot& root) {
  std::vector<model::LockedProvider> providers;
  for (const runplan::RequiredProvider& required : root.required_providers) {
    model::LockedProvider provider{required.name, required.source, {}};
    for (const lower::LoweredBlock& block : root.providers) {
      if (block.labels.empty() || block.labels.front() != required.name) continue;
      provider.configurations.push_back(block.alias);
    }
    std::sort(provider.configurations.begin(), provider.configurations.end());
    providers.push_back(std::move(provider));
  }
  return providers;
}

// What `provider` blocks say now, and for a farewell's what one said last.
std::vector<model::LockedVersion> versions_of(const model::ResolvedProgram& program,
                                              const model::StateLock& before,
                                              const std::vector<model::LockedState>& states) {
  std::set<std::string> used;
  for (const model::LockedState& state : states) {
    for (const model::LockedProvider& provider : state.providers) used.insert(provider.source);
  }
  std::map<std::string, std::string> versions;
  for (const model::LockedVersion& version : before.versions)
    versions[version.source] = version.version;
  for (const model::Provider& provider : program.providers)
    versions[model::normalized_source(provider.source, provider.name)] = provider.version;
  std::vector<model::LockedVersion> out;
  for (const auto& [source, version] : versions) {
    if (used.contains(source)) out.push_back({source, version});
  }
  return out;
}

}  // namespace

NextLock next_lock(const Compilation& compilation) {
  const model::StateBook& book = compilation.checked->states();
  const model::ResolvedProgram& program = *compilation.resolved;
  Roots roots;
  for (const lower::LoweredFlight& flight : compilation.lowered->flights) {
    for (const lower::LoweredRoot& root : flight.roots) roots.emplace(root.id, &root);
  }
  NextLock next;
  next.path = base::join_path(compilation.project_folder, model::k_state_lock);
  if (book.lock.is_there) next.before = NextLock::Presence::Present;
  model::StateLock after;
  for (const model::ProgramState& state : book.states) {
    const model::Procedure& procedure = program[state.procedure];
    const std::string& stage = program.stage_of(procedure).name.text;
    const std::string id = program[state.flight].id + "/" + stage + "/" +
                           model::rooted_name(procedure, state.name.procedure_key);
    after.states.push_back({state.name, stage, state.address, state.backend,
                            providers_of(*roots.at(id)), source::Span()});
    if (!state.locked) {
      next.added.push_back(model::to_string(state.name));
    } else if (const auto& old = book.lock.states[*state.locked]; old.name != state.name) {
      next.moved.push_back(model::to_string(old.name) + " to " + model::to_string(state.name));
    }
  }
  for (const model::Farewell& farewell : book.farewells)
    after.states.push_back(book.lock.states[farewell.locked]);
  for (const std::size_t entry : book.forgotten)
    next.gone.push_back(model::to_string(book.lock.states[entry].name));
  std::sort(next.gone.begin(), next.gone.end());
  std::sort(after.states.begin(), after.states.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  after.versions = versions_of(program, book.lock, after.states);
  if (book.lock.is_there || !after.states.empty()) next.bytes = write_state_lock(after);
  return next;
}

}  // namespace space::driver
