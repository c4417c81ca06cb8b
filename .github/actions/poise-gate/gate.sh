#!/usr/bin/env bash
# What the action poise-gate does, step by step, also by hand:
#
#     GATE_SUITE=suite.yaml bash gate.sh            all steps: install, run, gate
#     GATE_SUITE=suite.yaml bash gate.sh run gate   with a poise that is there
#
# Settings come by the environment and never by text that a shell would read as code:
#
#     GATE_SUITE          the suite
#     GATE_CANDIDATES     candidates to judge, by their ids, with spaces or line ends between; all but the baseline
#     GATE_BASELINE       a candidate, RUN:CANDIDATE, or a file of `poise gate --write-baseline`; the suite's
#     GATE_RULES          a file with rules; those of the suite
#     GATE_DB             the database; Results/gate.sqlite
#     GATE_OUT            where gate.md, gate.xml, gate.json and the page go; the database's folder
#     GATE_LIMIT          samples of each task at most; all
#     GATE_INCONCLUSIVE   what an inconclusive gate counts as: fail, pass or warn; an exit code of its own, 101
#     GATE_CALIBRATE      false: do not measure the client's own timing error first
#     GATE_TRUST          true: the suite gets what it asks for beyond its own folder and repository (poise run --trust)
#     GATE_POISE          a poise that is there; without it one is built from the source that this file is part of
#     GATE_HOME           where what is installed goes; RUNNER_TEMP/poise-gate, or .build/poise-gate of the source
#
# Exit codes are those of `poise gate`: 0 passed, 100 failed, 101 inconclusive, 1 it could not be done, 64 wrong usage.
set -euo pipefail

source=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
home=${GATE_HOME:-${RUNNER_TEMP:+$RUNNER_TEMP/poise-gate}}
home=${home:-$source/.build/poise-gate}
poise=${GATE_POISE:-$home/poise}
database=${GATE_DB:-Results/gate.sqlite}
out=${GATE_OUT:-$(dirname "$database")}
# What a gate leaves behind.
results=("$out/gate.md" "$out/gate.xml" "$out/gate.json" "$out/gate.html")
# The engine that was installed here; llama-server on PATH goes first, and a Python that was named stays.
named_python=${POISE_PYTHON:-}
if [ -z "${POISE_PYTHON:-}" ] && [ -x "$home/engine/bin/python3" ]; then
    export POISE_PYTHON=$home/engine/bin/python3
fi

fail() {
    echo "gate.sh: $1" >&2
    exit "${2:-1}"
}

# For a workflow's later steps; nothing where there is no workflow.
output() {
    [ -z "${GITHUB_OUTPUT:-}" ] || printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"
}

needs_suite() {
    [ -n "${GATE_SUITE:-}" ] || fail "GATE_SUITE names no suite" 64
    [ -f "$GATE_SUITE" ] || fail "$GATE_SUITE: no such suite; paths are seen from $PWD" 64
}

# Changes with the source's files that are named, folders with all that they hold.
digest_of() {
    (cd "$source" && find "$@" -type f 2>/dev/null || true) | LC_ALL=C sort | while IFS= read -r file; do
        printf '%s\n' "$file"
        cat "$source/$file"
    done | git hash-object --stdin
}

poise_digest() { digest_of Makefile Package.swift Package.resolved Sources; }

engine_digest() { digest_of Models/requirements.txt; }

# Whether what was installed is made of something else by now; $1 is where it is, $2 what it would be made of today.
is_outdated() {
    [ ! -x "$1" ] || [ ! -f "$1.digest" ] || [ "$(cat "$1.digest")" != "$2" ]
}

# Changes with whatever the built poise and its engine are made of.
step_key() {
    local digest
    digest=$(poise_digest)-$(engine_digest)
    output key "poise-gate-$(uname -sm | tr ' ' -)-$digest"
    output home "$home"
    echo "$digest"
}

step_install() {
    mkdir -p "$home"
    if [ -n "${GATE_POISE:-}" ]; then
        [ -x "$poise" ] || fail "GATE_POISE: $poise is no program"
    elif is_outdated "$poise" "$(poise_digest)"; then
        command -v swift >/dev/null || fail "no swift to build Poise with: use an image that has it, or set GATE_POISE"
        make -C "$source" build
        cp "$source/.build/release/poise" "$home/.poise.$$"
        mv "$home/.poise.$$" "$poise"
        poise_digest >"$poise.digest"
    fi
    local engine=$home/engine/bin/python3
    if ! command -v llama-server >/dev/null && [ -z "$named_python" ]; then
        if is_outdated "$engine" "$(engine_digest)"; then
            python3 -m venv "$home/engine"
            "$engine" -m pip install --quiet --disable-pip-version-check --require-hashes \
                -r "$source/Models/requirements.txt"
            engine_digest >"$engine.digest"
        fi
        export POISE_PYTHON=$engine
    fi
    "$poise" --version
}

# What the data say, by the gate's own JSON; the exit code says what an undecided gate counts as.
verdict_in() {
    local found
    # The document's own verdict stands before those of its candidates and rules.
    found=$(grep -Eo '"verdict" *: *"(pass|fail|inconclusive)"' "$1" 2>/dev/null) || return 1
    found=${found%%$'\n'*}
    found=${found%\"}
    printf '%s\n' "${found##*\"}"
}

# A run that did not come to its end exits with 1, so that it is never judged.
step_run() {
    # What an earlier gate left must not be taken for this one's.
    rm -f "${results[@]}"
    needs_suite
    local options=(--db "$database" --html "$out/gate.html")
    [ -z "${GATE_LIMIT:-}" ] || options+=(--limit "$GATE_LIMIT")
    [ "${GATE_CALIBRATE:-true}" != false ] || options+=(--no-calibrate)
    [ "${GATE_TRUST:-false}" != true ] || options+=(--trust)
    mkdir -p "$out"
    "$poise" run "$GATE_SUITE" "${options[@]}"
}

step_gate() {
    local options=(--db "$database" --junit "$out/gate.xml" --json "$out/gate.json") candidates=() status=0 verdict
    read -r -d '' -a candidates <<<"${GATE_CANDIDATES:-}" || true
    [ -z "${GATE_BASELINE:-}" ] || options+=(--baseline "$GATE_BASELINE")
    [ -z "${GATE_RULES:-}" ] || options+=(--rules "$GATE_RULES")
    [ -z "${GATE_INCONCLUSIVE:-}" ] || options+=(--inconclusive "$GATE_INCONCLUSIVE")
    [ "${GITHUB_ACTIONS:-}" != true ] || options+=(--format github)
    mkdir -p "$out"
    # A file of before must not be taken for this gate's; the page is the run's.
    rm -f "$out/gate.md" "$out/gate.xml" "$out/gate.json"
    "$poise" gate "${options[@]}" --markdown "$out/gate.md" -- ${candidates[@]+"${candidates[@]}"} || status=$?
    verdict=error
    case $status in
    0 | 100 | 101) verdict=$(verdict_in "$out/gate.json") || verdict=error ;;
    esac
    # A gate that says nothing has not passed.
    [ "$verdict:$status" != error:0 ] || status=1
    output verdict "$verdict"
    output exit-code "$status"
    if [ -n "${GITHUB_STEP_SUMMARY:-}" ] && [ -f "$out/gate.md" ]; then cat "$out/gate.md" >>"$GITHUB_STEP_SUMMARY"; fi
    return "$status"
}

[ $# -gt 0 ] || set -- install run gate
for step in "$@"; do
    case $step in
    key | install | run | gate) "step_$step" ;;
    *) fail "no step “$step”; there are key, install, run and gate" 64 ;;
    esac
done
