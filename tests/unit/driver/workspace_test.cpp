#include "compiler/driver/workspace.h"

#include <catch2/catch.hpp>

#include "core/diagnostics/words.h"

namespace space::driver {

namespace {

constexpr const char* k_head = R"(project "p" {
  edition  = 2026
  contract = "1.0"
  tofu     = "1.12.6"
}

environment "sandbox" {
  kind  = "sandbox"
  facts = { account = "play" }
}

remote "local" "state" {
}

space "here" {
  remote = remote.state
  region = "home"
}
)";

std::string mission(const std::string& input) {
  return R"(mission "web" {
  environments = [environment.sandbox]
  spaces       = [space.here]
  stage "000" {
    procedure "one" {
      source = "./module"
      inputs = { )" +
         input + R"( = "x" }
    }
  }
}
)";
}

constexpr const char* k_module = "variable \"name\" {\n  type = string\n}\n";

CompileOptions options_for_an_editor() {
  CompileOptions options;
  options.paths = {"."};
  options.stop_after = Phase::Checked;
  return options;
}

struct Editor {
  base::MemoryFileSystem saved;
  base::OverlayFileSystem files{saved};
  Workspace workspace{files, options_for_an_editor()};

  Editor() {
    saved.add("project.space", k_head);
    saved.add("web.space", mission("name"));
    saved.add("module/main.tf", k_module);
  }

  void edit(const std::string& path, const std::string& text) {
    REQUIRE(files.write(path, text, base::FileMode::Plain));
  }

  std::vector<std::string> codes() {
    std::vector<std::string> codes;
    for (const auto& one : workspace.analyze().diagnostics)
      codes.emplace_back(diagnostics::code_of(one));
    return codes;
  }
};

using Codes = std::vector<std::string>;

}  // namespace

TEST_CASE("an edit is seen, in a program and in a module that it calls") {
  Editor editor;
  CHECK(editor.codes().empty());
  editor.edit("web.space", mission("nam"));
  CHECK(editor.codes() == Codes{"SPC4002"});
  editor.edit("module/main.tf", "variable \"nam\" {\n  type = string\n}\n");
  CHECK(editor.codes().empty());
  editor.edit("web.space", mission("name"));
  CHECK(editor.codes() == Codes{"SPC4002"});
  editor.edit("module/main.tf", k_module);
  CHECK(editor.codes().empty());
}

TEST_CASE("a file of a module that comes or goes is seen") {
  Editor editor;
  CHECK(editor.codes().empty());
  REQUIRE(editor.files.make_directories("module"));
  editor.edit("module/more.tf", "variable \"size\" {\n  type = number\n}\n");
  CHECK(editor.codes() == Codes{"SPC4003"});
  REQUIRE(editor.files.remove("module/more.tf"));
  CHECK(editor.codes().empty());
}

TEST_CASE("where a module lets a variable go is seen anew when the module changes") {
  Editor editor;
  const auto module = [](const std::string& count) {
    return "variable \"name\" {\n  type = string\n}\nresource \"terraform_data\" \"a\" {\n  count "
           "= " +
           count + "\n}\n";
  };
  editor.edit("web.space", R"(mission "web" {
  environments = [environment.sandbox]
  spaces       = [space.here]
  variable "name" {
    type   = string
    varies = "id"
  }
  stage "000" {
    procedure "one" {
      source = "./module"
      inputs = { name = var.name }
    }
  }
}
values "web" "sandbox" {
  name = "x"
}
)");
  editor.edit("module/main.tf", module("1"));
  CHECK(editor.codes().empty());
  editor.edit("module/main.tf", module("var.name == \"x\" ? 1 : 2"));
  CHECK(editor.codes() == Codes{"SPC3025"});
  CHECK(editor.codes() == Codes{"SPC3025"});
  editor.edit("module/main.tf", module("1"));
  CHECK(editor.codes().empty());
}

TEST_CASE("what an earlier analysis found stays good") {
  Editor editor;
  editor.edit("web.space", mission("nam"));
  const Compilation before = editor.workspace.analyze();
  editor.edit("web.space", "\n\n" + mission("name"));
  const Compilation after = editor.workspace.analyze();
  REQUIRE(before.diagnostics.size() == 1);
  CHECK(after.diagnostics.empty());
  CHECK(before.sources->text(before.diagnostics[0].primary.span) == "nam");
}

TEST_CASE("a day of typing does not pile up") {
  Editor editor;
  std::size_t most = 0;
  for (int i = 0; i < 1000; ++i) {
    editor.edit("web.space", "# " + std::to_string(i) + "\n" + mission("name"));
    const Compilation compilation = editor.workspace.analyze();
    CHECK(compilation.diagnostics.empty());
    most = std::max(most, compilation.sources->size());
  }
  CHECK(most < 400);
}

}  // namespace space::driver
