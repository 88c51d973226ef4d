#include "runner/tofu/download.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/strings.h"

namespace space::tofu {

namespace {

using Kind = DownloadEnd::Kind;

constexpr int k_most_hops = 5;
constexpr int k_code_too_large = 63;  // curl's, where the answer says its length
// curl is asked for it, and what curl cannot know (a body without a length) is seen by its size.
constexpr const char* k_rate = "64M";
constexpr std::array<const char*, 10> k_passed{
    "ALL_PROXY",     "HTTPS_PROXY", "HTTP_PROXY",  "NO_PROXY", "SSL_CERT_DIR",
    "SSL_CERT_FILE", "http_proxy",  "https_proxy", "no_proxy", "all_proxy"};

// curl's exit codes for what never came to an answer: no proxy, no name, no connection, no
// handshake, silence, a connection that broke.
bool is_unreachable(int code) {
  constexpr std::array<int, 8> codes{5, 6, 7, 28, 35, 52, 55, 56};
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

struct Address {
  std::string_view scheme, host;  // the host with its port
};

// Of "https://HOST/…"; an empty host where there is none, or a user's name in it.
Address address_of(std::string_view url) {
  const std::size_t colon = url.find("://");
  if (colon == std::string_view::npos) return {};
  const std::string_view rest = url.substr(colon + 3);
  const std::string_view host = rest.substr(0, rest.find_first_of("/?#\\"));
  if (host.find('@') != std::string_view::npos) return {};
  return {url.substr(0, colon), host};
}

DownloadEnd refused(const std::string& name, const std::string& why) {
  return {Kind::Refused, {"cannot fetch `" + name + "`: " + why, ""}};
}

class Download {
 public:
  Download(const ReleasePage& page, const Wanted& wanted,
           const std::map<std::string, std::string>& environment, InstallSteps& steps,
           InstallTools& tools)
      : page_(page), wanted_(wanted), environment_(environment), steps_(steps), tools_(tools) {}

  DownloadEnd from_folder() {
    const std::string path = base::join_path(page_.base, wanted_.name);
    const base::FileStat stat = tools_.files.stat(path);
    if (stat.kind != base::FileKind::Regular) return refused(path, "it is not there");
    if (stat.size > wanted_.largest) return too_large();
    const auto bytes = tools_.files.read(path);
    if (!bytes) return refused(path, bytes.error().message);
    if (bytes->size() > wanted_.largest) return too_large();
    const auto written = tools_.files.write(wanted_.target, *bytes, base::FileMode::Private);
    return written ? DownloadEnd{} : refused(path, written.error().message);
  }

  DownloadEnd from_address() {
    const auto path = environment_.find("PATH");
    const auto curl = base::find_in_path("curl", path == environment_.end() ? "" : path->second);
    if (!curl)
      return {Kind::Unreachable, {"the release cannot be fetched: there is no `curl` in PATH", ""}};
    std::string url = page_.base + "/" + wanted_.name;
    for (int hop = 0; hop <= k_most_hops; ++hop) {
      const auto end = steps_.run(curl_step(*curl, url));
      if (!end) return {Kind::Refused, end.error()};
      if (is_too_large() || end->exit.code == k_code_too_large) return too_large();
      if (!end->exit.is_clean()) {
        const std::string why{base::trim(end->error)};
        if (is_unreachable(end->exit.code)) return {Kind::Unreachable, {why, ""}};
        return refused(url, why);
      }
      const auto words = base::split(base::trim(end->output), ' ');
      if (words.front() == "200") return {};
      if (words.size() != 2 || !words.front().starts_with("3"))
        return refused(url, "the answer is " + std::string(words.front()));
      const std::string to{words[1]};
      if (!may_follow(page_, url, to)) return refused(url, "it sends us on to `" + to + "`");
      url = to;
    }
    return refused(wanted_.name, "it sends us on without an end");
  }

 private:
  InstallStep curl_step(const std::string& curl, const std::string& url) {
    InstallStep step;
    step.what = "fetching " + std::string(base::file_name(wanted_.name));
    // -q first: nobody's curlrc counts.
    step.argv = {curl,
                 "-q",
                 "--silent",
                 "--show-error",
                 "--globoff",
                 "--proto",
                 std::string("=") + std::string(address_of(url).scheme),
                 "--tlsv1.2",
                 "--connect-timeout",
                 "20",
                 "--speed-limit",
                 "1000",
                 "--speed-time",
                 "30",
                 "--limit-rate",
                 k_rate,
                 "--max-filesize",
                 std::to_string(wanted_.largest),
                 "--output",
                 wanted_.target,
                 "--write-out",
                 "%{http_code} %{redirect_url}",
                 url};
    for (const char* name : k_passed) {
      const auto found = environment_.find(name);
      if (found != environment_.end()) step.environment.insert(*found);
    }
    step.folder = base::parent_path(wanted_.target);
    step.watch = [this]() -> base::Status {
      if (is_too_large()) return too_large().error;
      return base::Done{};
    };
    return step;
  }

  bool is_too_large() const { return tools_.files.stat(wanted_.target).size > wanted_.largest; }
  DownloadEnd too_large() const {
    return refused(wanted_.name, "it is larger than " + std::to_string(wanted_.largest) + " bytes");
  }

  const ReleasePage& page_;
  const Wanted& wanted_;
  const std::map<std::string, std::string>& environment_;
  InstallSteps& steps_;
  InstallTools& tools_;
};

}  // namespace

bool may_follow(const ReleasePage& page, const std::string& from, const std::string& to) {
  const Address here = address_of(from), there = address_of(to);
  if (here.host.empty() || there.host.empty()) return false;
  if (here.scheme == there.scheme && here.host == there.host) return true;
  return there.scheme == "https" && std::find(page.other_hosts.begin(), page.other_hosts.end(),
                                              there.host) != page.other_hosts.end();
}

DownloadEnd download(const ReleasePage& page, const Wanted& wanted,
                     const std::map<std::string, std::string>& environment, InstallSteps& steps,
                     InstallTools& tools) {
  Download one(page, wanted, environment, steps, tools);
  return page.base.front() == '/' ? one.from_folder() : one.from_address();
}

}  // namespace space::tofu
