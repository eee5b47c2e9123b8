// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import WireTypes

/// Asks a token endpoint (RFC 6749 §3.2) for a token of Writ's own: by its credentials (§4.4), or in exchange for another
/// token (RFC 8693). Guarded as the fetching of keys is.
public struct TokenEndpoint: Sendable {
    /// What is asked for, and by whom.
    public struct Request: Sendable {
        /// Where the endpoint is.
        public var address: KeyAddress
        /// Whether it may have an address that is not of the public Internet.
        public var isPrivate: Bool
        /// Who asks.
        public var clientID: String
        /// What that one shows.
        public var clientSecret: String
        /// The token that is exchanged, where one is.
        public var subject: Subject?
        /// What the token is for.
        public var audience: String?
        /// The same as a URL (RFC 8707).
        public var resource: String?
        /// The scopes it is to have.
        public var scope: String?

        /// A request.
        public init(
            address: KeyAddress, isPrivate: Bool = false, clientID: String, clientSecret: String,
            subject: Subject? = nil, audience: String? = nil, resource: String? = nil, scope: String? = nil
        ) {
            self.address = address
            self.isPrivate = isPrivate
            self.clientID = clientID
            self.clientSecret = clientSecret
            self.subject = subject
            self.audience = audience
            self.resource = resource
            self.scope = scope
        }
    }

    /// A token that is exchanged.
    public struct Subject: Sendable {
        /// Its bytes: ASCII.
        public var token: [UInt8]
        /// Whether it is a JWT that says who somebody is, and no access token (RFC 8693 §3).
        public var isIdentity: Bool

        /// A token.
        public init(token: [UInt8], isIdentity: Bool) {
            self.token = token
            self.isIdentity = isIdentity
        }
    }

    /// What is given.
    public struct Grant: Sendable, Equatable {
        /// The token.
        public let token: String
        /// How long it counts, where that is said.
        public let lifetimeMilliseconds: Int64?

        /// A token.
        public init(token: String, lifetimeMilliseconds: Int64?) {
            self.token = token
            self.lifetimeMilliseconds = lifetimeMilliseconds
        }
    }

    /// Why none is given: it quotes neither a secret nor what the endpoint says in its own words.
    public struct Refusal: Error, Sendable, Equatable {
        /// For the operator.
        public let text: String
    }

    private let names: any HostNames
    private let limits: FetchLimits
    private let isPublic: @Sendable (InternetAddress) -> Bool

    /// Endpoints.
    public init(names: any HostNames = SystemHostNames(), limits: FetchLimits = FetchLimits()) {
        self.names = names
        self.limits = limits
        isPublic = { $0.isPublic }
    }

    /// Asks.
    public func ask(_ request: Request) async -> Result<Grant, Refusal> {
        let isPublic = isPublic
        let isPrivate = request.isPrivate
        let client = GuardedClient(names: names, limits: limits) { isPrivate || isPublic($0) }
        let question = GuardedClient.Question(
            accept: "application/json", answerBytesMax: FetchLimits.grantBytesMax,
            form: Self.form(request), authorization: Self.authorization(request))
        switch await client.ask(request.address, question) {
        case .failure(let failure): return .failure(Refusal(text: failure.text))
        case .success(let answer):
            guard answer.status == 200 else { return .failure(Self.refusal(answer)) }
            return Self.grant(answer.body)
        }
    }

    // MARK: - What is sent

    private static func form(_ request: Request) -> [UInt8] {
        var fields: [(String, [UInt8])] = []
        if let subject = request.subject {
            fields.append(("grant_type", Array("urn:ietf:params:oauth:grant-type:token-exchange".utf8)))
            fields.append(("subject_token", subject.token))
            fields.append(("subject_token_type", Array((subject.isIdentity ? identityType : accessType).utf8)))
            fields.append(("requested_token_type", Array(accessType.utf8)))
        } else {
            fields.append(("grant_type", Array("client_credentials".utf8)))
        }
        for (name, value) in [
            ("audience", request.audience), ("resource", request.resource), ("scope", request.scope),
        ] {
            if let value { fields.append((name, Array(value.utf8))) }
        }
        return Array(fields.map { "\($0.0)=\(escaped($0.1))" }.joined(separator: "&").utf8)
    }

    /// RFC 6749 §2.3.1: both halves as in a form, and then as in RFC 7617.
    private static func authorization(_ request: Request) -> String {
        let pair = "\(escaped(Array(request.clientID.utf8))):\(escaped(Array(request.clientSecret.utf8)))"
        return "Basic " + Base64.encode(Array(pair.utf8))
    }

    private static func escaped(_ bytes: [UInt8]) -> String {
        var text = ""
        for byte in bytes {
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x7e:
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default: text += "%" + Hex.encode([byte]).uppercased()
            }
        }
        return text
    }

    private static let accessType = "urn:ietf:params:oauth:token-type:access_token"
    private static let identityType = "urn:ietf:params:oauth:token-type:jwt"

    // MARK: - What is answered

    private static func json(_ body: [UInt8]) -> JSON? {
        do throws(JSONError) { return try JSON(parsing: body, limits: FetchLimits.grant) } catch { return nil }
    }

    /// RFC 6749 §5.1, RFC 8693 §2.2.1.
    private static func grant(_ body: [UInt8]) -> Result<Grant, Refusal> {
        guard let answer = json(body)?.object else {
            return .failure(Refusal(text: "the answer is not one strict JSON object"))
        }
        guard let token = answer["access_token"]?.string,
            (1...FetchLimits.grantedTokenBytesMax).contains(token.byteCount),
            token.bytes.allSatisfy({ (0x21...0x7e).contains($0) })
        else { return .failure(Refusal(text: "the answer has no access token that a header could carry")) }
        guard answer["token_type"]?.string?.string.lowercased() == "bearer" else {
            return .failure(Refusal(text: "the answer's token is no bearer token"))
        }
        guard let seconds = answer["expires_in"] else {
            return .success(Grant(token: token.string, lifetimeMilliseconds: nil))
        }
        // Some servers write the number as a text.
        guard let number = seconds.int64 ?? seconds.string.flatMap({ Int64($0.string) }), number > 0 else {
            return .failure(Refusal(text: "the answer does not say in seconds how long its token counts"))
        }
        return .success(
            Grant(token: token.string, lifetimeMilliseconds: min(number, FetchLimits.grantSecondsMax) * 1000))
    }

    /// The protocol's own words for why not (RFC 6749 §5.2, RFC 8693 §2.2.2), with what helps; no other word of the answer.
    private static func refusal(_ answer: GuardedClient.Answer) -> Refusal {
        let error = json(answer.body)?["error"]?.string?.string ?? ""
        let help: [String: String] = [
            "invalid_client": "client_id and client_secret_file are not what it knows",
            "invalid_request": "it does not take a question of this form",
            "invalid_grant": "it does not accept the caller's token",
            "unauthorized_client": "this client may not ask for such a token",
            "unsupported_grant_type": "it does not give tokens in this way",
            "invalid_scope": "it does not give the scope that is asked for",
            "invalid_target": "it gives none for the audience or resource that is asked for",
        ]
        guard let text = help[error] else { return Refusal(text: "the answer's status is \(answer.status)") }
        return Refusal(text: "the answer is \(answer.status), \(error): \(text)")
    }
}
