#include <catch2/catch.hpp>

#include "support.h"

namespace {
using Lines = std::vector<std::string>;

Lines mistakes(const Files& files, const std::string& path = "modules/a") {
  const Read it = read(files, path);
  CHECK_FALSE(it.module);
  return it.diagnostics;
}
}  // namespace

TEST_CASE("a module that is not there, or holds nothing for tofu") {
  CHECK(mistakes({{"modules/b/main.tf", ""}}) ==
        Lines{"main.space:1:10 SPC4001 cannot read module `modules/a`: it does not exist"});
  CHECK(mistakes({{"modules/a/README.md", ""}}) ==
        Lines{"main.space:1:10 SPC4001 cannot read module `modules/a`: it has no `.tf` or `.tofu` "
              "file"});
  CHECK(mistakes({{"main.tf", ""}}, ".") ==
        Lines{"main.space:1:10 SPC4001 cannot read module `.`: it is the project's own folder, and "
              "a module needs one of its own"});
}

TEST_CASE("nothing outside the project is read") {
  CHECK(mistakes({{"modules/a/main.tf", ""}}, "../a") ==
        Lines{"main.space:1:10 SPC4013 module `../a` reaches outside the project: `../a`"});
  CHECK(mistakes({{"modules/a/main.tf", "module \"m\" {\n  source = \"../../../x\"\n}\n"}}) ==
        Lines{"modules/a/main.tf:2:12 SPC4013 module `modules/a` reaches outside the project: "
              "`../../../x` (used)"});
  CHECK(mistakes({{"modules/a/main.tf", "module \"m\" {\n  source = \"/etc\"\n}\n"}}) ==
        Lines{"modules/a/main.tf:2:12 SPC4013 module `modules/a` reaches outside the project: "
              "`/etc` (used)"});
}

TEST_CASE("mistakes are reported where they are, with the place that uses the module") {
  const Lines syntax = mistakes({{"modules/a/main.tf", "variable \"x\" {\n  type = \n}\n"}});
  REQUIRE(syntax.size() == 1);
  CHECK(syntax[0].starts_with("modules/a/main.tf:2:"));
  CHECK(syntax[0].ends_with("(used)"));
  CHECK(mistakes({{"modules/a/main.tf", "variable \"x\" {\n  type = strin\n}\n"}}) ==
        Lines{"modules/a/main.tf:2:10 SPC2002 `strin` is not a type: there is no type of that name "
              "(used)"});
  CHECK(mistakes({{"modules/a/main.tf", "variable \"x\" {\n  type = list(cidr)\n}\n"}}) ==
        Lines{"modules/a/main.tf:2:10 SPC4011 module `modules/a` cannot be read: tofu has no type "
              "`list(cidr)` (used)"});
  CHECK(mistakes(
            {{"modules/a/main.tf", "variable \"x\" {\n  type = number\n  default = \"a\"\n}\n"}}) ==
        Lines{"modules/a/main.tf:3:3 SPC4011 module `modules/a` cannot be read: the default of "
              "variable `x` does not fit its type (used)"});
  CHECK(mistakes({{"modules/a/main.tf", "variable \"x\" {}\n"},
                  {"modules/a/z.tf", "variable \"x\" {}\n"}}) ==
        Lines{"modules/a/z.tf:1:11 SPC4011 module `modules/a` cannot be read: variable `x` is "
              "declared twice (used)"});
  CHECK(mistakes({{"modules/a/override.tf", "output \"x\" {}\n"}}) ==
        Lines{"modules/a/override.tf:1:9 SPC4011 module `modules/a` cannot be read: there is no "
              "output `x` to override (used)"});
  CHECK(mistakes({{"modules/a/main.tf", "variable {}\n"}}) ==
        Lines{"modules/a/main.tf:1:1 SPC4011 module `modules/a` cannot be read: `variable` takes "
              "one label, its name (used)"});
  CHECK(mistakes({{"modules/a/main.tf", "module \"m\" {}\n"}}) ==
        Lines{"modules/a/main.tf:1:1 SPC4011 module `modules/a` cannot be read: module `m` has no "
              "`source` (used)"});
}

TEST_CASE("a module that an inner one cannot find is reported at its source") {
  CHECK(mistakes({{"modules/a/main.tf", "module \"m\" {\n  source = \"./gone\"\n}\n"}}) ==
        Lines{"modules/a/main.tf:2:12 SPC4001 cannot read module `modules/a/gone`: it does not "
              "exist (used)"});
}

TEST_CASE("a file that is read for two modules stands once among the sources") {
  space::base::MemoryFileSystem disk;
  disk.add("modules/a/main.tf", "module \"m\" {\n  source = \"../shared\"\n}\n");
  disk.add("modules/shared/main.tf", "");
  space::source::SourceSet sources;
  space::diagnostics::CollectingSink sink;
  CHECK(space::modules::read_module(disk, ".", "modules/a", {}, sources, sink));
  CHECK(space::modules::read_module(disk, ".", "modules/shared", {}, sources, sink));
  CHECK(sink.all().empty());
  CHECK(sources.size() == 2);
}
