// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// The members of one object of the configuration, taken one by one; what is left over at the end is an error.
struct Members {
    private var rest: JSONObject
    private var known: [UTF8String] = []
    let place: String
    let path: String

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

    /// Texts that may be given as a reference to where they are.
    mutating func configuredTexts(_ name: UTF8String) throws(HomeError) -> [ConfiguredText] {
        guard let value = take(name) else { return [] }
        guard let array = value.array else { throw wrong(name.string, "a list of texts") }
        var texts: [ConfiguredText] = []
        for (index, element) in array.enumerated() {
            // The list as a whole is named where it is no list of texts at all, as for every other list.
            guard element.string != nil || element.object != nil else { throw wrong(name.string, "a list of texts") }
            texts.append(try configuredText(element, "\(name)/\(index)"))
        }
        return texts
    }

    /// A table of such texts.
    ///
    /// - Parameter refusal: what was expected in place of a name; `nil` for one that is good.
    mutating func namedTexts(
        _ name: UTF8String, _ refusal: (String) -> String?
    ) throws(HomeError) -> [Configuration.NamedText] {
        var texts: [Configuration.NamedText] = []
        for (key, value) in try table(name) {
            if let expected = refusal(key.string) { throw wrong("\(name)/\(key)", expected) }
            texts.append(
                Configuration.NamedText(name: key.string, text: try configuredText(value, "\(name)/\(key)")))
        }
        return texts
    }

    private func configuredText(_ value: JSON, _ name: String) throws(HomeError) -> ConfiguredText {
        do throws(ConfiguredText.Refusal) { return try ConfiguredText(value) } catch {
            throw wrong(name, error.expected)
        }
    }

    mutating func count(_ name: UTF8String, in range: ClosedRange<Int64>) throws(HomeError) -> Int64? {
        guard let value = take(name) else { return nil }
        guard let count = value.int64, range.contains(count) else {
            throw wrong(name.string, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return count
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
        let hint = near.map { $0.1 <= 3 ? "; did you mean `\($0.0)`?" : "." } ?? "."
        throw HomeError(
            .malformed,
            "\(path): \(place.isEmpty ? "" : place + "/")\(stranger) is not a setting\(hint) Known here: "
                + known.map(\.string).joined(separator: ", "))
    }

    /// A setting that is left over and is nearly called as one of these; `nil` where there is none.
    func misspelling(of names: [UTF8String]) -> HomeError? {
        for stranger in rest.keys {
            guard let name = names.first(where: { editDistance($0.bytes, stranger.bytes) <= 2 }) else { continue }
            return HomeError(
                .malformed,
                "\(path): \(place.isEmpty ? "" : place + "/")\(stranger) is not a setting; did you mean `\(name)`?")
        }
        return nil
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
