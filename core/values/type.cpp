#include "core/values/type.h"

#include <algorithm>
#include <array>

#include "core/base/check.h"
#include "core/values/value.h"

namespace space::values {

struct TypeNode {
  TypeKind kind = TypeKind::Any;
  Refinement refinement = Refinement::None;
  bool has_any = false;  // these four: here or anywhere below
  bool has_mistake = false;
  bool has_optional = false;
  bool has_refinement = false;
  std::map<std::string, ObjectAttribute> attributes;
  std::vector<Type> elements;  // of a tuple; a collection has one
};

namespace {

constexpr std::size_t k_refinement_count = static_cast<std::size_t>(Refinement::Json) + 1;

// A handle without a count: copies of the primitive types cost nothing, and none is ever freed.
std::shared_ptr<const TypeNode> uncounted(const TypeNode* node) {
  return {std::shared_ptr<void>(), node};
}

TypeKind base_of(Refinement refinement) {
  return refinement == Refinement::Port || refinement == Refinement::Percent ? TypeKind::Number
                                                                             : TypeKind::String;
}

struct Primitives {
  TypeNode any, mistaken, string, number, boolean;
  std::array<TypeNode, k_refinement_count> refined;
  Primitives() {
    any.kind = TypeKind::Any;
    any.has_any = true;
    mistaken.has_any = true;
    mistaken.has_mistake = true;
    string.kind = TypeKind::String;
    number.kind = TypeKind::Number;
    boolean.kind = TypeKind::Bool;
    for (std::size_t i = 0; i < refined.size(); ++i) {
      const auto refinement = static_cast<Refinement>(i);
      refined[i].kind = base_of(refinement);
      refined[i].refinement = refinement;
      refined[i].has_refinement = refinement != Refinement::None;
    }
  }
};

// Never destroyed: values in other static objects may outlive it.
const Primitives& primitives() {
  static const Primitives* const all = new Primitives;
  return *all;
}

void take_flags(TypeNode& node, const Type& part) {
  node.has_any = node.has_any || part.has_any();
  node.has_mistake = node.has_mistake || part.has_mistake();
  node.has_optional = node.has_optional || part.has_optional();
  node.has_refinement = node.has_refinement || part.has_refinement();
}

std::shared_ptr<const TypeNode> collection(TypeKind kind, Type element) {
  auto node = std::make_shared<TypeNode>();
  node->kind = kind;
  take_flags(*node, element);
  node->elements.push_back(std::move(element));
  return node;
}

bool same_default(const std::shared_ptr<const Value>& a, const std::shared_ptr<const Value>& b) {
  if (a == b) return true;
  return a && b && *a == *b;
}

}  // namespace

Type::Type() : node_(uncounted(&primitives().any)) {}

Type Type::any() { return Type(); }
Type Type::mistaken() { return Type(uncounted(&primitives().mistaken)); }
Type Type::string() { return Type(uncounted(&primitives().string)); }
Type Type::number() { return Type(uncounted(&primitives().number)); }
Type Type::boolean() { return Type(uncounted(&primitives().boolean)); }

Type Type::refined(Refinement refinement) {
  SPACE_CHECK(refinement != Refinement::None, "a refined type needs a refinement");
  return Type(uncounted(&primitives().refined[static_cast<std::size_t>(refinement)]));
}

Type Type::list(Type element) { return Type(collection(TypeKind::List, std::move(element))); }
Type Type::set(Type element) { return Type(collection(TypeKind::Set, std::move(element))); }
Type Type::map(Type element) { return Type(collection(TypeKind::Map, std::move(element))); }

Type Type::object(std::map<std::string, ObjectAttribute> attributes) {
  auto node = std::make_shared<TypeNode>();
  node->kind = TypeKind::Object;
  for (const auto& [name, attribute] : attributes) {
    take_flags(*node, attribute.type);
    node->has_optional = node->has_optional || attribute.optional;
  }
  node->attributes = std::move(attributes);
  return Type(std::move(node));
}

Type Type::tuple(std::vector<Type> elements) {
  auto node = std::make_shared<TypeNode>();
  node->kind = TypeKind::Tuple;
  for (const Type& element : elements) take_flags(*node, element);
  node->elements = std::move(elements);
  return Type(std::move(node));
}

TypeKind Type::kind() const { return node_->kind; }
Refinement Type::refinement() const { return node_->refinement; }

const Type& Type::element() const {
  SPACE_CHECK(is_collection(), "element() of a type that is no collection");
  return node_->elements.front();
}

const std::map<std::string, ObjectAttribute>& Type::attributes() const {
  SPACE_CHECK(node_->kind == TypeKind::Object, "attributes() of a type that is no object");
  return node_->attributes;
}

const std::vector<Type>& Type::elements() const {
  SPACE_CHECK(node_->kind == TypeKind::Tuple, "elements() of a type that is no tuple");
  return node_->elements;
}

bool Type::is_primitive() const {
  return node_->kind == TypeKind::String || node_->kind == TypeKind::Number ||
         node_->kind == TypeKind::Bool;
}

bool Type::is_collection() const {
  return node_->kind == TypeKind::List || node_->kind == TypeKind::Set ||
         node_->kind == TypeKind::Map;
}

bool Type::has_any() const { return node_->has_any; }
bool Type::has_mistake() const { return node_->has_mistake; }
bool Type::has_optional() const { return node_->has_optional; }
bool Type::has_refinement() const { return node_->has_refinement; }

Type Type::without_refinements() const {
  if (!has_refinement()) return *this;
  switch (kind()) {
    case TypeKind::String:
      return string();
    case TypeKind::Number:
      return number();
    case TypeKind::List:
      return list(element().without_refinements());
    case TypeKind::Set:
      return set(element().without_refinements());
    case TypeKind::Map:
      return map(element().without_refinements());
    case TypeKind::Object: {
      std::map<std::string, ObjectAttribute> plain = attributes();
      for (auto& [name, attribute] : plain) attribute.type = attribute.type.without_refinements();
      return object(std::move(plain));
    }
    case TypeKind::Tuple: {
      std::vector<Type> plain = elements();
      for (Type& element_type : plain) element_type = element_type.without_refinements();
      return tuple(std::move(plain));
    }
    case TypeKind::Any:
    case TypeKind::Bool:
      break;
  }
  return *this;
}

Type Type::without_optionals() const {
  if (!has_optional()) return *this;
  switch (kind()) {
    case TypeKind::List:
      return list(element().without_optionals());
    case TypeKind::Set:
      return set(element().without_optionals());
    case TypeKind::Map:
      return map(element().without_optionals());
    case TypeKind::Object: {
      std::map<std::string, ObjectAttribute> plain;
      for (const auto& [name, attribute] : attributes()) {
        plain.emplace_hint(plain.end(), name,
                           ObjectAttribute{attribute.type.without_optionals(), false, nullptr});
      }
      return object(std::move(plain));
    }
    case TypeKind::Tuple: {
      std::vector<Type> plain = elements();
      for (Type& element_type : plain) element_type = element_type.without_optionals();
      return tuple(std::move(plain));
    }
    default:
      return *this;
  }
}

bool operator==(const Type& a, const Type& b) {
  if (a.node_ == b.node_) return true;
  const TypeNode& x = *a.node_;
  const TypeNode& y = *b.node_;
  if (x.kind != y.kind || x.refinement != y.refinement) return false;
  switch (x.kind) {
    case TypeKind::List:
    case TypeKind::Set:
    case TypeKind::Map:
    case TypeKind::Tuple:
      return x.elements == y.elements;
    case TypeKind::Object:
      return std::equal(
          x.attributes.begin(), x.attributes.end(), y.attributes.begin(), y.attributes.end(),
          [](const auto& left, const auto& right) {
            return left.first == right.first && left.second.optional == right.second.optional &&
                   left.second.type == right.second.type &&
                   same_default(left.second.default_value, right.second.default_value);
          });
    default:
      return true;
  }
}

}  // namespace space::values
