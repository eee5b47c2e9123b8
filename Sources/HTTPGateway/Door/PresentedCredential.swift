// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import Passports
import StrictJSON
import WireTypes

/// Who a request says it is from: a token or a passport in `Authorization`, a passport in the header `Writ-Passport`,
/// else in the body's `_meta`.
enum PresentedCredential: Sendable {
    /// A passport, or what was meant to be one.
    case credential(Credential)
    /// A token's bytes. They go to whoever verifies them and nowhere else.
    case token([UInt8])

    static let metaKey: UTF8String = "dev.writ/passport"

    /// The head's; `nil` where there is none.
    ///
    /// - Throws: `HTTPRefusal` with 400 where there is more than one.
    static func inHeader(_ headers: HTTPHeaders, bytesMax: Int) throws(HTTPRefusal) -> PresentedCredential? {
        let (passport, authorization): (UTF8String?, UTF8String?)
        do throws(RepeatedHeader) {
            passport = try headers.single(.passport)
            authorization = try headers.single(.authorization)
        } catch {
            throw HTTPRefusal(400, "Bad request: \(error.name.rawValue) comes more than once")
        }
        // Another scheme is for somebody else, a proxy perhaps.
        let bearer = authorization.flatMap(bearer)
        guard let bearer else { return passport.map { .credential(decode($0, bytesMax: bytesMax)) } }
        guard passport == nil else {
            throw HTTPRefusal(400, "Bad request: one credential, in Authorization or in Writ-Passport")
        }
        guard bearer.bytes.contains(UInt8(ascii: ".")) else { return .credential(decode(bearer, bytesMax: bytesMax)) }
        return .token(bearer.bytes)
    }

    /// The passport in a message's `_meta`, as an object or in base64url.
    static func inBody(_ envelope: Envelope, bytesMax: Int) -> Credential {
        switch envelope.params?["_meta"]?[metaKey] {
        case .string(let text): return decode(text, bytesMax: bytesMax)
        case .object(let passport): return .passport(JSON.object(passport).serialized())
        case nil: return .none
        default: return .unreadable("the passport in _meta is neither an object nor base64url")
        }
    }

    /// What comes after `Bearer` (RFC 6750 §2.1); schemes compare without case (RFC 9110 §11.1).
    private static func bearer(_ value: UTF8String) -> UTF8String? {
        let bytes = value.bytes
        let scheme = bytes.prefix { $0 != 0x20 }.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
        guard scheme.elementsEqual("bearer".utf8) else { return nil }
        return UTF8String(validating: bytes.dropFirst(scheme.count).drop { $0 == 0x20 })
    }

    private static func decode(_ text: UTF8String, bytesMax: Int) -> Credential {
        guard text.byteCount <= (bytesMax * 4 + 2) / 3 else { return .unreadable("the passport is too long") }
        guard let bytes = Base64URL.decode(text.string), !bytes.isEmpty else {
            return .unreadable("the passport is not base64url without padding")
        }
        return .passport(bytes)
    }

    /// Whether a query has a token in it (RFC 6750 §2.3), where logs and histories would keep it.
    static func isInQuery(_ query: String?) -> Bool {
        (query ?? "").split(separator: "&").contains { $0.prefix { $0 != "=" } == "access_token" }
    }
}
