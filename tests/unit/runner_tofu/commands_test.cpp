#include "runner/tofu/commands.h"

#include <algorithm>

#include <catch2/catch.hpp>

#include "runner/tofu/plugin_store.h"

namespace space::tofu {

namespace {
const Places k_places{"/x/tofu", "/x/tofu.rc", ""};
}

TEST_CASE("nothing that tofu or a provider obeys comes from outside") {
  const Environment own{{"PATH", "/bin"},
                        {"HOME", "/h"},
                        {"TF_CLI_ARGS", "-lock=false"},
                        {"TF_CLI_ARGS_plan", "-x"},
                        {"TF_WORKSPACE", "w"},
                        {"TF_VAR_a", "1"},
                        {"TF_LOG", "trace"},
                        {"TF_DATA_DIR", "/evil"},
                        {"HCLOUD_TOKEN", "t"},
                        {"AWS_PROFILE", "prod"},
                        {"TF_REATTACH_PROVIDERS", "{}"},
                        {"TF_PLUGIN_CACHE_DIR", "/c"},
                        {"TF_CLI_CONFIG_FILE", "/evil"},
                        {"LD_PRELOAD", "x"}};
  const Environment made = base_environment(own, k_places, "/d");
  const Environment wanted{{"PATH", "/bin"},
                           {"HOME", "/h"},
                           {"CHECKPOINT_DISABLE", "1"},
                           {"TF_CLI_CONFIG_FILE", "/x/tofu.rc"},
                           {"TF_DATA_DIR", "/d"},
                           {"TF_INPUT", "0"},
                           {"TF_IN_AUTOMATION", "1"}};
  CHECK(made == wanted);
}

TEST_CASE("commands never force anything and take values from files alone") {
  const auto plan = plan_command(k_places, Purpose::Change, "/r/in.json", "/r/p", "/r/s");
  const std::vector<std::string> wanted{"/x/tofu",
                                        "plan",
                                        "-input=false",
                                        "-no-color",
                                        "-detailed-exitcode",
                                        "-var-file=/r/in.json",
                                        "-out=/r/p",
                                        "-json-into=/r/s"};
  CHECK(plan == wanted);
  const auto destroy = plan_command(k_places, Purpose::Destroy, "/r/in.json", "/r/p", "/r/s");
  CHECK(std::count(destroy.begin(), destroy.end(), "-destroy") == 1);
  for (const auto& argv : {plan, destroy, apply_command(k_places, "/r/p"),
                           init_command(k_places, LockFile::Present), output_command(k_places)}) {
    for (const std::string& word : argv) {
      CHECK(word.rfind("-lock=", 0) == std::string::npos);
      CHECK(word.rfind("-target", 0) == std::string::npos);
      CHECK(word.rfind("-var=", 0) == std::string::npos);
      CHECK(word != "-auto-approve");
      CHECK(word != "-reconfigure");
    }
  }
  const auto init = init_command(k_places, LockFile::Present);
  CHECK(init.back() == "-lockfile=readonly");
  CHECK(init_command(k_places, LockFile::Absent).back() == "-json");
  CHECK(apply_command(k_places, "/r/p").back() == "/r/p");
}

TEST_CASE("a run takes providers from local folders alone, a fetch from a mirror first") {
  const std::string run = cli_config_text("/s", "/m");
  CHECK(run.find("direct") == std::string::npos);
  CHECK(run.find("plugin_cache_dir") == std::string::npos);
  CHECK(run.find("path = \"/m\"") < run.find("path = \"/s\""));
  CHECK(fetch_config_text("/c${x}", "/m", {}) ==
        "disable_checkpoint = true\nplugin_cache_dir   = \"/c$${x}\"\n");
  const std::string fetch = fetch_config_text("/c", "/m", {"h/n/a", "h/n/b"});
  CHECK(fetch.find("include = [\"h/n/a\", \"h/n/b\"]") != std::string::npos);
  CHECK(fetch.find("exclude = [\"h/n/a\", \"h/n/b\"]") != std::string::npos);
}

TEST_CASE("what must be fetched for a root") {
  runplan::Root root;
  CHECK(provider_set(root, {}, "lock").empty());
  root.required_providers = {{"terraform", "terraform.io/builtin/terraform", ""}};
  CHECK(provider_set(root, {}, "lock").empty());
  root.required_providers.push_back({"hcloud", "hetznercloud/hcloud", "~> 1.5"});
  CHECK(provider_set(root, {}, "lock") == "registry.opentofu.org/hetznercloud/hcloud ~> 1.5\nlock");
  CHECK(provider_set(root, {"registry.opentofu.org/hetznercloud/hcloud"}, "lock").empty());
  root.required_providers.push_back({"own", "example.com/a/b", ""});
  CHECK(provider_set(root, {"registry.opentofu.org/hetznercloud/hcloud"}, "") ==
        "example.com/a/b \n");
}

TEST_CASE("values for the environment: strings as they are, the rest as HCL") {
  CHECK(variable_for_environment(R"("a\"b ${c}")", Written::AsText) == "a\"b ${c}");
  CHECK(variable_for_environment(R"(["${a}","%{b}"])", Written::AsHcl) == R"(["$${a}","%%{b}"])");
  CHECK(variable_for_environment("12345678901234567890.5", Written::AsHcl) ==
        "12345678901234567890.5");
  // Go writes \b and \f, which HCL does not know; a backslash before a letter is not one of them.
  CHECK(variable_for_environment(R"(["a\b\f\/","\\b\"\n\u2028"])", Written::AsHcl) ==
        R"(["a\u0008\u000c/","\\b\"\n\u2028"])");
}

}  // namespace space::tofu
