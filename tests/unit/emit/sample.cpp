#include "tests/unit/emit/sample.h"

#include "core/base/check.h"
#include "core/values/value.h"

namespace space::emit::test {

namespace {

using runplan::MappingKind;
using values::Type;
using values::Value;

constexpr std::string_view k_source = R"(mission "fleet" {
  stage "000" {
    procedure "network" {
      source = "./modules/network"
      inputs = {
        cidr = var.cidr
        zones =   [for z in var.zones :   upper(z)]
      }
      output "id" { type = string }
    }
  }
  stage "010" {
    procedure "hosts" {
      # every host, by name
      resource "terraform_data" "host" {
        for_each = toset(["a","b"])
        input = {
          network = procedure.network.id
          script = <<-EOT
            hello ${each.key}
          EOT
        }
      }

      data "external" "look" {
        program = ["true"]
      }
      output "count" { type = number }
    }
  }
}
)";

source::Span span_of(const source::SourceSet&, source::FileId file, std::size_t begin,
                     std::size_t size) {
  return {file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + size)};
}

lower::Assignment line(std::string name, std::string text, source::Span from = {}) {
  lower::Assignment item;
  item.name = std::move(name);
  item.text = text_of(std::move(text));
  item.from = from;
  return item;
}

lower::LoweredVariable variable(std::string name, Type type, runplan::VariableSource source) {
  lower::LoweredVariable item;
  item.name = std::move(name);
  item.type = std::move(type);
  item.source = std::move(source);
  return item;
}

lower::LoweredBlock backend(const std::string& environment, const std::string& address) {
  lower::LoweredBlock block;
  block.type = "backend";
  block.labels = {"s3"};
  block.assignments = {line("bucket", "\"acme-" + environment + "\""),
                       line("key", "\"" + address + "\""), line("region", "\"eu-central-1\""),
                       line("use_lockfile", "true")};
  return block;
}

lower::LoweredRoot network_root(const Sample& sample, const std::string& environment) {
  lower::LoweredRoot root;
  root.id = environment + "/fsn1/fleet/000/network";
  root.stage = "000";
  root.procedure = "network";
  root.origin = "main.space";
  root.from = sample.span("procedure \"network\"");
  root.backend = backend(environment, "fleet/fsn1/network");
  root.state = {"state", "s3", "fleet/fsn1/network", "", {{"AWS_ACCESS_KEY_ID", "key"}}, {}};
  root.variables.push_back(variable(
      "cidr", Type::refined(values::Refinement::Cidr),
      runplan::FromValues{Value::string(environment == "prod" ? "10.1.0.0/16" : "10.0.0.0/16")}));
  root.variables.back().description = "the \"whole\" network";
  root.variables.back().nullable = false;
  lower::LoweredBlock validation;
  validation.type = "validation";
  validation.assignments = {line("condition", "can(cidrhost(var.cidr, 0))"),
                            line("error_message", "\"no cidr\"")};
  root.variables.back().validations.push_back(validation);
  root.variables.push_back(variable("token", Type::string(), runplan::FromSecret{"token"}));
  root.variables.back().sensitive = true;
  root.variables.back().ephemeral = true;
  root.variables.push_back(variable(
      "zones", Type::list(Type::string()),
      runplan::FromValues{Value::list(Type::string(), {Value::string("a"), Value::string("b")})}));
  lower::LoweredBlock call;
  call.type = "module";
  call.labels = {"this"};
  call.from = root.from;
  call.assignments = {line("source", "\"../../../../../modules/network-0123456789ab\""),
                      line("cidr", "var.cidr", sample.span("cidr = var.cidr"))};
  lower::Assignment zones;
  zones.name = "zones";
  zones.text = {sample.verbatim("[for z in var.zones :   upper(z)]")};
  zones.from = sample.span("zones =   [for");
  call.assignments.push_back(zones);
  root.calls.push_back(call);
  lower::LoweredOutput output;
  output.name = "id";
  output.type = Type::string();
  output.value = text_of("module.this.id");
  output.from = sample.span("output \"id\"");
  root.outputs.push_back(output);
  root.modules = {"network-0123456789ab"};
  return root;
}

lower::LoweredRoot hosts_root(const Sample& sample, const std::string& environment) {
  lower::LoweredRoot root;
  root.id = environment + "/fsn1/fleet/010/hosts";
  root.stage = "010";
  root.procedure = "hosts";
  root.origin = "main.space";
  root.from = sample.span("procedure \"hosts\"");
  root.backend = backend(environment, "fleet/fsn1/hosts");
  root.state = {"state", "s3", "fleet/fsn1/hosts", "", {}, {}};
  root.reads = {environment + "/fsn1/fleet/000/network"};
  root.variables.push_back(
      variable("network_id", Type::string(), runplan::FromOutput{root.reads.front(), "id"}));
  root.locals = {line("name", "\"fleet--fsn1\""), line("tags", "{\n  a = 1\n  b = 2\n}")};
  const std::size_t begin = sample.text.find("\n      # every host");
  const std::size_t head = sample.text.find("procedure.network.id");
  const std::size_t after = head + std::string_view("procedure.network.id").size();
  const std::size_t end = sample.text.find("      output \"count\"");
  const auto piece = [&](std::size_t from, std::size_t to) {
    return lower::Piece{sample.text.substr(from, to - from),
                        span_of(sample.sources, sample.file, from, to - from),
                        MappingKind::Verbatim};
  };
  root.body = {piece(begin, head),
               {"var.network_id", span_of(sample.sources, sample.file, head, after - head),
                MappingKind::Derived},
               piece(after, end)};
  lower::LoweredOutput output;
  output.name = "count";
  output.type = Type::number();
  output.description = "how many | hosts";
  output.value = {{"length(terraform_data.host)+ 0", {}, MappingKind::Verbatim}};
  output.from = sample.span("output \"count\"");
  root.outputs.push_back(output);
  return root;
}

lower::LoweredRoot records_root(const std::string& environment) {
  lower::LoweredRoot root;
  root.id = environment + "/fsn1/dns/000/records";
  root.stage = "000";
  root.procedure = "records";
  root.origin = "dns.space";
  root.required_providers = {{"cloudflare", "cloudflare/cloudflare", "~> 5.22"},
                             {"null", "hashicorp/null", ""}};
  root.backend.type = "backend";
  root.backend.labels = {"local"};
  root.backend.assignments = {
      line("path", "\"../../../../../../.space/state/" + environment + "/dns/fsn1/records\"")};
  root.state = {
      "here", "local", "dns/fsn1/records", "../.space/state/" + environment + "/dns/fsn1/records",
      {},     {"pass"}};
  lower::LoweredBlock encryption;
  encryption.type = "encryption";
  lower::LoweredBlock key;
  key.type = "key_provider";
  key.labels = {"pbkdf2", "this"};
  key.assignments = {line("passphrase", "var.pass")};
  encryption.blocks.push_back(key);
  root.encryption.push_back(encryption);
  lower::LoweredBlock provider;
  provider.type = "provider";
  provider.labels = {"cloudflare"};
  provider.assignments = {line("alias", "\"eu\""), line("api_token", "local.token")};
  root.providers.push_back(provider);
  lower::LoweredBlock import;
  import.type = "import";
  import.assignments = {line("to", "cloudflare_zone.this"), line("id", "var.zone")};
  root.imports.push_back(import);
  root.locals = {line("token", "var.api_token")};
  root.variables = {
      variable("api_token", Type::string(), runplan::FromSecret{"token"}),
      variable("pass", Type::string(), runplan::FromSecret{"pass"}),
      variable("zone", Type::string(), runplan::FromValues{Value::string("z-" + environment)})};
  root.never_skip = {"timestamp()"};
  return root;
}

lower::LoweredFlight flight(const std::string& environment, const std::string& mission,
                            std::vector<lower::LoweredRoot> roots) {
  lower::LoweredFlight flight;
  flight.plan.id = environment + "/fsn1/" + mission;
  flight.plan.environment = environment;
  flight.plan.space = "fsn1";
  flight.plan.region = "fsn1";
  flight.plan.mission = mission;
  flight.plan.namespace_name = mission + "--fsn1";
  for (const lower::LoweredRoot& root : roots)
    flight.plan.stages.push_back({root.stage, {root.id}});
  for (const char* name : {"key", "pass", "token"}) {
    flight.plan.secrets.push_back({name, runplan::Secret::Method::Env, {"X"}, false});
  }
  flight.file_stem = flight.plan.id;
  flight.documentation = "All of " + mission + ".";
  flight.roots = std::move(roots);
  return flight;
}

}  // namespace

lower::Text text_of(std::string text, MappingKind kind) { return {{std::move(text), {}, kind}}; }

source::Span Sample::span(std::string_view words, std::string_view after) const {
  const std::size_t start = after.empty() ? 0 : text.find(after);
  const std::size_t at = text.find(words, start);
  SPACE_CHECK(at != std::string::npos, words);
  return span_of(sources, file, at, words.size());
}

lower::Piece Sample::verbatim(std::string_view words) const {
  return {std::string(words), span(words), MappingKind::Verbatim};
}

std::unique_ptr<Sample> make_sample() {
  auto sample = std::make_unique<Sample>();
  sample->text = k_source;
  sample->file = sample->sources.add("project/main.space", sample->text);
  sample->module_files = {
      {"main.tf",
       {"variable \"cidr\" {}\nvariable \"zones\" {}\noutput \"id\" { value = var.cidr }\n"}},
      {"nested/file.txt", {"text\n"}},
      {"nested/script", {"#!/bin/sh\n", base::FileMode::Executable}},
      {"run.tf",
       {"resource \"terraform_data\" \"x\" {\n  provisioner \"local-exec\" {\n    command = "
        "\"true\"\n  }\n}\n"}},
  };
  lower::LoweredProgram& program = sample->program;
  program.project = {"acme", 2026, "1.0", "1.12.6", ".."};
  program.environments = {{"nonprod", runplan::EnvironmentKind::Nonprod, "", 1},
                          {"prod", runplan::EnvironmentKind::Prod, "nonprod", 2}};
  for (const std::string environment : {"nonprod", "prod"}) {
    program.flights.push_back(flight(environment, "dns", {records_root(environment)}));
    program.flights.push_back(
        flight(environment, "fleet",
               {network_root(*sample, environment), hosts_root(*sample, environment)}));
    program.cross_reads.push_back({environment + "/fsn1/dns/000/records",
                                   environment + "/fsn1/fleet/000/network", "id", false,
                                   sample->span("procedure \"network\"")});
    program.reaches.push_back({environment + "/fsn1/fleet/010/hosts", "dns", "shared",
                               "common/fsn1/zones", "zone_id",
                               sample->span("procedure \"hosts\"")});
    program.facts[environment]["bucket"] = Value::string("acme-" + environment);
  }
  program.modules.push_back({"network-0123456789ab", &sample->module_files});
  program.allowed.push_back({"SPC4102", "because", sample->span("# every host")});
  program.inputs = {"releases.json"};
  return sample;
}

}  // namespace space::emit::test
