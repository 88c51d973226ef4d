#include "runner/flight/lock_file.h"

#include <algorithm>

#include "core/runplan/dependency_lock.h"

namespace space::flight {

namespace {

std::string in_root(const runplan::Root& root, const Workspace& workspace) {
  return base::join_path(workspace.root_folder(root), k_dependency_lock);
}

std::string kept(const runplan::Root& root, const Workspace& workspace) {
  return base::join_path(workspace.data_folder(root), "space-lock.hcl");
}

}  // namespace

bool has_emitted_lock(const runplan::RunPlan& plan, const runplan::Root& root) {
  const std::string wanted = root.id + "/" + k_dependency_lock;
  const auto found = std::lower_bound(
      plan.files.begin(), plan.files.end(), wanted,
      [](const runplan::File& file, const std::string& path) { return file.path < path; });
  return found != plan.files.end() && found->path == wanted;
}

std::string read_lock(const runplan::RunPlan& plan, const runplan::Root& root,
                      const Workspace& workspace, const base::FileSystem& files) {
  const auto text =
      files.read(has_emitted_lock(plan, root) ? in_root(root, workspace) : kept(root, workspace));
  return text ? *text : "";
}

std::optional<base::Error> find_unlocked(const runplan::RunPlan& plan,
                                         const std::vector<std::size_t>& roots,
                                         const Workspace& workspace,
                                         const base::FileSystem& files) {
  for (const std::size_t index : roots) {
    const runplan::Root& root = plan.roots[index];
    if (root.required_providers.empty() || !has_emitted_lock(plan, root)) continue;
    const auto text = files.read(in_root(root, workspace));
    if (!text) continue;  // the digests will say so
    const runplan::DependencyLock lock = runplan::read_dependency_lock(*text);
    for (const runplan::RequiredProvider& provider : root.required_providers) {
      if (runplan::is_built_in(provider.source)) continue;
      const std::string address = runplan::provider_address(provider.source);
      const runplan::LockedProvider* locked = lock.find(address);
      if (locked != nullptr && locked->has_package_hash()) continue;
      const std::string what = locked == nullptr
                                   ? " is not locked"
                                   : " is locked without an `h1:` hash: tofu would run any package";
      return base::Error{"provider `" + address + "` of `" + root.id + "`" + what,
                         "`space lock` completes `.terraform.lock.hcl`; then `spacec build`"};
    }
  }
  return std::nullopt;
}

// Neither can fail in a way that matters: without the lock tofu picks the providers anew and says
// so.
void bring_lock(const runplan::Root& root, const Workspace& workspace, base::FileSystem& files) {
  if (const auto text = files.read(kept(root, workspace))) {
    (void)files.write(in_root(root, workspace), *text, base::FileMode::Private);
  }
}

void take_lock_away(const runplan::Root& root, const Workspace& workspace,
                    base::FileSystem& files) {
  const std::string path = in_root(root, workspace);
  const auto text = files.read(path);
  if (!text) return;
  const auto written = files.write(kept(root, workspace), *text, base::FileMode::Private);
  if (written) (void)files.remove(path);
}

std::map<std::string, std::string> plugin_versions(const std::string& lock) {
  std::map<std::string, std::string> versions;
  for (const runplan::LockedProvider& one : runplan::read_dependency_lock(lock).providers)
    versions.emplace(one.address, one.version);
  return versions;
}

std::string written_lock(const runplan::Root& root, const Workspace& workspace,
                         const base::FileSystem& files) {
  if (auto text = files.read(in_root(root, workspace))) return std::move(*text);
  if (auto text = files.read(kept(root, workspace))) return std::move(*text);
  return "";
}

}  // namespace space::flight
