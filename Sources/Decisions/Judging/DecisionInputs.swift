// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
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
    /// What the operator has laid down.
    public var rulebook: Rulebook
    /// What an absolute path of this machine names, symbolic links followed. What it said is kept in evidence, and a
    /// replay asks that.
    public var resolve: @Sendable (UTF8String) -> [UTF8String]

    /// Inputs.
    public init(
        call: ToolCall, now: Timestamp, local: LocalTime, killSwitches: [KillSwitch],
        standings: [UTF8String: LoggedStanding], rulebook: Rulebook,
        resolve: @escaping @Sendable (UTF8String) -> [UTF8String]
    ) {
        self.call = call
        self.now = now
        self.local = local
        self.killSwitches = killSwitches
        self.standings = standings
        self.rulebook = rulebook
        self.resolve = resolve
    }
}
