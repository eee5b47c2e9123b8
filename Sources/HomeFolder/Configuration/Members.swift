// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// The members of one object of the configuration, taken one by one; what is left over at the end is an error.
struct Members {
    private var rest: JSONObject
    private var known: [UTF8String] = []
    private let place: String
    private let path: String

    init(_ value: JSON, at place: String, of path: String) throws(HomeError) {
        self.place = place
        self.path = path
        guard let object = value.object else {
            rest = JSONObject()
            throw wrong("", "an object")
        }
        rest = object
    }

    mutating func take(_ name: UTF8String) -> JSON? {
        known.append(name)
        let value = rest[name]
        rest[name] = nil
        return value
    }

    mutating func text(_ name: UTF8String) throws(HomeError) -> UTF8String? {
        guard let value = take(name) else { return nil }
        guard let text = value.string, !text.isEmpty else { throw wrong(name.string, "a text, not \(value.kindName)") }
        return text
    }

    mutating func texts(_ name: UTF8String) throws(HomeError) -> [String] {
        guard let value = take(name) else { return [] }
        let texts = value.array?.compactMap(\.string?.string)
        guard let texts, texts.count == value.array?.count else { throw wrong(name.string, "a list of texts") }
        return texts
    }

    mutating func table(_ name: UTF8String) throws(HomeError) -> [(UTF8String, JSON)] {
        guard let value = take(name), !value.isNull else { return [] }
        guard let object = value.object else { throw wrong(name.string, "a table of names, not \(value.kindName)") }
        return object.members.map { ($0.key, $0.value) }
    }

    mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: UTF8String
    ) throws(HomeError) -> Choice? where Choice.RawValue == String {
        guard let text = try text(name) else { return nil }
        guard let choice = Choice(rawValue: text.string) else {
            throw wrong(name.string, "one of " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return choice
    }

    func finish() throws(HomeError) {
        guard let stranger = rest.keys.first else { return }
        let near = known.map { ($0, editDistance($0.bytes, stranger.bytes)) }.min { $0.1 < $1.1 }
        let hint = near.map { $0.1 <= 3 ? "; did you mean `\($0.0)`?" : "" } ?? ""
        throw HomeError(
            .malformed,
            "\(path): \(place.isEmpty ? "" : place + "/")\(stranger) is not a setting\(hint) Known here: "
                + known.map(\.string).joined(separator: ", "))
    }

    func wrong(_ name: String, _ expected: String) -> HomeError {
        let full = [place, name].filter { !$0.isEmpty }.joined(separator: "/")
        return HomeError(.malformed, "\(path): \(full.isEmpty ? "the document" : full): expected \(expected)")
    }
}

/// Levenshtein's distance between short names, for suggestions.
func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (i, a) in left.prefix(64).enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, b) in right.enumerated() {
            let cost = min(diagonal + (a == b ? 0 : 1), row[j] + 1, row[j + 1] + 1)
            diagonal = row[j + 1]
            row[j + 1] = cost
        }
    }
    return row[right.count]
}
