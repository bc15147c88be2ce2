# Where tools and build results live, and how the scripts speak. Sourced by the scripts beside it.
set -euo pipefail

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# Outside the repository, so that a fresh clone finds what an earlier one installed and compiled.
export PORTAL_CACHE=${PORTAL_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/print-portal}
# One target directory for every compile: crates built for `make run` are not built again for `make test`.
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PORTAL_CACHE/target}
export PATH=$PORTAL_CACHE/tools/bin:$repository/end2end/node_modules/.bin:$PATH

say() { printf '\033[1m%s\033[0m\n' "==> $*"; }

# Names what is missing or broken, and what to do about it.
stop() {
    printf '\033[31mstopped:\033[0m %s\n' "$1" >&2
    if [ $# -gt 1 ]; then printf '         %s\n' "${@:2}" >&2; fi
    exit 1
}

# The directory of PostgreSQL's server programs; Debian keeps them off PATH.
postgres_programs() {
    local initdb
    initdb=$(command -v initdb || ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -1) || true
    if [ -n "$initdb" ]; then dirname "$(readlink -f "$initdb")"; fi
}

# The browser of the tests: CHROMIUM, or one that is installed.
chromium_program() {
    if [ -n "${CHROMIUM:-}" ]; then echo "$CHROMIUM"; return; fi
    command -v chromium || command -v chromium-browser || command -v google-chrome || true
}
