#include "compiler/driver/restore.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <set>

#include "compiler/driver/remote_modules.h"
#include "compiler/model/queries.h"
#include "core/base/json_reader.h"
#include "core/base/process.h"
#include "core/values/render.h"

namespace space::driver {

namespace {

using modules::LockedModule;

// What git, ssh and TLS need to know; no credential of a provider and no setting of tofu's is
// among it.
constexpr std::array<std::string_view, 22> k_passed_on = {"PATH",
                                                          "HOME",
                                                          "USER",
                                                          "TMPDIR",
                                                          "LANG",
                                                          "SSH_AUTH_SOCK",
                                                          "GIT_SSH",
                                                          "GIT_ASKPASS",
                                                          "SSH_ASKPASS",
                                                          "GIT_SSH_COMMAND",
                                                          "HTTP_PROXY",
                                                          "HTTPS_PROXY",
                                                          "NO_PROXY",
                                                          "http_proxy",
                                                          "https_proxy",
                                                          "no_proxy",
                                                          "SSL_CERT_FILE",
                                                          "SSL_CERT_DIR",
                                                          "NETRC",
                                                          "GIT_SSL_CAINFO",
                                                          "XDG_CONFIG_HOME",
                                                          "GIT_CONFIG_GLOBAL"};

std::string name_of(std::size_t nth) { return fmt::format("m{}", nth); }

base::Status remove_tree(base::FileSystem& files, const std::string& path) {
  const base::FileKind kind = files.stat(path).kind;
  if (kind == base::FileKind::Missing) return base::Done{};
  if (kind == base::FileKind::Directory) {
    const auto entries = files.list(path);
    if (!entries) return base::cannot("list", path, entries.error());
    for (const base::DirectoryEntry& entry : *entries)
      SPACE_TRY_STATUS(remove_tree(files, base::join_path(path, entry.name)));
  }
  if (const base::Status removed = files.remove(path); !removed)
    return base::cannot("remove", path, removed.error());
  return base::Done{};
}

base::Status write_file(base::FileSystem& files, const std::string& path, std::string_view text) {
  if (const base::Status made = files.make_directories(base::parent_path(path)); !made)
    return base::cannot("make", base::parent_path(path), made.error());
  if (const base::Status written = files.write(path, text, base::FileMode::Plain); !written)
    return base::cannot("write", path, written.error());
  return base::Done{};
}

// A root that calls every module and nothing else.
std::string root_text(const std::vector<RemoteModule>& wanted) {
  std::string text;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    text += fmt::format("module \"{}\" {{\n  source = {}\n", name_of(i),
                        values::quote_hcl(wanted[i].address));
    if (!wanted[i].version.empty())
      text += fmt::format("  version = {}\n", values::quote_hcl(wanted[i].version));
    text += "}\n";
  }
  return text;
}

// A module call: what it names, and where that lies.
struct Called {
  std::string source, version, folder;
  bool is_remote() const {
    return !source.empty() && !source.starts_with("./") && !source.starts_with("../");
  }
};

// Each module call by its key, as `.terraform/modules/modules.json` tells; a call in a call has the
// keys of both, `m0.inner`.
base::Result<std::map<std::string, Called>> module_calls(std::string_view json) {
  std::map<std::string, Called> calls;
  base::JsonReader in(json);
  std::string member;
  const auto read_module = [&] {
    std::string key, name;
    Called call;
    if (!in.begin_object()) return;
    while (in.next_member(name)) {
      if (name == "Key") {
        in.read(key);
      } else if (name == "Dir") {
        in.read(call.folder);
      } else if (name == "Source") {
        in.read(call.source);
      } else if (name == "Version") {
        in.read(call.version);
      } else {
        in.skip();
      }
    }
    calls.emplace(std::move(key), std::move(call));
  };
  if (in.begin_object()) {
    while (in.next_member(member)) {
      if (member != "Modules") {
        in.skip();
      } else if (in.begin_array()) {
        while (in.next_element()) read_module();
      }
    }
  }
  if (!in.finish()) return base::Error{"cannot read tofu's `modules.json`: " + in.error(), ""};
  return calls;
}

base::Error cannot_pin(const RemoteModule& module) {
  return {fmt::format("`{}` cannot be pinned: there are spaces in it", module.address), ""};
}

struct Package {
  LockedModule locked;
  model::ModuleFiles files;
};

class Fetcher {
 public:
  Fetcher(base::FileSystem& files, const RestoreOptions& options)
      : files_(files),
        options_(options),
        scratch_(
            base::join_path(options.project_folder, base::join_path(k_modules_folder, ".fetch"))) {}

  std::vector<Package> fetch(const std::vector<RemoteModule>& wanted,
                             std::vector<RestoreError>& errors) {
    auto packages = try_fetch(wanted, errors);
    if (const base::Status cleared = remove_tree(files_, scratch_); !cleared && errors.empty())
      errors.push_back({RestoreError::Kind::World, cleared.error()});
    if (!packages) {
      if (errors.empty()) errors.push_back({RestoreError::Kind::World, packages.error()});
      return {};
    }
    return std::move(*packages);
  }

 private:
  base::Result<std::vector<Package>> try_fetch(const std::vector<RemoteModule>& wanted,
                                               std::vector<RestoreError>& errors) {
    SPACE_TRY_STATUS(remove_tree(files_, scratch_));
    SPACE_TRY_STATUS(write_file(files_, base::join_path(scratch_, "main.tf"), root_text(wanted)));
    SPACE_TRY_STATUS(
        write_file(files_, base::join_path(scratch_, "cli.tofurc"), "disable_checkpoint = true\n"));
    base::Command command;
    command.argv = {options_.tofu, "get", "-no-color"};
    command.folder = scratch_;
    for (const auto& [name, value] : options_.environment) {
      if (std::find(k_passed_on.begin(), k_passed_on.end(), name) != k_passed_on.end())
        command.environment.emplace(name, value);
    }
    command.environment["TF_CLI_CONFIG_FILE"] =
        options_.cli_config.empty() ? "cli.tofurc" : options_.cli_config;
    command.environment["CHECKPOINT_DISABLE"] = "1";
    command.environment["TF_IN_AUTOMATION"] = "1";
    command.environment["GIT_TERMINAL_PROMPT"] = "0";
    const auto ran = base::run_command(command);
    if (!ran) {
      errors.push_back({RestoreError::Kind::Tofu, ran.error()});
      return ran.error();
    }
    if (ran->exit_code != 0) {
      errors.push_back({RestoreError::Kind::Tofu,
                        {fmt::format("`tofu get` ended with {}", ran->exit_code),
                         "it says: " + ran->standard_error}});
      return errors.back().error;
    }
    return collect(wanted);
  }

  base::Result<std::vector<Package>> collect(const std::vector<RemoteModule>& wanted) {
    const std::string index = base::join_path(scratch_, ".terraform/modules/modules.json");
    const auto json = files_.read(index);
    if (!json) return base::cannot("read", index, json.error());
    SPACE_TRY(const auto calls, module_calls(*json));
    std::vector<Package> packages;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const auto call = calls.find(name_of(i));
      if (call == calls.end())
        return base::Error{fmt::format("tofu says nothing of `{}`", wanted[i].address), ""};
      SPACE_TRY(Package package, package_of(call->first, call->second, wanted[i]));
      packages.push_back(std::move(package));
    }
    // What remote modules call elsewhere in turn, each once.
    std::set<RemoteModule> seen(wanted.begin(), wanted.end());
    for (const auto& [key, call] : calls) {
      const RemoteModule module{call.source, call.version};
      const bool is_inner = key.find('.') != std::string::npos && call.is_remote();
      if (!is_inner || !seen.insert(module).second) continue;
      if (!modules::can_be_locked(module.address, module.version)) return cannot_pin(module);
      SPACE_TRY(Package package, package_of(key, call, module));
      package.locked.named_by = LockedModule::NamedBy::Module;
      packages.push_back(std::move(package));
    }
    return packages;
  }

  base::Result<Package> package_of(const std::string& key, const Called& call,
                                   const RemoteModule& module) const {
    const std::string root = ".terraform/modules/" + key;
    SPACE_TRY(model::ModuleFiles files,
              modules::read_package(files_, base::join_path(scratch_, root)));
    std::string digest = modules::package_digest(files);
    return Package{{module.address, module.version, std::move(digest),
                    base::relative_path(root, base::normalize_path(call.folder))},
                   std::move(files)};
  }

  base::FileSystem& files_;
  const RestoreOptions& options_;
  std::string scratch_;
};

bool is_in_place(const base::FileSystem& files, const std::string& project_folder,
                 const LockedModule& locked) {
  const std::string folder = base::join_path(project_folder, package_folder(locked));
  if (files.stat(folder).kind != base::FileKind::Directory) return false;
  const auto package = modules::read_package(files, folder);
  return package && modules::package_digest(*package) == locked.digest;
}

base::Status put(base::FileSystem& files, const std::string& project_folder,
                 const Package& package) {
  const std::string folder = base::join_path(project_folder, package_folder(package.locked));
  SPACE_TRY_STATUS(remove_tree(files, folder));
  std::vector<base::TreeFile> tree;
  for (const auto& [path, file] : package.files) tree.push_back({path, file.bytes, file.mode});
  if (tree.empty()) return files.make_directories(folder);
  return files.write_tree(folder, tree);
}

// Copies that no entry names.
base::Status sweep(base::FileSystem& files, const std::string& project_folder,
                   const std::vector<LockedModule>& lock) {
  const std::string folder = base::join_path(project_folder, k_modules_folder);
  std::set<std::string, std::less<>> kept;
  for (const LockedModule& entry : lock)
    kept.insert(std::string(base::file_name(package_folder(entry))));
  const auto entries = files.list(folder);
  if (!entries) return base::Done{};
  for (const base::DirectoryEntry& entry : *entries) {
    if (!kept.contains(entry.name))
      SPACE_TRY_STATUS(remove_tree(files, base::join_path(folder, entry.name)));
  }
  return base::Done{};
}

base::Result<std::vector<LockedModule>> read_lock(const base::FileSystem& files,
                                                  const std::string& path) {
  if (files.stat(path).kind == base::FileKind::Missing) return std::vector<LockedModule>{};
  const auto text = files.read(path);
  if (!text) return base::cannot("read", path, text.error());
  auto lock = modules::read_modules_lock(*text);
  if (!lock) return base::cannot("read", path, lock.error());
  return lock;
}

base::Status pin(base::FileSystem& files, const std::string& path, const std::string& project,
                 std::vector<LockedModule> lock) {
  SPACE_TRY_STATUS(sweep(files, project, lock));
  const std::string text = modules::write_modules_lock(std::move(lock));
  const auto before = files.read(path);
  if (before && *before == text) return base::Done{};
  return write_file(files, path, text);
}

bool is_same(const LockedModule& a, const LockedModule& b) {
  return a.version == b.version && a.digest == b.digest && a.entry == b.entry;
}

RestoreError differs(const LockedModule& pinned, const LockedModule& fetched) {
  return {RestoreError::Kind::Differs,
          {fmt::format("`{}` is not what `{}` pins: it was {}, and is {}", pinned.address,
                       k_modules_lock, pinned.digest, fetched.digest),
           "an address that is pinned gives the same bytes for ever: find out who changed it; "
           "`spacec restore --renew` takes what is there now"}};
}

}  // namespace

std::vector<RemoteModule> remote_modules(const model::ResolvedProgram& program) {
  std::set<RemoteModule> all;
  for (const model::Procedure& procedure : program.procedures) {
    for (const model::RemoteModule& module : model::remote_modules(program, procedure))
      all.insert({module.address, module.version});
  }
  return {all.begin(), all.end()};
}

RestoreResult restore(base::FileSystem& files, const std::vector<RemoteModule>& wanted,
                      const RestoreOptions& options) {
  RestoreResult result;
  const auto failed = [&](const base::Error& error) {
    result.errors.push_back({RestoreError::Kind::World, error});
    return std::move(result);
  };
  const std::string lock_path = base::join_path(options.project_folder, k_modules_lock);
  const auto before = read_lock(files, lock_path);
  if (!before) return failed(before.error());
  std::vector<LockedModule> after;  // what is there, and is what the lock pins
  bool is_whole = true;
  const auto keep = [&](const LockedModule* pinned) {
    const bool fine = pinned != nullptr && options.pins == Pins::Hold &&
                      is_in_place(files, options.project_folder, *pinned);
    if (fine) after.push_back(*pinned);
    is_whole = is_whole && fine;
  };
  for (const RemoteModule& module : wanted) {
    if (!modules::can_be_locked(module.address, module.version)) return failed(cannot_pin(module));
    keep(modules::find_locked(*before, module.address, module.version));
  }
  for (const LockedModule& entry : *before) {
    const RemoteModule module{entry.address, entry.version};
    const bool is_wanted = std::find(wanted.begin(), wanted.end(), module) != wanted.end();
    if (entry.named_by == LockedModule::NamedBy::Module && !is_wanted && !wanted.empty())
      keep(&entry);
    else if (!is_wanted)
      result.report.dropped.push_back(module);
  }
  if (!is_whole) {
    // All of them: tofu alone knows what they call in turn.
    const std::vector<Package> packages = Fetcher(files, options).fetch(wanted, result.errors);
    for (const Package& package : packages) {
      const LockedModule& fetched = package.locked;
      const LockedModule* pinned = modules::find_locked(*before, fetched.address, fetched.version);
      if (pinned != nullptr && options.pins == Pins::Hold && !is_same(*pinned, fetched))
        result.errors.push_back(differs(*pinned, fetched));
    }
    if (!result.errors.empty()) return result;
    const std::vector<LockedModule> in_place = std::move(after);
    after.clear();
    for (const Package& package : packages) {
      const LockedModule& locked = package.locked;
      after.push_back(locked);
      const bool is_there = std::any_of(in_place.begin(), in_place.end(), [&](const auto& entry) {
        return entry.address == locked.address && is_same(entry, locked);
      });
      if (is_there) continue;
      if (const base::Status status = put(files, options.project_folder, package); !status)
        return failed(status.error());
      result.report.fetched.push_back({locked.address, locked.version});
    }
  }
  for (const LockedModule& entry : after) {
    const RemoteModule module{entry.address, entry.version};
    const auto& fetched = result.report.fetched;
    if (std::find(fetched.begin(), fetched.end(), module) == fetched.end())
      result.report.kept.push_back(module);
  }
  if (wanted.empty() && before->empty()) return result;
  if (const base::Status status = pin(files, lock_path, options.project_folder, after); !status)
    return failed(status.error());
  return result;
}

}  // namespace space::driver
