#include <algorithm>
#include <utility>

#include "core/base/filesystem.h"

namespace space::base {

namespace {

bool is_root(std::string_view path) { return path == "." || path == "/"; }

// The first key that may lie in `folder`, as a prefix: "a/", "/" or "" (for `.`).
std::string inside(const std::string& folder) {
  if (folder == ".") return "";
  return folder == "/" ? folder : folder + "/";
}

template <class Keys, class NameOf>
void collect(const Keys& keys, const std::string& folder, FileKind kind, NameOf name_of,
             std::vector<DirectoryEntry>& entries) {
  const std::string prefix = inside(folder);
  for (auto at = keys.lower_bound(prefix); at != keys.end(); ++at) {
    const std::string_view path = name_of(*at);
    if (!path.starts_with(prefix)) break;
    const std::string_view rest = path.substr(prefix.size());
    if (rest.empty() || rest.find('/') != std::string_view::npos) continue;
    entries.push_back({std::string(rest), kind});
  }
}

bool by_name(const DirectoryEntry& a, const DirectoryEntry& b) { return a.name < b.name; }

void sort_by_name(std::vector<DirectoryEntry>& entries) {
  std::sort(entries.begin(), entries.end(), by_name);
}

Error missing() { return {"it does not exist", ""}; }

}  // namespace

void MemoryFileSystem::add(std::string_view path, std::string bytes, FileMode mode) {
  const std::string key = normalize_path(path);
  for (std::string up = parent_path(key); !is_root(up); up = parent_path(up)) folders_.insert(up);
  put(key, std::move(bytes), mode);
}

void MemoryFileSystem::put(const std::string& key, std::string bytes, FileMode mode) {
  files_.insert_or_assign(key, std::move(bytes));
  if (mode == FileMode::Executable) {
    executables_.insert(key);
  } else {
    executables_.erase(key);
  }
}

void MemoryFileSystem::add_symlink(std::string_view path, std::string target) {
  const std::string key = normalize_path(path);
  for (std::string up = parent_path(key); !is_root(up); up = parent_path(up)) folders_.insert(up);
  links_.insert_or_assign(key, std::move(target));
}

FileStat MemoryFileSystem::stat(std::string_view path) const {
  const std::string key = normalize_path(path);
  FileStat answer;
  if (const auto file = files_.find(key); file != files_.end()) {
    answer.kind = FileKind::Regular;
    answer.size = file->second.size();
    answer.mode = executables_.contains(key) ? 0755 : 0644;
  } else if (links_.contains(key)) {
    answer.kind = FileKind::Symlink;
    answer.mode = 0777;
  } else if (is_root(key) || folders_.contains(key)) {
    answer.kind = FileKind::Directory;
    answer.mode = 0755;
  }
  return answer;
}

std::string MemoryFileSystem::behind_link(std::string_view path) const {
  std::string key = normalize_path(path);
  const auto link = links_.find(key);
  return link == links_.end() ? key : join_path(parent_path(key), link->second);
}

bool MemoryFileSystem::is_executable(std::string_view path) const {
  return executables_.contains(behind_link(path));
}

Result<std::string> MemoryFileSystem::read(std::string_view path) const {
  const std::string key = behind_link(path);
  if (const auto file = files_.find(key); file != files_.end()) return file->second;
  if (stat(key).kind == FileKind::Directory) return Error{"it is a directory", ""};
  return missing();
}

Result<std::vector<DirectoryEntry>> MemoryFileSystem::list(std::string_view path) const {
  const std::string folder = normalize_path(path);
  const FileKind kind = stat(folder).kind;
  if (kind == FileKind::Missing) return missing();
  if (kind != FileKind::Directory) return Error{"a part of its path is not a directory", ""};
  const auto key = [](const auto& row) -> std::string_view { return row.first; };
  const auto self = [](const std::string& row) -> std::string_view { return row; };
  std::vector<DirectoryEntry> entries;
  collect(files_, folder, FileKind::Regular, key, entries);
  collect(links_, folder, FileKind::Symlink, key, entries);
  collect(folders_, folder, FileKind::Directory, self, entries);
  sort_by_name(entries);
  return entries;
}

Status MemoryFileSystem::write(std::string_view path, std::string_view bytes, FileMode mode) {
  const std::string key = normalize_path(path);
  const FileKind kind = stat(key).kind;
  if (kind == FileKind::Directory) return Error{"it is a directory", ""};
  if (kind == FileKind::Symlink) return Error{"a symbolic link is in the way", ""};
  const std::string folder = parent_path(key);
  if (stat(folder).kind != FileKind::Directory) {
    return Error{"its directory `" + folder + "` does not exist", ""};
  }
  put(key, std::string(bytes), mode);
  return Done{};
}

Status MemoryFileSystem::make_directories(std::string_view path) {
  const std::string folder = normalize_path(path);
  for (std::string up = folder; !is_root(up); up = parent_path(up)) {
    const FileKind kind = stat(up).kind;
    if (kind == FileKind::Symlink) return Error{"a symbolic link is in the way", ""};
    if (kind == FileKind::Regular) return Error{"`" + up + "` is not a directory", ""};
  }
  for (std::string up = folder; !is_root(up); up = parent_path(up)) folders_.insert(up);
  return Done{};
}

Status MemoryFileSystem::remove(std::string_view path) {
  const std::string key = normalize_path(path);
  executables_.erase(key);
  if (files_.erase(key) > 0 || links_.erase(key) > 0) return Done{};
  if (stat(key).kind == FileKind::Missing) return missing();
  SPACE_TRY(const auto entries, list(key));
  if (!entries.empty() || is_root(key)) return Error{"it is a directory that is not empty", ""};
  folders_.erase(key);
  return Done{};
}

FileStat OverlayFileSystem::stat(std::string_view path) const {
  const FileStat above = top_.stat(path);
  // A folder that lies on top only because a file in it does must not hide what the lower one knows
  // of it.
  if (above.kind == FileKind::Regular || above.kind == FileKind::Symlink) return above;
  const FileStat below = lower_.stat(path);
  return below.kind == FileKind::Missing ? above : below;
}

Result<std::string> OverlayFileSystem::read(std::string_view path) const {
  const FileKind above = top_.stat(path).kind;
  return above == FileKind::Regular ? top_.read(path) : lower_.read(path);
}

bool OverlayFileSystem::is_executable(std::string_view path) const {
  const FileKind above = top_.stat(path).kind;
  return above == FileKind::Regular ? top_.is_executable(path) : lower_.is_executable(path);
}

Result<std::vector<DirectoryEntry>> OverlayFileSystem::list(std::string_view path) const {
  auto below = lower_.list(path);
  if (top_.stat(path).kind != FileKind::Directory) return below;
  SPACE_TRY(auto entries, top_.list(path));
  if (below) {
    const auto above = entries;
    for (DirectoryEntry& entry : *below) {
      const bool hidden = std::binary_search(above.begin(), above.end(), entry, by_name);
      if (!hidden) entries.push_back(std::move(entry));
    }
  } else if (entries.empty() && lower_.stat(path).kind != FileKind::Missing) {
    return below;
  }
  sort_by_name(entries);
  return entries;
}

Status OverlayFileSystem::write(std::string_view path, std::string_view bytes, FileMode mode) {
  const FileKind kind = stat(path).kind;
  if (kind == FileKind::Directory) return Error{"it is a directory", ""};
  if (kind == FileKind::Symlink) return Error{"a symbolic link is in the way", ""};
  const std::string folder = parent_path(normalize_path(path));
  if (stat(folder).kind != FileKind::Directory) {
    return Error{"its directory `" + folder + "` does not exist", ""};
  }
  top_.add(path, std::string(bytes), mode);
  return Done{};
}

Status OverlayFileSystem::make_directories(std::string_view path) {
  for (std::string up = normalize_path(path); !is_root(up); up = parent_path(up)) {
    const FileKind kind = stat(up).kind;
    if (kind == FileKind::Symlink) return Error{"a symbolic link is in the way", ""};
    if (kind == FileKind::Regular || kind == FileKind::Other) {
      return Error{"`" + up + "` is not a directory", ""};
    }
  }
  return top_.make_directories(path);
}

Status OverlayFileSystem::remove(std::string_view path) { return top_.remove(path); }

}  // namespace space::base
