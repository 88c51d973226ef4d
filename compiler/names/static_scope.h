// StaticScope: answers references of static expressions from a program in the making: locals
// (evaluated when asked), variables' values, flight and instance facts. What is only known later is
// unknown. Data in, values out; a local that reads itself gives unknown (check reports the cycle).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/names/context.h"
#include "core/eval/evaluate.h"

namespace space::names {

struct StaticPlace {
  model::MissionId mission;
  const model::Flight* flight = nullptr;  // null: outside any flight
  std::optional<std::string> instance_key;
  values::Value instance_value;
};

class StaticScope final : public eval::Scope {
 public:
  StaticScope(Context& context, StaticPlace place) : context_(context), place_(std::move(place)) {}
  std::optional<eval::ScopeAnswer> resolve(const eval::Traversal& reference) const override;

 private:
  values::Value local(const model::LocalDecl& decl) const;
  Context& context_;
  StaticPlace place_;
  mutable std::vector<const model::LocalDecl*> in_progress_;
};

// Evaluates in a place. File functions read relative to the file of the expression.
values::Value evaluate_static(Context& context, const StaticPlace& place, model::ExprId expr);

// Reports SPC2003 where a reference of the expression is not static, naming it; says whether all
// were. `what` reads like "`for_each` of mission `x`".
enum class Staticness { Static, Deferred };
Staticness require_static(Context& context, model::ExprId expr, const std::string& what);

// The value as a string (or whole number), after require_static; reports SPC2001 where it is
// something else.
std::optional<std::string> static_string(Context& context, const StaticPlace& place,
                                         model::ExprId expr, const std::string& what);
std::optional<std::int64_t> static_integer(Context& context, const StaticPlace& place,
                                           model::ExprId expr, const std::string& what);
std::optional<std::vector<std::string>> static_strings(Context& context, const StaticPlace& place,
                                                       model::ExprId expr, const std::string& what);
std::optional<bool> static_bool(Context& context, const StaticPlace& place, model::ExprId expr,
                                const std::string& what);

// settings.cpp: what declarations say of themselves (`sensitive`, `description`, `min` …).
void evaluate_settings(Context& context);

// keys.cpp: the instances of a mission, and the keys of a procedure, by their `for_each`.
void expand_mission(Context& context, model::MissionId id);
void expand_procedure(Context& context, model::Procedure& procedure);

}  // namespace space::names
