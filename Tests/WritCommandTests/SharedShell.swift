// SPDX-License-Identifier: Apache-2.0

import Glibc

/// An installation that several tests only add decisions to.
enum Shared {
    private static let result: Result<Shell, any Error> = {
        atexit { Shared.remove() }
        return Result { try Shell.initialized() }
    }()

    static var shell: Shell { get throws { try result.get() } }

    private static func remove() {
        if case .success(let shell) = result { shell.remove() }
    }
}
