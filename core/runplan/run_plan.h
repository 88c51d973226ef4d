// RunPlan: THE CONTRACT between spacec and space. What spacec proved and emitted, as data: the
// runner parses no HCL and reads no `.space` file. In JSON it is `out/run-plan.json`,
// `space.run-plan/1` (docs/run-plan.schema.json). All lists are sorted, all paths are relative to
// the folder of the run plan with forward slashes, and no time, user or machine stands in it.
// Additive changes keep the version; anything else raises it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/eval/expression.h"
#include "core/values/type.h"
#include "core/values/value.h"

namespace space::runplan {

inline constexpr const char* k_schema = "space.run-plan/1";

struct Project {
  std::string name;
  std::int64_t edition = 0;
  std::string contract;  // "1.0": a runner that does not honour it refuses
  std::string tofu;      // "1.12.6", exact
  std::string
      folder;  // the project file's folder, relative to the run plan: "..": where `.space/` lies
};

enum class EnvironmentKind : std::uint8_t { Prod, Nonprod, Common, Sandbox };

struct Environment {
  std::string name;
  EnvironmentKind kind = EnvironmentKind::Sandbox;
  std::string promote_from;  // "" where nothing is promoted to it
  std::int64_t approvals = 0;
};

// Where a secret's value is fetched when it is used, already evaluated for one flight. Never a
// value.
struct Secret {
  enum class Method : std::uint8_t { Env, File, Command };
  std::string name;
  Method method = Method::Env;
  std::vector<std::string>
      arguments;         // Env: the variable; File: a path relative to the project; Command: argv
  bool as_file = false;  // hand over the path of a 0600 file
};

// Where a variable of a root comes from.
struct FromValues {
  values::Value value;
};  // it stands in the root's terraform.tfvars
struct FromOutput {
  std::string root, output;
};  // an output of another root, read after that one is applied
struct FromSecret {
  std::string secret;
};  // by name, in the flight's secrets
using VariableSource = std::variant<FromValues, FromOutput, FromSecret>;

struct Variable {
  std::string name;
  values::Type type;
  bool sensitive = false;
  bool ephemeral = false;
  bool nullable = true;
  VariableSource source;
};

struct Output {
  std::string name;
  values::Type type;
  bool sensitive = false;
  bool optional = false;  // may be null, and then it is absent from tofu's JSON
};

struct RequiredProvider {
  std::string name;     // the local name
  std::string source;   // "hetznercloud/hcloud"
  std::string version;  // a constraint
};

// One emitted provider block, as text, with the root's variables that reach it.
struct ProviderBlock {
  std::string provider;
  std::string alias;  // "" for the default one
  std::string text;
  std::vector<std::string> variables;  // sorted
};

struct ImportBlock {
  std::string to;
  std::string text;
};

struct State {
  std::string remote;   // the remote's name
  std::string type;     // "local", "s3", …
  std::string address;  // MISSION/SPACE/PROCEDURE, cut where the backend has a limit
  std::string path;     // local: the state file, relative to the run plan; else ""
  std::map<std::string, std::string>
      environment;  // credentials for the backend: variable -> secret
  std::vector<std::string>
      encryption_variables;  // the root's variables that its encryption reads, at every command
};

struct Root {
  std::string
      id;  // ENV/SPACE/MISSION/STAGE/PROCEDURE, with --KEY where for_each made it; also its folder
  std::string flight;
  std::string stage;      // "010"
  std::string procedure;  // NAME or NAME--KEY
  State state;
  std::vector<Variable> variables;
  std::vector<Output> outputs;
  std::vector<std::string> reads;  // roots whose outputs reach it, sorted
  std::vector<RequiredProvider> required_providers;
  std::vector<ProviderBlock> provider_blocks;
  std::vector<ImportBlock> imports;
  std::vector<std::string> modules;     // folders under modules/ that it calls
  std::vector<std::string> never_skip;  // reasons why "unchanged" cannot be known
};

struct Stage {
  std::string label;
  std::vector<std::string> roots;
};

struct Flight {
  std::string id;  // ENV/SPACE/MISSION, with --KEY
  std::string environment;
  std::string space;
  std::string region;
  std::string mission;         // the mission's name
  std::string key;             // for_each, or ""
  std::string namespace_name;  // MISSION--SPACE
  bool foundation = false;
  bool farewell = false;  // of states that leave: roots without code, that nothing reads
  std::vector<std::string>
      after;                    // flights that fly before: by exports read, `after` and foundations
  std::vector<Secret> secrets;  // those that its roots use
  std::vector<Stage> stages;
};

struct PolicyRule {
  enum class Effect : std::uint8_t { Deny, Warn, Require };
  std::string policy;
  std::string name;
  Effect effect = Effect::Deny;
  std::vector<std::string> environments;  // empty: all
  eval::ExprId when;                      // into RunPlan::expressions
  eval::ExprId message;
};

struct File {
  std::string path;
  std::uint32_t mode = 0644;
  std::string sha256;
};

struct RunPlan {
  Project project;
  std::vector<Environment> environments;
  std::vector<Flight> flights;
  std::vector<Root> roots;
  std::vector<PolicyRule> policies;
  eval::ExprTree expressions;
  std::vector<std::string> inputs;  // files that static expressions read, relative to the project
  std::vector<File> files;          // every file of out/ but the run plan itself
};

const Root* find_root(const RunPlan& plan, std::string_view id);  // roots are sorted by id
const Flight* find_flight(const RunPlan& plan, std::string_view id);
const Output* find_output(const RunPlan& plan, std::string_view root, std::string_view name);

}  // namespace space::runplan
