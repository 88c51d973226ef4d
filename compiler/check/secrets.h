// The two halves of law 7: where secrets flow, and where they are written out. Both look at the
// arguments of bodies in place; `arguments` is that walk. Not for other rooms.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "compiler/check/secret_flow.h"

namespace space::check {

// An argument of a resource, data source, ephemeral resource or provider configuration, or an
// attribute of an object in it that its schema describes.
struct SecretArgument {
  const std::string& path;   // with the blocks that it stands in: "bgp.md5_key"
  const std::string& owner;  // "hcloud_server", "provider hcloud"
  eval::ExprId value;
  bool is_secret = false;  // it wants a secret: by its schema, or by the table
  bool is_stored = false;  // what it is given is kept in the state
};
using VisitArgument = std::function<void(const SecretArgument&)>;

void visit_arguments(const Context& context, const model::Block& resource,
                     const VisitArgument& visit);
void visit_arguments(const Context& context, const model::ProviderConfig& config,
                     const VisitArgument& visit);

void check_secret_flow(Context& context);
void check_secret_literals(Context& context);
void check_secret_values(Context& context);  // variables: their values and defaults
void check_secret_files(Context& context);

}  // namespace space::check
