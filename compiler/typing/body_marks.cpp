// What bodies in place do with marked values: tofu stores a resource's arguments, so they hold
// nothing ephemeral; what says how many there are, and of which names, is shown, so it is not
// sensitive. `count` and `for_each` are held to their types here too: no schema has them.
#include <algorithm>

#include "compiler/typing/context.h"

namespace space::typing {

namespace {

using model::Attribute;
using model::Block;
using model::BlockSchema;
using values::TypeKind;
using values::Value;

class BodyMarks {
 public:
  BodyMarks(Context& context, model::ProcedureId procedure)
      : context_(context), standing_(context.program[procedure].mission, procedure) {}

  void check(const std::vector<Block>& blocks) {
    for (const Block& block : blocks) {
      const std::string& type = block.type.text;
      if (type == "check") {
        check(block.body.blocks);
      } else if (model::is_resource(block)) {
        resource(block);
      } else if (type == "module" && !block.labels.empty()) {
        module(block);
      } else if (type == "import") {
        import_block(block);
      }
    }
  }

 private:
  void resource(const Block& block) {
    const model::ResourceType resource = model::resource_type(context_.program, block);
    const std::string prefix =
        block.type.text == "resource" ? "" : fmt::format("{}.", block.type.text);
    const std::string owner =
        fmt::format("{}{}.{}", prefix, block.labels[0].text, block.labels[1].text);
    repetition(block.body, owner);
    for (const Block& inner : block.body.blocks) {
      if (inner.type.text == "lifecycle") lifecycle(inner.body, owner);
    }
    if (resource.kind == model::SchemaKind::Ephemeral) return;
    const BlockSchema* schema = model::find_schema(context_.schemas, resource);
    // A provider whose schema is not known may mean it to be write-only.
    const bool is_tofus = resource.source.empty();
    if (schema != nullptr || is_tofus) arguments(block.body, schema, owner);
  }

  // `schema` is null for tofu's own, which store all they get.
  void arguments(const model::Body& body, const BlockSchema* schema, const std::string& owner) {
    for (const Attribute& attribute : body.attributes) {
      const std::string& name = attribute.name.text;
      if (name == "count" || name == "for_each") continue;
      const model::AttributeSchema* known = schema == nullptr ? nullptr : schema->attribute(name);
      if (schema != nullptr && (known == nullptr || known->write_only)) continue;
      const Value* value = context_.types.body_value(attribute.value);
      if (value != nullptr && value->marks_deep().ephemeral)
        report_ephemeral(context_, attribute.value, standing_,
                         fmt::format("`{}` of `{}`", name, owner), {});
    }
    for (const Block& block : body.blocks) {
      const bool is_dynamic = block.type.text == "dynamic" && !block.labels.empty();
      const std::string& name = is_dynamic ? block.labels[0].text : block.type.text;
      const model::NestedBlockSchema* nested = schema == nullptr ? nullptr : schema->block(name);
      if (is_dynamic) iterates(block.body, name);
      if (nested == nullptr) continue;
      const std::string inner = fmt::format("{}.{}", owner, name);
      if (!is_dynamic) arguments(block.body, nested->block.get(), inner);
      for (const Block& content : block.body.blocks) {
        if (is_dynamic && content.type.text == "content")
          arguments(content.body, nested->block.get(), inner);
      }
    }
  }

  void iterates(const model::Body& body, const std::string& name) {
    for (const Attribute& attribute : body.attributes) {
      const Value* value = context_.types.body_value(attribute.value);
      if (attribute.name.text != "for_each" || value == nullptr) continue;
      const TypeKind kind = value->kind();
      const bool is_one =
          kind == TypeKind::String || kind == TypeKind::Number || kind == TypeKind::Bool;
      if (is_one)
        context_.sink.report(diagnostics::type_mismatch, context_.tree()[attribute.value].span,
                             fmt::format("`for_each` of `dynamic \"{}\"`", name),
                             "a list, a set, a map or an object", values::describe(value->type()));
    }
  }

  void module(const Block& block) {
    const std::string owner = fmt::format("module.{}", block.labels[0].text);
    repetition(block.body, owner);
  }

  void import_block(const Block& block) {
    for (const Attribute& attribute : block.body.attributes) {
      if (attribute.name.text != "id") continue;
      must_become(attribute, "import", values::Type::string());
      chooses(attribute, "import");
    }
  }

  void lifecycle(const model::Body& body, const std::string& owner) {
    for (const Attribute& attribute : body.attributes) {
      if (attribute.name.text == "enabled") chooses(attribute, owner);
      if (attribute.name.text == "prevent_destroy")
        must_become(attribute, owner, values::Type::boolean());
    }
  }

  void must_become(const Attribute& attribute, const std::string& owner, const values::Type& type) {
    const Value* value = context_.types.body_value(attribute.value);
    if (value == nullptr || values::convert(*value, type).value) return;
    context_.sink.report(diagnostics::type_mismatch, context_.tree()[attribute.value].span,
                         fmt::format("`{}` of `{}`", attribute.name.text, owner),
                         values::describe(type), values::describe(value->type()));
  }

  void repetition(const model::Body& body, const std::string& owner) {
    for (const Attribute& attribute : body.attributes) {
      const std::string& name = attribute.name.text;
      const Value* value = context_.types.body_value(attribute.value);
      if (value == nullptr || (name != "count" && name != "for_each")) continue;
      const source::Span span = context_.tree()[attribute.value].span;
      const std::string what = fmt::format("`{}` of `{}`", name, owner);
      if (value->is_null()) {
        context_.sink.report(diagnostics::null_value, span, what)
            .help(name == "count" ? "for none write `0`" : "for none write `{}`");
      } else if (name == "count") {
        if (!values::convert(*value, values::Type::number()).value) {
          context_.sink.report(diagnostics::type_mismatch, span, what, "a number",
                               values::describe(value->type()));
        } else if (value->marks().ephemeral) {
          chooses(attribute, owner);
        } else if (!counts(*value)) {
          context_.sink.report(diagnostics::invalid_value, span, "count",
                               "must be a whole number, 0 or more");
        }
      } else if (!repeats(*value)) {
        const bool is_many = value->kind() == TypeKind::List || value->kind() == TypeKind::Tuple;
        context_.sink
            .report(diagnostics::type_mismatch, span, what, "a map, an object or a set of string",
                    values::describe(value->type()))
            .help(is_many ? "write `toset(…)`: its elements become the keys" : "");
      } else if (holds_null(*value)) {
        context_.sink.report(diagnostics::null_value, span, fmt::format("an element of {}", what));
      } else {
        chooses(attribute, owner);
      }
    }
  }

  static bool counts(const Value& value) {
    const auto number = values::convert(value, values::Type::number()).value;
    return !number || !number->is_known() ||
           (number->as_number().is_integer() && !number->as_number().is_negative());
  }

  static bool holds_null(const Value& value) {
    if (value.kind() != TypeKind::Set || !value.is_known()) return false;
    const auto& elements = value.as_list();
    return std::any_of(elements.begin(), elements.end(),
                       [](const Value& element) { return element.is_null(); });
  }

  static bool repeats(const Value& value) {
    switch (value.kind()) {
      case TypeKind::Any:
      case TypeKind::Map:
      case TypeKind::Object:
        return true;
      case TypeKind::Set: {
        const TypeKind element = value.type().element().kind();
        const bool is_empty = value.is_known() && !value.is_null() && value.as_list().empty();
        return element == TypeKind::String || element == TypeKind::Any || is_empty;
      }
      default:
        return false;
    }
  }

  void chooses(const Attribute& attribute, const std::string& owner) {
    const Value* value = context_.types.body_value(attribute.value);
    if (value == nullptr || value->marks() == values::Marks()) return;
    const bool sensitive = value->marks().sensitive;
    context_.sink
        .report(diagnostics::hidden_choice, context_.tree()[attribute.value].span,
                attribute.name.text, owner, sensitive ? "sensitive" : "ephemeral")
        .label("tofu shows in every plan what stands here")
        .help(sensitive ? "choose by what is no secret, and look up by it what is: "
                          "`var.passwords[each.key]`"
                        : "");
  }

  Context& context_;
  Standing standing_;
};

}  // namespace

void check_body_marks(Context& context) {
  for (std::size_t id = 0; id < context.program.procedures.size(); ++id)
    BodyMarks(context, model::ProcedureId(id)).check(context.program.procedures[id].decl->body);
}

}  // namespace space::typing
