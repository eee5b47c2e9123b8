// SPDX-License-Identifier: Apache-2.0

import Effects
import StrictJSON

/// What policies see of an operation's parameters.
enum OperationInput {
    /// The parameters without what belongs to the protocol and not to what is asked: `_meta`; in a request of the client's
    /// also `requestState`, which is the server's own and sealed, and `inputResponses`, each of which is decided as an
    /// answer. A tool's arguments are its own, whole.
    static func of(_ operation: Operation, _ parameters: JSONObject) -> JSONObject {
        var parameters = parameters
        switch operation {
        case .tool: return parameters
        case .resource, .prompt, .task:
            parameters["requestState"] = nil
            parameters["inputResponses"] = nil
        case .serverRequest, .answer, .unknown: break
        }
        parameters["_meta"] = nil
        return parameters
    }
}

/// What an operation that is no tool's would touch: what its URI names, and of a page that a person is sent to its URL.
enum OperationEffects {
    static func of(
        _ operation: Operation, _ parameters: JSONObject, _ environment: EffectEnvironment
    ) throws(EffectError) -> [Effects.Effect] {
        switch operation {
        case .resource(_, let uri): return try EffectDeriver.effects(reading: uri, environment: environment)
        case .serverRequest(method: "elicitation/create") where parameters["mode"] == "url" || parameters["url"] != nil:
            return try EffectDeriver.effects(visiting: parameters["url"], environment: environment)
        case .tool, .prompt, .task, .serverRequest, .answer, .unknown: return []
        }
    }
}
