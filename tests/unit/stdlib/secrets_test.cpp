#include "stdlib/secrets.h"

#include <catch2/catch.hpp>

using namespace space::stdlib;

TEST_CASE("arguments that carry secrets and that no schema marks") {
  CHECK(is_secret_argument({"ovh/ovh", "", "consumer_key"}));
  CHECK(is_secret_argument({"registry.opentofu.org/ovh/ovh", "", "consumer_key"}));
  CHECK_FALSE(is_secret_argument({"ovh/ovh", "ovh_domain_zone", "consumer_key"}));
  CHECK_FALSE(is_secret_argument({"ovh/ovh", "", "application_key"}));
  CHECK(is_secret_argument(
      {"cloudflare/cloudflare", "cloudflare_magic_wan_gre_tunnel", "bgp.md5_key"}));
  CHECK_FALSE(
      is_secret_argument({"cloudflare/cloudflare", "cloudflare_magic_wan_gre_tunnel", "md5_key"}));
}

TEST_CASE("without a schema, names say it") {
  for (const char* argument : {"password", "token", "login.password", "a.b.private_key"}) {
    INFO(argument);
    CHECK(is_secret_argument({"acme/acme", "acme_thing", argument, SchemaKnown::No}));
    CHECK_FALSE(is_secret_argument({"acme/acme", "acme_thing", argument, SchemaKnown::Yes}));
    CHECK_FALSE(is_secret_argument({"", "terraform_data", argument, SchemaKnown::No}));
  }
  for (const char* argument : {"token_url", "password_length", "public_key", "secret_id", "user"}) {
    INFO(argument);
    CHECK_FALSE(is_secret_argument({"acme/acme", "acme_thing", argument, SchemaKnown::No}));
  }
}

TEST_CASE("what is shown to everybody") {
  for (const char* argument :
       {"name", "tags", "labels", "server_name", "default_tags", "count", "for_each",
        "provisioner.command", "block.display_name", "description"}) {
    INFO(argument);
    CHECK(is_shown_argument(argument));
  }
  for (const char* argument : {"user_name", "username", "password", "name.value", "namespace",
                               "user_data", "command", "provisioner.environment", "hostnames"}) {
    INFO(argument);
    CHECK_FALSE(is_shown_argument(argument));
  }
}

TEST_CASE("secrets of an encryption") {
  CHECK(is_secret_of_encryption("passphrase"));
  CHECK_FALSE(is_secret_of_encryption("key_length"));
}
