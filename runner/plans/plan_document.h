// PlanDocument: what `tofu show -json` says of a plan, as far as it is shown or compared. In: that
// JSON, format 1.x. Out: changes of objects, drift and outputs with their values (a number keeps
// every digit), and what the configuration refers to. Values hold what is sensitive: who shows them
// hides it (leaves.h). Must not judge.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/values/value.h"
#include "runner/plans/configuration.h"

namespace space::plans {

enum class Action : std::uint8_t { NoOp, Create, Read, Update, Replace, Delete, Forget };
enum class Mode : std::uint8_t { Managed, Data };

// Before and after as tofu writes them: what is unknown stands in `after_unknown` alone.
struct Values {
  values::Value before, after, after_unknown, before_sensitive, after_sensitive;
};

struct Change {
  std::string address;           // with keys: "module.a[0].terraform_data.x[\"k\"]"
  std::string previous_address;  // "" where it has not moved
  std::string deposed;
  std::string reason;     // tofu's action_reason
  std::string importing;  // its id, or "?" where that is not known
  Mode mode = Mode::Managed;
  Action action = Action::NoOp;
  bool is_importing = false;
  bool lets_be = false;  // a Replace that forgets the old object, and does not destroy it
  Values values;         // empty for a NoOp
  std::vector<std::string> replaces;  // places (as leaves.h writes them) that force a replacement
};

// Does anything come of it: an action, a move, an import.
bool has_meaning(const Change& change);

struct PlanDocument {
  bool is_errored = false;
  std::vector<Change> objects;  // NoOp ones too
  std::vector<Change> drift;
  std::map<std::string, Change> outputs;           // by name; NoOp ones too, with their values
  std::map<std::string, values::Value> variables;  // what it was given, as it keeps it
  Configuration configuration;
};

base::Result<PlanDocument> read_plan(std::string_view json);

}  // namespace space::plans
