// A module read from files in memory, with its diagnostics as short lines. Tests alone.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/modules/read_module.h"

struct Read {
  space::source::SourceSet sources;
  std::optional<space::model::ModuleInterface> module;
  std::vector<std::string> diagnostics;  // "modules/a/main.tf:1:2 SPC4011 message"
};

using Files = std::vector<std::pair<std::string, std::string>>;

// Files lie under `project/`; the module is used by `main.space`.
Read read(const Files& files, const std::string& path = "modules/a",
          const std::set<std::string>& executable = {});
