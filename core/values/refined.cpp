#include "core/values/refined.h"

#include <array>

#include "core/base/check.h"

namespace space::values {

namespace {

// cidrhost reads what Go's net.ParseCIDR reads: with "/0" behind it, only an address can be that.
// timeadd reads a duration as the providers do, by Go's time.ParseDuration.
constexpr std::array<RefinedType, 9> k_types{{
    {Refinement::Cidr, "cidr", TypeKind::String, "a CIDR block", R"("10.0.0.0/16")",
     "can(cidrhost(@, 0))"},
    {Refinement::Ip, "ip", TypeKind::String, "an IP address", R"("10.0.0.1")",
     R"(can(cidrhost("${@}/0", 0)))"},
    {Refinement::Hostname, "hostname", TypeKind::String, "a host name", R"("www.example.org")",
     R"(length(@) <= 253 && can(regex("^[0-9A-Za-z]([-0-9A-Za-z]{0,61}[0-9A-Za-z])?([.][0-9A-Za-z]([-0-9A-Za-z]{0,61}[0-9A-Za-z])?)*[.]?$", @)))"},
    {Refinement::Url, "url", TypeKind::String, "a URL", R"("https://example.org/")",
     R"(can(regex("^[A-Za-z][-+.0-9A-Za-z]*://[^\\x00-\\x20\\x7f<>\"/?#:][^\\x00-\\x20\\x7f<>\"]*$", @)))"},
    {Refinement::Port, "port", TypeKind::Number, "a port", "443",
     "@ >= 0 && @ <= 65535 && floor(@) == @"},
    {Refinement::Duration, "duration", TypeKind::String, "a duration", R"("1h30m")",
     R"(can(timeadd("2000-01-01T00:00:00Z", @)))"},
    {Refinement::Percent, "percent", TypeKind::Number, "a percentage", "50", "@ >= 0 && @ <= 100"},
    {Refinement::Semver, "semver", TypeKind::String, "a version", R"("1.4.0")",
     R"(can(regex("^(0|[1-9][0-9]*)[.](0|[1-9][0-9]*)[.](0|[1-9][0-9]*)(-(0|[1-9][0-9]*|[0-9]*[-A-Za-z][-0-9A-Za-z]*)([.](0|[1-9][0-9]*|[0-9]*[-A-Za-z][-0-9A-Za-z]*))*)?([+][-0-9A-Za-z]+([.][-0-9A-Za-z]+)*)?$", @)))"},
    {Refinement::Json, "json", TypeKind::String, "a JSON document", R"("{}")",
     "can(jsondecode(@))"},
}};

}  // namespace

std::span<const RefinedType> refined_types() { return k_types; }

const RefinedType& refined_type(Refinement refinement) {
  for (const RefinedType& type : k_types) {
    if (type.refinement == refinement) return type;
  }
  SPACE_CHECK(false, "a refined type without a row");
  return k_types.front();
}

std::string refined_condition(Refinement refinement, std::string_view value) {
  std::string text;
  for (const char c : refined_type(refinement).condition) {
    if (c == '@') {
      text += value;
    } else {
      text += c;
    }
  }
  return text;
}

}  // namespace space::values
