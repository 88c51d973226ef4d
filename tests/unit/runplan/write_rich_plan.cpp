// Prints the rich run plan: the gate of the schema holds it to docs/run-plan.schema.json.
#include <cstdio>

#include "core/runplan/run_plan_json.h"
#include "rich_plan.h"

int main() {
  const std::string text = space::runplan::write_run_plan(space::runplan::rich_plan());
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() ? 0 : 1;
}
