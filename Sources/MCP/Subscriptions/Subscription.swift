// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What is said on a stream of `subscriptions/listen`. Everything on it is marked with the id of the request that opened
/// it, with the id's type kept.
public enum Subscription {
    /// `params` of `subscriptions/listen` towards a server.
    public static func listenParams(_ filter: SubscriptionFilter, meta: JSONObject) -> JSONObject {
        JSONObject(members: ["notifications": filter.json]).setting(meta: meta)
    }

    /// The first message on the stream: what will be told.
    public static func acknowledgement(_ listen: RequestID, _ filter: SubscriptionFilter) -> JSON {
        let params = tagged(JSONObject(members: ["notifications": filter.json]), listen)
        return Message.notification("notifications/subscriptions/acknowledged", .object(params))
    }

    /// A notification as it stands on the stream.
    public static func notification(_ listen: RequestID, _ method: UTF8String, _ params: JSONObject?) -> JSON {
        Message.notification(method, .object(tagged(Meta.withoutOurKeys(params ?? JSONObject()), listen)))
    }

    /// The stream's end, where the gateway ends it.
    public static func end(_ listen: RequestID, serverInfo: JSON?) -> JSON {
        var result = tagged(JSONObject(members: ["resultType": "complete"]), listen)
        result = Bridge(client: .latestModern, server: .latestModern, serverInfo: serverInfo).withServerInfo(result)
        return Message.result(listen, .object(result))
    }

    /// The request whose stream a server's notification is on.
    public static func listen(in params: JSONObject?) -> RequestID? {
        params?["_meta"]?.object?[Meta.subscriptionKey].flatMap(RequestID.init)
    }

    /// A notification's parameters with the mark of a stream.
    public static func tagged(_ params: JSONObject, _ listen: RequestID) -> JSONObject {
        var meta = params["_meta"]?.object ?? JSONObject()
        meta[Meta.subscriptionKey] = listen.json
        return params.setting(meta: meta)
    }

    /// A notification's parameters without the mark: as a client of the handshake revisions, and another stream, gets it.
    public static func untagged(_ params: JSONObject) -> JSONObject {
        guard let meta = params["_meta"]?.object, meta[Meta.subscriptionKey] != nil else { return params }
        return params.setting(meta: meta.filtered { $0 != Meta.subscriptionKey })
    }
}
