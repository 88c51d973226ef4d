// SecretStore: fetches a secret when it is first used and keeps it in memory for this run. In: a
// flight's Secret (environment variable, file or command). Out: its value, without the line end
// that files and commands leave. Every value goes to the Scrubber at once. Must not write a value
// anywhere.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "core/base/filesystem.h"
#include "core/base/process.h"
#include "core/base/result.h"
#include "core/runplan/run_plan.h"
#include "runner/secrets/scrub.h"

namespace space::secrets {

struct Sources {
  std::map<std::string, std::string> environment;  // our own
  std::string project_folder;
  const base::FileSystem* files = nullptr;
  std::function<base::Result<base::CommandResult>(const base::Command&)> run;
};

class SecretStore {
 public:
  SecretStore(Sources sources, Scrubber& scrubber)
      : sources_(std::move(sources)), scrubber_(scrubber) {}

  base::Result<std::string> get(const runplan::Flight& flight, std::string_view name);

 private:
  base::Result<std::string> fetch(const runplan::Secret& secret) const;

  Sources sources_;
  Scrubber& scrubber_;
  std::map<std::string, std::string> values_;  // by flight and name
};

// 64 lower-case hex digits: what stands for a secret where only its change matters.
std::string hmac_sha256_hex(std::string_view key, std::string_view bytes);
std::string random_hex(std::size_t bytes);

}  // namespace space::secrets
