#include "runner/joint/providers.h"

#include <catch2/catch.hpp>

namespace space::joint {

namespace {

constexpr const char* k_text = "provider \"lab\" {\n  token = var.token\n}\n";

// Procedures with a block of one provider each, and a token.
struct Scene {
  runplan::RunPlan plan;
  std::vector<Part> parts;

  void add(const std::string& text, const std::string& token, Wire::Kind kind = Wire::Kind::Given) {
    runplan::Root root;
    root.id = "e/s/m/000/p" + std::to_string(plan.roots.size());
    root.required_providers = {{"lab", "acme/lab", "1.0.0"}};
    root.provider_blocks = {{"lab", "", text, {"token"}}};
    root.variables = {
        {"token", values::Type::string(), true, true, true, runplan::FromSecret{"t"}}};
    plan.roots.push_back(root);
    tokens.push_back({token, kind});
  }
  Lifting lift() {
    parts.clear();
    for (std::size_t i = 0; i < plan.roots.size(); ++i) {
      Wire wire;
      wire.variable = &plan.roots[i].variables[0];
      wire.kind = tokens[i].second;
      wire.json = tokens[i].first;
      wire.sensitive = true;
      parts.push_back({i, {wire}});
    }
    return lift_providers(plan, parts);
  }
  std::string place(std::size_t part, const Lifting& lifting) const {
    return provider_places(plan, parts[part], lifting).at(0).address;
  }

  std::vector<std::pair<std::string, Wire::Kind>> tokens;
};

}  // namespace

TEST_CASE("equal blocks are written once and passed; the state says where") {
  Scene scene;
  scene.add(k_text, "\"one\"");
  scene.add(k_text, "\"one\"");
  scene.add(k_text, "\"two\"");
  const Lifting lifting = scene.lift();
  REQUIRE(lifting.blocks.size() == 1);
  CHECK(lifting.blocks[0].source == "registry.opentofu.org/acme/lab");
  CHECK(lifting.passed.at(0).at("lab") == "lifted0");
  CHECK(lifting.passed.count(2) == 0);
  CHECK(scene.place(1, lifting) == "provider[\"registry.opentofu.org/acme/lab\"].lifted0");
  CHECK(scene.place(2, lifting) == "module.p00002.provider[\"registry.opentofu.org/acme/lab\"]");

  const JointRoot joint = write_joint_root(scene.plan, scene.parts, lifting);
  CHECK(joint.files.at("providers.tf") ==
        "provider \"lab\" {\n  alias = \"lifted0\"\n\n  token = var.token\n}\n\n");
  const std::string& main = joint.files.at("main.tf.json");
  CHECK(main.find(R"("token":{"type":"string","sensitive":true,"ephemeral":true})") !=
        std::string::npos);
  CHECK(main.find(R"("providers":{"lab":"lab.lifted0"})") != std::string::npos);
  CHECK(main.find(R"("required_providers":{"lab":{"source":"registry.opentofu.org/acme/lab"}})") !=
        std::string::npos);
  CHECK(joint.values_json.find("\"token\":\"one\"") != std::string::npos);
}

TEST_CASE("a second group whose variable has another value stays where it is") {
  Scene scene;
  for (const char* token : {"\"one\"", "\"one\"", "\"two\"", "\"two\""}) scene.add(k_text, token);
  const Lifting lifting = scene.lift();
  CHECK(lifting.blocks.size() == 1);
  CHECK(lifting.passed.count(3) == 0);
}

TEST_CASE("what only its own root can say is not lifted") {
  const std::string local = "provider \"lab\" {\n  token = \"${var.token}${local.x}\"\n}\n";
  for (const std::string& text : {local, std::string(k_text)}) {
    Scene scene;
    const auto kind = text == local ? Wire::Kind::Given : Wire::Kind::Joined;
    scene.add(text, "\"one\"", kind);
    scene.add(text, "\"one\"", kind);
    CHECK(scene.lift().blocks.empty());
  }
  Scene scene;
  scene.add(k_text, "\"one\"");
  scene.add(k_text, "\"one\"");
  for (runplan::Root& root : scene.plan.roots)
    root.provider_blocks.push_back({"lab", "other", k_text, {"token"}});
  CHECK(scene.lift().blocks.empty());
}

TEST_CASE("one block alone is not lifted") {
  Scene scene;
  scene.add(k_text, "\"one\"");
  CHECK(scene.lift().blocks.empty());
}

}  // namespace space::joint
