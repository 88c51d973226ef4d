// spaces.modules.lock: which bytes a remote module's address stood for when it was restored. One
// line an entry, `ADDRESS VERSION DIGEST ENTRY`, sorted, `-` for no version, with `inner` behind it
// where no program names it but another remote module does; a line that begins with `#` is a
// comment. In: the file's text, or the entries. Out: the other. And what it is held
// against: a module's files as they lie in a folder, with their digest as Go's checksum files have
// it (`h1:`: names and contents, no modes). Reads alone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/model/module_interface.h"
#include "core/base/filesystem.h"
#include "core/base/result.h"

namespace space::modules {

struct LockedModule {
  std::string address;
  std::string version;  // empty where the address says it all
  std::string digest;   // "h1:…" of the whole package
  std::string entry;    // the module's folder in the package, "." for the package itself
  enum class NamedBy : std::uint8_t { Program, Module };
  NamedBy named_by = NamedBy::Program;

  friend bool operator==(const LockedModule&, const LockedModule&) = default;
};

base::Result<std::vector<LockedModule>> read_modules_lock(std::string_view text);
std::string write_modules_lock(std::vector<LockedModule> entries);

const LockedModule* find_locked(const std::vector<LockedModule>& entries, std::string_view address,
                                std::string_view version);

// Can it stand in a line of the file?
bool can_be_locked(std::string_view address, std::string_view version);

// Every file below `folder`, by its path in it, but for what git keeps beside them.
base::Result<model::ModuleFiles> read_package(const base::FileSystem& files,
                                              const std::string& folder);
std::string package_digest(const model::ModuleFiles& files);

}  // namespace space::modules
