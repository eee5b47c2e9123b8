// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import StrictJSON

/// StrictJSON beside Foundation's JSONSerialization, reading the same tool call of about 1 KB in one process.
enum JSONBench {
    static func run() throws {
        let call = Array(Self.call.utf8)
        let data = Data(call)
        // In turn, several times, and the best of each: the machine's other work is not what is measured.
        var strict = Double.infinity
        var foundation = Double.infinity
        for _ in 0..<7 {
            strict = min(strict, try microseconds { blackHole(try JSON(parsing: call)) })
            foundation = min(foundation, try microseconds { blackHole(try JSONSerialization.jsonObject(with: data)) })
        }
        let written = try microseconds { blackHole(try JSON(parsing: call).serialized()) }
        let line: JSON = [
            "bytes": .integer(call.count),
            "strict_json_read_us": .text(String(format: "%.2f", strict)),
            "json_serialization_read_us": .text(String(format: "%.2f", foundation)),
            "strict_json_read_and_write_us": .text(String(format: "%.2f", written)),
            "times_as_fast": .text(String(format: "%.1f", foundation / strict)),
        ]
        print(String(decoding: line.serialized(), as: UTF8.self))
    }

    private static func microseconds(_ body: () throws -> Void) rethrows -> Double {
        let rounds = 5000
        let start = DispatchTime.now().uptimeNanoseconds
        for _ in 0..<rounds { try body() }
        return Double(DispatchTime.now().uptimeNanoseconds - start) / Double(rounds) / 1000
    }

    @inline(never) private static func blackHole<Value>(_ value: Value) {}

    /// A call as an agent makes it: nested arguments, numbers, text with escapes and beyond ASCII.
    private static let call = """
        {"jsonrpc":"2.0","id":4711,"method":"tools/call","params":{"name":"create_invoice","arguments":{"customer":{"id":\
        "cus_9f2c1b","name":"Müller & Söhne GmbH","address":{"street":"Hauptstraße 5","zip":"10115","city":"Berlin",\
        "country":"DE"}},"items":[{"sku":"A-100","quantity":3,"unit_price":19.99,"taxable":true},{"sku":"B-220",\
        "quantity":1,"unit_price":249.5,"taxable":true},{"sku":"C-7","quantity":12,"unit_price":0.75,"taxable":false}],\
        "currency":"EUR","due_days":14,"notes":"Please deliver to the \\"back entrance\\".\\nRing twice; ask for Anna.",\
        "options":{"send_email":true,"recipients":["billing@example.com","anna@example.com"],"reminders":[7,3,1],\
        "template":null,"language":"de-DE"},"metadata":{"source":"agent","run":"0199a6c2-7d3e-7b1a-9c3e-5d2f8a4b6c10",\
        "priority":2,"tags":["q3","export","renewal"],"confidence":0.8731}},"_meta":{"progressToken":"p-17",\
        "io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"bench",\
        "version":"1.4.2"}}}}
        """
}
