// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Something an agent may be asked to do (OAP 1.0, `capabilities`): an id such as `data.export`, and what comes with it.
public struct Capability: Sendable, Equatable {
    /// `^[a-z0-9]+(\.[a-z0-9]+)*$`, at most 128 bytes.
    public let id: UTF8String
    /// Any JSON object; empty where the passport has none.
    public let params: JSONObject

    /// A capability.
    ///
    /// - Throws: `PassportError` (`invalidValue`) where the id is not of OAP's form.
    public init(_ id: UTF8String, params: JSONObject = JSONObject()) throws(PassportError) {
        try self.init(id, params: params, at: JSONPointer(["id"]))
    }

    init(_ id: UTF8String, params: JSONObject, at path: JSONPointer) throws(PassportError) {
        guard Identifier.isCapability(id) else {
            throw PassportError(
                .invalidValue, at: path, "not a capability's id",
                "use lower-case letters and digits in parts joined by dots, such as data.export")
        }
        self.id = id
        self.params = params
    }

    var json: JSON {
        var object = JSONObject()
        object["id"] = .string(id)
        if !params.isEmpty { object["params"] = .object(params) }
        return .object(object)
    }
}
