#include <cstdio>
#include <map>

#include "core/base/clock.h"
#include "core/runplan/names.h"
#include "core/values/text.h"
#include "runner/status/report.h"
#include "runner/status/text.h"

namespace space::status {

namespace {

using runplan::Verdict;

bool is_xml(const values::CodePoint& point, char first) {
  if (point.size == 1 && static_cast<unsigned char>(first) >= 0x80) return false;
  return point.code == '\n' || point.code == '\t' ||
         (point.code >= 0x20 && point.code != 0xfffe && point.code != 0xffff);
}

// XML 1.0 has no form at all for most control characters; what stands in an attribute keeps its
// line ends.
std::string xml(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const values::CodePoint point = values::first_code_point(text);
    switch (point.code) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\n':
        out += "&#10;";
        break;
      default:
        if (is_xml(point, text[0])) out += text.substr(0, point.size);
    }
    text.remove_prefix(point.size);
  }
  return out;
}

std::string seconds(std::int64_t milliseconds) {
  char text[32];
  std::snprintf(text, sizeof text, "%lld.%03lld", static_cast<long long>(milliseconds / 1000),
                static_cast<long long>(milliseconds % 1000));
  return text;
}

// ISO 8601 to the second, in UTC, as the format has it.
std::string timestamp(std::int64_t wall_milliseconds) {
  return base::rfc3339(wall_milliseconds).substr(0, 19);
}

struct Suite {
  std::vector<const RootResult*> roots;
  std::size_t failures = 0, skipped = 0;
  std::int64_t duration = 0;
};

std::string attributes(const std::string& name, const Suite& suite, std::int64_t duration,
                       std::int64_t begun) {
  return " name=\"" + xml(name) + "\" tests=\"" + std::to_string(suite.roots.size()) +
         "\" failures=\"" + std::to_string(suite.failures) + "\" errors=\"0\" skipped=\"" +
         std::to_string(suite.skipped) + "\" time=\"" + seconds(duration) + "\" timestamp=\"" +
         timestamp(begun) + "\"";
}

void add(Suite& suite, const RootResult& root) {
  suite.roots.push_back(&root);
  suite.failures += is_failure(root.finished.verdict) ? 1U : 0U;
  suite.skipped += root.finished.verdict == Verdict::Skipped ? 1U : 0U;
  suite.duration += root.finished.duration_milliseconds;
}

// The first `.space` file that an error leads to.
std::string file_of(const RootResult& root) {
  for (const auto& diagnostic : root.diagnostics) {
    if (diagnostic.is_error && !diagnostic.file.empty()) return diagnostic.file;
  }
  return "";
}

std::string case_text(const RootResult& root) {
  const runplan::RunEvent& end = root.finished;
  std::string text = "    <testcase classname=\"" + xml(end.flight + "/" + end.stage) +
                     "\" name=\"" + xml(end.root) + "\" time=\"" +
                     seconds(end.duration_milliseconds) + "\"";
  if (const std::string file = file_of(root); !file.empty()) text += " file=\"" + xml(file) + "\"";
  text += ">";
  const std::string verdict = runplan::name_of(end.verdict);
  if (is_failure(end.verdict)) {
    text += "<failure type=\"" + verdict + "\" message=\"" + xml(end.reason) + "\">";
    for (const auto& diagnostic : root.diagnostics)
      text += xml(diagnostic_text(diagnostic, {}, ""));
    text += "</failure>";
  } else if (end.verdict == Verdict::Skipped) {
    text += "<skipped message=\"" + xml(end.reason) + "\"/>";
  } else {
    text += "<system-out>" + verdict + "</system-out>";
  }
  return text + "</testcase>\n";
}

}  // namespace

// A suite a flight, a case a procedure.
std::string report_junit(const RunResult& result) {
  const runplan::RunEvent& run = result.finished;
  const std::int64_t begun = run.wall_milliseconds - run.duration_milliseconds;
  std::map<std::string, Suite> suites;
  Suite all;
  for (const RootResult& root : result.roots) {
    add(suites[root.finished.flight], root);
    add(all, root);
  }
  const std::string name =
      "space " + std::string(word_of(runplan::k_operations, run.operation)) + " " + run.target;
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" +
                     attributes(name, all, run.duration_milliseconds, begun) + ">\n";
  for (const auto& [flight, suite] : suites) {
    text += "  <testsuite" + attributes(flight, suite, suite.duration, begun) + ">\n";
    for (const RootResult* root : suite.roots) text += case_text(*root);
    text += "  </testsuite>\n";
  }
  return text + "</testsuites>\n";
}

}  // namespace space::status
