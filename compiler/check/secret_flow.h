// SecretFlow: which expressions bring a secret: `secret.x`, a variable that is secret, an output or
// export that is sensitive, an attribute that its provider's schema marks. Also who says that
// something is secret. Reports nothing. Not for other rooms.
#pragma once

#include "compiler/check/flow.h"

namespace space::check {

// `sensitive = true`, or `varies = "secret"`.
bool is_secret_variable(const model::ResolvedProgram& program, const model::VariableDecl& decl);

class SecretFlow final : public Flow {
 public:
  using Flow::Flow;

 protected:
  std::optional<Carrier> source(const Read& read) override;

 private:
  bool of_body(const Read& read) const;
  bool of_resource(const Read& read, const model::Block& block, std::size_t steps) const;
};

}  // namespace space::check
