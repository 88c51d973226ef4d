#include "core/values/value.h"

#include <algorithm>
#include <atomic>
#include <variant>

#include "core/base/check.h"
#include "core/values/order.h"
#include "core/values/text.h"

namespace space::values {

namespace {

enum class State : std::uint8_t { Known, Null, Unknown };

}  // namespace

// One allocation a value. Objects and tuples work out their type when asked first: most are only
// ever rendered.
struct Value::Rep {
  using Data = std::variant<std::monostate, bool, Number, std::string, ValueList, ValueMap>;

  TypeKind kind = TypeKind::Any;
  State state = State::Known;
  bool wholly_known = true;
  Marks marks;       // of this value
  Marks deep_marks;  // of this value and all inside
  Data data;
  mutable std::atomic<const Type*> type{
      nullptr};  // null: a structure whose type was not asked for yet

  Rep() = default;
  Rep(const Rep& other)
      : kind(other.kind),
        state(other.state),
        wholly_known(other.wholly_known),
        marks(other.marks),
        deep_marks(other.deep_marks),
        data(other.data) {
    if (const Type* known = other.type.load(std::memory_order_acquire)) set_type(*known);
  }
  Rep& operator=(const Rep&) = delete;
  ~Rep() { delete type.load(std::memory_order_relaxed); }

  void set_type(Type made) const {
    type.store(new Type(std::move(made)), std::memory_order_release);
  }

  void take(const Value& part) {
    deep_marks = deep_marks | part.marks_deep();
    wholly_known = wholly_known && part.is_wholly_known();
  }
  void take_list(ValueList elements) {
    for (const Value& element : elements) take(element);
    data = std::move(elements);
  }
  void take_map(ValueMap entries) {
    for (const auto& [key, entry] : entries) take(entry);
    data = std::move(entries);
  }

  Type structural_type() const {
    if (kind == TypeKind::Tuple) {
      const auto& elements = std::get<ValueList>(data);
      std::vector<Type> types;
      types.reserve(elements.size());
      for (const Value& element : elements) types.push_back(element.type());
      return Type::tuple(std::move(types));
    }
    std::map<std::string, ObjectAttribute> attributes;
    for (const auto& [name, value] : std::get<ValueMap>(data)) {
      attributes.emplace_hint(attributes.end(), name,
                              ObjectAttribute{value.type(), false, nullptr});
    }
    return Type::object(std::move(attributes));
  }

  static const Type& primitive_type(TypeKind kind) {
    static const Type any = Type::any(), string = Type::string(), number = Type::number(),
                      boolean = Type::boolean();
    switch (kind) {
      case TypeKind::String:
        return string;
      case TypeKind::Number:
        return number;
      case TypeKind::Bool:
        return boolean;
      default:
        return any;
    }
  }
};

namespace {

// What a value's type may be: concrete, and tofu's own.
Type concrete(Type type) {
  if (!type.has_refinement() && !type.has_optional()) return type;
  return type.without_refinements().without_optionals();
}

bool needs_type(TypeKind kind) { return kind >= TypeKind::List; }

}  // namespace

Value::Value() {
  static const Value* const null_of_any = new Value(null());
  rep_ = null_of_any->rep_;
}

Value Value::null(Type type) {
  type = concrete(std::move(type));
  static const std::shared_ptr<const Rep>* const of_any = [] {
    auto rep = std::make_shared<Rep>();
    rep->state = State::Null;
    return new std::shared_ptr<const Rep>(std::move(rep));
  }();
  if (type.kind() == TypeKind::Any) return Value(*of_any);
  auto rep = std::make_shared<Rep>();
  rep->kind = type.kind();
  rep->state = State::Null;
  if (needs_type(rep->kind)) rep->set_type(std::move(type));
  return Value(std::move(rep));
}

Value Value::unknown(Type type) {
  type = concrete(std::move(type));
  static const std::shared_ptr<const Rep>* const of_any = [] {
    auto rep = std::make_shared<Rep>();
    rep->state = State::Unknown;
    rep->wholly_known = false;
    return new std::shared_ptr<const Rep>(std::move(rep));
  }();
  if (type.kind() == TypeKind::Any) return Value(*of_any);
  auto rep = std::make_shared<Rep>();
  rep->kind = type.kind();
  rep->state = State::Unknown;
  rep->wholly_known = false;
  if (needs_type(rep->kind)) rep->set_type(std::move(type));
  return Value(std::move(rep));
}

Value Value::string(std::string text) {
  auto rep = std::make_shared<Rep>();
  rep->kind = TypeKind::String;
  rep->data = normalize_nfc(std::move(text));
  return Value(std::move(rep));
}

Value Value::number(Number number) {
  auto rep = std::make_shared<Rep>();
  rep->kind = TypeKind::Number;
  rep->data = std::move(number);
  return Value(std::move(rep));
}

Value Value::boolean(bool value) {
  const auto make = [](bool of) {
    auto rep = std::make_shared<Rep>();
    rep->kind = TypeKind::Bool;
    rep->data = of;
    return new std::shared_ptr<const Rep>(std::move(rep));
  };
  static const std::shared_ptr<const Rep>* const yes = make(true);
  static const std::shared_ptr<const Rep>* const no = make(false);
  return Value(value ? *yes : *no);
}

Value Value::list(Type element, ValueList elements) {
  auto rep = std::make_shared<Rep>();
  rep->kind = TypeKind::List;
  rep->set_type(Type::list(concrete(std::move(element))));
  rep->take_list(std::move(elements));
  return Value(std::move(rep));
}

Value Value::set(Type element, ValueList elements) {
  // A set cannot keep marks apart for its elements: the whole set has them.
  Marks marks;
  for (Value& member : elements) {
    const Marks of_member = member.marks_deep();
    if (of_member == Marks{}) continue;
    marks = marks | of_member;
    member = without_marks_deep(member);
  }
  sort_and_unique(elements);
  auto rep = std::make_shared<Rep>();
  rep->kind = TypeKind::Set;
  rep->set_type(Type::set(concrete(std::move(element))));
  rep->take_list(std::move(elements));
  rep->marks = rep->deep_marks = marks;
  return Value(std::move(rep));
}

Value Value::map(Type element, ValueMap entries) {
  auto rep = std::make_shared<Rep>();
  rep->kind = TypeKind::Map;
  rep->set_type(Type::map(concrete(std::move(element))));
  rep->take_map(std::move(entries));
  return Value(std::move(rep));
}

Value Value::object(ValueMap attributes) {
  auto rep = std::make_shared<Rep>();
  rep->kind = TypeKind::Object;
  rep->take_map(std::move(attributes));
  return Value(std::move(rep));
}

Value Value::tuple(ValueList elements) {
  auto rep = std::make_shared<Rep>();
  rep->kind = TypeKind::Tuple;
  rep->take_list(std::move(elements));
  return Value(std::move(rep));
}

const Type& Value::type() const {
  if (!needs_type(rep_->kind)) return Rep::primitive_type(rep_->kind);
  if (const Type* type = rep_->type.load(std::memory_order_acquire)) return *type;
  const Type* made = new Type(rep_->structural_type());
  const Type* before = nullptr;
  if (rep_->type.compare_exchange_strong(before, made, std::memory_order_acq_rel)) return *made;
  delete made;  // another thread was first
  return *before;
}

TypeKind Value::kind() const { return rep_->kind; }
bool Value::is_known() const { return rep_->state != State::Unknown; }
bool Value::is_null() const { return rep_->state == State::Null; }
bool Value::is_wholly_known() const { return rep_->wholly_known; }
Marks Value::marks() const { return rep_->marks; }
Marks Value::marks_deep() const { return rep_->deep_marks; }

Value Value::with_marks(Marks marks) const {
  if ((rep_->marks | marks) == rep_->marks) return *this;
  auto rep = std::make_shared<Rep>(*rep_);
  rep->marks = rep->marks | marks;
  rep->deep_marks = rep->deep_marks | marks;
  return Value(std::move(rep));
}

Value Value::without_marks() const {
  if (rep_->marks == Marks{}) return *this;
  auto rep = std::make_shared<Rep>(*rep_);
  rep->marks = rep->deep_marks = Marks{};
  if (const auto* elements = std::get_if<ValueList>(&rep->data)) {
    for (const Value& element : *elements) rep->take(element);
  } else if (const auto* entries = std::get_if<ValueMap>(&rep->data)) {
    for (const auto& [key, entry] : *entries) rep->take(entry);
  }
  return Value(std::move(rep));
}

const std::string& Value::as_string() const {
  const auto* text = std::get_if<std::string>(&rep_->data);
  SPACE_CHECK(text != nullptr, "as_string() of a value that is no known string");
  return *text;
}

const Number& Value::as_number() const {
  const auto* number = std::get_if<Number>(&rep_->data);
  SPACE_CHECK(number != nullptr, "as_number() of a value that is no known number");
  return *number;
}

bool Value::as_bool() const {
  const auto* value = std::get_if<bool>(&rep_->data);
  SPACE_CHECK(value != nullptr, "as_bool() of a value that is no known bool");
  return *value;
}

const ValueList& Value::as_list() const {
  const auto* elements = std::get_if<ValueList>(&rep_->data);
  SPACE_CHECK(elements != nullptr, "as_list() of a value that is no known list, set or tuple");
  return *elements;
}

const ValueMap& Value::as_map() const {
  const auto* entries = std::get_if<ValueMap>(&rep_->data);
  SPACE_CHECK(entries != nullptr, "as_map() of a value that is no known map or object");
  return *entries;
}

bool operator==(const Value& a, const Value& b) {
  if (a.rep_ == b.rep_) return true;
  const Value::Rep& x = *a.rep_;
  const Value::Rep& y = *b.rep_;
  if (x.kind != y.kind || x.state != y.state || !(x.marks == y.marks)) return false;
  if (!(x.deep_marks == y.deep_marks)) return false;
  // A known structure's type follows from what is inside.
  const bool structure = x.kind == TypeKind::Object || x.kind == TypeKind::Tuple;
  if (!(structure && x.state == State::Known) && needs_type(x.kind) && !(a.type() == b.type())) {
    return false;
  }
  return x.data == y.data;
}

}  // namespace space::values
