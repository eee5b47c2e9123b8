// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON
import Testing

private struct Foreign: Error, Equatable {}

private func sealed(_ id: UTF8String) throws(Foreign) -> UTF8String {
    guard id != "foreign" else { throw Foreign() }
    return UTF8String("s:" + id.string)
}

@Suite struct TaskIDTests {
    @Test(
        arguments: [
            ("tasks/get", #"{"taskId":"t"}"#, #"{"taskId":"s:t"}"#),
            ("tasks/result", #"{"taskId":"t"}"#, #"{"taskId":"s:t"}"#),
            ("tasks/cancel", #"{"taskId":"t"}"#, #"{"taskId":"s:t"}"#),
            (
                "tasks/update", #"{"taskId":"t","inputResponses":{"taskId":{"taskId":"t"}}}"#,
                #"{"taskId":"s:t","inputResponses":{"taskId":{"taskId":"t"}}}"#
            ),
            (
                "notifications/tasks/status", #"{"taskId":"t","status":"working"}"#,
                #"{"taskId":"s:t","status":"working"}"#
            ),
            (
                "notifications/tasks",
                #"{"taskId":"t","result":{"taskId":"t","_meta":{"io.modelcontextprotocol/related-task":{"taskId":"t"}}}}"#,
                #"{"taskId":"s:t","result":{"taskId":"t","_meta":{"io.modelcontextprotocol/related-task":{"taskId":"s:t"}}}}"#
            ),
            (
                "subscriptions/listen", #"{"notifications":{"taskIds":["t",7],"toolsListChanged":true}}"#,
                #"{"notifications":{"taskIds":["s:t",7],"toolsListChanged":true}}"#
            ),
            (
                "notifications/subscriptions/acknowledged", #"{"notifications":{"taskIds":["t"]}}"#,
                #"{"notifications":{"taskIds":["s:t"]}}"#
            ),
            (
                "elicitation/create",
                #"{"_meta":{"io.modelcontextprotocol/related-task":{"taskId":"t","x":1}},"taskId":"t"}"#,
                #"{"_meta":{"io.modelcontextprotocol/related-task":{"taskId":"s:t","x":1}},"taskId":"t"}"#
            ),
            (
                "tools/call", #"{"task":{"ttl":1},"arguments":{"taskId":"t"}}"#,
                #"{"task":{"ttl":1},"arguments":{"taskId":"t"}}"#
            ),
        ] as [(UTF8String, String, String)])
    func `a task's id is replaced in parameters where it is one`(
        method: UTF8String, params: String, mapped: String
    ) throws {
        #expect(text(try TaskIDs.mapping(params: object(params), of: method, sealed)) == mapped)
        let foreign = try object(params.replacing("\"t\"", with: "\"foreign\""))
        guard mapped.contains("s:t") else { return }
        #expect(throws: Foreign.self) { try TaskIDs.mapping(params: foreign, of: method, sealed) }
    }

    @Test(
        arguments: [
            (
                "tools/call", #"{"task":{"taskId":"t","status":"working"}}"#,
                #"{"task":{"taskId":"s:t","status":"working"}}"#
            ),
            ("tools/call", #"{"resultType":"task","taskId":"t"}"#, #"{"resultType":"task","taskId":"s:t"}"#),
            (
                "tools/call",
                #"{"content":[],"taskId":"t","_meta":{"io.modelcontextprotocol/related-task":{"taskId":"t"}}}"#,
                #"{"content":[],"taskId":"t","_meta":{"io.modelcontextprotocol/related-task":{"taskId":"s:t"}}}"#
            ),
            (
                "tasks/get", #"{"taskId":"t","ttl":null,"result":{"content":[]}}"#,
                #"{"taskId":"s:t","ttl":null,"result":{"content":[]}}"#
            ),
            ("tasks/cancel", #"{"taskId":"t"}"#, #"{"taskId":"s:t"}"#),
            (
                "tasks/list", #"{"tasks":[{"taskId":"t"},7,{"taskId":"u"}],"nextCursor":"t"}"#,
                #"{"tasks":[{"taskId":"s:t"},7,{"taskId":"s:u"}],"nextCursor":"t"}"#
            ),
            (
                "tasks/result",
                #"{"content":[{"taskId":"t"}],"_meta":{"io.modelcontextprotocol/related-task":{"taskId":"t"}}}"#,
                #"{"content":[{"taskId":"t"}],"_meta":{"io.modelcontextprotocol/related-task":{"taskId":"s:t"}}}"#
            ),
        ] as [(UTF8String, String, String)])
    func `a task's id is replaced in results where it is one`(method: UTF8String, result: String, mapped: String) throws
    {
        #expect(text(try TaskIDs.mapping(result: object(result), of: method, sealed)) == mapped)
    }

    @Test(
        arguments: [
            (#"{"task":{"taskId":"t","status":"working"}}"#, "t", .working),
            (#"{"taskId":"t","status":"input_required"}"#, "t", .inputRequired),
            (#"{"taskId":"t","status":"completed"}"#, "t", .completed),
            (#"{"taskId":"t","status":"Failed"}"#, "t", nil), ("{}", nil, nil),
            (#"{"task":7,"status":7}"#, nil, nil),
        ] as [(String, UTF8String?, TaskStatus?)])
    func `a task's id and status are read in both forms`(body: String, id: UTF8String?, status: TaskStatus?) throws {
        #expect(TaskIDs.created(in: try object(body)) == id)
        #expect(TaskStatus(of: try object(body)) == status)
    }

    @Test func `a task ends once`() {
        #expect(TaskStatus.allCases.filter(\.isFinal) == [.completed, .failed, .cancelled])
    }

    @Test func `the task that a message belongs to is read`() throws {
        #expect(
            TaskIDs.related(in: try object(#"{"_meta":{"io.modelcontextprotocol/related-task":{"taskId":"t"}}}"#))
                == "t")
        #expect(TaskIDs.related(in: try object(#"{"_meta":{"io.modelcontextprotocol/related-task":"t"}}"#)) == nil)
        #expect(TaskIDs.related(in: nil) == nil)
    }

    @Test(arguments: 1...200)
    func `where no id changes, no tree does`(seed: UInt64) throws {
        var trees = RandomTrees(
            seed: seed,
            keys: [
                "taskId", "task", "tasks", "_meta", "io.modelcontextprotocol/related-task", "notifications", "taskIds",
                "result", "resultType",
            ])
        for rule in MethodTable.all {
            let tree = trees.object()
            #expect(TaskIDs.mapping(params: tree, of: rule.method) { $0 } == tree)
            #expect(TaskIDs.mapping(result: tree, of: rule.method) { $0 } == tree)
            let mapped = TaskIDs.mapping(result: tree, of: rule.method) { UTF8String("s:" + $0.string) }
            #expect(text(mapped).replacing("\"s:", with: "\"") == text(tree))
        }
    }
}
