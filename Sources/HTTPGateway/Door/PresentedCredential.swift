// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON
import WireTypes

/// Who a request says it is from: a passport in the header `Writ-Passport`, else in the body's `_meta`.
enum PresentedCredential {
    static let metaKey: UTF8String = "dev.writ/passport"

    /// The header's passport; `nil` where there is none.
    ///
    /// - Throws: `HTTPRefusal` with 400 where there are two.
    static func inHeader(_ headers: HTTPHeaders, bytesMax: Int) throws(HTTPRefusal) -> Credential? {
        do throws(RepeatedHeader) {
            guard let text = try headers.single(.passport) else { return nil }
            return decode(text, bytesMax: bytesMax)
        } catch {
            throw HTTPRefusal(400, "Bad request: Writ-Passport comes more than once")
        }
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

    private static func decode(_ text: UTF8String, bytesMax: Int) -> Credential {
        guard text.byteCount <= (bytesMax * 4 + 2) / 3 else { return .unreadable("the passport is too long") }
        guard let bytes = Base64URL.decode(text.string), !bytes.isEmpty else {
            return .unreadable("the passport is not base64url without padding")
        }
        return .passport(bytes)
    }
}

/// What a client is told that has no credential that verifies (RFC 9110 §11.6.1, RFC 9728 §5.1).
public struct Challenge: Sendable, Equatable {
    /// Where the metadata of this resource are, once there is a server that gives tokens for it.
    public var resourceMetadata: String?

    /// A challenge.
    public init(resourceMetadata: String? = nil) { self.resourceMetadata = resourceMetadata }

    /// The value of `WWW-Authenticate`.
    var value: String {
        "Bearer realm=\"writ\"" + (resourceMetadata.map { ", resource_metadata=\"\($0)\"" } ?? "")
    }

    func refusal(_ text: String, id: RequestID? = nil) -> HTTPRefusal {
        HTTPRefusal(
            401, code: HTTPErrorCode.unauthenticated, text, id: id,
            headers: [HTTPHeaderLine(name: "WWW-Authenticate", value: value)])
    }
}
