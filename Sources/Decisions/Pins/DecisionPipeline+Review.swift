// SPDX-License-Identifier: Apache-2.0

public import Effects
import StrictJSON
public import ToolTypes
public import WireTypes

extension DecisionPipeline {
    /// The pinned tools as policies are checked against them: by the approved definition where there is one, else by name
    /// alone. Tools of the operator's own manifest are not among them. None of the servers is complete: others may come.
    ///
    /// - Parameter candidate: a definition that is looked at as if it were approved, before somebody approves it.
    /// - Throws: `LedgerError` where the ledger cannot be read, or the rulebook is not usable.
    public func pinnedServers(
        approving candidate: (tool: ToolReference, definition: Digest)? = nil
    ) throws(LedgerError) -> [ToolServer] {
        let manifest = try rulebook().manifest
        var pins = try ports.ledger.state().pins
        if let candidate {
            pins.approve(candidate.definition, candidate.tool.server, candidate.tool.tool)
        }
        var servers: [ToolServer] = []
        for alias in pins.aliases {
            var tools: [ToolDefinition] = []
            for (name, pin) in pins.tools(of: alias) where manifest[ToolReference(server: alias, tool: name)] == nil {
                var tool: ToolDefinition?
                if let approved = pin.approved {
                    tool = try ports.ledger.content(approved).flatMap(PinnedDefinitions.definition)
                        .flatMap(PinnedDefinitions.tool)
                }
                tools.append(tool ?? ToolDefinition(name: name, input: .undescribed))
            }
            servers.append(ToolServer(alias: alias, tools: tools, isComplete: false))
        }
        return servers
    }

    /// The policies in force against the pinned tools, as they are or as they would be: after an approval a policy may
    /// name a parameter that is no more.
    ///
    /// - Parameters:
    ///   - others: servers that are described elsewhere: by the configuration's own definitions.
    ///   - candidate: a definition that is looked at as if it were approved.
    /// - Throws: `LedgerError`, or `SchemaErrors` where the definitions are more than policies can be checked against.
    public func review(
        besides others: [ToolServer] = [], approving candidate: (tool: ToolReference, definition: Digest)? = nil
    ) throws -> PolicyReview {
        let policies = try rulebook().policies.policies
        let servers = others + (try pinnedServers(approving: candidate))
        let unknown = UnknownServers(in: policies, besides: servers)
        return try PolicyReview(of: policies, ToolSchema(servers + unknown.servers, profile: .native()))
    }
}
