// The checks, one file each. All read the same data and report; none changes anything. Not for
// other rooms.
#pragma once

#include <algorithm>
#include <string>

#include "compiler/model/checked_program.h"
#include "compiler/model/module_flows.h"
#include "compiler/model/queries.h"
#include "compiler/model/schema.h"
#include "compiler/model/state_book.h"
#include "core/base/strings.h"
#include "core/diagnostics/fixes.h"
#include "core/diagnostics/sink.h"
#include "core/source/source_set.h"

namespace space::check {

struct Context {
  const model::ResolvedProgram& program;
  const model::Modules& modules;
  const model::Types& types;
  const model::Schemas& schemas;
  const model::ModuleFlows& flows;
  const source::SourceSet& sources;
  diagnostics::DiagnosticSink& sink;

  std::string text(source::Span span) const { return std::string(sources.text(span)); }
};

// The `values` of a mission: the program's list is sorted by mission.
inline auto values_of(const Context& context, const std::string& mission) {
  return std::ranges::equal_range(
      context.program.program->values, mission, {},
      [](const model::ValuesDecl& decl) -> const std::string& { return decl.name.text; });
}

void check_stages(Context& context);         // law 1
void check_isolation(Context& context);      // law 2: who may read whom
void check_backends(Context& context);       // law 2: no two environments in one place
void check_varies(Context& context);         // law 3: kinds of what varies, key sets of `values`
bool is_varies_kind(std::string_view word);  // `size`, `id` …; another word is reported
void check_same_code(Context& context);      // law 3: what differs chooses no code
void check_environments(Context& context);   // kinds, promotion, facts
void check_flights(Context& context);    // where missions fly; producers fly where their readers do
void check_remotes(Context& context);    // law 5: remotes lock, their arguments
void check_regions(Context& context);    // law 4
void check_reads(Context& context);      // law 6
void check_secrets(Context& context);    // law 7
void check_cycles(Context& context);     // law 9
void check_providers(Context& context);  // configurations and implementations
void check_allowed(Context& context);    // providers and sources that the project allows
void check_locals(Context& context);  // no local shadows another, or takes a name that roots need
void check_bodies(
    Context& context);  // what stands in bodies and configurations: providers' schemas

// Laws 5 and 10. Where a name or a key was reported, the code may have what the lock holds: then no
// state is called lost.
enum class Names : std::uint8_t { Known, Doubtful };
model::StateBook check_states(Context& context, const model::StateLock& lock, Names names);

}  // namespace space::check
