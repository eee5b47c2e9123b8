// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// A member of a pack's context, and where a call has it.
public struct PackMember: Sendable, Equatable {
    /// How what is found becomes what the pack asks.
    public enum Form: String, Sendable, Hashable, CaseIterable {
        /// As it is.
        case same
        /// A number of milliseconds, in whole seconds, rounded up.
        case milliseconds
        /// A program and its operands, as the text of one command; a text stays as it is.
        case words
    }

    /// The pack's name for it: `file_path`.
    public let name: UTF8String
    /// Where in the arguments it is; of several one may be there.
    public let places: [JSONPointer]
    /// How it is read.
    public let form: Form
    /// What it is where it is nowhere.
    public let otherwise: JSON?

    /// A member.
    public init(_ name: UTF8String, at places: [JSONPointer], form: Form = .same, otherwise: JSON? = nil) {
        self.name = name
        self.places = places
        self.form = form
        self.otherwise = otherwise
    }

    /// What a call has of it. Of two that are there nobody knows which counts, so that they are a list, and no pack's
    /// member of this kind.
    func value(in arguments: JSON) -> JSON? {
        let found = places.compactMap { arguments[$0] }.filter { !$0.isNull }
        guard found.count <= 1 else { return .array(found) }
        guard let value = found.first else { return otherwise }
        switch form {
        case .same: return value
        case .milliseconds:
            guard let milliseconds = value.int64, milliseconds >= 0 else { return value }
            return .integer(milliseconds / 1000 + (milliseconds % 1000 > 0 ? 1 : 0))
        case .words:
            guard let words = value.array else { return value }
            let texts = words.compactMap(\.string?.string)
            guard texts.count == words.count else { return value }
            return .string(UTF8String(texts.map(Self.quoted).joined(separator: " ")))
        }
    }

    /// A word that a shell takes as it is; any other in quotes.
    private static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.utf8.allSatisfy { byte in
                byte.isAlphanumeric || "_-./:@%+,".utf8.contains(byte)
            }
        return isPlain
            ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}

extension PackMember {
    /// A pointer, or `{at: POINTER or a list of them, as: FORM, value: what it is where it is nowhere}`.
    init(_ name: UTF8String, _ json: JSON) throws(PackBinding.Mistake) {
        let place = "members/\(name)"
        func wrong() -> PackBinding.Mistake {
            PackBinding.Mistake(
                place: place,
                expected: "a JSON pointer (/payment/amount), or {at: POINTER, as: \(Self.forms), value: TEXT}")
        }
        var pointers: [JSON] = []
        var form = Form.same
        var otherwise: JSON?
        if let object = json.object {
            guard object.keys.allSatisfy({ ["at", "as", "value"].contains($0) }),
                object["at"] != nil || object["value"] != nil
            else { throw wrong() }
            pointers = object["at"].map { $0.array ?? [$0] } ?? []
            otherwise = object["value"]
            if let text = object["as"] {
                guard let named = text.string.flatMap({ Form(rawValue: $0.string) }) else { throw wrong() }
                form = named
            }
        } else {
            pointers = [json]
        }
        guard pointers.count <= Limits.memberPlacesMax else { throw wrong() }
        var places: [JSONPointer] = []
        for pointer in pointers {
            guard let text = pointer.string, let read = JSONPointer(parsing: text) else { throw wrong() }
            places.append(read)
        }
        self.init(name, at: places, form: form, otherwise: otherwise)
    }

    private static var forms: String { Form.allCases.map(\.rawValue).joined(separator: "|") }

    var json: JSON {
        if places.count == 1, form == .same, otherwise == nil { return .string(places[0].text) }
        var object = JSONObject()
        if !places.isEmpty { object["at"] = .array(places.map { .string($0.text) }) }
        if form != .same { object["as"] = .text(form.rawValue) }
        if let otherwise { object["value"] = otherwise }
        return .object(object)
    }
}
