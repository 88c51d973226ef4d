// Is a file signed by the one key that is trusted? In: paths of the file and of its detached
// signature, the key, a folder of ours for it. Out: nothing, or why not. By `gpgv`, which knows the
// keys it is given and no others; both its exit code and what it reports must say so. No gpgv, no
// installation.
#pragma once

#include <string>

#include "runner/tofu/install_steps.h"
#include "runner/tofu/release.h"

namespace space::tofu {

struct SignedFile {
  std::string path, signature;
};

base::Status check_signature(const SignedFile& file, const ReleaseTrust& trust,
                             const std::string& folder, const std::string& search_path,
                             InstallTools& tools);

// What gpgv reported, on its status descriptor, and how it ended. For the function above and tests.
base::Status judge_signature(const base::CommandResult& result, const std::string& fingerprint);

}  // namespace space::tofu
