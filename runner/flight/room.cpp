#include "runner/flight/room.h"

#include <limits>

namespace space::flight {

namespace {

constexpr std::uint64_t k_mebibyte = std::uint64_t{1} << 20U;
constexpr std::uint64_t k_always = 64 * k_mebibyte;
constexpr std::uint64_t k_copies = 3;  // the new one, its backup, and `errored.tfstate`

std::string mebibytes(std::uint64_t bytes) { return std::to_string(bytes / k_mebibyte) + " MiB"; }

}  // namespace

std::uint64_t needed_room(const std::vector<std::uint64_t>& states) {
  std::uint64_t needed = k_always;
  for (const std::uint64_t size : states) {
    const std::uint64_t most = std::numeric_limits<std::uint64_t>::max() - needed;
    needed += size > most / k_copies ? most : size * k_copies;
  }
  return needed;
}

base::Status check_room(const std::vector<std::string>& folders, std::uint64_t needed,
                        const FreeBytes& free_bytes) {
  if (!free_bytes) return base::Done{};
  for (const std::string& folder : folders) {
    const auto free = free_bytes(folder);
    if (!free || *free >= needed) continue;
    return base::Error{"there is no room: " + mebibytes(*free) + " are free where `" + folder +
                           "` lies, and this may need " + mebibytes(needed),
                       "a state that cannot be written is lost: make room first"};
  }
  return base::Done{};
}

}  // namespace space::flight
