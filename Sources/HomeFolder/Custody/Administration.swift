// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

/// Who may say what is in force, and how many of them must: `administration` of `writ.yaml`.
public struct Administration: Sendable, Hashable {
    /// How many must sign: 1 or more, and no more than there are.
    public let needed: Int
    /// Their public keys by name; 1 to 16, no key twice.
    public let keys: [UTF8String: Ed25519PublicKey]

    /// `nil` where nobody, or more than there are, would have to sign, or two have one key.
    public init?(needed: Int, keys: [UTF8String: Ed25519PublicKey]) {
        guard (1...Limits.administrators).contains(keys.count), (1...keys.count).contains(needed),
            Set(keys.values).count == keys.count, keys.keys.allSatisfy(Configuration.isName)
        else { return nil }
        self.needed = needed
        self.keys = keys
    }

    /// The name under which a key counts; `nil` for somebody else's.
    public func name(of key: Ed25519PublicKey) -> UTF8String? { keys.first { $0.value == key }?.key }

    var json: JSON {
        [
            "needed": .integer(needed),
            "keys": .object(
                JSONObject(
                    unique: keys.sorted { $0.key < $1.key }.map {
                        JSONMember(key: $0.key, value: .text(Base64URL.encode($0.value.bytes)))
                    })),
        ]
    }

    init?(_ json: JSON) {
        guard let object = json.object, object.keys.allSatisfy({ ["needed", "keys"].contains($0) }),
            let needed = object["needed"]?.int64, let table = object["keys"]?.object
        else { return nil }
        var keys: [UTF8String: Ed25519PublicKey] = [:]
        for member in table.members {
            guard
                let key = member.value.string.flatMap({ Base64URL.decode($0.string) }).flatMap({
                    Ed25519PublicKey(bytes: $0)
                })
            else { return nil }
            keys[member.key] = key
        }
        self.init(needed: Int(clamping: needed), keys: keys)
    }
}

/// Who is asked to be kept apart, and where they ask: `protected` of `writ.yaml`.
public struct Protection: Sendable, Hashable {
    /// The socket that agents' hooks and checks ask at; absolute. `nil` where they have none.
    public let socket: String?
    /// The users of this machine that agents run as, by name or number, and whose passport each has.
    public let users: [User]

    /// One of them.
    public struct User: Sendable, Hashable {
        /// By name or number.
        public let name: String
        /// The agent's id.
        public let agent: UTF8String
    }

    /// Nobody, nowhere.
    public static let none = Protection(socket: nil, users: [])
}
