// Glob patterns over names, paths and a FileSystem, as tofu's fileset reads them: `*`, `?`,
// `[a-z]`, `[^a]`,
// `{a,b}`, `\` and `**` for any depth. Out: regular files, relative to the folder, sorted.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/filesystem.h"

namespace space::eval {

bool is_glob(std::string_view pattern);  // no bracket, brace or `\` is left open
bool matches_name(std::string_view pattern, std::string_view name);  // one part of a path
bool matches_path(std::string_view pattern, std::string_view path);  // part by part; no `..`
std::vector<std::string> find_files(const base::FileSystem& files, std::string_view folder,
                                    std::string_view pattern);

}  // namespace space::eval
