// What a state of tofu's holds at its top: resources and module calls, by name. In: the JSON that
// lies in a backend, or that `tofu state pull` prints. For `spacec adopt` alone: no other command
// looks into a state.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace space::driver {

struct StateContents {
  std::vector<std::string> addresses;  // "aws_vpc.main", "module.dns"; without keys, sorted
};

base::Result<StateContents> read_state(std::string_view json);

}  // namespace space::driver
