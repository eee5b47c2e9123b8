# SPDX-License-Identifier: Apache-2.0
"""Drives the everything server, or a gateway before it, with the SDK 1.30 client (initialize).

    drive1.py --record FILE [--direct 'COMMAND'] [--expect-masked] [--expect-denied TOOL JSON]… -- COMMAND ARGS…

One JSON line per scenario; exit status 0 only if all are ok. See scenarios.py for what is promised.
"""

import peer1
import scenarios

if __name__ == "__main__":
    scenarios.main(__doc__, peer1.connect, peer1.MODES)
