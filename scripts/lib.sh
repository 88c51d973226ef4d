# What the scripts share. Sourced, never run. Sets ROOT (the checkout), CACHE and JOBS.
# shellcheck shell=bash

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CACHE=${XDG_CACHE_HOME:-${HOME:?HOME must be set}/.cache}/space
JOBS=$(nproc 2>/dev/null || echo 2)

# Debian 12's names. The first list builds both programs; the second is for the tests besides.
PACKAGES_BUILD=(g++ cmake ninja-build pkg-config git ca-certificates tao-pegtl-dev libfmt-dev nlohmann-json3-dev
  libboost-dev libboost-graph-dev libcli11-dev libuv1-dev libssl-dev libutf8proc-dev libre2-dev libyaml-cpp-dev zlib1g-dev python3 python3-pip curl gpgv)
PACKAGES_TEST=(catch2 clang-16 clang-format-16 libclang-rt-16-dev python3-jsonschema ccache zsh fish tmux postgresql gpg gpg-agent openssl)

say() { printf '%s\n' "$*" >&2; }
step() { printf '\n== %s\n' "$*" >&2; }
die() {
  printf 'error: %s\n' "$1" >&2
  shift
  local line
  for line in "$@"; do printf '  = help: %s\n' "$line" >&2; done
  exit 1
}

missing_packages() {
  local package
  for package in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || printf '%s\n' "$package"
  done
}

# need_packages NAME…: installs those that are not there. Says what to install where it cannot.
need_packages() {
  if ! command -v dpkg-query >/dev/null; then
    local tool
    for tool in g++ cmake ninja python3; do
      command -v "$tool" >/dev/null || die "\`$tool\` is missing, and this is no Debian to install it on" \
        "install what Debian 12 calls: $*"
    done
    say "no dpkg here: taking for granted that what Debian 12 calls these is installed: $*"
    return
  fi
  local missing
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  local command="apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
  command -v apt-get >/dev/null || die "packages are missing, and there is no apt-get to install them: ${missing[*]}"
  [[ $(id -u) == 0 ]] || die "packages are missing, and only root may install them" "sudo sh -c '$command'"
  say "installing ${missing[*]}"
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# Python's copies would make a checkout dirty.
export PYTHONDONTWRITEBYTECODE=1
