#include "runner/joint/state_merge.h"

#include <catch2/catch.hpp>

#include "core/runplan/json_writer.h"

namespace space::joint {

namespace {

constexpr const char* k_random = "registry.opentofu.org/hashicorp/random";

// Everything that a state of format 4 may say of an object, with numbers of many digits.
std::string rich_state() {
  return R"({
  "version": 4, "terraform_version": "1.12.6", "serial": 7, "lineage": "abc",
  "outputs": {"id": {"value": 12345678901234567890.123456789, "type": "number"},
              "s": {"value": "x", "type": "string", "sensitive": true}},
  "resources": [
    {"mode": "managed", "type": "terraform_data", "name": "it", "provider": "provider[\"terraform.io/builtin/terraform\"]",
     "instances": [{"index_key": "a.b[\"c\"]", "schema_version": 0, "attributes": {"id": "1", "n": 0.1e3},
       "sensitive_attributes": [[{"type": "get_attr", "value": "input"}]], "identity_schema_version": 0, "private": "cHJpdg==",
       "dependencies": ["terraform_data.other", "module.m.random_id.x"], "create_before_destroy": true},
      {"index_key": 2, "deposed": "00000001", "status": "tainted", "schema_version": 0, "attributes": {}}]},
    {"module": "module.m[\"k.l\"]", "mode": "managed", "type": "random_id", "name": "x", "each": "list",
     "provider": "provider[\"registry.opentofu.org/hashicorp/random\"].special",
     "instances": [{"provider": "provider[\"registry.opentofu.org/hashicorp/random\"]", "schema_version": 0, "attributes": {}}]},
    {"module": "module.m", "mode": "data", "type": "random_id", "name": "own",
     "provider": "module.m.provider[\"registry.opentofu.org/hashicorp/random\"]", "instances": []}
  ],
  "check_results": [{"object_kind": "check", "config_addr": "check.c", "status": "pass", "objects": []}]
})";
}

StatePart part(std::size_t root, const std::string& text) {
  StatePart part{root, "e/s/m/000/p" + std::to_string(root), text, {}};
  const std::string own = "module.p0000" + std::to_string(root) + ".provider[\"" + k_random + "\"]";
  part.providers = {{k_random, "special", own + ".special"}, {k_random, "", own}};
  return part;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("states are merged under their modules and come out as they went in") {
  const std::string one = rich_state(), none;
  const std::vector<StatePart> parts{part(1, one), part(2, none), part(3, one)};
  const auto merged = merge_states(parts, "1.12.6");
  REQUIRE(merged);
  CHECK(has(*merged, R"("module":"module.p00001.module.m[\"k.l\"]")"));
  CHECK(has(*merged, R"("module":"module.p00003")"));
  CHECK(has(
      *merged,
      R"("dependencies":["module.p00001.terraform_data.other","module.p00001.module.m.random_id.x"])"));
  CHECK(has(*merged, R"("provider":"provider[\"terraform.io/builtin/terraform\"]")"));
  CHECK(has(*merged,
            R"(module.p00003.provider[\"registry.opentofu.org/hashicorp/random\"].special)"));
  CHECK(has(*merged,
            R"(module.p00001.module.m.provider[\"registry.opentofu.org/hashicorp/random\"])"));
  CHECK(has(*merged, R"("p00003__id":{"value":12345678901234567890.123456789,"type":"number"})"));
  CHECK(has(*merged, R"("private":"cHJpdg==")"));
  CHECK(check_merged(*merged, parts));
}

TEST_CASE("providers that are configured nowhere here keep their address") {
  StatePart bare = part(1, "");
  const std::string state = rich_state();
  bare.text = state;
  bare.providers.clear();
  const auto merged = merge_states({bare}, "1.12.6");
  REQUIRE(merged);
  CHECK(
      has(*merged, R"("provider":"provider[\"registry.opentofu.org/hashicorp/random\"].special")"));
  CHECK(check_merged(*merged, {bare}));
}

TEST_CASE("what was merged wrongly is noticed") {
  const std::string state = rich_state();
  const std::vector<StatePart> parts{part(1, state)};
  const std::string merged = *merge_states(parts, "1.12.6");
  const auto spoiled = [&](const std::string& from, const std::string& to) {
    std::string text = merged;
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
  };
  const std::pair<const char*, const char*> spoilers[] = {
      {"module.p00001.terraform_data.other", "module.p00001.terraform_data.another"},
      {"0.1e3", "101"},
      {"cHJpdg==", "cHJpdh=="},
      {"\"create_before_destroy\":true", "\"create_before_destroy\":false"},
      {"\"index_key\":2", "\"index_key\":3"},
      {"\"tainted\"", "\"ready\""},
      {"00000001", "00000002"},
      {"123456789,\"type\"", "123456788,\"type\""},
      {"\"sensitive\":true", "\"sensitive\":false"},
      {"random\\\"].special", "random\\\"].other"},
      {"\"module\":\"module.p00001.module.m\"", "\"module\":\"module.p00001.module.n\""},
      {"\"module\":\"module.p00001\"", "\"module\":\"module.p00009\""},
      {"p00001__s", "p00001__t"},
  };
  for (const auto& [from, to] : spoilers) {
    INFO(from);
    CHECK_FALSE(check_merged(spoiled(from, to), parts));
  }
}

TEST_CASE("other formats are refused, with the procedure's name") {
  const std::pair<const char*, const char*> states[] = {
      {R"({"version":3,"modules":[]})", "format 3"},
      {R"({"version":5})", "format 5"},
      {R"({"encrypted_data":"x","meta":{}})", "format 0"},
      {R"({"version":4,"resources":[],"novelty":1})", "`novelty`"},
      {R"({"version":4,)", "cannot be read"},
      {R"({"version":4,"resources":[{"mode":"managed","type":"t","name":"n","instances":[]},)"
       R"({"mode":"managed","type":"t","name":"n","instances":[]}]})",
       "twice"},
  };
  for (const auto& [text, words] : states) {
    const auto merged = merge_states({{4, "e/s/m/000/p4", text, {}}}, "1.12.6");
    REQUIRE_FALSE(merged);
    CHECK(has(merged.error().message, "`e/s/m/000/p4`"));
    CHECK(has(merged.error().message, words));
  }
}

TEST_CASE("every cut of a state is refused or merged, and never a crash") {
  const std::string state = runplan::compact_json(rich_state());
  for (std::size_t size = 1; size < state.size(); ++size) {
    const std::string cut = state.substr(0, size);
    CHECK_FALSE(merge_states({part(1, cut)}, "1.12.6"));
  }
}

}  // namespace space::joint
