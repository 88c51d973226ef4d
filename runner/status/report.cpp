#include "runner/status/report.h"

#include <array>
#include <cstdio>
#include <map>

#include "core/runplan/json_writer.h"
#include "core/runplan/names.h"
#include "runner/status/text.h"

namespace space::status {

namespace {

using runplan::Verdict;

constexpr const char* k_report_schema = "space.report/1";

void add(runplan::ChangeCounts& sum, const runplan::ChangeCounts& more) {
  sum.add += more.add;
  sum.change += more.change;
  sum.remove += more.remove;
  sum.import_ += more.import_;
}

std::string xml(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
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
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out += c;
    }
  }
  return out;
}

std::string seconds(std::int64_t milliseconds) {
  char text[32];
  std::snprintf(text, sizeof text, "%lld.%03lld", static_cast<long long>(milliseconds / 1000),
                static_cast<long long>(milliseconds % 1000));
  return text;
}

}  // namespace

std::string summary_text(const RunResult& result, const Style& style) {
  struct Row {
    std::size_t roots = 0, not_looked_at = 0;
    runplan::ChangeCounts counts;
  };
  std::map<Verdict, Row> rows;
  for (const RootResult& root : result.roots) {
    Row& row = rows[root.finished.verdict];
    ++row.roots;
    if (root.finished.reason == runplan::k_not_looked_at) ++row.not_looked_at;
    add(row.counts, root.finished.counts);
  }
  const runplan::RunEvent& run = result.finished;
  std::string text =
      "\n" +
      painted(std::string(word_of(runplan::k_operations, run.operation)) + " " + run.target,
              Paint::Strong, style.color) +
      ": " + std::to_string(result.roots.size()) +
      (result.roots.size() == 1 ? " procedure, " : " procedures, ") +
      duration_text(run.duration_milliseconds) + "\n";
  for (const auto& [verdict, row] : rows) {
    std::string name = runplan::name_of(verdict);
    name.resize(16, ' ');
    text += "  " + painted(name, paint_of(verdict), style.color) + std::to_string(row.roots);
    if (const std::string counts = counts_text(row.counts); !counts.empty()) text += "  " + counts;
    if (row.not_looked_at > 0)
      text += "  (" + std::to_string(row.not_looked_at) + " not looked at)";
    text += "\n";
  }
  for (const RootResult& root : result.roots) {
    if (!is_failure(root.finished.verdict)) continue;
    text += "\n" + painted(root.finished.root, Paint::Strong, style.color) + " " +
            painted(runplan::name_of(root.finished.verdict), Paint::Bad, style.color);
    if (!root.finished.reason.empty()) text += ": " + printable(root.finished.reason);
    text += "\n";
    for (const auto& diagnostic : root.diagnostics) {
      if (diagnostic.is_error) text += diagnostic_text(diagnostic, style, "  ");
    }
  }
  return text;
}

std::string report_json(const RunResult& result) {
  const auto line_of = [](runplan::RunEvent event,
                          const std::vector<runplan::RunDiagnostic>& diagnostics) {
    event.diagnostics = diagnostics;
    std::string line = runplan::to_json_line(event);
    line.pop_back();
    return line;
  };
  runplan::JsonWriter out;
  out.begin_object();
  out.line();
  out.member("schema", k_report_schema);
  out.line();
  out.key("run");
  out.raw(line_of(result.finished, {}));
  out.line();
  out.key("roots");
  out.begin_array();
  for (const RootResult& root : result.roots) {
    out.line();
    out.raw(line_of(root.finished, root.diagnostics));
  }
  out.line();
  out.end_array();
  out.line();
  out.end_object();
  return out.take() + "\n";
}

std::string report_junit(const RunResult& result) {
  std::map<std::string, std::vector<const RootResult*>> suites;
  for (const RootResult& root : result.roots) suites[root.finished.flight].push_back(&root);
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites time=\"" +
                     seconds(result.finished.duration_milliseconds) + "\">\n";
  for (const auto& [flight, roots] : suites) {
    std::size_t failures = 0, skipped = 0;
    for (const RootResult* root : roots) {
      failures += is_failure(root->finished.verdict) ? 1U : 0U;
      skipped += root->finished.verdict == Verdict::Skipped ? 1U : 0U;
    }
    text += "  <testsuite name=\"" + xml(flight) + "\" tests=\"" + std::to_string(roots.size()) +
            "\" failures=\"" + std::to_string(failures) + "\" skipped=\"" +
            std::to_string(skipped) + "\">\n";
    for (const RootResult* root : roots) {
      const runplan::RunEvent& end = root->finished;
      text += "    <testcase classname=\"" + xml(flight) + "\" name=\"" + xml(end.root) +
              "\" time=\"" + seconds(end.duration_milliseconds) + "\">";
      if (is_failure(end.verdict)) {
        text += "<failure type=\"" + runplan::name_of(end.verdict) + "\" message=\"" +
                xml(end.reason) + "\">";
        for (const auto& diagnostic : root->diagnostics)
          text += xml(diagnostic_text(diagnostic, {}, ""));
        text += "</failure>";
      } else if (end.verdict == Verdict::Skipped) {
        text += "<skipped message=\"" + xml(end.reason) + "\"/>";
      } else {
        text += "<system-out>" + runplan::name_of(end.verdict) + "</system-out>";
      }
      text += "</testcase>\n";
    }
    text += "  </testsuite>\n";
  }
  return text + "</testsuites>\n";
}

}  // namespace space::status
