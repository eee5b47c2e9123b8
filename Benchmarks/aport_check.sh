#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# One check by APort's own local guardrail (the pinned PyPI package), for comparison: may an agent run `ls`?
#
#   aport_check.sh command DIRECTORY   writes a passport into DIRECTORY and prints the command line to time
#   aport_check.sh run DIRECTORY       writes the passport and runs that command once; its exit status (0 = allow)
#
# Fair to APort: its evaluator is started directly, not through its wrapper script; the Python it calls is a real
# one, not a version manager's shim; the environment has nothing else; the passport allows every command.
set -euo pipefail

if (($# != 2)) || [[ $1 != command && $1 != run ]]; then
    echo "usage: aport_check.sh command|run DIRECTORY" >&2
    exit 64
fi

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
peer=${WRIT_PEERS:-$root/.peers}/aport
guardrails=("$peer"/lib/python3*/site-packages/aport_guardrails/runtime-bundle/bin/aport-guardrail-bash.sh)
guardrail=${guardrails[0]}
if [[ ! -x $guardrail ]]; then
    echo "aport_check.sh: no APort in $peer; run Scripts/setup --bench" >&2
    exit 69
fi
mkdir -p "$2"
folder=$(cd "$2" && pwd)

cat >"$folder/passport.json" <<'JSON'
{
  "passport_id": "5a0f1c1e-7f4b-4a7d-9c1d-3b1e0c9a2f10",
  "kind": "template",
  "spec_version": "oap/1.0",
  "owner_id": "org_benchmark",
  "owner_type": "org",
  "assurance_level": "L0",
  "status": "active",
  "capabilities": [{"id": "system.command.execute"}],
  "limits": {"system.command.execute": {"allowed_commands": ["*"], "blocked_patterns": []}},
  "regions": ["CH"],
  "created_at": "2026-01-01T00:00:00Z",
  "updated_at": "2026-01-01T00:00:00Z",
  "version": "1.0.0"
}
JSON

command=(
    /usr/bin/env -i "PATH=$peer/bin:/usr/bin:/bin" "HOME=$folder" LC_ALL=C.UTF-8
    "APORT_PASSPORT_FILE=$folder/passport.json" "APORT_CONFIG_DIR=$folder"
    "$guardrail" exec.run '{"command":"ls"}'
)
if [[ $1 == command ]]; then
    printf '%q ' "${command[@]}"
    echo
else
    exec "${command[@]}" >/dev/null
fi
