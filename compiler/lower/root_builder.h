// RootBuilder: one root in the making, and View: from where references are read. An export of
// another mission that is more than one output is lowered into its reader, seen from the producer's
// flight; its names get a prefix there. The builder collects what the texts need: variables,
// locals, edges, module copies. Not for other rooms.
#pragma once

#include <map>
#include <set>
#include <string>

#include "compiler/lower/index.h"
#include "compiler/lower/lower.h"

namespace space::lower {

struct Environment {  // what does not change from root to root
  const model::CheckedProgram& checked;
  const source::SourceSet& sources;
  const Layout& layout;
  const Index& index;
  LoweredProgram& out;

  const model::ResolvedProgram& program() const { return checked.resolved(); }
};

struct View {
  const model::Flight* flight = nullptr;
  std::string prefix;  // "" in the root's own flight; else "mission__fleet__"
  const model::Procedure* procedure =
      nullptr;  // whose instance `instance.key` means; null: the mission's
  std::string key;
};

// Where a text will stand: a variable that only configures providers and encryption may be
// ephemeral.
enum class Zone : std::uint8_t { Code, Provider, Encryption };

struct RootBuilder {
  const Environment& env;
  LoweredRoot root;
  std::map<std::string, LoweredVariable> variables;
  std::map<std::string, std::set<Zone>> zones;
  std::map<std::string, Assignment> locals;
  std::set<std::string> reads, modules, never_skip;
  std::set<std::uint32_t> secrets;
  Zone zone = Zone::Code;
};

// The text of a span with everything rewritten.
Text rewrite(RootBuilder& builder, const View& view, source::Span span);
Text rewrite_expression(RootBuilder& builder, const View& view, model::ExprId expr);

// What a reference becomes, as text; declares what it needs.
std::string lower_reference(RootBuilder& builder, const View& view,
                            const model::Reference& reference);

std::string root_id(const model::ResolvedProgram& program, const model::Flight& flight,
                    const model::Procedure& procedure, const std::string& key);

// "../../../../../": from a root's folder to out/.
inline constexpr const char* k_to_out = "../../../../../";

// The steps that make a root.
void lower_backend(RootBuilder& builder, const View& view, const std::string& address);
void lower_providers(RootBuilder& builder, const View& view, const model::Procedure& procedure);
void lower_configuration(RootBuilder& builder, const View& view, const std::string& provider,
                         const model::ProviderConfig& config);
void note_provider_reach(RootBuilder& builder, const View& view, const std::string& provider,
                         const model::ProviderConfig& config);  // for isolation.json
void lower_body(RootBuilder& builder, const View& view, const model::Procedure& procedure);
std::string call_source(RootBuilder& builder,
                        const std::string& module);  // copies it; "../../../../../modules/…"

// What the texts needed becomes part of the root.
LoweredRoot finish_root(RootBuilder& builder, std::set<std::uint32_t>& secrets);

LoweredRoot lower_root(const Environment& env, const model::Flight& flight,
                       const model::Procedure& procedure, const std::string& key,
                       std::set<std::uint32_t>& secrets);

// farewell.cpp: the flights of what leaves, each after all others of its environment.
std::vector<LoweredFlight> lower_farewells(const Environment& env);

// lower.cpp
runplan::Secret secret_of(const Environment& env, const model::Flight& flight, std::uint32_t index);

}  // namespace space::lower
