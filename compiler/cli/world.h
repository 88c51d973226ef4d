// World: everything a subcommand may touch: files, clock, environment, and the three standard
// streams. Made by main from the real ones, by tests from memory. `err` is for people, `out` for
// what was asked for.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

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
  // What a command is done with but need not free: the process ends sooner than a large program is
  // taken apart piece by piece.
  std::vector<std::shared_ptr<const void>>& kept;
};

}  // namespace space::cli
