// `policy` with its rules `deny`, `warn` and `require`.
#include "compiler/program/block_reader.h"
#include "compiler/program/constructs.h"
#include "compiler/program/naming.h"

namespace space::program {

namespace {

using Effect = model::PolicyRuleDecl::Effect;
constexpr std::string_view k_effects[] = {"deny", "warn", "require"};  // as in Effect

std::optional<model::PolicyRuleDecl> read_rule(Context& context, const ChildBlock& child) {
  model::PolicyRuleDecl rule;
  rule.effect = static_cast<Effect>(child.type);
  const std::string_view keyword = k_effects[child.type];
  const bool named = read_header(context, child.node, keyword, k_one_name, rule);
  const Argument arguments[] = {
      {"when", &rule.when, Need::Required},
      {"message", &rule.message, Need::Required, "\"…\""},
  };
  read_body(context, child.node, {keyword, arguments, {}}, describe(keyword, rule.name),
            rule.header);
  if (!named) return std::nullopt;
  check_name(rule.name, NameRule::Folder, context.sink);
  return rule;
}

}  // namespace

std::optional<model::PolicyDecl> read_policy(Context& context, syntax::Node block) {
  model::PolicyDecl policy;
  const bool named = read_header(context, block, "policy", k_one_name, policy);
  const Argument arguments[] = {{"environments", &policy.environments}, {"rego", &policy.rego}};
  const std::string subject = describe("policy", policy.name);
  for (const ChildBlock& child :
       read_body(context, block, {"policy", arguments, k_effects}, subject, policy.header)) {
    take(read_rule(context, child), policy.rules);
  }
  settle_by_name(policy.rules, "rule", context.sink);
  if (!named) return std::nullopt;
  check_name(policy.name, NameRule::Folder, context.sink);
  return policy;
}

}  // namespace space::program
