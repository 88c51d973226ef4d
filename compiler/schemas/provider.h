// Provider: all schemas of one provider, whole: what stands between tofu's JSON and an index. Data
// only.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "compiler/model/schema.h"

namespace space::schemas {

struct Provider {
  std::string address;  // as tofu says it, with the host
  std::map<std::pair<model::SchemaKind, std::string>, model::BlockSchema>
      blocks;  // by kind and type; the provider's own has ""
};

}  // namespace space::schemas
