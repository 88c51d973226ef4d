#include "compiler/driver/out_stamp.h"

#include <algorithm>
#include <cstring>
#include <set>
#include <string_view>

#include "core/base/hash.h"

namespace space::driver {

namespace {

// A stamp is: this word, the digest of the scope, the digest of all states, the output's folder,
// then the paths, each behind a letter that says how it is looked at; all ended by NUL.
constexpr std::string_view k_format = "space.stamp/2";

// File systems keep times in ticks of up to 10 ms: what changed less than two of them before the
// build began could change again within the same tick.
constexpr std::int64_t k_tick_ns = 20'000'000;

void append(std::string& out, std::string_view text) {
  out += text;
  out += '\0';
}

template <class Number>
void append_number(std::string& out, Number number) {
  char bytes[sizeof number];
  std::memcpy(bytes, &number, sizeof number);
  out.append(bytes, sizeof number);
}

// How a path is looked at: by its own state (of a folder in the output too, where its times say
// that something came or went), or by the names in it.
constexpr char k_file = 'f';
constexpr char k_listing = 'l';

void append_listing(std::string& states, const base::FileSystem& files, const std::string& path,
                    std::string_view out) {
  const auto entries = files.list(path);
  append_number(states, static_cast<std::uint8_t>(entries.has_value()));
  if (!entries) return;
  for (const base::DirectoryEntry& entry : *entries) {
    if (entry.name.starts_with('.') || base::join_path(path, entry.name) == out) continue;
    append(states, entry.name);
    append_number(states, static_cast<std::uint8_t>(entry.kind));
  }
  append(states, "");
}

void append_stat(std::string& states, const base::FileStat& stat) {
  append_number(states, static_cast<std::uint8_t>(stat.kind));
  append_number(states, stat.size);
  append_number(states, stat.mtime_ns);
  append_number(states, stat.ctime_ns);
  append_number(states, stat.inode);
  append_number(states, stat.mode);
}

// What a stamp looks at: files asked for all at once, and listings.
struct Looks {
  std::vector<std::string> files, listings;

  // The digest of their states.
  std::string digest(const base::FileSystem& from, std::string_view out) const {
    std::string states;
    for (const base::FileStat& stat : from.stat_all(files)) append_stat(states, stat);
    for (const std::string& listing : listings) append_listing(states, from, listing, out);
    return base::sha256_hex(states);
  }
};

std::string scope_digest(const StampScope& scope) {
  std::string text;
  append(text, scope.version);
  for (const std::string& option : scope.options) append(text, option);
  return base::sha256_hex(text);
}

// Takes the next part off a stamp; false at its end.
bool next(std::string_view& rest, std::string_view& part) {
  const std::size_t end = rest.find('\0');
  if (end == std::string_view::npos) return false;
  part = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return true;
}

}  // namespace

std::string stamp_path(const StampScope& scope) {
  // Not of the version: an update of spacec replaces its stamps.
  std::string text;
  for (const std::string& option : scope.options) append(text, option);
  return base::join_path(scope.project_folder,
                         ".space/build/" + base::sha256_hex(text).substr(0, 16));
}

Freshness check_stamp(const base::FileSystem& files, const StampScope& scope) {
  const base::Result<std::string> stamp = files.read(stamp_path(scope));
  if (!stamp) return Freshness::Stale;
  std::string_view rest = *stamp, format, of_scope, of_states, out, path;
  for (std::string_view* part : {&format, &of_scope, &of_states, &out}) {
    if (!next(rest, *part)) return Freshness::Stale;
  }
  if (format != k_format || of_scope != scope_digest(scope)) return Freshness::Stale;
  Looks looks;
  while (next(rest, path)) {
    if (path.empty()) return Freshness::Stale;
    (path.front() == k_listing ? looks.listings : looks.files).emplace_back(path.substr(1));
  }
  // A stamp that was cut off covers too little.
  if (!rest.empty() || looks.digest(files, out) != of_states) return Freshness::Stale;
  return Freshness::Fresh;
}

namespace {

std::string stamp_of(const StampScope& scope, const Looks& looks, const base::FileSystem& files,
                     const std::string& out) {
  std::string stamp;
  append(stamp, k_format);
  append(stamp, scope_digest(scope));
  append(stamp, looks.digest(files, out));
  append(stamp, out);
  for (const std::string& path : looks.files) append(stamp += k_file, path);
  for (const std::string& path : looks.listings) append(stamp += k_listing, path);
  return stamp;
}

// Did anything that the build read change while it ran? Only what is older than its start is known
// to be what it read.
bool is_settled(const base::FileSystem& files, const StampInputs& inputs, const std::string& out,
                std::int64_t started_ns) {
  const auto is_old = [&](const std::string& path) {
    const base::FileStat stat = files.stat(path);
    return stat.kind != base::FileKind::Missing &&
           std::max(stat.mtime_ns, stat.ctime_ns) <= started_ns - k_tick_ns;
  };
  // The times of a link say nothing of what it leads to: such a build gets no stamp.
  const auto is_old_file = [&](const std::string& path) {
    return is_old(path) && files.stat(path).kind != base::FileKind::Symlink;
  };
  if (!std::ranges::all_of(inputs.files, is_old_file)) return false;
  for (const std::string& path : inputs.absent) {
    if (files.stat(path).kind != base::FileKind::Missing) return false;
  }
  const std::set<std::string> watched(inputs.folders.begin(), inputs.folders.end());
  const std::set<std::string> written(inputs.written.begin(), inputs.written.end());
  for (const std::string& folder : inputs.folders) {
    const auto entries = files.list(folder);
    if (!entries) return false;
    for (const base::DirectoryEntry& entry : *entries) {
      const std::string path = base::join_path(folder, entry.name);
      if (entry.name.starts_with('.') || path == out || written.contains(path)) continue;
      const bool is_folder = entry.kind == base::FileKind::Directory;
      if (!(is_folder && watched.contains(path)) && !is_old(path)) return false;
    }
  }
  return true;
}

// Every file of the output and every folder that holds one.
void add_output(const emit::EmittedTree& tree, const std::string& out,
                std::vector<std::string>& paths) {
  std::string start = base::join_path(out, "x");
  start.pop_back();  // "out/", or "" where the output is the working folder
  paths.reserve(paths.size() + 2 * tree.size());
  paths.push_back(out);
  std::string_view last;
  for (const auto& [path, file] : tree) {
    // Of what stands behind each other in order, only the parts that differ are new folders.
    const std::size_t common =
        static_cast<std::size_t>(std::ranges::mismatch(path, last).in1 - path.begin());
    for (std::size_t slash = path.find('/', common); slash != std::string::npos;
         slash = path.find('/', slash + 1)) {
      paths.push_back(start + path.substr(0, slash));
    }
    paths.push_back(start + path);
    last = path;
  }
}

}  // namespace

base::Result<Stamped> write_stamp(base::FileSystem& files, const StampScope& scope,
                                  const StampInputs& inputs, const std::string& out_folder,
                                  const emit::EmittedTree& tree, std::int64_t started_ns) {
  const std::string path = stamp_path(scope);
  const std::string out = base::normalize_path(out_folder);
  if (!is_settled(files, inputs, out, started_ns)) {
    // An older stamp could call what was just written fresh.
    if (files.stat(path).kind == base::FileKind::Regular) SPACE_TRY_STATUS(files.remove(path));
    return Stamped::TooFresh;
  }
  Looks looks;
  looks.files = inputs.files;
  looks.files.insert(looks.files.end(), inputs.absent.begin(), inputs.absent.end());
  looks.files.insert(looks.files.end(), inputs.written.begin(), inputs.written.end());
  looks.listings = inputs.folders;
  add_output(tree, out, looks.files);
  SPACE_TRY_STATUS(files.make_directories(base::parent_path(path)));
  SPACE_TRY_STATUS(files.write(path, stamp_of(scope, looks, files, out), base::FileMode::Plain));
  return Stamped::Written;
}

}  // namespace space::driver
