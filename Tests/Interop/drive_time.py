# SPDX-License-Identifier: Apache-2.0
"""Drives mcp-server-time directly and through a gateway, with the SDK of this venv, and compares.

    drive_time.py [--gateway 'writ gateway --home H --name time --'] [--mode MODE] [--server PROGRAM]

One JSON line per scenario; what the clock says is masked.
"""

import re

import compare
from compare import Step, refused, succeeded

STEPS = [
    Step("get_current_time", "get_current_time", {"timezone": "Asia/Tokyo"}, succeeded("Asia/Tokyo", "+09:00")),
    Step(
        "convert_time",
        "convert_time",
        {"source_timezone": "Asia/Tokyo", "time": "16:30", "target_timezone": "Asia/Kolkata"},
        succeeded("13:00:00+05:30", "-3.5h"),
    ),
    Step("an unknown time zone", "get_current_time", {"timezone": "Atlantis/Capital"}, refused),
    Step("a missing argument", "convert_time", {"time": "16:30"}, refused),
    Step("an unknown tool", "set_time", {"time": "16:30"}, refused, same=False),
]


def mask(text: str) -> str:
    """The two runs are not at the same moment, perhaps not on the same day."""
    text = re.sub(r"\d{4}-\d\d-\d\dT(\d\d:\d\d:\d\d)", r"DATE\1", text)
    text = re.sub(r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", "DAY", text)
    if '"source"' not in text:
        text = re.sub(r"DATE\d\d:\d\d:\d\d", "DATE", text)
    return text


def main() -> None:
    options = compare.parser_of(__doc__, "mcp-server-time").parse_args()
    compare.run(options, [options.server, "--local-timezone", "UTC"], STEPS, mask)


if __name__ == "__main__":
    main()
