// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// How far a task is, in both of its forms.
public enum TaskStatus: String, Sendable, Hashable, CaseIterable {
    /// Under way.
    case working
    /// Waiting for the client.
    case inputRequired = "input_required"
    /// Ended well.
    case completed
    /// Ended badly.
    case failed
    /// Taken back.
    case cancelled

    /// The status of a task, of the result that made it or tells of it, or of its notification; `nil` where there is none
    /// that is known.
    public init?(of body: JSONObject) {
        guard let text = (body["task"]?["status"] ?? body["status"])?.string,
            let status = Self.allCases.first(where: { UTF8String($0.rawValue) == text })
        else { return nil }
        self = status
    }

    /// Whether nothing follows.
    public var isFinal: Bool {
        switch self {
        case .working, .inputRequired: false
        case .completed, .failed, .cancelled: true
        }
    }
}
