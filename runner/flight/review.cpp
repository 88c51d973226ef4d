#include "runner/flight/review.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <utility>
#include <variant>

#include "core/base/strings.h"
#include "core/runplan/run_plan_json.h"
#include "core/values/render.h"
#include "runner/secrets/secret_store.h"

namespace space::flight {

namespace {

constexpr std::size_t k_key_digits = 16;

bool holds_seals(const plans::ReviewedPlan& reviewed) {
  return std::any_of(
      reviewed.procedures.begin(), reviewed.procedures.end(), [](const auto& procedure) {
        const auto& plan = procedure.plan;
        return !procedure.inputs.empty() ||
               std::any_of(plan.objects.begin(), plan.objects.end(),
                           [](const auto& one) { return plans::has_seal(one.values); }) ||
               std::any_of(plan.outputs.begin(), plan.outputs.end(),
                           [](const auto& one) { return plans::has_seal(one.second.values); });
      });
}

// By rule: what is wrong, in words.
constexpr std::array<std::string_view, 15> k_summaries{
    "",
    "what it was given is not what was reviewed",
    "another change than the reviewed one",
    "a reviewed change is not there any more",
    "something else forces a replacement",
    "a value is not the reviewed one",
    "a value of a new object is not the reviewed one",
    "elements are not the reviewed ones",
    "what was sensitive would be shown",
    "an output is not the reviewed one",
    "something was changed elsewhere since it was reviewed",
    "a data source is read that was not",
    "it comes from somewhere else",
    "nothing could be reviewed of it, and now it is known",
    "tofu gives another reason for it"};

// Which outputs and secrets it takes in, and where they come from: its own files do not say it all.
std::string record_of(const runplan::RunPlan& plan, const runplan::Root& root) {
  std::set<std::string> used;
  for (const runplan::Variable& variable : root.variables) {
    if (const auto* secret = std::get_if<runplan::FromSecret>(&variable.source))
      used.insert(secret->secret);
  }
  for (const auto& [variable, secret] : root.state.environment) used.insert(secret);
  runplan::RunPlan alone;
  alone.roots.push_back(root);
  runplan::Flight flight;
  if (const runplan::Flight* found = runplan::find_flight(plan, root.flight)) {
    std::copy_if(found->secrets.begin(), found->secrets.end(), std::back_inserter(flight.secrets),
                 [&used](const runplan::Secret& one) { return used.count(one.name) > 0; });
  }
  alone.flights.push_back(std::move(flight));
  return runplan::write_run_plan(alone);
}

}  // namespace

plans::Seal seal_with(std::string key) {
  return
      [key = std::move(key)](std::string_view json) { return secrets::hmac_sha256_hex(key, json); };
}

std::string name_of_key(const std::string& key) {
  return secrets::hmac_sha256_hex(key, plans::k_reviewed_schema).substr(0, k_key_digits);
}

base::Result<Parts> ReviewedParts::of(const runplan::Root& root) {
  SPACE_TRY(RootDigests digests, digester_.digest(root));
  Parts parts = std::move(digests.parts);
  parts["tofu"] = part_digest(plan_.project.tofu + " " + tofu_sha256_);
  parts["the remote"] =
      part_digest(root.state.type + " " + root.state.address + " " + root.state.path);
  parts["what the run plan says of it"] = part_digest(record_of(plan_, root));
  return parts;
}

std::optional<base::Error> refuse_unreviewed(const plans::ReviewedPlan& reviewed,
                                             const runplan::RunPlan& plan,
                                             const std::vector<std::size_t>& roots,
                                             ReviewedParts& parts, const std::string& key) {
  const std::string again = "review again: `space preview TARGET --save FILE`";
  if (reviewed.key != name_of_key(key) && holds_seals(reviewed)) {
    return base::Error{
        "what was reviewed is sealed with another key than this project has",
        "sensitive values cannot be compared; review and apply in one project's folder, or bring "
        "its `.space/hmac.key` along"};
  }
  std::set<std::string_view> here;
  for (const std::size_t index : roots) here.insert(plan.roots[index].id);
  for (const plans::ReviewedProcedure& procedure : reviewed.procedures) {
    if (!here.contains(procedure.root))
      return base::Error{"`" + procedure.root + "` was reviewed, and is not here any more", again};
  }
  for (const std::size_t index : roots) {
    const runplan::Root& root = plan.roots[index];
    const plans::ReviewedProcedure* procedure = reviewed.find(root.id);
    if (procedure == nullptr)
      return base::Error{"`" + root.id + "` is not in what was reviewed", again};
    using Verdict = runplan::PreviewVerdict;
    if (procedure->verdict == Verdict::Apart || procedure->verdict == Verdict::Failed) continue;
    auto now = parts.of(root);
    if (!now) return now.error();
    const std::vector<std::string> names = differing_parts(procedure->parts, *now);
    if (!names.empty()) {
      return base::Error{"`" + root.id + "` is not what was reviewed: " + parts_in_words(names) +
                             (names.size() == 1 ? " differs" : " differ"),
                         again};
    }
  }
  return std::nullopt;
}

Given given_outputs(const runplan::Root& root, const std::string& variables_json) {
  std::string error;
  const auto all = values::from_json(base::trim(variables_json), error);
  Given given;
  if (!all || all->is_null() || all->kind() != values::TypeKind::Object) return given;
  for (const runplan::Variable& variable : root.variables) {
    if (variable.ephemeral || !std::holds_alternative<runplan::FromOutput>(variable.source))
      continue;
    const auto found = all->as_map().find(variable.name);
    if (found != all->as_map().end()) given[variable.name] = found->second;
  }
  return given;
}

std::vector<plans::Finding> hold_to_review(const plans::ReviewedProcedure& reviewed,
                                           const plans::PlanDocument& real, const Given& given,
                                           const plans::Seal& seal) {
  std::vector<plans::Finding> findings = plans::check_inputs(given, real);
  for (const auto& [name, value] : given) {
    const auto known = reviewed.inputs.find(name);
    if (known != reviewed.inputs.end() && known->second != seal(values::to_json(value)))
      findings.push_back({plans::Rule::Inputs, plans::Severity::Stop, "var." + name, "",
                          "a known value", "another value"});
  }
  for (plans::Finding& finding : plans::refine(reviewed.plan, real, seal))
    findings.push_back(std::move(finding));
  return findings;
}

std::string other_plugins(const plans::ReviewedProcedure& reviewed,
                          const std::map<std::string, std::string>& versions) {
  for (const auto& [address, version] : versions) {
    const auto seen = reviewed.plugins.find(address);
    const std::string now = "provider `" + address + "` is of version " + version + " now, and ";
    if (seen == reviewed.plugins.end()) return now + "was not there when it was reviewed";
    if (seen->second != version) return now + seen->second + " was reviewed";
  }
  return "";
}

std::string other_state(const StateMark& seen, const tofu::StateFacts& facts,
                        std::string_view how) {
  if (facts.lineage == seen.lineage && facts.serial == seen.serial) return "";
  const std::string then = " when it was " + std::string(how);
  if (facts.lineage != seen.lineage) {
    if (seen.lineage.empty()) return "it had no state" + then + ", and has one now";
    return facts.lineage.empty() ? "its state is gone" : "its state is another one";
  }
  return "its state has serial " + std::to_string(facts.serial) + ", and had " +
         std::to_string(seen.serial) + then;
}

runplan::RunDiagnostic diagnostic_of(const plans::Finding& finding) {
  runplan::RunDiagnostic diagnostic;
  diagnostic.is_error = finding.severity == plans::Severity::Stop;
  diagnostic.summary = k_summaries[static_cast<std::size_t>(finding.rule)];
  diagnostic.detail = plans::text_of(finding);
  diagnostic.address = finding.address;
  return diagnostic;
}

}  // namespace space::flight
