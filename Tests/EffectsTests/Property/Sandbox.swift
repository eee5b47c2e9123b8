// SPDX-License-Identifier: Apache-2.0

import Effects
import Foundation
import StrictJSON

/// A scratch folder in which programs run under strace, with no environment, as nobody where that is possible.
struct Sandbox {
    let base: String
    let work: String
    let home: String

    /// Deep enough that no program leaves `base` upwards.
    init() throws {
        let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        base = folder.appending(path: "writ-property-\(UUID().uuidString.prefix(8))").path
        home = "\(base)/1/2/3/4/5/6/7/8/home"
        work = "\(base)/1/2/3/4/5/6/7/8/work"
        try FileManager.default.createDirectory(atPath: base, withIntermediateDirectories: true)
    }

    func remove() { try? FileManager.default.removeItem(atPath: base) }

    static let canTrace =
        finishes(["strace", "-f", "-y", "-o", "/dev/null", "-e", "trace=?open", "true"])
        && FileManager.default.isExecutableFile(atPath: "/usr/bin/bash")
    private static let asNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    private static let isRoot = getuid() == 0 && finishes(asNobody + ["true"])

    private static let files = [
        "a": "b\nd/e\nc.txt\n", "b": "a\n", "c.txt": "a x\nb y\n", "list": "a\nb\nd/e\n", "sp ace": "a\n",
        "num": "3\n1\n2\n", "d/e": "c.txt\nb\n", "d/f.txt": "x a\n", "d/sub/g": "list\n",
    ]
    static let links = ["l": "d/e", "ld": "d"]

    /// The same tree for each program.
    func fill() throws {
        let manager = FileManager.default
        try? manager.removeItem(atPath: "\(base)/1")
        try manager.createDirectory(atPath: "\(work)/d/sub", withIntermediateDirectories: true)
        try manager.createDirectory(atPath: home, withIntermediateDirectories: true)
        for (name, text) in Self.files { try Data(text.utf8).write(to: URL(filePath: "\(work)/\(name)")) }
        for name in ["h1", "h2"] { try Data("a\n".utf8).write(to: URL(filePath: "\(home)/\(name)")) }
        for (name, target) in Self.links {
            try manager.createSymbolicLink(atPath: "\(work)/\(name)", withDestinationPath: target)
        }
        guard Self.isRoot else { return }
        for path in try [base, "\(base)/1"]
            + manager.subpathsOfDirectory(atPath: "\(base)/1").map({ "\(base)/1/\($0)" })
        {
            lchown(path, 65534, 65534)
        }
    }

    /// What a program really does, the shell's start included.
    func trace(_ script: String) throws -> SystemTrace {
        let file = "\(base)/trace"
        try? FileManager.default.removeItem(atPath: file)
        var words = ["timeout", "-s", "KILL", "20"] + (Self.isRoot ? Self.asNobody : [])
        words += ["prlimit", "--cpu=5", "--fsize=20000000"]
        words += ["strace", "-f", "-qq", "-y", "-s", "4096", "-e", "signal=none", "-o", file]
        words += ["-e", "trace=" + SystemTrace.calls.map { "?\($0)" }.joined(separator: ",")]
        words += ["env", "-i", "PATH=/usr/bin:/bin", "HOME=\(home)", "bash", "-c", script]
        _ = Self.finishes(words, in: work)
        let text = String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self)
        let links = Dictionary(uniqueKeysWithValues: Self.links.map { ("\(work)/\($0)", $1) })
        var trace = SystemTrace(text, in: work, links: links)
        trace.forgetOpenedFolders { path in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
        }
        return trace
    }

    /// As Writ itself sees this machine.
    var environment: EffectEnvironment {
        EffectEnvironment(
            workingDirectory: UTF8String(work), home: UTF8String(home), filesystem: .local, root: UTF8String(work),
            resolve: { path in
                var existing = path.string
                var rest = ""
                while existing.count > 1 {
                    if let real = realpath(existing, nil) {
                        defer { free(real) }
                        return [UTF8String(String(cString: real) + rest)]
                    }
                    let slash = existing.lastIndex(of: "/") ?? existing.startIndex
                    rest = existing[slash...] + rest
                    existing = String(existing[..<slash])
                }
                return [path]
            })
    }

    private static func finishes(_ words: [String], in folder: String = "/") -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        process.currentDirectoryURL = URL(filePath: folder)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
