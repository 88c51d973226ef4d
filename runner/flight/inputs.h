// Inputs of one root: every declared variable, from the run plan's values, the outputs of other
// roots and secrets. In: what is known of outputs so far. Out: the one tfvars JSON for the plan,
// what must be given again by environment at every command or at the apply, and a digest of each
// (of secrets by HMAC).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/runplan/run_plan.h"
#include "runner/flight/fingerprint.h"
#include "runner/secrets/secret_store.h"
#include "runner/tofu/commands.h"
#include "runner/tofu/outputs.h"

namespace space::flight {

struct Missing {
  std::string root, output;
  std::string what;  // "is not there"; else how it is not as declared
};

struct Inputs {
  std::string variables_json;          // holds secrets: 0600, removed after the plan
  tofu::Environment at_every_command;  // backend credentials, what state encryption reads
  tofu::Environment at_apply;          // ephemeral variables
  Parts parts;                         // "input `x`" -> digest
  std::vector<Missing> missing;        // outputs that are not known yet: then the rest is of no use
};

struct InputSources {
  const runplan::Flight& flight;
  std::function<const tofu::Outputs*(const std::string& root)> outputs;  // null: never applied
  // What is declared of it; null where nothing is.
  std::function<const runplan::Output*(const std::string& root, const std::string& output)>
      declared;
  secrets::SecretStore& secrets;
  std::string hmac_key;
  std::function<base::Result<std::string>(const std::string& name, const std::string& value)>
      write_secret_file;
};

// AccessAlone: only what every command needs to reach the state; for a root that is just read.
enum class Extent : std::uint8_t { All, AccessAlone };

base::Result<Inputs> gather_inputs(const runplan::Root& root, const InputSources& sources,
                                   Extent extent);

}  // namespace space::flight
