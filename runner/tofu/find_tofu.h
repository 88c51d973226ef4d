// Finding the tofu that the run plan pins: in PATH, then in the cache (`CACHE/tofu/VERSION/tofu`).
// What a program says of its version is asked once and remembered by path, size and time of change;
// one of the cache must then also have the digest that it was installed with. Another version is
// never used.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/filesystem.h"
#include "core/base/process.h"
#include "core/base/result.h"

namespace space::tofu {

inline constexpr const char* k_default_version = "1.12.6";  // where there is no run plan yet

using RunCommand = std::function<base::Result<base::CommandResult>(const base::Command&)>;

struct FindRequest {
  std::string version;
  std::string search_path;   // PATH
  std::string cache_folder;  // absolute: ${XDG_CACHE_HOME:-$HOME/.cache}/space
};

struct Found {
  std::string program;  // absolute
  std::string where;    // "PATH" or "the cache"
};

base::Result<Found> find_tofu(const FindRequest& request, base::FileSystem& files,
                              const RunCommand& run);

// "1.12.6", by `tofu version -json`.
base::Result<std::string> ask_version(const std::string& program, const RunCommand& run);

std::string cached_program(const std::string& cache_folder, const std::string& version);

// What was noted when a program was installed: `{"origin":…,"sha256":…}`, beside it.
std::string installed_record(const std::string& program);
// False where the note says another digest than the program has. One without a note is of an older
// space, which made none.
bool is_as_installed(const std::string& program, const base::FileSystem& files);

// SHA-256 of a program's bytes, behind links; remembered for as long as the disk says that it is
// the same file.
base::Result<std::string> digest_of(const std::string& program, const std::string& cache_folder,
                                    base::FileSystem& files);

// From XDG_CACHE_HOME and HOME; an Error where neither is set.
base::Result<std::string> cache_folder(const std::map<std::string, std::string>& environment);

}  // namespace space::tofu
