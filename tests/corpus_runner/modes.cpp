#include "tests/corpus_runner/modes.h"

#include <algorithm>
#include <optional>

#include "compiler/format/format.h"
#include "compiler/syntax/parse.h"
#include "core/base/strings.h"

namespace space::corpus {

namespace {

// Hidden folders are not searched.
bool is_space_file(const std::string& path) {
  return path.ends_with(".space") && !path.starts_with('.') && path.find("/.") == std::string::npos;
}

// The tree's file is in `sources`; nothing after a syntax error.
struct Parsed {
  source::SourceSet sources;
  syntax::SyntaxTree tree;
};

bool parse(const std::string& path, const std::string& text, Parsed& into) {
  diagnostics::CollectingSink sink;
  const source::FileId file = into.sources.add(path, text);
  into.tree = syntax::parse(into.sources, file, syntax::Dialect::Space, sink);
  return !sink.has_errors();
}

// Top-level items, each with the comments above it; what follows the last item goes with it.
std::vector<std::string> items_of(const std::string& path, const std::string& text) {
  Parsed parsed;
  if (!parse(path, text, parsed)) return {text};
  std::vector<std::string> items;
  std::size_t begin = 0;
  for (const syntax::Node item : parsed.tree.root().children()) {
    // To the end of its line, so that a comment behind it stays with it.
    std::size_t end = text.find('\n', item.span().end);
    end = end == std::string::npos ? text.size() : end + 1;
    if (end <= begin) continue;
    items.push_back(text.substr(begin, end - begin));
    if (!items.back().ends_with('\n')) items.back() += '\n';
    begin = end;
  }
  if (items.empty()) return {text};
  return items;
}

std::string reversed(const std::string& path, const std::string& text) {
  std::vector<std::string> items = items_of(path, text);
  std::reverse(items.begin(), items.end());
  std::string out;
  for (const std::string& item : items) out += item;
  return out;
}

// Places move with the text, so a finding is what it says.
std::vector<std::string> sayings(const Outcome& outcome) {
  std::vector<std::string> list;
  for (const Expectation& one : outcome.found)
    list.push_back(one.severity + "[" + one.code + "]: " + one.message);
  std::sort(list.begin(), list.end());
  return list;
}

// Without what names places in the source: maps, `.space` files with their lines, digests of all
// these.
std::string comparable(const std::string& path, const std::string& bytes) {
  if (path.starts_with("maps/")) return "";
  std::string out;
  for (std::string_view line : base::split(bytes, '\n')) {
    const std::size_t place = line.find(",\"file\":\"");
    if (place != std::string_view::npos) line = line.substr(0, place);
    if (line.find(".space") != std::string_view::npos) continue;
    if (path == "run-plan.json" && line.find("\"sha256\"") != std::string_view::npos) continue;
    out += line;
    out += '\n';
  }
  return out;
}

void compare_bytes(const Outcome& plain, const Outcome& other, const std::string& mode,
                   std::vector<std::string>& broken) {
  const auto& a = plain.compilation.emitted;
  const auto& b = other.compilation.emitted;
  for (const auto& [path, file] : a) {
    const auto at = b.find(path);
    if (at == b.end()) {
      broken.push_back(mode + ": `" + path + "` is not emitted any more");
    } else if (comparable(path, file.bytes) != comparable(path, at->second.bytes)) {
      broken.push_back(mode + ": `" + path + "` has other bytes");
    }
  }
  for (const auto& [path, file] : b) {
    if (!a.contains(path)) broken.push_back(mode + ": `" + path + "` is emitted besides");
  }
}

void compare_sayings(const Outcome& plain, const Outcome& other, const std::string& mode,
                     std::vector<std::string>& broken) {
  const std::vector<std::string> a = sayings(plain), b = sayings(other);
  std::vector<std::string> gone, come;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(gone));
  std::set_difference(b.begin(), b.end(), a.begin(), a.end(), std::back_inserter(come));
  for (const std::string& one : gone) broken.push_back(mode + ": no longer found: " + one);
  for (const std::string& one : come) broken.push_back(mode + ": found besides: " + one);
}

std::vector<std::string> compare(const Case& from, const Input& input, const Outcome& plain,
                                 const Setting& setting, const std::string& mode) {
  const Outcome other = run(input, from, setting);
  std::vector<std::string> broken;
  compare_sayings(plain, other, mode, broken);
  compare_bytes(plain, other, mode, broken);
  return broken;
}

// A syntax error ends where the text does: then there are no blocks to move.
bool has_syntax_errors(const Outcome& outcome) {
  return std::any_of(outcome.found.begin(), outcome.found.end(),
                     [](const Expectation& one) { return one.code.starts_with("SPC0"); });
}

}  // namespace

std::vector<std::string> check_shuffled(const Case& from, const Outcome& plain,
                                        const Setting& setting) {
  if (has_syntax_errors(plain)) return {};
  Input input = input_of(from, setting);
  std::vector<std::string> paths;
  for (auto& [path, text] : input.files) {
    if (!is_space_file(path)) continue;
    text = reversed(path, text);
    paths.insert(paths.begin(), path);
  }
  // A link is found by searching its folder only.
  if (input.symlinks.empty() && !paths.empty()) input.paths = paths;
  return compare(from, input, plain, setting, "shuffled");
}

std::vector<std::string> check_merged(const Case& from, const Outcome& plain,
                                      const Setting& setting) {
  if (has_syntax_errors(plain)) return {};
  Input input = input_of(from, setting);
  std::map<std::string, std::string> merged;  // by folder: paths in a file are relative to it
  std::size_t files = 0;
  for (const auto& [path, text] : input.files) {
    if (!is_space_file(path)) continue;
    ++files;
    merged[base::parent_path(path)] += text + (text.ends_with('\n') || text.empty() ? "" : "\n");
  }
  if (files == merged.size()) return {};
  std::erase_if(input.files, [](const auto& file) { return is_space_file(file.first); });
  for (const auto& [folder, text] : merged)
    input.files[base::join_path(folder, "merged.space")] = text;
  return compare(from, input, plain, setting, "merged");
}

std::vector<std::string> check_formatted(const Case& from, const Outcome& plain,
                                         const Setting& setting) {
  Input input = input_of(from, setting);
  std::vector<std::string> broken;
  bool changed = false;
  for (auto& [path, text] : input.files) {
    if (!is_space_file(path)) continue;
    Parsed parsed;
    if (!parse(path, text, parsed)) continue;
    std::string once = format::format(parsed.tree);
    Parsed again;
    if (!parse(path, once, again)) {
      broken.push_back("formatted: `" + path + "` has syntax errors afterwards");
      continue;
    }
    if (format::format(again.tree) != once)
      broken.push_back("formatted: `" + path + "` changes when formatted twice");
    changed = changed || once != text;
    text = std::move(once);
  }
  if (!broken.empty() || !changed || has_syntax_errors(plain)) return broken;
  return compare(from, input, plain, setting, "formatted");
}

}  // namespace space::corpus
