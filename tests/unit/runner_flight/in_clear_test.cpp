#include "runner/flight/in_clear.h"

#include <catch2/catch.hpp>

namespace space::flight {

namespace {

// One run whose runner is gone: no process has this number.
constexpr const char* k_dead = "/p/.space/runs/20261126T000000.000Z-999999999";

Workspace workspace() {
  Workspace made;
  made.project = "/p";
  made.out = "/p/out";
  made.run = "20261126T000001.000Z-1";
  return made;
}

}  // namespace

TEST_CASE("a stream at rest holds no secret, and its lines are JSON still") {
  secrets::Scrubber scrubber;
  scrubber.add("hunter\"22");
  scrubber.add("123456");
  CHECK(at_rest("{\"a\":\"x hunter\\\"22\"}\nplain hunter\"22\n{\"torn\":\"hunt", scrubber) ==
        "{\"a\":\"x (secret)\"}\nplain (secret)\n{\"torn\":\"hunt");
  CHECK(at_rest("{\"n\":123456}\n", scrubber) ==
        "{\"@message\":\"(secret)\",\"type\":\"scrubbed\"}\n");
  CHECK(at_rest("", scrubber).empty());
}

TEST_CASE("what tofu shows of both sides of a condition goes whole") {
  const secrets::Scrubber nothing;
  CHECK(
      at_rest(
          R"({"@level":"error","diagnostic":{"severity":"error","difference":{"before":"deep","before_sensitive":true},"detail":"d"},"type":"diagnostic"})"
          "\n",
          nothing) ==
      R"({"@level":"error","diagnostic":{"severity":"error","detail":"d"},"type":"diagnostic"})"
      "\n");
  const std::string other = R"({"message":"the \"difference\": none"})";
  CHECK(at_rest(other, nothing) == other);
}

TEST_CASE("what a dead run left in clear goes, once, and streams stay") {
  base::MemoryFileSystem files;
  const std::string root = std::string(k_dead) + "/e/s/m/000/p";
  for (const char* name :
       {"inputs.tfvars.json", "plan.tfplan", "secrets/key", "pull.out", "apply.out", "exit.json"})
    files.add(root + "/" + name, "x");
  Locks held;
  // The flight's lock is no file of this file system, so it cannot be had: nothing is touched.
  remove_leftovers(workspace(), held, files);
  CHECK(files.stat(root + "/plan.tfplan").kind == base::FileKind::Regular);
  CHECK(files.stat(std::string(k_dead) + "/ended").kind == base::FileKind::Missing);
  remove_in_clear(root, files);
  for (const char* name : {"inputs.tfvars.json", "plan.tfplan", "secrets/key", "pull.out"})
    CHECK(files.stat(root + "/" + name).kind == base::FileKind::Missing);
  CHECK(files.stat(root + "/apply.out").kind == base::FileKind::Regular);
  CHECK(files.stat(root + "/exit.json").kind == base::FileKind::Regular);
}

}  // namespace space::flight
