// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import WireTypes

/// The members of an object, read one by one with errors that name their place.
struct Members {
    let object: JSONObject
    let path: JSONPointer

    init(_ json: JSON, at path: JSONPointer) throws(PassportError) {
        guard let object = json.object else { throw Self.wrongType(json, path, "an object") }
        self.object = object
        self.path = path
    }

    /// Refuses members outside of a closed list.
    func only(_ known: [UTF8String]) throws(PassportError) {
        for key in object.keys where !known.contains(key) {
            throw PassportError(
                .unknownMember, at: path.appending(key), "this format has no such member",
                "remove it, or import the file with `writ passport import`, which says what it drops")
        }
    }

    func place(_ key: UTF8String) -> JSONPointer { path.appending(key) }

    func value(_ key: UTF8String) throws(PassportError) -> JSON {
        guard let value = object[key] else {
            throw PassportError(.missingMember, at: place(key), "this member is missing", "add it")
        }
        return value
    }

    func string(_ key: UTF8String) throws(PassportError) -> UTF8String {
        let value = try value(key)
        guard let text = value.string else { throw Self.wrongType(value, place(key), "a string") }
        return text
    }

    func optionalString(_ key: UTF8String) throws(PassportError) -> UTF8String? {
        object[key] == nil ? nil : try string(key)
    }

    func array(_ key: UTF8String) throws(PassportError) -> [JSON] {
        let value = try value(key)
        guard let elements = value.array else { throw Self.wrongType(value, place(key), "an array") }
        return elements
    }

    func object(_ key: UTF8String) throws(PassportError) -> JSONObject {
        let value = try value(key)
        guard let object = value.object else { throw Self.wrongType(value, place(key), "an object") }
        return object
    }

    /// A string of a grammar.
    func string(
        _ key: UTF8String, _ isValid: (UTF8String) -> Bool, _ form: String
    ) throws(PassportError) -> UTF8String {
        let text = try string(key)
        guard isValid(text) else { throw Self.invalid(place(key), form) }
        return text
    }

    func name(_ key: UTF8String) throws(PassportError) -> UTF8String {
        try string(key, Identifier.isName, Self.nameForm)
    }

    func word<Word: WireNamed>(_ key: UTF8String, _: Word.Type = Word.self) throws(PassportError) -> Word {
        guard let word = Word(wire: try string(key)) else {
            throw Self.invalid(place(key), "use one of \(Word.choices)")
        }
        return word
    }

    func time(_ key: UTF8String) throws(PassportError) -> Timestamp {
        guard let time = DateTime.timestamp(try string(key)) else {
            throw Self.invalid(place(key), "use an RFC 3339 date and time, such as 2026-03-18T02:47:11Z")
        }
        return time
    }

    /// Different strings of a grammar, at most so many.
    func list(
        _ key: UTF8String, max: Int, _ isValid: (UTF8String) -> Bool, _ form: String
    ) throws(PassportError) -> [UTF8String] {
        let elements = try array(key)
        try Self.bound(elements.count, max, place(key))
        var texts: [UTF8String] = []
        for (index, element) in elements.enumerated() {
            let place = place(key).appending(UTF8String(String(index)))
            guard let text = element.string else { throw Self.wrongType(element, place, "a string") }
            guard isValid(text) else { throw Self.invalid(place, form) }
            guard !texts.contains(text) else { throw Self.repeated(place) }
            texts.append(text)
        }
        return texts
    }

    static let nameForm =
        "use 1 to 256 ASCII letters, digits and . _ : @ / + - % ~ = #, beginning with a letter or digit"

    static func wrongType(_ value: JSON, _ place: JSONPointer, _ expected: String) -> PassportError {
        PassportError(.wrongType, at: place, "this is \(value.kindName)", "write \(expected)")
    }

    static func invalid(_ place: JSONPointer, _ form: String) -> PassportError {
        PassportError(.invalidValue, at: place, "the value is not allowed", form)
    }

    static func repeated(_ place: JSONPointer) -> PassportError {
        PassportError(.contradiction, at: place, "this is in the list already", "keep one of them")
    }

    static func bound(_ count: Int, _ max: Int, _ place: JSONPointer) throws(PassportError) {
        guard count <= max else {
            throw PassportError(.limitExceeded, at: place, "\(count) elements", "at most \(max) are allowed")
        }
    }
}
