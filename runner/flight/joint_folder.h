// JointFolder: the throw-away root of one joint plan, and tofu in it. In: the files, what to leave
// out. Out: how each tofu command ended and what it said. The folder is made for its owner alone
// and removed with this object; after a Ctrl-C tofu is asked to end once and waited for.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "runner/flight/run.h"
#include "runner/joint/deferral.h"
#include "runner/joint/joint_root.h"
#include "runner/tofu/plugin_store.h"
#include "runner/tofu/stream.h"

namespace space::flight {

class JointFolder {
 public:
  JointFolder(std::string folder, const tofu::Places& places, World& world)
      : folder_(std::move(folder)), places_(places), world_(world) {}
  ~JointFolder();
  JointFolder(const JointFolder&) = delete;
  JointFolder& operator=(const JointFolder&) = delete;

  base::Status write(const joint::JointRoot& root, const std::string& out_folder,
                     const std::string& state, const std::string& lock);

  struct Said {
    process::Exit exit;
    std::vector<runplan::TofuDiagnostic> diagnostics;
    std::string last_words;  // of standard error
    bool is_good() const;
  };
  // Plugins that neither the mirror nor the store has are fetched before.
  base::Result<Said> init(const std::string& provider_set, const tofu::PluginStore& store,
                          const std::vector<std::string>& mirrored, tofu::LockFile lock_file);
  base::Result<Said> plan(const std::vector<joint::Exclusion>& left_out);
  base::Result<std::string> show();  // the last plan, as JSON

  std::string lock() const;  // the lock file as `init` has left it; "" for none

  bool was_interrupted() const { return was_interrupted_; }
  const std::string& folder() const { return folder_; }

 private:
  base::Result<process::Exit> run(const std::string& step, std::vector<std::string> argv,
                                  const tofu::Environment& more);
  base::Result<Said> said(const process::Exit& exit, const std::string& stream,
                          const std::string& step) const;
  base::Result<Said> fetch(const std::string& provider_set, const tofu::PluginStore& store,
                           const std::vector<std::string>& mirrored, tofu::LockFile lock_file);
  std::string next(const char* step) { return step + std::to_string(++steps_); }  // never twice
  std::string in(const std::string& name) const;

  std::string folder_;
  const tofu::Places& places_;
  World& world_;
  std::size_t steps_ = 0;
  bool was_interrupted_ = false;
};

}  // namespace space::flight
