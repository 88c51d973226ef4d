// Program: what the `.space` files of one compilation declare, merged, names not resolved yet. Pure
// data: made by compiler/program, const afterwards. Order of files and blocks has no meaning, so
// every list here is sorted by its names (ties, which are errors, by place). An expression that is
// absent is an invalid ExprId. What did not parse is left out or holds ExprKind::Invalid; its
// diagnostic was reported.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/eval/expression.h"
#include "core/source/span.h"

namespace space::model {

using eval::ExprId;
using source::Span;

struct Name {
  std::string text;
  Span span;
};

// name = value
struct Attribute {
  Name name;
  ExprId value;
  Span span;
};

struct Block;

// The inside of a block, in source order, as it stands: provider configurations and tofu's own
// blocks.
struct Body {
  std::vector<Attribute> attributes;
  std::vector<Block> blocks;
  Span span;  // between the braces
};

struct Block {
  Name type;
  std::vector<Name> labels;
  Body body;
  Span span;    // all of it
  Span header;  // type and labels
};

// What every declared thing has.
struct Declaration {
  Name name;
  std::string documentation;  // of `///` lines, without the slashes
  Span span;                  // all of the block
  Span header;                // keyword and labels: where a diagnostic about the whole points
};

struct ProjectDecl : Declaration {
  ExprId edition, contract, tofu;
  ExprId providers, sources;  // allow-lists
  std::vector<Attribute> lint;
};

struct EnvironmentDecl : Declaration {
  ExprId kind, promote_from, facts, spaces, approvals, identity, record, protect;
};

struct ProviderDecl : Declaration {
  ExprId source, version;
};

struct SecretDecl : Declaration {
  ExprId from_env, from_file, from_command, as;
};

struct RemoteDecl : Declaration {  // labels: type, name
  Name type;
  std::vector<Attribute> arguments;  // but for env
  std::vector<Block>
      blocks;  // `encryption "METHOD" { … }` and the backend's own (assume_role, workspaces …)
  ExprId environment;  // env = { … }
};

// `provider "hcloud" { … }` or `provider "hcloud" "label" { … }` in a space or a mission.
struct ProviderConfigDecl : Declaration {  // name: the provider
  Name label;                              // empty text: the default one
  ExprId regional;                         // regional = false
  Body body;                               // what goes to tofu; without `regional`
};

struct SpaceDecl : Declaration {
  ExprId remote, region;
  std::vector<ProviderConfigDecl> providers;
};

struct ValidationDecl {
  ExprId condition, error_message;
  Span span;
};

struct VariableDecl : Declaration {
  ExprId type, default_value, varies, min, max, pattern, one_of, sensitive, nullable, description,
      ephemeral;
  std::vector<ValidationDecl> validations;
};

struct LocalDecl {
  Name name;
  ExprId value;
  Span span;
};

struct OutputDecl : Declaration {  // of a procedure; `value` only where the body is in place
  ExprId type, value, sensitive, description;
};

struct ExportDecl : Declaration {  // of a mission
  ExprId type, value, sensitive, description;
};

// `moved { from = … to = … }`, `removed { from = … destroy = … }` of the language (top or mission).
struct MovedDecl {
  ExprId from, to;
  Span span;
};
struct RemovedDecl {
  ExprId from, destroy;
  Span span;
};

struct ProcedureDecl : Declaration {
  ExprId source, version, inputs, providers, for_each;
  std::vector<OutputDecl> outputs;
  std::vector<Block> body;  // resource, data, ephemeral, locals, module, check, import, moved,
                            // removed; in source order
  Span body_span;           // between the braces
};

struct StageDecl : Declaration {  // name: the label
  std::vector<ProcedureDecl> procedures;
};

struct ScaleDecl : Declaration {
  std::vector<Attribute> arguments;
};

struct MissionDecl : Declaration {
  ExprId spaces, environments, for_each, foundation, after;
  std::vector<VariableDecl> variables;
  std::vector<LocalDecl> locals;
  std::vector<StageDecl> stages;
  std::vector<ExportDecl> exports;
  std::vector<ProviderConfigDecl> providers;
  std::vector<ScaleDecl> scales;
  std::vector<MovedDecl> moved;
  std::vector<RemovedDecl> removed;
};

struct ValuesDecl : Declaration {  // name: the mission
  Name environment;                // empty text: for what does not vary
  std::vector<Attribute> values;
};

struct TypeDecl : Declaration {
  std::vector<Attribute> attributes;  // name = type
};

// interface "server" { input "x" { type default } output "y" { type } implementation "hcloud" {
// source = "…" } }
struct InterfaceInputDecl : Declaration {
  ExprId type, default_value, sensitive;
};
struct ImplementationDecl : Declaration {  // name: the provider
  ExprId source;
};
struct InterfaceDecl
    : Declaration {  // name: "server", or "std/server" where it comes from the standard library
  std::vector<InterfaceInputDecl> inputs;
  std::vector<OutputDecl> outputs;
  std::vector<ImplementationDecl> implementations;
};

struct PolicyRuleDecl : Declaration {
  enum class Effect : std::uint8_t { Deny, Warn, Require };
  Effect effect = Effect::Deny;
  ExprId when, message;
};
struct PolicyDecl : Declaration {
  ExprId environments, rego;
  std::vector<PolicyRuleDecl> rules;
};

// # spacec:allow SPC4102 reason="…"
struct AllowDirective {
  std::string code;
  std::string reason;
  Span span;   // of the comment
  Span scope;  // of the item that follows
};

struct Program {
  eval::ExprTree expressions;
  std::optional<ProjectDecl> project;
  std::vector<EnvironmentDecl> environments;
  std::vector<ProviderDecl> providers;
  std::vector<SecretDecl> secrets;
  std::vector<RemoteDecl> remotes;
  std::vector<SpaceDecl> spaces;
  std::vector<TypeDecl> types;
  std::vector<InterfaceDecl> interfaces;
  std::vector<MissionDecl> missions;
  std::vector<ValuesDecl> values;
  std::vector<LocalDecl> locals;
  std::vector<PolicyDecl> policies;
  std::vector<MovedDecl> moved;
  std::vector<RemovedDecl> removed;
  std::vector<AllowDirective> allows;
};

}  // namespace space::model
