// SPDX-License-Identifier: Apache-2.0

import Testing

/// A part of the matrix that `make test-interop` is the whole of.
@Suite(.enabled(if: Peers.areThere, "no .peers folder: run Scripts/setup"))
struct MatrixTests {
    @Test func `clients and servers of both eras, hostile ones among them, over pipes and over HTTP`() async throws {
        let ended = try await Command.run(
            [
                Peers.python("mcp1"), Peers.script("matrix.py"), "--few", "--jobs", "1", "--writ", Command.writ,
                "--peers", Peers.folder,
            ], seconds: 900)
        #expect(ended.status == 0, "\(ended.output.suffix(8000))\(ended.errors.suffix(2000))")
        #expect(ended.lines.last == "11 passed, 0 failed, 0 skipped")
    }
}
