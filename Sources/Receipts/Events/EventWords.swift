// SPDX-License-Identifier: Apache-2.0

/// What a kill switch stops.
public enum KillScope: String, Sendable, CaseIterable {
    /// Every call.
    case everything
    /// One agent's calls.
    case agent
    /// The calls of all agents of an owner.
    case owner
    /// Calls to one server.
    case server
    /// Calls of one tool: `<server>/<tool>`.
    case tool
}

/// By what evidence was chosen for erasure.
public enum ErasureScope: String, Sendable, CaseIterable {
    /// One receipt.
    case receipt
    /// All of one agent.
    case agent
    /// All before a moment.
    case age
}

/// Why decisions are missing from the log.
public enum GapReason: String, Sendable, CaseIterable {
    /// The log could not be written; calls were refused.
    case logUnavailable = "log_unavailable"
    /// More calls came than could be decided; they were refused.
    case overload
    /// Nobody could prove who was calling, too often to log each.
    case unauthenticated
    /// The process ended before its answers were logged; no call of them ran.
    case crash
}

/// What an agent has done that later calls are judged by.
public enum LabelWord: String, Sendable, CaseIterable {
    /// It has connected to something.
    case network
    /// It has read a file that programs keep secrets in.
    case readSecret = "read-secret"
    /// It may have had content from outside its machine.
    case readUntrusted = "read-untrusted"
}

/// What was wrong with the clock.
public enum ClockFault: String, Sendable, CaseIterable {
    /// It was behind the last entry.
    case behind
    /// It moved against the monotonic clock.
    case jumped
}
