#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random Cedar cases and what cedarpy (the Rust implementation) makes of them.

    cedar_peer.py FIRST COUNT

writes one line of JSON for each seed FIRST, FIRST + 1, ...: policy text, links, entities, requests, and the outcome of
each step. The same seed always gives the same case. Standard input is not read; anything wrong ends the process.
"""
import json
import random
import re
import sys

import cedarpy

TYPES = ["U", "G", "N::T", "N::M::T", "principal"]
IDS = ["a", "b", "c", "", "a b", "\u00e9", "e\u0301", "x\"y", "\n", "\\", "*", "\u0000", "\U0001f600", "\u212a", "K"]
ATTRIBUTES = ["a", "b", "c", "n", "s", "r", "", "if", "__cedar", "\u00e9", "e\u0301", "two words", "principal", "A1_"]
STRINGS = ["", "a", "ab", "aab", "*", "a*b", "\u00e9", "e\u0301", "K", "\u212a", "\n", "\t", "\\", "\"", "'", "\u0000", "\u007f",
           "\U0001f600", "1.0", "1.2.3.4", "1d", "2024-01-01", "abcabc", "\u200b", "\ufeff"]
LONGS = [0, 1, -1, 2, 3, 7, 10, -10, 1000, 2**31, -2**31, 2**62, -2**62, 2**63 - 1, -2**63, 2**63 - 2, 3037000500]
DECIMALS = ["0.0", "1.0", "1.00", "-1.0", "0.1", "-0.1", "-0.0", "1.2345", "922337203685477.5807", "-922337203685477.5808",
            "922337203685477.5808", "-922337203685477.5809", "1", "1.", ".1", "1.23456", "+1.0", "-", "", "1.0 ", "a.b", "1.-1",
            "00001.10", "1e1.0", "1..0", "--1.0", "9223372036854775808.0", "\u0661.0", "1.\u0661"]
IPS = ["1.2.3.4", "1.2.3.0/24", "1.2.3.4/24", "127.0.0.1", "127.0.0.1/8", "127.0.0.0/7", "224.0.0.1", "224.0.0.0/4", "224.0.0.0/3",
       "239.255.255.255", "0.0.0.0/0", "255.255.255.255", "1.2.3.4/32", "1.2.3.4/33", "1.2.3.4/00", "1.2.3.4/08", "01.2.3.4",
       "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.4/", "/8", "", "::", "::1", "::1/128", "::1/127", "1::", "1::2", "1:2:3:4:5:6:7:8",
       "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8::", "1::2::3", ":::", "::1/129", "::1/0128", "::/0", "::/00", "ff00::",
       "ff02::1", "ff00::/8", "ff00::/7", "FF00::ABCD", "::ffff:1.2.3.4", "::ffff:102:304", "12345::", "g::", "1:2:3:4:5:6:7", ":1",
       "1:", "1:2:3:4:5:6:7:8:9", "fe80::1%eth0", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128",
       "0000:0000:0000:0000:0000:0000:0000:0001/128", "1.2.3.4 ", " 1.2.3.4", "0.0.0.0", "1.2.3.4/0", "1.2.3.4/+1", "1.2.3.4/-1", "::1/1/1",
       "1.2.3.4/2 ", "0x1.2.3.4", "1::2:3:4:5:6:7:8", "1:2::3:4:5:6:7", "::0001", "::00001", "\u0661.2.3.4"]
DATETIMES = ["2024-01-01", "2024-02-29", "2023-02-29", "1900-02-29", "2000-02-29", "1970-01-01", "1969-12-31", "0000-01-01", "9999-12-31",
             "2024-01-01T00:00:00Z", "2024-01-01T23:59:59Z", "2024-01-01T24:00:00Z", "2024-01-01T23:59:60Z", "2024-01-01T12:34:56.789Z",
             "2024-01-01T12:34:56.78Z", "2024-01-01T12:34:56.7890Z", "2024-01-01T12:34:56+0100", "2024-01-01T12:34:56-0130",
             "2024-01-01T12:34:56.789+2359", "2024-01-01T12:34:56.789-2359", "2024-01-01T12:34:56+2400", "2024-01-01T12:34:56+0060",
             "2024-01-01T12:34:56+01:00", "2024-01-01t12:34:56Z", "2024-01-01T12:34:56z", "2024-01-01T12:34:56", "2024-1-01", "2024-13-01",
             "2024-00-01", "2024-01-32", "2024-01-00", "2024-04-31", "", "2024-01-01 ", "2024-01-01T", "-2024-01-01", "24-01-01",
             "2024-01-01T12:34Z", "2024-01-01T12:34:56.Z", "0000-01-01T00:00:00+2359", "9999-12-31T23:59:59.999-2359", "2024-01-01T12:34:56.789",
             "2024-01-01T1:34:56Z", "2024-01-01T12:60:56Z", "2024-01-01T12:34:56+-100", "2024-01-01Z", "2024-01-01T12:34:56ZZ", "0000-02-29"]
DURATIONS = ["1d", "1h", "1m", "1s", "1ms", "0ms", "-1d", "1d2h3m4s5ms", "-1d2h3m4s5ms", "1h1d", "1d1d", "", "-", "d", "1", "1x", "1 d", "+1d",
             "1d-1h", "1m1ms", "1s1m", "1ms1s", "9223372036854775807ms", "9223372036854775808ms", "-9223372036854775808ms",
             "-9223372036854775809ms", "106751991167d", "106751991168d", "99999999999999999999ms", "00001d", "1.5h", "1D", "1d 2h", "86400000ms",
             "-1ms", "1439m", "25h", "\u0661d", "--1d", "1mm", "1sms", "0d", "18446744073709551615ms", "18446744073709551616ms"]
SPACES = [" ", " ", " ", " ", "\n", "\t", "\u00a0", "\u2003", "\u3000", " // note\n", "//\r", "\r\n", "\u0085", "\u2028", "\x0b\x0c"]
JUNK = ["(", ")", "[", "]", "{", "}", ",", ";", "::", ":", ".", "@", "!", "-", "==", "=", "!=", "<", "<=", ">", ">=", "&&", "||", "&", "|", "+", "*",
        "/", "%", "?", "?principal", "?resource", "?x", "\"", "\"x\"", "'", "\\", "1", "9223372036854775808", "18446744073709551616", "if", "then",
        "else", "true", "false", "in", "is", "has", "like", "when", "unless", "permit", "forbid", "principal", "action", "resource",
        "context", "__cedar", "U", "U::\"a\"", "Action::\"a\"", "contains", "isEmpty", "ip", "decimal", "//", "/*", "\ufeff", "\u200b", "\r", "\n",
        "\x1c", "0x1", "1.5", "\u00e9", "$", "#", "~", "^", "`"]


class Case:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def pick(self, choices):
        return self.random.choice(choices)

    def chance(self, probability):
        return self.random.random() < probability

    # ---- text -------------------------------------------------------------------------------------------------

    def quoted(self, text, pattern=False):
        out = []
        for character in text:
            code = ord(character)
            if pattern and character == "*" and self.chance(0.4):
                out.append("\\*")
            elif pattern and character == "*" and self.chance(0.15):
                out.append(self.pick(["\\x2a", "\\u{2a}"]))
            elif character in "\"\\\r" or code < 0x20 or code == 0x7f or self.chance(0.04):
                names = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0", "\"": "\\\"", "\\": "\\\\", "'": "\\'"}
                spellings = ["\\u{%x}" % code, "\\u{%06X}" % code]
                if code < 0x80:
                    spellings.append("\\x%02x" % code)
                if character in names:
                    spellings += [names[character]] * 3
                if character in "\n\t":
                    spellings.append(character)
                out.append(self.pick(spellings))
            else:
                out.append(character)
        if self.chance(0.004):
            out.append(self.pick(["\\q", "\\u{}", "\\u{_1}", "\\u{d800}", "\\u{110000}", "\\x80", "\\x1", "\r", "\\*", "\\u{1_2__3}", "\\u{1234567}"]))
        return '"' + "".join(out) + '"'

    def identifier(self):
        return self.pick(["a", "b", "c", "n", "s", "r", "principal", "A1_", "permit", "when", "_"])

    def type_name(self):
        return self.pick(TYPES)

    def uid(self):
        return {"type": self.type_name(), "id": self.pick(IDS)}

    def action(self):
        return {"type": self.pick(["Action", "Action", "N::Action"]), "id": self.pick(["a", "b", "c", "all"])}

    def uid_text(self, uid):
        return uid["type"] + "::" + self.quoted(uid["id"])

    # ---- expressions ------------------------------------------------------------------------------------------

    KINDS = ["bool", "long", "string", "entity", "set", "record", "decimal", "ip", "datetime", "duration"]

    def expression(self, kind, depth):
        """Text of an expression that is, most of the time, of the kind."""
        if self.chance(0.03):
            kind = self.pick(self.KINDS)
        if depth > 0 and self.chance(0.12):
            roll = self.random.randrange(5)
            if roll == 0:
                return "(if %s then %s else %s)" % (
                    self.expression("bool", depth - 1), self.expression(kind, depth - 1), self.expression(kind, depth - 1))
            if roll == 1:
                return "{%s: %s}.%s" % ("a", self.expression(kind, depth - 1), "a")
            if roll == 2:
                return self.member(self.entity(depth - 1))
            if roll == 3:
                return "%s.getTag(%s)" % (self.entity(depth - 1), self.expression("string", 0))
            return "(%s)" % self.expression(kind, depth - 1)
        return getattr(self, kind)(depth)

    def member(self, subject):
        if self.chance(0.5):
            return "%s.%s" % (subject, self.identifier())
        return "%s[%s]" % (subject, self.quoted(self.pick(ATTRIBUTES)))

    def operand(self, kind, depth):
        text = self.expression(kind, depth)
        return "(%s)" % text if self.chance(0.7) else text

    def bool(self, depth):
        if depth <= 0:
            return self.pick(["true", "false", "true", "true"])
        one = depth - 1
        roll = self.random.randrange(22)
        if roll < 4:
            operator = self.pick(["&&", "||"])
            return (" %s " % operator).join(self.operand("bool", one) for _ in range(self.random.randint(2, 4)))
        if roll == 4:
            return "!" * self.random.randint(1, 4) + "(%s)" % self.expression("bool", one)
        if roll < 7:
            kind = self.pick(self.KINDS)
            return "%s %s %s" % (self.operand(kind, one), self.pick(["==", "!="]), self.operand(kind, one))
        if roll < 9:
            kind = self.pick(["long", "long", "datetime", "duration", "string", "decimal"])
            return "%s %s %s" % (self.operand(kind, one), self.pick(["<", "<=", ">", ">="]), self.operand(kind, one))
        if roll < 11:
            group = self.entity(one) if self.chance(0.5) else "[%s]" % ", ".join(
                self.expression("entity", one) for _ in range(self.random.randint(0, 3)))
            return "%s in %s" % (self.entity(one), group)
        if roll == 11:
            kind = self.pick(["record", "entity", "entity"])
            path = ".".join(self.identifier() for _ in range(self.random.randint(1, 3)))
            return "%s has %s" % (self.operand(kind, one), path if self.chance(0.6) else self.quoted(self.pick(ATTRIBUTES)))
        if roll == 12:
            pattern = "".join(self.pick(["*", "*", "a", "b", "ab", "\u00e9", "e\u0301", "c", "\\"]) for _ in range(self.random.randint(0, 5)))
            return "%s like %s" % (self.operand("string", one), self.quoted(pattern, pattern=True))
        if roll == 13:
            text = "%s is %s" % (self.entity(one), self.type_name())
            return text + " in %s" % self.entity(one) if self.chance(0.5) else text
        if roll == 14:
            return "%s.contains(%s)" % (self.expression("set", one), self.expression(self.pick(self.KINDS), one))
        if roll == 15:
            return "%s.%s(%s)" % (self.expression("set", one), self.pick(["containsAll", "containsAny"]), self.expression("set", one))
        if roll == 16:
            return "%s.isEmpty()" % self.expression("set", one)
        if roll == 17:
            return "%s.hasTag(%s)" % (self.entity(one), self.expression("string", one))
        if roll == 18:
            method = self.pick(["lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual"])
            return "%s.%s(%s)" % (self.expression("decimal", one), method, self.expression("decimal", one))
        if roll == 19:
            return "%s.%s()" % (self.expression("ip", one), self.pick(["isIpv4", "isIpv6", "isLoopback", "isMulticast"]))
        if roll == 20:
            return "%s.isInRange(%s)" % (self.expression("ip", one), self.expression("ip", one))
        return self.pick(["true", "context.a", "principal.a", "context[\"if\"]"])

    def long(self, depth):
        if depth <= 0 or self.chance(0.4):
            value = self.pick(LONGS)
            return "0" * self.random.randint(0, 1) + str(value) if value >= 0 else str(value)
        one = depth - 1
        roll = self.random.randrange(4)
        if roll < 2:
            terms = [self.operand("long", one) for _ in range(self.random.randint(2, 3))]
            text = terms[0]
            for term in terms[1:]:
                text += " %s %s" % (self.pick(["+", "-", "*"]), term)
            return text
        if roll == 2:
            return "-" * self.random.randint(1, 4) + self.pick(["(%s)", "%s"]) % self.operand("long", one)
        method = self.pick(["toMilliseconds", "toSeconds", "toMinutes", "toHours", "toDays"])
        return "%s.%s()" % (self.expression("duration", one), method)

    def string(self, depth):
        return self.quoted(self.pick(STRINGS))

    def entity(self, depth):
        roll = self.random.randrange(6)
        if roll == 0:
            return self.uid_text(self.action())
        if roll < 3:
            return self.uid_text(self.uid())
        if depth > 0 and roll == 3:
            return self.member(self.entity(depth - 1))
        return self.pick(["principal", "resource", "action", "principal", "context.r"])

    def set(self, depth):
        kind = self.pick(self.KINDS) if self.chance(0.3) else self.pick(["long", "string", "entity"])
        count = self.random.randint(0, 3)
        items = [self.expression(kind, depth - 1) for _ in range(count)]
        return "[%s%s]" % (", ".join(items), "," if items and self.chance(0.2) else "")

    def record(self, depth):
        if self.chance(0.2):
            return self.pick(["context", "context", "context.r"])
        fields = []
        for _ in range(self.random.randint(0, 3)):
            key = self.identifier() if self.chance(0.6) else self.quoted(self.pick(ATTRIBUTES))
            fields.append("%s: %s" % (key, self.expression(self.pick(self.KINDS), depth - 1)))
        return "{%s%s}" % (", ".join(fields), "," if fields and self.chance(0.2) else "")

    def constructor(self, function, texts, good):
        text = self.pick(texts) if self.chance(0.5) else self.pick(good)
        if self.chance(0.05):
            return "%s(%s)" % (function, ", ".join(self.quoted(text) for _ in range(self.pick([0, 2]))))
        return "%s(%s)" % (function, self.quoted(self.mangled(text) if self.chance(0.08) else text))

    def mangled(self, text):
        if not text:
            return text
        place = self.random.randrange(len(text))
        return text[:place] + self.pick(["", text[place] * 2, "0", ".", ":", "/", "-", " "]) + text[place + 1:]

    def decimal(self, depth):
        return self.constructor("decimal", DECIMALS, ["0.0", "1.0", "-1.5", "1.2345", "10.00"])

    def ip(self, depth):
        return self.constructor("ip", IPS, ["1.2.3.4", "1.2.3.0/24", "10.0.0.0/8", "127.0.0.1", "::1", "ff00::/8", "::/0"])

    def datetime(self, depth):
        one = depth - 1
        roll = self.random.randrange(8) if depth > 0 else 7
        if roll < 2:
            return "%s.offset(%s)" % (self.expression("datetime", one), self.expression("duration", one))
        if roll == 2:
            return "%s.toDate()" % self.expression("datetime", one)
        return self.constructor("datetime", DATETIMES, ["2024-01-01", "2024-01-01T12:34:56.789Z", "1969-12-31T23:59:59Z"])

    def duration(self, depth):
        one = depth - 1
        roll = self.random.randrange(8) if depth > 0 else 7
        if roll == 0:
            return "%s.durationSince(%s)" % (self.expression("datetime", one), self.expression("datetime", one))
        if roll == 1:
            return "%s.toTime()" % self.expression("datetime", one)
        return self.constructor("duration", DURATIONS, ["1d", "-1h", "90m", "1s", "-1ms", "1d2h3m4s5ms"])

    # ---- policies ---------------------------------------------------------------------------------------------

    def reference(self, slot):
        if slot and self.chance(0.4):
            text = slot
        else:
            text = self.uid_text(self.uid())
        return "(%s)" % text if self.chance(0.05) else text

    def constraint(self, variable, slots):
        slot = "?" + variable if slots else None
        if self.chance(0.01):
            slot = self.pick(["?principal", "?resource"])
        roll = self.random.randrange(10)
        if roll < 5 and not (slots and self.chance(0.6)):
            return variable
        if roll < 7:
            return "%s == %s" % (variable, self.reference(slot))
        if roll == 7:
            return "%s in %s" % (variable, self.reference(slot))
        if roll == 8:
            return "%s is %s" % (variable, self.type_name())
        return "%s is %s in %s" % (variable, self.type_name(), self.reference(slot))

    def action_constraint(self):
        roll = self.random.randrange(10)
        action = lambda: self.uid_text(self.action())
        if roll < 6:
            return "action"
        if roll == 6:
            return "action == " + action()
        if roll == 7:
            return "action in " + action()
        actions = [action() for _ in range(self.random.randint(0, 3))]
        return "action in [%s%s]" % (", ".join(actions), "," if actions and self.chance(0.2) else "")

    def policy(self):
        slots = self.chance(0.2)
        parts = []
        names = self.random.sample(["id", "reason", "if", "code", "x"], self.random.choice([0, 0, 0, 1, 2]))
        for name in names:
            parts.append("@%s" % name + ("(%s)" % self.quoted(self.pick(STRINGS)) if self.chance(0.8) else ""))
        scope = "%s, %s, %s%s" % (
            self.constraint("principal", slots), self.action_constraint(), self.constraint("resource", slots),
            "," if self.chance(0.1) else "")
        parts.append("%s (%s)" % (self.pick(["permit", "permit", "forbid"]), scope))
        for _ in range(self.pick([0, 1, 1, 1, 1, 2])):
            parts.append("%s { %s }" % (self.pick(["when", "when", "when", "unless"]), self.expression("bool", self.random.randint(1, 4))))
        return self.pick([" ", "\n"]).join(parts) + ";"

    def probe(self):
        """A policy that shows in the reasons and errors what its one expression comes to."""
        if self.chance(0.3):
            kind = self.pick(["decimal", "ip", "datetime", "duration"])
            one, other = self.expression(kind, 1), self.expression(kind, 1)
            tests = {
                "decimal": ["%s.lessThan(%s)", "%s.greaterThanOrEqual(%s)"], "ip": ["%s.isInRange(%s)", "[%s.isMulticast(), %s.isLoopback()].contains(true)"],
                "datetime": ["%s < %s", "%s.toTime() <= %s.toTime()"], "duration": ["%s < %s", "%s.toSeconds() == %s.toSeconds()"],
            }
            test = self.pick(tests[kind] + ["%s == %s"]) % (one, other)
        else:
            test = self.expression("bool", self.random.randint(1, 4))
        return "permit (principal, action, resource) %s { %s };" % (self.pick(["when", "when", "unless"]), test)

    def spaced(self, text):
        """The text with some of the blanks between its tokens replaced."""
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
            out.append(self.pick(SPACES) if character == " " and not inside and self.chance(0.15) else character)
        return "".join(out)

    def damaged(self, text):
        """The text with one small mistake, or none by chance."""
        tokens = re.findall(r'"(?:\\.|[^"\\])*"|\w+|::|&&|\|\||[=!<>]=|\s+|.', text, re.S)
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

    # ---- data -------------------------------------------------------------------------------------------------

    def value(self, depth, kind=None):
        kind = kind or self.pick(self.KINDS)
        call = lambda name, texts: {"__extn": {"fn": name, "arg": self.pick(texts)}}
        if kind == "bool":
            return self.chance(0.6)
        if kind == "long":
            return self.pick(LONGS)
        if kind == "string":
            return self.pick(STRINGS)
        if kind == "entity":
            return {"__entity": self.uid()}
        if kind == "set":
            return [self.value(depth - 1) for _ in range(self.random.randint(0, 3))] if depth > 0 else []
        if kind == "record":
            return self.attributes(depth - 1) if depth > 0 else {}
        if kind == "decimal":
            return call("decimal", ["0.0", "1.0", "-0.1", "1.2345"])
        if kind == "ip":
            return call("ip", ["1.2.3.4", "1.2.3.0/24", "::1", "ff00::/8"])
        if kind == "datetime":
            if self.chance(0.2):
                return {"__extn": {"fn": "offset", "args": [call("datetime", ["1970-01-01"]), call("duration", ["1ms", "-1d"])]}}
            return call("datetime", ["2024-01-01", "1969-12-31T23:59:59.999Z"])
        return call("duration", ["1d", "-1h", "0ms"])

    def attributes(self, depth):
        names = self.random.sample(ATTRIBUTES, self.random.randint(0, 5))
        kinds = {"a": "bool", "n": "long", "s": "string", "r": self.pick(["record", "entity"])}
        return {name: self.value(depth, kinds.get(name) if self.chance(0.8) else None) for name in names}

    def entities(self):
        count = self.random.randint(0, 8)
        uids = []
        for uid in [self.uid() for _ in range(count)] + [self.action() for _ in range(self.random.randint(0, 3))]:
            if uid not in uids:
                uids.append(uid)
        result = []
        for index, uid in enumerate(uids):
            later = uids[index + 1:]
            if uid["type"].endswith("Action") and not self.chance(0.03):
                # Rust's reader refuses an action whose parent is none.
                later = [other for other in later if other["type"].endswith("Action")]
            parents = self.random.sample(later, min(len(later), self.pick([0, 1, 1, 2])))
            if self.chance(0.15) and not uid["type"].endswith("Action"):
                parents.append(self.uid() if self.chance(0.3) else {"type": "Absent", "id": "x"})
            if self.chance(0.2):
                parents = [{"__entity": parent} for parent in parents]
            entity = {"uid": uid, "attrs": self.attributes(2), "parents": parents}
            if self.chance(0.4):
                entity["tags"] = self.attributes(1)
            result.append(entity)
        if result and self.chance(0.1):
            copy = json.loads(json.dumps(self.pick(result)))
            if self.chance(0.5):
                copy["attrs"]["a"] = 99
            result.append(copy)
        return result

    def damaged_json(self, text):
        place = self.random.randrange(len(text))
        roll = self.random.randrange(5)
        if roll == 0:
            return text[:place] + text[place + 1:]
        if roll == 1:
            return text[:place] + self.pick(["null", "1.0", "1e2", ",", "{", "}", "[", "]", "\"", ":", "0", "-", "-0", "x", " ", "9223372036854775808"]) + text[place:]
        if roll == 2:
            return text.replace("true", self.pick(["null", "1.5", "[null]", "1e0"]), 1)
        if roll == 3:
            return text.replace("\"U\"", self.pick(["\" U\"", "\"U::\"", "\"__cedar\"", "\"if\"", "\"U::if\"", "\"A::B::C\"", "\"\"", "1"]), 1)
        return text.replace("\"parents\"", "\"parent\"", 1)


def outcome(request, policies, entities):
    result = cedarpy.is_authorized(request, policies, entities)
    decision = result.decision
    if decision == cedarpy.Decision.NoDecision:
        return {"decision": "none"}
    errors = []
    for message in result.diagnostics.errors:
        match = re.match(r"error while evaluating policy `([^`]*)`: ", message)
        if not match:
            raise SystemExit("unexpected diagnostics: %r" % message)
        errors.append(match.group(1))
    return {
        "decision": "allow" if decision == cedarpy.Decision.Allow else "deny",
        "reason": sorted(result.diagnostics.reasons), "errors": sorted(errors),
    }


def attempt(action):
    try:
        return action()
    except (ValueError, KeyError):
        return None


def run(seed):
    case = Case(seed)
    if case.chance(0.5):
        text = "\n".join(case.probe() for _ in range(12))
    else:
        text = "\n".join(case.policy() for _ in range(case.random.randint(1, 5)))
    text = case.spaced(text)
    if case.chance(0.3):
        for _ in range(case.pick([1, 1, 2])):
            text = case.damaged(text) or ";"
    line = {"seed": seed, "policies": text}
    policies = attempt(lambda: cedarpy.PolicySet.from_str(text))
    line["parses"] = policies is not None
    if policies is None:
        return line

    line["links"] = []
    for template in policies.templates():
        for number in range(case.random.randint(0, 2)):
            slots = list(template["slots"])
            if case.chance(0.05):
                slots = case.pick([["?principal"], ["?resource"], ["?principal", "?resource"], []])
            new_id = "link%d" % case.random.randrange(6) if case.chance(0.9) else template["id"]
            link = {"template_id": template["id"], "new_id": new_id, "values": {slot: case.uid() for slot in sorted(slots)}}
            linked = attempt(lambda: policies.with_linked_batch([link]))
            line["links"].append({"link": link, "links": linked is not None})
            policies = linked or policies

    entities_text = json.dumps(case.entities())
    if case.chance(0.15):
        entities_text = case.damaged_json(entities_text)
    line["entities"] = entities_text
    entities = attempt(lambda: cedarpy.Entities.from_json_str(entities_text))
    line["loads"] = entities is not None
    if entities is None:
        entities = cedarpy.Entities.from_json_str("[]")

    known = []
    if line["loads"]:
        known = [entity["uid"].get("__entity", entity["uid"]) for entity in json.loads(entities_text)]
    line["requests"] = []
    for _ in range(4):
        uid = lambda: case.pick(known) if known and case.chance(0.7) else case.uid()
        request = {"principal": uid(), "action": case.action(), "resource": uid(), "context": case.attributes(3)}
        expected = outcome(dict(request), policies, entities)
        line["requests"].append({"request": request, "expected": expected})
    return line


def main():
    first, count = int(sys.argv[1]), int(sys.argv[2])
    for seed in range(first, first + count):
        sys.stdout.write(json.dumps(run(seed)) + "\n")


if __name__ == "__main__":
    main()
