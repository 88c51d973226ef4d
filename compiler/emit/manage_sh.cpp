// manage.sh: one flight by hand: `./manage.sh plan` calls the runner with the target that its own
// folder's path spells. So its bytes are the same in every environment and space.
#include "compiler/emit/artefacts.h"

namespace space::emit {

namespace {

constexpr std::string_view k_script = R"sh(set -eu

case "${1-}" in
plan | apply | destroy | output) command=$1 ;;
*)
  echo "usage: $0 plan|apply|destroy|output [STAGE|PROCEDURE] [OPTION...]" >&2
  exit 2
  ;;
esac
shift

folder=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
mission=${folder##*/}
rest=${folder%/*}
space=${rest##*/}
rest=${rest%/*}
environment=${rest##*/}
out=${rest%/*}
target=$environment/$space/$mission

# A first word that is no option narrows the target to a stage or a procedure.
case "${1-}" in
'' | -*) ;;
*)
  target=$target/$1
  shift
  ;;
esac

exec "${SPACE:-space}" "$command" "$target" --run-plan "$out/run-plan.json" "$@"
)sh";

}  // namespace

std::string manage_sh(const lower::LoweredFlight& flight) {
  std::string text = "#!/bin/sh\n# ";
  text += first_line(flight.roots.empty() ? std::string_view() : flight.roots.front().origin);
  text += '\n';
  text += k_script;
  return text;
}

}  // namespace space::emit
