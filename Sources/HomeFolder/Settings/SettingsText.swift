// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Another program's settings in JSON, perhaps with comments, edited in place: what is not edited stays byte for byte.
///
/// After each edit the text is read again and must say what was meant.
public struct SettingsText: Sendable {
    /// The text.
    public private(set) var bytes: [UInt8]
    /// What it says.
    public private(set) var json: JSON
    private let path: String

    /// Reads a text; one without anything in it is an empty object.
    ///
    /// - Throws: `HomeError` where it is no JSON object.
    public init(_ bytes: [UInt8], path: String) throws(HomeError) {
        self.path = path
        let isBlank = bytes.allSatisfy { [0x20, 0x09, 0x0a, 0x0d].contains($0) }
        self.bytes = isBlank ? Array("{}\n".utf8) : bytes
        json = try Self.read(self.bytes, path)
    }

    /// Adds an element at the end of the list at a path of keys; objects and the list are made where there are none.
    ///
    /// - Throws: `HomeError` where something else stands there.
    public mutating func append(_ element: JSON, at keys: [UTF8String]) throws(HomeError) {
        var list = value(at: keys)?.array ?? []
        list.append(element)
        let expected = try Self.setting(.array(list), at: keys[...], in: json, path)
        let layout = SettingsLayout(bytes)
        var depth = keys.count
        while depth > 0, value(at: Array(keys[..<depth])) == nil { depth -= 1 }
        let edits: [SettingsLayout.Edit]
        if depth == keys.count {
            edits = layout.appending(element, named: nil, to: layout.node(at: keys))
        } else {
            let wrapped = keys[(depth + 1)...].reversed().reduce(JSON.array([element])) { inner, key in
                var object = JSONObject()
                object[key] = inner
                return .object(object)
            }
            edits = layout.appending(wrapped, named: keys[depth], to: layout.node(at: Array(keys[..<depth])))
        }
        try apply(edits, expecting: expected)
    }

    /// Sets a member of the root that is not there.
    ///
    /// - Throws: `HomeError`.
    public mutating func add(_ key: UTF8String, _ value: JSON) throws(HomeError) {
        let expected = try Self.setting(value, at: [key], in: json, path)
        let layout = SettingsLayout(bytes)
        try apply(layout.appending(value, named: key, to: layout.node(at: [])), expecting: expected)
    }

    /// Takes an element out of the list at a path; the list, and objects, that are empty then go with it.
    ///
    /// - Throws: `HomeError`.
    public mutating func remove(_ index: Int, from keys: [UTF8String]) throws(HomeError) {
        guard var list = value(at: keys)?.array, list.indices.contains(index) else { return }
        list.remove(at: index)
        var depth = keys.count
        var place = keys
        if list.isEmpty {
            // What holds nothing but this goes with it.
            while depth > 1, value(at: Array(keys[..<(depth - 1)]))?.object?.count == 1 { depth -= 1 }
            place = Array(keys[..<(depth - 1)])
        }
        let layout = SettingsLayout(bytes)
        let expected: JSON
        let edits: [SettingsLayout.Edit]
        if list.isEmpty {
            expected = try Self.setting(nil, at: keys[..<depth], in: json, path)
            edits = layout.removing(layout.node(at: place), key: keys[depth - 1])
        } else {
            expected = try Self.setting(.array(list), at: keys[...], in: json, path)
            edits = layout.removing(layout.node(at: keys), index: index)
        }
        try apply(edits, expecting: expected)
    }

    /// What stands at a path of keys.
    public func value(at keys: [UTF8String]) -> JSON? {
        var value: JSON? = json
        for key in keys { value = value?[key] }
        return value
    }

    private mutating func apply(_ edits: [SettingsLayout.Edit], expecting expected: JSON) throws(HomeError) {
        var text = bytes
        for edit in edits.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
            text.replaceSubrange(edit.range, with: edit.text)
        }
        let found: JSON?
        do throws(HomeError) { found = try Self.read(text, path) } catch { found = nil }
        guard let found, found == expected else {
            throw HomeError(.malformed, "\(path) is written in a way that could not be edited; nothing was changed")
        }
        bytes = text
        json = found
    }

    private static func setting(
        _ value: JSON?, at keys: ArraySlice<UTF8String>, in json: JSON, _ path: String
    ) throws(HomeError) -> JSON {
        guard let key = keys.first else { return value ?? .null }
        guard var object = json.object else {
            throw HomeError(.malformed, "\(path) has something else than an object where `\(key)` should be")
        }
        if keys.count == 1 {
            if value?.array != nil, let there = object[key], there.array == nil {
                throw HomeError(.malformed, "\(path) has something else than a list at `\(key)`")
            }
            object[key] = value
        } else {
            object[key] = try setting(value, at: keys.dropFirst(), in: object[key] ?? .object(JSONObject()), path)
        }
        return .object(object)
    }

    private static func read(_ bytes: [UInt8], _ path: String) throws(HomeError) -> JSON {
        guard bytes.count <= Limits.clientFileBytes else {
            throw HomeError(.tooLarge, "\(path) has more than \(Limits.clientFileBytes) bytes")
        }
        let json: JSON
        do throws(JSONError) { json = try CommentedJSON.read(bytes) } catch {
            throw HomeError(.malformed, "\(path) is no JSON: \(error)")
        }
        guard json.object != nil else { throw HomeError(.malformed, "\(path) holds no JSON object") }
        return json
    }
}
