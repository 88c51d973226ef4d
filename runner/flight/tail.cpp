#include "runner/flight/tail.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace space::flight {

std::string read_tail(const std::string& path, std::uint64_t offset) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0) return "";
  std::string bytes;
  char piece[16384];
  for (;;) {
    const ssize_t count =
        ::pread(file, piece, sizeof piece, static_cast<off_t>(offset + bytes.size()));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    bytes.append(piece, static_cast<std::size_t>(count));
  }
  ::close(file);
  return bytes;
}

}  // namespace space::flight
