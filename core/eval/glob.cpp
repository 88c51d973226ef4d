#include "core/eval/glob.h"

#include <algorithm>
#include <set>

#include "core/base/strings.h"
#include "core/values/text.h"

namespace space::eval {

namespace {

// `a{b,c}d` as `abd` and `acd`; the limit holds for all of a pattern.
constexpr std::size_t k_most_alternatives = 10'000;

void expand_braces(std::string_view pattern, std::vector<std::string>& out) {
  std::size_t open = std::string_view::npos;
  int depth = 0;
  std::vector<std::size_t> cuts;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\') {
      ++i;
    } else if (pattern[i] == '{') {
      if (depth++ == 0) open = i;
    } else if (pattern[i] == ',' && depth == 1) {
      cuts.push_back(i);
    } else if (pattern[i] == '}' && depth > 0 && --depth == 0) {
      cuts.push_back(i);
      std::size_t begin = open + 1;
      for (const std::size_t cut : cuts) {
        if (out.size() >= k_most_alternatives) return;
        expand_braces(std::string(pattern.substr(0, open)) +
                          std::string(pattern.substr(begin, cut - begin)) +
                          std::string(pattern.substr(i + 1)),
                      out);
        begin = cut + 1;
      }
      return;
    }
  }
  if (out.size() < k_most_alternatives) out.emplace_back(pattern);
}

// `[a-z]` at the start of the pattern: its size, and whether the character is in it. Size 0: it is
// never closed.
std::pair<std::size_t, bool> match_class(std::string_view pattern, std::int32_t code) {
  std::size_t at = 1;
  const bool negated = at < pattern.size() && (pattern[at] == '^' || pattern[at] == '!');
  if (negated) ++at;
  bool found = false;
  const auto next = [&] {
    if (pattern[at] == '\\' && at + 1 < pattern.size()) ++at;
    const values::CodePoint point = values::first_code_point(pattern.substr(at));
    at += point.size;
    return point.code;
  };
  for (bool first = true; at < pattern.size() && (pattern[at] != ']' || first); first = false) {
    const std::int32_t low = next();
    std::int32_t high = low;
    if (at + 1 < pattern.size() && pattern[at] == '-' && pattern[at + 1] != ']') {
      ++at;
      high = next();
    }
    found = found || (low <= code && code <= high);
  }
  if (at >= pattern.size()) return {0, false};
  return {at + 1, found != negated};
}

class Finder {
 public:
  Finder(const base::FileSystem& files, std::set<std::string>& found)
      : files_(files), found_(found) {}

  void visit(const std::string& folder, const std::string& relative,
             const std::vector<std::string>& parts, std::size_t nth, int depth) {
    constexpr int k_deepest = 200;  // folders; a loop of links ends here
    if (nth == parts.size() || depth > k_deepest) return;
    const bool last = nth + 1 == parts.size();
    if (parts[nth] == "..")
      return visit(base::join_path(folder, ".."), relative + "../", parts, nth + 1, depth + 1);
    const auto entries = files_.list(folder);
    if (!entries) return;
    if (parts[nth] == "**" && !last) visit(folder, relative, parts, nth + 1, depth + 1);
    for (const base::DirectoryEntry& entry : *entries) {
      const bool any = parts[nth] == "**";
      if (!any && !matches_name(parts[nth], entry.name)) continue;
      const std::string path = base::join_path(folder, entry.name);
      const bool is_folder =
          entry.kind == base::FileKind::Directory ||
          (entry.kind == base::FileKind::Symlink && files_.list(path).has_value());
      if (is_folder) {
        // `**` does not follow links: they may lead back.
        if (any && entry.kind == base::FileKind::Directory)
          visit(path, relative + entry.name + "/", parts, nth, depth + 1);
        if (!any && !last) visit(path, relative + entry.name + "/", parts, nth + 1, depth + 1);
      } else if (last) {
        const bool regular =
            entry.kind == base::FileKind::Regular || entry.kind == base::FileKind::Symlink;
        if (regular) found_.insert(relative + entry.name);
      }
    }
  }

 private:
  const base::FileSystem& files_;
  std::set<std::string>& found_;
};

using Parts = std::vector<std::string_view>;

// Each `**` takes as many parts as it must: where one was tried, all before it fit.
bool matches_parts(const Parts& pattern, const Parts& path) {
  std::size_t at = 0, part = 0;
  std::size_t any = pattern.size(), resume = 0;  // the last `**`, and what it does not take yet
  for (;;) {
    if (at < pattern.size() && pattern[at] == "**") {
      any = at++;
      resume = part;
    } else if (at < pattern.size() && part < path.size() && matches_name(pattern[at], path[part])) {
      ++at;
      ++part;
    } else if (at == pattern.size() && part == path.size()) {
      return true;
    } else if (any < pattern.size() && resume < path.size()) {
      at = any + 1;
      part = ++resume;
    } else {
      return false;
    }
  }
}

}  // namespace

bool is_glob(std::string_view pattern) {
  int braces = 0;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    switch (pattern[at]) {
      case '\\':
        if (++at == pattern.size()) return false;
        break;
      case '{':
        ++braces;
        break;
      case '}':
        if (--braces < 0) return false;
        break;
      case '[': {
        ++at;
        if (at < pattern.size() && (pattern[at] == '^' || pattern[at] == '!')) ++at;
        const std::size_t first = at;
        for (; at < pattern.size() && pattern[at] != ']'; ++at) {
          if (pattern[at] == '\\') ++at;
        }
        if (at >= pattern.size() || at == first) return false;
        break;
      }
      default:
        break;
    }
  }
  return braces == 0;
}

bool matches_name(std::string_view pattern, std::string_view name) {
  // Where the last `*` stood, and the first byte of the name that it does not take yet.
  std::size_t star = std::string_view::npos, resume = 0, at = 0, in_name = 0;
  for (;;) {
    bool advanced = false;
    if (at < pattern.size() && pattern[at] == '*') {
      star = at++;
      resume = in_name;
      continue;
    }
    if (in_name == name.size()) return at == pattern.size();
    const values::CodePoint point = values::first_code_point(name.substr(in_name));
    if (at < pattern.size()) {
      if (pattern[at] == '?') {
        ++at;
        advanced = true;
      } else if (pattern[at] == '[') {
        const auto [size, hit] = match_class(pattern.substr(at), point.code);
        advanced = size > 0 && hit;
        if (advanced) at += size;
      } else {
        const std::size_t literal = pattern[at] == '\\' && at + 1 < pattern.size() ? at + 1 : at;
        const values::CodePoint wanted = values::first_code_point(pattern.substr(literal));
        advanced = wanted.code == point.code;
        if (advanced) at = literal + wanted.size;
      }
    }
    if (advanced) {
      in_name += point.size;
    } else if (star != std::string_view::npos) {
      at = star + 1;
      resume += values::first_code_point(name.substr(resume)).size;
      in_name = resume;
    } else {
      return false;
    }
  }
}

bool matches_path(std::string_view pattern, std::string_view path) {
  std::vector<std::string> alternatives;
  expand_braces(pattern, alternatives);
  return std::any_of(alternatives.begin(), alternatives.end(),
                     [path](const std::string& alternative) {
                       return matches_parts(base::split(alternative, '/'), base::split(path, '/'));
                     });
}

std::vector<std::string> find_files(const base::FileSystem& files, std::string_view folder,
                                    std::string_view pattern) {
  std::vector<std::string> alternatives;
  expand_braces(pattern, alternatives);
  std::set<std::string> found;
  Finder finder(files, found);
  for (const std::string& alternative : alternatives) {
    std::vector<std::string> parts;
    for (const std::string_view part : base::split(alternative, '/')) {
      const bool repeat = part == "**" && !parts.empty() && parts.back() == "**";
      if (!part.empty() && part != "." && !repeat) parts.emplace_back(part);
    }
    finder.visit(std::string(folder), "", parts, 0, 0);
  }
  return {found.begin(), found.end()};
}

}  // namespace space::eval
