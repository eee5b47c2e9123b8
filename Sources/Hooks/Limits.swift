// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What bounds a hook's conversation.
public enum HookLimits {
    /// An event. Events after a tool carry its result, and Cursor's before reading a file carry the file.
    public static let eventBytes = 8 << 20
    /// What is read of standard input, to leave out of it the results that make an event larger than that.
    public static let inputBytes = 64 << 20
    /// How deep an event is nested, and how many values it has.
    public static let event = JSONLimits(bytesMax: eventBytes, depthMax: 64, nodesMax: 500_000)
    /// A call's parameters as text: the largest call that is judged through any door.
    public static let parameterBytes = 4 << 20
    /// A name or id in an event: far above real ones, which have some tens of bytes.
    public static let nameBytes = 1 << 10
    /// What is said to an agent or a person: what harnesses show without cutting.
    public static let reasonBytes = 2_000
    /// How long an answer may take before it is a deny, in milliseconds: well inside every harness's own time-out.
    public static let deadlineMilliseconds: Int64 = 2_000
    /// How long after an event another one is the same call told twice, in milliseconds: a harness tells of a call again
    /// just before it runs, with only other hooks and perhaps a person's prompt in between.
    public static let sameCallMilliseconds: Int64 = 10_000
    /// Receipts of a session that are looked through for a call: more than run beside each other.
    public static let callsRemembered = 1_024
}
