// World: everything a subcommand may touch: files, clock, environment, and the three standard
// streams. Made by main from the real ones, by tests from memory. `err` is for people, `out` for
// what was asked for.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/filesystem.h"

namespace space::cli {

class Stream {
 public:
  virtual ~Stream() = default;
  virtual void write(std::string_view text) = 0;
  virtual bool is_terminal() const = 0;
};

struct World {
  base::FileSystem& files;
  base::Clock& clock;
  const std::map<std::string, std::string>& environment;
  Stream& out;
  Stream& err;
  std::string (*read_standard_input)();
};

}  // namespace space::cli
