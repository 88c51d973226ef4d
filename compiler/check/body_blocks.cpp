#include <algorithm>
#include <map>
#include <set>

#include "compiler/check/bodies.h"
#include "core/values/convert.h"

namespace space::check {

namespace {

using model::AttributeSchema;
using model::BlockSchema;
using model::NestedBlockSchema;
using model::Nesting;
using values::Type;
using values::TypeKind;
using values::Value;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_tofus_argument(BodyPlace place, std::string_view name) {
  switch (place) {
    case BodyPlace::Resource:
    case BodyPlace::Data:
    case BodyPlace::Ephemeral:
      return is_one_of(name, {"count", "for_each", "depends_on", "provider"});
    case BodyPlace::Configuration:
      return is_one_of(name, {"alias", "version", "for_each"});
    case BodyPlace::Nested:
      return false;
  }
  return false;
}

bool is_tofus_block(BodyPlace place, std::string_view name) {
  if (name == "_") return true;  // for arguments that are called as tofu's own
  switch (place) {
    case BodyPlace::Resource:
      return is_one_of(name, {"lifecycle", "connection", "provisioner"});
    case BodyPlace::Data:
    case BodyPlace::Ephemeral:
      return name == "lifecycle";
    default:
      return false;
  }
}

// An attribute that is a list or set of objects may be written as blocks: older providers have
// blocks that can also be set to [].
bool may_stand_as_blocks(const AttributeSchema& attribute) {
  const bool is_many =
      attribute.type.kind() == TypeKind::List || attribute.type.kind() == TypeKind::Set;
  return attribute.nested == nullptr && is_many &&
         attribute.type.element().kind() == TypeKind::Object;
}

class BodyCheck {
 public:
  BodyCheck(Context& context, const std::string& version) : context_(context), version_(version) {}

  void check(const model::Body& body, const BlockSchema& schema, const BodyOwner& owner) {
    std::set<std::string, std::less<>> given;
    for (const model::Attribute& attribute : body.attributes) given.insert(attribute.name.text);
    for (const model::Attribute& attribute : body.attributes) {
      if (!is_tofus_argument(owner.place, attribute.name.text))
        check_argument(attribute, schema, owner.name, given);
    }
    std::map<std::string, Blocks> blocks;
    for (const model::Block& block : body.blocks) {
      if (!is_tofus_block(owner.place, block.type.text))
        check_block(block, schema, owner.name, given, blocks);
    }
    for (const NestedBlockSchema& nested : schema.blocks) check_count(nested, blocks, owner);
    check_missing(schema, owner.name, owner.header, given);
  }

 private:
  struct Blocks {
    std::uint32_t written = 0;
    bool is_dynamic = false;
    source::Span last;
  };
  using Given = std::set<std::string, std::less<>>;

  // An argument, block or attribute of an object that the schema does not know.
  void report_unknown(std::string_view what, const std::string& name, source::Span span,
                      const BlockSchema& schema, const std::string& owner, Given& given,
                      std::source_location origin = std::source_location::current()) {
    std::vector<std::string_view> names;
    for (const AttributeSchema& attribute : schema.attributes) {
      if (attribute.settable()) names.push_back(attribute.name);
    }
    for (const NestedBlockSchema& nested : schema.blocks) names.push_back(nested.name);
    auto report =
        context_.sink.report(diagnostics::unknown_body_argument, {span, origin}, owner, what, name);
    report.note(version_);
    const auto near = diagnostics::respell_listed(
        report, {name, span, context_.sources.text(span), {given.begin(), given.end()}}, names,
        "it takes", "it takes nothing");
    if (near) given.insert(std::string(*near));  // misspelt, not missing too
  }

  void report_form(const model::Name& name, const std::string& owner, std::string_view is,
                   std::string_view is_not, std::string help,
                   std::source_location origin = std::source_location::current()) {
    context_.sink
        .report(diagnostics::argument_form, {name.span, origin}, name.text, owner, is, is_not)
        .note(version_)
        .help(std::move(help));
  }

  // What holds for each attribute that is set, in a block or in an object.
  void check_set(const AttributeSchema& attribute, source::Span span, const std::string& owner) {
    if (!attribute.settable()) {
      context_.sink.report(diagnostics::computed_argument, span, attribute.name, owner)
          .note(version_)
          .help("leave it out; it can be read");
    } else if (attribute.deprecated) {
      context_.sink
          .report(diagnostics::deprecated_argument, span,
                  fmt::format("`{}` of `{}`", attribute.name, owner))
          .note(attribute.deprecation.empty() ? version_ : attribute.deprecation);
    }
  }

  void check_argument(const model::Attribute& written, const BlockSchema& schema,
                      const std::string& owner, Given& given) {
    const std::string& name = written.name.text;
    given.insert(name);
    const AttributeSchema* attribute = schema.attribute(name);
    if (attribute == nullptr) {
      if (schema.block(name) != nullptr)
        return report_form(written.name, owner, "a block", "an argument",
                           fmt::format("write `{} {{ … }}`, without `=`", name));
      return report_unknown("argument", name, written.name.span, schema, owner, given);
    }
    check_set(*attribute, written.name.span, owner);
    const Value* value = context_.types.body_value(written.value);
    if (value == nullptr || !attribute->settable()) return;
    check_value(*attribute, written.value, *value, owner);
  }

  void check_value(const AttributeSchema& attribute, eval::ExprId expr, const Value& value,
                   const std::string& owner) {
    if (attribute.nested != nullptr && check_objects(attribute.nesting, *attribute.nested, expr,
                                                     value, owner + "." + attribute.name))
      return;
    const Type wanted =
        attribute.nested == nullptr
            ? attribute.type
            : model::nested_type(attribute.nesting, model::writable_type(*attribute.nested));
    const values::Conversion conversion = values::convert(value, wanted);
    if (conversion.value) return;
    const std::string at =
        conversion.error.path.empty() ? "" : fmt::format(" at `{}`", conversion.error.path);
    context_.sink
        .report(diagnostics::argument_type, context_.program.tree()[expr].span, attribute.name,
                owner, values::describe(wanted), values::describe(value.type()))
        .label(conversion.error.message + at)
        .note(version_);
  }

  // Objects that are written out, one by one; false where they are not, or not in this form.
  bool check_objects(Nesting nesting, const BlockSchema& schema, eval::ExprId expr,
                     const Value& value, const std::string& owner) {
    const eval::ExprTree& tree = context_.program.tree();
    if (!value.is_known() || value.is_null()) return false;
    const auto children = tree.children(expr);
    switch (nesting) {
      case Nesting::Single:
      case Nesting::Group:
        return check_object(schema, expr, value, owner);
      case Nesting::List:
      case Nesting::Set: {
        if (tree[expr].kind != eval::ExprKind::Tuple) return false;
        const values::ValueList& items = value.as_list();
        for (std::size_t i = 0; i < children.size() && i < items.size(); ++i) {
          if (!check_object(schema, children[i], items[i], owner)) return false;
        }
        return true;
      }
      case Nesting::Map: {
        if (tree[expr].kind != eval::ExprKind::Object) return false;
        for (std::size_t i = 0; i + 1 < children.size(); i += 2) {
          const auto key = eval::literal_string(tree, children[i]);
          const auto item = key ? value.as_map().find(*key) : value.as_map().end();
          if (item == value.as_map().end() ||
              !check_object(schema, children[i + 1], item->second, owner))
            return false;
        }
        return true;
      }
    }
    return false;
  }

  bool check_object(const BlockSchema& schema, eval::ExprId expr, const Value& value,
                    const std::string& owner) {
    const eval::ExprTree& tree = context_.program.tree();
    if (tree[expr].kind != eval::ExprKind::Object || !value.is_known() || value.is_null())
      return false;
    const auto keys = eval::literal_keys(tree, expr);
    Given given(keys.begin(), keys.end());
    const auto children = tree.children(expr);
    for (std::size_t i = 0; i + 1 < children.size(); i += 2) {
      const auto name = eval::literal_string(tree, children[i]);
      if (!name) return false;
      const source::Span span = tree[children[i]].span;
      const AttributeSchema* attribute = schema.attribute(*name);
      if (attribute == nullptr) {
        report_unknown("attribute", *name, span, schema, owner, given);
        continue;
      }
      check_set(*attribute, span, owner);
      const auto item = value.as_map().find(*name);
      if (item != value.as_map().end() && attribute->settable())
        check_value(*attribute, children[i + 1], item->second, owner);
    }
    check_missing(schema, owner, tree[expr].span, given);
    return true;
  }

  void check_block(const model::Block& block, const BlockSchema& schema, const std::string& owner,
                   Given& given, std::map<std::string, Blocks>& blocks) {
    const bool is_dynamic = block.type.text == "dynamic" && !block.labels.empty();
    const model::Name& name = is_dynamic ? block.labels[0] : block.type;
    given.insert(name.text);
    const NestedBlockSchema* nested = schema.block(name.text);
    if (nested == nullptr) {
      const AttributeSchema* attribute = schema.attribute(name.text);
      if (attribute == nullptr)
        return report_unknown("block", name.text, name.span, schema, owner, given);
      if (!may_stand_as_blocks(*attribute))
        report_form(name, owner, "an argument", "a block",
                    fmt::format("write `{} = …`", name.text));
      return;
    }
    Blocks& seen = blocks[name.text];
    seen.last = block.header;
    if (!is_dynamic) {
      ++seen.written;
      check(block.body, *nested->block,
            {owner + "." + name.text, version_, BodyPlace::Nested, block.header});
      return;
    }
    seen.is_dynamic = true;
    for (const model::Block& content : block.body.blocks) {
      if (content.type.text == "content")
        check(content.body, *nested->block,
              {owner + "." + name.text, version_, BodyPlace::Nested, content.header});
    }
  }

  static std::uint32_t least(const NestedBlockSchema& nested) {
    return nested.nesting == Nesting::Group || nested.nesting == Nesting::Map ? 0 : nested.min;
  }

  void check_count(const NestedBlockSchema& nested, const std::map<std::string, Blocks>& blocks,
                   const BodyOwner& owner) {
    const auto found = blocks.find(nested.name);
    if (found == blocks.end()) return;  // that none stands is missing, where one must
    const bool is_one = nested.nesting == Nesting::Single || nested.nesting == Nesting::Group;
    const std::uint32_t most = is_one ? 1 : nested.max;
    const Blocks& seen = found->second;
    const bool too_many = most != 0 && seen.written > most;
    const bool too_few = seen.written < least(nested) && !seen.is_dynamic;
    if (!too_many && !too_few) return;
    const std::string rule =
        too_many ? fmt::format("at most {}", most) : fmt::format("at least {}", least(nested));
    context_.sink
        .report(diagnostics::block_count, seen.last, owner.name, rule, nested.name, seen.written)
        .note(version_);
  }

  void check_missing(const BlockSchema& schema, const std::string& owner, source::Span span,
                     const Given& given) {
    std::vector<std::string> missing;
    std::string example;
    for (const AttributeSchema& attribute : schema.attributes) {
      if (!attribute.required || given.contains(attribute.name)) continue;
      missing.push_back(attribute.name);
      if (example.empty()) example = attribute.name + " = …";
    }
    for (const NestedBlockSchema& nested : schema.blocks) {
      if (least(nested) == 0 || given.contains(nested.name)) continue;
      missing.push_back(nested.name);
      if (example.empty()) example = nested.name + " { … }";
    }
    if (missing.empty()) return;
    context_.sink.report(diagnostics::missing_body_argument, span, owner, base::list_names(missing))
        .note(version_)
        .help(fmt::format("add `{}`", example));
  }

  Context& context_;
  const std::string& version_;
};

}  // namespace

void check_body(Context& context, const model::Body& body, const BlockSchema& schema,
                const BodyOwner& owner) {
  BodyCheck(context, owner.version).check(body, schema, owner);
}

}  // namespace space::check
