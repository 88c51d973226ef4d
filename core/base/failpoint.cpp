#include "core/base/failpoint.h"

#ifdef SPACE_FAILPOINTS

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "core/base/check.h"

namespace space::base {

namespace {

constexpr const char* k_variable = "SPACE_FAILPOINT";

// The environment is asked each time: these builds are for tests, and there is no state to keep.
std::string_view setting() {
  const char* text = std::getenv(k_variable);
  return text == nullptr ? std::string_view() : text;
}

// What is to happen at this place: "" where nothing is.
std::string_view action_at(std::string_view name, std::string_view about) {
  std::string_view rest = setting();
  while (!rest.empty()) {
    const std::string_view one = rest.substr(0, rest.find(','));
    rest.remove_prefix(one.size() < rest.size() ? one.size() + 1 : rest.size());
    const std::size_t colon = one.rfind(':');
    SPACE_CHECK(colon != std::string_view::npos, "SPACE_FAILPOINT is NAME[@PART]:ACTION");
    const std::string_view place = one.substr(0, colon);
    const std::size_t at = place.find('@');
    const std::string_view part =
        at == std::string_view::npos ? std::string_view() : place.substr(at + 1);
    if (place.substr(0, at) == name && about.find(part) != std::string_view::npos)
      return one.substr(colon + 1);
  }
  return {};
}

}  // namespace

bool failpoint(std::string_view name, std::string_view about) {
  const std::string_view action = action_at(name, about);
  if (action.empty()) return false;
  if (action == "kill") {
    ::kill(::getpid(), SIGKILL);
  } else if (action == "sleep") {
    ::sleep(1);
  } else if (action == "eio") {
    errno = EIO;
    return true;
  } else {
    SPACE_CHECK(action == "enospc", "a failpoint's action is kill, sleep, eio or enospc");
    errno = ENOSPC;
    return true;
  }
  return false;
}

void killpoint(std::string_view name, std::string_view about) {
  SPACE_CHECK(!failpoint(name, about), "nothing can fail at this failpoint: kill or sleep");
}

std::string failpoint_variable() {
  const std::string_view text = setting();
  return text.empty() ? "" : std::string(k_variable) + "=" + std::string(text);
}

}  // namespace space::base

#endif
