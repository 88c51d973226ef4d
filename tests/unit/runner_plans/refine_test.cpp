// Refinement, rule by rule: what may differ between the reviewed plan of a procedure and its real
// one, and what may not.
#include "runner/plans/refine.h"

#include "refining.h"
#include "runner/plans/marks.h"

using namespace space;
using namespace space::refining;

TEST_CASE("what was reviewed refines itself, in either order of a replacement") {
  for (const char* change : {k_create, k_update, k_unknown, k_replace})
    CHECK(refined(object(change), object(change)) == "");
  std::string other_order = k_replace;
  other_order.replace(other_order.find(R"("delete","create")"), 17, R"("create","delete")");
  CHECK(refined(object(k_replace), object(other_order)) == "");
}

TEST_CASE("the same objects with the same actions (rule 2)") {
  CHECK(refined("", object(k_create)) == "stop 2");
  CHECK(refined(object(k_create), "") == "stop 2");
  CHECK(refined(object(k_create), object(k_update)) == "stop 2");
  CHECK(refined(object(k_update), object(k_replace)) == "stop 2");
  CHECK(refined(object(k_update), object(k_create)) == "stop 2");
  const std::string gone = R"("actions":["delete"],"before":{"a":1})";
  CHECK(refined(object(k_update), object(gone)) == "stop 2");
  CHECK(refined(object(gone), "") == "stop 2");
  CHECK(refined(object(gone), object(gone, R"("deposed":"0123",)")) == "stop 2; stop 2");
  CHECK(refined("", "", "", R"(,"errored":true)") == "stop 2");
}

TEST_CASE("a change may be gone where all of it was unknown (rule 3)") {
  CHECK(refined(object(k_unknown), object(k_no_op)) == "note 3");
  CHECK(refined(object(k_unknown), "") == "note 3");
  CHECK(refined(object(k_update), object(k_no_op)) == "stop 3");
  const std::string forced_by_unknown =
      R"("actions":["delete","create"],"before":{"id":"i","a":1,"b":"x"},"after":{"b":"x"},)"
      R"("after_unknown":{"id":true,"a":true},"replace_paths":[["a"]])";
  const std::string updated =
      R"("actions":["update"],"before":{"id":"i","a":1,"b":"x"},"after":{"id":"i","a":1,"b":"x"})";
  CHECK(refined(object(forced_by_unknown), object(updated)) == "note 3");
  CHECK(refined(object(forced_by_unknown), object(k_no_op)) == "note 3");
  CHECK(refined(object(k_replace), object(k_update)) == "stop 2");
}

TEST_CASE("nothing more forces a replacement (rule 4)") {
  std::string more = k_replace;
  more.replace(more.find(R"([["a"]])"), 7, R"([["a"],["b"]])");
  CHECK(refined(object(k_replace), object(more)) == "stop 4 b");
  CHECK(refined(object(more), object(k_replace)) == "");
}

TEST_CASE("known values of an update stay, before and after (rule 5)") {
  const auto update = [](const std::string& before, const std::string& after,
                         const std::string& unknown = "{}") {
    return object(R"("actions":["update"],"before":)" + before + R"(,"after":)" + after +
                  R"(,"after_unknown":)" + unknown);
  };
  const std::string reviewed = update(R"({"a":1,"b":"x"})", R"({"a":2,"b":"x"})");
  CHECK(refined(reviewed, update(R"({"a":1,"b":"x"})", R"({"a":3,"b":"x"})")) == "stop 5 a");
  CHECK(refined(reviewed, update(R"({"a":0,"b":"x"})", R"({"a":2,"b":"x"})")) == "stop 5 a");
  CHECK(refined(reviewed, update(R"({"a":1,"b":"x"})", R"({"a":2,"b":"y"})")) == "stop 5 b");
  CHECK(refined(reviewed, update(R"({"a":1,"b":"y"})", R"({"a":2,"b":"y"})")) == "note 5 b");
  CHECK(refined(reviewed, update(R"({"a":1,"b":"x"})", R"({"b":"x"})", R"({"a":true})")) ==
        "stop 5 a");
  const std::string open = update(R"({"a":1,"b":"x"})", R"({"b":"x"})", R"({"a":true})");
  CHECK(refined(open, update(R"({"a":1,"b":"x"})", R"({"a":7,"b":"x"})")) == "");
  CHECK(refined(open, update(R"({"a":1,"b":"x"})", R"({"a":7,"b":"z"})")) == "stop 5 b");
  CHECK(refined(reviewed, update(R"({"a":1,"b":"x"})", R"({"a":2,"b":"x","c":1})")) == "stop 5 c");
}

TEST_CASE("known values of a new object stay (rule 6)") {
  CHECK(refined(object(k_create),
                object(R"("actions":["create"],"after":{"a":1,"b":"x","id":"i"})")) == "");
  CHECK(
      refined(
          object(k_create),
          object(R"("actions":["create"],"after":{"a":1,"b":"y"},"after_unknown":{"id":true})")) ==
      "stop 6 b");
  CHECK(refined(object(k_create),
                object(R"("actions":["create"],"after":{"b":"x"},"after_unknown":{"a":true})")) ==
        "stop 6 a");
}

TEST_CASE("collections with unknowns (rule 7)") {
  const auto make = [](const std::string& list, const std::string& unknown = "false") {
    return object(R"("actions":["create"],"after":{"s":)" + list + R"(},"after_unknown":{"s":)" +
                  unknown + "}");
  };
  const std::string open = make(R"(["a",null])", "[false,true]");
  CHECK(refined(open, make(R"(["a","b"])")) == "");
  CHECK(refined(open, make(R"(["b","a"])")) == "");
  CHECK(refined(open, make(R"(["a"])")) == "");  // a set: the unknown one was the known one
  CHECK(refined(open, make(R"(["b","c"])")) == "stop 7 s");
  CHECK(refined(open, make(R"(["a","b","c"])")) == "stop 7 s");
  CHECK(refined(make(R"(["a","b"])"), make(R"(["b","a"])")) == "stop 6 s[0]; stop 6 s[1]");
  CHECK(refined(make(R"(["a","b"])"), make(R"(["a"])")) == "stop 6 s");
  const std::string objects = make(R"([{"k":1},{"k":2}])", R"([{"id":true},{"id":true}])");
  CHECK(refined(objects, make(R"([{"k":2,"id":"x"},{"k":1,"id":"y"}])")) == "");
  CHECK(refined(objects, make(R"([{"k":2,"id":"x"},{"k":2,"id":"y"}])")) == "stop 7 s");
}

TEST_CASE("what was sensitive is so, and is compared without being kept (rule 8)") {
  const auto make = [](const std::string& value, const std::string& marks) {
    return object(R"("actions":["create"],"after":{"p":)" + value + R"(},"after_sensitive":)" +
                  marks);
  };
  const std::string secret = make(R"("hunter2")", R"({"p":true})");
  CHECK(refined(secret, secret) == "");
  CHECK(refined(secret, make(R"("hunter3")", R"({"p":true})")) == "stop 6 p");
  CHECK(refined(secret, make(R"("hunter2")", "{}")) == "stop 8 p");
  CHECK(refined(make(R"("hunter2")", "{}"), secret) == "");
  CHECK(refined(make(R"("hunter2")", "{}"), make(R"("hunter3")", R"({"p":true})")) == "stop 6 p");
  for (const plans::Finding& one : plans::refine(
           reviewed_of(plan_of(secret)), plan_of(make(R"("hunter3")", R"({"p":true})")), k_seal)) {
    CHECK(plans::text_of(one).find("hunter") == std::string::npos);
  }
}

TEST_CASE("outputs (rule 9)") {
  const auto outputs = [](const std::string& text) {
    return R"(,"output_changes":{"o":{)" + text + "}}";
  };
  const std::string known = outputs(R"("actions":["update"],"before":1,"after":2)");
  const std::string open = outputs(R"("actions":["update"],"before":1,"after_unknown":true)");
  const std::string same = outputs(R"("actions":["no-op"],"before":1,"after":1)");
  CHECK(refined("", "", known, known) == "");
  CHECK(refined("", "", open, known) == "");
  CHECK(refined("", "", open, same) == "");
  CHECK(refined("", "", known, same) == "stop 9");
  CHECK(refined("", "", same, known) == "stop 9");
  CHECK(refined("", "", known, open) == "stop 9");
  CHECK(refined("", "", "", known) == "stop 9");
  const std::string hidden =
      outputs(R"("actions":["update"],"before":1,"after_unknown":true,"after_sensitive":true)");
  CHECK(refined("", "", hidden, known) == "stop 8");
}

TEST_CASE("drift, data sources, moves, imports, reasons (rules 10, 11, 12, 14)") {
  const std::string drift = R"(,"resource_drift":[)" + object(k_update) + "]";
  CHECK(refined("", "", "", drift) == "note 10");
  CHECK(refined("", "", drift, drift) == "");
  const std::string read = R"({"address":"data.y.b","mode":"data","change":{"actions":["read"]}})";
  CHECK(refined("", read) == "note 11");
  CHECK(refined(read, "") == "");
  const std::string moved = object(k_no_op, R"("previous_address":"x.old",)");
  CHECK(refined(moved, moved) == "");
  CHECK(refined("", moved) == "stop 12");
  CHECK(refined(moved, "") == "stop 12");
  CHECK(refined(moved, object(k_no_op, R"("previous_address":"x.older",)")) == "stop 12");
  const auto imported = [](const std::string& id) {
    return object(R"("actions":["no-op"],"importing":{"id":")" + id + R"("})");
  };
  CHECK(refined(imported("one"), imported("one")) == "");
  CHECK(refined(imported("one"), imported("two")) == "stop 12");
  CHECK(refined(object(R"("actions":["no-op"],"importing":{})"), imported("two")) == "");
  CHECK(refined(object(k_replace, R"("action_reason":"replace_because_cannot_update",)"),
                object(k_replace, R"("action_reason":"replace_because_tainted",)")) == "note 14");
}

TEST_CASE("nothing of a deferred object goes through (rule 13)") {
  plans::Reviewed reviewed;
  reviewed.deferred = {"x.a"};
  const auto real = [](const std::string& address) {
    return plan_of(R"({"address":")" + address + R"(","mode":"managed","change":{)" + k_create +
                   "}}");
  };
  CHECK(told(plans::refine(reviewed, real("x.a"), k_seal)) == "stop 13");
  CHECK(told(plans::refine(reviewed, real("x.a[3]"), k_seal)) == "stop 13");
  CHECK(told(plans::refine(reviewed, real("x.ab"), k_seal)) == "stop 2");
  reviewed.deferred = {"module.m"};
  CHECK(told(plans::refine(reviewed, real("module.m[\\\"k\\\"].x.a"), k_seal)) == "stop 13");
  reviewed.deferred = {""};
  CHECK(told(plans::refine(reviewed, real("module.m.x.a"), k_seal)) == "stop 13");
}

TEST_CASE("a plan made with older outputs is seen by what it was given (rule 1)") {
  const auto given = [](const std::string& json) {
    return plan_of("", R"(,"variables":{"up":{"value":)" + json + "}}");
  };
  const std::map<std::string, values::Value> read{{"up", values::Value::string("new")}};
  CHECK(told(plans::check_inputs(read, given(R"("new")"))) == "");
  CHECK(told(plans::check_inputs(read, given(R"("old")"))) == "stop 1");
  CHECK(told(plans::check_inputs(read, plan_of(""))) == "stop 1");
  // As its type has it.
  CHECK(told(plans::check_inputs({{"up", values::Value::number(1)}}, given(R"("1")"))) == "");
  CHECK(told(plans::check_inputs({{"up", values::Value::object({{"a", values::Value::number(1)}})}},
                                 given(R"({"a":1,"b":null})"))) == "");
  CHECK(told(plans::check_inputs({{"up", values::Value::object({{"a", values::Value::number(1)}})}},
                                 given(R"({"a":2})"))) == "stop 1");
}

namespace {

using values::Value;

// Every value that differs from this one in one place.
std::vector<Value> mutants(const Value& value) {
  std::vector<Value> out;
  if (plans::is_object(value)) {
    for (const auto& [name, inner] : value.as_map()) {
      for (Value& mutant : mutants(inner)) {
        values::ValueMap members = value.as_map();
        members[name] = std::move(mutant);
        out.push_back(Value::object(std::move(members)));
      }
      values::ValueMap without = value.as_map();
      without.erase(name);
      if (!inner.is_null()) out.push_back(Value::object(std::move(without)));
    }
    values::ValueMap with = value.as_map();
    with["one_more"] = Value::string("more");
    out.push_back(Value::object(std::move(with)));
    return out;
  }
  if (plans::is_list(value)) {
    const values::ValueList& list = value.as_list();
    for (std::size_t i = 0; i < list.size(); ++i) {
      for (Value& mutant : mutants(list[i])) {
        values::ValueList other = list;
        other[i] = std::move(mutant);
        out.push_back(Value::tuple(std::move(other)));
      }
      values::ValueList shorter = list;
      shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(i));
      out.push_back(Value::tuple(std::move(shorter)));
    }
    values::ValueList longer = list;
    longer.push_back(Value::string("more"));
    out.push_back(Value::tuple(std::move(longer)));
    return out;
  }
  out.push_back(Value::string("another"));
  if (!value.is_null()) out.push_back(Value());
  return out;
}

}  // namespace

TEST_CASE("every mutant of a known plan is stopped, but for what was unknown") {
  const std::string whole =
      object(
          R"("actions":["create"],"after":{"n":1,"t":"x","list":[1,{"k":"v"}],"map":{"a":{"b":true}},"p":"secret"},)"
          R"("after_unknown":{"id":true},"after_sensitive":{"p":true})") +
      R"(,{"address":"x.b","mode":"managed","change":{"actions":["update"],)"
      R"("before":{"n":1,"list":["a"],"t":"old"},"after":{"n":2,"list":["a","b"],"t":"old"}}})" +
      R"(,{"address":"x.c","mode":"managed","change":{"actions":["delete"],"before":{"n":1}}})";
  const std::string outputs =
      R"(,"output_changes":{"o":{"actions":["update"],"before":{"a":1},"after":{"a":2,"b":[1]}}})";
  const plans::PlanDocument document = plan_of(whole, outputs);
  const plans::Reviewed reviewed = reviewed_of(document);
  REQUIRE(told(plans::refine(reviewed, document, k_seal)) == "");
  std::size_t stopped = 0, all = 0;
  const auto hold = [&](const plans::PlanDocument& mutant, const std::string& what) {
    ++all;
    INFO(what);
    const bool stops = plans::has_stop(plans::refine(reviewed, mutant, k_seal));
    CHECK(stops);
    if (stops) ++stopped;
  };
  for (std::size_t i = 0; i < document.objects.size(); ++i) {
    const plans::Change& object = document.objects[i];
    if (object.action != Action::Delete) {
      for (Value& after : mutants(object.values.after)) {
        plans::PlanDocument mutant = document;
        mutant.objects[i].values.after = std::move(after);
        hold(mutant, object.address + " after");
      }
    }
    for (const Action action : {Action::NoOp, Action::Create, Action::Update, Action::Replace,
                                Action::Delete, Action::Forget}) {
      if (action == object.action) continue;
      plans::PlanDocument mutant = document;
      mutant.objects[i].action = action;
      hold(mutant, object.address + " with another action");
    }
    plans::PlanDocument renamed = document, gone = document;
    renamed.objects[i].address += "2";
    hold(renamed, object.address + " renamed");
    gone.objects.erase(gone.objects.begin() + static_cast<std::ptrdiff_t>(i));
    hold(gone, object.address + " gone");
  }
  for (Value& after : mutants(document.outputs.at("o").values.after)) {
    plans::PlanDocument mutant = document;
    mutant.outputs.at("o").values.after = std::move(after);
    hold(mutant, "output");
  }
  CHECK(all > 60);
  CHECK(stopped == all);
}
