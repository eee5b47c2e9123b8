// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// The members of one object of a closed schema: each is taken once, and none may be left.
struct Members {
    private let object: JSONObject
    private var known: [UTF8String] = []

    /// - Throws: `wrongKind` where the value is no object.
    init(_ json: JSON) throws(EntryError) {
        guard let object = json.object else { throw EntryError(.wrongKind) }
        self.object = object
    }

    /// A member that must be there.
    mutating func take<Value>(_ key: UTF8String, _ rule: Rule<Value>) throws(EntryError) -> Value {
        guard let value = try takeIfPresent(key, rule) else { throw EntryError(.missing).within(key) }
        return value
    }

    /// A member that may be absent. `null` is a value, and none that any rule allows.
    mutating func takeIfPresent<Value>(_ key: UTF8String, _ rule: Rule<Value>) throws(EntryError) -> Value? {
        known.append(key)
        guard let json = object[key] else { return nil }
        do throws(EntryError) {
            return try rule.read(json)
        } catch {
            throw error.within(key)
        }
    }

    /// Checks that nothing is left.
    ///
    /// - Throws: `unknownMember` with the place of the first member that was not asked for.
    func end() throws(EntryError) {
        for key in object.keys where !known.contains(key) { throw EntryError(.unknownMember).within(key) }
    }
}

/// How a value of the schema is read.
struct Rule<Value> {
    let read: (JSON) throws(EntryError) -> Value

    init(_ read: @escaping (JSON) throws(EntryError) -> Value) { self.read = read }
}
