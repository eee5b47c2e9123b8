// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Where a call would run, as its server's configuration declares it.
public struct EffectEnvironment: Sendable {
    /// Whose file system paths name.
    public enum FileSystem: String, Sendable {
        /// The one Writ itself sees: symbolic links can be resolved.
        case local
        /// Another machine's: names are all there is.
        case foreign
    }

    /// Absolute path that relative ones start from; without it they are opaque.
    public var workingDirectory: UTF8String?
    /// Absolute path that `~` stands for; without it such a path is opaque.
    public var home: UTF8String?
    /// Whose file system.
    public var filesystem: FileSystem
    /// Absolute path of the project or of the server's own area. Paths are not resolved against it.
    public var root: UTF8String?
    /// What an absolute path names, symbolic links followed; asked only where the file system is local. Each path given
    /// back becomes a reading, none makes the path opaque. It is asked for the path with `..` removed and, where the
    /// text had any, for the path with `..` in it.
    ///
    /// Asked for a pattern with a slash behind it (`/w/*/l\\*/`; `**` stands for any number of directories), it gives
    /// the places where symbolic links lead that the pattern's names are or go through; `/` where nobody knows. An
    /// environment that follows no links gives the pattern itself.
    public var resolve: @Sendable (UTF8String) -> [UTF8String]
    /// Environment variables whose values a command is known to get, besides `HOME` and `PWD`: `USER`, `TMPDIR`.
    public var variables: [UTF8String: UTF8String] = [:]

    /// An environment; by default names are taken as they are.
    public init(
        workingDirectory: UTF8String? = nil, home: UTF8String? = nil, filesystem: FileSystem = .foreign,
        root: UTF8String? = nil, resolve: @escaping @Sendable (UTF8String) -> [UTF8String] = { [$0] }
    ) {
        self.workingDirectory = workingDirectory
        self.home = home
        self.filesystem = filesystem
        self.root = root
        self.resolve = resolve
    }
}
