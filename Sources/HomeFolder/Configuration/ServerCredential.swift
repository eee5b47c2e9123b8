// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// `credential:` of a server with a URL: what Writ shows that server of its own.
public struct ServerCredential: Sendable {
    /// The header it stands in.
    public var header: String
    /// What stands before it there.
    public var prefix: String
    /// How it is had.
    public var source: Source

    /// How it is had.
    public enum Source: Sendable {
        /// From a file or a variable.
        case text(ConfiguredText)
        /// From a token endpoint.
        case exchange(Exchange)
    }

    /// How a token endpoint is asked.
    public struct Exchange: Sendable {
        /// Where it is.
        public var url: ServerURL
        /// Whether it may be inside a private network.
        public var isPrivate: Bool
        /// Who Writ is there.
        public var clientID: String
        /// The file with what Writ shows there.
        public var clientSecret: ConfiguredText
        /// Whether the caller's token is exchanged.
        public var isOfCaller: Bool
        /// What the token is for.
        public var audience: String?
        /// The same as a URL.
        public var resource: String?
        /// The scopes it is to have.
        public var scope: String?
    }

    private static let form = "{file: /absolute/path}, {env: NAME} or {exchange: {…}}"

    /// Reads it.
    init(_ value: JSON, at place: String, of path: String) throws(HomeError) {
        var members = try Members(value, at: place, of: path)
        let header = try members.text("header")?.string ?? "Authorization"
        if let expected = ServerHeader.refusal(of: header) { throw members.wrong("header", expected) }
        let prefix = try members.text("prefix")?.string
        if let prefix, !ServerHeader.isValue(prefix) { throw members.wrong("prefix", ServerHeader.expectedValue) }
        let file = try members.text("file")
        let variable = try members.text("env")
        let exchange = members.take("exchange")
        try members.finish()
        switch (file?.string, variable?.string, exchange) {
        case (let file?, nil, nil):
            guard file.hasPrefix("/"), !file.utf8.contains(0) else {
                throw members.wrong("file", "an absolute path")
            }
            source = .text(ConfiguredText(.file(file)))
        case (nil, let variable?, nil):
            guard !variable.utf8.contains(0) else { throw members.wrong("env", "a variable's name") }
            source = .text(ConfiguredText(.variable(variable)))
        case (nil, nil, let exchange?): source = .exchange(try Exchange(exchange, at: "\(place)/exchange", of: path))
        default: throw members.wrong("", "one of \(Self.form)")
        }
        self.header = header
        self.prefix = prefix ?? (header.lowercased() == "authorization" ? "Bearer " : "")
    }
}

extension ServerCredential.Exchange {
    private enum Subject: String, CaseIterable {
        case caller
    }

    init(_ value: JSON, at place: String, of path: String) throws(HomeError) {
        var members = try Members(value, at: place, of: path)
        let url = try members.text("token_url")
        let client = try members.text("client_id")
        let secret = try members.text("client_secret_file")
        let subject: Subject? = try members.choice("subject")
        audience = try members.text("audience")?.string
        resource = try members.text("resource")?.string
        scope = try members.text("scope")?.string
        let isPrivate = members.take("private_network")
        try members.finish()
        guard let url else { throw members.wrong("token_url", "the URL of the token endpoint") }
        do throws(ServerURL.Refusal) { self.url = try ServerURL(url.string) } catch {
            throw members.wrong("token_url", error.expected)
        }
        guard let client else { throw members.wrong("client_id", "who Writ is at the token endpoint") }
        clientID = client.string
        guard let secret = secret?.string, secret.hasPrefix("/"), !secret.utf8.contains(0) else {
            throw members.wrong("client_secret_file", "the absolute path of a file for its owner alone")
        }
        clientSecret = ConfiguredText(.file(secret))
        isOfCaller = subject == .caller
        guard isPrivate == nil || isPrivate?.bool != nil else {
            throw members.wrong("private_network", "true or false")
        }
        self.isPrivate = isPrivate?.bool ?? false
    }
}

extension Configuration.Server {
    /// What a credential of this server reads, as it is now.
    ///
    /// - Throws: `HomeError` naming the setting and what is missing, or that the text is no header's value.
    public func secret(_ text: ConfiguredText) throws(HomeError) -> String {
        let value: String
        do throws(HomeError) { value = try text.value() } catch {
            throw HomeError(error.code, "servers/\(alias)/credential: \(error.message)")
        }
        guard !value.isEmpty, ServerHeader.isValue(value) else {
            throw HomeError(.malformed, "servers/\(alias)/credential: \(text) is not \(ServerHeader.expectedValue)")
        }
        return value
    }
}
