// `output` of a procedure (and of an interface), `export` of a mission: what can be read from
// outside.
#include "compiler/program/block_reader.h"
#include "compiler/program/constructs.h"
#include "compiler/program/naming.h"

namespace space::program {

namespace {

template <class Decl>
std::optional<Decl> read_outlet(Context& context, syntax::Node block, std::string_view keyword,
                                Need value, NameRule rule) {
  Decl outlet;
  const bool named = read_header(context, block, keyword, k_one_name, outlet);
  const Argument arguments[] = {
      {"type", &outlet.type, Need::Required, "…", k_types_help},
      {"value", &outlet.value, value},
      {"sensitive", &outlet.sensitive},
      {"description", &outlet.description},
  };
  read_body(context, block, {keyword, arguments, {}}, describe(keyword, outlet.name),
            outlet.header);
  if (!named) return std::nullopt;
  check_name(outlet.name, rule, context.sink);
  return outlet;
}

}  // namespace

// A module names its outputs itself, and whether a value belongs here depends on the procedure's
// body.
std::optional<model::OutputDecl> read_output(Context& context, syntax::Node block) {
  return read_outlet<model::OutputDecl>(context, block, "output", Need::Optional, NameRule::Tofu);
}

std::optional<model::ExportDecl> read_export(Context& context, syntax::Node block) {
  return read_outlet<model::ExportDecl>(context, block, "export", Need::Required, NameRule::Folder);
}

}  // namespace space::program
