// SPDX-License-Identifier: Apache-2.0

import Decisions
import Gateway
import MCP
import Passports
import StrictJSON
import Synchronization

/// Says who asks, by passport or token, whether who asks has the key that it is bound to, and whether a token is for this
/// door and has the scopes that a request takes.
///
/// A policy's refusal is no matter of scopes: that is decided, logged and answered behind the door.
final class DoorIdentification: Sendable {
    private struct Place {
        var resource: ProtectedResource?
        /// What else clients on this machine call it, where nothing is configured.
        var other: ProtectedResource?
    }

    private let tokens: (any BearerTokens)?
    private let proofs: (any PossessionProofs)?
    private let place: Mutex<Place>

    init(tokens: (any BearerTokens)?, proofs: (any PossessionProofs)? = nil, resource: ProtectedResource?) {
        self.tokens = tokens
        self.proofs = proofs
        place = Mutex(Place(resource: resource))
    }

    private var resource: ProtectedResource? { place.withLock { $0.resource } }

    /// The door is open: where it listens is what tokens are given for, where nothing else is said.
    func listens(on address: DoorAddress, isSecure: Bool) {
        place.withLock { place in
            guard place.resource == nil else { return }
            place.resource = ProtectedResource("\(isSecure ? "https" : "http")://\(address)/mcp")
            place.other = place.resource?.at("localhost:\(address.port)")
        }
    }

    /// A nonce for the next proof, where proofs need one.
    var nonce: UTF8String? { proofs?.nonce }

    /// The metadata that a path asks for, and of what.
    func metadata(_ path: String) -> (scope: Scope, metadata: JSON)? {
        guard let tokens, let resource, let scope = resource.scope(ofMetadataPath: path),
            let metadata = resource.metadata(of: scope, tokens.issuers, proofs: proofs?.algorithms ?? [])
        else { return nil }
        return (scope, metadata)
    }

    func missing(_ scope: Scope, _ id: RequestID?) -> HTTPRefusal { challenge(scope).missing(id: id) }

    func principal(
        _ shown: PresentedCredential, _ proof: PresentedProof, _ scope: Scope, _ hub: any GatewayHub, _ id: RequestID?
    ) async throws(HTTPRefusal) -> Principal {
        let challenge = challenge(scope, shown.scheme)
        let credential: Credential
        var used: ShownProof?
        switch shown.kind {
        case .credential(.none):
            // A workload that shows nothing else is known by its connection's certificate.
            guard let workload = proof.certificate?.credential else { throw missing(scope, id) }
            credential = .verified(workload)
        case .credential(.unreadable(let text)): throw challenge.unverified(text, id: id)
        case .credential(.passport(let bytes))
        where shown.scheme == .dpop || (shown.scheme == nil && proof.text != nil):
            let shownKey = try key(proof, of: shown, scope, id)
            (credential, used) = (.held(bytes, shownKey.possession), shownKey)
        case .credential(let passport): credential = passport
        case .token(let token):
            var verified = try await verified(token, shown.scheme, scope, id, proof.certificate)
            if let key = verified.facts.boundKey {
                let shownKey = try self.key(proof, of: shown, scope, id)
                guard shownKey.possession.key == key else {
                    throw challenge.invalidProof("the proof is of another key than the token is bound to", id: id)
                }
                do throws(PassportError) { verified = try verified.proved(by: .dpop) } catch {
                    throw challenge.invalidToken("the token has a claim that cannot be written exactly", id: id)
                }
                used = shownKey
            }
            credential = .verified(verified)
        }
        switch await hub.principal(credential) {
        case .success(let principal):
            // The last thing: only what is accepted is remembered.
            if let used, let refusal = proofs?.use(used) { throw self.refusal(refusal, scope, id) }
            return principal
        case .failure(let refusal):
            guard case .verified = credential else { throw challenge.unverified(refusal.text, id: id) }
            throw challenge.invalidToken(refusal.text, id: id)
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
        let scheme: Challenge.Scheme = token.facts.proof == .dpop ? .dpop : .bearer
        try require(token, UTF8String(String(name.string[..<end])), tokens.issuers, challenge(scope, scheme), id)
    }

    // MARK: - Keys

    /// The key that the request's proof shows.
    private func key(
        _ proof: PresentedProof, of shown: PresentedCredential, _ scope: Scope, _ id: RequestID?
    ) throws(HTTPRefusal) -> ShownProof {
        let challenge = challenge(scope, shown.scheme)
        guard let proofs else { throw challenge.unverified("no proofs of keys are accepted here", id: id) }
        guard let text = proof.text else {
            throw challenge.invalidProof("a proof is needed, in the header DPoP", id: id)
        }
        guard let credential = shown.text else {
            throw challenge.invalidProof("a passport that comes with a proof is written in base64url", id: id)
        }
        let places = place.withLock { [$0.resource, $0.other] }.compactMap { $0 }
        let request = ProvedRequest(
            method: proof.method, urls: places.map { UTF8String($0.url(of: scope)) }, credential: credential.bytes)
        switch proofs.verify(text, of: request) {
        case .success(let key): return key
        case .failure(let refusal): throw self.refusal(refusal, scope, id)
        }
    }

    private func refusal(_ refusal: ProofRefusal, _ scope: Scope, _ id: RequestID?) -> HTTPRefusal {
        switch refusal.code {
        case .invalid: return challenge(scope).invalidProof(refusal.text, id: id)
        case .nonce: return challenge(scope).nonceNeeded(nonce ?? "", refusal.text, id: id)
        case .tooMany:
            return HTTPRefusal(
                429, code: HTTPErrorCode.tooMuch, "Too many requests: \(refusal.text)", id: id,
                headers: [HTTPHeaderLine(name: "Retry-After", value: "10")], reason: .tooManyOpenRequests)
        }
    }

    // MARK: - Tokens

    private func verified(
        _ token: [UInt8], _ scheme: Challenge.Scheme?, _ scope: Scope, _ id: RequestID?,
        _ certificate: ClientCertificate?
    ) async throws(HTTPRefusal) -> VerifiedCredential {
        let challenge = challenge(scope, scheme)
        guard let tokens, !tokens.issuers.isEmpty else {
            throw challenge.unverified("no tokens are accepted here, but passports", id: id)
        }
        var credential: VerifiedCredential
        switch await tokens.verify(token) {
        case .success(let verified): credential = verified
        case .failure(let refusal) where refusal.code == .keysUnavailable:
            throw HTTPRefusal(
                503, code: HTTPErrorCode.unauthenticated, "Service unavailable: \(refusal.text)", id: id,
                headers: [HTTPHeaderLine(name: "Retry-After", value: "10")])
        case .failure(let refusal): throw challenge.invalidToken(refusal.text, id: id)
        }
        let issuers = tokens.issuers
        guard let issuer = issuers[credential.facts.issuer], let resource,
            issuer.isMeant(credential.facts.audience, for: resource.audiences(of: scope))
        else { throw challenge.invalidToken("the token is meant for another resource", id: id) }
        do throws(TokenRefusal) { credential = try credential.proved(by: certificate) } catch {
            throw challenge.invalidToken(error.text, id: id)
        }
        if let refusal = Self.refusal(of: credential, issuer, under: scheme) {
            throw challenge.invalidToken(refusal, id: id)
        }
        try require(credential, scope.server, issuers, challenge, id)
        return credential
    }

    /// A token that is bound to a key comes under the scheme that has a proof of it, and no other does (RFC 9449 §7.2).
    private static func refusal(
        of token: VerifiedCredential, _ issuer: TokenIssuer, under scheme: Challenge.Scheme?
    ) -> UTF8String? {
        guard token.facts.confirmation != nil else {
            if scheme == .dpop { return "the token is bound to no key, so that a proof of one says nothing" }
            return issuer.needsProof ? "tokens of this issuer are accepted only where they are bound to a key" : nil
        }
        if token.facts.proof == .mtls {
            return scheme == .dpop ? "the token is bound to a certificate, and comes under the scheme Bearer" : nil
        }
        guard token.facts.boundKey != nil else {
            return "the token is bound to a key, and there is no proof of that key that is accepted here"
        }
        return scheme == .dpop
            ? nil : "the token is bound to a key, and there is no proof of that key: it comes under the scheme DPoP"
    }

    private func require(
        _ token: VerifiedCredential, _ server: UTF8String?, _ issuers: TokenIssuers, _ challenge: Challenge,
        _ id: RequestID?
    ) throws(HTTPRefusal) {
        guard !token.missingScopes(for: server, issuers).isEmpty else { return }
        var challenge = challenge
        challenge.scopes = issuers[token.facts.issuer]?.scopes(for: server) ?? []
        throw challenge.insufficientScope(id: id)
    }

    private func challenge(_ scope: Scope, _ scheme: Challenge.Scheme? = nil) -> Challenge {
        var challenge = Challenge(algorithms: proofs?.algorithms ?? [], scheme: scheme ?? .bearer)
        if let tokens, let resource, resource.metadata(of: scope, tokens.issuers) != nil {
            challenge.metadata = resource.metadataURL(of: scope)
            challenge.scopes = ProtectedResource.scopes(of: scope, tokens.issuers)
        }
        return challenge
    }
}
