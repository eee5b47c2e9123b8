#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random schemas, and entities and contexts that fit them or almost do, with what cedarpy (Rust) says of each.

    entities_schema_peer.py FIRST COUNT

writes one line of JSON for each seed. Entities come twice: as a schema lets one write them, with escapes left out, and
with all escapes written. Needs cedarpy 4.12.
"""

import copy
import json
import random
import sys

import cedarpy

NAMES = ["a", "b", "c", "name", "if", "", "a b", "e\u0301", "\u00e9", "type", "id", "fn", "arg"]
IDS = ["x", "y", "", "e\u0301", "\u00e9", "a/b", "~"]
TEXTS = {
    "decimal": ["0.0", "-1.5", "12.3456"], "ipaddr": ["1.2.3.4", "::1", "10.0.0.0/8"],
    "datetime": ["2024-01-01", "1969-12-31T23:59:59.999Z"], "duration": ["1d", "-5ms", "0s"],
}
CONSTRUCTORS = {"decimal": "decimal", "ipaddr": "ip", "datetime": "datetime", "duration": "duration"}
SCALARS = ["Long", "String", "Bool"]


class Case:
    def __init__(self, seed):
        self.random = random.Random("entities with schema %d" % seed)
        self.types = ["A", "G", "N::B", "N::C"]
        self.enumerated = {"E": ["x", "y"], "N::F": ["", "x"]}

    def pick(self, options):
        return self.random.choice(options)

    def chance(self, probability):
        return self.random.random() < probability

    # ---- schemas ----------------------------------------------------------------------------------------------

    def type(self, depth):
        roll = self.random.randrange(10)
        if roll < 4 or depth == 0:
            return {"type": self.pick(SCALARS)}
        if roll < 6:
            return {"type": "Entity", "name": self.pick(self.types + list(self.enumerated))}
        if roll == 6:
            return {"type": "Extension", "name": self.pick(list(TEXTS))}
        if roll == 7:
            return {"type": "Set", "element": self.type(depth - 1)}
        return {"type": "Record", "attributes": self.attributes(depth - 1)}

    def attributes(self, depth):
        names = self.random.sample(NAMES, self.random.randint(0, 4))
        return {name: dict(self.type(depth), **({"required": False} if self.chance(0.4) else {})) for name in names}

    def schema(self):
        self.entity_types = {}
        for name in self.types:
            declared = {"shape": {"type": "Record", "attributes": self.attributes(3)}}
            if self.chance(0.7):
                declared["memberOfTypes"] = self.random.sample(self.types, self.random.randint(0, 2))
            if self.chance(0.5):
                declared["tags"] = self.type(2)
            self.entity_types[name] = declared
        self.context = {"type": "Record", "attributes": self.attributes(3)}
        applies = {"principalTypes": ["A", "E"], "resourceTypes": ["N::B"], "context": self.context}
        self.actions = {
            "read": {}, "write": {"memberOf": [{"id": "read"}]},
            "edit": {"memberOf": [{"id": "write"}], "appliesTo": applies},
            "view": {"memberOf": [{"id": "read"}], "appliesTo": applies},
        }
        namespaces = {
            "": {"entityTypes": {}, "actions": self.actions}, "N": {"entityTypes": {}, "actions": {"do": {"memberOf": []}}},
        }
        for name, declared in self.entity_types.items():
            namespaces["N" if "::" in name else ""]["entityTypes"][name.split("::")[-1]] = declared
        for name, ids in self.enumerated.items():
            namespaces["N" if "::" in name else ""]["entityTypes"][name.split("::")[-1]] = {"enum": ids}
        return namespaces

    # ---- values, as (short, escaped) --------------------------------------------------------------------------

    def uid(self, name=None):
        name = name or self.pick(self.types + list(self.enumerated))
        ids = self.enumerated.get(name, IDS)
        return {"type": name, "id": self.pick(ids if self.chance(0.99) else IDS)}

    def value(self, declared):
        kind = declared["type"]
        if kind == "Long":
            both = self.pick([0, 1, -1, 9223372036854775807, -9223372036854775808])
            return both, both
        if kind == "String":
            both = self.pick(IDS + ["1.0", "::1"])
            return both, both
        if kind == "Bool":
            both = self.chance(0.5)
            return both, both
        if kind == "Entity":
            uid = self.uid(declared["name"])
            return (uid if self.chance(0.6) else {"__entity": uid}), {"__entity": uid}
        if kind == "Extension":
            name = declared["name"]
            call = {"fn": CONSTRUCTORS[name], "arg": self.pick(TEXTS[name])}
            if name == "datetime" and self.chance(0.2):
                duration = {"__extn": {"fn": "duration", "arg": "1d"}}
                short = {"fn": "offset", "args": [self.pick([call, call["arg"]]), self.pick(["1d", duration])]}
                call = {"fn": "offset", "args": [{"__extn": call}, duration]}
                return self.pick([short, {"__extn": short}, call, {"__extn": call}]), {"__extn": call}
            listed = {"fn": call["fn"], "args": [call["arg"]]}
            return self.pick([call["arg"], call, listed, {"__extn": call}]), {"__extn": call}
        if kind == "Set":
            pairs = [self.value(declared["element"]) for _ in range(self.random.randint(0, 3))]
            return [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        return self.record(declared["attributes"])

    def record(self, attributes):
        short, escaped = {}, {}
        for name, declared in attributes.items():
            if declared.get("required", True) or self.chance(0.5):
                short[name], escaped[name] = self.value(declared)
        return short, escaped

    def entities(self):
        uids = []
        for _ in range(self.random.randint(0, 6)):
            uid = self.uid()
            if uid not in uids:
                uids.append(uid)
        short, escaped = [], []
        for index, uid in enumerate(uids):
            declared = self.entity_types.get(uid["type"], {"shape": {"attributes": {}}})
            attributes = self.record(declared["shape"]["attributes"])
            allowed = declared.get("memberOfTypes", [])
            parents = [later for later in uids[index + 1:] if later["type"] in allowed or self.chance(0.02)]
            entity = {"uid": uid, "parents": parents}
            pair = [dict(entity, attrs=attributes[0]), dict(entity, attrs=attributes[1])]
            if "tags" in declared and self.chance(0.6):
                tags = [(name, self.value(declared["tags"])) for name in self.random.sample(NAMES, 2)]
                for side in (0, 1):
                    pair[side]["tags"] = {name: values[side] for name, values in tags}
            short.append(pair[0])
            escaped.append(pair[1])
        if self.chance(0.3):
            groups = {"read": [], "write": ["read"], "edit": ["write", "read"], "view": ["read"]}
            for name in self.random.sample(list(groups), self.random.randint(1, 4)):
                given = groups[name] if self.chance(0.8) else self.random.sample(groups[name], len(groups[name]) // 2)
                parents = [{"type": "Action", "id": group} for group in given]
                action = {"uid": {"type": "Action", "id": name}, "attrs": {}, "parents": parents}
                short.append(action)
                escaped.append(action)
        return short, escaped

    # ---- mistakes ---------------------------------------------------------------------------------------------

    def places(self, value):
        """All containers in a value with their keys."""
        found = []
        children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else []
        for key, child in children:
            found.append((value, key))
            found += self.places(child)
        return found

    def damaged(self, value):
        value = copy.deepcopy(value)
        places = self.places(value)
        if not places:
            return value
        container, key = self.pick(places)
        roll = self.random.randrange(6)
        if roll == 0:
            del container[key]
        elif roll == 1 and isinstance(container, dict):
            container[self.pick(NAMES + ["zz", "tags"])] = self.pick([1, "x", True, {}, [], {"type": "A", "id": "x"}])
        elif roll == 2:
            container[key] = self.pick([1, "x", True, {}, [], None, 1.5, {"a": 1}, [1], "1.0", -1])
        elif roll == 3:
            container[key] = self.pick([
                self.uid(), {"__entity": self.uid()}, {"__extn": {"fn": "ip", "arg": "::1"}}, {"fn": "decimal", "arg": "1.0"},
                {"fn": "ip", "args": ["::1"]}, {"__extn": {"fn": "duration", "arg": "1"}}, {"fn": "nothing", "arg": "1"},
                {"fn": "ip"}, {"__entity": {"type": "A"}}, {"__expr": "1"}, {"type": "Zz", "id": "x"}, {"type": "Action", "id": "read"},
            ])
        elif roll == 4:
            other, other_key = self.pick(places)
            container[key] = copy.deepcopy(other[other_key])
        elif isinstance(container, list):
            container.append(copy.deepcopy(container[key]))
        else:
            container[key + "s"] = container.pop(key)
        return value


def run(seed):
    case = Case(seed)
    schema = case.schema()
    line = {"seed": seed, "schema": schema}
    text = json.dumps(schema)
    short, escaped = case.entities()
    line["escaped"] = json.dumps(escaped)
    line["documents"] = []
    for document in [short] + [case.damaged(short) for _ in range(4)]:
        written = json.dumps(document)
        try:
            cedarpy.Entities.from_json_str(written, text)
            loads = True
        except ValueError:
            loads = False
        line["documents"].append({"text": written, "loads": loads})

    short, escaped = case.record(case.context["attributes"])
    line["escapedContext"] = json.dumps(escaped)
    line["contexts"] = []
    for context in [short] + [case.damaged(short) for _ in range(4)]:
        request = {
            "principal": {"type": "A", "id": "x"}, "action": {"type": "Action", "id": "edit"},
            "resource": {"type": "N::B", "id": "x"}, "context": context,
        }
        result = cedarpy.is_authorized(request, "permit(principal, action, resource);", "[]", text)
        line["contexts"].append({"text": json.dumps(context), "loads": result.decision == cedarpy.Decision.Allow})
    return line


def main():
    first, count = int(sys.argv[1]), int(sys.argv[2])
    for seed in range(first, first + count):
        sys.stdout.write(json.dumps(run(seed)) + "\n")


if __name__ == "__main__":
    main()
