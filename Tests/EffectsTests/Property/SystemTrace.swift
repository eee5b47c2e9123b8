// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What a process did, as the kernel saw it.
struct SystemEvent: Hashable, CustomStringConvertible {
    enum Kind: String { case read, list, write, folder, delete, execute, connect }

    let kind: Kind
    /// An absolute path without links, a program's name, or an address.
    let object: String
    /// The program that did it.
    let program: String
    /// Whether it made a file that nobody had.
    var isExclusive = false

    var description: String { "\(program): \(kind.rawValue) \(object)" }
}

/// What `strace -f -y` wrote.
struct SystemTrace {
    static let calls = [
        "openat", "open", "creat", "execve", "execveat", "unlink", "unlinkat", "rename", "renameat", "renameat2", "link",
        "linkat", "symlink", "symlinkat", "mkdir", "mkdirat", "rmdir", "truncate", "chmod", "fchmodat", "chown",
        "fchownat", "connect", "chdir", "fchdir", "clone", "clone3", "fork", "vfork", "getdents64", "getdents",
    ]

    private(set) var events: [SystemEvent] = []
    private var folders: [Int: String] = [:]
    private var programs: [Int: String] = [:]
    /// Symbolic links that there are, by their paths.
    private var links: [String: String]

    /// - Parameters:
    ///   - text: strace's output.
    ///   - folder: where the first process began.
    ///   - links: symbolic links that were there before, as absolute paths to targets.
    init(_ text: String, in folder: String, links: [String: String]) {
        self.links = links
        var begun: [Int: String] = [:]
        var first: Int?
        var born: [Int: (folder: String, program: String)] = [:]
        var waiting: [Int: [String]] = [:]
        var starters: [Int: (folder: String, program: String)] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
            guard parts.count == 2, let process = Int(parts[0]) else { continue }
            if first == nil {
                first = process
                folders[process] = folder
            }
            var call = String(parts[1]).trimmingPrefix(" ").description
            let isStarter = ["clone", "fork", "vfork"].contains { call.hasPrefix($0) }
            if call.hasSuffix("<unfinished ...>") {
                begun[process] = String(call.dropLast("<unfinished ...>".count))
                if isStarter { starters[process] = (folders[process] ?? "/", programs[process] ?? "") }
                continue
            }
            if call.hasPrefix("<... "), let end = call.range(of: " resumed>") {
                call = (begun.removeValue(forKey: process) ?? "") + call[end.upperBound...]
            }
            // A child may speak before its parent says that it has one.
            if folders[process] == nil {
                if let parent = born[process] {
                    (folders[process], programs[process]) = (parent.folder, parent.program)
                } else {
                    waiting[process, default: []].append(call)
                    continue
                }
            }
            if let child = read(call, process) {
                let parent = starters.removeValue(forKey: process) ?? (folders[process] ?? "/", programs[process] ?? "")
                born[child] = parent
                (folders[child], programs[child]) = parent
                for call in waiting.removeValue(forKey: child) ?? [] { _ = read(call, child) }
            }
        }
    }

    /// A folder that is opened is not read until its names are asked for.
    mutating func forgetOpenedFolders(_ isFolder: (String) -> Bool) {
        let listed = Set(events.lazy.filter { $0.kind == .list }.map(\.object))
        events.removeAll { $0.kind == .read && (listed.contains($0.object)
                || $0.object.hasSuffix("/work/d") || $0.object.hasSuffix("/work/d/sub")
                || isFolder($0.object)) }
    }

    /// - Returns: the process that it started.
    private mutating func read(_ text: String, _ process: Int) -> Int? {
        guard let call = SystemCall(text) else { return nil }
        let program = programs[process] ?? ""
        let isDone = !call.result.hasPrefix("-1") && !call.result.hasPrefix("?")
        func add(_ kind: SystemEvent.Kind, _ object: String, isExclusive: Bool = false) {
            events.append(SystemEvent(kind: kind, object: object, program: program, isExclusive: isExclusive))
        }
        if call.name == "connect" {
            if let address = call.address { add(.connect, address) }
            return nil
        }
        guard isDone else { return nil }
        let here = folders[process] ?? "/"
        func place(_ path: Int, at folder: Int?, follows: Bool = false) -> String {
            let base = folder.flatMap { call.annotation($0) } ?? here
            return real(call.string(path), from: base, follows: follows)
        }
        switch call.name {
        case "clone", "clone3", "fork", "vfork": return Int(call.result.prefix { $0.isNumber })
        case "chdir": folders[process] = place(0, at: nil, follows: true)
        case "fchdir": folders[process] = call.annotation(0) ?? here
        case "execve":
            let name = String(call.string(0).split(separator: "/").last ?? "")
            add(.execute, name)
            programs[process] = name
        case "execveat": add(.execute, String(call.string(1).split(separator: "/").last ?? ""))
        case "open", "openat", "creat":
            let offset = call.name == "openat" ? 1 : 0
            let flags = call.name == "creat" ? "O_WRONLY|O_CREAT" : call.argument(offset + 1)
            guard !flags.contains("O_PATH"), let opened = call.resultPath else { return nil }
            if flags.contains("O_WRONLY") || flags.contains("O_RDWR") || flags.contains("O_CREAT") {
                add(.write, opened, isExclusive: flags.contains("O_EXCL"))
            } else {
                add(.read, opened)
            }
        case "getdents64", "getdents":
            if let folder = call.annotation(0) { add(.list, folder) }
        case "unlink", "rmdir", "unlinkat":
            let path = call.name == "unlinkat" ? place(1, at: 0) : place(0, at: nil)
            links[path] = nil
            add(.delete, path)
        case "rename": let (from, to) = (place(0, at: nil), place(1, at: nil))
            move(from, to, program)
        case "renameat", "renameat2": let (from, to) = (place(1, at: 0), place(3, at: 2))
            move(from, to, program)
        case "link", "linkat":
            let isAt = call.name == "linkat"
            let source = isAt ? place(1, at: 0) : place(0, at: nil)
            let target = isAt ? place(3, at: 2) : place(1, at: nil)
            links[target] = links[source]
            add(.write, target, isExclusive: true)
        case "symlink", "symlinkat":
            let path = call.name == "symlinkat" ? place(2, at: 1) : place(1, at: nil)
            links[path] = call.string(0)
            add(.write, path, isExclusive: true)
        case "mkdir": add(.folder, place(0, at: nil))
        case "mkdirat": add(.folder, place(1, at: 0))
        case "chmod", "chown", "truncate": add(.write, place(0, at: nil, follows: true))
        case "fchmodat", "fchownat": add(.write, place(1, at: 0, follows: true))
        default: break
        }
        return nil
    }

    private mutating func move(_ from: String, _ to: String, _ program: String) {
        events.append(SystemEvent(kind: .delete, object: from, program: program))
        events.append(SystemEvent(kind: .write, object: to, program: program))
        links[to] = nil
        for (path, target) in links where path == from || path.hasPrefix(from + "/") {
            links[path] = nil
            links[to + path.dropFirst(from.count)] = target
        }
    }

    /// The path without links, `.` and `..`, as the kernel walks it.
    private func real(_ path: String, from folder: String, follows: Bool) -> String {
        var rest = path.split(separator: "/").map(String.init).reversed().map { $0 }
        var result = path.hasPrefix("/") ? [] : folder.split(separator: "/").map(String.init)
        var followed = 0
        while let part = rest.popLast() {
            if part == "." { continue }
            if part == ".." {
                _ = result.popLast()
                continue
            }
            result.append(part)
            guard follows || !rest.isEmpty, followed < 40, let target = links["/" + result.joined(separator: "/")] else {
                continue
            }
            followed += 1
            result = target.hasPrefix("/") ? [] : result.dropLast()
            rest += target.split(separator: "/").map(String.init).reversed()
        }
        return "/" + result.joined(separator: "/")
    }
}
