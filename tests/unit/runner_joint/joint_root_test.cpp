#include "runner/joint/joint_root.h"

#include <algorithm>

#include <catch2/catch.hpp>

namespace space::joint {

namespace {

runplan::Root root(const std::string& id) {
  runplan::Root root;
  root.id = id;
  return root;
}

struct Scene {
  runplan::RunPlan plan;
  std::vector<Part> parts;

  Scene() {
    plan.roots = {root("e/s/m/000/p"), root("e/s/m/000/p-2"), root("e/s/m/010/q")};
    plan.roots[0].outputs = {{"id", values::Type::string(), false, false},
                             {"key", values::Type::string(), true, false}};
    plan.roots[0].modules = {"net-1"};
    plan.roots[2].variables = {
        {"gone", values::Type::string(), true, false, true, runplan::FromOutput{"x", "y"}},
        {"size", values::Type::number(), false, false, true, runplan::FromValues{}},
        {"token", values::Type::string(), true, true, true, runplan::FromSecret{"t"}},
        {"up", values::Type::string(), false, false, true,
         runplan::FromOutput{"e/s/m/000/p", "id"}}};
    for (const char* path :
         {"e/s/m/000/p-2/main.tf", "e/s/m/000/p/.terraform.lock.hcl", "e/s/m/000/p/backend.tf",
          "e/s/m/000/p/main.tf", "e/s/m/000/p/terraform.tfvars", "e/s/m/010/q/imports.tf",
          "e/s/m/010/q/outputs.tf", "isolation.json", "modules/net-1/backend.tf",
          "modules/net-1/sub/main.tf", "modules/net-1-other/main.tf"})
      plan.files.push_back({path, 0644, ""});
    parts = {{0, {}}, {2, {}}};
    const auto& variables = plan.roots[2].variables;
    parts[1].wires = {{&variables[0], Wire::Kind::Unknown, "", 9, "y", true},
                      {&variables[1], Wire::Kind::Given, "12345678901234567890.5", 0, "", false},
                      {&variables[2], Wire::Kind::Given, "\"s3cret\"", 0, "", true},
                      {&variables[3], Wire::Kind::Joined, "", 0, "id", false}};
  }
};

}  // namespace

TEST_CASE("procedures are called, wired, and give their outputs again") {
  const Scene scene;
  const JointRoot joint = write_joint_root(scene.plan, scene.parts, {});
  CHECK(joint.files.at("main.tf.json") == R"({
"variable":{
"p00002__size":{"type":"any"},
"p00002__token":{"type":"any","sensitive":true,"ephemeral":true}},
"module":{
"p00000":{"source":"./e/s/m/000/p"},
"p00002":{"source":"./e/s/m/010/q","gone":"${sensitive(jsondecode(terraform_data.anchor.id))}","size":"${var.p00002__size}","token":"${var.p00002__token}","up":"${module.p00000.id}"}},
"output":{
"p00000__id":{"value":"${module.p00000.id}","depends_on":["terraform_data.anchor"]},
"p00000__key":{"value":"${module.p00000.key}","sensitive":true,"depends_on":["terraform_data.anchor"]}},
"resource":{"terraform_data":{"anchor":{}}}
}
)");
  CHECK(joint.values_json ==
        "{\n\"p00002__size\":12345678901234567890.5,\n\"p00002__token\":\"s3cret\"\n}\n");
}

TEST_CASE("files are copied but for those that mean something in a root alone") {
  const Scene scene;
  const JointRoot joint = write_joint_root(scene.plan, scene.parts, {});
  CHECK(joint.copies == std::vector<std::string>{"e/s/m/000/p/main.tf", "e/s/m/010/q/outputs.tf",
                                                 "modules/net-1/backend.tf",
                                                 "modules/net-1/sub/main.tf"});
}

TEST_CASE("imports go to the joint root under the procedure's address") {
  Scene scene;
  scene.plan.roots[2].required_providers = {{"random", "hashicorp/random", "1.0.0"}};
  scene.plan.roots[2].imports = {
      {"module.this.random_id.x",
       "import {\n  to = module.this.random_id.x\n  id = \"to x\"\n}\n"}};
  CHECK(unliftable_import(scene.plan.roots[2]).empty());
  const JointRoot joint = write_joint_root(scene.plan, scene.parts, {});
  CHECK(joint.files.at("imports.tf") ==
        "import {\n  to = module.p00002.module.this.random_id.x\n  id = \"to x\"\n}\n\n");
  CHECK(
      joint.files.at("main.tf.json")
          .find(
              R"("required_providers":{"random":{"source":"registry.opentofu.org/hashicorp/random"}})") !=
      std::string::npos);
}

TEST_CASE("an import that only its own root can read is not lifted") {
  for (const char* id : {"var.id", "local.id", "data.x.y.id", "each.value"}) {
    runplan::Root one = root("e/s/m/000/p");
    one.imports = {{"a.b", std::string("import {\n  to = a.b\n  id = ") + id + "\n}\n"}};
    CHECK_FALSE(unliftable_import(one).empty());
  }
}

}  // namespace space::joint
