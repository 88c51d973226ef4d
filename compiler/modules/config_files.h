// Which files of a folder tofu reads as configuration, and in which order. In: the folder's
// entries, by name. Out: primary files by name, then override files by name.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/filesystem.h"

namespace space::modules {

enum class Layer : std::uint8_t { Primary, Override };
enum class FileForm : std::uint8_t { Native, Json };

struct ConfigFile {
  std::string name;
  Layer layer;
  FileForm form;
};

std::vector<ConfigFile> config_files(const std::vector<base::DirectoryEntry>& entries);

}  // namespace space::modules
