// The whole program of the design, as the corpus has it.
#include <cstddef>

#include <catch2/catch.hpp>

#include "core/base/embedded.h"
#include "support.h"

namespace space::base {
extern const EmbeddedFile k_tour[];
extern const std::size_t k_tour_count;
}  // namespace space::base

namespace {
template <class Item>
std::string names_of(const std::vector<Item>& items) {
  std::string text;
  for (const Item& item : items) text += (text.empty() ? "" : " ") + item.name.text;
  return text;
}
// The corpus case may carry further files after the first one.
std::string tour() {
  std::string_view text = space::base::k_tour[0].bytes;
  return std::string(text.substr(0, text.find("\n# --- std/")));
}
}  // namespace

TEST_CASE("the tour builds") {
  REQUIRE(space::base::k_tour_count == 1);
  const Built built = build({{"tour.space", tour()}});
  const auto& program = built.program;
  CHECK(built.diagnostics.empty());
  REQUIRE(program.project);
  CHECK(built.show(program.project->tofu) == "\"1.12.6\"");
  CHECK(names_of(program.environments) == "common nonprod prod sandbox");
  CHECK(built.show(program.environments.at(2).promote_from) == "(.nonprod environment)");
  CHECK(names_of(program.providers) == "cloudflare hcloud incus");
  CHECK(names_of(program.secrets) == "cloudflare_token hcloud_token state_passphrase");
  CHECK(names_of(program.spaces) == "edge fsn1 nbg1");
  CHECK(names_of(program.missions) == "dns fleet observability workers");
  CHECK(program.removed.size() == 1);

  const auto& remote = program.remotes.at(0);
  CHECK(remote.type.text == "s3");
  CHECK(names_of(remote.arguments) == "bucket region use_lockfile");
  CHECK(remote.blocks.at(0).labels.at(0).text == "pbkdf2");

  const auto& fleet = program.missions.at(1);
  CHECK(fleet.documentation ==
        "A fleet of servers behind a private network: the same code in nonprod and prod, in two "
        "regions.");
  CHECK(names_of(fleet.variables) == "cidr image servers");
  CHECK(names_of(fleet.stages) == "000 010");
  CHECK(names_of(fleet.stages.at(1).procedures) == "firewall servers");
  CHECK(fleet.moved.size() == 1);
  const auto& firewall = fleet.stages.at(1).procedures.at(0);
  CHECK(firewall.body.at(0).type.text == "resource");
  CHECK(built.show(firewall.outputs.at(0).value) == "(.id (.this hcloud_firewall))");
  const auto& servers = fleet.stages.at(1).procedures.at(1);
  CHECK(built.show(servers.source) == "\"std/server\"");

  const auto& workers = program.missions.at(3);
  CHECK(built.show(workers.for_each) == "(call toset (tuple \"billing\" \"search\"))");
  CHECK(workers.providers.at(0).body.blocks.at(0).type.text == "remote");

  const auto& dns = program.missions.at(0);
  CHECK(built.show(dns.stages.at(0).procedures.at(0).inputs) ==
        "(object \"zone\" (.domain var) \"addresses\" (call flatten (for region,fleet (.fleet "
        "mission) (.addresses fleet))))");

  REQUIRE(program.values.size() == 6);
  CHECK(program.values.at(0).name.text == "dns");
  CHECK(program.values.at(0).environment.text == "nonprod");
  CHECK(names_of(program.values.at(4).values) == "image servers");
}
