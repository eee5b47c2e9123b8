// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

/// The name of a server or tool: in clear where it is from the pinned table, else a commitment, `sd:<base64url>`.
///
/// A name that nobody has pinned is whoever's: it could hold a secret, or a text that somebody wants in a log for ever.
public enum CallName: Sendable, Hashable {
    /// A name from the operator's configuration or the pinned table.
    case known(UTF8String)
    /// The digest of a disclosure (`Disclosure.digest`) whose name is `server` or `tool` and whose value is the name.
    case committed(Digest)

    /// The member's text.
    public var text: UTF8String {
        switch self {
        case .known(let name): name
        case .committed(let digest): UTF8String("sd:" + digest.base64URL)
        }
    }

    static var rule: Rule<CallName> {
        Rule { (json) throws(EntryError) in
            let text = try Rule<UTF8String>.text().read(json)
            guard text.hasPrefix("sd:") else { return .known(text) }
            guard let digest = Digest(base64URL: String(decoding: text.bytes.dropFirst(3), as: UTF8.self)) else {
                throw EntryError(.invalid)
            }
            return .committed(digest)
        }
    }
}
