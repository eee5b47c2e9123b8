// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// How grave a log message is (RFC 5424, as MCP names them).
public enum LogLevel: String, Sendable, Hashable, CaseIterable, Comparable {
    /// For whoever looks for a mistake.
    case debug
    /// What went on.
    case info
    /// What is normal but worth a note.
    case notice
    /// What may become a mistake.
    case warning
    /// A mistake.
    case error
    /// A part has failed.
    case critical
    /// To be acted on at once.
    case alert
    /// Nothing can be used.
    case emergency

    /// The level of this name.
    public init?(_ name: UTF8String) {
        guard let level = Self.allCases.first(where: { UTF8String($0.rawValue) == name }) else { return nil }
        self = level
    }

    /// Its name.
    public var name: UTF8String { UTF8String(rawValue) }

    /// What a `logging/setLevel` asks for.
    ///
    /// - Throws: `RequestRefusal` where that is no level.
    public init(setLevel params: JSONObject?) throws(RequestRefusal) {
        guard let level = params?["level"]?.string.flatMap(LogLevel.init) else {
            throw RequestRefusal("Invalid params: level is one of debug to emergency")
        }
        self = level
    }

    /// Whether a `notifications/message` is as grave as this or graver. One without a known level is not.
    public func wants(_ message: JSONObject) -> Bool {
        message["level"]?.string.flatMap(LogLevel.init).map { $0 >= self } ?? false
    }

    /// By gravity.
    public static func < (left: LogLevel, right: LogLevel) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
