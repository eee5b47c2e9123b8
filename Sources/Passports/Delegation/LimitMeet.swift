// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// The narrower of two values of a limit, by what its name says: more is wider of a maximum and narrower of a minimum.
///
/// Where two differ and nothing says which is narrower there is none, and the chain is refused.
enum LimitMeet {
    static func meet(
        _ parent: JSONObject, _ child: JSONObject, at path: JSONPointer
    ) throws(PassportError) -> JSONObject {
        let known = values(parent)
        let own = values(child)
        var object = JSONObject()
        for member in parent.members where own[member.key] == nil { object.add(member.key, member.value) }
        // Each step goes down one level of a document, whose depth is bounded.
        for member in child.members {
            let place = path.appending(member.key)
            object.add(member.key, try meet(known[member.key], member.value, member.key, at: place))
        }
        return object
    }

    private static func meet(
        _ parent: JSON?, _ child: JSON, _ name: UTF8String, at path: JSONPointer
    ) throws(PassportError) -> JSON {
        // `null` says nothing.
        guard let parent, !parent.isNull else { return child }
        if child.isNull || parent == child { return parent }
        let kind = LimitKind(name)
        switch (parent, child) {
        case (.number(let one), .number(let other)):
            let isMinimum = kind == .demand && name != "require_attorney_review_threshold"
            return .number(precedes(one, other) == isMinimum ? other : one)
        case (.bool, .bool):
            switch kind {
            case .grant: return false
            case .demand: return true
            case .unknown: break
            }
        case (.array(let all), .array(let some)):
            guard kind == .demand else { return .array(try common(all, some, name, at: path)) }
            let known = Set(all.map { $0.serialized() })
            return .array(all + some.filter { !known.contains($0.serialized()) })
        case (.object(let all), .object(let some)):
            guard kind == .grant else { return .object(try meet(all, some, at: path)) }
            let known = values(all)
            var object = JSONObject()
            for member in some.members {
                guard let value = known[member.key] else { continue }
                object.add(member.key, try meet(value, member.value, "", at: path.appending(member.key)))
            }
            return .object(object)
        case (.string(let one), .string(let other)):
            guard kind == .demand, let one = Assurance(wire: one), let other = Assurance(wire: other) else { break }
            return .string(max(one, other).wire)
        default: break
        }
        throw PassportError(
            .widening, at: path, "this is not what the passport before it says, and neither is known to be narrower",
            "write what that passport has there, or leave it out")
    }

    private static func values(_ object: JSONObject) -> [UTF8String: JSON] {
        Dictionary(object.members.map { ($0.key, $0.value) }) { first, _ in first }
    }

    /// The elements that both have; objects with an `id` are the same where that is.
    private static func common(
        _ all: [JSON], _ some: [JSON], _ name: UTF8String, at path: JSONPointer
    ) throws(PassportError) -> [JSON] {
        var byID: [UTF8String: JSON] = [:]
        for element in all { if let id = element.string ?? element["id"]?.string { byID[id] = element } }
        let whole = Set(all.map { $0.serialized() })
        var elements: [JSON] = []
        for (index, element) in some.enumerated() {
            guard let id = element.string ?? element["id"]?.string else {
                if whole.contains(element.serialized()) { elements.append(element) }
                continue
            }
            guard let other = byID[id] else { continue }
            switch (other.object, element.object) {
            case (let one?, let two?):
                elements.append(.object(try meet(one, two, at: path.appending(UTF8String(String(index))))))
            // Of a name alone and a name with bounds the bounds hold.
            case (.some, nil): elements.append(other)
            case (nil, _): elements.append(element)
            }
        }
        return elements
    }

    private static func precedes(_ left: JSONNumber, _ right: JSONNumber) -> Bool {
        if let left = left.int64, let right = right.int64 { return left < right }
        // Every number in a passport is one that a double holds.
        return (left.double ?? 0) < (right.double ?? 0)
    }
}

/// What a limit's name says of it.
enum LimitKind {
    /// More of it lets more through: `allow_pii`, `allowed_repos`, `supported_currencies`, `currency_limits`.
    case grant
    /// More of it lets less through: `require_…`, `…_required`, `blocked_…`, `min_…`.
    case demand
    /// Numbers are maxima and lists are what is allowed; of anything else nobody knows.
    case unknown

    init(_ name: UTF8String) {
        let text = name.string
        if Self.demands.contains(name) || Self.demanding.contains(where: text.hasPrefix) || text.hasSuffix("_required")
        {
            self = .demand
        } else if name == "currency_limits" || Self.granting.contains(where: text.hasPrefix) {
            self = .grant
        } else {
            self = .unknown
        }
    }

    private static let demanding = ["require_", "required_", "blocked_", "denied_", "forbidden_", "min_"]
    private static let granting = ["allow_", "allowed_", "supported_"]
    private static let demands: Set<UTF8String> = ["scan_output", "acceptance_criteria", "data_quality_threshold"]
}

/// That a child writes a limit where its parent has it. OAP finds one limit in several places, and the first that is
/// there counts: in another place the child's would be overlooked, or stand before the parent's.
enum LimitShapes {
    static func check(_ parent: JSONObject, _ child: JSONObject, at path: JSONPointer) throws(PassportError) {
        var known: [UTF8String: JSONPointer] = [:]
        var tails: Set<UTF8String> = []
        for place in places(of: parent, at: path) {
            let parts = parts(of: place, below: path)
            for name in names(parts) { known[name] = place }
            tails.formUnion(self.tails(parts))
        }
        for place in places(of: child, at: path) {
            let parts = parts(of: place, below: path)
            if known[joined(parts)] == place { continue }
            let isElsewhere = names(parts).contains { known[$0].map { $0 != place } ?? false }
            let isBelow = self.tails(parts).contains { known[$0] != nil }
            let isAbove = tails.contains(joined(parts))
            guard !isElsewhere, !isBelow, !isAbove else {
                throw PassportError(
                    .widening, at: place, "the passport before it has this limit in another place",
                    "write it where that passport has it")
            }
        }
    }

    /// The places of all values that are no objects.
    private static func places(of object: JSONObject, at path: JSONPointer) -> [JSONPointer] {
        object.members.flatMap { member -> [JSONPointer] in
            let place = path.appending(member.key)
            guard let inner = member.value.object, !inner.isEmpty else { return [place] }
            return places(of: inner, at: place)
        }
    }

    private static func parts(of place: JSONPointer, below path: JSONPointer) -> [Substring] {
        place.tokens.dropFirst(path.tokens.count).flatMap { $0.string.split(separator: ".") }
    }

    private static func joined(_ parts: some Sequence<Substring>) -> UTF8String {
        UTF8String(parts.joined(separator: "."))
    }

    /// What is after each part but the last.
    private static func tails(_ parts: [Substring]) -> [UTF8String] {
        (1..<max(1, min(parts.count, PassportLimits.limitPartsMax))).map { joined(parts.dropFirst($0)) }
    }

    /// It under each name of the capability that it begins with.
    private static func names(_ parts: [Substring]) -> [UTF8String] {
        var names = [joined(parts)]
        for count in 1..<max(1, min(parts.count, 5)) {
            let capability = joined(parts.prefix(count))
            for alias in CapabilityAliases.standard.names(of: capability).dropFirst() {
                names.append(UTF8String("\(alias).\(joined(parts.dropFirst(count)))"))
            }
        }
        return names
    }
}
