// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Tool maps as a table, for the maps that come with Writ: many tools with many parameters, most of which are inert.
///
///     # a comment
///     move_file rename_file
///       source=read+delete:path destination=write:path overwrite=bool?
///       @opaque project-code
///
/// A line that is not indented names tools that behave alike, and goes on in the next where it ends in `\`; the indented
/// ones after it are what their calls have. A parameter is `NAME[=WHAT][?…]`:
///
/// - `WHAT` is `string` (where nothing is said), `int`, `num`, `bool`, `any`; `VERBS:KIND`, verbs joined by `+`, with
///   `*` (an array of them may be there too), `~ARGUMENTS` and `@BASE` after it, of which there may be several, `@A,B`;
///   `:patch`, which has no verbs; or `!POSITION`, which is opaque.
/// - `?` after it: the parameter may be absent. `?!`: it may be null too. `?=TEXT`, `?!=TEXT`: what the tool takes then.
/// - `NAME` is a pointer without its first slash: `edits/-/oldText`.
///
/// `@opaque POSITION` and `@effect VERBS:KIND VALUE` are effects of every call; `&NAME` in the place of the value is what
/// the arguments have there. Behind them may be conditions: `NAME=A|B` (one of these is there), `NAME=` (it is absent),
/// `NAME!=A|B` (neither is there). `@one A B …` are parameters of which one must be there, or several that say
/// the same. With `@open` others mean nothing.
enum MapTable {
    /// Tools that behave alike, and the lines of what their calls have.
    struct Section: Sendable {
        var names: [Substring] = []
        var lines: [Substring] = []
    }

    /// A table's parts, unread.
    static func sections(_ text: String) -> [Section] {
        let (blank, newline) = (UInt8(ascii: " "), UInt8(ascii: "\n"))
        var sections: [Section] = []
        var goesOn = false
        for line in text.utf8.split(separator: newline) where line.first != UInt8(ascii: "#") {
            if line.first == blank, let last = sections.indices.last {
                sections[last].lines.append(Substring(line))
                continue
            }
            if !goesOn { sections.append(Section()) }
            var names = line.split(separator: blank).map(Substring.init)
            goesOn = names.last == "\\"
            if goesOn { names.removeLast() }
            sections[sections.count - 1].names += names
        }
        return sections
    }

    /// The maps as they would stand in a configuration.
    static func document(_ sections: [Section]) throws(ToolMapError) -> JSON {
        var tools = JSONObject()
        for section in sections {
            var tool = Tool()
            for line in section.lines { try tool.take(line.split(separator: " ")) }
            for name in section.names {
                let key = UTF8String(String(name))
                guard tools[key] == nil else { throw ToolMapError("/tools/\(name)", "named twice") }
                tools[key] = tool.json
            }
        }
        return ["tools": .object(tools)]
    }

    private struct Tool {
        private var parameters = JSONObject()
        private var effects: [JSON] = []
        private var choices: [JSON] = []
        private var isOpen = false

        var json: JSON {
            var tool = JSONObject()
            tool["parameters"] = .object(parameters)
            if !effects.isEmpty { tool["effects"] = .array(effects) }
            if !choices.isEmpty { tool["one_of"] = .array(choices) }
            if isOpen { tool["open"] = true }
            return .object(tool)
        }

        mutating func take(_ words: [Substring]) throws(ToolMapError) {
            switch words.first {
            case "@open" where words.count == 1: isOpen = true
            case "@opaque" where words.count >= 2:
                var effect = JSONObject()
                effect["opaque"] = .text(String(words[1]))
                try MapTable.conditions(words.dropFirst(2), into: &effect)
                effects.append(.object(effect))
            case "@effect" where words.count >= 3:
                var effect = JSONObject()
                try MapTable.resource(words[1], into: &effect)
                if words[2].hasPrefix("&") {
                    effect["from"] = .text("/\(words[2].dropFirst())")
                } else {
                    effect["value"] = .text(String(words[2]))
                }
                try MapTable.conditions(words.dropFirst(3), into: &effect)
                effects.append(.object(effect))
            case "@one": choices.append(.array(words.dropFirst().map { .text("/\($0)") }))
            default:
                for word in words {
                    let (name, rule) = try MapTable.parameter(word)
                    guard parameters[name] == nil else { throw ToolMapError("\(name)", "said twice") }
                    parameters[name] = rule
                }
            }
        }
    }

    private static func parameter(_ word: Substring) throws(ToolMapError) -> (UTF8String, JSON) {
        let mark = word.firstIndex(of: "?")
        let said = word[..<(mark ?? word.endIndex)]
        let equals = said.firstIndex(of: "=")
        var rule = JSONObject()
        let what = equals.map { said[said.index(after: $0)...] } ?? "string"
        if let type = types[String(what)] {
            rule["inert"] = .text(type)
        } else if what.hasPrefix("!") {
            rule["opaque"] = .text(String(what.dropFirst()))
        } else {
            try resource(what, into: &rule)
        }
        if let mark {
            rule["optional"] = true
            switch word[word.index(after: mark)...] {
            case "": break
            case "!": rule["nullable"] = true
            case let rest where rest.hasPrefix("="): rule["default"] = .text(String(rest.dropFirst()))
            case let rest where rest.hasPrefix("!="):
                rule["nullable"] = true
                rule["default"] = .text(String(rest.dropFirst(2)))
            default: throw ToolMapError(String(word), "expected ?, ?!, ?=TEXT or ?!=TEXT")
            }
        }
        return (UTF8String("/\(said[..<(equals ?? said.endIndex)])"), .object(rule))
    }

    /// `host=node`, `command!=view`.
    private static func conditions(_ words: ArraySlice<Substring>, into effect: inout JSONObject) throws(ToolMapError) {
        for word in words {
            guard let equals = word.firstIndex(of: "=") else {
                throw ToolMapError(String(word), "expected NAME=TEXT or NAME!=TEXT")
            }
            let isNegated = word[..<equals].hasSuffix("!")
            let name = word[..<equals].dropLast(isNegated ? 1 : 0)
            let texts = word[word.index(after: equals)...].split(separator: "|").map { JSON.text(String($0)) }
            let member: UTF8String = isNegated ? "unless" : "when"
            var places = effect[member]?.object ?? JSONObject()
            places[UTF8String("/\(name)")] = texts.isEmpty ? .null : .array(texts)
            effect[member] = .object(places)
        }
    }

    private static let types = [
        "string": "string", "int": "integer", "num": "number", "bool": "boolean", "any": "any", "word": "word",
        "keys": "keys",
    ]

    /// `read+write:path@repo_path`.
    private static func resource(_ text: Substring, into rule: inout JSONObject) throws(ToolMapError) {
        guard let colon = text.firstIndex(of: ":") else { throw ToolMapError(String(text), "expected VERBS:KIND") }
        let verbs = text[..<colon].split(separator: "+")
        if !verbs.isEmpty { rule["verb"] = .array(verbs.map { .text(String($0)) }) }
        var rest = text[text.index(after: colon)...]
        for (sign, member) in [("@", "base"), ("~", "arguments")] as [(Character, UTF8String)] {
            guard let place = rest.firstIndex(of: sign) else { continue }
            let pointers = rest[rest.index(after: place)...].split(separator: ",").map { JSON.text("/\($0)") }
            rule[member] = pointers.count == 1 ? pointers[0] : .array(pointers)
            rest = rest[..<place]
        }
        if rest.hasSuffix("*") {
            rule["many"] = true
            rest = rest.dropLast()
        }
        rule["kind"] = .text(String(rest))
    }
}
