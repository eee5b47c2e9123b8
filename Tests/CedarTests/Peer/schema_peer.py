#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random Cedar schemas and what cedarpy (the Rust implementation) makes of them.

    schema_peer.py make FIRST COUNT

writes one line of JSON for each seed: a schema in one of its two forms and whether it is accepted. The same seed always
gives the same schema.

    schema_peer.py judge

reads lines of JSON with a schema, and writes for each whether it is accepted.

    schema_peer.py check

reads lines of JSON with such a schema, what another implementation writes for it in both forms, and policies with the
answer of that implementation's schema to whether they are valid; writes a line for each that cedarpy sees otherwise.
"""
import copy
import json
import random
import re
import sys

import cedarpy

ENTITIES = ["A", "B", "C", "U", "G", "Group", "Account", "type", "tags", "enum", "principal", "Long", "decimal", "Set", "Record", "Boolean"]
COMMONS = ["T", "Address", "Ctx", "A", "U", "ipaddr", "decimal", "context", "EntityOrCommon", "entity"]
BAD_NAMES = ["Bool", "Long", "Set", "Action", "__cedar", "Extension", "in", "if", "String", "Record", "Entity", "Boolean"]
NAMESPACES = ["N", "M", "N::M", "Set", "A", "Long", "principal", "namespace"]
IDS = ["a", "b", "view", "edit", "", "a b", "\u00e9", "e\u0301", "in", "Action", "\"", "\\", "\n", "\0", "__cedar", "Read", "appliesTo"]
ATTRIBUTES = ["a", "b", "c", "if", "", "two words", "\u00e9", "e\u0301", "__cedar", "Set", "type", "\0", "x1", "\"q\""]
BUILTIN = ["Bool", "Long", "String", "decimal", "ipaddr", "datetime", "duration"]
SPACES = [" ", " ", "\n", "\t", "\u00a0", "\u3000", " // note\n", "//\r", "\r\n", "\u2028"]
JUNK = ["(", ")", "[", "]", "{", "}", ",", ";", "::", ":", "@", "=", "==", "<", ">", "?", "?x", "\"", "\"x\"", "1", "if", "in", "entity", "type",
        "action", "namespace", "tags", "enum", "Set", "Long", "Bool", "Boolean", "principal", "resource", "context", "appliesTo", "attributes",
        "__cedar", "A", "N", "\r", "\ufeff", "/*", "//", "$", "\u00e9", "__cedar::Long", "a b"]
KEYS = ["type", "name", "element", "attributes", "required", "enum", "shape", "tags", "memberOf", "memberOfTypes", "appliesTo", "context",
        "principalTypes", "resourceTypes", "annotations", "commonTypes", "entityTypes", "actions", "additionalAttributes", "id", "x", ""]
VALUES = [None, True, False, 0, 1.5, "", "x", "A", "N::A", "Long", "Bool", "Boolean", "Set", "Record", "Entity", "Extension", "EntityOrCommon",
          "__cedar::Long", " A", "A::", "decimal", "Action", [], [1], ["A"], ["A", "A"], {}, {"type": "Long"}, {"type": "A"},
          {"type": "Entity", "name": "A"}, {"type": "EntityOrCommon", "name": "A"}, {"type": "Extension", "name": "decimal"},
          {"type": "Set", "element": {"type": "Long"}}, {"type": "Record", "attributes": {}},
          {"type": "Record", "attributes": {}, "additionalAttributes": False}, {"type": "Record", "attributes": {}, "additionalAttributes": True}]


class Case:
    """A schema as a tree in the JSON form, which is written as JSON or as text. Types of text are names only."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.is_text = self.chance(0.6)

    def pick(self, choices):
        return self.random.choice(choices)

    def chance(self, probability):
        return self.random.random() < probability

    def sample(self, choices, least, most):
        return self.random.sample(choices, min(len(choices), self.random.randint(least, most)))

    # ---- the tree ---------------------------------------------------------------------------------------------

    def schema(self):
        spaces = [""] if self.chance(0.4) else []
        spaces += self.sample(NAMESPACES, 0 if spaces else 1, 2)
        self.declared = {}
        outer = set()
        outer_actions = set()
        for space in spaces:
            def fresh(names, taken):
                free = [name for name in names if name not in taken and (space == "" or name not in outer)]
                return self.sample(names if self.chance(0.01) else free, 0, 4)
            entities = fresh(ENTITIES, ())
            commons = fresh(COMMONS, entities if self.chance(0.8) else ())
            actions = [name for name in self.sample(IDS, 0, 4) if space == "" or name not in outer_actions or self.chance(0.02)]
            if space == "":
                outer = set(entities) | set(commons)
                outer_actions = set(actions)
            if self.chance(0.01):
                (commons if self.chance(0.5) else entities).append(self.pick(BAD_NAMES))
            self.declared[space] = (entities, commons, actions)
        result = {}
        for space, (entities, commons, actions) in self.declared.items():
            self.space = space
            result[space] = {
                "commonTypes": {name: self.annotated(self.type(3, commons[index + 1:]), 0.2) for index, name in enumerate(commons)},
                "entityTypes": {name: self.entity() for name in entities},
                "actions": {name: self.action(actions[index + 1:]) for index, name in enumerate(actions)},
            }
            if space or self.chance(0.01):
                self.annotated(result[space], 0.1)
        return result

    def annotated(self, tree, probability):
        if self.chance(probability):
            names = self.sample(["doc", "if", "x", "id", "__cedar"], 1, 2)
            tree["annotations"] = {name: self.pick(["", "text", "\u00e9\n\"", None]) for name in names}
        return tree

    def reachable(self, index):
        """Names of one kind, as they may be written in the namespace at hand."""
        names = []
        for space, declared in self.declared.items():
            for name in declared[index]:
                if space == self.space or space == "":
                    names.append(name)
                names.append(space + "::" + name if space else name)
        return names

    def entity_name(self):
        names = self.reachable(0)
        if not names or self.chance(0.01):
            return self.pick(["A", "U", "N::A", "Action", "T", "Long", "__cedar::A", "M::U"])
        return self.pick(names)

    def type(self, depth, commons=None):
        """A type. Of the common types of this namespace only those given are used, so that few contain themselves."""
        roll = self.random.randrange(12)
        if depth > 0 and roll < 2:
            return {"type": "Set", "element": self.type(depth - 1, commons)}
        if depth > 0 and roll < 4:
            return self.record(depth - 1, commons)
        if roll < 6 and self.reachable(0):
            return self.reference(self.entity_name(), "Entity")
        if roll < 8:
            if commons is not None and not self.chance(0.02):
                names = [name for name in commons] + (self.declared.get("", ([], [], []))[1] if self.space else [])
            else:
                names = self.reachable(1)
            if names:
                name = self.pick(names)
                return self.reference(name, name)
        if roll == 8 and self.chance(0.3):
            actions = [space for space, declared in self.declared.items() if declared[2]]
            if actions:
                space = self.pick(actions)
                return self.reference(space + "::Action" if space else "Action", "Entity")
        return self.builtin()

    def reference(self, name, kind):
        if self.is_text or self.chance(0.6):
            return {"type": "EntityOrCommon", "name": name}
        return {"type": "Entity", "name": name} if kind == "Entity" else {"type": kind}

    def builtin(self):
        name = self.pick(BUILTIN) if not self.chance(0.005) else self.pick(["Boolean", "Set", "ip", "Record"])
        if self.is_text or self.chance(0.3):
            return {"type": "EntityOrCommon", "name": ("__cedar::" if self.chance(0.3) else "") + name}
        if self.chance(0.2):
            return {"type": ("__cedar::" if self.chance(0.3) else "") + name}
        if name in ("Bool", "Long", "String"):
            return {"type": "Boolean" if name == "Bool" else name}
        return {"type": "Extension", "name": name}

    def record(self, depth, commons=None):
        attributes = {}
        for name in self.sample(ATTRIBUTES, 0, 4):
            attributes[name] = self.annotated(self.type(depth, commons), 0.1)
            if self.chance(0.3):
                attributes[name]["required"] = False
            elif not self.is_text and self.chance(0.1):
                attributes[name]["required"] = True
        record = {"type": "Record", "attributes": attributes}
        if not self.is_text and self.chance(0.1):
            record["additionalAttributes"] = self.chance(0.02)
        return record

    def entity(self):
        tree = {}
        if self.chance(0.15):
            tree["enum"] = [self.pick(IDS) for _ in range(self.random.randint(1, 3))]
            return self.annotated(tree, 0.1)
        if self.chance(0.4):
            tree["memberOfTypes"] = [self.entity_name() for _ in range(self.random.randint(0, 3))]
        if self.chance(0.7):
            tree["shape"] = self.record(3)
            if not self.is_text and self.chance(0.1):
                tree["shape"] = self.type(2)
        if self.chance(0.3):
            tree["tags"] = self.type(2)
        return self.annotated(tree, 0.1)

    def action(self, later):
        tree = {}
        if later and self.chance(0.5):
            # Groups that come later only, so that few are members of themselves.
            parents = self.sample(later, 1, 2)
            if self.chance(0.01):
                parents.append(self.pick(IDS))
            tree["memberOf"] = []
            for parent in parents:
                reference = {"id": parent}
                if self.chance(0.5):
                    reference["type"] = self.pick(["Action", (self.space + "::" if self.space else "") + "Action"])
                tree["memberOf"].append(reference)
        if self.chance(0.7) and self.reachable(0):
            count = lambda: self.random.randint(1 if self.is_text or self.chance(0.9) else 0, 3)
            tree["appliesTo"] = {
                "principalTypes": [self.entity_name() for _ in range(count())],
                "resourceTypes": [self.entity_name() for _ in range(count())],
            }
            if self.chance(0.6):
                tree["appliesTo"]["context"] = self.record(2)
                commons = self.reachable(1)
                if commons and self.chance(0.3):
                    tree["appliesTo"]["context"] = {"type": self.pick(commons)}
        return self.annotated(tree, 0.1)

    # ---- text -------------------------------------------------------------------------------------------------

    def quoted(self, text):
        out = ""
        for character in text:
            if character in "\"\\":
                out += "\\" + character
            elif character in "\0\n":
                out += {"\0": "\\0", "\n": self.pick(["\\n", "\n"])}[character]
            else:
                out += character if self.chance(0.9) else "\\u{%x}" % ord(character)
        return '"%s"' % out

    def name(self, text):
        word = re.fullmatch("[_a-zA-Z][_a-zA-Z0-9]*", text) and text not in ("if", "in") or self.chance(0.002)
        return text if word and text and self.chance(0.8) else self.quoted(text)

    def annotations(self, tree):
        parts = []
        for name, value in tree.get("annotations", {}).items():
            parts.append("@" + name + ("" if value is None else "(%s)" % self.quoted(value)))
        return "".join(part + " " for part in parts)

    def type_text(self, tree):
        if tree["type"] == "Set":
            return "Set<%s>" % self.type_text(tree["element"])
        if tree["type"] == "Record":
            attributes = []
            for name, attribute in tree.get("attributes", {}).items():
                mark = "" if attribute.get("required", True) else "?"
                attributes.append("%s%s%s: %s" % (self.annotations(attribute), self.name(name), mark, self.type_text(attribute)))
            if attributes and self.chance(0.01):
                attributes.append(attributes[0])
            comma = "," if attributes and self.chance(0.3) else ""
            return "{ %s%s }" % (", ".join(attributes), comma)
        return tree.get("name", tree["type"])

    def list_text(self, items):
        return items[0] if len(items) == 1 and self.chance(0.7) else "[%s]" % ", ".join(items)

    def entity_text(self, name, tree):
        text = "entity " + name
        if "enum" in tree:
            return text + " enum [%s];" % ", ".join(self.quoted(id) for id in tree["enum"])
        if "memberOfTypes" in tree:
            text += " in " + self.list_text(tree["memberOfTypes"])
        if "shape" in tree:
            text += self.pick([" = ", " "]) + self.type_text(tree["shape"])
        if "tags" in tree:
            text += " tags " + self.type_text(tree["tags"])
        return text + ";"

    def action_text(self, name, tree):
        text = "action " + self.name(name)
        if tree.get("memberOf"):
            parents = [
                (parent["type"] + "::" + self.quoted(parent["id"])) if "type" in parent else self.name(parent["id"])
                for parent in tree["memberOf"]]
            text += " in " + self.list_text(parents)
        if "appliesTo" in tree:
            applies = tree["appliesTo"]
            clauses = ["principal: " + self.list_text(applies["principalTypes"]), "resource: " + self.list_text(applies["resourceTypes"])]
            if "context" in applies:
                clauses.append("context: " + self.type_text(applies["context"]))
            self.random.shuffle(clauses)
            if self.chance(0.005):
                clauses.append(self.pick(clauses))
            if self.chance(0.005):
                clauses.pop()
            text += " appliesTo { %s%s }" % (", ".join(clauses), "," if self.chance(0.2) else "")
        return text + (" attributes {}" if self.chance(0.05) else "") + ";"

    def text(self, tree):
        items = []
        for space, content in tree.items():
            declarations = []
            for name, child in content["commonTypes"].items():
                declarations.append(self.annotations(child) + "type %s = %s;" % (name, self.type_text(child)))
            for name, child in content["entityTypes"].items():
                declarations.append(self.annotations(child) + self.entity_text(name, child))
            for name, child in content["actions"].items():
                declarations.append(self.annotations(child) + self.action_text(name, child))
            self.random.shuffle(declarations)
            if space:
                items.append(self.annotations(content) + "namespace %s { %s }" % (space, " ".join(declarations)))
            else:
                items += declarations
        self.random.shuffle(items)
        if items and self.chance(0.01):
            items.append(self.pick(items))
        return "\n".join(items)

    def spaced(self, text):
        parts = re.split(r'("(?:\\.|[^"\\])*")', text)
        for index in range(0, len(parts), 2):
            parts[index] = re.sub(" ", lambda match: self.pick(SPACES) if self.chance(0.1) else " ", parts[index])
        return "".join(parts)

    def damaged_text(self, text):
        tokens = re.findall(r'"(?:\\.|[^"\\])*"|\w+|::|\s+|.', text, re.S) or [";"]
        place = self.random.randrange(len(tokens))
        roll = self.random.randrange(6)
        if roll == 0:
            del tokens[place]
        elif roll == 1:
            tokens.insert(place, self.pick(JUNK))
        elif roll == 2:
            tokens[place] = self.pick(JUNK)
        elif roll == 3:
            tokens.insert(place, tokens[place])
        elif roll == 4:
            other = self.random.randrange(len(tokens))
            tokens[place], tokens[other] = tokens[other], tokens[place]
        else:
            tokens = tokens[:place]
        return "".join(tokens)

    # ---- JSON -------------------------------------------------------------------------------------------------

    def nodes(self, tree):
        found = [tree] if isinstance(tree, (dict, list)) and tree else []
        for child in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else []:
            found += self.nodes(child)
        return found

    def damaged_json(self, tree):
        tree = copy.deepcopy(tree)
        nodes = self.nodes(tree)
        if not nodes:
            return self.pick(VALUES)
        node = self.pick(nodes)
        key = self.pick(list(node)) if isinstance(node, dict) else self.random.randrange(len(node))
        roll = self.random.randrange(4)
        if roll == 0:
            del node[key]
        elif roll == 1:
            node[key] = self.pick(VALUES)
        elif isinstance(node, dict):
            node[self.pick(KEYS)] = node.pop(key) if roll == 2 else self.pick(VALUES)
        else:
            node.append(self.pick(VALUES))
        return tree

    def line(self, seed):
        tree = self.schema()
        if self.is_text:
            text = self.spaced(self.text(tree))
            if self.chance(0.3):
                text = self.damaged_text(text)
        else:
            if self.chance(0.4):
                tree = self.damaged_json(tree)
            text = json.dumps(tree)
        schema = parsed(self.is_text, text)
        return {"seed": seed, "isText": self.is_text, "schema": text, "accepts": not isinstance(schema, str), "error": schema if isinstance(schema, str) else ""}


def parsed(is_text, text):
    """The schema, or the error in words."""
    try:
        return cedarpy.Schema.from_str(text) if is_text else cedarpy.Schema.from_json_str(text)
    except ValueError as error:
        return str(error) or "error"


def rendered(schema):
    text = schema if isinstance(schema, str) else str(schema)
    # The reason names things in whatever order they come.
    return "<unrenderable" if text.startswith("<unrenderable") else text


def plain(text):
    """Without the difference between `@flag` and `@flag("")`, which text read by cedarpy does not have, without the
    empty line that it writes for an empty namespace without a name, and without the `__cedar::` that it forgets where an
    entity type has taken the name of a type of Cedar's own."""
    return re.sub(r'^( *@\w+)\(""\)$', r"\1", text, flags=re.M).strip().replace("__cedar::", "")


def problems(line):
    original = parsed(line["isText"], line["schema"])
    expected = rendered(original)
    from_json = rendered(parsed(False, line["json"]))
    if from_json != expected:
        yield "its JSON is %r, not %r" % (from_json, expected)
    if line["text"] is not None:
        from_text = rendered(parsed(True, line["text"]))
        if plain(from_text) != plain(expected) and expected != "<unrenderable":
            yield "its text is %r, not %r" % (from_text, expected)
    for policy in line["policies"]:
        result = cedarpy.validate_policies(policy["text"], original)
        if result.validation_passed != policy["valid"]:
            yield "%s\nis %s, but here: %s" % (policy["text"], policy["valid"], [str(error) for error in result.errors or []])


def main():
    if sys.argv[1] == "make":
        first, count = int(sys.argv[2]), int(sys.argv[3])
        for seed in range(first, first + count):
            sys.stdout.write(json.dumps(Case(seed).line(seed)) + "\n")
        return
    for line in sys.stdin:
        line = json.loads(line)
        if sys.argv[1] == "judge":
            schema = parsed(line["isText"], line["schema"])
            sys.stdout.write(json.dumps({"accepts": not isinstance(schema, str)}) + "\n")
        else:
            for problem in problems(line):
                sys.stdout.write(json.dumps({"seed": line["seed"], "problem": problem}) + "\n")


if __name__ == "__main__":
    main()
