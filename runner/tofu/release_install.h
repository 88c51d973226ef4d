// tofu from the official release. In: what is trusted, where the release lies, a folder of ours.
// Out: the program below that folder, and the digests that it came with; nothing was run but curl
// and gpgv. The order is the point: the checksum file's signature first, then the archive against
// the checksum and against the pin, then what is in it. Any doubt ends it.
#pragma once

#include <cstdint>
#include <string>

#include "runner/tofu/download.h"
#include "runner/tofu/install_steps.h"
#include "runner/tofu/release.h"

namespace space::tofu {

struct ReleaseEnd {
  DownloadEnd::Kind kind = DownloadEnd::Kind::Done;
  base::Error error;
  std::string program;         // Done: its path
  std::string archive;         // Done: its name …
  std::string archive_sha256;  // … and digest
};

struct ReleaseRequest {
  const std::string& version;
  const ReleaseTrust& trust;
  const ReleasePage& page;
  const std::map<std::string, std::string>& environment;
  std::string folder;
};

ReleaseEnd fetch_release(const ReleaseRequest& request, InstallTools& tools);

}  // namespace space::tofu
