#include "core/values/value.h"

#include <catch2/catch.hpp>

#include "core/values/order.h"

using namespace space::values;

TEST_CASE("strings are NFC when made") {
  CHECK(Value::string("e\xCC\x81").as_string() == "\xC3\xA9");
  CHECK(Value::string("e\xCC\x81") == Value::string("\xC3\xA9"));
}

TEST_CASE("sets sort and forget repeats") {
  const auto strings = [](std::initializer_list<const char*> texts) {
    ValueList list;
    for (const char* text : texts) list.push_back(Value::string(text));
    return list;
  };
  CHECK(Value::set(Type::string(), strings({"b", "a", "b"})).as_list() == strings({"a", "b"}));
  const Value numbers =
      Value::set(Type::number(), {Value::number(10), Value::number(9),
                                  *[] { return std::optional(Value::null(Type::number())); }()});
  CHECK(numbers.as_list()[0].as_number() == Number(9));
  CHECK(numbers.as_list()[2].is_null());
  const Type element = Type::tuple({Type::number()});
  const Value nested =
      Value::set(element, {Value::tuple({Value::number(2)}), Value::tuple({Value::number(1)}),
                           Value::tuple({Value::number(2)})});
  REQUIRE(nested.as_list().size() == 2);
  CHECK(nested.as_list()[0].as_list()[0].as_number() == Number(1));
}

TEST_CASE("numbers of more than ten digits stay apart in sets of tuples") {
  const auto row = [](std::int64_t number) { return Value::tuple({Value::number(number)}); };
  const Value set = Value::set(Type::tuple({Type::number()}),
                               {row(123456789012), row(123456789013), row(123456789012)});
  CHECK(set.as_list().size() == 2);
}

TEST_CASE("marks add up, and a set takes those of its elements") {
  const Value secret = Value::string("x").with_marks({true, false});
  CHECK(secret.marks().sensitive);
  const Value tuple = Value::tuple({secret, Value::number(1)});
  CHECK_FALSE(tuple.marks().sensitive);
  CHECK(tuple.marks_deep().sensitive);
  CHECK(tuple.without_marks().marks_deep().sensitive);
  CHECK_FALSE(without_marks_deep(tuple).marks_deep().sensitive);
  const Value set = Value::set(Type::string(), {secret});
  CHECK(set.marks().sensitive);
  CHECK_FALSE(set.as_list()[0].marks().sensitive);
  CHECK(secret.with_marks({false, true}).marks() == Marks{true, true});
  CHECK(secret.without_marks() == Value::string("x"));
  CHECK_FALSE(secret == Value::string("x"));
}

TEST_CASE("known, null and unknown") {
  CHECK(Value().is_null());
  CHECK(Value().is_known());
  CHECK_FALSE(Value::unknown(Type::string()).is_known());
  CHECK_FALSE(Value::unknown().is_null());
  const Value half = Value::object({{"a", Value::unknown(Type::number())}});
  CHECK(half.is_known());
  CHECK_FALSE(half.is_wholly_known());
  CHECK(to_string(half.type()) == "object({ a = number })");
  CHECK(Value::null(Type::refined(Refinement::Cidr)).type() == Type::string());
}

TEST_CASE("equality as == means it") {
  const Value unknown = Value::unknown(Type::string());
  CHECK(equal(Value::number(1), Value::number(1)) == true);
  CHECK(equal(Value::number(1), Value::string("1")) == false);
  CHECK(equal(Value::null(Type::string()), Value::null(Type::number())) == true);
  CHECK(equal(unknown, Value::string("a")) == std::nullopt);
  CHECK(equal(unknown, Value::number(1)) == false);
  CHECK(equal(Value::tuple({unknown}), Value::tuple({Value::string("a"), Value::string("b")})) ==
        false);
  CHECK(equal(Value::tuple({unknown, Value::number(1)}),
              Value::tuple({unknown, Value::number(2)})) == std::nullopt);
}
