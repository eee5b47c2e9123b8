// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@Suite struct LimitTests {
    private static func nested(_ depth: Int, _ open: String = "[", _ close: String = "]") -> UTF8String {
        UTF8String(String(repeating: open, count: depth) + String(repeating: close, count: depth))
    }

    @Test func `nesting is bounded`() throws {
        _ = try JSON(parsing: Self.nested(64))
        #expect(throws: JSONError.self) { try JSON(parsing: Self.nested(65)) }
        let error = #expect(throws: JSONError.self) {
            try JSON(parsing: Self.nested(3), limits: JSONLimits(depthMax: 2))
        }
        #expect(error?.code == .limitExceeded)
        #expect(error?.column == 3)
        let objects = UTF8String(#"{"a":{"a":{"a":1}}}"#)
        _ = try JSON(parsing: objects, limits: JSONLimits(depthMax: 3))
        #expect(throws: JSONError.self) { try JSON(parsing: objects, limits: JSONLimits(depthMax: 2)) }
        #expect(throws: JSONError.self) { try JSON(parsing: "[]", limits: JSONLimits(depthMax: 0)) }
        _ = try JSON(parsing: "1", limits: JSONLimits(depthMax: 0))
    }

    @Test func `no one can ask for more nesting than a stack holds`() throws {
        let limits = JSONLimits(depthMax: .max)
        #expect(limits.depthMax == 512)
        let deepest = try JSON(parsing: Self.nested(512), limits: limits)
        #expect(deepest.serialized() == Self.nested(512).bytes)
        #expect(try deepest.canonical() == Self.nested(512).bytes)
        #expect(throws: JSONError.self) { try JSON(parsing: Self.nested(513), limits: limits) }
    }

    @Test func `values are counted`() throws {
        let limits = JSONLimits(nodesMax: 5)
        _ = try JSON(parsing: #"[1,[2],{"a":3}]"#, limits: JSONLimits(nodesMax: 6))
        let error = #expect(throws: JSONError.self) { try JSON(parsing: #"[1,[2],{"a":3}]"#, limits: limits) }
        #expect(error?.code == .limitExceeded)
    }

    @Test func `bytes are counted before anything is read`() throws {
        _ = try JSON(parsing: "[1 ]", limits: JSONLimits(bytesMax: 4))
        let error = #expect(throws: JSONError.self) { try JSON(parsing: "[1  ]", limits: JSONLimits(bytesMax: 4)) }
        #expect(error?.code == .limitExceeded)
        #expect(throws: JSONError.self) { try JSON(parsing: Array(repeating: 0x20, count: (4 << 20) + 1)) }
    }

    @Test func `a number's length is bounded`() throws {
        let long = UTF8String(String(repeating: "9", count: 1024))
        #expect(try JSON(parsing: long).number?.lexeme == long)
        let error = #expect(throws: JSONError.self) { try JSON(parsing: UTF8String(long.string + "9")) }
        #expect(error?.code == .limitExceeded)
        #expect(error?.column == 1)
        #expect(throws: JSONError.self) { try JSON(parsing: "[1.55]", limits: JSONLimits(numberBytesMax: 3)) }
    }

    @Test(arguments: ["[", "{\"a\":", "[[],", "\"", "1", "-", "\\", "[\"\\ud800"])
    func `four mebibytes of one thing end in an answer`(unit: String) {
        let count = (4 << 20) / unit.utf8.count
        let bytes = Array(String(repeating: unit, count: count).utf8)
        #expect(throws: JSONError.self) { try JSON(parsing: bytes) }
    }

    @Test func `an object of a hundred thousand members is read in linear time`() throws {
        let text = (0..<100_000).map { "\"k\($0)\":\($0)" }.joined(separator: ",")
        let clock = ContinuousClock()
        var read: JSON = nil
        let time = try clock.measure { read = try JSON(parsing: UTF8String("{" + text + "}")) }
        #expect(read.object?.count == 100_000)
        // Quadratic comparison of the keys would take minutes; this is a debug build on a busy machine.
        #expect(time < .seconds(20))
        #expect(throws: JSONError.self) { try JSON(parsing: UTF8String("{" + text + ",\"k31415\":0}")) }
    }
}
