#include "compiler/modules/modules_lock.h"

#include <fmt/core.h>

#include <algorithm>
#include <tuple>

#include "core/base/hash.h"
#include "core/base/strings.h"
#include "core/eval/encoding.h"

namespace space::modules {

namespace {

constexpr std::string_view k_first_line =
    "# The remote modules of this project and their bytes. `spacec restore` writes it; keep it "
    "under version control.\n";
constexpr int k_deepest = 64;
constexpr std::string_view k_inner = "inner";

bool is_digest(std::string_view text) {
  if (!text.starts_with("h1:")) return false;
  const auto bytes = eval::from_base64(text.substr(3));
  return bytes && bytes->size() == 32;
}

bool is_inside(std::string_view path) {
  return base::normalize_path(path) == path && path != ".." && !path.starts_with("../") &&
         !path.starts_with('/');
}

auto order(const LockedModule& entry) { return std::tie(entry.address, entry.version); }

base::Status add_folder(const base::FileSystem& files, const std::string& root,
                        const std::string& inside, int depth, model::ModuleFiles& found) {
  const std::string folder = base::join_path(root, inside);
  const auto entries = files.list(folder);
  if (!entries) return base::cannot("list", folder, entries.error());
  if (depth > k_deepest) return base::Error{fmt::format("`{}` is nested too deeply", folder), ""};
  for (const base::DirectoryEntry& entry : *entries) {
    if (entry.name == ".git") continue;
    const std::string path = inside.empty() ? entry.name : inside + "/" + entry.name;
    if (entry.kind == base::FileKind::Directory) {
      SPACE_TRY_STATUS(add_folder(files, root, path, depth + 1, found));
      continue;
    }
    const std::string full = base::join_path(root, path);
    auto bytes = files.read(full);
    if (!bytes) return base::cannot("read", full, bytes.error());
    const auto mode =
        files.is_executable(full) ? base::FileMode::Executable : base::FileMode::Plain;
    found.emplace(path, model::ModuleFile{std::move(*bytes), mode});
  }
  return base::Done{};
}

}  // namespace

base::Result<std::vector<LockedModule>> read_modules_lock(std::string_view text) {
  std::vector<LockedModule> entries;
  std::size_t number = 0;
  for (const std::string_view line : base::split(text, '\n')) {
    ++number;
    if (line.empty() || line.starts_with('#')) continue;
    const auto wrong = [&](std::string_view why) {
      return base::Error{fmt::format("line {} {}", number, why),
                         "`spacec restore` writes it anew where it is not there"};
    };
    const std::vector<std::string_view> fields = base::split(line, ' ');
    const bool is_inner = fields.size() == 5 && fields[4] == k_inner;
    if (fields.size() != 4 && !is_inner)
      return wrong("has no four words: an address, its version, a digest, a folder");
    if (!is_digest(fields[2])) return wrong("has no digest as its third word");
    if (!is_inside(fields[3])) return wrong("leads out of its module");
    LockedModule entry{std::string(fields[0]),
                       fields[1] == "-" ? std::string() : std::string(fields[1]),
                       std::string(fields[2]), std::string(fields[3]),
                       is_inner ? LockedModule::NamedBy::Module : LockedModule::NamedBy::Program};
    if (!entries.empty() && !(order(entries.back()) < order(entry)))
      return wrong("stands twice, or out of order");
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::string write_modules_lock(std::vector<LockedModule> entries) {
  std::sort(entries.begin(), entries.end(),
            [](const LockedModule& a, const LockedModule& b) { return order(a) < order(b); });
  std::string text(k_first_line);
  for (const LockedModule& entry : entries) {
    text += fmt::format("{} {} {} {}", entry.address, entry.version.empty() ? "-" : entry.version,
                        entry.digest, entry.entry);
    if (entry.named_by == LockedModule::NamedBy::Module) text += fmt::format(" {}", k_inner);
    text += '\n';
  }
  return text;
}

const LockedModule* find_locked(const std::vector<LockedModule>& entries, std::string_view address,
                                std::string_view version) {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const LockedModule& entry) {
    return entry.address == address && entry.version == version;
  });
  return found == entries.end() ? nullptr : &*found;
}

bool can_be_locked(std::string_view address, std::string_view version) {
  const auto is_word = [](std::string_view text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; });
  };
  return !address.empty() && is_word(address) && !address.starts_with('#') && is_word(version) &&
         version != "-";
}

base::Result<model::ModuleFiles> read_package(const base::FileSystem& files,
                                              const std::string& folder) {
  model::ModuleFiles found;
  SPACE_TRY_STATUS(add_folder(files, folder, "", 0, found));
  return found;
}

std::string package_digest(const model::ModuleFiles& files) {
  std::string lines;
  for (const auto& [path, file] : files)
    lines += fmt::format("{}  {}\n", base::sha256_hex(file.bytes), path);
  return "h1:" + eval::to_base64(eval::hash(eval::HashKind::Sha256, lines));
}

}  // namespace space::modules
