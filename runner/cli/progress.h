// How a long errand is shown: at a terminal one line that changes, in a pipe one line a step and
// one each half minute.
#pragma once

#include <cstdint>
#include <string>

namespace space::runner {

class Progress {
 public:
  void show(const std::string& what, std::int64_t seconds);
  void clear() const;  // the line at a terminal

 private:
  std::string what_;
  std::int64_t shown_ = -1;
};

}  // namespace space::runner
