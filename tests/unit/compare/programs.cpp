#include "tests/unit/compare/programs.h"

#include <catch2/catch.hpp>

namespace space::compare_test {

namespace {

struct Compiled {
  base::MemoryFileSystem files;
  driver::Compilation compilation;

  explicit Compiled(const Places& texts) {
    for (const auto& [path, text] : texts) files.add(path, text);
    driver::CompileOptions options;
    options.paths = {"."};
    compilation = driver::compile(files, options);
    std::string problems;
    for (const diagnostics::Diagnostic& found : compilation.diagnostics) {
      if (found.severity == diagnostics::Severity::Error) problems += found.message + "\n";
    }
    INFO(problems);
    REQUIRE_FALSE(compilation.has_errors());
    REQUIRE_FALSE(compilation.emitted.empty());
  }
};

}  // namespace

Lines told(const compare::Affected& affected) {
  constexpr const char* k_statuses[] = {"changed", "added", "moved", "removed", "downstream"};
  constexpr const char* k_causes[] = {"code",   "file",   "package",  "value",
                                      "wiring", "secret", "state",    "provider",
                                      "tofu",   "policy", "farewell", "output"};
  Lines lines;
  for (const compare::AffectedRoot& root : affected.roots) {
    std::string line = k_statuses[static_cast<std::size_t>(root.status)];
    line += " " + root.procedure + ":";
    for (const compare::Reason& reason : root.reasons) {
      line += std::string(" ") + k_causes[static_cast<std::size_t>(reason.cause)] + " " +
              reason.name + (reason.argument.empty() ? "" : "(" + reason.argument + ")");
    }
    line += ";";
    for (const std::string& output : root.outputs) line += " " + output;
    lines.insert(line);
  }
  return lines;
}

Lines difference(const Places& before, const Places& now) {
  const Compiled a(before), b(now);
  return told(driver::find_affected({&a.compilation, &a.files}, {&b.compilation, &b.files}));
}

std::string replaced(std::string text, const std::string& old, const std::string& with) {
  const std::size_t at = text.find(old);
  REQUIRE(at != std::string::npos);
  return text.replace(at, old.size(), with);
}

Lines after(const Places& places, const std::string& path, const std::string& old,
            const std::string& with) {
  Places now = places;
  now[path] = replaced(now.at(path), old, with);
  return difference(places, now);
}

const char* const k_head = R"(project "case" {
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
provider "acme" {
  source  = "acme/acme"
  version = "1.0.0"
}
provider "other" {
  source  = "acme/other"
  version = "2.0.0"
}
space "here" {
  remote = remote.state
  region = "home"
  provider "acme" {
    account = "a"
  }
  provider "acme" "spare" {
    account = "b"
  }
  provider "other" {
    regional = false
    account  = "c"
  }
}
)";

}  // namespace space::compare_test
