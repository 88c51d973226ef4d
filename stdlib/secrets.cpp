#include "stdlib/secrets.h"

#include <algorithm>
#include <iterator>

#include "stdlib/providers.h"

namespace space::stdlib {

namespace {

struct Row {
  std::string_view source, resource, argument;
};

// Held against the providers' schemas (stdlib/schemas): these are arguments that carry a credential
// by the provider's documentation and that `sensitive` is missing on.
constexpr Row k_rows[] = {
    // Cloudflare 5.22: docs/resources/magic_wan_gre_tunnel, magic_wan_ipsec_tunnel: "MD5 key to use
    // for session authentication".
    {"cloudflare/cloudflare", "cloudflare_magic_wan_gre_tunnel", "bgp.md5_key"},
    {"cloudflare/cloudflare", "cloudflare_magic_wan_ipsec_tunnel", "bgp.md5_key"},
    // Fly 0.0.23: docs/index: "fly.io api token".
    {"fly-apps/fly", "", "fly_api_token"},
    // HashiCorp's older providers: docs/index of each.
    {"hashicorp/aws", "", "secret_key"},
    {"hashicorp/aws", "", "token"},
    {"hashicorp/azurerm", "", "client_certificate_password"},
    {"hashicorp/azurerm", "", "client_secret"},
    {"hashicorp/consul", "", "token"},
    {"hashicorp/google", "", "access_token"},
    {"hashicorp/google", "", "credentials"},
    {"hashicorp/kubernetes", "", "client_key"},
    {"hashicorp/kubernetes", "", "password"},
    {"hashicorp/kubernetes", "", "token"},
    {"hashicorp/vault", "", "token"},
    // Hetzner Cloud 1.68: docs/resources/zone: the key of a transaction signature.
    {"hetznercloud/hcloud", "hcloud_zone", "primary_nameservers.tsig_key"},
    // OVH 2.19: docs/index, "Provider configuration": the credentials of both ways to authenticate.
    {"ovh/ovh", "", "access_token"},
    {"ovh/ovh", "", "application_secret"},
    {"ovh/ovh", "", "client_secret"},
    {"ovh/ovh", "", "consumer_key"},
};

// What providers call secrets, for those whose schemas are not at hand. Whole names: `token_url`
// and `public_key` are none.
constexpr std::string_view k_words[] = {
    "access_token",   "admin_password",    "api_key",         "api_secret",    "api_token",
    "auth_token",     "client_secret",     "master_password", "passphrase",    "password",
    "pre_shared_key", "private_key",       "private_key_pem", "root_password", "secret",
    "secret_key",     "secret_access_key", "security_token",  "shared_secret", "token",
};

// tofu's pbkdf2, aws_kms, gcp_kms and openbao: docs/language/state/encryption.
constexpr std::string_view k_encryption[] = {"access_key", "access_token", "credentials",
                                             "passphrase", "secret_key",   "token"};

constexpr std::string_view k_shown[] = {
    "annotations", "comment",  "count", "description", "display_name", "domain",
    "for_each",    "hostname", "id",    "label",       "labels",       "name",
    "names",       "tag",      "tags",  "tags_all",    "title",
};

template <std::size_t N>
bool holds(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

std::string_view last_part(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  return dot == std::string_view::npos ? path : path.substr(dot + 1);
}

}  // namespace

bool is_secret_argument(const SecretPlace& place) {
  const std::string_view source = without_host(place.source);
  const bool listed = std::any_of(std::begin(k_rows), std::end(k_rows), [&](const Row& row) {
    return row.source == source && row.resource == place.resource && row.argument == place.argument;
  });
  if (listed) return true;
  // tofu's own, `terraform_data`, has none.
  return place.schema == SchemaKnown::No && !source.empty() &&
         holds(k_words, last_part(place.argument));
}

bool is_secret_of_encryption(std::string_view argument) { return holds(k_encryption, argument); }

bool is_command_line(std::string_view argument) {
  return argument == "provisioner.command" || argument == "provisioner.interpreter";
}

bool is_shown_argument(std::string_view argument) {
  if (is_command_line(argument)) return true;
  const std::string_view name = last_part(argument);
  if (holds(k_shown, name)) return true;
  if (name == "user_name" || name == "login_name") return false;  // half of a credential
  for (const std::string_view ending : {"_name", "_label", "_labels", "_tag", "_tags"}) {
    if (name.ends_with(ending)) return true;
  }
  return false;
}

}  // namespace space::stdlib
