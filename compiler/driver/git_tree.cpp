#include "compiler/driver/git_tree.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "compiler/driver/git.h"
#include "core/base/strings.h"

namespace space::driver {

namespace {

constexpr std::string_view k_own_folder = ".space";
constexpr int k_most_links = 40;

// Read beside a file of their folder, in one call of git: they will be wanted.
constexpr std::array<std::string_view, 12> k_read_along = {".space",  ".tf",  ".tofu",  ".json",
                                                           ".tfvars", ".tpl", ".tftpl", ".schema",
                                                           ".lock",   ".hcl", ".yaml",  ".sh"};

bool is_own(std::string_view path) {
  for (const std::string_view part : base::split(path, '/')) {
    if (part == k_own_folder) return true;
  }
  return false;
}

bool is_outside(std::string_view path) {
  return path == ".." || path.starts_with("../") || path.starts_with('/');
}

base::Error only_reads() { return {"it is a file of a commit", ""}; }

}  // namespace

base::Result<std::unique_ptr<GitTree>> GitTree::open(const Repository& repository,
                                                     const std::string& commit,
                                                     const base::FileSystem& disk) {
  SPACE_TRY(const std::string listed,
            run_git(repository, {"ls-tree", "-r", "-z", "--full-tree", commit}, ""));
  std::unique_ptr<GitTree> tree(new GitTree(repository, disk));
  // MODE TYPE OBJECT, a tab, the path, a NUL.
  for (const std::string_view row : base::split(listed, '\0')) {
    if (row.empty()) continue;
    const std::size_t tab = row.find('\t');
    const auto words = base::split(row.substr(0, tab), ' ');
    if (tab == std::string_view::npos || words.size() != 3)
      return base::Error{fmt::format("`git ls-tree` printed a row that is none: `{}`", row), ""};
    Entry entry;
    entry.object = words[2];
    if (words[0] == "100755") entry.kind = Kind::Executable;
    if (words[0] == "120000") entry.kind = Kind::Link;
    if (words[0] == "160000") entry.kind = Kind::Module;
    tree->entries_.emplace(row.substr(tab + 1), std::move(entry));
  }
  return tree;
}

bool GitTree::is_folder(const std::string& path) const {
  if (path == ".") return true;
  const auto at = entries_.lower_bound(path + "/");
  return at != entries_.end() && at->first.starts_with(path + "/");
}

std::string GitTree::from_top(std::string_view path) const {
  if (path.starts_with('/'))
    return base::relative_path(repository_.top, base::normalize_path(path));
  return base::join_path(repository_.prefix, path);
}

bool GitTree::encloses(std::string_view path) const { return !is_outside(from_top(path)); }

GitTree::Place GitTree::locate(std::string_view path, Follow follow) const {
  const Place disk{Place::Where::Disk, std::string(path)};
  std::string whole = from_top(path);
  for (int links = 0; links <= k_most_links; ++links) {
    if (is_outside(whole)) return disk;
    // The first link on the way.
    std::size_t end = 0;
    auto link = entries_.end();
    while (end != std::string::npos && link == entries_.end()) {
      end = whole.find('/', end == 0 ? 0 : end + 1);
      if (end == std::string::npos && follow == Follow::Parents) break;
      const auto entry = entries_.find(std::string_view(whole).substr(0, end));
      if (entry != entries_.end() && entry->second.kind == Kind::Link) link = entry;
    }
    if (link == entries_.end()) {
      const bool there = entries_.contains(whole) || is_folder(whole);
      return !there && is_own(whole) ? disk : Place{Place::Where::Tree, whole};
    }
    const auto target = bytes_of(link->first);
    if (!target) return {Place::Where::Tree, whole};
    const std::string rest = end == std::string::npos ? "" : whole.substr(end + 1);
    std::string led = target->starts_with('/')
                          ? base::relative_path(repository_.top, base::normalize_path(*target))
                          : base::join_path(base::parent_path(link->first), *target);
    whole = rest.empty() ? led : base::join_path(led, rest);
  }
  return {Place::Where::Circle, whole};
}

base::FileStat GitTree::stat(std::string_view path) const {
  const Place place = locate(path, Follow::Parents);
  if (place.where == Place::Where::Disk) return disk_.stat(place.path);
  base::FileStat stat;
  const auto entry = entries_.find(place.path);
  if (entry == entries_.end()) {
    if (is_folder(place.path)) stat.kind = base::FileKind::Directory;
    return stat;
  }
  switch (entry->second.kind) {
    case Kind::Link:
      stat.kind = base::FileKind::Symlink;
      break;
    case Kind::Module:
      stat.kind = base::FileKind::Directory;
      break;
    case Kind::Executable:
      stat.mode = 0755;
      stat.kind = base::FileKind::Regular;
      break;
    case Kind::File:
      stat.mode = 0644;
      stat.kind = base::FileKind::Regular;
      break;
  }
  return stat;
}

base::Result<std::string> GitTree::read(std::string_view path) const {
  const Place place = locate(path, Follow::All);
  if (place.where == Place::Where::Disk) return disk_.read(place.path);
  if (place.where == Place::Where::Circle)
    return base::Error{"its symbolic links lead in a circle", ""};
  const auto entry = entries_.find(place.path);
  if (entry == entries_.end())
    return base::Error{is_folder(place.path) ? "it is a directory" : "it does not exist", ""};
  if (entry->second.kind == Kind::Module) return base::Error{"it is a submodule", ""};
  return bytes_of(place.path);
}

bool GitTree::is_executable(std::string_view path) const {
  const Place place = locate(path, Follow::All);
  if (place.where == Place::Where::Disk) return disk_.is_executable(place.path);
  const auto entry = entries_.find(place.path);
  return entry != entries_.end() && entry->second.kind == Kind::Executable;
}

base::Result<std::vector<base::DirectoryEntry>> GitTree::list(std::string_view path) const {
  const Place place = locate(path, Follow::All);
  if (place.where == Place::Where::Disk) return disk_.list(place.path);
  const auto module = entries_.find(place.path);
  if (module != entries_.end() && module->second.kind == Kind::Module)
    return base::Error{"it is a submodule: its files are in another repository", ""};
  if (!is_folder(place.path)) return base::Error{"it does not exist", ""};
  const std::string prefix = place.path == "." ? "" : place.path + "/";
  std::vector<base::DirectoryEntry> found;
  auto at = entries_.lower_bound(prefix);
  while (at != entries_.end() && at->first.starts_with(prefix)) {
    const std::string_view rest = std::string_view(at->first).substr(prefix.size());
    const std::size_t slash = rest.find('/');
    const std::string name(rest.substr(0, slash));
    if (slash == std::string_view::npos) {
      const Kind kind = at->second.kind;
      found.push_back({name, kind == Kind::Link     ? base::FileKind::Symlink
                             : kind == Kind::Module ? base::FileKind::Directory
                                                    : base::FileKind::Regular});
      ++at;
    } else {
      found.push_back({name, base::FileKind::Directory});
      at = entries_.lower_bound(prefix + name + "0");  // '0' follows '/'
    }
  }
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return found;
}

// With its neighbours that are likely to be wanted, so that a folder costs one call of git.
base::Result<std::string> GitTree::bytes_of(const std::string& path) const {
  const Entry& entry = entries_.find(path)->second;
  if (!objects_.contains(entry.object)) {
    std::vector<std::string> wanted = {entry.object};
    const std::string folder = base::parent_path(path);
    const std::string prefix = folder == "." ? "" : folder + "/";
    for (auto at = entries_.lower_bound(prefix);
         at != entries_.end() && at->first.starts_with(prefix); ++at) {
      const std::string_view name = std::string_view(at->first).substr(prefix.size());
      const bool along = std::ranges::any_of(
          k_read_along, [&](std::string_view ending) { return name.ends_with(ending); });
      if (along && name.find('/') == std::string_view::npos && at->second.kind != Kind::Module &&
          !objects_.contains(at->second.object))
        wanted.push_back(at->second.object);
    }
    SPACE_TRY_STATUS(load(wanted));
  }
  const auto found = objects_.find(entry.object);
  if (found == objects_.end())
    return base::Error{"git does not have its contents",
                       "a partial clone leaves them out: `git fetch --refetch` brings them"};
  return found->second;
}

base::Status GitTree::load(const std::vector<std::string>& objects) const {
  std::string asked;
  for (const std::string& object : objects) asked += object + "\n";
  SPACE_TRY(const std::string answered, run_git(repository_, {"cat-file", "--batch"}, asked));
  // OBJECT TYPE SIZE, a newline, the bytes, a newline; or OBJECT missing.
  std::string_view rest = answered;
  while (!rest.empty()) {
    const std::size_t line = rest.find('\n');
    if (line == std::string_view::npos) break;
    const auto words = base::split(rest.substr(0, line), ' ');
    rest.remove_prefix(line + 1);
    if (words.size() != 3) continue;
    std::size_t size = 0;
    std::from_chars(words[2].data(), words[2].data() + words[2].size(), size);
    if (size > rest.size()) return base::Error{"`git cat-file` ended too soon", ""};
    objects_.emplace(words[0], rest.substr(0, size));
    rest.remove_prefix(std::min(rest.size(), size + 1));
  }
  return base::Done{};
}

base::Status GitTree::write(std::string_view, std::string_view, base::FileMode) {
  return only_reads();
}
base::Status GitTree::make_directories(std::string_view) { return only_reads(); }
base::Status GitTree::remove(std::string_view) { return only_reads(); }

}  // namespace space::driver
