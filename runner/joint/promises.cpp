#include "runner/joint/promises.h"

#include "core/values/convert.h"
#include "runner/joint/names.h"
#include "runner/plans/leaves.h"

namespace space::joint {

std::vector<std::string> broken_promises(const runplan::Root& root, std::size_t index,
                                         const plans::PlanDocument& document) {
  std::vector<std::string> broken;
  for (const runplan::Output& declared : root.outputs) {
    const auto found = document.outputs.find(inner_name(index, declared.name));
    if (found == document.outputs.end()) continue;
    const plans::Values& values = found->second.values;
    const auto after = plans::whole_after(values);
    if (after.kind == runplan::PreviewValue::Kind::Unknown) continue;
    const std::string of = "output `" + declared.name + "` ";
    if (after.kind == runplan::PreviewValue::Kind::Absent) {
      if (!declared.optional) broken.push_back(of + "would be null, and is not optional");
      continue;
    }
    const values::Conversion converted = values::convert(values.after, declared.type);
    // Why may hold a part of the value.
    if (!converted.value)
      broken.push_back(of + "would not be what is declared" +
                       (after.sensitive ? "" : ": " + converted.error.message));
  }
  return broken;
}

}  // namespace space::joint
