#include "runner/tofu/signature.h"

#include <array>
#include <string_view>
#include <vector>

#include "core/base/strings.h"

namespace space::tofu {

namespace {

constexpr std::int64_t k_patience_milliseconds = 30'000;

struct Refusal {
  std::string_view word, why;
};
constexpr std::array<Refusal, 6> k_refusals{{
    {"NODATA", "it is no signature"},
    {"BADSIG", "the signature is not of this file"},
    {"ERRSIG", "it is signed with another key, or in a way that is not trusted"},
    {"EXPSIG", "the signature has expired"},
    {"EXPKEYSIG", "the key has expired"},
    {"REVKEYSIG", "the key was revoked"},
}};

base::Error refused(std::string_view why) {
  return {"the release's checksum file is not signed as it must be: " + std::string(why),
          "nothing was installed; ask whoever runs the page or the mirror"};
}

}  // namespace

base::Status judge_signature(const base::CommandResult& result, const std::string& fingerprint) {
  std::size_t signatures = 0;
  std::vector<std::string> signers;
  for (const std::string_view line : base::split(result.standard_output, '\n')) {
    constexpr std::string_view k_prefix = "[GNUPG:] ";
    if (!line.starts_with(k_prefix)) continue;
    const auto words = base::split(base::trim(line.substr(k_prefix.size())), ' ');
    for (const Refusal& refusal : k_refusals) {
      if (words.front() == refusal.word) return refused(refusal.why);
    }
    if (words.front() == "NEWSIG") ++signatures;
    // Its last word is the primary key, whichever of its keys signed.
    if (words.front() == "VALIDSIG" && words.size() >= 11) signers.emplace_back(words.back());
  }
  if (result.exit_code != 0) return refused("gpgv refuses it");
  if (signatures != 1 || signers.size() != 1) return refused("it must have exactly one signature");
  if (signers.front() != fingerprint) return refused("it is signed with another key");
  return base::Done{};
}

base::Status check_signature(const SignedFile& file, const ReleaseTrust& trust,
                             const std::string& folder, const std::string& search_path,
                             InstallTools& tools) {
  const auto gpgv = base::find_in_path("gpgv", search_path);
  if (!gpgv)
    return base::Error{"the release's signature cannot be checked: there is no `gpgv` in PATH",
                       "install `gpgv`, or build tofu: `space tofu install --from-source`"};
  if (trust.key.empty() || trust.fingerprint.empty()) return refused("no key is trusted for it");
  const std::string keyring = base::join_path(folder, "trusted.gpg");
  SPACE_TRY_STATUS(tools.files.write(keyring, trust.key, base::FileMode::Private));
  base::Command command;
  command.argv = {*gpgv,  "--status-fd",  "1",      "--keyring", keyring, "--weak-digest",
                  "SHA1", file.signature, file.path};
  command.environment = {{"HOME", folder}, {"GNUPGHOME", folder}, {"LC_ALL", "C"}};
  command.folder = folder;
  command.timeout_milliseconds = k_patience_milliseconds;
  SPACE_TRY(const base::CommandResult result, tools.run(command));
  return judge_signature(result, trust.fingerprint);
}

}  // namespace space::tofu
