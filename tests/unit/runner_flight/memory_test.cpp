#include "runner/flight/memory.h"

#include <catch2/catch.hpp>

namespace space::flight {

namespace {

struct Scene {
  base::MemoryFileSystem files;
  runplan::RunPlan plan;
  Workspace workspace{"/p", "/p/out", "run"};
  runplan::Root root;

  Scene() {
    root.id = "e/s/m/000/p";
    root.modules = {"mod-1"};
    put("main.tf", "a");
    put("terraform.tfvars", "x = 1");
    files.add("/p/out/modules/mod-1/sub/main.tf", "m");
  }
  void put(const std::string& name, const std::string& text) {
    files.add("/p/out/" + root.id + "/" + name, text);
  }
  RootDigests digest() const {
    Digester digester(plan, files, workspace);
    auto digests = digester.digest(root);
    REQUIRE(digests.has_value());
    return *digests;
  }
};

}  // namespace

TEST_CASE("a digest changes with every file that matters, and only then") {
  Scene scene;
  const RootDigests before = scene.digest();
  CHECK(scene.digest().parts == before.parts);

  scene.put("terraform.tfvars", "x = 2");
  const RootDigests values = scene.digest();
  CHECK(values.parts != before.parts);
  CHECK(values.init == before.init);  // values need no new init

  scene.put("main.tf", "b");
  const RootDigests code = scene.digest();
  CHECK(code.parts != values.parts);
  CHECK(code.init != values.init);

  scene.files.add("/p/out/modules/mod-1/sub/main.tf", "n");
  const RootDigests module = scene.digest();
  CHECK(module.parts != code.parts);
  CHECK(module.init != code.init);

  scene.put("extra_override.tf", "");
  CHECK(scene.digest().parts != module.parts);
}

TEST_CASE("a lock file counts when spacec emitted it, and not when tofu left it") {
  Scene scene;
  const RootDigests before = scene.digest();
  scene.put(".terraform.lock.hcl", "lock");
  CHECK(scene.digest().parts == before.parts);
  CHECK_FALSE(scene.digest().has_lock_file);
  scene.plan.files.push_back({scene.root.id + "/.terraform.lock.hcl", 0644, ""});
  CHECK(scene.digest().has_lock_file);
  CHECK(scene.digest().init != before.init);
}

TEST_CASE("a link in a root is refused") {
  Scene scene;
  scene.files.add_symlink("/p/out/e/s/m/000/p/evil.tf", "/etc/passwd");
  Digester digester(scene.plan, scene.files, scene.workspace);
  CHECK_FALSE(digester.digest(scene.root).has_value());
}

TEST_CASE("the last end comes back as it went out, and damage counts as nothing") {
  base::MemoryFileSystem files;
  LastEnd last;
  last.verdict = "applied";
  last.parts = {{"file `a`", "1"}, {"input `b`", "2"}};
  last.providers = "p";
  last.serial = 7;
  last.state_bytes = 55;
  last.duration_milliseconds = 1234;
  REQUIRE(write_last("/x/last.json", last, files).has_value());
  const auto back = read_last("/x/last.json", files);
  REQUIRE(back.has_value());
  CHECK(back->verdict == "applied");
  CHECK(back->serial == 7);
  CHECK(back->parts == last.parts);
  CHECK(back->providers == "p");
  CHECK(back->state_bytes == 55);
  CHECK(back->duration_milliseconds == 1234);
  const std::string text = *files.read("/x/last.json");
  for (std::size_t cut = 0; cut + 1 < text.size(); ++cut) {
    files.add("/x/torn.json", text.substr(0, cut));
    REQUIRE_FALSE(read_last("/x/torn.json", files).has_value());
  }
  CHECK_FALSE(read_last("/x/none.json", files).has_value());
}

}  // namespace space::flight
