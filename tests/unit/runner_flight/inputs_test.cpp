#include "runner/flight/inputs.h"

#include <catch2/catch.hpp>

namespace space::flight {

namespace {

using runplan::FromOutput;
using runplan::FromSecret;
using runplan::FromValues;
using values::Type;
using values::Value;

struct Scene {
  runplan::Flight flight;
  runplan::Root root;
  std::map<std::string, std::string> environment{{"TOKEN", "s3cret-value"}};
  std::map<std::string, tofu::Outputs> known;
  std::string hmac_key = "key";
  std::map<std::string, runplan::Output> declared{{"maybe", {"maybe", Type::string(), false, true}},
                                                  {"n", {"n", Type::number(), false, false}}};

  Scene() {
    flight.id = "e/s/m";
    flight.secrets = {{"file", runplan::Secret::Method::Env, {"TOKEN"}, true},
                      {"token", runplan::Secret::Method::Env, {"TOKEN"}, false}};
    root.id = "e/s/m/010/p";
  }
  void variable(const std::string& name, runplan::VariableSource source, Type type = Type::string(),
                bool ephemeral = false) {
    root.variables.push_back({name, type, false, ephemeral, true, std::move(source)});
  }
  base::Result<Inputs> gather(Extent extent = Extent::All) {
    secrets::Scrubber scrubber;
    secrets::SecretStore store({environment, "/p", nullptr, nullptr}, scrubber);
    const InputSources sources{
        flight,
        [this](const std::string& id) {
          const auto found = known.find(id);
          return found == known.end() ? nullptr : &found->second;
        },
        [this](const std::string&, const std::string& output) -> const runplan::Output* {
          const auto found = declared.find(output);
          return found == declared.end() ? nullptr : &found->second;
        },
        store,
        hmac_key,
        [](const std::string& name, const std::string&) -> base::Result<std::string> {
          return "/run/" + name;
        }};
    return gather_inputs(root, sources, extent);
  }
};

}  // namespace

TEST_CASE("every variable is given, from values, outputs and secrets, with exact numbers") {
  Scene scene;
  scene.variable("a", FromValues{Value::string("x\"${y}")});
  scene.variable("b", FromOutput{"up", "n"}, Type::number());
  scene.variable("c", FromSecret{"token"});
  scene.variable("d", FromSecret{"file"});
  scene.variable("e", FromOutput{"up", "maybe"});
  scene.known["up"] = {{"n", {"12345678901234567890.5", "", false}}};
  const auto inputs = scene.gather();
  REQUIRE(inputs.has_value());
  CHECK(inputs->variables_json ==
        "{\"a\":\"x\\\"${y}\",\"b\":12345678901234567890.5,\"c\":\"s3cret-value\",\"d\":\"/run/"
        "file\",\"e\":null}\n");
  CHECK(inputs->missing.empty());
  CHECK(inputs->at_apply.empty());
  for (const auto& [name, digest] : inputs->parts)
    CHECK(digest.find("s3cret") == std::string::npos);
}

TEST_CASE("outputs that are not known are missing, whether the root was applied or not") {
  Scene scene;
  scene.variable("a", FromOutput{"up", "n"});
  scene.variable("b", FromOutput{"never", "maybe"});
  scene.known["up"] = {};
  const auto inputs = scene.gather();
  REQUIRE(inputs.has_value());
  REQUIRE(inputs->missing.size() == 2);
  CHECK(inputs->missing[0].output == "n");
  CHECK(inputs->missing[1].root ==
        "never");  // an optional output of what was never applied is not known to be null
}

TEST_CASE(
    "ephemeral variables are given again at the apply, what encryption reads at every command") {
  Scene scene;
  scene.variable("list", FromValues{Value::tuple({Value::string("${x}")})},
                 Type::list(Type::string()), true);
  scene.variable("phrase", FromSecret{"token"});
  scene.root.state.encryption_variables = {"phrase"};
  scene.root.state.environment = {{"AWS_SECRET_ACCESS_KEY", "token"}};
  const auto inputs = scene.gather();
  REQUIRE(inputs.has_value());
  CHECK(inputs->at_apply == tofu::Environment{{"TF_VAR_list", "[\"$${x}\"]"}});
  CHECK(inputs->at_every_command == tofu::Environment{{"AWS_SECRET_ACCESS_KEY", "s3cret-value"},
                                                      {"TF_VAR_phrase", "s3cret-value"}});
  const auto access = scene.gather(Extent::AccessAlone);
  REQUIRE(access.has_value());
  CHECK(access->variables_json == "{\"phrase\":\"s3cret-value\"}\n");
  CHECK(access->at_every_command == inputs->at_every_command);
}

TEST_CASE("the fingerprint changes with each input and with nothing else") {
  Scene scene;
  scene.variable("a", FromOutput{"up", "n"});
  scene.variable("c", FromSecret{"token"});
  scene.known["up"] = {{"n", {"1", "", false}}};
  const Parts before = scene.gather()->parts;
  CHECK(scene.gather()->parts == before);
  scene.known["up"]["other"] = {"2", "", false};
  CHECK(scene.gather()->parts == before);
  scene.known["up"]["n"].json = "2";
  const Parts output = scene.gather()->parts;
  CHECK(output != before);
  scene.environment["TOKEN"] = "another";
  const Parts secret = scene.gather()->parts;
  CHECK(secret != output);
  scene.hmac_key = "other";
  CHECK(scene.gather()->parts != secret);
}

TEST_CASE("a secret that cannot be fetched says why") {
  Scene scene;
  scene.variable("c", FromSecret{"token"});
  scene.environment.clear();
  const auto inputs = scene.gather();
  REQUIRE_FALSE(inputs.has_value());
  CHECK(inputs.error().message ==
        "secret `token` cannot be fetched: environment variable `TOKEN` is not set");
}

TEST_CASE("what is not as declared any more is not taken in") {
  const auto missing = [](const std::string& json, bool sensitive) {
    Scene scene;
    scene.variable("a", FromOutput{"up", "n"}, Type::number());
    scene.known["up"] = {{"n", {json, "", sensitive}}};
    const auto inputs = scene.gather();
    REQUIRE(inputs.has_value());
    return inputs->missing.empty() ? std::string() : inputs->missing[0].what;
  };
  CHECK(missing("1", false).empty());
  CHECK(missing("\"1\"", false).empty());  // tofu converts it too
  CHECK(missing("\"one\"", false) ==
        "is not what is declared: a number is required, and this is \"one\"");
  CHECK(missing("\"one\"", true) == "is not what is declared: it is sensitive, and no number");
  CHECK(missing("1", true) == "is sensitive, which is not what is declared");
  CHECK(missing("null", false) == "is null or missing");
}

TEST_CASE("what the environment cannot carry is refused, and named") {
  for (const auto& [value, words] :
       {std::pair{std::string("a\0b", 3), "input `a` holds a NUL character"},
        std::pair{std::string(200'000, 'x'), "200000 bytes are too many"}}) {
    Scene scene;
    scene.environment["TOKEN"] = value;
    scene.variable("a", FromSecret{"token"}, Type::string(), true);
    const auto inputs = scene.gather();
    REQUIRE_FALSE(inputs.has_value());
    CHECK(inputs.error().message.find(words) != std::string::npos);
    scene.root.variables[0].ephemeral = false;  // in a file anything goes
    CHECK(scene.gather().has_value());
  }
}

}  // namespace space::flight
