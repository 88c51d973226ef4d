#include "runner/tofu/find_tofu.h"

#include <filesystem>
#include <map>
#include <system_error>

#include "core/base/hash.h"
#include "core/runplan/json_reader.h"
#include "core/runplan/json_writer.h"

namespace space::tofu {

namespace {

constexpr std::int64_t k_patience_milliseconds = 20'000;

// path -> "SIZE MTIME CTIME VERSION"; "sha256 PATH" -> "SIZE MTIME CTIME INODE DIGEST"
using Remembered = std::map<std::string, std::string>;

std::string memory_file(const std::string& cache_folder) {
  return base::join_path(cache_folder, "tofu/versions.json");
}

Remembered read_memory(const std::string& path, const base::FileSystem& files) {
  Remembered memory;
  const auto text = files.read(path);
  if (!text) return memory;
  runplan::JsonReader in(*text);
  std::string key;
  if (!in.begin_object()) return {};
  while (in.next_member(key)) in.read(memory[key]);
  return in.finish() ? memory : Remembered{};
}

// It only saves a question: where it cannot be written, the question is asked again.
void write_memory(const std::string& path, const Remembered& memory, base::FileSystem& files) {
  runplan::JsonWriter out;
  out.begin_object();
  for (const auto& [program, text] : memory) out.member(program, text);
  out.end_object();
  const auto made = files.make_directories(base::parent_path(path));
  if (made) (void)files.write(path, out.take() + "\n", base::FileMode::Plain);
}

std::string stamp_of(const base::FileStat& stat) {
  return std::to_string(stat.size) + " " + std::to_string(stat.mtime_ns) + " " +
         std::to_string(stat.ctime_ns) + " ";
}

class Finder {
 public:
  Finder(const FindRequest& request, base::FileSystem& files, const RunCommand& run)
      : request_(request),
        files_(files),
        run_(run),
        memory_path_(memory_file(request.cache_folder)) {}

  base::Result<std::string> version_of(const std::string& program) {
    const base::FileStat stat = files_.stat(program);
    // What stat says of a link says nothing of the program behind it.
    const bool may_remember = stat.kind == base::FileKind::Regular;
    if (memory_.empty()) memory_ = read_memory(memory_path_, files_);
    const std::string stamp = stamp_of(stat);
    const auto known = memory_.find(program);
    if (may_remember && known != memory_.end() && known->second.rfind(stamp, 0) == 0) {
      return known->second.substr(stamp.size());
    }
    if (!is_as_installed(program, files_))
      return base::Error{"`" + program + "` is not what was installed", ""};
    auto version = ask_version(program, run_);
    if (version && may_remember) {
      memory_[program] = stamp + *version;
      write_memory(memory_path_, memory_, files_);
    }
    return version;
  }

 private:
  const FindRequest& request_;
  base::FileSystem& files_;
  const RunCommand& run_;
  std::string memory_path_;
  Remembered memory_;
};

}  // namespace

base::Result<std::string> ask_version(const std::string& program, const RunCommand& run) {
  base::Command command;
  command.argv = {program, "version", "-json"};
  command.environment = {
      {"CHECKPOINT_DISABLE", "1"}, {"TF_CLI_CONFIG_FILE", "/dev/null"}, {"HOME", "/"}};
  command.folder = "/";
  command.timeout_milliseconds = k_patience_milliseconds;
  SPACE_TRY(const base::CommandResult result, run(command));
  runplan::JsonReader in(result.standard_output);
  std::string key, version;
  if (in.begin_object()) {
    while (in.next_member(key)) {
      if (key == "terraform_version") {
        in.read(version);
      } else {
        in.skip();
      }
    }
  }
  if (result.exit_code != 0 || !in.finish() || version.empty()) {
    return base::Error{"`" + program + "` does not say its version", ""};
  }
  return version;
}

std::string cached_program(const std::string& cache_folder, const std::string& version) {
  return base::join_path(cache_folder, "tofu/" + version + "/tofu");
}

std::string installed_record(const std::string& program) {
  return base::join_path(base::parent_path(program), "installed.json");
}

base::Result<std::string> digest_of(const std::string& program, const std::string& cache_folder,
                                    base::FileSystem& files) {
  std::error_code problem;
  const std::string file = std::filesystem::canonical(program, problem).string();
  if (problem) return base::Error{"`" + program + "`: " + problem.message(), ""};
  const base::FileStat stat = files.stat(file);
  const std::string stamp = stamp_of(stat) + std::to_string(stat.inode) + " ";
  const std::string memory_path = memory_file(cache_folder), name = "sha256 " + file;
  Remembered memory = read_memory(memory_path, files);
  const auto known = memory.find(name);
  if (known != memory.end() && known->second.starts_with(stamp))
    return known->second.substr(stamp.size());
  const auto digest = base::sha256_hex_of_file(file);
  if (!digest) return base::cannot("read", file, digest.error());
  memory[name] = stamp + *digest;
  write_memory(memory_path, memory, files);
  return *digest;
}

bool is_as_installed(const std::string& program, const base::FileSystem& files) {
  const auto text = files.read(installed_record(program));
  if (!text) return files.stat(installed_record(program)).kind == base::FileKind::Missing;
  runplan::JsonReader in(*text);
  std::string key, wanted;
  if (in.begin_object()) {
    while (in.next_member(key)) {
      if (key == "sha256") {
        in.read(wanted);
      } else {
        in.skip();
      }
    }
  }
  const auto digest = base::sha256_hex_of_file(program);
  return in.finish() && digest && *digest == wanted;
}

base::Result<std::string> cache_folder(const std::map<std::string, std::string>& environment) {
  const auto xdg = environment.find("XDG_CACHE_HOME");
  if (xdg != environment.end() && !xdg->second.empty() && xdg->second[0] == '/') {
    return base::join_path(xdg->second, "space");
  }
  const auto home = environment.find("HOME");
  if (home == environment.end() || home->second.empty() || home->second[0] != '/') {
    return base::Error{"there is no place for a cache: neither `XDG_CACHE_HOME` nor `HOME` is set",
                       "set `HOME`"};
  }
  return base::join_path(home->second, ".cache/space");
}

base::Result<Found> find_tofu(const FindRequest& request, base::FileSystem& files,
                              const RunCommand& run) {
  Finder finder(request, files, run);
  std::string other;
  if (const auto in_path = base::find_in_path("tofu", request.search_path)) {
    const auto version = finder.version_of(*in_path);
    if (version && *version == request.version) return Found{*in_path, "PATH"};
    other =
        version ? "; `tofu` in PATH is " + *version : "; `tofu` in PATH does not say its version";
  }
  const std::string cached = cached_program(request.cache_folder, request.version);
  if (files.stat(cached).kind == base::FileKind::Regular) {
    const auto version = finder.version_of(cached);
    if (version && *version == request.version) return Found{cached, "the cache"};
    other += "; the one in the cache is damaged";
  }
  return base::Error{"tofu " + request.version + " is not here" + other,
                     "`space tofu install` gets it"};
}

}  // namespace space::tofu
