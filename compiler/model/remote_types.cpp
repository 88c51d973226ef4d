#include "compiler/model/remote_types.h"

#include <algorithm>

namespace space::model {

namespace {

using enum ArgumentRole;

// By name within each, so that they can be searched. What needs no isolation of its own (how to log
// in, how to retry) is Plain; an account or a cluster that could hold another copy of the same
// names is Identity.
constexpr RemoteArgument k_azurerm[] = {
    {"access_key", Secret, "ARM_ACCESS_KEY"},
    {"ado_service_connection_id", Plain, {}},
    {"client_certificate", Secret, "ARM_CLIENT_CERTIFICATE"},
    {"client_certificate_password", Secret, "ARM_CLIENT_CERTIFICATE_PASSWORD"},
    {"client_certificate_path", Plain, {}},
    {"client_id", Plain, {}},
    {"client_id_file_path", Plain, {}},
    {"client_secret", Secret, "ARM_CLIENT_SECRET"},
    {"client_secret_file_path", Plain, {}},
    {"container_name", Required, {}},
    {"customer_provided_key", Secret, "ARM_CUSTOMER_PROVIDED_KEY"},
    {"encryption_scope", Plain, {}},
    {"endpoint", Plain, {}},
    {"environment", Identity, {}},
    {"key", Owned, {}},
    {"metadata_host", Identity, {}},
    {"msi_endpoint", Plain, {}},
    {"oidc_request_token", Secret, "ARM_OIDC_REQUEST_TOKEN"},
    {"oidc_request_url", Plain, {}},
    {"oidc_token", Secret, "ARM_OIDC_TOKEN"},
    {"oidc_token_file_path", Plain, {}},
    {"resource_group_name", Plain, {}},
    {"sas_token", Secret, "ARM_SAS_TOKEN"},
    {"snapshot", Plain, {}},
    {"storage_account_name", Required, {}},
    {"subscription_id", Plain, {}},
    {"tenant_id", Plain, {}},
    {"timeout_seconds", Plain, {}},
    {"use_aks_workload_identity", Plain, {}},
    {"use_azuread_auth", Plain, {}},
    {"use_cli", Plain, {}},
    {"use_msi", Plain, {}},
    {"use_oidc", Plain, {}},
};

constexpr RemoteArgument k_consul[] = {
    {"access_token", Secret, "CONSUL_HTTP_TOKEN"},
    {"address", Identity, {}},
    {"ca_file", Plain, {}},
    {"cert_file", Plain, {}},
    {"datacenter", Identity, {}},
    {"gzip", Plain, {}},
    {"http_auth", Secret, "CONSUL_HTTP_AUTH"},
    {"key_file", Plain, {}},
    {"lock", Lock, {}},
    {"path", Owned, {}},
    {"scheme", Plain, {}},
};

constexpr RemoteArgument k_cos[] = {
    {"accelerate", Plain, {}},
    {"acl", Plain, {}},
    {"bucket", Required, {}},
    {"encrypt", Plain, {}},
    {"key", Owned, {}},
    {"prefix", Owned, {}},
    {"region", Required, {}},
    {"secret_id", Secret, "TENCENTCLOUD_SECRET_ID"},
    {"secret_key", Secret, "TENCENTCLOUD_SECRET_KEY"},
    {"security_token", Secret, "TENCENTCLOUD_SECURITY_TOKEN"},
};
constexpr RemoteArgument k_cos_assume_role[] = {
    {"policy", Plain, {}},
    {"role_arn", Needed, "TENCENTCLOUD_ASSUME_ROLE_ARN"},
    {"session_duration", Plain, {}},
    {"session_name", Needed, "TENCENTCLOUD_ASSUME_ROLE_SESSION_NAME"},
};
constexpr RemoteNested k_cos_nested[] = {{"assume_role", NestedForm::Block, k_cos_assume_role}};

constexpr RemoteArgument k_gcs[] = {
    {"access_token", Secret, "GOOGLE_OAUTH_ACCESS_TOKEN"},
    {"bucket", Required, {}},
    {"credentials", Secret, "GOOGLE_BACKEND_CREDENTIALS"},
    {"encryption_key", Secret, "GOOGLE_ENCRYPTION_KEY"},
    {"impersonate_service_account", Plain, {}},
    {"impersonate_service_account_delegates", Plain, {}},
    {"kms_encryption_key", Plain, {}},
    {"prefix", Owned, {}},
    {"storage_custom_endpoint", Identity, {}},
    {"universe_domain", Identity, {}},
};

constexpr RemoteArgument k_http[] = {
    {"address", Owned, {}},
    {"base", Ours, {}},
    {"client_ca_certificate_pem", Plain, {}},
    {"client_certificate_pem", Plain, {}},
    {"client_private_key_pem", Secret, "TF_HTTP_CLIENT_PRIVATE_KEY_PEM"},
    {"headers", Plain, {}},
    {"lock_address", Owned, {}},
    {"lock_method", Plain, {}},
    {"password", Secret, "TF_HTTP_PASSWORD"},
    {"retry_max", Plain, {}},
    {"retry_wait_max", Plain, {}},
    {"retry_wait_min", Plain, {}},
    {"skip_cert_verification", Plain, {}},
    {"unlock_address", Owned, {}},
    {"unlock_method", Plain, {}},
    {"update_method", Plain, {}},
    {"username", Plain, {}},
};

constexpr RemoteArgument k_kubernetes[] = {
    {"client_certificate", Plain, {}},
    {"client_key", Secret, "KUBE_CLIENT_KEY_DATA"},
    {"cluster_ca_certificate", Plain, {}},
    {"config_context", Identity, {}},
    {"config_context_auth_info", Plain, {}},
    {"config_context_cluster", Identity, {}},
    {"config_path", Identity, {}},
    {"config_paths", Identity, {}},
    {"host", Identity, {}},
    {"in_cluster_config", Plain, {}},
    {"insecure", Plain, {}},
    {"labels", Plain, {}},
    {"load_config_file", Plain, {}},
    {"namespace", Identity, {}},
    {"password", Secret, "KUBE_PASSWORD"},
    {"secret_suffix", Owned, {}},
    {"token", Secret, "KUBE_TOKEN"},
    {"username", Plain, {}},
};
constexpr RemoteArgument k_kubernetes_exec[] = {
    {"api_version", Needed, {}},
    {"args", Plain, {}},
    {"command", Needed, {}},
    {"env", Plain, {}},
};
constexpr RemoteNested k_kubernetes_nested[] = {{"exec", NestedForm::Block, k_kubernetes_exec}};

constexpr RemoteArgument k_local[] = {
    {"folder", Ours, {}},
    {"path", Owned, {}},
};

constexpr RemoteArgument k_oss[] = {
    {"access_key", Secret, "ALICLOUD_ACCESS_KEY"},
    {"acl", Plain, {}},
    {"assume_role_policy", Plain, {}},
    {"assume_role_role_arn", Plain, {}},
    {"assume_role_session_expiration", Plain, {}},
    {"assume_role_session_name", Plain, {}},
    {"bucket", Required, {}},
    {"ecs_role_name", Plain, {}},
    {"encrypt", Plain, {}},
    {"endpoint", Identity, {}},
    {"key", Owned, {}},
    {"prefix", Owned, {}},
    {"profile", Plain, {}},
    {"region", Identity, {}},
    {"secret_key", Secret, "ALICLOUD_SECRET_KEY"},
    {"security_token", Secret, "ALICLOUD_SECURITY_TOKEN"},
    {"shared_credentials_file", Plain, {}},
    {"sts_endpoint", Plain, {}},
    {"tablestore_endpoint", Plain, {}},
    {"tablestore_table", Lock, {}},
};
constexpr RemoteArgument k_oss_assume_role[] = {
    {"policy", Plain, {}},
    {"role_arn", Plain, {}},
    {"session_expiration", Plain, {}},
    {"session_name", Plain, {}},
};
constexpr RemoteNested k_oss_nested[] = {{"assume_role", NestedForm::Block, k_oss_assume_role}};

constexpr RemoteArgument k_pg[] = {
    {"conn_str", Required, {}},          {"index_name", Plain, {}},
    {"schema_name", Owned, {}},          {"skip_index_creation", Plain, {}},
    {"skip_schema_creation", Plain, {}}, {"skip_table_creation", Plain, {}},
    {"table_name", Plain, {}},
};

constexpr RemoteArgument k_s3[] = {
    {"access_key", Secret, "AWS_ACCESS_KEY_ID"},
    {"acl", Plain, {}},
    {"allowed_account_ids", Plain, {}},
    {"assume_role", Plain, {}},
    {"assume_role_duration_seconds", Plain, {}},
    {"assume_role_policy", Plain, {}},
    {"assume_role_policy_arns", Plain, {}},
    {"assume_role_tags", Plain, {}},
    {"assume_role_transitive_tag_keys", Plain, {}},
    {"assume_role_with_web_identity", Plain, {}},
    {"bucket", Required, {}},
    {"custom_ca_bundle", Plain, {}},
    {"dynamodb_endpoint", Plain, {}},
    {"dynamodb_table", Lock, {}},
    {"ec2_metadata_service_endpoint", Plain, {}},
    {"ec2_metadata_service_endpoint_mode", Plain, {}},
    {"encrypt", Plain, {}},
    {"endpoint", Identity, {}},
    {"endpoints", Identity, {}},
    {"external_id", Plain, {}},
    {"forbidden_account_ids", Plain, {}},
    {"force_path_style", Plain, {}},
    {"http_proxy", Plain, {}},
    {"https_proxy", Plain, {}},
    {"iam_endpoint", Plain, {}},
    {"insecure", Plain, {}},
    {"key", Owned, {}},
    {"kms_key_id", Plain, {}},
    {"lock_tags", Plain, {}},
    {"max_retries", Plain, {}},
    {"no_proxy", Plain, {}},
    {"profile", Plain, {}},
    {"region", Required, {}},
    {"retry_mode", Plain, {}},
    {"role_arn", Plain, {}},
    {"secret_key", Secret, "AWS_SECRET_ACCESS_KEY"},
    {"session_name", Plain, {}},
    {"shared_config_files", Plain, {}},
    {"shared_credentials_file", Plain, {}},
    {"shared_credentials_files", Plain, {}},
    {"skip_credentials_validation", Plain, {}},
    {"skip_metadata_api_check", Plain, {}},
    {"skip_region_validation", Plain, {}},
    {"skip_requesting_account_id", Plain, {}},
    {"skip_s3_checksum", Plain, {}},
    {"sse_customer_key", Secret, "AWS_SSE_CUSTOMER_KEY"},
    {"state_tags", Plain, {}},
    {"sts_endpoint", Plain, {}},
    {"sts_region", Plain, {}},
    {"token", Secret, "AWS_SESSION_TOKEN"},
    {"use_dualstack_endpoint", Plain, {}},
    {"use_fips_endpoint", Plain, {}},
    {"use_lockfile", Lock, {}},
    {"use_path_style", Plain, {}},
    {"workspace_key_prefix", Plain, {}},
};

constexpr RemoteArgument k_s3_assume_role[] = {
    {"duration", Plain, {}},    {"external_id", Plain, {}},         {"policy", Plain, {}},
    {"policy_arns", Plain, {}}, {"role_arn", Needed, {}},           {"session_name", Plain, {}},
    {"tags", Plain, {}},        {"transitive_tag_keys", Plain, {}},
};
constexpr RemoteArgument k_s3_assume_role_with_web_identity[] = {
    {"duration", Plain, {}},
    {"policy", Plain, {}},
    {"policy_arns", Plain, {}},
    {"role_arn", Plain, {}},
    {"session_name", Plain, {}},
    {"web_identity_token", Secret, "AWS_WEB_IDENTITY_TOKEN"},
    {"web_identity_token_file", Plain, {}},
};
constexpr RemoteArgument k_s3_endpoints[] = {
    {"dynamodb", Plain, {}},
    {"iam", Plain, {}},
    {"s3", Identity, {}},
    {"sts", Plain, {}},
};
constexpr RemoteNested k_s3_nested[] = {
    {"assume_role", NestedForm::Object, k_s3_assume_role},
    {"assume_role_with_web_identity", NestedForm::Object, k_s3_assume_role_with_web_identity},
    {"endpoints", NestedForm::Object, k_s3_endpoints},
};

constexpr RemoteType k_types[] = {
    {"azurerm", k_azurerm, {}, Locking::Always, "/", 0, ""},
    {"consul", k_consul, {}, Locking::Always, "/", 0, "leave `lock` out, or write `lock = true`"},
    {"cos", k_cos, k_cos_nested, Locking::Always, "/", 0, ""},
    {"gcs", k_gcs, {}, Locking::Always, "/", 0, ""},
    {"http", k_http, {}, Locking::Always, "/", 0, ""},
    {"kubernetes", k_kubernetes, k_kubernetes_nested, Locking::Always, "--", 63, ""},
    {"local", k_local, {}, Locking::Always, "/", 0, ""},
    {"oss", k_oss, k_oss_nested, Locking::WhenLockArgument, "/", 0,
     "write `tablestore_table = \"TABLE\"` and `tablestore_endpoint = \"URL\"`"},
    {"pg", k_pg, {}, Locking::Always, "--", 63, ""},
    {"s3", k_s3, k_s3_nested, Locking::WhenLockArgument, "/", 0,
     "write `use_lockfile = true`, or `dynamodb_table = \"TABLE\"`"},
};

}  // namespace

std::span<const RemoteType> remote_types() { return k_types; }

bool says_where(ArgumentRole role) { return role == Identity || role == Required || role == Ours; }

const RemoteType* find_remote_type(std::string_view name) {
  const auto* found = std::ranges::lower_bound(k_types, name, {}, &RemoteType::name);
  return found != std::end(k_types) && found->name == name ? found : nullptr;
}

const RemoteArgument* find_argument(std::span<const RemoteArgument> arguments,
                                    std::string_view name) {
  const auto found = std::ranges::lower_bound(arguments, name, {}, &RemoteArgument::name);
  return found != arguments.end() && found->name == name ? &*found : nullptr;
}

const RemoteArgument* find_argument(const RemoteType& type, std::string_view argument) {
  return find_argument(type.arguments, argument);
}

const RemoteNested* find_nested(const RemoteType& type, std::string_view name) {
  const auto found = std::ranges::lower_bound(type.nested, name, {}, &RemoteNested::name);
  return found != type.nested.end() && found->name == name ? &*found : nullptr;
}

}  // namespace space::model
