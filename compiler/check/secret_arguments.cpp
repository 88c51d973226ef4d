// Which arguments want a secret, and which are kept in a state: by the provider's schema where one
// is known, by the table of the standard library besides.
#include "compiler/check/secrets.h"
#include "stdlib/secrets.h"

namespace space::check {

namespace {

// Tofu's own, inside a resource.
bool is_tofus(std::string_view block) {
  return block == "connection" || block == "lifecycle" || block == "provisioner";
}

class Visitor {
 public:
  Visitor(const Context& context, const model::ResourceType& of, std::string owner, bool is_stored,
          const VisitArgument& visit)
      : context_(context),
        of_(of),
        owner_(std::move(owner)),
        is_stored_(is_stored),
        visit_(visit),
        schema_known_(of.source.empty() || context.schemas.contains(of.source)
                          ? stdlib::SchemaKnown::Yes
                          : stdlib::SchemaKnown::No) {}

  void body(const model::Body& body, const model::BlockSchema* schema, const std::string& prefix) {
    for (const model::Attribute& written : body.attributes) {
      argument(prefix + written.name.text, written.value,
               schema == nullptr ? nullptr : schema->attribute(written.name.text));
    }
    for (const model::Block& inner : body.blocks) {
      if (inner.type.text == "provisioner") commands(inner);
      if (is_tofus(inner.type.text)) continue;
      const bool is_dynamic = inner.type.text == "dynamic" && !inner.labels.empty();
      const std::string& name = is_dynamic ? inner.labels[0].text : inner.type.text;
      const model::NestedBlockSchema* nested = schema == nullptr ? nullptr : schema->block(name);
      const model::BlockSchema* inside = nested == nullptr ? nullptr : nested->block.get();
      if (!is_dynamic) {
        this->body(inner.body, inside, prefix + name + ".");
        continue;
      }
      for (const model::Block& content : inner.body.blocks) {
        if (content.type.text == "content") this->body(content.body, inside, prefix + name + ".");
      }
    }
  }

 private:
  // Command lines, which every process of a machine can read.
  void commands(const model::Block& provisioner) {
    for (const model::Attribute& written : provisioner.body.attributes) {
      const std::string path = "provisioner." + written.name.text;
      if (stdlib::is_command_line(path)) visit_({path, owner_, written.value, false, false});
    }
  }

  void argument(const std::string& path, eval::ExprId value,
                const model::AttributeSchema* attribute) {
    if (attribute != nullptr && attribute->nested != nullptr && !attribute->sensitive &&
        objects(path, value, *attribute->nested))
      return;
    const bool marked = attribute != nullptr && (attribute->sensitive || attribute->write_only);
    const bool listed = stdlib::is_secret_argument({of_.source, of_.type, path, schema_known_});
    visit_({path, owner_, value, marked || listed,
            is_stored_ && !(attribute != nullptr && attribute->write_only)});
  }

  // Objects that are written out, attribute by attribute; false where they are not.
  bool objects(const std::string& path, eval::ExprId value, const model::BlockSchema& schema) {
    const eval::ExprTree& tree = context_.program.tree();
    value = eval::without_parens(tree, value);
    const auto items = tree.children(value);
    if (tree[value].kind == eval::ExprKind::Tuple) {
      bool all = true;
      for (const eval::ExprId item : items) all = objects(path, item, schema) && all;
      return all;
    }
    if (tree[value].kind != eval::ExprKind::Object) return false;
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
      const auto name = eval::literal_string(tree, items[i]);
      const model::AttributeSchema* attribute = name ? schema.attribute(*name) : nullptr;
      if (attribute == nullptr) {  // a key of a map of objects
        if (!objects(path, items[i + 1], schema)) argument(path, items[i + 1], nullptr);
        continue;
      }
      argument(path + "." + *name, items[i + 1], attribute);
    }
    return true;
  }

  const Context& context_;
  const model::ResourceType& of_;
  std::string owner_;
  bool is_stored_;
  const VisitArgument& visit_;
  stdlib::SchemaKnown schema_known_;
};

}  // namespace

void visit_arguments(const Context& context, const model::Block& resource,
                     const VisitArgument& visit) {
  const model::ResourceType of = model::resource_type(context.program, resource);
  const std::string prefix = of.kind == model::SchemaKind::Resource ? "" : resource.type.text + ".";
  Visitor(context, of, prefix + of.type, of.kind != model::SchemaKind::Ephemeral, visit)
      .body(resource.body, model::find_schema(context.schemas, of), "");
}

void visit_arguments(const Context& context, const model::ProviderConfig& config,
                     const VisitArgument& visit) {
  if (!config.provider.valid()) return;
  const model::ResourceType of{model::SchemaKind::Provider, "",
                               model::provider_source(context.program, config.provider)};
  Visitor(context, of, "provider " + config.decl->name.text, false, visit)
      .body(config.decl->body, model::find_schema(context.schemas, of), "");
}

}  // namespace space::check
