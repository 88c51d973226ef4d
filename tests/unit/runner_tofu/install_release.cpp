// An installation with a key, a page and pins of a test's own: `space` takes them from nobody.
//
//   install_release CACHE VERSION WAY BASE KEY FINGERPRINT [NAME=SHA256…]
//
// WAY is release, source or either. KEY is a file with a binary keyring. The last line says how it
// ended; the exit code is 0 where there is a tofu afterwards, 130 where it was interrupted, else 4.
#include <cstdio>
#include <string>
#include <vector>

#include "runner/tofu/install.h"

namespace space::tofu {

namespace {

int run(const std::vector<std::string>& words) {
  base::DiskFileSystem files;
  const base::SystemClock clock;
  const auto processes = process::make_process_runner();
  InstallTools tools{files, clock, *processes, base::run_command,
                     [last = std::string()](const std::string& what, std::int64_t) mutable {
                       if (what != last) std::printf("%s\n", what.c_str());
                       std::fflush(stdout);
                       last = what;
                     }};
  InstallRequest request;
  request.cache_folder = words[0];
  request.version = words[1];
  request.way = words[2] == "source"   ? Way::Source
                : words[2] == "either" ? Way::ReleaseElseSource
                                       : Way::Release;
  request.environment = base::process_environment();
  request.page.base = words[3];
  const auto key = files.read(words[4]);
  if (!key) return 2;
  request.trust.key = *key;
  request.trust.fingerprint = words[5];
  for (std::size_t i = 6; i < words.size(); ++i) {
    const std::size_t equals = words[i].find('=');
    request.trust.pins.push_back({words[i].substr(0, equals), words[i].substr(equals + 1)});
  }
  const auto installed = install_tofu(request, tools);
  if (!installed) {
    std::printf("error: %s\n", installed.error().message.c_str());
    return tools.was_interrupted ? 130 : 4;
  }
  constexpr const char* k_by[] = {"another", "release", "source"};
  std::printf("%s %s\n", k_by[static_cast<int>(installed->by)], installed->program.c_str());
  return 0;
}

}  // namespace

}  // namespace space::tofu

int main(int argc, char** argv) {
  if (argc < 7) {
    std::fprintf(stderr, "usage: install_release CACHE VERSION WAY BASE KEY FINGERPRINT [PIN…]\n");
    return 2;
  }
  return space::tofu::run({argv + 1, argv + argc});
}
