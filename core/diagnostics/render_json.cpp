#include <string>

#include <nlohmann/json.hpp>

#include "core/diagnostics/render.h"
#include "core/diagnostics/words.h"

namespace space::diagnostics {

namespace {

using Json = nlohmann::ordered_json;  // fields come out in the order of the schema
constexpr std::string_view k_schema = "spacec.diagnostic/1";

Json point_json(const source::Position& position) {
  return {{"line", position.line}, {"column", position.column}, {"byte", position.byte}};
}

// file, uriBase, range and utf16: what every place has.
Json place_json(source::Span span, const source::SourceSet& sources) {
  const source::SourceFile& file = sources.file(span.file);
  const auto begin = file.position(span.begin);
  const auto end = file.position(span.end);
  return {{"file", file.path()},
          {"uriBase", "ROOT"},
          {"range", {{"start", point_json(begin)}, {"end", point_json(end)}}},
          {"utf16",
           {{"start", Json::array({begin.line - 1, begin.utf16})},
            {"end", Json::array({end.line - 1, end.utf16})}}}};
}

Json label_json(const Label& label, const source::SourceSet& sources) {
  if (!label.span.valid()) return nullptr;
  Json json = place_json(label.span, sources);
  json["label"] = label.text;
  return json;
}

Json fix_json(const Fix& fix, const source::SourceSet& sources) {
  Json edits = Json::array();
  for (const Edit& edit : fix.edits) {
    if (!edit.span.valid()) continue;
    Json json = place_json(edit.span, sources);
    json["text"] = edit.text;
    edits.push_back(std::move(json));
  }
  return {{"title", fix.title},
          {"applicability", applicability_word(fix.applicability)},
          {"preferred", fix.applicability == Applicability::MachineApplicable},
          {"kind", "quickfix"},
          {"edits", std::move(edits)}};
}

Json name_or_null(const std::string& name) { return name.empty() ? Json(nullptr) : Json(name); }

Json diagnostic_json(const Diagnostic& diagnostic, std::size_t number,
                     const source::SourceSet& sources) {
  Json json;
  json["schema"] = k_schema;
  json["kind"] = "diagnostic";
  json["id"] = "d" + std::to_string(number);
  json["severity"] = severity_word(diagnostic.severity);
  json["code"] = code_of(diagnostic);
  json["name"] = diagnostic.descriptor == nullptr ? "" : diagnostic.descriptor->name;
  json["category"] = category_of(diagnostic);
  json["message"] = diagnostic.message;
  json["fingerprint"] = "sha256:" + fingerprint(diagnostic, sources);
  json["tags"] = Json::array();
  json["primary"] = label_json(diagnostic.primary, sources);
  json["related"] = Json::array();
  for (const Label& label : diagnostic.related) {
    if (label.span.valid()) json["related"].push_back(label_json(label, sources));
  }
  json["notes"] = diagnostic.notes;
  json["help"] = diagnostic.help;
  json["fixes"] = Json::array();
  for (const Fix& fix : diagnostic.fixes) json["fixes"].push_back(fix_json(fix, sources));
  json["subject"] = {{"environment", name_or_null(diagnostic.subject.environment)},
                     {"space", name_or_null(diagnostic.subject.space)},
                     {"mission", name_or_null(diagnostic.subject.mission)},
                     {"stage", name_or_null(diagnostic.subject.stage)},
                     {"procedure", name_or_null(diagnostic.subject.procedure)}};
  json["rendered"] = render_text({diagnostic}, sources, Color::Off);
  return json;
}

// Source text may hold anything: an invalid byte becomes U+FFFD instead of an exception.
std::string line_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string render_json_lines(const std::vector<Diagnostic>& diagnostics,
                              const source::SourceSet& sources) {
  std::string lines;
  for (std::size_t i = 0; i < diagnostics.size(); ++i) {
    lines += line_of(diagnostic_json(diagnostics[i], i + 1, sources));
  }
  const Summary summary = summarize(diagnostics);
  lines += line_of({{"schema", k_schema},
                    {"kind", "summary"},
                    {"errors", summary.errors},
                    {"warnings", summary.warnings}});
  return lines;
}

}  // namespace space::diagnostics
