// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import Passports
import StrictJSON
import WireTypes

/// Who a request says it is from: a token or a passport in `Authorization`, a passport in the header `Writ-Passport`,
/// else in the body's `_meta`.
struct PresentedCredential: Sendable {
    /// What there is.
    enum Kind: Sendable {
        /// A passport, or what was meant to be one.
        case credential(Credential)
        /// A token's bytes. They go to whoever verifies them and nowhere else.
        case token([UInt8])
    }

    let kind: Kind
    /// The text as it was sent, of which a proof has the digest; `nil` where it was no text.
    var text: UTF8String?
    /// The scheme in `Authorization`; `nil` elsewhere.
    var scheme: Challenge.Scheme?

    static let metaKey: UTF8String = "dev.writ/passport"

    /// Nothing.
    static let nothing = PresentedCredential(kind: .credential(.none))

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
        guard let (scheme, text) = authorization.flatMap(authorized) else {
            return passport.map {
                PresentedCredential(kind: .credential(decode($0, bytesMax: bytesMax)), text: $0)
            }
        }
        guard passport == nil else {
            throw HTTPRefusal(400, "Bad request: one credential, in Authorization or in Writ-Passport")
        }
        let isToken = text.bytes.contains(UInt8(ascii: "."))
        return PresentedCredential(
            kind: isToken ? .token(text.bytes) : .credential(decode(text, bytesMax: bytesMax)), text: text,
            scheme: scheme)
    }

    /// The passport in a message's `_meta`, as an object or in base64url.
    static func inBody(_ envelope: Envelope, bytesMax: Int) -> PresentedCredential {
        switch envelope.params?["_meta"]?[metaKey] {
        case .string(let text):
            PresentedCredential(kind: .credential(decode(text, bytesMax: bytesMax)), text: text)
        case .object(let passport):
            PresentedCredential(kind: .credential(.passport(JSON.object(passport).serialized())))
        case nil: .nothing
        default:
            PresentedCredential(
                kind: .credential(.unreadable("the passport in _meta is neither an object nor base64url")))
        }
    }

    /// What comes after `Bearer` (RFC 6750 §2.1) or `DPoP` (RFC 9449 §7.1); schemes compare without case (RFC 9110
    /// §11.1).
    private static func authorized(_ value: UTF8String) -> (Challenge.Scheme, UTF8String)? {
        let bytes = value.bytes
        let name = bytes.prefix { $0 != 0x20 }.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
        let scheme: Challenge.Scheme
        switch String(decoding: name, as: UTF8.self) {
        case "bearer": scheme = .bearer
        case "dpop": scheme = .dpop
        default: return nil
        }
        return UTF8String(validating: bytes.dropFirst(name.count).drop { $0 == 0x20 }).map { (scheme, $0) }
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

/// The proof that came with a request, and of what it must be one.
struct PresentedProof: Sendable {
    let text: UTF8String?
    let method: UTF8String
    /// What the connection has shown, which is a proof too (RFC 8705).
    let certificate: ClientCertificate?

    /// - Throws: `HTTPRefusal` with 400 where there is more than one (RFC 9449 §4.3).
    init(_ headers: HTTPHeaders, method: UTF8String, certificate: ClientCertificate? = nil) throws(HTTPRefusal) {
        do throws(RepeatedHeader) { text = try headers.single(.proof) } catch {
            throw HTTPRefusal(400, "Bad request: DPoP comes more than once")
        }
        self.method = method
        self.certificate = certificate
    }
}
