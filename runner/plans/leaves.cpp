#include "runner/plans/leaves.h"

#include <algorithm>
#include <set>

#include "core/values/render.h"
#include "runner/plans/marks.h"

namespace space::plans {

namespace {

using runplan::PreviewLeaf;
using runplan::PreviewValue;
using values::TypeKind;
using values::Value;

const Value k_nothing;

struct Place {
  const Value& before;
  const Value& after;
  const Value& unknown;
  const Value& hidden_before;
  const Value& hidden_after;
};

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
    const Values& v = change_.values;
    walk("", {v.before, v.after, v.after_unknown, v.before_sensitive, v.after_sensitive});
    return std::move(leaves_);
  }

 private:
  void walk(const std::string& path, const Place& at) {
    const bool is_hidden = is_marked(at.hidden_before) || is_marked(at.hidden_after);
    if (!is_hidden && !is_marked(at.unknown)) {
      if (as_members(path, at) || as_elements(path, at)) return;
    }
    add(path, at);
  }

  // An object against an object, or against nothing.
  bool as_members(const std::string& path, const Place& at) {
    std::set<std::string> names;
    for (const Value* one : {&at.before, &at.after, &at.unknown}) {
      if (!is_object(*one)) {
        if (!one->is_null() && one != &at.unknown) return false;
        continue;
      }
      for (const auto& [name, value] : one->as_map()) names.insert(name);
    }
    // `{}` is a value of its own, and what is gone is gone as a whole.
    const bool is_gone = !is_object(at.after) && !is_object(at.unknown);
    if (names.empty() || (is_gone && !path.empty())) return false;
    for (const std::string& name : names) {
      walk(path_below(path, name),
           {member(at.before, name), member(at.after, name), member(at.unknown, name),
            member(at.hidden_before, name), member(at.hidden_after, name)});
    }
    return true;
  }

  bool as_elements(const std::string& path, const Place& at) {
    if (!is_list(at.before) || !is_list(at.after) || path.empty()) return false;
    const std::size_t size = at.before.as_list().size();
    if (at.after.as_list().size() != size) return false;
    if (is_list(at.unknown) && at.unknown.as_list().size() > size) return false;
    for (std::size_t i = 0; i < size; ++i) {
      walk(path_below(path, i),
           {element(at.before, i), element(at.after, i), element(at.unknown, i),
            element(at.hidden_before, i), element(at.hidden_after, i)});
    }
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
