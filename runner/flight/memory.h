// What is remembered of a root between runs, in `.space/last/ROOT.json`: its last good end with the
// digest of all that went into it, so that an unchanged root need not be looked at again, and how
// long it took. Also the digest itself. Only a help: where it is missing or damaged, the root is
// planned.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/filesystem.h"
#include "core/runplan/run_plan.h"
#include "runner/flight/fingerprint.h"
#include "runner/flight/workspace.h"

namespace space::flight {

struct LastEnd {
  std::string verdict;  // "applied", "unchanged"; "applying" while an apply runs
  std::string run;
  Parts parts;               // what went into it, each part by its digest
  std::string providers;     // the lock file that tofu keeps where none was emitted, by its digest
  std::string state_sha256;  // "" where the state could not be read
  std::string lineage;
  std::string reviewed;  // digest of what its apply was bound to
  std::int64_t serial = 0;
  std::int64_t state_bytes = 0;  // of a state that is no local file
  std::int64_t duration_milliseconds = 0;
  std::int64_t ended_milliseconds = 0;
};

std::optional<LastEnd> read_last(const std::string& path, const base::FileSystem& files);
base::Status write_last(const std::string& path, const LastEnd& last, base::FileSystem& files);

struct RootDigests {
  Parts parts;                 // every file of the root, every module it calls
  std::string init;            // what `tofu init` looks at: all but values
  bool has_lock_file = false;  // an emitted one; what tofu itself left there does not count
};

// Reads the emitted files; a module's digest is made once.
class Digester {
 public:
  Digester(const runplan::RunPlan& plan, const base::FileSystem& files, const Workspace& workspace)
      : plan_(plan), files_(files), workspace_(workspace) {}
  base::Result<RootDigests> digest(const runplan::Root& root);

 private:
  base::Result<std::string> digest_module(const std::string& name);
  base::Status add_folder(const std::string& folder, const std::string& prefix,
                          std::string& listing, int depth);

  const runplan::RunPlan& plan_;
  const base::FileSystem& files_;
  const Workspace& workspace_;
  std::map<std::string, std::string> modules_;
};

}  // namespace space::flight
