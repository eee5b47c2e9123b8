// SPDX-License-Identifier: Apache-2.0

public import Effects
public import Passports
public import StrictJSON
public import WireTypes

/// A call under a policy pack: all that the pack's rules look at.
public struct PackCall: Sendable {
    /// The pack: `data.file.write.v1`.
    public var pack: UTF8String
    /// The canonical tool (`git.merge`), which says what a call leaves out.
    public var tool: UTF8String
    /// What is called with; OAP calls it the context.
    public var arguments: JSONObject
    /// Whether these are members that were picked from the call's own arguments, of which there may be others.
    public var isPicked: Bool
    /// The server's alias, where Writ itself says which MCP server is called; its caller's word is none.
    public var server: UTF8String?
    /// What the call would do.
    public var effects: [Effect]
    /// Who calls, with the limits that an issuer has signed.
    public var identity: VerifiedIdentity
    /// Where relative paths start, in the call and in the passport.
    public var environment: EffectEnvironment
    /// The moment.
    public var now: Timestamp

    /// A call.
    public init(
        pack: UTF8String, tool: UTF8String = "", arguments: JSONObject, isPicked: Bool = false,
        server: UTF8String? = nil,
        effects: [Effect], identity: VerifiedIdentity, environment: EffectEnvironment, now: Timestamp
    ) {
        self.pack = pack
        self.tool = tool
        self.arguments = arguments
        self.isPicked = isPicked
        self.server = server
        self.effects = effects
        self.identity = identity
        self.environment = environment
        self.now = now
    }
}
