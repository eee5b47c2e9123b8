// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

extension MethodPolicy {
    /// What happens to a client's request.
    public enum ClientRequest: Sendable, Equatable {
        /// Passed on, with an id of ours and `_meta` rebuilt.
        case forward
        /// Decided first: a tool call.
        case decide
        /// Answered with an error of code 40301.
        case refuse
    }

    /// What happens to a notification.
    public enum Notification: Sendable, Equatable {
        /// Passed on.
        case forward
        /// Passed on with the id or token it names mapped; dropped where nothing open has it.
        case map
        /// Dropped and counted.
        case drop
    }

    /// What happens to a server's request.
    public enum ServerRequest: Sendable, Equatable {
        /// Answered here, with an empty result.
        case answer
        /// Answered with an error: sampling, elicitation and roots would let a server act through the client.
        case refuse
    }

    /// A request from the client.
    public static func clientRequest(_ method: UTF8String) -> ClientRequest {
        switch method {
        case "tools/call": .decide
        case "initialize", "server/discover", "ping", "tools/list", "logging/setLevel": .forward
        default: .refuse
        }
    }

    /// A notification from the client.
    public static func clientNotification(_ method: UTF8String) -> Notification {
        switch method {
        case "notifications/initialized": .forward
        case "notifications/cancelled", "notifications/progress": .map
        default: .drop
        }
    }

    /// A request from the server.
    public static func serverRequest(_ method: UTF8String) -> ServerRequest { method == "ping" ? .answer : .refuse }

    /// A notification from the server.
    public static func serverNotification(_ method: UTF8String) -> Notification {
        switch method {
        case "notifications/message", "notifications/tools/list_changed": .forward
        case "notifications/progress", "notifications/cancelled": .map
        default: .drop
        }
    }
}
