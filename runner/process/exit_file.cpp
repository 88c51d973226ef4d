#include "runner/process/exit_file.h"

#include "core/base/filesystem.h"
#include "core/runplan/json_reader.h"

namespace space::process {

Exit read_exit_file(const std::string& path) {
  const auto text = base::DiskFileSystem().read(path);
  if (!text) return {};
  runplan::JsonReader in(*text);
  std::string key;
  std::int64_t code = -1, signal = 0;
  bool has_end = false;
  if (in.begin_object()) {
    while (in.next_member(key)) {
      if (key == "exit_code") {
        has_end = in.read(code);
      } else if (key == "signal") {
        has_end = in.read(signal);
      } else {
        in.skip();
      }
    }
  }
  if (!in.finish() || !has_end) return {};
  return {true, static_cast<int>(code), static_cast<int>(signal)};
}

}  // namespace space::process
