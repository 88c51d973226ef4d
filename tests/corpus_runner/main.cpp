// corpus_runner FOLDER… [--update] [--only TEXT] [--preludes FOLDER] [--origins FILE]: every case
// of the folders, in every mode. With --update the expectations and the snapshots that are there
// are rewritten by the code that checks them. --origins writes which lines of the compiler reported
// in which case, `CASE ORIGIN CODE` a line. Two environment variables are for
// tests/gates/mutate.py: SPACE_CORPUS_DROP=CODE or ORIGIN, and SPACE_CORPUS_RECOVERY=off.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "compiler/driver/next_lock.h"
#include "core/base/filesystem.h"
#include "core/diagnostics/apply_fixes.h"
#include "core/diagnostics/render.h"
#include "core/diagnostics/words.h"
#include "tests/corpus_runner/modes.h"
#include "tests/corpus_runner/run_case.h"

namespace space::corpus {

namespace {

struct Arguments {
  std::vector<std::string> folders;
  std::string only, preludes, origins;
  enum class Mode { Check, Update } mode = Mode::Check;
};

void find_cases(const base::FileSystem& files, const std::string& folder,
                std::vector<std::string>& found) {
  const auto entries = files.list(folder);
  if (!entries) return;
  for (const auto& entry : *entries) {
    const std::string path = base::join_path(folder, entry.name);
    if (entry.kind == base::FileKind::Directory) find_cases(files, path, found);
    const bool named = entry.name.starts_with("ok_") || entry.name.starts_with("fail_");
    if (entry.kind == base::FileKind::Regular && named && entry.name.ends_with(".space"))
      found.push_back(path);
  }
}

std::vector<std::string> differences(const Case& expected, const Outcome& outcome) {
  const std::vector<Expectation> wanted = expected.all();
  std::vector<Expectation> missing, extra;
  std::set_difference(wanted.begin(), wanted.end(), outcome.found.begin(), outcome.found.end(),
                      std::back_inserter(missing));
  std::set_difference(outcome.found.begin(), outcome.found.end(), wanted.begin(), wanted.end(),
                      std::back_inserter(extra));
  std::vector<std::string> lines;
  for (const Expectation& one : missing)
    lines.push_back("expected, and not found: " + to_line(one));
  for (const Expectation& one : extra) lines.push_back("found, and not expected: " + to_line(one));
  return lines;
}

std::string snapshot(const Outcome& outcome, const std::string& phase) {
  if (phase == "diagnostics") {
    return diagnostics::render_text(outcome.compilation.diagnostics, *outcome.compilation.sources,
                                    diagnostics::Color::Off);
  }
  if (phase == "fixed") {
    std::string text;
    const auto& [compilation, found] = outcome;
    for (const auto& [path, fixed] :
         diagnostics::apply_fixes(compilation.diagnostics, *compilation.sources).texts)
      text += "# --- " + path + "\n" + fixed.after;
    return text;
  }
  if (phase == "lock") {
    const bool is_whole = outcome.compilation.lowered != nullptr;
    return is_whole ? driver::next_lock(outcome.compilation).bytes : "";
  }
  for (std::size_t i = 0; i < std::size(driver::k_phase_names); ++i) {
    if (phase == driver::k_phase_names[i])
      return driver::dump(outcome.compilation, static_cast<driver::Phase>(i));
  }
  return "";
}

// A snapshot whose phase nobody knows would hold nothing.
void check_phases_exist(const base::FileSystem& files, const std::string& path,
                        const std::vector<std::string>& phases, std::vector<std::string>& broken) {
  const auto entries = files.list(base::parent_path(path));
  if (!entries) return;
  const std::string prefix = std::string(base::file_name(path)) + ".";
  constexpr std::string_view k_suffix = ".exp";
  for (const auto& entry : *entries) {
    const std::string& name = entry.name;
    if (!name.starts_with(prefix) || !name.ends_with(k_suffix)) continue;
    const std::string phase =
        name.substr(prefix.size(), name.size() - prefix.size() - k_suffix.size());
    if (std::find(phases.begin(), phases.end(), phase) == phases.end())
      broken.push_back("there is no phase `" + phase + "` to compare with " + name);
  }
}

// name.space.PHASE.exp beside the case, where somebody put one.
void check_snapshots(base::FileSystem& files, const std::string& path, const Outcome& outcome,
                     Arguments::Mode mode, std::vector<std::string>& broken) {
  std::vector<std::string> phases(std::begin(driver::k_phase_names),
                                  std::end(driver::k_phase_names));
  phases.push_back("diagnostics");
  phases.push_back("lock");
  phases.push_back("fixed");
  check_phases_exist(files, path, phases, broken);
  for (const std::string& phase : phases) {
    const std::string name = path + "." + phase + ".exp";
    if (files.stat(name).kind != base::FileKind::Regular) continue;
    const auto wanted = files.read(name);
    const std::string got = snapshot(outcome, phase);
    if (wanted && *wanted == got) continue;
    if (mode == Arguments::Mode::Update) {
      if (!files.write(name, got, base::FileMode::Plain)) broken.push_back("cannot write " + name);
    } else {
      broken.push_back("snapshot " + name + " differs; look at `--update` and git diff");
    }
  }
}

// Inline where comments can say it, else as a list. Running the new text shows which.
std::string updated(const Case& from, const Setting& setting) {
  const Case bare = without_expectations(from);
  const Outcome outcome = run(input_of(bare, setting), bare, setting);
  const std::string text = render_inline(bare, outcome.found);
  const auto again = parse_case(text);
  if (again) {
    const Outcome check = run(input_of(*again, setting), *again, setting);
    if (differences(*again, check).empty()) return text;
  }
  return render_listed(bare, outcome.found);
}

using Origins = std::set<std::string>;  // `CASE ORIGIN CODE`

std::vector<std::string> check_case(base::FileSystem& files, const std::string& path,
                                    const Setting& setting, Arguments::Mode mode,
                                    Origins& origins) {
  auto text = files.read(path);
  if (!text) return {"cannot be read: " + text.error().message};
  auto parsed = parse_case(*text);
  if (!parsed) return {parsed.error().message + "; " + parsed.error().help};
  if (!parsed->prelude.empty() && !setting.preludes.contains(parsed->prelude))
    return {"there is no prelude `" + parsed->prelude + "`"};
  if (mode == Arguments::Mode::Update) {
    const std::string fresh = updated(*parsed, setting);
    if (fresh != *text && !files.write(path, fresh, base::FileMode::Plain))
      return {"cannot be written"};
    parsed = parse_case(fresh);
    if (!parsed) return {parsed.error().message};
  }
  const Outcome outcome = run(input_of(*parsed, setting), *parsed, setting);
  for (const auto& one : outcome.compilation.diagnostics)
    origins.insert(path + " " + origin_of(one) + " " + std::string(diagnostics::code_of(one)));
  std::vector<std::string> broken = differences(*parsed, outcome);
  const bool failed = std::any_of(outcome.found.begin(), outcome.found.end(),
                                  [](const auto& one) { return one.severity == "error"; });
  const bool should_fail = base::file_name(path).starts_with("fail_");
  if (failed != should_fail)
    broken.push_back(should_fail ? "named fail_, and has no error" : "named ok_, and has an error");
  check_snapshots(files, path, outcome, mode, broken);
  const bool huge = std::any_of(parsed->sections.begin(), parsed->sections.end(),
                                [](const Section& one) { return one.times > 1'000'000; });
  if (huge || !setting.dropped.empty() || setting.recovery == Setting::Recovery::Off) return broken;
  for (const auto check :
       {check_shuffled, check_merged, check_formatted, check_edited, check_fixed}) {
    const auto more = check(*parsed, outcome, setting);
    broken.insert(broken.end(), more.begin(), more.end());
  }
  return broken;
}

Setting setting_of(const base::FileSystem& files, const Arguments& arguments) {
  Setting setting;
  if (const char* what = std::getenv("SPACE_CORPUS_DROP")) setting.dropped = what;
  if (const char* word = std::getenv("SPACE_CORPUS_RECOVERY");
      word != nullptr && std::string(word) == "off") {
    setting.recovery = Setting::Recovery::Off;
  }
  const auto entries = files.list(arguments.preludes);
  if (!entries) return setting;
  for (const auto& entry : *entries) {
    const auto text = files.read(base::join_path(arguments.preludes, entry.name));
    if (text) setting.preludes[entry.name.substr(0, entry.name.rfind('.'))] = *text;
  }
  return setting;
}

int run_all(const Arguments& arguments) {
  base::DiskFileSystem files;
  const Setting setting = setting_of(files, arguments);
  std::vector<std::string> cases;
  for (const std::string& folder : arguments.folders) {
    if (files.stat(folder).kind == base::FileKind::Regular) cases.push_back(folder);
    find_cases(files, folder, cases);
  }
  std::erase_if(cases, [&](const std::string& path) {
    return path.find(arguments.only) == std::string::npos;
  });
  std::size_t passed = 0, failed = 0;
  Origins origins;
  for (const std::string& path : cases) {
    const auto broken = check_case(files, path, setting, arguments.mode, origins);
    ++(broken.empty() ? passed : failed);
    if (!broken.empty()) std::printf("FAILED %s\n", path.c_str());
    for (const std::string& line : broken) std::printf("  %s\n", line.c_str());
  }
  if (!arguments.origins.empty()) {
    std::string lines;
    for (const std::string& line : origins) lines += line + "\n";
    if (!files.write(arguments.origins, lines, base::FileMode::Plain)) {
      std::fprintf(stderr, "error: %s cannot be written\n", arguments.origins.c_str());
      return 2;
    }
  }
  std::printf("%zu passed, %zu failed\n", passed, failed);
  // No case at all is a mistake in the call, not a success.
  return failed == 0 && passed > 0 ? 0 : 1;
}

}  // namespace

}  // namespace space::corpus

int main(int argc, char** argv) {
  space::corpus::Arguments arguments;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--update") {
      arguments.mode = space::corpus::Arguments::Mode::Update;
    } else if (word == "--only" && i + 1 < argc) {
      arguments.only = argv[++i];
    } else if (word == "--preludes" && i + 1 < argc) {
      arguments.preludes = argv[++i];
    } else if (word == "--origins" && i + 1 < argc) {
      arguments.origins = argv[++i];
    } else if (word.starts_with("-")) {
      std::fprintf(stderr,
                   "usage: corpus_runner [--update] [--only TEXT] [--preludes FOLDER] "
                   "[--origins FILE] FOLDER…\n");
      return 2;
    } else {
      arguments.folders.push_back(word);
    }
  }
  return space::corpus::run_all(arguments);
}
