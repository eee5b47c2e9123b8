// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// The messages that Writ itself originates.
public enum Message {
    /// An answer with a result.
    public static func result(_ id: RequestID, _ result: JSON) -> JSON {
        ["jsonrpc": "2.0", "id": id.json, "result": result]
    }

    /// An answer with an error. Without an id where there is none to answer (MCP's schema has no null ids).
    public static func error(_ id: RequestID?, code: Int64, _ message: UTF8String, data: JSON? = nil) -> JSON {
        var error = JSONObject(members: ["code": .integer(code), "message": .string(message)])
        error["data"] = data
        var answer = JSONObject(members: ["jsonrpc": "2.0"])
        answer["id"] = id?.json
        answer["error"] = .object(error)
        return .object(answer)
    }

    /// A notification.
    public static func notification(_ method: UTF8String, _ params: JSON) -> JSON {
        ["jsonrpc": "2.0", "method": .string(method), "params": params]
    }

    /// A denied tool call: a result, so that the model reads the reason and the session lives on. `answer` is the
    /// decision's answer; its `reason` and `receipt_id` are in the text, all of it is in `_meta`.
    public static func denial(_ id: RequestID, era: Era, answer: JSON) -> JSON {
        var text = "Denied by Writ"
        if let reason = answer["reason"]?.string { text += ": \(reason)" }
        if let receipt = answer["receipt_id"]?.string { text += "\nReceipt \(receipt)." }
        text += "\nThe call was not made. Do not retry it unchanged."
        var result = JSONObject()
        if era == .modern { result["resultType"] = "complete" }
        result["content"] = [["type": "text", "text": .text(text)]]
        result["isError"] = true
        result["_meta"] = .object(JSONObject(members: [Meta.decisionKey: answer]))
        return Self.result(id, .object(result))
    }

    /// A tool call that was permitted or not yet decided and could not be made or finished: a result with `isError`.
    public static func failure(_ id: RequestID, era: Era, _ text: UTF8String) -> JSON {
        var result = JSONObject()
        if era == .modern { result["resultType"] = "complete" }
        result["content"] = [["type": "text", "text": .string(text)]]
        result["isError"] = true
        return Self.result(id, .object(result))
    }

    /// Any other denied request: a JSON-RPC error with the answer in `data`.
    public static func denied(_ id: RequestID, answer: JSON) -> JSON {
        error(id, code: ErrorCode.denied, answer["reason"]?.string ?? "Denied by Writ", data: answer)
    }
}

extension JSONObject {
    /// Members in the order written; of a key written twice in source the last value stays.
    init(members: KeyValuePairs<UTF8String, JSON>) {
        self.init()
        for (key, value) in members { self[key] = value }
    }
}
