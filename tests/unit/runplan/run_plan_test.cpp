#include <random>

#include <catch2/catch.hpp>

#include "core/base/strings.h"
#include "core/runplan/run_plan_json.h"
#include "rich_plan.h"

namespace space::runplan {

namespace {

// The one place of `from` in the rich plan's text, replaced.
std::string with(const std::string& from, const std::string& to) {
  const std::string text = write_run_plan(rich_plan());
  REQUIRE(text.find(from) != std::string::npos);
  return base::replace_all(text, from, to);
}

std::string refusal(const std::string& text) {
  const auto plan = read_run_plan(text);
  REQUIRE_FALSE(plan.has_value());
  return plan.error().message;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a run plan comes back as it went out") {
  const std::string text = write_run_plan(rich_plan());
  CHECK(write_run_plan(rich_plan()) == text);
  const auto plan = read_run_plan(text);
  REQUIRE(plan.has_value());
  CHECK(write_run_plan(*plan) == text);
  CHECK(text.back() == '\n');
  const Root* db = find_root(*plan, "sandbox/eu/shop--a.b/000/db");
  REQUIRE(db != nullptr);
  CHECK(db->state.environment.at("AWS_SECRET_ACCESS_KEY") == "token");
  CHECK(std::get<FromOutput>(db->variables[0].source).output == "id");
  CHECK(std::get<FromSecret>(db->variables[1].source).secret == "key");
  CHECK(db->variables[1].ephemeral);
  CHECK_FALSE(db->variables[1].nullable);
  CHECK(db->variables[2].type.kind() == values::TypeKind::Object);
  CHECK(db->variables[2].type.attributes().at("tags").optional);
  CHECK(std::get<FromValues>(db->variables[2].source).value.as_map().at("note").as_string() ==
        "<\"${x}\" \xc3\xa9>");
  const Flight* shop = find_flight(*plan, "sandbox/eu/shop--a.b");
  REQUIRE(shop != nullptr);
  CHECK(shop->secrets[1].as_file);
  CHECK_FALSE(shop->farewell);
  CHECK(find_flight(*plan, "sandbox/eu/yard")->farewell);
  CHECK(shop->secrets[0].arguments.size() == 3);
  CHECK(plan->files[0].mode == 0755);
  CHECK(find_root(*plan, "nowhere") == nullptr);
}

TEST_CASE("unknown fields are passed over, unknown words and versions are not") {
  CHECK(read_run_plan(with("\"edition\":2026", "\"edition\":2026,\"new\":{\"x\":[1,{}]}"))
            .has_value());
  CHECK(holds(refusal(with("space.run-plan/1", "space.run-plan/2")), "space.run-plan/2"));
  CHECK(holds(refusal(with("\"kind\":\"prod\"", "\"kind\":\"moon\"")), "`moon`"));
  CHECK(holds(refusal(with("\"method\":\"env\"", "\"method\":\"magic\"")), "`magic`"));
  CHECK(holds(refusal(with("[\"list\",\"string\"]", "[\"bag\",\"string\"]")), "`bag`"));
  CHECK(holds(refusal("{}"), "schema"));
  CHECK(holds(refusal("[]"), "object"));
  CHECK(holds(refusal(""), "object"));
}

TEST_CASE("contradictions are refused") {
  const auto refused = [](const std::string& from, const std::string& to, const std::string& why) {
    CAPTURE(from, to);
    const std::string message = refusal(with(from, to));
    CAPTURE(message);
    CHECK(holds(message, why));
  };
  refused("\"after\":[\"sandbox/eu/base\"]", "\"after\":[\"sandbox/eu/gone\"]", "not there");
  refused("\"after\":[\"sandbox/eu/base\"]", "\"after\":[\"sandbox/eu/shop--a.b\"]", "circle");
  refused("\"after\":[\"sandbox/eu/base\"]", "\"after\":[]", "does not fly before");
  refused("\"output\":\"id\"", "\"output\":\"gone\"", "`gone`");
  refused("\"secret\":\"key\"", "\"secret\":\"gone\"", "`gone`");
  refused("\"AWS_SECRET_ACCESS_KEY\":\"token\"", "\"AWS_SECRET_ACCESS_KEY\":\"gone\"", "`gone`");
  refused("\"AWS_SECRET_ACCESS_KEY\"", "\"A=B\"", "environment variable");
  refused("\"reads\":[\"sandbox/eu/base/000/net\"]", "\"reads\":[]", "`reads`");
  refused("\"modules\":[\"db-0123\"]", "\"modules\":[\"../x\"]", "outside");
  refused("\"path\":\"manage.sh\"", "\"path\":\"../manage.sh\"", "acceptable");
  refused("\"path\":\"manage.sh\"", "\"path\":\"zzz.sh\"", "sorted");
  refused("\"mode\":\"0755\"", "\"mode\":\"755\"", "mode");
  refused(std::string(64, 'a'), std::string(63, 'a'), "SHA-256");
  refused("\"tofu\":\"1.12.6\"", "\"tofu\":\"../x\"", "tofu");
  refused("{\"label\":\"000\",\"roots\":[\"sandbox/eu/base/000/net\"]}",
          "{\"label\":\"000\",\"roots\":[]}", "no stage");
  refused("\"value\":true", "\"value\":true,\"secret\":\"key\"", "exactly one");
  refused("\"value\":true", "\"x\":true", "exactly one");
  refused("\"environment\":\"sandbox\"", "\"environment\":\"mars\"", "environment");
  refused("\"foundation\":true", "\"farewell\":true", "is a farewell, and has an output");
  refused("\"arguments\":[\"TOKEN\"]", "\"arguments\":[]", "arguments");
}

TEST_CASE("ids that leave the folder are refused") {
  for (const char* bad : {"..", ".", "a b", "a\\\\b", "a\\u0000", "", "a/b"}) {
    CAPTURE(bad);
    CHECK_FALSE(read_run_plan(base::replace_all(write_run_plan(rich_plan()), "sandbox/eu/base",
                                                std::string("sandbox/eu/") + bad))
                    .has_value());
  }
}

TEST_CASE("no bytes crash the reader") {
  const std::string good = write_run_plan(rich_plan());
  for (std::size_t cut = 0; cut < good.size() - 1; ++cut)
    REQUIRE_FALSE(read_run_plan(std::string_view(good).substr(0, cut)).has_value());
  std::mt19937 random(1);
  for (int i = 0; i < 20'000; ++i) {
    std::string text = good;
    for (int changes = 1 + static_cast<int>(random() % 3); changes > 0; --changes) {
      text[random() % text.size()] = static_cast<char>(random());
    }
    const auto plan = read_run_plan(text);
    if (plan) REQUIRE(read_run_plan(write_run_plan(*plan)).has_value());
  }
}

}  // namespace space::runplan
