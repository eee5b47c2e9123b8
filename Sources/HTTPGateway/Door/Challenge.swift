// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON

/// What a client is told whose credential does not do (RFC 9110 §11.6.1, RFC 6750 §3, RFC 9449 §7.1, RFC 9728 §5.1).
struct Challenge: Sendable, Equatable {
    /// How a credential may come.
    enum Scheme: String, Sendable {
        /// Who has it is its bearer.
        case bearer = "Bearer"
        /// With a proof of the key that it is bound to.
        case dpop = "DPoP"
    }

    /// Where the metadata of this resource are, where there is a server that gives tokens for it.
    var metadata: String?
    /// The scopes that a token must have, all of them.
    var scopes: [UTF8String] = []
    /// The algorithms of proofs, where proofs are accepted.
    var algorithms: [UTF8String] = []
    /// How the credential came: what is wrong is said under this one.
    var scheme = Scheme.bearer

    /// 401: nothing was shown.
    func missing(id: RequestID? = nil) -> HTTPRefusal {
        let what =
            metadata == nil ? "a passport is needed" : "a token is needed, in the header Authorization, or a passport"
        return refusal(401, "Unauthorized: \(what), in the header Writ-Passport or in _meta", [], id: id)
    }

    /// 401: what was shown is no passport that verifies.
    func unverified(_ text: UTF8String, id: RequestID? = nil) -> HTTPRefusal {
        refusal(401, "Unauthorized: \(text)", [], id: id)
    }

    /// 401: what was shown is no token that is accepted.
    func invalidToken(_ text: UTF8String, id: RequestID? = nil) -> HTTPRefusal {
        refusal(401, "Unauthorized: \(text)", [("error", "invalid_token"), ("error_description", text.string)], id: id)
    }

    /// 401: what was shown is no proof of this request.
    func invalidProof(_ text: UTF8String, id: RequestID? = nil) -> HTTPRefusal {
        var challenge = self
        challenge.scheme = .dpop
        return challenge.refusal(
            401, "Unauthorized: \(text)", [("error", "invalid_dpop_proof"), ("error_description", text.string)], id: id)
    }

    /// 401: the proof must have this nonce (RFC 9449 §9).
    func nonceNeeded(_ nonce: UTF8String, _ text: UTF8String, id: RequestID? = nil) -> HTTPRefusal {
        var challenge = self
        challenge.scheme = .dpop
        var refusal = challenge.refusal(
            401, "Unauthorized: \(text)", [("error", "use_dpop_nonce"), ("error_description", text.string)], id: id)
        refusal.headers.append(HTTPHeaderLine(name: "DPoP-Nonce", value: nonce.string))
        return refusal
    }

    /// 403: the token lacks a scope; the challenge has all that the request takes.
    func insufficientScope(id: RequestID? = nil) -> HTTPRefusal {
        refusal(403, "Forbidden: the token lacks a scope that this takes", [("error", "insufficient_scope")], id: id)
    }

    private func refusal(
        _ status: Int, _ text: String, _ error: [(String, String)], id: RequestID?
    ) -> HTTPRefusal {
        let schemes: [Scheme] = algorithms.isEmpty ? [.bearer] : [.bearer, .dpop]
        let lines = schemes.map { HTTPHeaderLine(name: "WWW-Authenticate", value: line($0, error)) }
        return HTTPRefusal(
            status, code: status == 403 ? HTTPErrorCode.insufficientScope : HTTPErrorCode.unauthenticated, text, id: id,
            headers: lines)
    }

    private func line(_ scheme: Scheme, _ error: [(String, String)]) -> String {
        var parameters = [("realm", "writ")]
        if scheme == self.scheme || algorithms.isEmpty { parameters += error }
        if let metadata { parameters.append(("resource_metadata", metadata)) }
        if !scopes.isEmpty { parameters.append(("scope", scopes.map(\.string).joined(separator: " "))) }
        if scheme == .dpop { parameters.append(("algs", algorithms.map(\.string).joined(separator: " "))) }
        return "\(scheme.rawValue) "
            + parameters.map { "\($0.0)=\"\(Self.quotable($0.1))\"" }.joined(separator: ", ")
    }

    /// What may stand between quotes (RFC 6750 §3): the configuration's words may have others.
    private static func quotable(_ text: String) -> String {
        String(
            decoding: text.utf8.map { (0x20...0x7e).contains($0) && $0 != 0x22 && $0 != 0x5c ? $0 : 0x3f },
            as: UTF8.self)
    }
}
