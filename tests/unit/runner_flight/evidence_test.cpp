// What is left of an apply, and what it says: with and without each of its files.
#include "runner/flight/evidence.h"

#include <catch2/catch.hpp>

#include "tests/temporary_folder.h"

namespace space::flight {

namespace {

using runplan::Verdict;

constexpr const char* k_root = "e/s/m/000/p";
constexpr const char* k_start =
    "{\"type\":\"version\"}\n"
    "{\"type\":\"apply_start\",\"hook\":{\"resource\":{\"addr\":\"a\"},\"action\":\"create\"}}\n";
constexpr const char* k_end =
    "{\"type\":\"apply_complete\",\"hook\":{\"resource\":{\"addr\":\"a\"},\"action\":\"create\"}}\n"
    "{\"type\":\"change_summary\",\"changes\":{\"add\":1,\"operation\":\"apply\"}}\n";

struct Scene {
  test::TemporaryFolder folder;
  base::DiskFileSystem files;
  Workspace workspace{folder.path(), folder.path("out"), "now"};

  void left(const std::string& name, const std::string& text) const {
    folder.write(".space/runs/then/" + std::string(k_root) + "/" + name, text);
  }
  Evidence look() const { return look_at_apply(k_root, "then", workspace, files); }
};

}  // namespace

TEST_CASE("an apply of which there is all") {
  const Scene scene;
  scene.left("apply.out", std::string(k_start) + k_end);
  scene.left("exit.json", "{\"exit_code\":0,\"ended_ms\":1}\n");
  const Evidence evidence = scene.look();
  CHECK(evidence.judgement.verdict == Verdict::Applied);
  CHECK(evidence.progress.done == 1);
  CHECK(evidence.counts.add == 1);
}

TEST_CASE("no stream means that tofu was never started, and no folder means that nobody knows") {
  const Scene scene;
  CHECK(scene.look().judgement.verdict == Verdict::Indeterminate);
  scene.left("plan.jsonl", "");
  CHECK(scene.look().judgement.verdict == Verdict::FailedClean);
  scene.left("apply.out", "");  // from here on it may have been
  CHECK(scene.look().judgement.verdict == Verdict::Indeterminate);
}

TEST_CASE("no beginning of the files of a good apply says that it was applied, but all of them") {
  const Scene scene;
  const std::string stream = std::string(k_start) + k_end, exit = "{\"exit_code\":0}\n";
  for (std::size_t length = 0; length <= stream.size(); length += 7) {
    scene.left("apply.out", stream.substr(0, length));
    const bool is_whole = length == stream.size();
    for (std::size_t cut = 0; cut <= exit.size(); ++cut) {
      scene.left("exit.json", exit.substr(0, cut));
      const Verdict verdict = scene.look().judgement.verdict;
      if (!is_whole) REQUIRE(verdict == Verdict::Indeterminate);
    }
  }
}

TEST_CASE("an errored state speaks over everything else, and is kept") {
  Scene scene;
  scene.left("apply.out", std::string(k_start) + k_end);
  scene.left("exit.json", "{\"exit_code\":0}\n");
  scene.folder.write("out/" + std::string(k_root) + "/errored.tfstate", "precious");
  CHECK(scene.look().judgement.verdict == Verdict::FailedPartial);
  REQUIRE(keep_errored_state(k_root, "then", scene.workspace, scene.files).has_value());
  CHECK(scene.folder.read(".space/errored/" + std::string(k_root) + "/then.tfstate") == "precious");
}

}  // namespace space::flight
