#include "compiler/program/block_reader.h"
#include "compiler/program/constructs.h"
#include "compiler/program/naming.h"

namespace space::program {

std::optional<model::SecretDecl> read_secret(Context& context, syntax::Node block) {
  model::SecretDecl secret;
  const bool named = read_header(context, block, "secret", k_one_name, secret);
  const Argument arguments[] = {
      {"from_env", &secret.from_env},
      {"from_file", &secret.from_file},
      {"from_command", &secret.from_command},
      {"as", &secret.as},
  };
  read_body(context, block, {"secret", arguments, {}}, describe("secret", secret.name),
            secret.header);
  if (!named) return std::nullopt;
  check_name(secret.name, NameRule::Folder, context.sink);
  return secret;
}

}  // namespace space::program
