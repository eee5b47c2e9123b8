// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON
import Testing

/// Members that some readers take for others: an envelope with one of them is no message.
@Suite struct MemberNameTests {
    @Test(
        arguments: [
            "Method", "PARAMS", "Id", "Result", "eRror", "JSONRPC", "param\u{17f}", "i\u{44}", "re\u{17f}ult",
            "\u{131}d", "\u{130}d",
        ] as [String])
    func `a message whose member differs from a known one in case is refused`(member: String) throws {
        let message = try json(#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{},"\#(member)":{}}"#)
        #expect(throws: EnvelopeError.self) { try Envelope(message) }
    }

    @Test(
        arguments: [
            "Name", "ARGUMENTS", "Uri", "_META", "_Meta", "TaskId", "taskID", "RequestState", "inputresponses", "Task",
            "Cursor", "RequestId",
            "ProgressToken", "ProtocolVersion", "Capabilities", "ClientInfo", "Ref", "Notifications", "Level", "URL",
            "Mode", "Message",
            "RequestedSchema", "Messages", "SystemPrompt", "Tools", "ta\u{17f}k", "ta\u{17f}kId", "tas\u{212a}",
            "ur\u{131}", "reque\u{17f}tState",
            "argument\u{17f}", "input\u{52}e\u{17f}ponses",
        ] as [String])
    func `parameters with a member that differs from a known one in case are refused`(member: String) throws {
        for text in [
            #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"safe","\#(member)":"evil"}}"#,
            #"{"jsonrpc":"2.0","method":"notifications/x","params":{"\#(member)":"evil"}}"#,
        ] {
            let message = try json(text)
            let error = #expect(throws: EnvelopeError.self) { try Envelope(message) }
            #expect(error?.reason == .caseVariant)
        }
    }

    @Test(
        arguments: [
            "name", "uri", "arguments", "_meta", "taskId", "requestState", "inputResponses", "other", "Other",
            "progress",
        ] as [String])
    func `known members, and unknown ones, are no variants`(member: String) throws {
        let message = try json(#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"\#(member)":{}}}"#)
        #expect(try Envelope(message).params?.count == 1)
    }

    @Test func `what a tool's own arguments are called is the tool's affair`() throws {
        let message = try json(
            #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"arguments":{"Name":1,"name":2}}}"#)
        #expect(try Envelope(message).params?["arguments"]?.object?.count == 2)
    }
}
