// preview: one plan of the whole target, over stages and missions, and nothing changed.
#include "runner/flight/preview.h"

#include <algorithm>

#include "runner/cli/session.h"
#include "runner/status/preview_view.h"

namespace space::runner {

namespace {

int write_file(const std::string& path, const std::string& text, const Setting& setting) {
  if (path.empty()) return k_fine;
  const auto written = write_for_others(path, text, setting);
  if (written) return k_fine;
  print_error(base::cannot("write", path, written.error()));
  return k_failed;
}

}  // namespace

int preview(const PreviewOptions& options, const Setting& setting) {
  int exit_code = k_fine;
  const auto loaded = load(options.common, setting, exit_code);
  if (!loaded) return exit_code;
  const auto places = find_places(*loaded, setting);
  if (!places) return k_no_tofu;
  flight::PreviewRequest request;
  static_cast<flight::Scope&>(request) =
      scope_of(*loaded, options.common, parallel_for(options.parallel, setting), *places);
  if (!options.save.empty()) {
    const auto digest = digest_of_tofu(*places, setting);
    if (!digest) {
      print_error(digest.error());
      return k_no_tofu;
    }
    request.keeping = flight::Keeping::Yes;
    request.tofu_sha256 = *digest;
  }
  const status::Style style = style_for(options.common, options.why, setting);
  const auto previewed = make_preview(*loaded, request, style, setting, exit_code);
  if (!previewed) return exit_code;
  print_out(options.common.json == Switch::On ? runplan::to_json(previewed->preview)
                                              : status::preview_text(previewed->preview, style));
  const std::string page = options.html.empty() ? "" : status::preview_html(previewed->preview);
  const int written = std::max(write_file(options.html, page, setting),
                               write_file(options.save, previewed->reviewed_text, setting));
  return exit_code != 0 ? exit_code : written;
}

}  // namespace space::runner
