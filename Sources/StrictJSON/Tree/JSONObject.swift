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

    /// For the reader, which has checked that keys are unique.
    init(unique members: [JSONMember]) { self.members = members }

    /// The members given, or `nil` where two have the same key.
    public init?(_ members: [JSONMember]) {
        guard Set(members.map(\.key)).count == members.count else { return nil }
        self.members = members
    }

    /// The keys in order.
    public var keys: [UTF8String] { members.map(\.key) }

    /// How many members there are.
    public var count: Int { members.count }

    /// Whether there are no members.
    public var isEmpty: Bool { members.isEmpty }

    /// The value of a key. Setting changes it in place or adds it at the end; setting `nil` removes it.
    public subscript(key: UTF8String) -> JSON? {
        get {
            for member in members where member.key == key { return member.value }
            return nil
        }
        set {
            let place = members.firstIndex { $0.key == key }
            switch (place, newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil): members.remove(at: place)
            case (nil, let value?): members.append(JSONMember(key: key, value: value))
            case (nil, nil): break
            }
        }
    }
}
