// Outputs: what a root gave, as exact JSON texts (a number keeps every digit), from `tofu output
// -json` or from a local state file of version 4. check_outputs holds them to what the run plan
// declares.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/runplan/run_plan.h"

namespace space::tofu {

struct OutputValue {
  std::string json;
  std::string type;  // cty's JSON form, "" where tofu did not say
  bool sensitive = false;
};
using Outputs = std::map<std::string, OutputValue>;

struct StateFacts {
  std::string lineage;
  std::int64_t serial = 0;
  std::int64_t objects = 0;  // instances of resources and data sources
  Outputs outputs;
};

base::Result<Outputs> parse_outputs(std::string_view json);

// Nothing where the state cannot be read here: it is encrypted or of another version. An Error
// where it is damaged.
base::Result<std::optional<StateFacts>> parse_local_state(std::string_view json);
// Likewise, of a text that is empty where nothing was ever applied.
base::Result<std::optional<StateFacts>> parse_state(std::string_view text);

// How an output is not as it is declared.
struct OutputProblem {
  enum class Kind : std::uint8_t {
    Missing,    // or null, which is not in a state at all
    Type,       // it cannot be converted to the declared one
    Sensitive,  // it is, where none is declared: what reads it would show it
  };
  Kind kind = Kind::Missing;
  std::string output;
  std::string what;  // "is null or missing"; no sensitive value stands in it
  std::string help;
};

// Null where the root gave none.
std::optional<OutputProblem> check_output(const runplan::Output& declared,
                                          const OutputValue* given);
std::optional<OutputProblem> first_problem(const runplan::Root& root, const Outputs& given);

// Keeps the declared ones alone. An Error for the first that is not as declared.
base::Result<Outputs> check_outputs(const runplan::Root& root, const Outputs& given);

// Texts and numbers in a value, as they are in a program's memory: what must be shown nowhere where
// the value is sensitive.
std::vector<std::string> leaves_of(std::string_view json);

}  // namespace space::tofu
