#include "runner/tofu/install.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <optional>

#include "core/base/failpoint.h"
#include "core/base/hash.h"
#include "core/base/strings.h"
#include "core/runplan/json_writer.h"
#include "runner/process/flight_lock.h"
#include "runner/tofu/release_install.h"
#include "runner/tofu/source_build.h"

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

constexpr std::int64_t k_tick_milliseconds = 1000;
constexpr const char* k_scratch_prefix = ".install-";
constexpr const char* k_old_scratch_prefix = ".build-";  // of an older space

// Name and bytes are on the disk when this returns.
base::Status settle(const std::string& path, mode_t mode) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  const bool settled = file >= 0 && ::fchmod(file, mode) == 0 && ::fsync(file) == 0;
  const int problem = errno;
  if (file >= 0) ::close(file);
  if (settled) return base::Done{};
  return base::Error{"cannot keep `" + path + "`: " + std::strerror(problem), ""};
}

class Installer {
 public:
  Installer(const InstallRequest& request, InstallTools& tools)
      : request_(request),
        tools_(tools),
        tofu_folder_(base::join_path(request.cache_folder, "tofu")),
        scratch_(base::join_path(tofu_folder_, k_scratch_prefix + std::to_string(::getpid()))) {}

  base::Result<Installed> run() {
    SPACE_TRY_STATUS(tools_.files.make_directories(tofu_folder_));
    process::FlightLock lock(base::join_path(tofu_folder_, "install.lock"));
    SPACE_TRY_STATUS(wait_for(lock));
    const std::string program = cached_program(request_.cache_folder, request_.version);
    if (tools_.files.stat(program).kind == base::FileKind::Regular) {
      const auto version = ask_version(program, tools_.run);
      if (version && *version == request_.version && is_as_installed(program, tools_.files))
        return Installed{program, Installed::By::Other};  // another process was first
    }
    clear_leftovers();
    if (tools_.was_interrupted) return interruption();
    SPACE_TRY_STATUS(tools_.files.make_directories(scratch_));
    auto installed = make(program);
    if (!installed && is_interrupted(tools_)) installed = interruption();
    clear_folder(scratch_, "removing what the installation needed", tools_);
    return installed;
  }

 private:
  base::Status wait_for(process::FlightLock& lock) {
    const std::int64_t begin = tools_.clock.mono_milliseconds();
    for (;;) {
      SPACE_TRY(const process::LockState state, lock.try_lock("tofu install"));
      if (state == process::LockState::Held) return base::Done{};
      const process::Event event = tools_.processes.wait(k_tick_milliseconds);
      if (event.kind == process::Event::Kind::Interrupt) {
        tools_.was_interrupted = true;
        return interruption();
      }
      tools_.on_progress("waiting for another `space tofu install`",
                         (tools_.clock.mono_milliseconds() - begin) / 1000);
    }
  }

  // The lock is ours: nobody works there any more.
  void clear_leftovers() {
    const auto entries = tools_.files.list(tofu_folder_);
    if (!entries) return;
    for (const base::DirectoryEntry& entry : *entries) {
      if (!entry.name.starts_with(k_scratch_prefix) &&
          !entry.name.starts_with(k_old_scratch_prefix))
        continue;
      clear_folder(base::join_path(tofu_folder_, entry.name),
                   "removing what an interrupted installation left", tools_);
    }
  }

  base::Result<Installed> make(const std::string& program) {
    if (request_.way != Way::Source) {
      ReleaseTrust trust = request_.trust;
      add_remembered_pin(trust);
      const ReleaseEnd end = fetch_release(
          {request_.version, trust, request_.page, request_.environment, scratch_}, tools_);
      if (end.kind == DownloadEnd::Kind::Done) {
        SPACE_TRY(Installed installed,
                  place(end.program, "release " + end.archive + " " + end.archive_sha256, program,
                        Installed::By::Release));
        SPACE_TRY_STATUS(remember_pin(end));
        return installed;
      }
      if (end.kind == DownloadEnd::Kind::Refused) return end.error;
      if (request_.way == Way::Release) {
        return base::Error{
            "the release of tofu " + request_.version + " cannot be reached: " + end.error.message,
            "`space tofu install --from-source` builds it from its Go module; `" +
                std::string(k_releases_setting) + "` names a mirror"};
      }
    }
    const auto known = std::find_if(k_known.begin(), k_known.end(), [&](const KnownVersion& k) {
      return k.version == request_.version;
    });
    if (known == k_known.end()) {
      return base::Error{"how to build tofu " + request_.version + " is not known here",
                         "put that version in PATH, or pin " + std::string(k_known.back().version)};
    }
    const SourceRecipe recipe{request_.version, std::string(known->go),
                              std::string(known->replace)};
    const std::string folder = base::join_path(scratch_, "build");
    SPACE_TRY_STATUS(tools_.files.make_directories(folder));
    SPACE_TRY(const std::string built,
              build_from_source(recipe, request_.environment, folder, tools_));
    return place(built, "source", program, Installed::By::Source);
  }

  // Of a version that this program does not know, the first archive that was installed here is the
  // one, for ever.
  std::string pin_file(const std::string& archive) const {
    return base::join_path(tofu_folder_, "pins/" + archive + ".sha256");
  }

  void add_remembered_pin(ReleaseTrust& trust) const {
    const auto names = release_names(request_.version, this_platform());
    if (!names) return;
    const auto text = tools_.files.read(pin_file(names->archive));
    if (text) trust.pins.push_back({names->archive, std::string(base::trim(*text))});
  }

  base::Status remember_pin(const ReleaseEnd& end) {
    const std::string path = pin_file(end.archive);
    SPACE_TRY_STATUS(tools_.files.make_directories(base::parent_path(path)));
    return tools_.files.write(path, end.archive_sha256 + "\n", base::FileMode::Plain);
  }

  // A folder of its own, read-only and settled on the disk, takes the version's place by one
  // rename: there is a whole tofu or none.
  base::Result<Installed> place(const std::string& made, const std::string& origin,
                                const std::string& program, Installed::By by) {
    base::killpoint("tofu.verify", made);
    SPACE_TRY(const std::string version, ask_version(made, tools_.run));
    if (version != request_.version) {
      return base::Error{"what came says that it is tofu " + version + ", not " + request_.version,
                         ""};
    }
    const std::string ready = base::join_path(scratch_, "ready");
    SPACE_TRY_STATUS(tools_.files.make_directories(ready));
    const std::string ready_program = base::join_path(ready, base::file_name(program));
    if (std::rename(made.c_str(), ready_program.c_str()) != 0)
      return base::Error{"cannot move `" + made + "`: " + std::strerror(errno), ""};
    SPACE_TRY(const std::string digest, base::sha256_hex_of_file(ready_program));
    const std::string record = installed_record(ready_program);
    runplan::JsonWriter out;
    out.begin_object();
    out.member("origin", origin);
    out.member("sha256", digest);
    out.end_object();
    SPACE_TRY_STATUS(tools_.files.write(record, out.take() + "\n", base::FileMode::Plain));
    SPACE_TRY_STATUS(settle(ready_program, 0555));
    SPACE_TRY_STATUS(settle(record, 0444));
    SPACE_TRY_STATUS(settle(ready, 0555));
    SPACE_TRY_STATUS(put_in_place(ready, base::parent_path(program)));
    SPACE_TRY_STATUS(settle(tofu_folder_, 0755));
    return Installed{program, by};
  }

  static base::Status put_in_place(const std::string& ready, const std::string& place) {
    if (!base::failpoint("tofu.rename", place) &&
        ::renameat2(AT_FDCWD, ready.c_str(), AT_FDCWD, place.c_str(), RENAME_NOREPLACE) == 0)
      return base::Done{};
    // A damaged one is there; it goes with the scratch folder.
    if (errno == EEXIST &&
        ::renameat2(AT_FDCWD, ready.c_str(), AT_FDCWD, place.c_str(), RENAME_EXCHANGE) == 0)
      return base::Done{};
    return base::Error{"cannot put tofu in its place, `" + place + "`: " + std::strerror(errno),
                       ""};
  }

  const InstallRequest& request_;
  InstallTools& tools_;
  std::string tofu_folder_;
  std::string scratch_;
};

}  // namespace

base::Result<Installed> install_tofu(const InstallRequest& request, InstallTools& tools) {
  return Installer(request, tools).run();
}

}  // namespace space::tofu
