#include "tests/corpus_runner/modes.h"

#include <algorithm>
#include <optional>

#include "compiler/format/format.h"
#include "compiler/syntax/parse.h"
#include "core/base/strings.h"
#include "core/diagnostics/apply_fixes.h"
#include "core/diagnostics/words.h"
#include "tests/corpus_runner/same_bytes.h"

namespace space::corpus {

namespace {

constexpr std::string_view k_merged = "merged.space";

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

// Blocks in which order means nothing: all of ours but those that hold tofu's text, which is
// emitted in the order that it was written in. A procedure that is outputs beside its source holds
// none.
bool holds_unordered(syntax::Node block) {
  if (!block.is(syntax::SyntaxKind::Block)) return false;
  const std::string_view type = block.child(syntax::SyntaxKind::Identifier).text();
  const syntax::Node body = block.child(syntax::SyntaxKind::Body);
  if (type != "procedure") {
    constexpr std::string_view stay[] = {"export", "provider", "remote", "validation"};
    return body && std::find(std::begin(stay), std::end(stay), type) == std::end(stay);
  }
  const std::vector<syntax::Node> items = body ? body.children() : std::vector<syntax::Node>();
  return std::none_of(items.begin(), items.end(), [](syntax::Node item) {
    return item.is(syntax::SyntaxKind::Block) &&
           item.child(syntax::SyntaxKind::Identifier).text() != "output";
  });
}

std::string reversed(std::string_view text, const std::vector<syntax::Node>& items,
                     std::size_t begin, std::size_t end);

// A block with what stands in it turned round, where it has lines of its own.
std::string turned(std::string_view text, syntax::Node block, std::size_t begin, std::size_t end) {
  const syntax::Node body = block.child(syntax::SyntaxKind::Body);
  if (!holds_unordered(block)) return std::string(text.substr(begin, end - begin));
  const std::size_t first = text.find('\n', body.span().begin) + 1;
  const std::size_t last = text.rfind('\n', body.span().end - 1) + 1;
  if (first == 0 || first >= last || last > end)
    return std::string(text.substr(begin, end - begin));
  return std::string(text.substr(begin, first - begin)) +
         reversed(text, body.children(), first, last) + std::string(text.substr(last, end - last));
}

// The items of [begin, end) in reverse order, each with the comments above it and to the end of its
// line, so that a comment behind it stays with it; what follows the last item stays there.
std::string reversed(std::string_view text, const std::vector<syntax::Node>& items,
                     std::size_t begin, std::size_t end) {
  std::string out;
  for (const syntax::Node item : items) {
    if (item.span().begin < begin || item.span().end > end) continue;  // the braces themselves
    const std::size_t line_end = std::min(text.find('\n', item.span().end), end - 1) + 1;
    if (line_end <= begin) continue;
    std::string piece = turned(text, item, begin, line_end);
    if (!piece.ends_with('\n')) piece += '\n';
    out.insert(0, piece);
    begin = line_end;
  }
  return out + std::string(text.substr(begin, end - begin));
}

std::string reversed(const std::string& path, const std::string& text) {
  Parsed parsed;
  if (text.empty() || !parse(path, text, parsed)) return text;
  return reversed(text, parsed.tree.root().children(), 0, text.size());
}

// What was done to a program: how it is called, what its files are called now, whether their text
// is laid out as before.
struct Change {
  std::string mode;
  Renames renames;
  SourceText text = SourceText::Same;
};

std::string first_difference(const std::string& a, const std::string& b) {
  const auto at = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin();
  const auto begin = static_cast<std::size_t>(std::max<std::ptrdiff_t>(at - 30, 0));
  return "`" + base::replace_all(a.substr(begin, 80), "\n", "\\n") + "` is now `" +
         base::replace_all(b.substr(begin, 80), "\n", "\\n") + "`";
}

// Places move with the text, so a finding is what it says.
std::vector<std::string> sayings(const Outcome& outcome) {
  std::vector<std::string> list;
  for (const Expectation& one : outcome.found)
    list.push_back(one.severity + "[" + one.code + "]: " + one.message);
  std::sort(list.begin(), list.end());
  return list;
}

void compare_bytes(const Outcome& plain, const Outcome& other, const Change& change,
                   std::vector<std::string>& broken) {
  const auto a = comparable(plain, change.renames, change.text);
  const auto b = comparable(other, {}, change.text);
  for (const auto& [path, text] : a) {
    const auto at = b.find(path);
    if (at == b.end()) {
      broken.push_back(change.mode + ": `" + path + "` is not emitted any more");
    } else if (text != at->second) {
      broken.push_back(change.mode + ": `" + path +
                       "` says something else: " + first_difference(text, at->second));
    }
  }
  for (const auto& [path, text] : b) {
    if (!a.contains(path)) broken.push_back(change.mode + ": `" + path + "` is emitted besides");
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
                                 const Setting& setting, const Change& change) {
  const Outcome other = run(input, from, setting);
  std::vector<std::string> broken;
  compare_sayings(plain, other, change.mode, broken);
  compare_bytes(plain, other, change, broken);
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
  return compare(from, input, plain, setting, {"shuffled", {}});
}

std::vector<std::string> check_merged(const Case& from, const Outcome& plain,
                                      const Setting& setting) {
  if (has_syntax_errors(plain)) return {};
  Input input = input_of(from, setting);
  std::map<std::string, std::string> merged;  // by folder: paths in a file are relative to it
  Change change{"merged", {}};
  std::size_t files = 0;
  for (const auto& [path, text] : input.files) {
    if (!is_space_file(path)) continue;
    ++files;
    change.renames[path] = base::join_path(base::parent_path(path), k_merged);
    std::string& all = merged[base::parent_path(path)];  // the last file comes first
    all = text + (text.ends_with('\n') || text.empty() ? "" : "\n") + all;
  }
  if (files == merged.size()) return {};
  std::erase_if(input.files, [](const auto& file) { return is_space_file(file.first); });
  for (const auto& [folder, text] : merged) input.files[base::join_path(folder, k_merged)] = text;
  return compare(from, input, plain, setting, change);
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
  return compare(from, input, plain, setting, {"formatted", {}, SourceText::Reformatted});
}

std::vector<std::string> check_edited(const Case& from, const Outcome& plain,
                                      const Setting& setting) {
  const Input input = input_of(from, setting);
  Input broken_off = input, moved = input;
  for (auto& [path, text] : broken_off.files) text.resize(text.size() / 2);
  // Every second file is as it will be; the others have the same text on other lines.
  bool stays = false;
  for (auto& [path, text] : moved.files) {
    stays = !stays;
    if (!stays) text.insert(0, "\n");
  }
  const Outcome edited = run_edited({broken_off, moved}, input, from, setting);
  std::vector<std::string> broken;
  compare_sayings(plain, edited, "edited", broken);
  if (broken.empty() && plain.found != edited.found)
    broken.push_back("edited: something is found at another place");
  compare_bytes(plain, edited, {"edited", {}}, broken);
  return broken;
}

std::vector<std::string> check_fixed(const Case& from, const Outcome& plain,
                                     const Setting& setting) {
  const auto fixed =
      diagnostics::apply_fixes(plain.compilation.diagnostics, *plain.compilation.sources);
  if (fixed.texts.empty()) return {};
  Input input = input_of(from, setting);
  std::vector<std::string> broken;
  for (const auto& [path, text] : fixed.texts) {
    if (is_space_file(path) && input.files.contains(path)) {
      input.files[path] = text.after;
    } else {
      broken.push_back("fixed: `" + path + "` is no file of the program's own");
    }
  }
  const Outcome after = run(input, from, setting);
  const std::vector<std::string> before = sayings(plain), now = sayings(after);
  for (const diagnostics::Diagnostic& one : plain.compilation.diagnostics) {
    const bool mended = std::any_of(one.fixes.begin(), one.fixes.end(), [](const auto& fix) {
      return fix.applicability == diagnostics::Applicability::MachineApplicable;
    });
    const std::string says = fmt::format("{}[{}]: {}", diagnostics::severity_word(one.severity),
                                         diagnostics::code_of(one), one_line(one.message));
    if (mended && fixed.waiting == 0 &&
        std::count(now.begin(), now.end(), says) >= std::count(before.begin(), before.end(), says))
      broken.push_back("fixed: still found: " + says);
  }
  // What else is wrong may show only now; but a name twice, or what does not parse, was made.
  for (const std::string& one : now) {
    const bool made = (one.starts_with("error[SPC0") && !has_syntax_errors(plain)) ||
                      one.starts_with("error[SPC1004]");
    if (made && std::find(before.begin(), before.end(), one) == before.end())
      broken.push_back("fixed: made by it: " + one);
  }
  return broken;
}

}  // namespace space::corpus
