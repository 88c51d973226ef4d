// ResolvedProgram: the program with its names led to what they mean, `for_each` expanded, flights
// made, and everything static evaluated. Made by compiler/names from a Program; pure data, const
// afterwards. Declarations are pointers into the Program, which lives as long. Ids index the
// vectors here; all vectors are sorted by name, so ids are stable.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/model/program.h"
#include "core/base/ids.h"
#include "core/values/value.h"

namespace space::model {

struct EnvironmentTag;
struct SpaceTag;
struct RemoteTag;
struct SecretTag;
struct ProviderTag;
struct TypeTag;
struct InterfaceTag;
struct MissionTag;
struct InstanceTag;
struct FlightTag;
struct ProcedureTag;
struct ConfigTag;
using EnvironmentId = base::Id<EnvironmentTag>;
using SpaceId = base::Id<SpaceTag>;
using RemoteId = base::Id<RemoteTag>;
using SecretId = base::Id<SecretTag>;
using ProviderId = base::Id<ProviderTag>;
using TypeId = base::Id<TypeTag>;
using InterfaceId = base::Id<InterfaceTag>;
using MissionId = base::Id<MissionTag>;
using InstanceId = base::Id<InstanceTag>;  // one key of a mission's for_each; a mission without has
                                           // one, its key ""
using FlightId = base::Id<FlightTag>;
using ProcedureId =
    base::Id<ProcedureTag>;            // over the whole program, by mission, then stage, then name
using ConfigId = base::Id<ConfigTag>;  // a provider configuration of a space or mission

enum class EnvironmentKind : std::uint8_t { Prod, Nonprod, Common, Sandbox };

struct Project {
  std::string name;
  std::int64_t edition = 2026;
  std::string contract = "1.0";
  std::string tofu = "1.12.6";
  // Globs over addresses of providers, and over modules: folders relative to the project, and
  // addresses. None: all are allowed.
  std::optional<std::vector<std::string>> providers, sources;
};

struct Environment {
  const EnvironmentDecl* decl = nullptr;
  std::string name;
  EnvironmentKind kind = EnvironmentKind::Sandbox;
  bool kind_known = false;  // false: what it says was reported
  EnvironmentId promote_from;
  std::map<std::string, values::Value> facts;
  std::optional<std::vector<SpaceId>> spaces;  // none: all
  bool spaces_known = true;                    // false: something in the list was reported
  std::int64_t approvals = 0;
};

struct Provider {
  const ProviderDecl* decl = nullptr;
  std::string name, source, version;
};

struct Secret {
  const SecretDecl* decl = nullptr;
  std::string name;
  enum class Method : std::uint8_t { Env, File, Command } method = Method::Env;
  ExprId arguments;  // evaluated for each flight
  bool as_file = false;
};

struct Remote {
  const RemoteDecl* decl = nullptr;
  std::string name, type;
  std::map<std::string, SecretId> environment;
};

struct ProviderConfig {
  const ProviderConfigDecl* decl = nullptr;
  ProviderId provider;
  std::string label;  // "" for the default one
  bool regional = true;
  SpaceId space;  // one of the two is valid
  MissionId mission;
};

struct Space {
  const SpaceDecl* decl = nullptr;
  std::string name, region;
  RemoteId remote;
  std::vector<ConfigId> configs;
};

struct Implementation {
  std::string provider;  // by the name of its `provider` block
  std::string source;  // of the module: relative to the project, or "std/…" in the standard library
  Span span;           // of `source`
};

struct Interface {
  const InterfaceDecl* decl = nullptr;
  std::string name;
  std::vector<Implementation> implementations;  // by provider
};

struct Procedure {
  const ProcedureDecl* decl = nullptr;
  std::string name;
  MissionId mission;
  std::size_t stage = 0;                  // index into the mission's decl->stages (sorted by label)
  bool keyed = false;                     // has for_each
  std::vector<std::string> keys;          // for_each: static keys, sorted; else one ""
  std::vector<values::Value> key_values;  // instance.value, beside keys
  enum class BodyKind : std::uint8_t {
    InPlace,
    Local,
    Remote,
    Standard,
    Interface,
    Invalid
  } body = BodyKind::Invalid;
  std::string
      source;  // Local: path relative to the project; Remote: the address; Standard: "std/server"
  std::string version;    // Remote registry modules
  InterfaceId interface;  // Standard, Interface
};

struct Instance {
  MissionId mission;
  std::string key;  // "" without for_each
  values::Value value;
};

struct Mission {
  const MissionDecl* decl = nullptr;
  std::string name;
  bool foundation = false;
  bool keyed = false;
  std::vector<EnvironmentId> environments;  // sorted
  std::vector<SpaceId> spaces;
  bool places_known = true;  // false: something that says where it flies was reported
  std::vector<MissionId> after;
  std::vector<InstanceId> instances;
  std::vector<ProcedureId> procedures;
  std::vector<ConfigId> configs;
  std::vector<FlightId> flights;
};

// The values of a mission's variables in one environment for one instance, beside decl->variables.
// `expr` says where a value was written (invalid: the default, or missing). The value is as
// evaluated; typing converts it.
struct VariableValue {
  std::optional<values::Value> value;
  ExprId expr;
  const ValuesDecl* from = nullptr;
};

// A backend's settings for one flight, evaluated.
struct RemoteSettings {
  std::map<std::string, values::Value> arguments;  // without the compiler's own
  // Beside the remote's decl->blocks: each one's arguments; of an `encryption` none, which is
  // lowered as it stands.
  std::vector<std::map<std::string, values::Value>> blocks;
};

struct SecretSettings {
  SecretId secret;
  std::vector<std::string> arguments;  // as runplan::Secret
};

struct Flight {
  MissionId mission;
  InstanceId instance;
  SpaceId space;
  EnvironmentId environment;
  std::string id;              // ENV/SPACE/MISSION[--KEY]
  std::string namespace_name;  // MISSION[--KEY]--SPACE
  std::string folder_name;     // MISSION[--KEY]
  std::vector<VariableValue> variables;
  RemoteSettings remote;
  std::vector<SecretSettings> secrets;  // all of the program's, by SecretId
};

// --- References.

enum class RefKind : std::uint8_t {
  Unknown,       // reported; types as any
  Variable,      // var.x                 index: into the mission's variables
  TopLocal,      // local.x               index: into program.locals
  MissionLocal,  // local.x               index: into the mission's locals
  Secret,        // secret.x
  Environment,
  Space,
  Provider,
  Remote,
  TypeName,
  Interface,
  Mission,  // entity names where one is wanted
  FlightMission,
  FlightSpace,
  FlightRegion,
  FlightNamespace,
  FlightEnvironment,
  FlightFact,
  FlightUnique,
  InstanceKey,
  InstanceValue,
  ProcedureOutput,  // procedure.NAME[.KEY].OUTPUT       index: into decl->outputs (or the
                    // interface's); key, if keyed
  ProcedureObject,  // procedure.NAME of a keyed one: an object by key
  ExportValue,   // mission.M[...].E, common.M[...].E  index: into the mission's exports; key, space
                 // where given
  ExportObject,  // mission.M, mission.M["KEY"]: an object by space (by key first)
  ExportSpace,   // mission.M["SPACE"]: an object of exports
  Body,  // what tofu resolves in the body itself: resources, data, module, its locals, each, count,
         // self, path
  Change,  // change.… in a policy
};

struct Reference {
  RefKind kind = RefKind::Unknown;
  ExprId head;  // the Variable node
  Span span;    // of the part that stands for the target, `procedure.a.x` of `procedure.a.x.y`
  std::size_t consumed = 0;  // steps that belong to the target
  std::size_t index = 0;
  std::uint32_t entity = 0;        // Secret … Mission, Environment …: the id's value
  MissionId mission;               // ExportValue, ExportObject, ExportSpace: the producer
  ProcedureId procedure;           // ProcedureOutput, ProcedureObject
  std::optional<std::string> key;  // a for_each key that was given
  SpaceId space;                   // a space that was given
  bool common = false;             // through `common`
  std::string name;                // FlightFact: the fact's name
};

// Where an expression stands: what it may read follows from it.
enum class SiteKind : std::uint8_t {
  Static,  // labels, source, remote, region, spaces, environments, for_each, kind …
  ProcedureInput,
  ProcedureBody,
  ProcedureOutputValue,
  ExportValue,
  ProviderConfiguration,
  RemoteArgument,
  RemoteSecret,
  SecretArgument,
  VariableDefault,
  VariableRule,
  Values,
  TopLocalValue,
  MissionLocalValue,
  PolicyRule,
  ScaleArgument,
  FromAddress,
};

struct Site {
  SiteKind kind = SiteKind::Static;
  MissionId mission;
  ProcedureId procedure;
  ConfigId config;
  std::size_t index = 0;  // variable, local, export, output
};

// One expression that stands somewhere, with its references.
struct Use {
  Site site;
  ExprId expr;
  std::uint32_t first_reference = 0;  // into ResolvedProgram::references
  std::uint32_t reference_count = 0;
};

struct ResolvedProgram {
  std::shared_ptr<const Program> program;
  Project project;
  std::vector<Environment> environments;
  std::vector<Provider> providers;
  std::vector<Secret> secrets;
  std::vector<Remote> remotes;
  std::vector<Space> spaces;
  std::vector<Interface> interfaces;
  std::vector<Mission> missions;
  std::vector<Instance> instances;
  std::vector<Procedure> procedures;
  std::vector<ProviderConfig> configs;
  std::vector<Flight> flights;  // by id
  // Of `spaces.lock`, where the code has no such flight any more and still has its environment and
  // space: no mission, no instance, no variables. What a farewell takes its remote from.
  std::vector<Flight> past_flights;  // by id
  std::vector<Reference> references;
  std::vector<std::uint32_t>
      reference_of_head;  // by ExprId of the head; k_none where there is none
  std::vector<Use> uses;
  // What declarations say of themselves (`sensitive`, `description`, `min` …), evaluated, by
  // expression; what was reported is not among them.
  std::map<ExprId, values::Value> settings;
  std::vector<std::string>
      inputs;  // files that static expressions read, relative to the project, sorted
  // Literal paths in calls such as file("./x") whose text will be emitted: the path's node -> the
  // file, relative to the project; and each such file's bytes.
  std::map<ExprId, std::string> file_paths;
  std::map<std::string, std::string> files;

  static constexpr std::uint32_t k_none = 0xffffffffu;
  const Reference* reference(ExprId head) const {
    if (head.index() >= reference_of_head.size()) return nullptr;
    const std::uint32_t at = reference_of_head[head.index()];
    return at == k_none ? nullptr : &references[at];
  }
  const eval::ExprTree& tree() const { return program->expressions; }
  const Environment& operator[](EnvironmentId id) const { return environments[id.index()]; }
  const Space& operator[](SpaceId id) const { return spaces[id.index()]; }
  const Remote& operator[](RemoteId id) const { return remotes[id.index()]; }
  const Secret& operator[](SecretId id) const { return secrets[id.index()]; }
  const Provider& operator[](ProviderId id) const { return providers[id.index()]; }
  const Interface& operator[](InterfaceId id) const { return interfaces[id.index()]; }
  const Mission& operator[](MissionId id) const { return missions[id.index()]; }
  const Instance& operator[](InstanceId id) const { return instances[id.index()]; }
  const Flight& operator[](FlightId id) const { return flights[id.index()]; }
  const Procedure& operator[](ProcedureId id) const { return procedures[id.index()]; }
  const ProviderConfig& operator[](ConfigId id) const { return configs[id.index()]; }
  const StageDecl& stage_of(const Procedure& procedure) const {
    return (*this)[procedure.mission].decl->stages[procedure.stage];
  }
};

}  // namespace space::model
