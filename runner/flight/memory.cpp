#include "runner/flight/memory.h"

#include "core/base/hash.h"
#include "core/runplan/json_reader.h"
#include "core/runplan/json_writer.h"
#include "runner/flight/lock_file.h"

namespace space::flight {

namespace {

constexpr const char* k_last_schema = "space.last/2";
constexpr int k_deepest_folder = 64;

bool is_values_file(std::string_view name) {
  return name == "terraform.tfvars" || name.ends_with(".tfvars") || name.ends_with(".tfvars.json");
}

void read_parts(runplan::JsonReader& in, Parts& parts) {
  std::string name, digest;
  if (!in.begin_object()) return;
  while (in.next_member(name)) {
    if (in.read(digest)) parts[name] = digest;
  }
}

}  // namespace

std::optional<LastEnd> read_last(const std::string& path, const base::FileSystem& files) {
  const auto text = files.read(path);
  if (!text) return std::nullopt;
  LastEnd last;
  runplan::JsonReader in(*text);
  std::string key, schema;
  if (!in.begin_object()) return std::nullopt;
  while (in.next_member(key)) {
    if (key == "schema") {
      in.read(schema);
    } else if (key == "verdict") {
      in.read(last.verdict);
    } else if (key == "run") {
      in.read(last.run);
    } else if (key == "parts") {
      read_parts(in, last.parts);
    } else if (key == "providers") {
      in.read(last.providers);
    } else if (key == "state_sha256") {
      in.read(last.state_sha256);
    } else if (key == "lineage") {
      in.read(last.lineage);
    } else if (key == "reviewed") {
      in.read(last.reviewed);
    } else if (key == "serial") {
      in.read(last.serial);
    } else if (key == "state_bytes") {
      in.read(last.state_bytes);
    } else if (key == "duration_ms") {
      in.read(last.duration_milliseconds);
    } else if (key == "ended_ms") {
      in.read(last.ended_milliseconds);
    } else {
      in.skip();
    }
  }
  if (!in.finish() || schema != k_last_schema) return std::nullopt;
  return last;
}

base::Status write_last(const std::string& path, const LastEnd& last, base::FileSystem& files) {
  runplan::JsonWriter out;
  out.begin_object();
  out.member("schema", k_last_schema);
  out.member("verdict", last.verdict);
  out.member("run", last.run);
  out.key("parts");
  out.begin_object();
  for (const auto& [name, digest] : last.parts) out.member(name, digest);
  out.end_object();
  out.member("providers", last.providers);
  out.member("state_sha256", last.state_sha256);
  out.member("lineage", last.lineage);
  if (!last.reviewed.empty()) out.member("reviewed", last.reviewed);
  out.member("serial", last.serial);
  out.member("state_bytes", last.state_bytes);
  out.member("duration_ms", last.duration_milliseconds);
  out.member("ended_ms", last.ended_milliseconds);
  out.end_object();
  SPACE_TRY_STATUS(files.make_directories(base::parent_path(path)));
  return files.write(path, out.take() + "\n", base::FileMode::Private);
}

base::Status Digester::add_folder(const std::string& folder, const std::string& prefix,
                                  std::string& listing, int depth) {
  if (depth > k_deepest_folder) return base::Error{"`" + folder + "` is nested too deeply", ""};
  auto entries = files_.list(folder);
  if (!entries)
    return base::Error{"cannot look into `" + folder + "`: " + entries.error().message,
                       entries.error().help};
  for (const base::DirectoryEntry& entry : *entries) {
    const std::string path = base::join_path(folder, entry.name);
    if (entry.kind == base::FileKind::Directory) {
      SPACE_TRY_STATUS(add_folder(path, prefix + entry.name + "/", listing, depth + 1));
      continue;
    }
    if (entry.kind != base::FileKind::Regular) {
      return base::Error{"`" + path + "` is no file",
                         "`out/` holds files alone: write it again with `spacec build`"};
    }
    const auto bytes = files_.read(path);
    if (!bytes)
      return base::Error{"cannot read `" + path + "`: " + bytes.error().message,
                         bytes.error().help};
    listing += base::sha256_hex(*bytes) + " " + prefix + entry.name + "\n";
  }
  return base::Done{};
}

base::Result<std::string> Digester::digest_module(const std::string& name) {
  const auto known = modules_.find(name);
  if (known != modules_.end()) return known->second;
  std::string listing;
  SPACE_TRY_STATUS(add_folder(base::join_path(workspace_.out, "modules/" + name), "", listing, 0));
  const std::string digest = base::sha256_hex(listing);
  modules_.emplace(name, digest);
  return digest;
}

base::Result<RootDigests> Digester::digest(const runplan::Root& root) {
  RootDigests digests;
  std::string all;
  SPACE_TRY_STATUS(add_folder(workspace_.root_folder(root), "", all, 0));
  digests.has_lock_file = has_emitted_lock(plan_, root);
  std::string for_init;
  std::size_t begin = 0;
  for (std::size_t end = all.find('\n'); end != std::string::npos; end = all.find('\n', begin)) {
    const std::string line = all.substr(begin, end + 1 - begin);
    const std::string name = line.substr(line.find(' ') + 1, line.size() - line.find(' ') - 2);
    begin = end + 1;
    if (name == k_dependency_lock && !digests.has_lock_file) continue;
    digests.parts["file `" + name + "`"] = part_digest(line);
    if (!is_values_file(name)) for_init += line;
  }
  for (const std::string& module : root.modules) {
    SPACE_TRY(const std::string digest, digest_module(module));
    digests.parts["module `" + module + "`"] = part_digest(digest);
    for_init += digest + " modules/" + module + "\n";
  }
  digests.init = base::sha256_hex(for_init);
  return digests;
}

}  // namespace space::flight
