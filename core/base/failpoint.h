// Failpoints: places where a test can have us die, wait or be refused by the system. In: a place's
// name, and what it is about (a path). Out: whether the call that stands there is to fail, with
// errno set. Builds for tests alone have them (SPACE_FAILPOINTS: the presets dev and asan); in
// others nothing is left of them, not even their names. For .cpp files of core/base and the runner.
//
// SPACE_FAILPOINT=NAME[@PART]:ACTION says which place, and where PART is given that what it is
// about must hold it. ACTION is kill, sleep (a second, then on), eio or enospc. There may be
// several, separated by commas.
#pragma once

#include <string>
#include <string_view>

namespace space::base {

#ifdef SPACE_FAILPOINTS

// Before a call that may fail: `if (failpoint("x.rename", path) || ::rename(…) != 0)`.
[[nodiscard]] bool failpoint(std::string_view name, std::string_view about = {});

// Between two calls, where nothing can fail: kill and sleep alone.
void killpoint(std::string_view name, std::string_view about = {});

// "SPACE_FAILPOINT=…" for a child that is ours, "" where none is set.
std::string failpoint_variable();

#else

[[nodiscard]] constexpr bool failpoint(std::string_view, std::string_view = {}) { return false; }
constexpr void killpoint(std::string_view, std::string_view = {}) {}
inline std::string failpoint_variable() { return {}; }

#endif

}  // namespace space::base
