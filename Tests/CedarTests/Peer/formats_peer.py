#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Policies and what cedarpy (the Rust implementation) makes of them in JSON and laid out.

    formats_peer.py random FIRST COUNT     random policies, one line of JSON for each seed
    formats_peer.py files FOLDER           the policy files below a folder, one line of JSON for each

Needs cedarpy 4.12. Policies come from cedar_peer.py's generator.
"""

import json
import os
import sys

import cedarpy

import cedar_peer

COMMENTS = [" // c", "\n// own line\n", "\n  // one\n  // two\n", " // \"quoted\" \n", "//\n", " // tail   \n", " // é {(["]


def attempt(action):
    try:
        return action()
    except ValueError:
        return None


def described(text, widths=((80, 2),)):
    """The policies' JSON, that JSON read again and written, and the text laid out."""
    line = {"policies": text, "plain": "//" not in text}
    estimate = attempt(lambda: cedarpy.policies_to_json_str(text))
    line["json"] = json.loads(estimate) if estimate is not None else None
    if estimate is None:
        return line
    # Reading stops where JSON is more than 128 deep, and prints policies without their ids and templates not at all.
    back = attempt(lambda: cedarpy.policies_from_json_str(estimate))
    again = attempt(lambda: cedarpy.policies_to_json_str(back)) if back is not None else None
    line["again"] = sorted(json.loads(again)["staticPolicies"].values(), key=dumped) if again is not None else None
    line["formatted"] = [
        {"width": width, "indent": indent, "text": attempt(lambda: cedarpy.format_policies(text, width, indent))}
        for width, indent in widths
    ]
    return line


def dumped(value):
    return json.dumps(value, sort_keys=True)


def commented(case, text):
    """The text with comments in place of some blanks; each is followed by a new line."""
    out = []
    inside = False
    skip = False
    for character in text:
        if inside and skip:
            skip = False
        elif inside and character == "\\":
            skip = True
        elif character == '"':
            inside = not inside
        out.append(character)
        if character in " ,;(){}[]." and not inside and case.chance(0.08):
            out.append(case.pick(COMMENTS) + "\n")
    return "".join(out)


def damaged_json(case, value):
    """The JSON with one small mistake."""
    text = json.dumps(value)
    roll = case.random.randrange(7)
    swaps = [
        ("\"left\"", ["\"Left\"", "\"right\"", "\"arg\""]), ("\"op\"", ["\"Op\"", "\"x\""]), ("\"permit\"", ["\"Permit\"", "null", "1"]),
        ("\"All\"", ["\"all\"", "\"==\"", "\"in\"", "\"any\""]), ("\"Value\"", ["\"Var\"", "\"value\"", "\"Set\"", "\"Record\"", "\"ip\""]),
        ("\"principal\"", ["\"resource\"", "\"subject\"", "1"]), ("\"when\"", ["\"unless\"", "\"if\""]), ("\"attr\"", ["\"attribute\"", "\"pattern\""]),
        ("\"entity\"", ["\"slot\"", "\"entities\""]), ("\"?principal\"", ["\"?resource\"", "\"principal\""]), ("\"type\"", ["\"id\"", "\"kind\""]),
        ("&&", ["||", "+", "contains", "!", "and", "has"]), ("\"conditions\"", ["\"condition\""]), ("\"is\"", ["\"==\"", "\"in\""]),
    ]
    if roll < 5:
        present = [swap for swap in swaps if swap[0] in text]
        old, news = case.pick(present)
        places = [place for place in range(len(text)) if text.startswith(old, place)]
        place = case.pick(places)
        return text[:place] + case.pick(news) + text[place + len(old):]
    place = case.random.randrange(len(text))
    if roll == 5:
        return text[:place] + text[place + 1:]
    return text[:place] + case.pick(["null", "1.0", ",", "{", "}", "[", "]", "\"", ":", "0", "-", "x"]) + text[place:]


def shorthand(value):
    """The JSON with some sets, records and calls of literals as values, which reads the same."""
    if isinstance(value, list):
        return [shorthand(element) for element in value]
    if not isinstance(value, dict):
        return value
    value = {key: shorthand(element) for key, element in value.items()}
    if list(value) == ["Set"] and all(list(element) == ["Value"] for element in value["Set"]):
        return {"Value": [element["Value"] for element in value["Set"]]}
    if list(value) == ["Record"] and all(list(element) == ["Value"] for element in value["Record"].values()):
        if not any(key.startswith("__") for key in value["Record"]):
            return {"Value": {key: element["Value"] for key, element in value["Record"].items()}}
    if list(value) in (["ip"], ["decimal"], ["datetime"], ["duration"]):
        (name, arguments), = value.items()
        if len(arguments) == 1 and list(arguments[0]) == ["Value"]:
            return {"Value": {"__extn": {"fn": name, "arg": arguments[0]["Value"]}}}
    return value


def run(seed):
    case = cedar_peer.Case(seed)
    text = case.spaced("\n".join(case.policy() for _ in range(case.random.randint(1, 5))))
    if case.chance(0.5):
        text = commented(case, text)
    widths = [(80, 2), (case.pick([0, 1, 20, 40, 60, 79, 100, 120, 1000]), case.pick([0, 1, 2, 4, 8]))]
    line = described(text, widths)
    line["seed"] = seed
    if line["json"] is None:
        return line

    # The set with links, and the same set damaged.
    links = []
    for identifier, template in line["json"]["templates"].items():
        for number in range(case.random.randint(0, 2)):
            slots = [slot for slot in ("?principal", "?resource") if slot in json.dumps([template["principal"], template["resource"]])]
            links.append({
                "templateId": identifier, "newId": case.pick(["link%d" % number, "link-" + identifier]),
                "values": {slot: case.uid() for slot in slots},
            })
    whole = dict(line["json"], templateLinks=links)
    if case.chance(0.5):
        whole = shorthand(whole)
    candidates = [json.dumps(whole)] + [damaged_json(case, whole) for _ in range(3)]
    line["documents"] = []
    for document in candidates:
        back = attempt(lambda: cedarpy.policies_from_json_str(document))
        again = attempt(lambda: cedarpy.policies_to_json_str(back)) if back is not None else None
        values = sorted(json.loads(again)["staticPolicies"].values(), key=dumped) if again is not None else None
        line["documents"].append({"text": document, "reads": back is not None, "policies": values})
    return line


def main():
    if sys.argv[1] == "random":
        first, count = int(sys.argv[2]), int(sys.argv[3])
        for seed in range(first, first + count):
            sys.stdout.write(json.dumps(run(seed)) + "\n")
    else:
        for folder, _, names in sorted(os.walk(sys.argv[2])):
            for name in sorted(names):
                if name.endswith(".cedar"):
                    path = os.path.join(folder, name)
                    with open(path, encoding="utf-8", newline="") as file:
                        line = described(file.read())
                    line["file"] = os.path.relpath(path, sys.argv[2])
                    sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
