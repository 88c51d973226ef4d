#include <algorithm>

#include "core/base/filesystem.h"
#include "core/base/strings.h"

namespace space::base {

namespace {

// The parts that count, folded; `..` stays in front where there is nothing left to fold it with.
std::vector<std::string_view> folded_parts(std::string_view path) {
  const bool absolute = !path.empty() && path.front() == '/';
  std::vector<std::string_view> parts;
  for (const std::string_view part : split(path, '/')) {
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (!parts.empty() && parts.back() != "..") {
      parts.pop_back();
    } else if (!absolute) {
      parts.push_back(part);
    }
  }
  return parts;
}

std::string from_parts(const std::vector<std::string_view>& parts, std::string_view start) {
  std::string path(start);
  for (const std::string_view part : parts) {
    if (!path.empty() && path.back() != '/') path += '/';
    path += part;
  }
  return path.empty() ? "." : path;
}

}  // namespace

std::string normalize_path(std::string_view path) {
  return from_parts(folded_parts(path), !path.empty() && path.front() == '/' ? "/" : "");
}

std::string join_path(std::string_view folder, std::string_view path) {
  if (folder.empty() || (!path.empty() && path.front() == '/')) return normalize_path(path);
  return normalize_path(std::string(folder) + "/" + std::string(path));
}

std::string parent_path(std::string_view path) {
  while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return ".";
  while (!path.empty() && path.back() != '/') path.remove_suffix(1);
  while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
  return std::string(path);
}

std::string_view file_name(std::string_view path) {
  while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos || path == "/" ? path : path.substr(slash + 1);
}

std::string relative_path(std::string_view from_folder, std::string_view to) {
  const auto from_parts_list = folded_parts(from_folder);
  const auto to_parts = folded_parts(to);
  const auto [from_rest, to_rest] = std::mismatch(from_parts_list.begin(), from_parts_list.end(),
                                                  to_parts.begin(), to_parts.end());
  // A `..` left in the folder's rest has no name to come back by: `to` itself is the best answer.
  if (std::find(from_rest, from_parts_list.end(), "..") != from_parts_list.end()) {
    return normalize_path(to);
  }
  std::vector<std::string_view> parts(static_cast<std::size_t>(from_parts_list.end() - from_rest),
                                      "..");
  parts.insert(parts.end(), to_rest, to_parts.end());
  return from_parts(parts, "");
}

}  // namespace space::base
