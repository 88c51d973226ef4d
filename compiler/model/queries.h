// Look-ups over a resolved program that check and lower both need: who produces what a reference
// reads in a flight, which module a procedure calls there, which providers its root needs and how
// they are configured, where its state lies. Pure functions over the model; they report nothing and
// decide nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/model/checked_program.h"
#include "compiler/model/remote_types.h"
#include "compiler/model/state_book.h"
#include "core/source/source_set.h"

namespace space::model {

// The environment that a reference reads in, for a reader in `from`: its own; for `common` the one
// of kind common, or the sandbox itself. Nothing where there is no environment of kind common.
std::optional<EnvironmentId> environment_read(const ResolvedProgram& program, EnvironmentId from,
                                              const Reference& reference);

// The producer's flights that an ExportValue, ExportSpace or ExportObject reads: exactly one for a
// value (the same space, else the only one), all that fly for an object. Empty where none can be
// said.
std::vector<FlightId> producer_flights(const ResolvedProgram& program, const Flight& reader,
                                       const Reference& reference);

// The implementation of an interface in a space: of the provider of its default regional
// configuration.
const Implementation* implementation_in(const ResolvedProgram& program, const Interface& interface,
                                        SpaceId space);
std::optional<ConfigId> default_config(const ResolvedProgram& program, SpaceId space);

// What a procedure gives: its interface's outputs where it uses one, else its own.
const std::vector<OutputDecl>& outputs_of(const ResolvedProgram& program,
                                          const Procedure& procedure);

// The key in Modules of a module that stands elsewhere: no path of the project is the same.
std::string remote_module_key(std::string_view address, std::string_view version);

// The key in Modules of the module that a procedure calls in a space; empty where it calls none.
// One that stands elsewhere was only read where it was restored.
std::string module_source(const ResolvedProgram& program, const Procedure& procedure,
                          SpaceId space);

// The folder of the file with the `project` block, as the paths of the sources begin; "." where
// there is none.
std::string project_folder(const Program& program, const source::SourceSet& sources);

// `module` blocks with a local source inside a body in place: the source's expression and the key
// in Modules.
struct BodyModule {
  ExprId source;
  std::string path;  // relative to the project
};
std::vector<BodyModule> body_modules(const ResolvedProgram& program, const Procedure& procedure,
                                     const source::SourceSet& sources);

// The modules from elsewhere that a procedure names: by its own `source`, or by `module` blocks in
// its body whose source is written out.
struct RemoteModule {
  ExprId source;
  std::string address;
  std::string version;  // empty where none is written out
};
std::vector<RemoteModule> remote_modules(const ResolvedProgram& program,
                                         const Procedure& procedure);

// A provider's address as NAMESPACE/NAME where it is in the registry, else with its host;
// "hashicorp/NAME" for a bare local name.
std::string normalized_source(std::string_view source, std::string_view name);

// Whether a `provider` block of that name says no source, or a wrong one: that was reported.
bool lacks_source(const ResolvedProgram& program, std::string_view provider);

// A provider that a root needs, by the local name that its code uses.
struct NeededProvider {
  std::string name;
  std::string source;  // normalized: "hashicorp/null" for a bare local name
  std::string
      version;  // the constraint of its `provider` block, and the module's own, joined by ", "
  ProviderId declared;  // the `provider` block; invalid where there is none
  source::Span span;    // who needs it
};
std::vector<NeededProvider> needed_providers(const ResolvedProgram& program, const Modules& modules,
                                             const Procedure& procedure, SpaceId space);

// The configurations of a provider that reach a root of a flight: the mission's own win over the
// space's, label by label.
std::vector<ConfigId> configurations(const ResolvedProgram& program, const Flight& flight,
                                     ProviderId provider);

// Is this one of its provider's written into the roots of a procedure that needs it? The default
// one always, a labelled one where the procedure names its label: by `providers = { … }`, or in a
// body by `provider = x.label`.
bool is_used(const ResolvedProgram& program, const Procedure& procedure,
             const NeededProvider& needed, const ProviderConfig& config);

// What a root's state is called, and the address that it gets where `spaces.lock` holds none:
// MISSION/SPACE/PROCEDURE, as its backend gets it.
StateName state_name(const ResolvedProgram& program, const Flight& flight,
                     const Procedure& procedure, const std::string& key);
std::string fresh_address(const ResolvedProgram& program, const Flight& flight,
                          const Procedure& procedure, const std::string& key);
// Of a past flight, too, whose mission the code may not have.
std::string mission_name(const ResolvedProgram& program, const Flight& flight);
// By name; null where the program has none.
const ProgramState* find_state(const StateBook& book, const StateName& name);

// What a declaration says of itself, as `sensitive` or `description`; nothing where it does not
// say.
const values::Value* setting(const ResolvedProgram& program, ExprId expr);
std::optional<bool> bool_setting(const ResolvedProgram& program, ExprId expr);
std::optional<std::string> text_setting(const ResolvedProgram& program, ExprId expr);

std::string rooted_name(const Procedure& procedure, const std::string& key);  // NAME or NAME--KEY

}  // namespace space::model
