#include <algorithm>
#include <map>
#include <string>

#include <nlohmann/json.hpp>

#include "core/diagnostics/catalogue.h"
#include "core/diagnostics/render.h"
#include "core/diagnostics/words.h"

namespace space::diagnostics {

namespace {

using Json = nlohmann::ordered_json;

std::string_view level_of(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return "error";
    case Severity::Warning:
      return "warning";
    case Severity::Info:
    case Severity::Hint:
      return "note";
  }
  return "none";
}

// A path as a URI reference: what RFC 3986 does not allow in a path is percent-encoded, byte by
// byte.
std::string uri_of(std::string_view path) {
  constexpr std::string_view k_plain = "-._~!$&'()*+,;=@/";
  constexpr char k_digits[] = "0123456789ABCDEF";
  std::string uri;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || k_plain.find(c) != std::string_view::npos) {
      uri += c;
    } else {
      uri += '%';
      uri += k_digits[byte >> 4];
      uri += k_digits[byte & 15];
    }
  }
  return uri;
}

Json artifact_json(source::FileId file, const source::SourceSet& sources) {
  return {{"uri", uri_of(sources.file(file).path())}, {"uriBaseId", "ROOT"}};
}

Json region_json(source::Span span, const source::SourceSet& sources) {
  const auto begin = sources.file(span.file).position(span.begin);
  const auto end = sources.file(span.file).position(span.end);
  return {{"startLine", begin.line},
          {"startColumn", begin.column},
          {"endLine", end.line},
          {"endColumn", end.column}};
}

Json location_json(const Label& label, const source::SourceSet& sources) {
  Json json = {{"physicalLocation",
                {{"artifactLocation", artifact_json(label.span.file, sources)},
                 {"region", region_json(label.span, sources)}}}};
  if (!label.text.empty()) json["message"] = {{"text", label.text}};
  return json;
}

Json fix_json(const Fix& fix, const source::SourceSet& sources) {
  std::map<source::FileId, Json> replacements;
  for (const Edit& edit : fix.edits) {
    if (!edit.span.valid()) continue;
    auto& list = replacements.try_emplace(edit.span.file, Json::array()).first->second;
    list.push_back({{"deletedRegion", region_json(edit.span, sources)},
                    {"insertedContent", {{"text", edit.text}}}});
  }
  Json changes = Json::array();
  for (auto& [file, list] : replacements) {
    changes.push_back(
        {{"artifactLocation", artifact_json(file, sources)}, {"replacements", std::move(list)}});
  }
  return {{"description", {{"text", fix.title}}}, {"artifactChanges", std::move(changes)}};
}

std::string message_text(const Diagnostic& diagnostic) {
  std::string text = diagnostic.message;
  if (!diagnostic.primary.text.empty()) text += ": " + diagnostic.primary.text;
  for (const std::string& note : diagnostic.notes) text += "\nnote: " + note;
  for (const std::string& help : diagnostic.help) text += "\nhelp: " + help;
  return text;
}

Json result_json(const Diagnostic& diagnostic, const std::map<std::string_view, std::size_t>& rules,
                 const source::SourceSet& sources) {
  Json json;
  json["ruleId"] = code_of(diagnostic);
  if (const auto rule = rules.find(code_of(diagnostic)); rule != rules.end()) {
    json["ruleIndex"] = rule->second;
  }
  json["level"] = level_of(diagnostic.severity);
  json["message"] = {{"text", message_text(diagnostic)}};
  json["locations"] = Json::array();
  if (diagnostic.primary.span.valid()) {
    json["locations"].push_back(location_json({diagnostic.primary.span, ""}, sources));
  }
  Json related = Json::array();
  for (const Label& label : diagnostic.related) {
    if (!label.span.valid()) continue;
    related.push_back(location_json(label, sources));
    related.back()["id"] = related.size();
  }
  if (!related.empty()) json["relatedLocations"] = std::move(related);
  json["partialFingerprints"] = {{"spacecFinding/v1", fingerprint(diagnostic, sources)}};
  Json fixes = Json::array();
  for (const Fix& fix : diagnostic.fixes) {
    Json one = fix_json(fix, sources);
    if (!one["artifactChanges"].empty())
      fixes.push_back(std::move(one));  // SARIF wants one at least
  }
  if (!fixes.empty()) json["fixes"] = std::move(fixes);
  json["suppressions"] = Json::array();  // empty: it is known that there is none
  return json;
}

Json suppression_json(const Silenced& silenced, const source::SourceSet& sources) {
  if (silenced.by == Silenced::By::Level) {
    return {{"kind", "external"}, {"justification", "its level is off"}};
  }
  return {{"kind", "inSource"},
          {"justification", silenced.reason},
          {"location", location_json({silenced.place, ""}, sources)}};
}

Json rule_json(const Descriptor& row) {
  return {{"id", row.code},
          {"name", row.name},
          {"shortDescription", {{"text", row.title}}},
          {"help", {{"text", "run `spacec explain " + std::string(row.code) + "`"}}},
          {"defaultConfiguration", {{"level", level_of(row.severity)}}}};
}

}  // namespace

std::string render_sarif(const std::vector<Diagnostic>& diagnostics,
                         const std::vector<Silenced>& silenced, const source::SourceSet& sources,
                         std::string_view tool_version) {
  std::map<std::string_view, std::size_t> used;
  const auto use = [&](const Diagnostic& diagnostic) {
    if (diagnostic.descriptor != nullptr) used.emplace(diagnostic.descriptor->code, 0);
  };
  for (const Diagnostic& diagnostic : diagnostics) use(diagnostic);
  for (const Silenced& one : silenced) use(one.diagnostic);
  Json rules = Json::array();
  for (auto& [code, index] : used) {
    index = rules.size();
    rules.push_back(rule_json(*find_descriptor(code)));
  }
  Json results = Json::array();
  for (const Diagnostic& diagnostic : diagnostics) {
    results.push_back(result_json(diagnostic, used, sources));
  }
  for (const Silenced& one : silenced) {
    results.push_back(result_json(one.diagnostic, used, sources));
    results.back()["suppressions"].push_back(suppression_json(one, sources));
  }
  Json run;
  run["tool"] = {
      {"driver", {{"name", "spacec"}, {"version", tool_version}, {"rules", std::move(rules)}}}};
  run["columnKind"] = "unicodeCodePoints";
  run["originalUriBaseIds"] = {
      {"ROOT", {{"description", {{"text", "the folder of the project"}}}}}};
  run["results"] = std::move(results);
  Json document;
  document["$schema"] =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
  document["version"] = "2.1.0";
  document["runs"] = Json::array({std::move(run)});
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace space::diagnostics
