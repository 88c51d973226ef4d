// What the tests of refinement share: plans as short as they can be written, and findings as short
// as they can be told: "stop 5 tags.k" is a Stop of rule 5 at that place.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "core/base/hash.h"
#include "runner/plans/refine.h"

namespace space::refining {

using plans::Action;
using plans::Severity;

inline const plans::Seal k_seal = [](std::string_view json) {
  return base::sha256_hex("a key " + std::string(json));
};

inline plans::PlanDocument plan_of(const std::string& changes, const std::string& more = "") {
  auto read = plans::read_plan(R"({"format_version":"1.2","resource_changes":[)" + changes + "]" +
                               more + "}");
  REQUIRE(read);
  return std::move(*read);
}

// One object, `x.a`, whose change is `text` without its braces.
inline std::string object(const std::string& text, const std::string& more = "") {
  return R"({"address":"x.a","mode":"managed",)" + more + R"("change":{)" + text + "}}";
}

inline plans::Reviewed reviewed_of(const plans::PlanDocument& document) {
  plans::Reviewed reviewed;
  for (plans::Change change : document.objects) {
    if (!plans::has_meaning(change)) continue;
    change.values = plans::sealed(change.values, k_seal);
    reviewed.objects.push_back(std::move(change));
  }
  for (auto [name, change] : document.outputs) {
    change.values = plans::sealed(change.values, k_seal);
    reviewed.outputs[name] = std::move(change);
  }
  reviewed.drift = document.drift;
  return reviewed;
}

inline std::string told(const std::vector<plans::Finding>& findings) {
  std::string text;
  for (const plans::Finding& one : findings) {
    if (!text.empty()) text += "; ";
    text += one.severity == Severity::Stop ? "stop " : "note ";
    text += std::to_string(static_cast<int>(one.rule));
    if (!one.path.empty()) text += " " + one.path;
  }
  return text;
}

inline std::string refined(const std::string& reviewed, const std::string& real,
                           const std::string& reviewed_more = "",
                           const std::string& real_more = "") {
  return told(plans::refine(reviewed_of(plan_of(reviewed, reviewed_more)), plan_of(real, real_more),
                            k_seal));
}

inline const char* const k_create =
    R"("actions":["create"],"after":{"a":1,"b":"x"},"after_unknown":{"id":true})";
inline const char* const k_update =
    R"("actions":["update"],"before":{"id":"i","a":1,"b":"x"},"after":{"id":"i","a":2,"b":"x"})";
inline const char* const k_unknown =
    R"("actions":["update"],"before":{"a":1,"b":"x"},"after":{"b":"x"},"after_unknown":{"a":true})";
inline const char* const k_no_op = R"("actions":["no-op"],"before":{"a":1},"after":{"a":1})";
inline const char* const k_replace =
    R"("actions":["delete","create"],"before":{"id":"i","a":1},"after":{"a":2},"after_unknown":{"id":true},"replace_paths":[["a"]])";

}  // namespace space::refining
