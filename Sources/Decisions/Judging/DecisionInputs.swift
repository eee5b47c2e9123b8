// SPDX-License-Identifier: Apache-2.0

import Effects
import Packs
public import StrictJSON
public import ToolTypes
public import WireTypes

/// All that a verdict depends on. The same inputs give the same verdict, today and in a replay.
public struct DecisionInputs: Sendable {
    /// The call.
    public var call: ToolCall
    /// The time that policy sees.
    public var now: Timestamp
    /// The same in the configured zone.
    public var local: LocalTime
    /// Switches that are on.
    public var killSwitches: [KillSwitch]
    /// What the log says of the agent that the credential names.
    public var standings: [UTF8String: LoggedStanding]
    /// What the log says of the tool's definition, where the call is held to it.
    public var pin: Pin?
    /// How arguments are read by the pin's approved definition.
    public var pinnedType: ArgumentType
    /// What agents have done before, of which only the verified agent's matters; `nil` where labels were unknown yet, in
    /// evidence of an older version: then the call has none of its own either.
    public var labels: SessionLabels?
    /// What the log says of the approval that the call asks for; `nil` where it asks for none, or nobody has looked yet.
    public var approval: ApprovalFacts?
    /// The task grants of whoever calls, and of those on whose authority that is; `nil` where there are none.
    public var grants: GrantsInForce?
    /// What the operator has laid down.
    public var rulebook: Rulebook
    /// What an absolute path of this machine names, symbolic links followed. What it said is kept in evidence, and a
    /// replay asks that.
    public var resolve: @Sendable (UTF8String) -> [UTF8String]

    /// Inputs. The packs of a call that names none are the rulebook's.
    public init(
        call: ToolCall, now: Timestamp, local: LocalTime, killSwitches: [KillSwitch],
        standings: [UTF8String: LoggedStanding], pin: Pin? = nil, pinnedType: ArgumentType = .undeclared,
        labels: SessionLabels? = nil, grants: GrantsInForce? = nil, rulebook: Rulebook,
        resolve: @escaping @Sendable (UTF8String) -> [UTF8String]
    ) {
        self.call = call
        if call.packs == nil { self.call.packs = rulebook.packs.bindings(of: call) }
        self.now = now
        self.local = local
        self.killSwitches = killSwitches
        self.standings = standings
        self.pin = pin
        self.pinnedType = pinnedType
        self.labels = labels
        self.grants = grants
        self.rulebook = rulebook
        self.resolve = resolve
    }
}

extension DecisionInputs {
    /// The policies that the call is judged by: the operator's, and those of task grants.
    public var policies: PolicyBook { grants?.book ?? rulebook.policies }

    /// The tool called, as pins and maps name it; `nil` of another operation.
    var tool: ToolReference? {
        call.operation == .tool ? ToolReference(server: call.server, tool: call.tool) : nil
    }

    /// How the arguments are read: by the operator's own definitions, else by the pinned one where the call is held to it.
    /// Only a tool's are declared.
    var argumentType: ArgumentType {
        guard call.operation == .tool else { return .undeclared }
        return rulebook.argumentTypes[server: call.server, tool: call.tool] ?? pinnedType
    }

    /// The definition that may be called: of the operator's manifest, else of the log.
    var approvedDefinition: Digest? { tool.flatMap { rulebook.manifest[$0] } ?? pin?.approved }

    /// The map of the tool: the operator's, else the built-in one of the server's program.
    var map: ToolMap? { tool.flatMap { rulebook.map(of: $0, builtIn: call.builtInMap) } }
}

extension ToolPacks {
    /// The packs of a call.
    func bindings(of call: ToolCall) -> [PackBinding] {
        guard call.operation == .tool else { return [] }
        return bindings(
            server: call.server, tool: call.tool, map: call.builtInMap, isServed: call.surface == .gateway)
    }
}
