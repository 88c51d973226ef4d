#include "runner/status/report.h"

#include <cstdio>
#include <map>

#include "core/runplan/json_writer.h"
#include "runner/status/text.h"

namespace space::status {

namespace {

using runplan::Verdict;

constexpr const char* k_report_schema = "space.report/1";

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
