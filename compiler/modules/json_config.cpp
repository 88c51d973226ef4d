#include "compiler/modules/json_config.h"

#include <fmt/core.h>

#include <utility>

#include "compiler/modules/config_shape.h"
#include "compiler/modules/expression_text.h"

namespace space::modules {

namespace {

using eval::ExprId;
using Kind = JsonValue::Kind;

class JsonConfigReader {
 public:
  JsonConfigReader(std::string_view text, const std::string& called, eval::ExprTree& expressions,
                   ModuleSink& sink)
      : text_(text), called_(called), expressions_(expressions), sink_(sink) {}

  void read_body(const JsonValue& value, const BlockShape& shape, model::Body& into) {
    for (const JsonValue* object : objects_of(value)) {
      for (const JsonMember& member : object->members) {
        if (member.name == "//") continue;
        if (const BlockShape* block = find_block(shape, member.name)) {
          model::Block start;
          start.type = {member.name, member.name_span};
          start.span = start.header = member.name_span;
          read_blocks(member.value, *block, start, into);
        } else if (&shape == &file_shape() || &shape == &whole_file_shape()) {
          into.blocks.push_back({{member.name, member.name_span}, {}, {}, {}, member.name_span});
        } else if (const Reading how = reading_of(shape, member.name); how != Reading::Skip) {
          into.attributes.push_back({{member.name, member.name_span},
                                     build(member.value, how),
                                     source::join(member.name_span, member.value.span)});
        }
      }
    }
  }

 private:
  // An object, or an array of them; null is none.
  std::vector<const JsonValue*> objects_of(const JsonValue& value) {
    std::vector<const JsonValue*> objects;
    if (value.kind == Kind::Object) {
      objects.push_back(&value);
    } else if (value.kind == Kind::Array) {
      for (const JsonValue& element : value.elements) {
        if (element.kind == Kind::Object) {
          objects.push_back(&element);
        } else {
          refuse(element.span);
        }
      }
    } else if (value.kind != Kind::Null) {
      refuse(value.span);
    }
    return objects;
  }

  void refuse(source::Span span) {
    sink_.report(diagnostics::module_syntax, span, called_, "a block in JSON is an object");
  }

  void read_blocks(const JsonValue& value, const BlockShape& shape, const model::Block& start,
                   model::Body& into) {
    if (start.labels.size() < shape.labels) {
      for (const JsonValue* object : objects_of(value)) {
        for (const JsonMember& member : object->members) {
          model::Block labelled = start;
          labelled.labels.push_back({member.name, member.name_span});
          labelled.span = labelled.header = member.name_span;
          read_blocks(member.value, shape, labelled, into);
        }
      }
    } else if (value.kind == Kind::Array) {
      for (const JsonValue& element : value.elements) read_block(element, shape, start, into);
    } else if (value.kind != Kind::Null) {
      read_block(value, shape, start, into);
    }
  }

  void read_block(const JsonValue& value, const BlockShape& shape, model::Block block,
                  model::Body& into) {
    read_body(value, shape, block.body);
    into.blocks.push_back(std::move(block));
  }

  ExprId add(eval::ExprKind kind, source::Span span, const std::vector<ExprId>& children) {
    eval::Expr expr;
    expr.kind = kind;
    expr.span = span;
    return expressions_.add(std::move(expr), children);
  }
  ExprId literal(source::Span span, values::Value value) {
    eval::Expr expr;
    expr.kind = eval::ExprKind::Literal;
    expr.span = span;
    expr.literal = std::move(value);
    return expressions_.add(std::move(expr), {});
  }

  ExprId build_string(const std::string& text, source::Span inside, source::Span whole,
                      Reading how) {
    if (how == Reading::Expression)
      return expression_in_string(inside, text_, text, Form::Expression, expressions_, sink_);
    const bool plain = text.find("${") == std::string::npos && text.find("%{") == std::string::npos;
    if (how != Reading::Template || plain) return literal(whole, values::Value::string(text));
    return expression_in_string(inside, text_, text, Form::Template, expressions_, sink_);
  }

  ExprId build(const JsonValue& value, Reading how) {
    switch (value.kind) {
      case Kind::Null:
        return literal(value.span, values::Value::null());
      case Kind::Bool:
        return literal(value.span, values::Value::boolean(value.truth));
      case Kind::Number: {
        const auto number = values::Number::parse(value.text);
        return number ? literal(value.span, values::Value::number(*number))
                      : add(eval::ExprKind::Invalid, value.span, {});
      }
      case Kind::String: {
        const source::Span inside{value.span.file, value.span.begin + 1, value.span.end - 1};
        return build_string(value.text, inside, value.span, how);
      }
      case Kind::Array: {
        std::vector<ExprId> elements;
        elements.reserve(value.elements.size());
        for (const JsonValue& element : value.elements) elements.push_back(build(element, how));
        return add(eval::ExprKind::Tuple, value.span, elements);
      }
      case Kind::Object:
        break;
    }
    std::vector<ExprId> items;
    items.reserve(2 * value.members.size());
    for (const JsonMember& member : value.members) {
      const bool aliases = how == Reading::Requirement && member.name == "configuration_aliases";
      const Reading key = how == Reading::Template ? how : Reading::Literal;
      items.push_back(build_string(member.name, member.name_span, member.name_span, key));
      items.push_back(build(member.value, aliases ? Reading::Expression : how));
    }
    return add(eval::ExprKind::Object, value.span, items);
  }

  std::string_view text_;
  const std::string& called_;
  eval::ExprTree& expressions_;
  ModuleSink& sink_;
};

}  // namespace

std::vector<model::Block> json_blocks(const JsonValue& file, const BlockShape& shape,
                                      std::string_view text, const std::string& called,
                                      eval::ExprTree& expressions, ModuleSink& sink) {
  model::Body body;
  JsonConfigReader(text, called, expressions, sink).read_body(file, shape, body);
  return std::move(body.blocks);
}

}  // namespace space::modules
