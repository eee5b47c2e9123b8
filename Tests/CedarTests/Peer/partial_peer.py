#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random Cedar requests with unknown parts, and what cedarpy's partial evaluation makes of them.

    partial_peer.py FIRST COUNT

writes one line of JSON for each seed FIRST, FIRST + 1, ... whose policies and entities cedarpy reads. The same seed
always gives the same case. Standard input is not read; anything wrong ends the process.
"""
import json
import re
import sys

import cedarpy

from cedar_peer import Case, attempt


class PlainCase(Case):
    """Only ids that need no escapes: partial requests name entities in policy text, normalized."""

    def uid(self):
        return {"type": self.type_name(), "id": self.pick(["a", "b", "c", "d"])}


def uid_text(uid):
    return "%s::\"%s\"" % (uid["type"], uid["id"])


def outcome(request, policies, entities):
    known = {key: uid_text(value) if key != "context" and value is not None else value for key, value in request.items()}
    result = cedarpy.is_authorized_partial(known, policies, entities)
    errors = []
    for message in result.diagnostics.errors:
        match = re.match(r"error while evaluating policy `([^`]*)`: ", message)
        if not match:
            return None
        errors.append(match.group(1))
    decision = {cedarpy.Decision.Allow: "allow", cedarpy.Decision.Deny: "deny"}.get(result.decision)
    return {"decision": decision, "reason": sorted(result.diagnostics.reasons), "errors": sorted(errors)}


def run(seed):
    case = PlainCase(seed)
    text = "\n".join(case.policy() if case.chance(0.7) else case.probe() for _ in range(case.random.randint(1, 4)))
    policies = attempt(lambda: cedarpy.PolicySet.from_str(text))
    list_of_entities = case.entities()
    entities_text = json.dumps(list_of_entities)
    entities = attempt(lambda: cedarpy.Entities.from_json_str(entities_text))
    if policies is None or entities is None:
        return None
    known = [entity["uid"] for entity in list_of_entities]
    line = {"seed": seed, "policies": text, "entities": entities_text, "requests": []}
    for _ in range(4):
        uid = lambda: case.pick(known) if known and case.chance(0.7) else case.uid()
        request = {"principal": uid(), "action": case.action(), "resource": uid(), "context": case.attributes(3)}
        for key in ["principal", "resource", "context"]:
            if case.chance(0.5):
                request[key] = None
        expected = outcome(request, policies, entities)
        if expected is not None:
            line["requests"].append({"request": request, "expected": expected})
    return line


def main():
    first, count = int(sys.argv[1]), int(sys.argv[2])
    for seed in range(first, first + count):
        line = run(seed)
        if line is not None:
            sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
