// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import HomeFolder

/// `--home`: which installation.
struct HomeOption: ParsableArguments {
    @Option(name: .customLong("home"), help: "The installation's folder. [default: $WRIT_HOME, else ~/.writ]")
    var path: String?

    /// The folder: `--home`, else `$WRIT_HOME`, else `~/.writ`.
    func resolve() throws -> Home {
        if let path { return try Self.absolute(path) }
        if let variable = getenv("WRIT_HOME") { return try Self.absolute(String(cString: variable)) }
        return Home(try UserAccount.homeFolder() + "/.writ")
    }

    private static func absolute(_ path: String) throws -> Home {
        Home(try WorkingDirectory.absolute(path))
    }
}

/// `--home` of a face that a harness starts: never from the environment, which an agent may have set.
struct ServiceHomeOption: ParsableArguments {
    @Option(name: .customLong("home"), help: "The installation's folder, absolute. [default: ~/.writ]")
    var path: String?

    /// The folder: `--home`, else `~/.writ`.
    func resolve() throws -> Home { try Self.home(path) }

    /// The folder that was named, else `~/.writ`.
    static func home(_ path: String?) throws -> Home {
        guard let path else { return Home(try UserAccount.homeFolder() + "/.writ") }
        guard path.hasPrefix("/") else {
            throw CommandFailure(.usage, "--home must be an absolute path here, not \(path)")
        }
        return Home(path)
    }
}

/// Who runs this, by the user data base and not by the environment.
enum UserAccount {
    /// The home folder; a user of a container may have none.
    static var home: String? {
        guard let entry = getpwuid(geteuid()), let folder = entry.pointee.pw_dir else { return nil }
        return String(cString: folder)
    }

    static func homeFolder() throws -> String {
        guard let home else {
            throw CommandFailure(.configuration, "your user has no home folder; name the installation with --home")
        }
        return home
    }

    static var name: String {
        guard let entry = getpwuid(geteuid()), let name = entry.pointee.pw_name else { return "uid-\(geteuid())" }
        return String(cString: name)
    }
}

/// Where this was started.
enum WorkingDirectory {
    /// Whether it is still there.
    static var exists: Bool { access(".", F_OK) == 0 }

    static func current() throws -> String {
        guard let path = getcwd(nil, 0) else {
            throw CommandFailure(.usage, "the working directory is not there any more")
        }
        defer { free(path) }
        return String(cString: path)
    }

    static func absolute(_ path: String) throws -> String { path.hasPrefix("/") ? path : try current() + "/" + path }
}
