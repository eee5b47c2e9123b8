// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What a client says of itself: in `initialize` once, or with every request of the stateless revision. Claims, all of it.
public struct ClientFacts: Sendable, Equatable {
    /// The era it speaks.
    public var era: Era
    /// The revision it asked for, or speaks.
    public var version: UTF8String
    /// Its capabilities, as it wrote them.
    public var capabilities: JSONObject
    /// `clientInfo`, as it wrote it.
    public var info: JSON?

    /// A client's words.
    public init(era: Era, version: UTF8String, capabilities: JSONObject, info: JSON?) {
        self.era = era
        self.version = version
        self.capabilities = capabilities
        self.info = info
    }
}

/// What a server says of itself: the result of `initialize` or of `server/discover`. Claims, all of it.
public struct ServerFacts: Sendable, Equatable {
    /// The era it is spoken to in.
    public var era: Era
    /// The revision that was agreed on.
    public var version: UTF8String
    /// Its capabilities, as it wrote them.
    public var capabilities: JSONObject
    /// `serverInfo`, as it wrote it.
    public var info: JSON?
    /// Text for the model, untrusted.
    public var instructions: UTF8String?
    /// The whole result, for what passes it on.
    public var result: JSONObject

    /// A server's words.
    public init(
        era: Era, version: UTF8String, capabilities: JSONObject, info: JSON?, instructions: UTF8String?,
        result: JSONObject
    ) {
        self.era = era
        self.version = version
        self.capabilities = capabilities
        self.info = info
        self.instructions = instructions
        self.result = result
    }
}
