# SPDX-License-Identifier: Apache-2.0
"""Random schemas, policies, entities and requests with what cedarpy says of their validity, one JSON line a seed.

    cedar_validation_peer.py FIRST COUNT
"""

import json
import random
import sys

import cedarpy

NAMES = ["a", "b", "name", "owner", "n", "x y", "", "is", "tag", "r", "s2", "\u00e9"]
EXTENSIONS = ["decimal", "ipaddr", "datetime", "duration"]
CONSTRUCTORS = {
    "decimal": ("decimal", ["1.0", "-0.5", "12.3456"], ["1", "1.23456", "x"]),
    "ipaddr": ("ip", ["1.2.3.4", "10.0.0.0/8", "::1"], ["1.2.3", "1.2.3.4/33", ""]),
    "datetime": ("datetime", ["2024-01-01", "2024-01-01T00:00:00Z"], ["2024-13-01", "2024-1-1"]),
    "duration": ("duration", ["1d", "-1h2m", "0ms"], ["1", "1x", "d"]),
}
KEYS = ["k", "key", "", "a"]
RESERVED = {"true", "false", "if", "then", "else", "in", "is", "like", "has"}


class Schema:
    def __init__(self, case):
        self.case = case
        pick = case.pick
        self.types = {}
        names = case.random.sample(["User", "Group", "Doc", "Color", "N::Member", "N::Box", "N::Kind"], case.random.randint(3, 6))
        enums = [name for name in names if name in ("Color", "N::Kind")]
        plain = [name for name in names if name not in enums] or ["User"]
        self.plain, self.enums = plain, enums
        for name in enums:
            self.types[name] = {"enum": case.random.sample(["red", "green", "blue", "", "\u00e9"], case.random.randint(1, 3))}
        self.actions = {}
        action_names = ['Action::"read"', 'Action::"write"', 'Action::"all"', 'N::Action::"go"', 'Action::"some thing"', 'N::Action::"group"']
        action_names = case.random.sample(action_names, case.random.randint(2, 5))
        self.action_types = sorted({name.rsplit("::", 1)[0] for name in action_names})
        for name in plain:
            parents = [other for other in plain + enums if case.chance(0.3)]
            self.types[name] = {"parents": parents, "attrs": self.attributes(2, 5), "tags": self.type(1) if case.chance(0.5) else None}
        for index, name in enumerate(action_names):
            applies = None
            if index == 0 or case.chance(0.75):
                applies = {
                    "principal": case.random.sample(plain + enums, min(len(plain + enums), pick([1, 1, 2]))),
                    "resource": case.random.sample(plain + enums, min(len(plain + enums), pick([1, 1, 2]))),
                    "context": self.attributes(2, 4),
                }
            parents = [other for other in action_names[index + 1:] if case.chance(0.35)]
            self.actions[name] = {"parents": parents, "applies": applies}
        self.ancestors = {name: self.closure(name, self.types, "parents") for name in self.types}
        self.action_ancestors = {name: self.closure(name, self.actions, "parents") for name in self.actions}

    @staticmethod
    def closure(name, table, key):
        found, todo = set(), list(table[name].get(key, []))
        while todo:
            other = todo.pop()
            if other not in found:
                found.add(other)
                todo += table[other].get(key, [])
        return found

    def type(self, depth):
        case = self.case
        roll = case.random.randrange(12)
        if roll < 2:
            return ("bool",)
        if roll < 4:
            return ("long",)
        if roll < 6:
            return ("string",)
        if roll < 8:
            return ("ent", case.pick(self.plain + self.enums + self.action_types[:1] + self.plain))
        if roll == 8:
            return ("ext", case.pick(EXTENSIONS))
        if depth == 0:
            return ("long",)
        if roll < 11:
            return ("set", self.type(depth - 1))
        return ("rec", self.attributes(depth - 1, 3))

    def attributes(self, depth, count):
        names = self.case.random.sample(NAMES, self.case.random.randint(0, count))
        return {name: (self.type(depth), self.case.chance(0.55)) for name in names}

    def type_text(self, kind):
        if kind[0] == "ent" or kind[0] == "ext":
            return kind[1]
        if kind[0] == "set":
            return "Set<%s>" % self.type_text(kind[1])
        if kind[0] == "rec":
            return self.record_text(kind[1])
        return {"bool": "Bool", "long": "Long", "string": "String"}[kind[0]]

    def record_text(self, attributes):
        return "{%s}" % ", ".join(
            "%s%s: %s" % (quoted(name), "" if required else "?", self.type_text(kind)) for name, (kind, required) in attributes.items())

    def text(self):
        spaces = {"": [], "N": []}
        for name, entry in self.types.items():
            space, base = name.split("::") if "::" in name else ("", name)
            if "enum" in entry:
                spaces[space].append("entity %s enum [%s];" % (base, ", ".join(map(quoted, entry["enum"]))))
                continue
            line = "entity %s" % base
            if entry["parents"]:
                line += " in [%s]" % ", ".join(entry["parents"])
            line += " " + self.record_text(entry["attrs"])
            if entry["tags"]:
                line += " tags " + self.type_text(entry["tags"])
            spaces[space].append(line + ";")
        for name, entry in self.actions.items():
            kind, identifier = name.rsplit("::", 1)
            line = "action %s" % identifier
            if entry["parents"]:
                line += " in [%s]" % ", ".join(entry["parents"])
            if entry["applies"]:
                applies = entry["applies"]
                line += " appliesTo {principal: [%s], resource: [%s], context: %s}" % (
                    ", ".join(applies["principal"]), ", ".join(applies["resource"]), self.record_text(applies["context"]))
            spaces["N" if kind.startswith("N::") else ""].append(line + ";")
        text = "\n".join(spaces[""])
        if spaces["N"]:
            text += "\nnamespace N {\n%s\n}" % "\n".join(spaces["N"])
        return text


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


class Case:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.schema = Schema(self)
        # How often something of another type stands where a type is wanted.
        self.sloppiness = self.pick([0, 0, 0.01, 0.03, 0.1])

    def pick(self, items):
        return self.random.choice(items)

    def chance(self, probability):
        return self.random.random() < probability

    # ---- expressions ------------------------------------------------------------------------------------------

    def access(self, subject, name):
        plain = name.isascii() and name.isidentifier() and name not in RESERVED
        if self.chance(self.sloppiness):
            name, plain = "zz", True
        return "%s.%s" % (subject, name) if plain and self.chance(0.8) else "%s[%s]" % (subject, quoted(name))

    def test(self, subject, name):
        plain = name.isascii() and name.isidentifier() and name not in RESERVED
        return "%s has %s" % (subject, name if plain and self.chance(0.8) else quoted(name))

    def roots(self):
        env = self.env
        return [("principal", ("ent", env[0]), []), ("resource", ("ent", env[2]), []), ("action", ("ent", env[1].rsplit("::", 1)[0]), []),
                ("context", ("rec", self.schema.actions[env[1]]["applies"]["context"]), [])]

    def paths(self):
        """Expressions that read the request, with what must be tested first."""
        found = self.roots()
        edge = found
        for _ in range(3):
            new = []
            for text, kind, guards in edge:
                attributes = {}
                if kind[0] == "rec":
                    attributes = kind[1]
                elif kind[0] == "ent" and kind[1] in self.schema.types:
                    entry = self.schema.types[kind[1]]
                    attributes = entry.get("attrs", {})
                    if entry.get("tags") and self.chance(0.5):
                        key = quoted(self.pick(KEYS)) if self.chance(0.8) else self.pick(['"k"', "context.name", "principal.name", "principal.owner.name"])
                        new.append(("%s.getTag(%s)" % (text, key), entry["tags"], guards + ["%s.hasTag(%s)" % (text, key)]))
                for name, (inner, required) in attributes.items():
                    guard = [] if required else [self.test(text, name)]
                    if required and self.chance(0.05):
                        guard = [self.test(text, name)]
                    new.append((self.access(text, name), inner, guards + guard))
            found = found + new
            edge = new[:40]
        return found

    def matches(self, kind, wanted):
        return kind == wanted or (kind[0] == "set" and wanted == ("set", None))

    def read(self, wanted):
        found = [path for path in self.known_paths if self.matches(path[1], wanted)]
        if not found:
            return None
        text, _, guards = self.pick(found)
        self.guards += guards
        return text

    def expression(self, kind, depth):
        if self.chance(self.sloppiness):
            kind = self.pick([("bool",), ("long",), ("string",), ("ent", self.pick(self.schema.plain)), ("set", ("long",)), ("ext", "decimal")])
        if depth > 0 and self.chance(0.05):
            return "(if %s then %s else %s)" % (self.bool(depth - 1), self.expression(kind, depth - 1), self.expression(kind, depth - 1))
        if self.chance(0.55 if kind[0] not in ("set", "rec") else 0.8):
            text = self.read(kind)
            if text:
                return text
        if depth > 0 and self.chance(0.04):
            return "{q: %s, n: 1}.q" % self.expression(kind, depth - 1)
        return getattr(self, kind[0])(depth, *kind[1:])

    def long(self, depth):
        if depth > 0 and self.chance(0.3):
            if self.chance(0.25):
                return "%s.%s()" % (self.expression(("ext", "duration"), depth - 1), self.pick(["toDays", "toMilliseconds"]))
            return "(%s %s %s)" % (self.expression(("long",), depth - 1), self.pick("+-*"), self.expression(("long",), depth - 1))
        return self.pick(["0", "1", "-3", "42", "-(1)"])

    def string(self, depth):
        return quoted(self.pick(["", "a", "k", "x y", "red"]))

    def ent(self, depth, name):
        if name in self.schema.action_types or name.endswith("Action"):
            return self.pick([action for action in self.schema.actions if action.rsplit("::", 1)[0] == name] or ['Action::"read"'])
        if name in self.schema.enums:
            listed = self.schema.types[name]["enum"]
            return "%s::%s" % (name, quoted(self.pick(listed) if not self.chance(self.sloppiness * 2) else self.pick(["red", "zz"])))
        if self.chance(self.sloppiness):
            name = self.pick(["Nope", "N::Nope", "Usr"])
        return "%s::%s" % (name, quoted(self.pick(["x", "y"])))

    def set(self, depth, element):
        if self.chance(0.01):
            return "[]"
        element = element or ("long",)
        return "[%s]" % ", ".join(self.expression(element, depth - 1) for _ in range(self.random.randint(1, 3)))

    def rec(self, depth, attributes):
        fields = [(name, kind) for name, (kind, required) in attributes.items() if required or self.chance(0.3)]
        return "{%s}" % ", ".join("%s: %s" % (quoted(name), self.expression(kind, depth - 1)) for name, kind in fields)

    def ext(self, depth, name):
        if depth > 0 and name == "datetime" and self.chance(0.3):
            return "%s.offset(%s)" % (self.expression(("ext", "datetime"), depth - 1), self.expression(("ext", "duration"), depth - 1))
        if depth > 0 and name == "duration" and self.chance(0.3):
            return "%s.toTime()" % self.expression(("ext", "datetime"), depth - 1)
        function, good, bad = CONSTRUCTORS[name]
        text = quoted(self.pick(bad if self.chance(self.sloppiness) else good))
        if self.chance(self.sloppiness * 0.3):
            text = self.pick(["context.name", "", text + ", " + text, "1", "(if true then \"1.0\" else \"1.0\")"])
        return "%s(%s)" % (function, text)

    def some_type(self):
        kinds = [path[1] for path in self.known_paths]
        return self.pick(kinds) if kinds and self.chance(0.6) else self.pick(
            [("long",), ("string",), ("bool",), ("ent", self.pick(self.schema.plain)), ("ext", self.pick(EXTENSIONS))])

    def atom(self, depth):
        one = depth - 1
        roll = self.random.randrange(14)
        if roll < 4:
            kind = self.some_type()
            return "%s %s %s" % (self.expression(kind, one), self.pick(["==", "==", "!="]), self.expression(kind, one))
        if roll == 4:
            kind = self.pick([("long",), ("long",), ("ext", "datetime"), ("ext", "duration")])
            return "%s %s %s" % (self.expression(kind, one), self.pick(["<", "<=", ">", ">="]), self.expression(kind, one))
        if roll == 5:
            return "%s like %s" % (self.expression(("string",), one), self.pick(['"a*"', '"*"', '"x"']))
        if roll == 6:
            entity = self.pick([("principal", "principal"), ("resource", "resource"), ("action", "action"), (self.expression(("ent", self.pick(self.schema.plain)), one), "")])[0]
            return "%s is %s" % (entity, self.type_name()) + (" in %s" % self.group(one) if self.chance(0.3) else "")
        if roll < 9:
            member = self.pick(["principal", "resource", "action", "action", self.expression(("ent", self.pick(self.schema.plain)), one)])
            return "%s in %s" % (member, self.group(one, member == "action"))
        if roll == 9:
            sets = [path[1] for path in self.known_paths if path[1][0] == "set"]
            kind = self.pick(sets) if sets and self.chance(0.7) else ("set", self.some_type())
            if self.chance(0.2):
                return "%s.isEmpty()" % self.expression(kind, one)
            if self.chance(0.5):
                return "%s.contains(%s)" % (self.expression(kind, one), self.expression(kind[1], one))
            return "%s.%s(%s)" % (self.expression(kind, one), self.pick(["containsAll", "containsAny"]), self.expression(kind, one))
        if roll == 10:
            tests = [guard for path in self.known_paths for guard in path[2]]
            if tests:
                return self.pick(tests)
        if roll == 11:
            subject, kind, guards = self.pick(self.known_paths)
            if kind[0] in ("rec", "ent"):
                self.guards += guards
                attributes = kind[1] if kind[0] == "rec" else self.schema.types.get(kind[1], {}).get("attrs", {})
                names = [name for name in attributes if name.isascii() and name.isidentifier() and name not in RESERVED] + ["zz"]
                return "%s has %s" % (subject, ".".join(self.pick(names + ["a", "owner"]) if index else self.pick(names) for index in range(self.random.randint(1, 3))))
        if roll == 12:
            kind = self.pick(["decimal", "ipaddr"])
            if kind == "decimal":
                return "%s.lessThan(%s)" % (self.expression(("ext", kind), one), self.expression(("ext", kind), one))
            return self.pick(["%s.isIpv4()", "%s.isInRange(ip(\"10.0.0.0/8\"))", "%s.isLoopback()"]) % self.expression(("ext", kind), one)
        return self.pick(["true", "false"]) if self.chance(0.3) else self.read(("bool",)) or "true"

    def type_name(self):
        if self.chance(self.sloppiness):
            return self.pick(["Nope", "N::Nope", "Usr"])
        return self.pick(list(self.schema.types) + self.schema.action_types)

    def group(self, depth, actions=False):
        if actions and self.chance(0.8):
            names = [self.pick(list(self.schema.actions)) for _ in range(self.random.randint(1, 3))]
            return names[0] if self.chance(0.5) else "[%s]" % ", ".join(names)
        kind = ("ent", self.pick(self.schema.plain + self.schema.enums))
        return self.expression(kind, depth) if self.chance(0.6) else self.expression(("set", kind), depth)

    def bool(self, depth, *_):
        """A boolean expression that tests what it reads, mostly."""
        outer, self.guards = getattr(self, "guards", []), []
        roll = self.random.randrange(10) if depth > 0 else 0
        if roll < 5:
            text = self.atom(depth)
        elif roll == 5:
            text = "!(%s)" % self.bool(depth - 1)
        elif roll < 8:
            text = self.pick([" && ", " || "]).join("(%s)" % self.bool(depth - 1) for _ in range(self.random.randint(2, 3)))
        elif roll == 8:
            text = "if %s then %s else %s" % (self.bool(depth - 1), self.bool(depth - 1), self.bool(depth - 1))
        else:
            text = " && ".join("(%s)" % self.bool(depth - 1) for _ in range(2))
        guards, self.guards = self.guards, outer
        seen = []
        for guard in guards:
            if guard not in seen:
                seen.append(guard)
        if seen and self.chance(0.12 if self.sloppiness else 0.03):
            del seen[self.random.randrange(len(seen))]
        if not seen:
            return "(%s)" % text
        roll = self.random.randrange(24)
        joined = " && ".join(seen)
        if roll < 3:
            return "(if %s then (%s) else %s)" % (joined, text, self.pick(["false", "true"]))
        if roll == 3:
            return "((%s || (%s && true)) && (%s))" % (joined, joined, text)
        if roll == 4:
            return "((%s || false) && (%s))" % (joined, text)
        if roll == 5:
            return "(!(!(%s)) && (%s))" % (joined, text)
        if roll == 6:
            return "((if %s then true else false) && (%s))" % (joined, text)
        if roll == 7:
            return "((%s) || !(%s))" % (text, joined)
        if roll == 8:
            return "((if principal == principal then (%s) else (%s)) && (%s))" % (joined, joined, text)
        if roll == 9:
            return "((%s) && (%s))" % (" || ".join(seen), text)
        if roll < 12:
            return "((%s) && ((%s) && true))" % (joined, text)
        return "(%s && (%s))" % (joined, text)

    # ---- policies ---------------------------------------------------------------------------------------------

    def uid(self, name):
        return self.ent(0, name)

    def constraint(self, variable, name, template):
        reference = lambda kind: "?" + variable if template and self.chance(0.7) else self.uid(kind)
        roll = self.random.randrange(12)
        if roll > 9 and self.chance(0.6):
            return variable
        if roll < 5:
            return "%s is %s" % (variable, name)
        if roll < 7:
            return variable
        if roll == 7:
            return "%s == %s" % (variable, reference(name))
        groups = sorted(self.schema.ancestors[name]) or [name]
        if roll == 8:
            return "%s in %s" % (variable, reference(self.pick(groups)))
        if roll == 9:
            return "%s is %s in %s" % (variable, name, reference(self.pick(groups)))
        if roll == 10:
            return "%s is %s" % (variable, self.type_name())
        return "%s %s %s" % (variable, self.pick(["==", "in"]), reference(self.pick(list(self.schema.types))))

    def policy(self):
        schema = self.schema
        action = self.pick([name for name, entry in schema.actions.items() if entry["applies"]])
        applies = schema.actions[action]["applies"]
        self.env = (self.pick(applies["principal"]), action, self.pick(applies["resource"]))
        self.guards = []
        self.known_paths = self.paths()
        template = self.chance(0.1)
        roll = self.random.randrange(10)
        groups = sorted(schema.action_ancestors[action]) or [action]
        if roll < 6:
            scope = "action == " + action
        elif roll == 6:
            scope = "action"
        elif roll == 7:
            scope = "action in " + self.pick(groups)
        else:
            names = [self.pick(groups + [action]) for _ in range(self.random.randint(1, 2))]
            if self.chance(self.sloppiness):
                names.append(self.pick(['Action::"nope"', 'N::Action::"go"']))
            scope = "action in [%s]" % ", ".join(names if not self.chance(0.01) else [])
        conditions = "".join(
            " %s { %s }" % (self.pick(["when", "when", "when", "unless"]), self.bool(self.random.randint(1, 3)))
            for _ in range(self.pick([0, 1, 1, 1, 1, 2, 2])))
        return "%s (%s, %s, %s)%s;" % (
            self.pick(["permit", "forbid"]), self.constraint("principal", self.env[0], template), scope,
            self.constraint("resource", self.env[2], template), conditions)

    # ---- data -------------------------------------------------------------------------------------------------

    def value(self, kind, depth=3):
        """A value of a type, written with escapes; rarely of another."""
        if self.chance(0.015):
            kind = self.pick([("bool",), ("long",), ("ent", self.pick(self.schema.plain)), ("set", ("long",)), ("rec", {})])
            return self.value(kind, depth)
        if kind[0] == "bool":
            return self.chance(0.5)
        if kind[0] == "long":
            return self.random.randint(-3, 3)
        if kind[0] == "string":
            return self.pick(["", "a", "red"])
        if kind[0] == "ent":
            return {"__entity": self.entity_name(kind[1])}
        if kind[0] == "ext":
            function, good, _ = CONSTRUCTORS[kind[1]]
            return {"__extn": {"fn": function, "arg": self.pick(good)}}
        if kind[0] == "set":
            return [self.value(kind[1], depth - 1) for _ in range(self.random.randint(0, 2))]
        return self.record(kind[1], depth)

    def record(self, attributes, depth=3):
        result = {name: self.value(kind, depth - 1) for name, (kind, required) in attributes.items() if (required and not self.chance(0.01)) or self.chance(0.5)}
        if self.chance(0.01):
            result["extra"] = 1
        return result

    def entity_name(self, name):
        if name.endswith("Action"):
            actions = [action for action in self.schema.actions if action.rsplit("::", 1)[0] == name]
            identifier = self.pick(actions or ['Action::"nope"']).rsplit("::", 1)[1][1:-1]
            return {"type": name, "id": identifier if not self.chance(0.02) else "nope"}
        entry = self.schema.types[name]
        if "enum" in entry:
            return {"type": name, "id": self.pick(entry["enum"]) if not self.chance(0.02) else "zz"}
        return {"type": name, "id": self.pick(["x", "y", "z"])}

    def entities(self):
        found, result = set(), []
        for _ in range(self.random.randint(0, 4)):
            name = self.pick(list(self.schema.types) + (["Nope"] if self.chance(0.03) else []))
            uid = self.entity_name(name) if name != "Nope" else {"type": "Nope", "id": "x"}
            if (uid["type"], uid["id"]) in found:
                continue
            found.add((uid["type"], uid["id"]))
            entry = self.schema.types.get(name, {})
            entity = {"uid": uid, "attrs": self.record(entry.get("attrs", {})), "parents": []}
            for parent in sorted(self.schema.ancestors.get(name, [])):
                # A parent that is no entity of this list, so that there are no cycles.
                if self.chance(0.3):
                    other = self.entity_name(parent)
                    entity["parents"].append(other if "enum" in self.schema.types[parent] else {"type": parent, "id": "far"})
            if self.chance(0.03):
                entity["parents"].append({"type": self.pick(list(self.schema.types) + ["Nope"]), "id": "far"})
            if entry.get("tags") and self.chance(0.7):
                entity["tags"] = {key: self.value(entry["tags"]) for key in KEYS if self.chance(0.4)}
            elif self.chance(0.03):
                entity["tags"] = {"k": 1}
            result.append(entity)
        for action in self.schema.actions:
            if self.chance(0.25):
                kind, identifier = action.rsplit("::", 1)
                parents = sorted(self.schema.action_ancestors[action])
                if parents and self.chance(0.1):
                    parents.pop()
                split = [parent.rsplit("::", 1) for parent in parents]
                result.append({
                    "uid": {"type": kind, "id": identifier[1:-1]}, "attrs": {"a": 1} if self.chance(0.02) else {},
                    "parents": [{"type": parent[0], "id": parent[1][1:-1]} for parent in split]})
        return result

    def request(self):
        action = self.pick(list(self.schema.actions))
        applies = self.schema.actions[action]["applies"]
        if applies is None and self.chance(0.8):
            action = self.pick([name for name, entry in self.schema.actions.items() if entry["applies"]])
            applies = self.schema.actions[action]["applies"]
        applies = applies or {"principal": list(self.schema.types), "resource": list(self.schema.types), "context": {}}
        side = lambda names: self.entity_name(self.pick(names if not self.chance(0.04) else list(self.schema.types)))
        kind, identifier = action.rsplit("::", 1)
        return {
            "principal": side(applies["principal"]), "action": {"type": kind, "id": identifier[1:-1] if not self.chance(0.02) else "nope"},
            "resource": side(applies["resource"]), "context": self.record(applies["context"])}


def run(seed):
    case = Case(seed)
    text = case.schema.text()
    line = {"seed": seed, "schema": text}
    schema = cedarpy.Schema.from_str(text)
    line["policies"] = []
    for _ in range(8):
        policy = case.policy()
        result = cedarpy.validate_policies(policy, schema)
        line["policies"].append({"text": policy, "valid": result.validation_passed, "errors": [error.error for error in result.errors]})
    line["entities"] = []
    for _ in range(3):
        entities = json.dumps(case.entities())
        try:
            cedarpy.Entities.from_json_str(entities, schema)
            valid = True
        except ValueError:
            valid = False
        line["entities"].append({"entities": entities, "valid": valid})
    line["requests"] = []
    for _ in range(4):
        request = case.request()
        result = cedarpy.is_authorized(json.loads(json.dumps(request)), "", "[]", schema)
        line["requests"].append({"request": request, "valid": result.decision != cedarpy.Decision.NoDecision, "errors": list(result.diagnostics.errors)})
    return line


def main():
    first, count = int(sys.argv[1]), int(sys.argv[2])
    for seed in range(first, first + count):
        sys.stdout.write(json.dumps(run(seed)) + "\n")


if __name__ == "__main__":
    main()
