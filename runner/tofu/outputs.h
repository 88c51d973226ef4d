// Outputs: what a root gave, as exact JSON texts (a number keeps every digit), from `tofu output
// -json` or from a local state file of version 4. check_outputs holds them to what the run plan
// declares.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

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

// Keeps the declared ones alone. An Error for one that is missing and not optional, or of another
// type.
base::Result<Outputs> check_outputs(const runplan::Root& root, const Outputs& given);

}  // namespace space::tofu
