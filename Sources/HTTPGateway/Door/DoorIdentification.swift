// SPDX-License-Identifier: Apache-2.0

import Decisions
import Gateway
import MCP
import Passports
import StrictJSON
import Synchronization

/// Says who asks, by passport or token, and whether a token is for this door and has the scopes that a request takes.
///
/// A policy's refusal is no matter of scopes: that is decided, logged and answered behind the door.
final class DoorIdentification: Sendable {
    private let tokens: (any BearerTokens)?
    private let resource: Mutex<ProtectedResource?>

    init(tokens: (any BearerTokens)?, resource: ProtectedResource?) {
        self.tokens = tokens
        self.resource = Mutex(resource)
    }

    /// The door is open: where it listens is what tokens are given for, where nothing else is said.
    func listens(on address: DoorAddress, isSecure: Bool) {
        resource.withLock { resource in
            if resource == nil { resource = ProtectedResource("\(isSecure ? "https" : "http")://\(address)/mcp") }
        }
    }

    /// The metadata that a path asks for, and of what.
    func metadata(_ path: String) -> (scope: Scope, metadata: JSON)? {
        guard let tokens, let resource = resource.withLock({ $0 }), let scope = resource.scope(ofMetadataPath: path),
            let metadata = resource.metadata(of: scope, tokens.issuers)
        else { return nil }
        return (scope, metadata)
    }

    func missing(_ scope: Scope, _ id: RequestID?) -> HTTPRefusal { challenge(scope).missing(id: id) }

    func principal(
        _ shown: PresentedCredential, _ scope: Scope, _ hub: any GatewayHub, _ id: RequestID?,
        _ certificate: ClientCertificate?
    ) async throws(HTTPRefusal) -> Principal {
        let credential: Credential
        switch shown {
        case .credential(.none): throw missing(scope, id)
        case .credential(.unreadable(let text)): throw challenge(scope).unverified(text, id: id)
        case .credential(let passport): credential = passport
        case .token(let token): credential = .verified(try await verified(token, scope, id, certificate))
        }
        switch await hub.principal(credential) {
        case .success(let principal): return principal
        case .failure(let refusal):
            guard case .verified = credential else { throw challenge(scope).unverified(refusal.text, id: id) }
            throw challenge(scope).invalidToken(refusal.text, id: id)
        }
    }

    /// Refuses a call whose token lacks a scope that its server takes, where the server can be seen from here; the judge
    /// looks at it in any case.
    func checkScopes(
        of principal: Principal, _ envelope: Envelope, _ scope: Scope, _ id: RequestID?
    ) throws(HTTPRefusal) {
        guard case .verified(let token) = principal.credential, let tokens, scope == .everything,
            case .request(_, "tools/call") = envelope.kind, let name = envelope.params?["name"]?.string,
            let end = name.string.firstRange(of: "__")?.lowerBound
        else { return }
        try require(token, UTF8String(String(name.string[..<end])), tokens.issuers, scope, id)
    }

    private func verified(
        _ token: [UInt8], _ scope: Scope, _ id: RequestID?, _ certificate: ClientCertificate?
    ) async throws(HTTPRefusal) -> VerifiedCredential {
        guard let tokens, !tokens.issuers.isEmpty else {
            throw challenge(scope).unverified("no tokens are accepted here, but passports", id: id)
        }
        var credential: VerifiedCredential
        switch await tokens.verify(token) {
        case .success(let verified): credential = verified
        case .failure(let refusal) where refusal.code == .keysUnavailable:
            throw HTTPRefusal(
                503, code: HTTPErrorCode.unauthenticated, "Service unavailable: \(refusal.text)", id: id,
                headers: [HTTPHeaderLine(name: "Retry-After", value: "10")])
        case .failure(let refusal): throw challenge(scope).invalidToken(refusal.text, id: id)
        }
        let issuers = tokens.issuers
        guard let issuer = issuers[credential.facts.issuer], let resource = resource.withLock({ $0 }),
            issuer.isMeant(credential.facts.audience, for: resource.audiences(of: scope))
        else { throw challenge(scope).invalidToken("the token is meant for another resource", id: id) }
        do throws(TokenRefusal) { credential = try credential.proved(by: certificate) } catch {
            throw challenge(scope).invalidToken(error.text, id: id)
        }
        guard credential.facts.confirmation == nil || credential.facts.proof != .none else {
            throw challenge(scope).invalidToken(
                "the token is bound to a key, and there is no proof of that key", id: id)
        }
        try require(credential, scope.server, issuers, scope, id)
        return credential
    }

    private func require(
        _ token: VerifiedCredential, _ server: UTF8String?, _ issuers: TokenIssuers, _ scope: Scope, _ id: RequestID?
    ) throws(HTTPRefusal) {
        guard !token.missingScopes(for: server, issuers).isEmpty else { return }
        var challenge = challenge(scope)
        challenge.scopes = issuers[token.facts.issuer]?.scopes(for: server) ?? []
        throw challenge.insufficientScope(id: id)
    }

    private func challenge(_ scope: Scope) -> Challenge {
        guard let tokens, let resource = resource.withLock({ $0 }),
            resource.metadata(of: scope, tokens.issuers) != nil
        else { return Challenge() }
        return Challenge(
            metadata: resource.metadataURL(of: scope), scopes: ProtectedResource.scopes(of: scope, tokens.issuers))
    }
}
