// `remote "TYPE" "NAME"`: which arguments a type takes is a table of the model's and
// compiler/check's to hold it to.
#include "compiler/program/block_reader.h"
#include "compiler/program/constructs.h"
#include "compiler/program/naming.h"

namespace space::program {

namespace {

std::string_view first_label(const model::Block& block) {
  return block.labels.empty() ? std::string_view() : std::string_view(block.labels[0].text);
}

}  // namespace

std::optional<model::RemoteDecl> read_remote(Context& context, syntax::Node block) {
  constexpr Labels k_labels{2, 2, "two labels, its type and its name"};
  model::RemoteDecl remote;
  std::vector<model::Name> labels;
  const bool named = read_header(context, block, "remote", k_labels, remote, &labels);
  if (named) {
    remote.type = std::move(labels[0]);
    remote.name = std::move(labels[1]);
  }
  const Argument arguments[] = {{"env", &remote.environment}};
  const std::string subject = describe("remote", remote.name);
  read_body(context, block, {"remote", arguments, {}, &remote.arguments, &remote.blocks}, subject,
            remote.header);
  sort_by_text(remote.arguments,
               [](const model::Attribute& it) { return std::string_view(it.name.text); });
  sort_by_text(remote.blocks, [](const model::Block& it) {
    return std::pair(std::string_view(it.type.text), first_label(it));
  });
  for (std::size_t i = 1; i < remote.blocks.size(); ++i) {
    const model::Block& first = remote.blocks[i - 1];
    const model::Block& second = remote.blocks[i];
    if (second.type.text != first.type.text) continue;
    context.sink.report(diagnostics::duplicate_block, second.header, subject, second.type.text)
        .related(first.header, "the other one");
  }
  if (!named) return std::nullopt;
  check_name(remote.name, NameRule::Folder, context.sink);
  return remote;
}

}  // namespace space::program
