// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

/// What an agent has done that later calls are judged by; the raw value is the policies' word.
public enum SessionLabel: String, Sendable, Hashable, CaseIterable, Comparable {
    /// It has connected to something.
    case network
    /// It has read a file that programs keep secrets in.
    case readSecret = "read-secret"
    /// It may have had content from outside this machine.
    case readUntrusted = "read-untrusted"

    /// By their words.
    public static func < (left: SessionLabel, right: SessionLabel) -> Bool { left.rawValue < right.rawValue }
}

/// The labels of all agents, each until a moment. They are the verified agent's, whatever session it says it is in.
public struct SessionLabels: Sendable, Hashable {
    private var agents: [UTF8String: [SessionLabel: Timestamp]] = [:]

    /// None.
    public init() {}

    /// Whether no agent has had any.
    public var isEmpty: Bool { agents.isEmpty }

    /// The agents that have had labels since they were last cleared, sorted.
    public var agentIDs: [UTF8String] { agents.keys.sorted() }

    /// The labels of an agent, each with the moment from which it is no longer in force; those that are over too.
    public subscript(agent: UTF8String) -> [SessionLabel: Timestamp] {
        get { agents[agent] ?? [:] }
        set { agents[agent] = newValue.isEmpty ? nil : newValue }
    }

    /// What an agent's calls at a moment are judged by.
    public func inForce(of agent: UTF8String, at moment: Timestamp) -> Set<SessionLabel> {
        Set(self[agent].lazy.filter { $0.value > moment }.map(\.key))
    }

    /// Adds labels, or keeps them longer; never shorter.
    ///
    /// - Parameter moment: when that was logged.
    /// - Returns: whether a call may have been judged without one of them. A label that is about to end counts as gone:
    ///   who decides at the same moment by another clock may have found it so.
    mutating func add(
        _ labels: [SessionLabel], to agent: UTF8String, at moment: Timestamp, until end: Timestamp
    ) -> Bool {
        let soon = moment.adding(milliseconds: LedgerState.clockToleranceMilliseconds)
        var isGained = false
        for label in labels {
            let old = self[agent][label]
            if old.map({ $0 <= soon }) ?? true { isGained = true }
            self[agent][label] = max(old ?? end, end)
        }
        return isGained
    }

    mutating func clear(_ agent: UTF8String) { agents[agent] = nil }
}
