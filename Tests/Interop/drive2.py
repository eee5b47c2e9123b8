# SPDX-License-Identifier: Apache-2.0
"""Drives the everything server, or a gateway before it, with the SDK 2.3 client.

    drive2.py --mode auto|legacy|2026-07-28 --record FILE [--direct 'COMMAND'] [--expect-masked]
              [--expect-denied TOOL JSON]… -- COMMAND ARGS…

One JSON line per scenario; exit status 0 only if all are ok. See scenarios.py for what is promised.
"""

import peer2
import scenarios

if __name__ == "__main__":
    scenarios.main(__doc__, peer2.connect, peer2.MODES)
