// OutputBook: what is known of the outputs of roots in this run, kept in memory. Local states are
// read here; where that cannot be done (another backend, encryption) the run starts tofu and enters
// what it says.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "core/base/filesystem.h"
#include "core/runplan/run_plan.h"
#include "runner/flight/workspace.h"
#include "runner/tofu/outputs.h"

namespace space::flight {

struct LocalState {
  bool is_there = false;
  std::string sha256;                     // "" where it is not there
  std::optional<tofu::StateFacts> facts;  // nothing: encrypted, or of another version
};

// An Error where it is there and damaged.
base::Result<LocalState> read_local_state(const runplan::Root& root, const Workspace& workspace,
                                          const base::FileSystem& files);

class OutputBook {
 public:
  enum class Known : std::uint8_t { No, NeverApplied, There };

  Known known(const std::string& root) const;
  const tofu::Outputs* find(const std::string& root) const;  // null unless There
  void enter(const std::string& root, tofu::Outputs outputs) {
    entries_[root] = std::move(outputs);
  }
  void enter_never_applied(const std::string& root) { entries_[root] = std::nullopt; }
  const std::map<std::string, std::optional<tofu::Outputs>>& all() const { return entries_; }

 private:
  std::map<std::string, std::optional<tofu::Outputs>> entries_;
};

}  // namespace space::flight
