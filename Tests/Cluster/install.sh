#!/bin/sh
# Installs what a cluster needs where it is missing, and sees to it that no service comes of it: none is started now, and
# none with the machine. What was installed before stays as it is.
#
#     install.sh [sudo]
set -eu
sudo=${1-}
PATH=$PATH:/usr/sbin:/sbin

packages=
for each in munged:munge slurmctld:slurmctld slurmd:slurmd sbatch:slurm-client; do
    command -v "${each%:*}" >/dev/null || packages="$packages ${each#*:}"
done
# Another program of the same name is in moreutils.
parallel --version 2>/dev/null | grep -q '^GNU parallel' || packages="$packages parallel"
[ -n "$packages" ] || exit 0
command -v apt-get >/dev/null || { echo "install these by hand:$packages" >&2; exit 1; }

enabled() {
    ! command -v systemctl >/dev/null || systemctl --root=/ list-unit-files --state=enabled --no-legend | cut -d' ' -f1
}

echo "installing$packages"
work=$(mktemp -d)
policy=/usr/sbin/policy-rc.d
trap 'rm -rf "$work"' EXIT
if [ ! -e "$policy" ]; then
    # Debian's own way to install services without starting them.
    trap '$sudo rm -f "$policy"; rm -rf "$work"' EXIT
    printf '#!/bin/sh\nexit 101\n' | $sudo tee "$policy" >/dev/null
    $sudo chmod 755 "$policy"
fi
enabled >"$work/before"
$sudo apt-get update -qq
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >"$work/log" ||
    { cat "$work/log" >&2; exit 1; }
enabled | grep -vxFf "$work/before" | xargs -r $sudo systemctl --root=/ --quiet disable
