// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Passes a child's standard error on, line by line, each with the server's name before it and control characters spelt
/// out: a server's text must not be taken for Writ's, nor steer a terminal.
final class ErrorStreamPump: @unchecked Sendable {
    // INVARIANT: only touched on the reader's thread.
    private var line: [UInt8] = []
    private var isCut = false
    private let prefix: [UInt8]
    private let lineBytes: Int
    private let write: @Sendable ([UInt8]) -> Void

    init(alias: String, lineBytes: Int, write: @escaping @Sendable ([UInt8]) -> Void) {
        prefix = Array("[\(alias)] ".utf8)
        self.lineBytes = lineBytes
        self.write = write
    }

    func append(_ bytes: ArraySlice<UInt8>) {
        for byte in bytes {
            if byte == 0x0a {
                flush()
            } else if line.count < lineBytes {
                line.append(byte)
            } else {
                isCut = true
            }
        }
    }

    func flush() {
        guard !line.isEmpty else { return }
        var text = prefix
        for scalar in String(decoding: line, as: UTF8.self).unicodeScalars {
            switch scalar.value {
            case 0x09: text.append(0x20)
            case 0x0d: continue
            default: text.append(contentsOf: scalar.spelledOut.utf8)
            }
        }
        if isCut { text.append(contentsOf: " …".utf8) }
        write(text + [0x0a])
        line = []
        isCut = false
    }
}
