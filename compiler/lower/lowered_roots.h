// LoweredRoots: what tofu roots are to be written, as data: every reference is already a variable
// or local of its root, every edge between roots explicit. Made by lower(), read by compare and
// emit. Text keeps where each piece came from, for the source maps. All lists are in the order in
// which they are written.
#pragma once

#include <compare>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "compiler/model/checked_program.h"
#include "core/runplan/run_plan.h"
#include "core/runplan/source_map.h"
#include "core/source/span.h"
#include "core/values/value.h"

namespace space::lower {

// Emitted text in pieces. A piece with an invalid span came from nowhere in particular.
struct Piece {
  std::string text;
  source::Span from;
  runplan::MappingKind kind = runplan::MappingKind::Synthetic;
};
using Text = std::vector<Piece>;

struct Assignment {  // name = text
  std::string name;
  Text text;
  source::Span from;  // the argument it was made from
};

struct LoweredBlock {  // type "label" … { assignments, blocks }
  std::string type;
  std::vector<std::string> labels;
  std::vector<Assignment> assignments;
  std::vector<LoweredBlock> blocks;
  source::Span from;
  std::string alias;  // of a provider block: its configuration's label
};

// May its value be another in another environment? Facts may, and what declares `varies`.
enum class Variance : std::uint8_t { Same, Varies };

struct LoweredVariable {
  std::string name;
  values::Type type;
  std::string description;
  bool sensitive = false;
  bool ephemeral = false;
  bool nullable = true;
  runplan::VariableSource source;  // FromValues is written to terraform.tfvars
  Variance variance = Variance::Same;
  std::vector<LoweredBlock> validations;
  source::Span from;
};

struct LoweredOutput {
  std::string name;
  values::Type type;
  std::string description;
  bool sensitive = false;
  bool optional = false;
  Text value;
  source::Span from;
};

struct LoweredRoot {
  std::string id;                // folder under out/
  std::string stage, procedure;  // "010", NAME[--KEY]
  std::string origin;            // the `.space` file it came from, for the first line
  source::Span from;             // the procedure's header
  std::vector<runplan::RequiredProvider> required_providers;  // by name
  LoweredBlock backend;  // backend "s3" { … }: all arguments, the compiler's own too
  std::vector<LoweredBlock> encryption;  // zero or one: encryption { … }
  std::vector<LoweredBlock> providers;   // provider "x" { … }, with alias
  std::vector<LoweredBlock> imports;
  std::vector<LoweredVariable> variables;  // by name
  std::vector<Assignment> locals;          // by name
  std::vector<LoweredBlock> calls;         // module "this" { … }
  Text body;                               // blocks in place, as they stand in the source
  std::vector<LoweredOutput> outputs;      // by name
  runplan::State state;
  std::vector<std::string> reads;    // roots, sorted
  std::vector<std::string> modules;  // NAME-DIGEST folders it needs
  std::vector<std::string> never_skip;
};

struct LoweredFlight {
  runplan::Flight plan;   // as it stands in the run plan
  std::string file_stem;  // out/maps/ and out/docs/ name it: ENV/SPACE/MISSION[--KEY]
  std::string documentation;
  std::vector<LoweredRoot> roots;  // by stage, then name
};

// A module folder to copy: NAME-DIGEST, with its files.
struct ModuleCopy {
  std::string folder;                         // "network-0123456789ab"
  const model::ModuleFiles* files = nullptr;  // in the model
};

// What reads what, across flights, for isolation.json.
struct CrossRead {
  std::string reader, producer;  // root ids
  std::string output;
  bool common = false;
  source::Span from;
};

// A provider configuration that is made from what common exports: it reaches into common's account.
struct ProviderReach {
  std::string root;             // that is configured so
  std::string provider, alias;  // alias "" for the default one
  std::string producer;         // a flight of common
  std::string export_name;
  source::Span from;  // the configuration

  friend auto operator<=>(const ProviderReach& a, const ProviderReach& b) {
    return std::tie(a.root, a.provider, a.alias, a.producer, a.export_name) <=>
           std::tie(b.root, b.provider, b.alias, b.producer, b.export_name);
  }
  friend bool operator==(const ProviderReach& a, const ProviderReach& b) {
    return (a <=> b) == std::strong_ordering::equal;
  }
};

// A finding that `# spacec:allow` silenced and that isolation.json must still show (laws 4 and 7).
struct AllowedFinding {
  std::string code, reason;
  source::Span from;  // of the comment
};

struct LoweredProgram {
  std::deque<model::ModuleFiles>
      read_files;  // owns what ModuleCopy::files points at for single files
  runplan::Project project;
  std::vector<runplan::Environment> environments;
  std::vector<LoweredFlight> flights;   // by id
  std::vector<ModuleCopy> modules;      // by folder
  std::vector<CrossRead> cross_reads;   // sorted
  std::vector<ProviderReach> reaches;   // sorted
  std::vector<AllowedFinding> allowed;  // sorted
  std::map<std::string, std::map<std::string, values::Value>>
      facts;  // by environment: the accounts it names
  std::vector<runplan::PolicyRule> policies;
  eval::ExprTree policy_expressions;
  std::vector<std::string> inputs;
};

}  // namespace space::lower
