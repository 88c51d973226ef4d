// What an official release of OpenTofu is, and what of it is trusted: names of its files, the key
// that its checksum file must be signed with, digests of archives that are pinned here. All of it
// is data, passed into the installation: a test brings a key of its own, nobody else can.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace space::tofu {

struct PinnedArchive {
  std::string name;  // "tofu_1.12.6_linux_amd64.zip"
  std::string sha256;
};

struct ReleaseTrust {
  std::string key;          // the public key, as a binary keyring
  std::string fingerprint;  // of the primary key, 40 upper-case hex digits
  std::vector<PinnedArchive> pins;
};

// OpenTofu's. The key is runner/tofu/opentofu.asc, compiled in.
base::Result<ReleaseTrust> official_trust();

// An armored OpenPGP block as bytes, its checksum verified.
base::Result<std::string> read_armor(std::string_view text);

// Where a version's files lie: `BASE/vVERSION/NAME`. BASE is an address or an absolute folder.
struct ReleasePage {
  std::string base;
  std::vector<std::string> other_hosts;  // that it may send us on to, by https
};
inline constexpr const char* k_releases_setting = "SPACE_TOFU_RELEASES";

// The official one, or what the setting names.
base::Result<ReleasePage> release_page(const std::map<std::string, std::string>& environment);

struct ReleaseNames {
  std::string folder;     // "v1.12.6"
  std::string archive;    // "tofu_1.12.6_linux_amd64.zip"
  std::string sums;       // "tofu_1.12.6_SHA256SUMS"
  std::string signature;  // of sums, detached
};
// An Error for a text that is no version: it goes into addresses and paths.
base::Result<ReleaseNames> release_names(const std::string& version, const std::string& platform);

std::string this_platform();  // "linux_amd64"

// The digest of `name` in a checksum file: an Error unless it stands there exactly once.
base::Result<std::string> digest_in(std::string_view sums, std::string_view name);

}  // namespace space::tofu
