// preview: one plan of the whole target, over stages and missions, and nothing changed.
#include "runner/flight/preview.h"

#include <sys/stat.h>

#include <algorithm>

#include "runner/cli/session.h"
#include "runner/process/command_runner.h"
#include "runner/status/preview_view.h"

namespace space::runner {

namespace {

// For others to open: it holds no secret.
int write_for_others(const std::string& path, const std::string& text, const Setting& setting) {
  const mode_t ours = ::umask(022);
  const auto written = setting.files.write(path, text, base::FileMode::Plain);
  ::umask(ours);
  if (written) return k_fine;
  print_error(base::cannot("write", path, written.error()));
  return k_failed;
}

int write_files(const PreviewOptions& options, flight::Previewed& previewed,
                const Setting& setting) {
  int worst = k_fine;
  if (!options.html.empty())
    worst = write_for_others(options.html, status::preview_html(previewed.preview), setting);
  if (!options.save.empty()) {
    const std::string text = plans::write_reviewed(previewed.reviewed);
    worst = std::max(worst, write_for_others(options.save, text, setting));
  }
  return worst;
}

}  // namespace

int preview(const PreviewOptions& options, const Setting& setting) {
  int exit_code = k_fine;
  const auto loaded = load(options.common, setting, exit_code);
  if (!loaded) return exit_code;
  const auto places = find_places(*loaded, setting);
  if (!places) return k_no_tofu;
  flight::PreviewRequest request;
  request.target = options.common.target;
  request.roots = loaded->roots;
  request.parallel = parallel_for(options.parallel, setting);
  request.keeping = options.save.empty() ? flight::Keeping::No : flight::Keeping::Yes;
  request.places = *places;
  const auto processes = process::make_process_runner();
  flight::World world{setting.files, setting.clock, *processes, setting.environment,
                      base::run_command};
  flight::Previewed previewed = flight::preview(loaded->plan, request, loaded->workspace, world);
  status::Style style{color_for(options.common.color, setting),
                      options.why == Switch::On ? status::Reasons::Why : status::Reasons::Brief};
  if (is_terminal_out()) style.fold = terminal_size().columns;
  if (previewed.refusal) {
    for (const auto& diagnostic : previewed.preview.diagnostics)
      print_diagnostic(diagnostic, style);
    print_error(*previewed.refusal);
    return previewed.exit_code;
  }
  print_out(options.common.json == Switch::On ? runplan::to_json(previewed.preview)
                                              : status::preview_text(previewed.preview, style));
  const int written = write_files(options, previewed, setting);
  return previewed.exit_code != 0 ? previewed.exit_code : written;
}

}  // namespace space::runner
