#!/usr/bin/env bash
# How long the first command takes on a machine that has rustup and a C compiler: a clean clone, an empty home, an
# empty cargo home and no target folder. Prints minutes by step. Debian's packages and the compiler stay those of this
# machine; say HIDE_WASM_OPT=1 to try the installing of wasm-opt from npm or crates.io as well.
set -euo pipefail
cd "$(dirname "$0")/.."
source_tree=$PWD
place=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$place"' EXIT
started=$SECONDS

step() {
  local name=$1 before=$SECONDS
  shift
  "$@" >"$place/log" 2>&1 || { tail -n 40 "$place/log"; echo "fresh: failed: $name"; exit 1; }
  printf '%-42s %5.1f min\n' "$name" "$(awk "BEGIN { print ($SECONDS - $before) / 60 }")"
}

cargo=$(rustup which cargo)
tools=$(dirname "$cargo")
export RUSTUP_HOME=${RUSTUP_HOME:-$HOME/.rustup} RUSTUP_TOOLCHAIN=${RUSTUP_TOOLCHAIN:-$(rustup show active-toolchain | cut -d' ' -f1)}
# Where crates come from is the machine's business, not the home's.
for file in config.toml config; do
  [[ -f ${CARGO_HOME:-$HOME/.cargo}/$file ]] && mkdir -p "$place/cargo" && cp "${CARGO_HOME:-$HOME/.cargo}/$file" "$place/cargo/"
done
rustup=$(dirname "$(command -v rustup)")
mkdir -p "$place/bin"
ln -s "$rustup/rustup" "$place/bin/rustup"
path="$tools:$place/bin:/usr/local/bin:/usr/bin:/bin"
if [[ ${HIDE_WASM_OPT:-} == 1 ]]; then
  mkdir -p "$place/hidden"
  printf '#!/bin/sh\nexit 1\n' >"$place/hidden/wasm-opt"
  cp "$place/hidden/wasm-opt" "$place/hidden/apt-get"
  chmod +x "$place"/hidden/*
  path="$place/hidden:$path"
fi
export HOME="$place/home" CARGO_HOME="$place/cargo" PATH="$path"
unset CARGO_TARGET_DIR
mkdir -p "$HOME" "$CARGO_HOME"
step "clone" git clone --quiet "$source_tree" "$place/clone"
cd "$place/clone"
step "crates fetched" cargo fetch --locked
step "developer commands compiled" cargo build --locked --quiet --package xtask
step "tools installed" cargo xtask setup-page
step "page built" cargo xtask build
cargo xtask serve --port 18080 >"$place/serve.log" 2>&1 &
server=$!
answers() {
  for _ in $(seq 300); do
    curl --silent --fail http://127.0.0.1:18080/ | grep -q 天城党建 && return
    sleep 1
  done
  return 1
}
step "page served" answers
printf '%-42s %5.1f min\n' "in all" "$(awk "BEGIN { print ($SECONDS - $started) / 60 }")"
