// SPDX-License-Identifier: Apache-2.0

/// One member of an object.
public struct JSONMember: Sendable, Equatable {
    /// The name, byte-exact.
    public var key: UTF8String
    /// The value.
    public var value: JSON

    /// A member.
    public init(key: UTF8String, value: JSON) {
        self.key = key
        self.value = value
    }
}

/// The members of a JSON object, in the order written, with unique keys.
///
/// A look-up is a walk over the members: the objects of this field's protocols are small, and peers bound the rest by
/// `JSONLimits`.
public struct JSONObject: Sendable, Equatable {
    /// The members in order; keys are unique.
    public private(set) var members: [JSONMember]

    /// No members.
    public init() { members = [] }

    /// The members given, whose keys the caller knows to be unique: the reader has checked them, a dictionary has them so.
    public init(unique members: [JSONMember]) { self.members = members }

    /// The members given, or `nil` where two have the same key.
    public init?(_ members: [JSONMember]) {
        guard Set(members.map(\.key)).count == members.count else { return nil }
        self.members = members
    }

    /// Adds a member at the end; `nil` adds none.
    ///
    /// For code that writes a closed set of names of its own, each once: setting by subscript looks for the name first.
    public mutating func add(_ key: UTF8String, _ value: JSON?) {
        guard let value else { return }
        assert(self[key] == nil, "a name that is added is new")
        members.append(JSONMember(key: key, value: value))
    }

    /// The keys in order.
    public var keys: [UTF8String] { members.map(\.key) }

    /// How many members there are.
    public var count: Int { members.count }

    /// Whether there are no members.
    public var isEmpty: Bool { members.isEmpty }

    /// The value of a key. Setting changes it in place or adds it at the end; setting `nil` removes it.
    public subscript(key: UTF8String) -> JSON? {
        get { place(of: key).map { members[$0].value } }
        set {
            let place = place(of: key)
            switch (place, newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil): members.remove(at: place)
            case (nil, let value?): members.append(JSONMember(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    /// By index: a loop over the members themselves would copy each on its way.
    private func place(of key: UTF8String) -> Int? {
        members.indices.first { members[$0].key == key }
    }
}
