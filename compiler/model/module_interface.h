// ModuleInterface: what a tofu module lets others see, read from its own files by compiler/modules,
// with places so that a diagnostic can point into the module. Data only.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/filesystem.h"
#include "core/source/span.h"
#include "core/values/value.h"

namespace space::model {

struct ModuleVariable {
  std::string name;
  values::Type type;  // any where none is declared; optional() attributes kept
  bool has_default = false;
  std::optional<values::Value> default_value;  // where it is a literal that could be read
  bool nullable = true;
  bool sensitive = false;
  bool ephemeral = false;
  bool is_const = false;  // `const = true`: tofu wants its value before anything is read
  bool has_validation = false;
  std::string description;
  std::string deprecated;
  source::Span span;  // of its name
};

struct ModuleOutput {
  std::string name;
  // What its expression comes to where variables are unknown values of their types: unknown too
  // for most, with its type as far as that shows without running anything, and with its marks.
  values::Value value = values::Value::unknown();
  bool sensitive = false;  // as declared
  bool ephemeral = false;
  // The variables that make it sensitive where what they are given is, though they do not say so.
  std::vector<std::string> carries;
  std::string description;
  std::string deprecated;
  source::Span span;
};

struct ModuleProvider {
  std::string name;    // local name
  std::string source;  // "" where the module does not say: hashicorp/NAME
  std::string version;
  std::vector<std::string> aliases;  // configuration_aliases
  source::Span span;
};

// A module call inside, as it is written.
struct ModuleCall {
  std::string name;
  std::string source;   // "" where it is no literal
  std::string version;  // likewise
  source::Span span;
};

struct ModuleFile {
  std::string bytes;
  base::FileMode mode = base::FileMode::Plain;  // Executable where its owner may run it

  friend bool operator==(const ModuleFile&, const ModuleFile&) = default;
};
using ModuleFiles = std::map<std::string, ModuleFile>;  // by path

struct ModuleInterface {
  std::vector<ModuleVariable> variables;  // by name
  std::vector<ModuleOutput> outputs;      // by name
  std::vector<ModuleProvider>
      providers;  // its own and those of the local modules it calls; also implied by resources
  std::vector<ModuleCall> calls;           // by name
  std::vector<std::string> tofu_versions;  // `required_version` and `compatible_with`, sorted
  // The folders that must be copied for this module to work, relative to `unit` ("." for the module
  // alone), and every file in them, relative to `unit`. `unit` is the deepest folder that holds
  // them all, relative to the project.
  std::string unit;
  std::string entry;  // the module's folder relative to `unit`, "." where it is the unit
  ModuleFiles files;
  std::string digest;                 // sha256 over paths, bytes and modes, 64 hex
  std::vector<std::string> floating;  // remote module calls inside it: reasons not to skip
};

// Where a `source` leads.
enum class SourceKind : std::uint8_t { Local, Remote, Standard, Interface };

}  // namespace space::model
