#include "runner/plans/leaves.h"

#include <algorithm>

#include "core/values/render.h"
#include "runner/plans/place.h"

namespace space::plans {

namespace {

using runplan::PreviewLeaf;
using runplan::PreviewValue;
using values::TypeKind;
using values::Value;

const Value k_nothing;

PreviewValue shown(const Value& value, const Value& hidden, const Value& unknown) {
  PreviewValue out;
  out.sensitive = has_mark(hidden);
  if (has_mark(unknown)) {
    // Of what is known in part the known parts are shown place by place; here it is a whole.
    out.kind = PreviewValue::Kind::Unknown;
  } else if (!value.is_null()) {
    out.kind = PreviewValue::Kind::Known;
    if (!out.sensitive) out.json = values::to_json(value);
  }
  return out;
}

class Walker {
 public:
  explicit Walker(const Change& change) : change_(change) {}

  std::vector<PreviewLeaf> run() {
    walk("", whole(change_.values));
    return std::move(leaves_);
  }

 private:
  void walk(const std::string& path, const Place& at) {
    if (!at.is_hidden() && !at.is_unknown()) {
      if (as_members(path, at) || as_elements(path, at)) return;
    }
    add(path, at);
  }

  // An object against an object, or against nothing.
  bool as_members(const std::string& path, const Place& at) {
    for (const Value* one : {&at.before, &at.after}) {
      if (!is_object(*one) && !one->is_null()) return false;
    }
    const std::set<std::string> names = member_names({&at.before, &at.after, &at.unknown});
    // `{}` is a value of its own, and what is gone is gone as a whole.
    const bool is_gone = !is_object(at.after) && !is_object(at.unknown);
    if (names.empty() || (is_gone && !path.empty())) return false;
    for (const std::string& name : names) walk(path_below(path, name), at.below(name));
    return true;
  }

  bool as_elements(const std::string& path, const Place& at) {
    if (!is_list(at.before) || !is_list(at.after) || path.empty()) return false;
    const std::size_t size = at.before.as_list().size();
    if (at.after.as_list().size() != size) return false;
    if (is_list(at.unknown) && at.unknown.as_list().size() > size) return false;
    for (std::size_t i = 0; i < size; ++i) walk(path_below(path, i), at.below(i));
    return true;
  }

  void add(const std::string& path, const Place& at) {
    PreviewLeaf leaf;
    leaf.path = path;
    leaf.before = shown(at.before, at.hidden_before, k_nothing);
    leaf.after = shown(at.after, at.hidden_after, at.unknown);
    leaf.replaces = change_.action == Action::Replace && forces(path);
    const bool same_value = at.before == at.after && !has_mark(at.unknown);
    if (same_value && leaf.before.sensitive == leaf.after.sensitive) return;
    leaves_.push_back(std::move(leaf));
  }

  // `replace_paths` names the place, or one around it.
  bool forces(const std::string& path) const {
    return std::any_of(
        change_.replaces.begin(), change_.replaces.end(), [&](const std::string& forced) {
          return path == forced || (path.starts_with(forced) &&
                                    (path[forced.size()] == '.' || path[forced.size()] == '['));
        });
  }

  const Change& change_;
  std::vector<PreviewLeaf> leaves_;
};

}  // namespace

std::vector<PreviewLeaf> differences(const Change& change) {
  const bool has_any = change.action == Action::Create || change.action == Action::Update ||
                       change.action == Action::Replace || change.action == Action::Read;
  if (!has_any) return {};
  return Walker(change).run();
}

PreviewValue whole_before(const Values& values) {
  return shown(values.before, values.before_sensitive, k_nothing);
}

PreviewValue whole_after(const Values& values) {
  return shown(values.after, values.after_sensitive, values.after_unknown);
}

std::string path_text(const Value& path) {
  if (!is_list(path)) return "";
  std::string text;
  for (const Value& step : path.as_list()) {
    if (!step.is_null() && step.kind() == TypeKind::String) {
      const std::string& name = step.as_string();
      text = path_below(text, name);
    } else if (!step.is_null() && step.kind() == TypeKind::Number) {
      text += "[" + values::to_json(step) + "]";
    }
  }
  return text;
}

}  // namespace space::plans
