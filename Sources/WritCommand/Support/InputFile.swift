// SPDX-License-Identifier: Apache-2.0

import HomeFolder

/// A file that a command is given to read: what is wrong with it is wrong with the data, not with the installation.
enum InputFile {
    static func read(_ path: String, limit: Int) throws -> [UInt8] {
        do throws(HomeError) { return try FileAccess.read(path, limit: limit) } catch {
            throw CommandFailure(.data, error.message)
        }
    }
}
