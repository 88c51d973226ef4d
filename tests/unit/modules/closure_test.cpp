#include <catch2/catch.hpp>

#include "support.h"

namespace {
std::string names(const Read& it) {
  std::string text;
  for (const auto& [path, file] : it.module->files) text += path + " ";
  return text;
}
std::string call(const std::string& source, const std::string& more = "") {
  return "module \"m\" {\n  source = \"" + source + "\"\n" + more + "}\n";
}
}  // namespace

TEST_CASE("a module alone is its own unit, with all of its files") {
  const Files files = {{"modules/a/main.tf", "variable \"x\" {}\n"},
                       {"modules/a/templates/init.tpl", "hello"},
                       {"modules/a/.terraform/x", "no"},
                       {"modules/a/terraform.tfstate", "no"},
                       {"modules/a/terraform.tfstate.backup", "no"},
                       {"modules/a/.gitignore", "no"},
                       {"modules/b/main.tf", "variable \"other\" {}\n"}};
  const Read it = read(files);
  REQUIRE(it.module);
  CHECK(it.module->unit == "modules/a");
  CHECK(it.module->entry == ".");
  CHECK(names(it) == "main.tf templates/init.tpl ");
  CHECK(it.module->files.at("templates/init.tpl").bytes == "hello");
  CHECK(it.module->files.at("templates/init.tpl").mode == space::base::FileMode::Plain);
  CHECK(it.module->digest.size() == 64);
  CHECK(it.sources.find("modules/a/main.tf"));
  CHECK_FALSE(it.sources.find("modules/b/main.tf"));
}

TEST_CASE("local modules come along, and the unit holds them all") {
  const Read it = read({{"modules/a/main.tf", call("../shared/net")},
                        {"modules/a/inner/x.tf", "# not called\n"},
                        {"modules/shared/net/main.tf", call("./deep")},
                        {"modules/shared/net/deep/main.tf", "variable \"v\" {}\n"},
                        {"modules/shared/other/main.tf", ""}});
  CHECK(it.diagnostics.empty());
  REQUIRE(it.module);
  CHECK(it.module->unit == "modules");
  CHECK(it.module->entry == "a");
  CHECK(names(it) == "a/inner/x.tf a/main.tf shared/net/deep/main.tf shared/net/main.tf ");
  CHECK(it.module->variables.empty());  // the inner module's are its own
}

TEST_CASE("a unit may be the project's folder, and takes no more than the modules") {
  const Read it =
      read({{"modules/a/main.tf", call("../../lib")}, {"lib/main.tf", ""}, {"secret.txt", "no"}});
  REQUIRE(it.module);
  CHECK(it.module->unit == ".");
  CHECK(it.module->entry == "modules/a");
  CHECK(names(it) == "lib/main.tf modules/a/main.tf ");
}

TEST_CASE("modules that call each other end") {
  const Read it = read({{"modules/a/main.tf", call("../b")}, {"modules/b/main.tf", call("../a")}});
  REQUIRE(it.module);
  CHECK(names(it) == "a/main.tf b/main.tf ");
}

TEST_CASE("the digest says when a byte or a name changed") {
  const auto digest = [](const Files& files) { return read(files).module.value().digest; };
  const std::string one = digest({{"modules/a/main.tf", "# a\n"}});
  CHECK(one == digest({{"modules/a/main.tf", "# a\n"}, {"modules/b/main.tf", "# b\n"}}));
  CHECK(one != digest({{"modules/a/main.tf", "# a \n"}}));
  CHECK(one != digest({{"modules/a/other.tf", "# a\n"}}));
}

TEST_CASE("who may be run stays so, and the digest says when that changed") {
  const Files files = {{"modules/a/main.tf", ""}, {"modules/a/scripts/run", "#!/bin/sh\n"}};
  const Read plain = read(files);
  const Read executable = read(files, "modules/a", {"modules/a/scripts/run"});
  REQUIRE(plain.module);
  REQUIRE(executable.module);
  using space::base::FileMode;
  CHECK(plain.module->files.at("scripts/run").mode == FileMode::Plain);
  CHECK(executable.module->files.at("scripts/run").mode == FileMode::Executable);
  CHECK(executable.module->files.at("main.tf").mode == FileMode::Plain);
  CHECK(plain.module->digest != executable.module->digest);
}

TEST_CASE("remote modules inside are named where they are not pinned") {
  const auto floating = [](const std::string& source, const std::string& more = "") {
    return read({{"modules/a/main.tf", call(source, more)}}).module.value().floating;
  };
  CHECK(floating("terraform-aws-modules/vpc/aws", "  version = \"5.1.2\"\n").empty());
  CHECK(floating("git::https://example.com/x.git?ref=0123456789012345678901234567890123456789")
            .empty());
  CHECK(floating("terraform-aws-modules/vpc/aws", "  version = \"~> 5.1\"\n") ==
        std::vector<std::string>{"module `m` in `modules/a` comes from "
                                 "`terraform-aws-modules/vpc/aws`, which is not pinned"});
  CHECK(floating("git::https://example.com/x.git?ref=v1.0.0").size() == 1);
}
