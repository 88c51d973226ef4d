// `spacec remap ROOT`: tofu's JSON diagnostics about a generated root (`tofu validate -json`, the
// lines of `tofu plan -json`), from standard input, as places in `.space` files. The runner does
// the same with what it runs; this is for who runs a root by hand.
#include <string>

#include "compiler/cli/commands.h"
#include "compiler/cli/output.h"
#include "core/base/strings.h"
#include "core/diagnostics/display.h"
#include "core/runplan/json_writer.h"
#include "core/runplan/source_map.h"
#include "core/runplan/tofu_diagnostic.h"

namespace space::cli {

namespace {

using runplan::JsonReader;
using runplan::TofuDiagnostic;

// One document with `diagnostics`, or lines with one `diagnostic` each, and others.
std::vector<TofuDiagnostic> read_findings(JsonReader& in) {
  std::vector<TofuDiagnostic> findings;
  std::string key;
  while (in.peek() != JsonReader::Kind::Nothing && in.begin_object()) {
    while (in.next_member(key)) {
      if (key == "diagnostic" && in.peek() == JsonReader::Kind::Object) {
        findings.push_back(runplan::read_tofu_diagnostic(in));
      } else if (key == "diagnostics" && in.peek() == JsonReader::Kind::Array) {
        in.begin_array();
        while (in.next_element()) findings.push_back(runplan::read_tofu_diagnostic(in));
      } else {
        in.skip();
      }
    }
  }
  return findings;
}

std::string severity_of(const TofuDiagnostic& finding) {
  return finding.is_error ? "error" : "warning";
}

void write_text(const TofuDiagnostic& finding, const std::string& generated,
                const runplan::Mapping* mapping, World& world) {
  std::string out = severity_of(finding) + ": " + finding.summary + "\n";
  const std::string place = generated + ":" + std::to_string(finding.line);
  if (mapping != nullptr) {
    out += " --> " + mapping->file + ":" + std::to_string(mapping->line) + ":" +
           std::to_string(mapping->column) + " (" + place + ")\n";
  } else if (!finding.file.empty()) {
    out += " --> " + place + "\n";
  }
  if (!finding.detail.empty()) out += finding.detail + "\n";
  world.out.write(diagnostics::visible_text(out, 0) + "\n");
}

void write_json(const TofuDiagnostic& finding, const std::string& generated,
                const runplan::Mapping* mapping, World& world) {
  runplan::JsonWriter writer;
  writer.begin_object();
  writer.member("schema", "spacec.remap/1");
  writer.member("severity", severity_of(finding));
  writer.member("summary", finding.summary);
  writer.member("detail", finding.detail);
  if (mapping != nullptr) {
    writer.member("file", mapping->file);
    writer.member("line", mapping->line);
    writer.member("column", mapping->column);
  }
  if (!finding.file.empty()) {
    writer.member("generated_file", generated);
    writer.member("generated_line", finding.line);
  }
  writer.end_object();
  world.out.write(writer.take() + "\n");
}

// ENV/SPACE/MISSION of a root's folder below `out`; empty where it is none.
std::string flight_of(const std::string& root) {
  const auto parts = base::split(root, '/');
  if (parts.size() < 5 || parts.front() == "..") return "";
  return std::string(parts[0]) + "/" + std::string(parts[1]) + "/" + std::string(parts[2]);
}

}  // namespace

int remap(const RemapOptions& options, World& world) {
  const std::string out = base::normalize_path(options.out);
  const std::string root = base::relative_path(out, base::normalize_path(options.root));
  const std::string flight = flight_of(root);
  if (flight.empty()) {
    print_error(world, "`" + options.root + "` is no root below `" + options.out + "`",
                "name a root's folder, `out/ENV/SPACE/MISSION/STAGE/PROCEDURE`, and --out where it "
                "is another");
    return k_usage;
  }
  const std::string map_path = base::join_path(out, "maps/" + flight + ".json");
  const auto text = world.files.read(map_path);
  if (!text) {
    print_error(world, "cannot read `" + map_path + "`: " + text.error().message,
                "`spacec build` writes it");
    return k_errors;
  }
  const auto map = runplan::read_source_map(*text);
  if (!map) {
    print_error(world, "`" + map_path + "` is no source map: " + map.error().message,
                "`spacec build` writes it anew");
    return k_errors;
  }
  const std::string input = world.read_standard_input();
  JsonReader in(input);
  const std::vector<TofuDiagnostic> findings = read_findings(in);
  if (!in.finish()) {
    print_error(world, "standard input is not what `tofu … -json` prints: " + in.error(),
                "`tofu validate -json | spacec remap ROOT`");
    return k_errors;
  }
  for (const TofuDiagnostic& finding : findings) {
    const std::string generated = base::normalize_path(base::join_path(root, finding.file));
    const runplan::Mapping* mapping =
        finding.file.empty() ? nullptr
                             : runplan::remap(*map, generated, finding.begin, finding.end);
    const auto write = options.format == RemapOptions::Format::Json ? write_json : write_text;
    write(finding, base::join_path(out, generated), mapping, world);
  }
  return k_fine;
}

}  // namespace space::cli
