// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Reads packs written as rows. A line is one of these, its words separated by blanks; `#` begins a comment.
///
///     pack ID SCOPE…                        a pack, and under which names a passport has its limits
///     need NAME[/SPELLING…] TYPE [!CODE]    a member that every call has; CODE where it is not of its type
///     may NAME[/SPELLING…] TYPE [!CODE]     one that it may have
///     known LIMIT…                          limits that nothing here enforces, and that are let be
///     rule NAME CODE CHECK … [if MEMBER=VALUE|VALUE]…
///
/// TYPE is `text`, `int`, `number`, `bool`, `object`, `list`, `texts`, with a range as in `text:1..200` or `int:0..`;
/// `one:a|b`; `form:FORM`, `forms:FORM:1..50` (`TextForm`). CHECK and its words are the cases of `PackCheck`; a member
/// or limit with `?` passes where it is absent; a limit is `a|b` for two spellings and `a[currency].b` for what stands
/// under a key that the call names.
struct PackReader {
    struct Mistake: Error, Equatable {
        let line: Int
        let text: String
    }

    private(set) var packs: [PackDefinition] = []

    init(_ table: String) throws(Mistake) {
        let lines = table.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let words = line.prefix { $0 != UInt8(ascii: "#") }.split(separator: UInt8(ascii: " "))
                .map { String(Substring($0)) }
            guard !words.isEmpty else { continue }
            do throws(Problem) { try take(words) } catch { throw Mistake(line: index + 1, text: error.text) }
        }
    }

    private struct Problem: Error {
        let text: String
        init(_ text: String) { self.text = text }
    }

    private mutating func take(_ words: [String]) throws(Problem) {
        if words[0] == "pack" {
            guard words.count >= 3 else { throw Problem("write pack ID SCOPE…") }
            let id = UTF8String(words[1])
            guard !packs.contains(where: { $0.id == id }) else { throw Problem("the pack is there twice") }
            packs.append(PackDefinition(id: id, scopes: words[2...].map { UTF8String($0) }))
            return
        }
        guard var pack = packs.popLast() else { throw Problem("a pack comes first") }
        defer { packs.append(pack) }
        switch words[0] {
        case "need", "may":
            let member = try member(words)
            guard Set(pack.members.flatMap(\.names)).isDisjoint(with: member.names) else {
                throw Problem("the member is there twice")
            }
            pack.members.append(member)
        case "known": pack.knownLimits.formUnion(words.dropFirst().map { UTF8String($0) })
        case "rule":
            let rule = try rule(words)
            guard !pack.rules.contains(where: { $0.name == rule.name }) else {
                throw Problem("the rule is there twice")
            }
            pack.rules.append(rule)
            pack.knownLimits.formUnion(rule.check.limits)
        default: throw Problem("a line begins with pack, need, may, known or rule")
        }
    }

    private func member(_ words: [String]) throws(Problem) -> MemberRule {
        guard (3...4).contains(words.count) else { throw Problem("write need NAME TYPE [!CODE]") }
        var code: UTF8String?
        if words.count == 4 {
            guard words[3].hasPrefix("!") else { throw Problem("a code begins with !") }
            code = UTF8String("oap." + words[3].dropFirst())
        }
        return MemberRule(
            names: words[1].split(separator: "/").map { UTF8String(String($0)) }, isRequired: words[0] == "need",
            type: try type(words[2]), code: code)
    }

    private func type(_ word: String) throws(Problem) -> MemberType {
        let parts = word.split(separator: ":").map(String.init)
        let detail = parts.count > 1 ? parts[1] : ""
        switch parts[0] {
        case "text": return .text(try range(detail))
        case "int": return .integer(try range(detail, from: .min))
        case "list": return .list(try range(detail))
        case "texts": return .texts(try range(detail))
        case "number" where parts.count == 1: return .number
        case "bool" where parts.count == 1: return .bool
        case "object" where parts.count == 1: return .object
        case "one" where !detail.isEmpty: return .one(detail.split(separator: "|").map { UTF8String(String($0)) })
        case "form": return .form(try form(detail))
        case "forms": return .forms(try form(detail), try range(parts.count > 2 ? parts[2] : ""))
        default: throw Problem("no such type")
        }
    }

    private func form(_ name: String) throws(Problem) -> TextForm {
        guard let form = TextForm(rawValue: name) else { throw Problem("no such form") }
        return form
    }

    private func range(_ word: String, from least: Int64 = 0) throws(Problem) -> ClosedRange<Int64> {
        guard !word.isEmpty else { return least...Int64.max }
        let sides = word.split(separator: "..", omittingEmptySubsequences: false).map(String.init)
        guard sides.count == 2 else { throw Problem("a range is 1..9") }
        let low = sides[0].isEmpty ? least : Int64(sides[0])
        let high = sides[1].isEmpty ? Int64.max : Int64(sides[1])
        guard let low, let high, low <= high else { throw Problem("a range is 1..9") }
        return low...high
    }

    private func rule(_ words: [String]) throws(Problem) -> PackRule {
        guard words.count >= 4 else { throw Problem("write rule NAME CODE CHECK …") }
        let clauses = words[3...].split(separator: "if", omittingEmptySubsequences: false).map(Array.init)
        var conditions: [PackCondition] = []
        for clause in clauses.dropFirst() {
            let sides = clause.first?.split(separator: "=", omittingEmptySubsequences: false).map(String.init) ?? []
            guard clause.count == 1, sides.count == 2 else { throw Problem("a condition is if MEMBER=VALUE") }
            conditions.append(
                PackCondition(
                    member: try memberPath(sides[0]),
                    values: sides[1].split(separator: "|", omittingEmptySubsequences: false).map {
                        UTF8String(String($0))
                    }))
        }
        let check = try check(clauses.first ?? [])
        return PackRule(
            name: UTF8String(words[1]), code: UTF8String("oap." + words[2]), check: check, conditions: conditions)
    }

    private func check(_ words: [String]) throws(Problem) -> PackCheck {
        guard let kind = words.first else { throw Problem("a rule has a check") }
        switch (kind, words.count) {
        case ("listed", 3): return .listed(try memberPath(words[1]), try limitPath(words[2]))
        case ("unlisted", 3): return .unlisted(try memberPath(words[1]), try limitPath(words[2]))
        case ("atmost", 3): return .atMost(try memberPath(words[1]), try limitPath(words[2]))
        case ("atleast", 3): return .atLeast(try memberPath(words[1]), try limitPath(words[2]))
        case ("below", 3): return .below(try memberPath(words[1]), try limitPath(words[2]))
        case ("size", 3): return .size(try memberPath(words[1]), try limitPath(words[2]))
        case ("bytes", 3): return .bytes(try memberPath(words[1]), try limitPath(words[2]))
        case ("age", 3): return .age(try memberPath(words[1]), try limitPath(words[2]))
        case ("asks", 3): return .asks(try limitPath(words[1]), try memberPath(words[2]))
        case ("asks-unless", 3): return .asksUnless(try limitPath(words[1]), try memberPath(words[2]))
        case ("granted", 2): return .granted(try limitPath(words[1]))
        case ("refused", 2): return .refused(try limitPath(words[1]))
        case ("same", 3): return .same(try memberPath(words[1]), try memberPath(words[2]))
        case ("never", 1): return .never
        case ("once", 2): return .once(try memberPath(words[1]))
        case ("count", 3): return .count(try window(words[1]), try limitPath(words[2]), by: nil)
        case ("count", 5) where words[3] == "by":
            return .count(try window(words[1]), try limitPath(words[2]), by: try memberPath(words[4]))
        case ("sum", 4): return .sum(try window(words[1]), try memberPath(words[2]), try limitPath(words[3]), by: nil)
        case ("sum", 6) where words[4] == "by":
            return .sum(
                try window(words[1]), try memberPath(words[2]), try limitPath(words[3]), by: try memberPath(words[5]))
        case ("do", 2):
            guard let handler = PackHandler(rawValue: words[1]) else { throw Problem("no such handler") }
            return .handler(handler)
        default: throw Problem("no such check, or not with so many words")
        }
    }

    private func window(_ word: String) throws(Problem) -> PackWindow {
        guard let window = PackWindow(rawValue: word) else { throw Problem("a window is minute, hour, day or ever") }
        return window
    }

    private func memberPath(_ word: String) throws(Problem) -> MemberPath {
        let isOptional = word.hasSuffix("?")
        let parts = (isOptional ? word.dropLast() : word[...]).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty }) else { throw Problem("a member is a name, or names with dots") }
        return MemberPath(parts: parts.map { UTF8String(String($0)) }, isOptional: isOptional)
    }

    private func limitPath(_ word: String) throws(Problem) -> LimitPath {
        let isOptional = word.hasSuffix("?")
        let bare = isOptional ? String(word.dropLast()) : word
        var places: [LimitPath.Place] = []
        for alternative in bare.split(separator: "|").map(String.init) {
            guard let open = alternative.firstIndex(of: "[") else {
                places.append(LimitPath.Place(name: UTF8String(alternative), key: nil, rest: nil))
                continue
            }
            guard let close = alternative.firstIndex(of: "]"), open < close else { throw Problem("a key ends with ]") }
            let rest = alternative[alternative.index(after: close)...]
            guard rest.isEmpty || rest.hasPrefix("."), alternative.index(after: open) < close else {
                throw Problem("a limit under a key is a[key].b")
            }
            places.append(
                LimitPath.Place(
                    name: open == alternative.startIndex ? nil : UTF8String(String(alternative[..<open])),
                    key: UTF8String(String(alternative[alternative.index(after: open)..<close])),
                    rest: rest.isEmpty ? nil : UTF8String(String(rest.dropFirst()))))
        }
        guard !places.isEmpty else { throw Problem("a limit has a name") }
        return LimitPath(places: places, isOptional: isOptional, text: String(bare.prefix { $0 != "|" }))
    }
}

extension PackCheck {
    /// The limit that it looks at.
    var limitPath: LimitPath? {
        switch self {
        case .listed(_, let limit), .unlisted(_, let limit), .atMost(_, let limit), .atLeast(_, let limit),
            .below(_, let limit), .size(_, let limit), .bytes(_, let limit), .age(_, let limit), .asks(let limit, _),
            .asksUnless(let limit, _), .granted(let limit), .refused(let limit), .count(_, let limit, _),
            .sum(_, _, let limit, _):
            limit
        case .same, .never, .once, .handler: nil
        }
    }

    /// The limits that it looks at, by the names under which a passport's record has them.
    var limits: [UTF8String] {
        if case .handler(let handler) = self { return handler.limits }
        return limitPath?.places.compactMap(\.name) ?? []
    }
}
