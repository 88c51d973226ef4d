// SPACE_CHECK(condition, message): a fact that only a bug of ours can break. Prints where and what,
// asks for a report, and ends the process with exit code 70. Never for a mistake in the user's
// program or a refusal of the world.
#pragma once

#include <string_view>

namespace space::base {

[[noreturn]] void check_failed(const char* file, int line, const char* condition,
                               std::string_view message);

}  // namespace space::base

#define SPACE_CHECK(condition, message) \
  ((condition) ? void(0) : ::space::base::check_failed(__FILE__, __LINE__, #condition, (message)))
