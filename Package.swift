// swift-tools-version: 6.2

import PackageDescription

/// One set of flags everywhere: Swift 6 language mode, warnings are errors.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

func target(_ name: String, _ dependencies: Target.Dependency...) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func executable(_ name: String, _ dependencies: Target.Dependency...) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: Target.Dependency..., exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let swiftASN1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "writ",
    products: [
        // With the module of its names and texts, so that programs that use it can import both.
        .library(name: "Cedar", targets: ["Cedar", "StrictJSON"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Primitives and pure modules: no I/O, no clock, no randomness.
        target("StrictJSON"),
        target("WireTypes", "StrictJSON"),
        target("Cedar", "StrictJSON"),
        target("TransparencyLog", "WireTypes", crypto),
        target("Receipts", "TransparencyLog", "WireTypes", "StrictJSON", crypto),
        target("Passports", "WireTypes", "StrictJSON", crypto),
        target("Effects", "StrictJSON"),
        target("Packs", "Effects", "Passports", "WireTypes", "StrictJSON", crypto),
        target("MCP", "StrictJSON"),
        target("ToolTypes", "Cedar", "StrictJSON"),
        // The domain.
        target(
            "Decisions", "Cedar", "Effects", "Packs", "Passports", "Receipts", "ToolTypes", "TransparencyLog",
            "WireTypes", "StrictJSON", crypto),
        // Adapters.
        .target(name: "CSQLiteShim"),
        target(
            "SQLiteLedger", "CSQLiteShim", "Decisions", "StrictJSON", "TransparencyLog", "WireTypes", crypto, grdb),
        target(
            "HomeFolder", "Cedar", "Decisions", "Effects", "Packs", "Passports", "Receipts", "StrictJSON", "ToolTypes",
            "TransparencyLog", "WireTypes", crypto, yams),
        // Tokens that issuers have signed; the keys come from files, or over HTTP by `IssuerKeys`, which only `writd` links.
        target("Credentials", "Decisions", "Passports", "StrictJSON", "WireTypes", crypto, cryptoExtras),
        target(
            "IssuerKeys", "Credentials", "Passports", "StrictJSON", "WireTypes", asyncHTTPClient, nioCore, nioHTTP1,
            nioPosix),
        // Certificates that clients show; only `writd` links it.
        target("Certificates", "Decisions", "Passports", "StrictJSON", "WireTypes", crypto, swiftASN1, x509),
        // Faces.
        .target(name: "CPosixShim"),
        target("Gateway", "CPosixShim", "Decisions", "MCP", "Passports", "StrictJSON", "WireTypes", crypto),
        // The agents' harnesses: what their hooks say and what they obey.
        target("Hooks", "Decisions", "StrictJSON", "WireTypes", crypto),
        // The gateway's door and its way to servers over HTTP; only `writd` links it.
        target(
            "HTTPGateway", "Decisions", "Gateway", "MCP", "Passports", "StrictJSON", "WireTypes", asyncHTTPClient,
            httpTypes, hummingbird, hummingbirdCore, logging, nioCore, nioHTTP1, nioHTTPTypes, nioPosix, nioSSL,
            serviceLifecycle),
        // The command line, and the daemon: the only places that build the world.
        target(
            "WritCommand", "CPosixShim", "Cedar", "Credentials", "Decisions", "Effects", "Gateway", "HomeFolder",
            "Hooks", "Packs", "Passports", "Receipts", "SQLiteLedger", "StrictJSON", "ToolTypes", "TransparencyLog",
            "WireTypes", argumentParser, crypto),
        executable("writ", "WritCommand"),
        target(
            "WritDaemon", "Certificates", "Credentials", "Decisions", "Gateway", "HTTPGateway", "HomeFolder",
            "IssuerKeys", "MCP", "Passports", "SQLiteLedger", "StrictJSON", "WritCommand", argumentParser),
        executable("writd", "WritDaemon"),
        // Fakes, and the suites that every implementation of a port runs.
        target("PortTesting", "Decisions", "StrictJSON", "TransparencyLog", "WireTypes", crypto),
        executable(
            "LedgerProbe", "Decisions", "PortTesting", "SQLiteLedger", "StrictJSON", "TransparencyLog", "WireTypes"),
        executable(
            "WritBench", "Credentials", "Decisions", "HomeFolder", "Passports", "SQLiteLedger", "StrictJSON",
            "WireTypes", "WritCommand", crypto, cryptoExtras, hummingbird, httpTypes, logging, nioCore),

        tests("StrictJSONTests", "StrictJSON"),
        tests("WireTypesTests", "WireTypes", "StrictJSON"),
        tests("CedarTests", "Cedar", "StrictJSON", exclude: ["Peer"]),
        tests("TransparencyLogTests", "TransparencyLog", "WireTypes", "StrictJSON", crypto),
        tests("MCPTests", "MCP", "StrictJSON"),
        tests(
            "ToolTypesTests", "ToolTypes", "Cedar", "Decisions", "Effects", "Passports", "StrictJSON", "WireTypes",
            crypto),
        tests(
            "SQLiteLedgerTests", "Decisions", "PortTesting", "SQLiteLedger", "StrictJSON", "TransparencyLog",
            "WireTypes", "LedgerProbe", crypto, grdb),
        tests("EffectsTests", "Effects", "StrictJSON"),
        tests("HooksTests", "Hooks", "Decisions", "StrictJSON", "WireTypes", exclude: ["Golden"]),
        tests(
            "PacksTests", "Cedar", "Decisions", "Effects", "Packs", "Passports", "WireTypes", "StrictJSON", crypto),
        tests(
            "CredentialsTests", "Credentials", "Decisions", "Passports", "StrictJSON", "WireTypes", crypto,
            cryptoExtras, exclude: ["Peer"]),
        tests("PassportsTests", "Passports", "WireTypes", "StrictJSON", crypto),
        tests(
            "ReceiptsTests", "Receipts", "TransparencyLog", "WireTypes", "StrictJSON", crypto,
            exclude: ["Golden", "Peer"]),
        tests("DocumentTests", "Cedar", "Decisions", "Effects", "Passports", "StrictJSON", "WireTypes"),
        tests(
            "DecisionsTests", "Decisions", "PortTesting", "Cedar", "Effects", "Packs", "Passports", "Receipts",
            "ToolTypes", "TransparencyLog", "WireTypes", "StrictJSON", crypto),
        tests(
            "HomeFolderTests", "HomeFolder", "Cedar", "Decisions", "Effects", "Packs", "Passports", "Receipts",
            "StrictJSON",
            "ToolTypes", "TransparencyLog", "WireTypes", crypto),
        tests("WritCommandTests", "writ", "WritCommand", "Effects", "StrictJSON", argumentParser, grdb),
        tests(
            "GatewayTests", "CPosixShim", "Cedar", "Decisions", "Effects", "Gateway", "HomeFolder", "MCP", "Packs",
            "Passports",
            "PortTesting", "Receipts", "SQLiteLedger", "StrictJSON", "TransparencyLog", "WireTypes", "writ", crypto,
            exclude: ["Servers"]),
        tests(
            "HTTPGatewayTests", "Cedar", "Credentials", "Decisions", "Effects", "Gateway", "HTTPGateway", "IssuerKeys",
            "MCP", "Passports", "PortTesting", "Receipts", "StrictJSON", "TransparencyLog", "WireTypes", "Certificates",
            "writ", "writd", asyncHTTPClient, crypto, nioCore, nioHTTP1, nioPosix, nioSSL, swiftASN1, x509),
        tests("LayerTests"),
    ]
)
