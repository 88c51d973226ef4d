// The schemas that there are: those kept beside the project, `.space/schemas/NAMESPACE/NAME/
// VERSION.schema`, and those compiled in. And how one is taken in, from what `tofu providers schema
// -json` printed.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/schemas/find_schemas.h"
#include "core/base/filesystem.h"

namespace space::driver {

inline constexpr std::string_view k_schema_folder = ".space/schemas";

std::vector<schemas::IndexFile> schema_files(const base::FileSystem& files,
                                             const std::string& project_folder);

// The versions of a `.terraform.lock.hcl`, by a provider's whole address.
std::map<std::string, std::string> locked_versions(std::string_view lock_file);

// What to call a provider's version that tofu's schemas do not say.
struct KnownVersions {
  std::map<std::string, std::string> by_address;
  std::string only;  // of the one provider where there is one alone
};

// Writes an index for each provider below `folder`. Out: their paths.
base::Result<std::vector<std::string>> add_schemas(base::FileSystem& files, std::string_view json,
                                                   const KnownVersions& versions,
                                                   const std::string& folder);

}  // namespace space::driver
