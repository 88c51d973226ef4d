// Any bytes into the readers of the contract: no crash, no hang. What is taken must be written and
// taken again, and give the same bytes from then on.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/base/check.h"
#include "core/runplan/run_plan_json.h"
#include "core/runplan/source_map.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace space::runplan;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto plan = read_run_plan(bytes)) {
    const std::string once = write_run_plan(*plan);
    const auto again = read_run_plan(once);
    SPACE_CHECK(again.has_value(), "what was written is not read");
    SPACE_CHECK(write_run_plan(*again) == once, "a second writing differs");
  }
  if (const auto map = read_source_map(bytes)) {
    const std::string once = write_source_map(*map);
    const auto again = read_source_map(once);
    SPACE_CHECK(again.has_value() && write_source_map(*again) == once, "a second writing differs");
  }
  return 0;
}
