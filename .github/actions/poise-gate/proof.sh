#!/usr/bin/env bash
# Proves gate.sh on the demo's models: q8_0 against f16 must not fail, a damaged q8_0 must.
#
# GATE_POISE is the poise to prove it with; PROOF_PYTHON a Python with gguf and xllamacpp, PROOF_OUT where all goes.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
python=${PROOF_PYTHON:-$root/.venv/bin/python3}
out=${PROOF_OUT:-$(mktemp -d)}
export GATE_POISE=${GATE_POISE:-$root/.build/release/poise} POISE_PYTHON=$python
# The suites lie in a folder of their own here and name the checkout's models and tasks.
export GATE_LIMIT=${GATE_LIMIT:-20} GATE_CALIBRATE=false GATE_TRUST=true

# By the paths that the example has, seen from anywhere; $1 takes the place of the file under test.
suite() {
    sed -e "s|\.\./Models/quantized/tiny-m-q8_0\.gguf|$1|" -e "s|\.\./Models/|$root/Models/|g" \
        -e "s|tiny/|$root/Datasets/tiny/|g" "$root/Datasets/gate-example.yaml"
}

prove() {
    local name=$1 file=$2 status=0
    mkdir -p "$out/$name"
    suite "$file" >"$out/$name/suite.yaml"
    GATE_SUITE=$out/$name/suite.yaml GATE_DB=$out/$name/gate.sqlite GATE_OUT=$out/$name \
        bash "$here/gate.sh" install run gate || status=$?
    echo "$name: exit code $status"
    case $name:$status in
    sound:0 | sound:101 | damaged:100) ;;
    *)
        echo "proof.sh: that is not what the gate must say of a $name file" >&2
        exit 1
        ;;
    esac
}

"$python" "$root/Models/damage.py" "$root/Models/quantized/tiny-m-q8_0.gguf" "$out/tiny-m-damaged.gguf"
prove sound "$root/Models/quantized/tiny-m-q8_0.gguf"
prove damaged "$out/tiny-m-damaged.gguf"
echo "proved: see $out"
