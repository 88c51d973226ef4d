// Where things of a run lie, and how a person opens them.
#include "runner/flight/workspace.h"

#include <catch2/catch.hpp>

using namespace space;

TEST_CASE("paths are shown as they are opened from the working folder") {
  struct Row {
    const char* here;
    const char* shown;
  };
  const Row rows[] = {{"/p/spaces", "main.space"},
                      {"/p", "spaces/main.space"},
                      {"/p/spaces/deep", "../main.space"},
                      {"", "main.space"}};
  for (const Row& row : rows) {
    flight::Workspace workspace{"/p/spaces", "/p/out", "run", row.here};
    CHECK(workspace.shown("/p/spaces/main.space") == row.shown);
  }
}

TEST_CASE("the project's folder is where the run plan says, seen from it") {
  runplan::RunPlan plan;
  plan.project.folder = "../spaces";
  const base::SystemClock clock;
  const auto workspace = flight::make_workspace(plan, "out/run-plan.json", "/users/me", clock);
  CHECK(workspace.out == "/users/me/out");
  CHECK(workspace.project == "/users/me/spaces");
  CHECK(workspace.here == "/users/me");
}
