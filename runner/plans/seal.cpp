#include "runner/plans/seal.h"

#include <algorithm>

#include "core/values/render.h"
#include "runner/plans/marks.h"

namespace space::plans {

using values::Value;

namespace {

constexpr std::string_view k_head = "sealed ";

class Sealing {
 public:
  Sealing(const Seal& seal, const IsSecret& is_secret) : seal_(seal), is_secret_(is_secret) {}

  Value seal(const Value& value, const Value& hidden) const {
    if (value.is_null()) return value;
    if (is_marked(hidden)) return seal_of(value, seal_);
    if (is_object(value)) {
      values::ValueMap members;
      for (const auto& [name, inner] : value.as_map()) {
        if (is_secret(name)) return seal_of(value, seal_);
        members[name] = seal(inner, mark_of(hidden, name));
      }
      return Value::object(std::move(members));
    }
    if (is_list(value)) {
      values::ValueList elements;
      for (std::size_t i = 0; i < value.as_list().size(); ++i)
        elements.push_back(seal(value.as_list()[i], mark_of(hidden, i)));
      return Value::tuple(std::move(elements));
    }
    const bool is_text = value.kind() == values::TypeKind::String;
    const bool hides = has_mark(hidden) ||  // in parts that it does not have
                       is_secret(is_text ? value.as_string() : values::to_json(value));
    return hides ? seal_of(value, seal_) : value;
  }

 private:
  bool is_secret(std::string_view text) const { return is_secret_ && is_secret_(text); }

  const Seal& seal_;
  const IsSecret& is_secret_;
};

bool is_sealed(const Value& value) {
  return !value.is_null() && value.kind() == values::TypeKind::String &&
         value.as_string().starts_with(k_head);
}

}  // namespace

Value seal_of(const Value& value, const Seal& seal) {
  return value.is_null() ? value
                         : Value::string(std::string(k_head) + seal(values::to_json(value)));
}

Values sealed(const Values& values, const Seal& seal, const IsSecret& is_secret) {
  const Sealing sealing(seal, is_secret);
  Values out = values;
  out.before = sealing.seal(values.before, values.before_sensitive);
  out.after = sealing.seal(values.after, values.after_sensitive);
  return out;
}

bool is_same(const Value& reviewed, const Value& real, const Seal& seal) {
  if (reviewed == real) return true;
  if (is_object(reviewed) && is_object(real)) {
    return std::equal(reviewed.as_map().begin(), reviewed.as_map().end(), real.as_map().begin(),
                      real.as_map().end(), [&seal](const auto& one, const auto& other) {
                        return one.first == other.first && is_same(one.second, other.second, seal);
                      });
  }
  if (is_list(reviewed) && is_list(real)) {
    return std::equal(reviewed.as_list().begin(), reviewed.as_list().end(), real.as_list().begin(),
                      real.as_list().end(), [&seal](const Value& one, const Value& other) {
                        return is_same(one, other, seal);
                      });
  }
  return is_sealed(reviewed) && reviewed == seal_of(real, seal);
}

bool has_seal(const Values& values) {
  return has_mark(values.before_sensitive) || has_mark(values.after_sensitive);
}

bool has_seal(const Value& value) {
  if (is_list(value)) {
    const auto& list = value.as_list();
    return std::any_of(list.begin(), list.end(), [](const Value& one) { return has_seal(one); });
  }
  if (!is_object(value)) return is_sealed(value);
  const auto& map = value.as_map();
  return std::any_of(map.begin(), map.end(), [](const auto& one) { return has_seal(one.second); });
}

}  // namespace space::plans
