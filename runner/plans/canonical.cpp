#include "runner/plans/canonical.h"

#include <map>

#include "core/base/hash.h"
#include "core/runplan/json_reader.h"
#include "core/runplan/json_writer.h"

namespace space::plans {

base::Result<std::string> canonical_digest(std::string_view plan_json) {
  runplan::JsonReader in(plan_json);
  std::map<std::string, std::string> members;
  std::string key;
  if (in.begin_object()) {
    while (in.next_member(key)) {
      if (key == "timestamp") {
        in.skip();
      } else {
        members[key] = runplan::compact_json(in.raw());
      }
    }
  }
  if (!in.finish()) return base::Error{"the plan cannot be read: " + in.error(), ""};
  std::string text;
  for (const auto& [name, value] : members)
    text += name + " " + std::to_string(value.size()) + " " + value + "\n";
  return base::sha256_hex(text);
}

}  // namespace space::plans
