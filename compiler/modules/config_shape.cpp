#include "compiler/modules/config_shape.h"

namespace space::modules {

namespace {

constexpr ArgumentShape k_variable[] = {{"type", Reading::Expression}};
constexpr BlockShape k_variable_blocks[] = {{.type = "validation"}};
constexpr ArgumentShape k_output[] = {{"value", Reading::Template}, {"depends_on", Reading::Skip}};
constexpr BlockShape k_output_blocks[] = {{.type = "precondition"}};
constexpr ArgumentShape k_module[] = {{"source", Reading::Template}, {"version", Reading::Template},
                                      {"count", Reading::Literal},   {"for_each", Reading::Literal},
                                      {"providers", Reading::Skip},  {"depends_on", Reading::Skip}};
constexpr ArgumentShape k_user[] = {{"provider", Reading::Expression}};
constexpr ArgumentShape k_terraform[] = {{"required_version", Reading::Literal}};
constexpr BlockShape k_terraform_blocks[] = {
    {.type = "required_providers", .others = Reading::Requirement}};
constexpr ArgumentShape k_compatible[] = {{"opentofu", Reading::Literal}};
constexpr BlockShape k_language_blocks[] = {{.type = "compatible_with", .arguments = k_compatible}};
constexpr BlockShape k_check_blocks[] = {{.type = "data", .labels = 2, .arguments = k_user}};

constexpr BlockShape k_blocks[] = {
    {.type = "variable",
     .labels = 1,
     .others = Reading::Literal,
     .arguments = k_variable,
     .blocks = k_variable_blocks},
    {.type = "output",
     .labels = 1,
     .others = Reading::Literal,
     .arguments = k_output,
     .blocks = k_output_blocks},
    {.type = "locals", .others = Reading::Template},
    {.type = "module", .labels = 1, .others = Reading::Template, .arguments = k_module},
    {.type = "terraform", .arguments = k_terraform, .blocks = k_terraform_blocks},
    {.type = "language", .blocks = k_language_blocks},
    {.type = "resource", .labels = 2, .arguments = k_user},
    {.type = "data", .labels = 2, .arguments = k_user},
    {.type = "ephemeral", .labels = 2, .arguments = k_user},
    {.type = "provider", .labels = 1},
    {.type = "check", .labels = 1, .blocks = k_check_blocks},
    {.type = "moved"},
    {.type = "import"},
    {.type = "removed"},
};
constexpr BlockShape k_file = {.type = "", .blocks = k_blocks};

constexpr BlockShape k_judges[] = {{.type = "precondition", .others = Reading::Template},
                                   {.type = "postcondition", .others = Reading::Template}};
constexpr BlockShape k_connection[] = {{.type = "connection", .others = Reading::Template}};
constexpr ArgumentShape k_dynamic[] = {{"iterator", Reading::Skip}};
constexpr ArgumentShape k_meta[] = {
    {"provider", Reading::Expression}, {"providers", Reading::Skip}, {"depends_on", Reading::Skip}};
constexpr ArgumentShape k_lifecycle[] = {{"ignore_changes", Reading::Skip},
                                         {"replace_triggered_by", Reading::Skip}};
constexpr BlockShape k_resource_blocks[] = {
    {.type = "lifecycle",
     .others = Reading::Template,
     .arguments = k_lifecycle,
     .blocks = k_judges},
    {.type = "provisioner", .labels = 1, .others = Reading::Template, .blocks = k_connection},
    {.type = "connection", .others = Reading::Template},
    {.type = "dynamic", .labels = 1, .others = Reading::Template, .arguments = k_dynamic},
};
constexpr BlockShape k_whole_blocks[] = {
    {.type = "variable", .labels = 1},
    {.type = "output", .labels = 1, .arguments = k_output},
    {.type = "locals", .others = Reading::Template},
    {.type = "module", .labels = 1, .others = Reading::Template, .arguments = k_meta},
    {.type = "resource",
     .labels = 2,
     .others = Reading::Template,
     .arguments = k_meta,
     .blocks = k_resource_blocks},
    {.type = "data",
     .labels = 2,
     .others = Reading::Template,
     .arguments = k_meta,
     .blocks = k_resource_blocks},
    {.type = "ephemeral",
     .labels = 2,
     .others = Reading::Template,
     .arguments = k_meta,
     .blocks = k_resource_blocks},
    {.type = "provider", .labels = 1, .others = Reading::Template},
    {.type = "import", .others = Reading::Template},
};
constexpr BlockShape k_whole_file = {.type = "", .blocks = k_whole_blocks};

}  // namespace

const BlockShape& file_shape() { return k_file; }
const BlockShape& whole_file_shape() { return k_whole_file; }

const BlockShape* find_block(const BlockShape& in, std::string_view type) {
  for (const BlockShape& block : in.blocks) {
    if (block.type == type) return &block;
  }
  return nullptr;
}

Reading reading_of(const BlockShape& block, std::string_view argument) {
  for (const ArgumentShape& it : block.arguments) {
    if (it.name == argument) return it.reading;
  }
  return block.others;
}

}  // namespace space::modules
