// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// A call's members under OAP's names for them.
struct CallValues {
    let object: JSONObject

    /// Members by the first of their names.
    ///
    /// - Throws: where a member is there under two names with two values: nobody knows which of them the tool takes.
    init(
        pack: UTF8String, tool: UTF8String, arguments: JSONObject, _ members: [MemberRule]
    ) throws(PackRefusal) {
        var object = arguments
        for member in members {
            guard let name = member.names.first, member.names.count > 1 else { continue }
            let present = member.names.filter { object[$0].map { !$0.isNull } ?? false }
            guard present.allSatisfy({ object[$0] == present.first.flatMap { object[$0] } }) else {
                throw PackRefusal(
                    PackRules.contextRule, PackRules.invalidContext, "the call has \(name) under two names")
            }
            if let spelling = present.first, spelling != name { object[name] = object[spelling] }
        }
        for (name, value) in Self.implied(pack, tool) where object[name]?.isNull ?? true {
            object[name] = .string(value)
        }
        self.object = object
    }

    /// What a call says by its tool, or by saying nothing.
    private static func implied(_ pack: UTF8String, _ tool: UTF8String) -> [(UTF8String, UTF8String)] {
        switch (pack, tool) {
        case ("code.repository.merge.v1", "git.merge"): [("action", "pr.merge")]
        case ("code.repository.merge.v1", "git.create_pr"): [("action", "pr.create")]
        case ("code.repository.merge.v1", "git.push"): [("action", "repo.push")]
        case ("governance.data.access.v1", _): [("action_type", "read")]
        // A search that names no folder looks into the working directory.
        case ("data.file.read.v1", "file.search"), ("data.file.read.v1", "file.glob"): [("file_path", ".")]
        default: []
        }
    }

    /// Whether a call of a tool has nothing to say for a member that its pack needs: a search of the web goes to whoever is
    /// asked, at no address of the call's. Rules of where calls go refuse it all the same, where a passport has any.
    static func leavesOut(_ member: MemberRule, _ tool: UTF8String) -> Bool {
        tool == "web.search" && member.names.first == "url"
    }

    /// The values at a path, `nil` for one that is not there; of `items.-.category` one for each item.
    ///
    /// An empty answer is an empty list on the way.
    func values(_ parts: [UTF8String]) -> [JSON?] {
        var values: [JSON?] = [.object(object)]
        for part in parts {
            guard part == "-" else {
                values = values.map { value in
                    guard let found = value?.object?[part], !found.isNull else { return nil }
                    return found
                }
                continue
            }
            var elements: [JSON?] = []
            for value in values {
                guard let array = value?.array else {
                    elements.append(nil)
                    continue
                }
                elements += array.map { $0 }
                guard elements.count <= Limits.valuesMax else { return [nil] }
            }
            values = elements
        }
        return values
    }

    func value(_ path: MemberPath) -> JSON? { values(path.parts).first ?? nil }

    func value(_ name: UTF8String) -> JSON? {
        // Not `? nil :`, which would be JSON's own null.
        guard let value = object[name], !value.isNull else { return nil }
        return value
    }

    func text(_ name: UTF8String) -> UTF8String? { value(name)?.string }
}

extension MemberRule {
    /// Why the call's member is not as it must be, or `nil`.
    func refusal(_ values: CallValues) -> PackRefusal? {
        guard let name = names.first else { return nil }
        let parts = name.string.split(separator: ".").map { UTF8String(String($0)) }
        for value in values.values(parts) {
            guard let value else {
                guard isRequired else { continue }
                return PackRefusal(PackRules.contextRule, PackRules.invalidContext, "the call has no \(name)")
            }
            guard !type.admits(value) else { continue }
            return PackRefusal(
                PackRules.contextRule, code ?? PackRules.invalidContext, "\(name) is not \(type.description)")
        }
        return nil
    }
}

extension MemberType {
    func admits(_ value: JSON) -> Bool {
        switch self {
        case .text(let range): value.string.map { range.contains(Int64($0.string.unicodeScalars.count)) } ?? false
        case .integer(let range): value.int64.map(range.contains) ?? false
        case .number: ExactDecimal(value) != nil && value.number != nil
        case .bool: value.bool != nil
        case .object: value.object != nil
        case .list(let range): value.array.map { range.contains(Int64($0.count)) } ?? false
        case .texts(let range):
            value.array.map { range.contains(Int64($0.count)) && $0.allSatisfy { $0.string != nil } } ?? false
        case .one(let names): value.string.map(names.contains) ?? false
        case .form(let form): value.string.map(form.admits) ?? false
        case .forms(let form, let range):
            value.array.map {
                range.contains(Int64($0.count)) && $0.allSatisfy { $0.string.map(form.admits) ?? false }
            } ?? false
        }
    }

    /// For refusals: `a text of 1 to 200 characters`.
    var description: String {
        switch self {
        case .text(let range): "a text\(Self.said(range, "characters"))"
        case .integer(let range): range.lowerBound == .min ? "an integer" : "an integer\(Self.said(range, nil))"
        case .number: "a number"
        case .bool: "true or false"
        case .object: "an object"
        case .list(let range): "a list\(Self.said(range, "elements"))"
        case .texts(let range): "a list of texts\(Self.said(range, "elements"))"
        case .one(let names): "one of \(names.map(\.string).joined(separator: ", "))"
        case .form(let form): "of the form \(form.rawValue)"
        case .forms(let form, _): "a list of the form \(form.rawValue)"
        }
    }

    private static func said(_ range: ClosedRange<Int64>, _ unit: String?) -> String {
        let unit = unit.map { " \($0)" } ?? ""
        let of = unit.isEmpty ? ", " : " of "
        if range.upperBound == .max { return range.lowerBound == 0 ? "" : "\(of)at least \(range.lowerBound)\(unit)" }
        return "\(of)\(range.lowerBound) to \(range.upperBound)\(unit)"
    }
}
