// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// An event's members. Others than those asked for are nobody's business: harnesses add some with each version.
struct EventMembers {
    let object: JSONObject

    init(_ object: JSONObject) { self.object = object }

    /// A member that says something; `nil` where it is absent or null.
    func value(_ key: UTF8String) -> JSON? {
        guard let value = object[key], !value.isNull else { return nil }
        return value
    }

    /// A text that must be there, not empty and no longer than names are.
    func text(_ key: UTF8String) throws(HookInputError) -> UTF8String {
        guard let value = try optionalText(key) else { throw HookInputError("its `\(key)` is missing") }
        return value
    }

    /// The same, but it may be absent or null.
    func optionalText(_ key: UTF8String) throws(HookInputError) -> UTF8String? {
        guard let value = object[key], !value.isNull else { return nil }
        guard let text = value.string, !text.isEmpty, text.byteCount <= HookLimits.nameBytes else {
            throw HookInputError("its `\(key)` is no text of 1 to \(HookLimits.nameBytes) bytes")
        }
        return text
    }

    /// An absolute path that must be there.
    func folder(_ key: UTF8String) throws(HookInputError) -> UTF8String {
        guard let path = object[key]?.string else { throw HookInputError("its `\(key)` is missing") }
        return try Self.absolute(path, key)
    }

    static func absolute(_ path: UTF8String, _ key: UTF8String) throws(HookInputError) -> UTF8String {
        guard path.hasPrefix("/"), path.byteCount <= 4096, !path.bytes.contains(0) else {
            throw HookInputError("its `\(key)` is no absolute path")
        }
        return path
    }

    /// An object that must be there; where `orText`, also as a text that holds one.
    func parameters(_ key: UTF8String, orText: Bool = false) throws(HookInputError) -> JSONObject {
        guard let value = object[key] else { throw HookInputError("its `\(key)` is missing") }
        if let found = value.object { return found }
        guard orText, let text = value.string else { throw HookInputError("its `\(key)` is no object") }
        let held: JSON
        do throws(JSONError) { held = try JSON(parsing: text, limits: HookLimits.event) } catch {
            throw HookInputError("its `\(key)` holds no JSON (\(error))")
        }
        guard let found = held.object else { throw HookInputError("its `\(key)` holds no object") }
        return found
    }

    /// A number of milliseconds, rounded down; `nil` where there is none that makes sense.
    func milliseconds(_ key: UTF8String) -> Int64? {
        guard let number = object[key]?.number else { return nil }
        if let whole = number.int64 { return whole >= 0 ? whole : nil }
        let lexeme = number.lexeme.string
        guard let value = Double(lexeme), value >= 0, value < 1e12 else { return nil }
        return Int64(value)
    }
}
