// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import HomeFolder
import Testing

/// How processes that enforce decisions are found, and told to look.
struct EnforcerTests {
    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func `a process is found by its socket, and hears what it is sent, whole and in order`() throws {
        try TemporaryHome.with { temporary in
            let folder = try EnforcerFolder(temporary.home)
            let socket = try folder.register("gateway")
            let name = try #require(socket.name)
            #expect(try folder.names() == [name])
            #expect(name.kind == "gateway" && name.process == getpid())
            #expect(socket.wait(milliseconds: 0) == .timeout)
            for message in ["one", "", "three"] { #expect(folder.send(Array(message.utf8), to: name) == .taken) }
            guard case .messages(let messages) = socket.wait(milliseconds: 10_000) else {
                Issue.record("nothing came")
                return
            }
            #expect(messages.map(Self.text) == ["one", "", "three"])
            #expect(socket.wait(milliseconds: 0) == .timeout)
        }
    }

    @Test func `a message that is too long is none`() throws {
        try TemporaryHome.with { temporary in
            let folder = try EnforcerFolder(temporary.home)
            let socket = try folder.register("gateway")
            let name = try #require(socket.name)
            let most = EnforcerSocket.messageBytes
            for count in [most, most + 1, 3 * most] {
                #expect(folder.send([UInt8](repeating: 0x61, count: count), to: name) == .taken)
            }
            guard case .messages(let messages) = socket.wait(milliseconds: 10_000) else {
                Issue.record("nothing came")
                return
            }
            #expect(messages.map(\.count) == [most, 0, 0])
        }
    }

    @Test func `a process that reads nothing holds nobody`() throws {
        try TemporaryHome.with { temporary in
            let folder = try EnforcerFolder(temporary.home)
            let socket = try folder.register("gateway")
            let name = try #require(socket.name)
            let sent = (0..<100_000).first { _ in folder.send([1], to: name) == .full }
            #expect(sent != nil)
        }
    }

    @Test func `what a process has left behind is found to be dead, and removed`() throws {
        try TemporaryHome.with { temporary in
            let folder = try EnforcerFolder(temporary.home)
            let alive = try folder.register("gateway")
            // As one that was killed: its file is there, and nobody has it open.
            let left = temporary.home.enforcers + "/serve-1-0000abcd.sock"
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = [
                "python3", "-c",
                "import socket,sys; s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); s.bind(sys.argv[1])", left,
            ]
            try process.run()
            process.waitUntilExit()
            try #require(process.terminationStatus == 0)
            let dead = try #require(EnforcerName("serve-1-0000abcd.sock"))
            #expect(try folder.names().contains(dead))
            #expect(folder.send([], to: dead) == .gone)
            #expect(try folder.names() == [try #require(alive.name)])
            #expect(folder.send([], to: dead) == .gone)
        }
    }

    @Test func `a process that ends in order leaves nothing`() throws {
        try TemporaryHome.with { temporary in
            let folder = try EnforcerFolder(temporary.home)
            do { _ = try folder.register("daemon") }
            #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.home.enforcers).isEmpty)
        }
    }

    @Test func `a file that is no socket of a process is neither sent to nor removed`() throws {
        try TemporaryHome.with { temporary in
            let folder = try EnforcerFolder(temporary.home)
            try temporary.write("enforcers/gateway-1-00000001.sock", "a file")
            try temporary.write("secret", "a secret")
            let link = temporary.home.enforcers + "/gateway-1-00000002.sock"
            try FileManager.default.createSymbolicLink(
                atPath: link, withDestinationPath: temporary.home.path + "/secret")
            for name in try folder.names() { _ = folder.send([1], to: name) }
            #expect(try folder.names().count == 2)
            #expect(FileManager.default.fileExists(atPath: temporary.home.path + "/secret"))
        }
    }

    @Test(arguments: [
        "", "gateway", "gateway-1.sock", "gateway-1-0000000g.sock", "gateway-0-00000001.sock",
        "gateway-1-1.sock", "Gateway-1-00000001.sock", "-1-00000001.sock", "gateway-01-00000001.sock",
        "gateway-1-00000001-x.sock", "../a-1-00000001.sock", "gateway-1-00000001.sock.new",
        "gateway-99999999999-00000001.sock",
    ])
    func `what is not named as a process's socket is none`(_ text: String) {
        #expect(EnforcerName(text) == nil)
    }

    @Test func `a folder that others may enter is not used`() throws {
        try TemporaryHome.with { temporary in
            _ = try EnforcerFolder(temporary.home)
            chmod(temporary.home.enforcers, 0o755)
            #expect(throws: HomeError(.exposed, "")) { try EnforcerFolder(temporary.home) }
        }
    }

    @Test func `whoever waits is woken from the same process`() async throws {
        let socket = try EnforcerSocket()
        socket.wake()
        socket.wake()
        #expect(socket.wait(milliseconds: 10_000) == .woken)
        #expect(socket.wait(milliseconds: 0) == .timeout)
    }
}
