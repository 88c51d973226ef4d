// Refinement at its edges: what a rule lets through by its letter and must not, and what it must
// not stop.
#include "refining.h"

using namespace space;
using namespace space::refining;

TEST_CASE(
    "an old object that is let be is another replacement than one that is destroyed (rule 2)") {
  const auto replaced = [](const char* words) {
    return object(std::string(R"("actions":)") + words + R"(,"before":{"a":1},"after":{"a":2})");
  };
  const std::string destroyed = replaced(R"(["delete","create"])");
  const std::string let_be = replaced(R"(["forget","create"])");
  CHECK(refined(let_be, let_be) == "");
  CHECK(refined(destroyed, let_be) == "stop 2");
  CHECK(refined(let_be, destroyed) == "stop 2");
}

TEST_CASE("what goes from a map was there before, and counts (rule 5)") {
  const auto update = [](const std::string& before, const std::string& after) {
    return object(R"("actions":["update"],"before":{"a":1,"tags":)" + before +
                  R"(},"after":{"a":2,"tags":)" + after + "}");
  };
  const std::string reviewed = update(R"({"k":"v"})", R"({"k":"v"})");
  CHECK(refined(reviewed, reviewed) == "");
  // Somebody has put one more there since: the real plan would take it away.
  CHECK(refined(reviewed, update(R"({"k":"v","other":"x"})", R"({"k":"v"})")) ==
        "stop 5 tags.other");
  const std::string takes = update(R"({"k":"v","other":"x"})", R"({"k":"v"})");
  CHECK(refined(takes, takes) == "");
  CHECK(refined(takes, reviewed) == "stop 5 tags.other");
}

TEST_CASE("a change of a collection may be gone where no known element is new (rule 3)") {
  const auto update = [](const std::string& before, const std::string& after,
                         const std::string& unknown) {
    return object(R"("actions":["update"],"before":{"s":)" + before + R"(},"after":{"s":)" + after +
                  R"(},"after_unknown":{"s":)" + unknown + "}");
  };
  // A set is in another order as long as one of its elements is not known.
  CHECK(refined(update(R"(["a","x","y"])", R"(["x","y",null])", "[false,false,true]"), "") ==
        "note 3");
  CHECK(refined(update(R"(["a","x"])", R"(["x","y",null])", "[false,false,true]"), "") == "stop 3");
  CHECK(refined(update(R"(["a"])", R"(["b",null])", "[false,true]"), "") == "stop 3");
  const auto parts = [&](const char* name) {
    return update(R"([{"n":"a","id":1}])", std::string(R"([{"n":")") + name + R"("}])",
                  R"([{"id":true}])");
  };
  CHECK(refined(parts("a"), "") == "note 3");
  CHECK(refined(parts("b"), "") == "stop 3");
  // Marks alone were to change.
  CHECK(refined(object(R"("actions":["update"],"before":{"p":"x"},"after":{"p":"x"},)"
                       R"("after_sensitive":{"p":true})"),
                "") == "stop 3");
  // Of a replacement likewise: an element that forces it and was known.
  const auto forced = [](const std::string& after, const std::string& unknown) {
    return object(R"("actions":["delete","create"],"before":{"s":["a"]},"after":{"s":)" + after +
                  R"(},"after_unknown":{"s":)" + unknown + R"(},"replace_paths":[["s"]])");
  };
  const std::string stays =
      object(R"("actions":["update"],"before":{"s":["a"]},"after":{"s":["a","c"]})");
  CHECK(refined(forced(R"(["a",null])", "[false,true]"), stays) == "note 3");
  CHECK(refined(forced(R"(["b",null])", "[false,true]"), stays) == "stop 2");
}

TEST_CASE("of a sensitive value that is known in part the known part is held (rules 5, 6)") {
  const auto make = [](const std::string& value, const std::string& unknown = "false") {
    return object(R"("actions":["create"],"after":{"p":)" + value + R"(},"after_unknown":{"p":)" +
                  unknown + R"(},"after_sensitive":{"p":true})");
  };
  const std::string open =
      make(R"({"user":"u","list":[1,null]})", R"({"id":true,"list":[false,true]})");
  CHECK(refined(open, open) == "");
  CHECK(refined(open, make(R"({"user":"u","id":"i","list":[1,2]})")) == "");
  CHECK(refined(open, make(R"({"user":"another","id":"i","list":[1,2]})")) == "stop 6 p");
  CHECK(refined(open, make(R"({"user":"u","id":"i","list":[3,2]})")) == "stop 6 p");
  CHECK(refined(open, make(R"({"user":"u","id":"i","list":[1,2],"more":1})")) == "stop 6 p");
  CHECK(refined(open, make(R"({"id":"i","list":[1,2]})", R"({"user":true})")) == "stop 6 p");
}

TEST_CASE("where it was sensitive before, it is told to be so (rule 8)") {
  const auto change = [](const char* marks) {
    return object(R"("actions":["update"],"before":{"p":"x","a":1},"after":{"p":"x","a":2},)"
                  R"("after_sensitive":{},"before_sensitive":)" +
                  std::string(marks));
  };
  CHECK(refined(change(R"({"p":true})"), change(R"({"p":true})")) == "");
  CHECK(refined(change(R"({"p":true})"), change("{}")) == "stop 8 p");
}

TEST_CASE("what one side knows to be secret the other does not show") {
  plans::Reviewed reviewed = reviewed_of(plan_of(object(k_create)));
  const plans::IsSecret knows = [](std::string_view text) { return text == "hunter2"; };
  const std::string text = R"("actions":["create"],"after":{"t":")";
  const plans::PlanDocument was = plan_of(object(text + R"(hunter2"})"));
  reviewed.objects = was.objects;
  reviewed.objects[0].values = plans::sealed(was.objects[0].values, k_seal, knows);
  CHECK(told(plans::refine(reviewed, was, k_seal)) == "");
  const auto findings = plans::refine(reviewed, plan_of(object(text + R"(hunter3"})")), k_seal);
  REQUIRE(told(findings) == "stop 6 t");
  CHECK(plans::text_of(findings[0]).find("hunter") == std::string::npos);
}

TEST_CASE("a reviewed output that the plan does not have (rule 9)") {
  const auto outputs = [](const std::string& text) {
    return R"(,"output_changes":{"o":{)" + text + "}}";
  };
  CHECK(refined("", "", outputs(R"("actions":["update"],"before":1,"after":2)")) == "stop 9");
  CHECK(refined("", "", outputs(R"("actions":["delete"],"before":1,"after":null)")) == "stop 9");
  CHECK(refined("", "", outputs(R"("actions":["no-op"],"before":1,"after":1)")) == "");
  CHECK(refined("", "", outputs(R"("actions":["update"],"before":1,"after_unknown":true)")) == "");
}

TEST_CASE("an import is held to where it was moved from, too (rule 12)") {
  const auto change = [](const std::string& from, const std::string& id) {
    return object(R"("actions":["no-op"],"importing":{)" + id + "}",
                  R"("previous_address":"x.)" + from + R"(",)");
  };
  CHECK(refined(change("b", R"("id":"i")"), change("b", R"("id":"i")")) == "");
  CHECK(refined(change("b", R"("id":"i")"), change("c", R"("id":"i")")) == "stop 12");
  CHECK(refined(change("b", ""), change("c", R"("id":"i")")) == "stop 12");
}

TEST_CASE("an older plan whose inputs have more in them is no plan of these (rule 1)") {
  const auto given = [](const std::string& json) {
    return plan_of("", R"(,"variables":{"up":{"value":)" + json + "}}");
  };
  const values::Value one = values::Value::object({{"a", values::Value::number(1)}});
  CHECK(told(plans::check_inputs({{"up", one}}, given(R"({"a":1,"b":2})"))) == "stop 1");
  const values::Value list = values::Value::tuple({one});
  CHECK(told(plans::check_inputs({{"up", list}}, given(R"([{"a":1,"b":2}])"))) == "stop 1");
  CHECK(told(plans::check_inputs({{"up", list}}, given(R"([{"a":1}])"))) == "");
}

TEST_CASE("what goes from a list was there before, and counts (rules 5, 7)") {
  const auto update = [](const std::string& before, const std::string& after,
                         const std::string& unknown = "false") {
    return object(R"("actions":["update"],"before":{"a":1,"l":)" + before +
                  R"(},"after":{"a":2,"l":)" + after + R"(},"after_unknown":{"l":)" + unknown +
                  "}");
  };
  CHECK(refined(update("[1]", "[1]"), update("[1,2]", "[1]")) == "stop 5 l");
  CHECK(refined(update("[1,2]", "[1]"), update("[1,2]", "[1]")) == "");
  CHECK(refined(update("[1]", "[1,2]"), update("[1]", "[1,2]")) == "");
  const std::string open = update("[1]", "[1,null]", "[false,true]");
  CHECK(refined(open, update("[1]", "[1,7]")) == "");
  CHECK(refined(open, update("[1,2]", "[1,7]")) == "stop 7 l");
}

TEST_CASE("a difference around something sensitive does not show it") {
  const auto make = [](const std::string& list, const std::string& marks) {
    return object(R"("actions":["create"],"after":{"l":)" + list +
                  R"(},"after_unknown":{},"after_sensitive":{"l":)" + marks + "}");
  };
  const auto open = [](const std::string& list) {
    return object(R"("actions":["create"],"after":{"l":)" + list +
                  R"(},"after_unknown":{"l":[false,true]},"after_sensitive":{"l":[true,false]})");
  };
  const std::pair<std::string, std::string> pairs[] = {
      {make(R"(["hunter2","a"])", "[true,false]"),
       make(R"(["hunter3","a","b"])", "[true,false,false]")},
      {open(R"(["hunter2",null])"), make(R"(["hunter3","b","c"])", "[true,false,false]")},
      {make(R"(["a"])", "false"), make(R"(["a","hunter3"])", "[false,true]")}};
  for (const auto& [reviewed, real] : pairs) {
    const auto findings = plans::refine(reviewed_of(plan_of(reviewed)), plan_of(real), k_seal);
    CHECK(plans::has_stop(findings));
    for (const plans::Finding& one : findings)
      CHECK(plans::text_of(one).find("hunter") == std::string::npos);
  }
}
