#include "runner/tofu/release_install.h"

#include <algorithm>
#include <optional>

#include "core/base/hash.h"
#include "runner/tofu/archive.h"
#include "runner/tofu/signature.h"

namespace space::tofu {

namespace {

using Kind = DownloadEnd::Kind;

constexpr std::size_t k_largest_sums = std::size_t{64} << 10U;
constexpr std::size_t k_largest_signature = std::size_t{16} << 10U;

ReleaseEnd refused(base::Error error) { return {Kind::Refused, std::move(error), "", "", ""}; }

class ReleaseFetch {
 public:
  ReleaseFetch(const ReleaseRequest& request, InstallTools& tools)
      : request_(request), tools_(tools), steps_(tools, request.folder) {}

  ReleaseEnd fetch() {
    auto names = release_names(request_.version, this_platform());
    if (!names) return refused(names.error());
    for (const auto& [name, largest] :
         {std::pair{names->sums, k_largest_sums}, {names->signature, k_largest_signature}}) {
      if (auto end = get(names->folder, name, largest); end.kind != Kind::Done)
        return {end.kind, end.error, "", "", ""};
    }
    const auto digest = signed_digest(*names);
    if (!digest) return refused(digest.error());
    if (auto end = get(names->folder, names->archive, k_largest_archive); end.kind != Kind::Done)
      return {end.kind, end.error, "", "", ""};
    const auto program = unpack(names->archive, *digest);
    if (!program) return refused(program.error());
    return {Kind::Done, {}, *program, names->archive, *digest};
  }

 private:
  std::string here(const std::string& name) const { return base::join_path(request_.folder, name); }

  DownloadEnd get(const std::string& folder, const std::string& name, std::size_t largest) {
    const Wanted wanted{folder + "/" + name, here(name), largest};
    return download(request_.page, wanted, request_.environment, steps_, tools_);
  }

  // What the checksum file says of the archive, once it is known to be the release's own.
  base::Result<std::string> signed_digest(const ReleaseNames& names) {
    const auto path = request_.environment.find("PATH");
    SPACE_TRY_STATUS(
        check_signature({here(names.sums), here(names.signature)}, request_.trust, request_.folder,
                        path == request_.environment.end() ? "" : path->second, tools_));
    SPACE_TRY(const std::string sums, tools_.files.read(here(names.sums)));
    SPACE_TRY(std::string digest, digest_in(sums, names.archive));
    const auto& pins = request_.trust.pins;
    const auto pin = std::find_if(pins.begin(), pins.end(), [&](const PinnedArchive& one) {
      return one.name == names.archive;
    });
    if (pin != pins.end() && pin->sha256 != digest) {
      return base::Error{"`" + names.archive + "` is another one than the one that is pinned: " +
                             digest + ", not " + pin->sha256,
                         "it is refused although it is signed: a release is not made twice"};
    }
    return digest;
  }

  base::Result<std::string> unpack(const std::string& name, const std::string& digest) {
    SPACE_TRY(const std::string archive, tools_.files.read(here(name)));
    if (base::sha256_hex(archive) != digest) {
      return base::Error{
          "`" + name + "` is damaged: its SHA-256 is not the one in the checksum file",
          "try again; where it stays so, ask whoever runs the page or the mirror"};
    }
    SPACE_TRY(const std::string bytes, program_in(archive));
    std::string program = here("tofu");
    SPACE_TRY_STATUS(tools_.files.write(program, bytes, base::FileMode::Executable));
    return program;
  }

  const ReleaseRequest& request_;
  InstallTools& tools_;
  InstallSteps steps_;
};

}  // namespace

ReleaseEnd fetch_release(const ReleaseRequest& request, InstallTools& tools) {
  return ReleaseFetch(request, tools).fetch();
}

}  // namespace space::tofu
