#include "compiler/program/tofu_shapes.h"

namespace space::program {

namespace {

constexpr ArgumentShape k_rule_arguments[] = {{"condition", Form::Condition, Need::Required},
                                              {"error_message", Form::Text, Need::Required}};
constexpr BlockShape k_precondition{"precondition", "no labels", 0, k_rule_arguments, {}};
constexpr BlockShape k_postcondition{"postcondition", "no labels", 0, k_rule_arguments, {}};
constexpr BlockShape k_assert{"assert", "no labels", 0, k_rule_arguments, {}};
constexpr InnerBlock k_rules[] = {{&k_precondition, Often::Any}, {&k_postcondition, Often::Any}};

constexpr ArgumentShape k_lifecycle_arguments[] = {{"create_before_destroy", Form::Flag},
                                                   {"prevent_destroy"},
                                                   {"destroy", Form::Flag},
                                                   {"ignore_changes", Form::Attributes},
                                                   {"enabled"},
                                                   {"replace_triggered_by", Form::Resources}};
constexpr BlockShape k_lifecycle{"lifecycle", "no labels", 0, k_lifecycle_arguments, k_rules};
constexpr ArgumentShape k_enabled[] = {{"enabled"}};
constexpr BlockShape k_lookup_lifecycle{"lifecycle", "no labels", 0, k_enabled, k_rules};
constexpr BlockShape k_module_lifecycle{"lifecycle", "no labels", 0, k_enabled, {}};

constexpr ArgumentShape k_connection_arguments[] = {
    {"type", Form::Text},         {"user", Form::Text},
    {"password", Form::Text},     {"host", Form::Text},
    {"port", Form::Text},         {"timeout", Form::Text},
    {"script_path", Form::Text},  {"target_platform", Form::Text},
    {"private_key", Form::Text},  {"certificate", Form::Text},
    {"host_key", Form::Text},     {"agent", Form::Text},
    {"proxy_host", Form::Text},   {"proxy_scheme", Form::Text},
    {"proxy_port", Form::Text},   {"proxy_user_name", Form::Text},
    {"bastion_host", Form::Text}, {"proxy_user_password", Form::Text},
    {"bastion_port", Form::Text}, {"bastion_host_key", Form::Text},
    {"bastion_user", Form::Text}, {"bastion_private_key", Form::Text},
    {"https", Form::Text},        {"bastion_certificate", Form::Text},
    {"insecure", Form::Text},     {"bastion_password", Form::Text},
    {"cacert", Form::Text},       {"agent_identity", Form::Text},
    {"use_ntlm", Form::Text}};
constexpr BlockShape k_connection{"connection", "no labels", 0, k_connection_arguments, {}};

// What else a provisioner takes is its own: provisioner_arguments.
constexpr ArgumentShape k_provisioner_arguments[] = {{"when", Form::When},
                                                     {"on_failure", Form::OnFailure}};
constexpr InnerBlock k_provisioner_blocks[] = {{&k_connection}};
constexpr BlockShape k_provisioner{
    "provisioner", "a type", 1, k_provisioner_arguments, k_provisioner_blocks, Others::Arguments};
constexpr ArgumentShape k_local_exec[] = {{"command", Form::Text, Need::Required},
                                          {"working_dir", Form::Text},
                                          {"interpreter"},
                                          {"environment"},
                                          {"quiet"}};
constexpr ArgumentShape k_file[] = {
    {"source"}, {"content"}, {"destination", Form::Text, Need::Required}};
constexpr ArgumentShape k_remote_exec[] = {{"inline"}, {"script", Form::Text}, {"scripts"}};

constexpr ArgumentShape k_meta[] = {
    {"count"}, {"for_each"}, {"depends_on", Form::Addresses}, {"provider", Form::Provider}};
constexpr InnerBlock k_resource_blocks[] = {
    {&k_lifecycle}, {&k_connection}, {&k_provisioner, Often::Any}};
constexpr InnerBlock k_lookup_blocks[] = {{&k_lookup_lifecycle}};
constexpr BlockShape k_data{"data", "a type and a name", 2,
                            k_meta, k_lookup_blocks,     Others::ArgumentsAndBlocks};

constexpr ArgumentShape k_module_arguments[] = {{"source", Form::Text},
                                                {"version", Form::Text},
                                                {"count"},
                                                {"depends_on", Form::Addresses},
                                                {"for_each"},
                                                {"providers", Form::Providers}};
constexpr InnerBlock k_module_blocks[] = {{&k_module_lifecycle}};

constexpr InnerBlock k_check_blocks[] = {{&k_data}, {&k_assert, Often::AtLeastOnce}};
constexpr ArgumentShape k_import_arguments[] = {{"to", Form::Address, Need::Required},
                                                {"id"},
                                                {"identity"},
                                                {"for_each"},
                                                {"provider", Form::Provider}};
constexpr ArgumentShape k_moved_arguments[] = {{"from", Form::Address, Need::Required},
                                               {"to", Form::Address, Need::Required}};
constexpr ArgumentShape k_removed_arguments[] = {{"from", Form::Address, Need::Required}};
constexpr ArgumentShape k_destroy[] = {{"destroy", Form::Flag}};
constexpr BlockShape k_removed_lifecycle{"lifecycle", "no labels", 0, k_destroy, {}};
constexpr InnerBlock k_removed_blocks[] = {{&k_removed_lifecycle}, {&k_provisioner, Often::Any}};

constexpr BlockShape k_shapes[] = {
    {"resource", "a type and a name", 2, k_meta, k_resource_blocks, Others::ArgumentsAndBlocks},
    k_data,
    {"ephemeral", "a type and a name", 2, k_meta, k_lookup_blocks, Others::ArgumentsAndBlocks},
    {"module", "a name", 1, k_module_arguments, k_module_blocks, Others::Arguments},
    {"locals", "no labels", 0, {}, {}, Others::Arguments},
    {"check", "a name", 1, {}, k_check_blocks},
    {"import", "no labels", 0, k_import_arguments, {}},
    {"moved", "no labels", 0, k_moved_arguments, {}},
    {"removed", "no labels", 0, k_removed_arguments, k_removed_blocks},
};

// `content` takes what the schema of the block says that it makes.
constexpr BlockShape k_content{"content", "no labels", 0, {}, {}, Others::ArgumentsAndBlocks};
constexpr ArgumentShape k_dynamic_arguments[] = {
    {"for_each", Form::Anything, Need::Required}, {"iterator"}, {"labels"}};
constexpr InnerBlock k_dynamic_blocks[] = {{&k_content, Often::AtLeastOnce}};
constexpr BlockShape k_dynamic{"dynamic", "the block's type", 1, k_dynamic_arguments,
                               k_dynamic_blocks};

}  // namespace

const BlockShape* find_shape(std::string_view type) {
  for (const BlockShape& shape : k_shapes) {
    if (shape.type == type) return &shape;
  }
  return nullptr;
}

const BlockShape& dynamic_shape() { return k_dynamic; }

std::span<const ArgumentShape> provisioner_arguments(std::string_view name) {
  if (name == "local-exec") return k_local_exec;
  if (name == "remote-exec") return k_remote_exec;
  return name == "file" ? std::span<const ArgumentShape>(k_file) : std::span<const ArgumentShape>();
}

}  // namespace space::program
