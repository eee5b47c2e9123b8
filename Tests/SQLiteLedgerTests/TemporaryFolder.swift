// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A folder of a test's own.
struct TemporaryFolder {
    let path: String

    /// Where the test's ledger is.
    var ledger: String { path + "/ledger.sqlite" }

    init() throws {
        path = NSTemporaryDirectory() + "ledger-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    func remove() {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            // A folder left behind spoils no other test.
        }
    }
}
