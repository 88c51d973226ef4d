#include "runner/tofu/release.h"

#include <sys/utsname.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "core/base/embedded.h"
#include "core/base/strings.h"
#include "core/eval/encoding.h"

namespace space::base {
extern const EmbeddedFile release_key[];
extern const std::size_t release_key_count;
}  // namespace space::base

namespace space::tofu {

namespace {

constexpr const char* k_official = "https://github.com/opentofu/opentofu/releases/download";
// Where that page keeps its files.
constexpr std::array<const char*, 2> k_official_hosts{"release-assets.githubusercontent.com",
                                                      "objects.githubusercontent.com"};
constexpr const char* k_fingerprint = "E3E6E43D84CB852EADB0051D0C0AF313E5FD9F80";

// A release is never made anew; where one is, somebody has to look.
struct Pin {
  std::string_view name, sha256;
};
constexpr std::array<Pin, 4> k_pins{{
    {"tofu_1.12.6_darwin_amd64.zip",
     "166388e5feed47e107e11721b6366bf91d21e47eccbced75f3cbe0c7184ffd9b"},
    {"tofu_1.12.6_darwin_arm64.zip",
     "e083ee43790ab9e19ad66d9933e24a7244a1412e1d5728f37999ae2163fdac95"},
    {"tofu_1.12.6_linux_amd64.zip",
     "5dc43da4f750f33873dc25e94587128709e819e544b7be9016b255316153c3a8"},
    {"tofu_1.12.6_linux_arm64.zip",
     "e573979ba68a17fe7b881752051a694a7efcd970e39521f6a25775197861ed4d"},
}};

constexpr std::size_t k_digest_digits = 64;

bool is_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  });
}

// RFC 4880, section 6.1: 24 bits.
std::uint32_t armor_checksum(std::string_view bytes) {
  std::uint32_t crc = 0xB704CE;
  for (const char c : bytes) {
    crc ^= static_cast<std::uint32_t>(static_cast<unsigned char>(c)) << 16U;
    for (int bit = 0; bit < 8; ++bit) {
      crc <<= 1U;
      if ((crc & 0x1000000U) != 0) crc ^= 0x1864CFBU;
    }
  }
  return crc & 0xFFFFFFU;
}

}  // namespace

base::Result<std::string> read_armor(std::string_view text) {
  const base::Error torn{"it is no armored OpenPGP key", ""};
  std::string body, checksum;
  enum class At : std::uint8_t { Before, Head, Body, End } at = At::Before;
  for (const std::string_view raw : base::split(text, '\n')) {
    const std::string_view line = base::trim(raw);
    if (at == At::Before && line == "-----BEGIN PGP PUBLIC KEY BLOCK-----") {
      at = At::Head;
    } else if (at == At::Head && line.empty()) {
      at = At::Body;
    } else if (at == At::Body && line == "-----END PGP PUBLIC KEY BLOCK-----") {
      at = At::End;
    } else if (at == At::Body && !line.empty() && line.front() == '=') {
      checksum = line.substr(1);
    } else if (at == At::Body) {
      body += line;
    }
  }
  const auto bytes = eval::from_base64(body);
  const auto sum = eval::from_base64(checksum);
  if (at != At::End || !bytes || bytes->empty() || !sum || sum->size() != 3) return torn;
  std::uint32_t said = 0;
  for (const char c : *sum) said = said << 8U | static_cast<unsigned char>(c);
  if (said != armor_checksum(*bytes)) return torn;
  return *bytes;
}

base::Result<ReleaseTrust> official_trust() {
  ReleaseTrust trust;
  if (base::release_key_count != 1) return base::Error{"no release key is compiled in", ""};
  SPACE_TRY(trust.key, read_armor(base::release_key[0].bytes));
  trust.fingerprint = k_fingerprint;
  for (const Pin& pin : k_pins)
    trust.pins.push_back({std::string(pin.name), std::string(pin.sha256)});
  return trust;
}

base::Result<ReleasePage> release_page(const std::map<std::string, std::string>& environment) {
  const auto setting = environment.find(k_releases_setting);
  if (setting == environment.end() || setting->second.empty())
    return ReleasePage{k_official, {k_official_hosts.begin(), k_official_hosts.end()}};
  std::string base = setting->second;
  while (base.size() > 1 && base.back() == '/') base.pop_back();
  const bool is_address = base.starts_with("https://") || base.starts_with("http://");
  const bool is_odd = std::any_of(base.begin(), base.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '\x7f' || c == '@' || c == '?' || c == '#';
  });
  if (is_address ? is_odd : base.front() != '/') {
    return base::Error{"`" + std::string(k_releases_setting) + "` is `" + setting->second +
                           "`, which is neither an address nor an absolute folder",
                       "name what holds `vVERSION/tofu_VERSION_SHA256SUMS`"};
  }
  return ReleasePage{base, {}};
}

base::Result<ReleaseNames> release_names(const std::string& version, const std::string& platform) {
  const bool fits =
      !version.empty() && version.size() <= 64 && version.front() != '.' &&
      std::all_of(version.begin(), version.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '.' || c == '-';
      });
  if (!fits) return base::Error{"`" + version + "` is no version of tofu", ""};
  const std::string sums = "tofu_" + version + "_SHA256SUMS";
  return ReleaseNames{"v" + version, "tofu_" + version + "_" + platform + ".zip", sums,
                      sums + ".gpgsig"};
}

std::string this_platform() {
  utsname names{};
  if (::uname(&names) != 0) return "unknown";
  const std::string machine = names.machine;
  std::string architecture = machine;
  if (machine == "x86_64") architecture = "amd64";
  if (machine == "aarch64") architecture = "arm64";
  if (machine.starts_with("armv")) architecture = "arm";
  if (machine == "i686") architecture = "386";
  return base::to_lower_ascii(names.sysname) + "_" + architecture;
}

base::Result<std::string> digest_in(std::string_view sums, std::string_view name) {
  std::string found;
  for (const std::string_view line : base::split(sums, '\n')) {
    if (line.size() != k_digest_digits + 2 + name.size() || !line.ends_with(name)) continue;
    const std::string_view digest = line.substr(0, k_digest_digits);
    if (line.substr(k_digest_digits, 2) != "  " || !is_hex(digest)) continue;
    if (!found.empty())
      return base::Error{"the checksum file names `" + std::string(name) + "` twice", ""};
    found = base::to_lower_ascii(digest);
  }
  if (found.empty())
    return base::Error{"the release has no `" + std::string(name) + "` in its checksum file", ""};
  return found;
}

}  // namespace space::tofu
