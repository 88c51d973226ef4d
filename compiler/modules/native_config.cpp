#include "compiler/modules/native_config.h"

#include <string>
#include <string_view>
#include <utility>

#include "compiler/modules/config_shape.h"
#include "compiler/program/block_reader.h"
#include "compiler/program/expressions.h"

namespace space::modules {

namespace {

using syntax::Node;
using syntax::SyntaxKind;

class NativeReader {
 public:
  NativeReader(eval::ExprTree& expressions, ModuleSink& sink)
      : expressions_(expressions), sink_(sink) {}

  void read_body(Node body, const BlockShape& shape, model::Body& into) {
    for (Node item = body.first_child(); item; item = item.next_sibling(body)) {
      const Node name = item.child(SyntaxKind::Identifier);
      if (!name) continue;
      if (item.is(SyntaxKind::Attribute)) {
        read_argument(item, name, reading_of(shape, name.text()), into);
      } else if (item.is(SyntaxKind::Block)) {
        const BlockShape* block = find_block(shape, name.text());
        if (block != nullptr || &shape == &file_shape())
          into.blocks.push_back(read_block(item, name, block));
      }
    }
  }

 private:
  void read_argument(Node item, Node name, Reading reading, model::Body& into) {
    const Node value = item.expression();
    if (reading == Reading::Skip || !value) return;
    into.attributes.push_back({{std::string(name.text()), name.span()},
                               program::build_expression(value, expressions_, sink_),
                               item.span()});
  }

  model::Block read_block(Node node, Node type, const BlockShape* shape) {
    model::Block block;
    block.type = {std::string(type.text()), type.span()};
    block.labels = program::labels_of(node);
    block.span = node.span();
    block.header = program::header_of(node);
    if (const Node body = node.child(SyntaxKind::Body); body && shape != nullptr)
      read_body(body, *shape, block.body);
    return block;
  }

  eval::ExprTree& expressions_;
  ModuleSink& sink_;
};

}  // namespace

std::vector<model::Block> native_blocks(const syntax::SyntaxTree& file, eval::ExprTree& expressions,
                                        ModuleSink& sink) {
  model::Body body;
  NativeReader(expressions, sink).read_body(file.root(), file_shape(), body);
  return std::move(body.blocks);
}

}  // namespace space::modules
