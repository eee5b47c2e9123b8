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
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "writ",
    products: [
        // With the module of its names and texts, so that programs that use it can import both.
        .library(name: "Cedar", targets: ["Cedar", "StrictJSON"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
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
        target("MCP", "StrictJSON"),
        target("ToolTypes", "Cedar", "StrictJSON"),
        // The domain.
        target(
            "Decisions", "Cedar", "Effects", "Passports", "Receipts", "ToolTypes", "TransparencyLog", "WireTypes",
            "StrictJSON", crypto),
        // Adapters.
        .target(name: "CSQLiteShim"),
        target(
            "SQLiteLedger", "CSQLiteShim", "Decisions", "StrictJSON", "TransparencyLog", "WireTypes", crypto, grdb),
        target(
            "HomeFolder", "Cedar", "Decisions", "Effects", "Passports", "Receipts", "StrictJSON", "ToolTypes",
            "TransparencyLog", "WireTypes", crypto, yams),
        // Faces.
        .target(name: "CPosixShim"),
        target("Gateway", "CPosixShim", "Decisions", "MCP", "StrictJSON", "WireTypes", crypto),
        // The command line: the only place that builds the world.
        target(
            "WritCommand", "Cedar", "Decisions", "Effects", "Gateway", "HomeFolder", "Passports", "Receipts",
            "SQLiteLedger", "StrictJSON", "ToolTypes", "TransparencyLog", "WireTypes", argumentParser, crypto),
        executable("writ", "WritCommand"),
        // Fakes, and the suites that every implementation of a port runs.
        target("PortTesting", "Decisions", "StrictJSON", "TransparencyLog", "WireTypes", crypto),
        executable(
            "LedgerProbe", "Decisions", "PortTesting", "SQLiteLedger", "StrictJSON", "TransparencyLog", "WireTypes"),
        executable("WritBench", "Decisions", "HomeFolder", "SQLiteLedger", "StrictJSON", "WritCommand"),

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
        tests("PassportsTests", "Passports", "WireTypes", "StrictJSON", crypto),
        tests(
            "ReceiptsTests", "Receipts", "TransparencyLog", "WireTypes", "StrictJSON", crypto,
            exclude: ["Golden", "Peer"]),
        tests("DocumentTests", "Cedar", "Decisions", "Effects", "Passports", "StrictJSON", "WireTypes"),
        tests(
            "DecisionsTests", "Decisions", "PortTesting", "Cedar", "Effects", "Passports", "Receipts", "ToolTypes",
            "TransparencyLog", "WireTypes", "StrictJSON", crypto),
        tests(
            "HomeFolderTests", "HomeFolder", "Cedar", "Decisions", "Effects", "Passports", "Receipts", "StrictJSON",
            "ToolTypes", "TransparencyLog", "WireTypes", crypto),
        tests("WritCommandTests", "writ", "Effects", "StrictJSON", grdb),
        tests(
            "GatewayTests", "CPosixShim", "Cedar", "Decisions", "Effects", "Gateway", "HomeFolder", "MCP", "Passports",
            "PortTesting", "Receipts", "SQLiteLedger", "StrictJSON", "TransparencyLog", "WireTypes", "writ", crypto,
            exclude: ["Servers"]),
        tests("LayerTests"),
    ]
)
