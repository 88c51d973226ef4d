#include "runner/joint/lock_join.h"

#include <map>
#include <set>

#include "core/base/strings.h"

namespace space::joint {

namespace {

struct Pinned {
  std::string version, from;
  std::set<std::string> hashes;  // quoted
};

// `NAME = "VALUE"` of one line; "" where it is another line.
std::string value_of(std::string_view line, std::string_view name) {
  if (!line.starts_with(name)) return "";
  line = base::trim(line.substr(name.size()));
  if (line.empty() || line.front() != '=') return "";
  line = base::trim(line.substr(1));
  return line.size() >= 2 && line.front() == '"' ? std::string(line.substr(1, line.size() - 2))
                                                 : "";
}

}  // namespace

// The file is tofu's own: a block a provider, an argument a line, each hash on a line.
JoinedLock join_locks(const std::vector<LockPart>& parts) {
  JoinedLock joined;
  std::map<std::string, Pinned> pinned;
  for (const LockPart& part : parts) {
    std::string provider;
    bool is_counted = true;  // not of a second version
    for (const std::string_view raw : base::split(part.text, '\n')) {
      const std::string_view line = base::trim(raw);
      if (line.starts_with("provider \"")) {
        const std::string_view rest = line.substr(std::string_view("provider \"").size());
        provider = rest.substr(0, rest.find('"'));
        is_counted = true;
        continue;
      }
      if (provider.empty()) continue;
      if (const std::string version = value_of(line, "version"); !version.empty()) {
        Pinned& one = pinned[provider];
        if (one.version.empty()) {
          one.version = version;
          one.from = part.id;
        } else if (one.version != version) {
          joined.clashes.push_back({provider, one.from, one.version, part.id, version});
          is_counted = false;
        }
      } else if (is_counted && line.starts_with("\"")) {
        std::string hash(line);
        if (hash.back() == ',') hash.pop_back();
        pinned[provider].hashes.insert(std::move(hash));
      }
    }
  }
  for (const auto& [provider, one] : pinned) {
    joined.text += (joined.text.empty() ? "provider \"" : "\nprovider \"") + provider +
                   "\" {\n  version = \"" + one.version + "\"\n  hashes = [\n";
    for (const std::string& hash : one.hashes) joined.text += "    " + hash + ",\n";
    joined.text += "  ]\n}\n";
  }
  return joined;
}

}  // namespace space::joint
