// One reader a construct, each in a file of its own name. In: the context and the block. Out: its
// declaration, or nothing where it has no name. Every reader reports what is wrong with its own
// block and goes on.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "compiler/program/context.h"
#include "compiler/program/naming.h"

namespace space::program {

std::optional<model::ProjectDecl> read_project(Context& context, syntax::Node block);
std::optional<model::EnvironmentDecl> read_environment(Context& context, syntax::Node block);
std::optional<model::ProviderDecl> read_provider(Context& context, syntax::Node block);
std::optional<model::SecretDecl> read_secret(Context& context, syntax::Node block);
std::optional<model::RemoteDecl> read_remote(Context& context, syntax::Node block);
std::optional<model::SpaceDecl> read_space(Context& context, syntax::Node block);
std::optional<model::ProviderConfigDecl> read_provider_config(Context& context, syntax::Node block);
void settle_provider_configs(Context& context, std::vector<model::ProviderConfigDecl>& configs,
                             Repeats repeats);
std::optional<model::TypeDecl> read_type(Context& context, syntax::Node block);
std::optional<model::InterfaceDecl> read_interface(Context& context, syntax::Node block);
std::optional<model::MissionDecl> read_mission(Context& context, syntax::Node block);
// One of a name: a second one is reported, and what it declares is taken in without a further word,
// so that whoever reads it is not blamed.
void settle_missions(Context& context, std::vector<model::MissionDecl>& missions);
std::optional<model::VariableDecl> read_variable(Context& context, syntax::Node block);
std::optional<model::StageDecl> read_stage(Context& context, syntax::Node block);
std::optional<model::ProcedureDecl> read_procedure(Context& context, syntax::Node block);
std::optional<model::OutputDecl> read_output(Context& context, syntax::Node block);
std::optional<model::ExportDecl> read_export(Context& context, syntax::Node block);
std::optional<model::ScaleDecl> read_scale(Context& context, syntax::Node block);
std::optional<model::ValuesDecl> read_values(Context& context, syntax::Node block);
std::optional<model::PolicyDecl> read_policy(Context& context, syntax::Node block);
void read_locals(Context& context, syntax::Node block, std::vector<model::LocalDecl>& locals);
model::MovedDecl read_moved(Context& context, syntax::Node block);
model::RemovedDecl read_removed(Context& context, syntax::Node block);
void settle_moves(Context& context, std::vector<model::MovedDecl>& moved,
                  std::vector<model::RemovedDecl>& removed);

// Appends what a reader gave.
template <class Item>
void take(std::optional<Item> item, std::vector<Item>& into) {
  if (item) into.push_back(std::move(*item));
}

}  // namespace space::program
